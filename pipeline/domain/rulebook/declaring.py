"""Rules of what an office's procedures compute: a declaration that fails is told to the administrator, and its rows wait."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

_AGAIN = Localized(
    "这张表不用改：等管理员改正以后，再放进收件夹一次",
    "Nothing is to be changed on this sheet: drop it again when the administrator has mended the declaration",
)

DECLARING: tuple[Rule, ...] = (
    Rule(
        "declaration.failed",
        Severity.ERROR,
        Localized(
            "流程“{procedure}”运行时出错：{what}“{name}”，{place}{said}",
            "The procedure “{procedure}” failed: {what} “{name}”, {place}{said}",
        ),
        Localized(
            "请管理员按这个位置改正流程的声明。在此之前：{until}；其他流程照常",
            "Let the administrator mend the declaration there. Until then: {until}; all other procedures go on",
        ),
        "",
    ),
    Rule(
        "row.unchecked",
        Severity.ERROR,
        Localized(
            "这一行没能核对：流程的声明运行时出错，已请管理员改正；没有采用，也没有丢",
            "This row could not be checked: the procedure's declaration failed, the administrator has been asked; it is not "
            "taken, and not lost",
        ),
        _AGAIN,
        "",
    ),
    Rule(
        "row.unnumbered",
        Severity.ERROR,
        Localized(
            "这一行没能编号：流程的声明运行时出错，已请管理员改正；没有采用，也没有丢",
            "This row could not be given its number: the procedure's declaration failed, the administrator has been asked; it "
            "is not taken, and not lost",
        ),
        _AGAIN,
        "",
    ),
    Rule(
        "definition.wrong",
        Severity.ERROR,
        Localized("流程定义“{file}”{place}：{what}", "The drawn procedure “{file}”, {place}: {what}"),
        Localized(
            "{fix}。改好以前：{until}。标好的副本在发件夹的 definitions 里",
            "{fix}. Until then: {until}. A marked copy lies in definitions of the outbox",
        ),
        "",
    ),
    Rule(
        "definition.new_version",
        Severity.WARNING,
        Localized(
            "“{file}”是流程文件夹里“{workbook}”的新一版",
            "“{file}” is the next version of “{workbook}” in the folder of procedures",
        ),
        Localized(
            "用“{workbook}”这个名字换掉原来那一份，或放进收件夹交上去；并排放着会有两份",
            "Put it there under the name “{workbook}”, or hand it in through the inbox; beside the other it would be there twice",
        ),
        "",
    ),
    Rule(
        "definition.renamed",
        Severity.WARNING,
        Localized(
            "流程定义“{file}”{place}：“{value}”原来叫“{before}”，按同一项处理，代码和记录不变",
            "The drawn procedure “{file}”, {place}: “{value}” was called “{before}”; it is taken for the same, its code and "
            "records stay",
        ),
        Localized(
            "对的不用改；其实是另一项的，在它的“代码”一栏写一个新代码",
            "Nothing is to be done where that is right; else write a new code beside it",
        ),
        "",
    ),
    Rule(
        "definition.role_known",
        Severity.WARNING,
        Localized(
            "流程定义“{file}”{place}：“{value}”是已有岗位“{role}”的另一个叫法，按“{role}”处理，各表都写“{role}”",
            "The drawn procedure “{file}”, {place}: “{value}” is another name of the role “{role}”; it is taken for that, and shown "
            "so everywhere",
        ),
        Localized(
            "就是它的，这一格改写“{role}”，或选“知道了”；是另一个岗位的，换一个不同的名称",
            "Write “{role}” where that is meant, or note it; where it is another role, give it another name",
        ),
        "",
    ),
    Rule(
        "definition.mistake",
        Severity.ERROR,
        Localized("流程定义“{file}”{place}：{what}", "The drawn procedure “{file}”, {place}: {what}"),
        Localized(
            "{fix}。改好再放进收件夹；正在用的流程没有变",
            "{fix}. Mend it and drop it again; nothing that is in force has changed",
        ),
        "",
    ),
    Rule(
        "definition.no_folder",
        Severity.ERROR,
        Localized(
            "“{file}”是画好的流程，本单位还没有放流程的文件夹，没有收下",
            "“{file}” draws a procedure, and the office has no folder for them: it is not taken",
        ),
        Localized(
            '请管理员在设置里写 procedures_folder = "procedures"，建好这个文件夹，再放进收件夹一次',
            'Let the administrator set procedures_folder = "procedures", make that folder, and drop it again',
        ),
        "",
    ),
    Rule(
        "definition.unsigned",
        Severity.ERROR,
        Localized(
            "流程定义“{file}”没有写明是谁交的，没有收下",
            "The drawn procedure “{file}” names nobody who hands it in: it is not taken",
        ),
        Localized(
            "在“流程”页加一行：项目写“提交人”，内容写姓名；或放进收件夹里以工号命名的文件夹",
            "Add a row on the sheet of the procedure: item “Handed in by”, content the name; or drop it into the folder of the "
            "inbox that bears the staff number",
        ),
        "",
    ),
    Rule(
        "definition.state_gone",
        Severity.WARNING,
        Localized(
            "流程定义“{file}”没有状态“{state}”了，台账“{register}”有 {count} 条记录在这里（{which}）：{what}",
            "The drawn procedure “{file}” has no state “{state}” any more; of “{register}” {count} records are there ({which}): {what}",
        ),
        Localized(
            "这样办的，不用改；要改到别的状态的，在“状态”页那个状态的“接替”一栏写“{state}”",
            "Nothing is to be done where that is right; to lead them elsewhere write “{state}” under “Takes over” beside that state",
        ),
        "",
    ),
    Rule(
        "definition.state_stuck",
        Severity.ERROR,
        Localized(
            "流程定义“{file}”没有状态“{state}”了，台账“{register}”有 {count} 条记录在这里（{which}）：{what}",
            "The drawn procedure “{file}” has no state “{state}” any more; of “{register}” {count} records are there ({which}): {what}",
        ),
        Localized(
            "在“状态”页它们该去的那个状态的“接替”一栏写“{state}”，或把这个状态画回来",
            "Write “{state}” under “Takes over” beside the state that they belong to, or draw this one again",
        ),
        "",
    ),
    Rule(
        "definition.gone",
        Severity.ERROR,
        Localized(
            "流程“{title}”的定义“{file}”不在流程文件夹里了：这个流程停用，在办的 {waiting} 条和办完的 {done} 条记录不再列出，也不再派任务",
            "The workbook “{file}” of “{title}” is no longer in the folder of procedures: it is out of force, and {waiting} records on "
            "their way and {done} that are over are listed no more, nor given to anybody",
        ),
        Localized(
            "放回去就接着办；真的不用了的，答“知道了”",
            "Put it back, and they go on; where it is no longer used, answer that you know",
        ),
        "",
    ),
    Rule(
        "definition.not_placed",
        Severity.ERROR,
        Localized(
            "“{title}”的定义已同意，但放不进流程文件夹：{why}；仍照原来的办",
            "The definition of “{title}” is approved and could not be put into the folder of procedures: {why}; the one before goes on",
        ),
        Localized(
            "请管理员检查流程文件夹能不能写、文件有没有被打开；下一次运行再放",
            "Let the administrator see that the folder can be written and the file is not open; the next run tries again",
        ),
        "",
    ),
    Rule(
        "definition.put_back",
        Severity.WARNING,
        Localized(
            "“{workbook}”的同意已撤销：{what}",
            "The approval of “{workbook}” was taken back: {what}",
        ),
        Localized("不用办理", "Nothing is to be done"),
        "",
    ),
)
