"""Rules about what is answered on a workbook of ours that came back."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

ANSWERING: tuple[Rule, ...] = (
    Rule(
        "answer.unknown",
        Severity.ERROR,
        Localized("“处理”栏的“{value}”不是可选的答复", "“{value}” is no answer that can be chosen"),
        Localized(
            "从下拉中选“知道了”“以台账为准”或“以我为准”，再放回收件夹",
            "Choose “Noted”, “Keep the register” or “Take mine” from the list and drop it again",
        ),
        "好的",
    ),
    Rule(
        "answer.no_conflict",
        Severity.ERROR,
        Localized("这一条不是两处不一致，不能选以谁为准", "This is no conflict: there is nothing to choose between"),
        Localized(
            "不用改的选“知道了”；要改的在原表上改好再放回收件夹",
            "Choose “Noted” for what need not be mended; else mend your sheet and drop it again",
        ),
        "",
    ),
    Rule(
        "answer.moved_on",
        Severity.WARNING,
        Localized(
            "{label}：您选“以我为准”（“{value}”）时看到的台账内容已被改过，现在是“{now}”，所以没有改；请再选一次",
            "{label}: you chose “take mine” (“{value}”) over what the register holds no more; it holds “{now}” now and was left: choose anew",
        ),
        Localized(
            "在新的退回件第一页或异常表本行的“处理”栏再选一次，放回收件夹",
            "Choose for it once more, on the first page of the new return or in the exceptions workbook, and drop that into the inbox",
        ),
        "",
    ),
    Rule(
        "answer.not_offered",
        Severity.ERROR,
        Localized(
            "“处理”栏对“{written}”的答复“{value}”不在可选项中，没有记下",
            "“{value}” cannot be chosen for “{written}”: nothing was remembered",
        ),
        Localized("从下拉中选一项，再放回收件夹", "Choose one from the list and drop it again"),
        "老板",
    ),
    Rule(
        "answer.taken",
        Severity.ERROR,
        Localized(
            "“{written}”选了“{value}”，但同一张表里已有别的列是“{value}”，没有记下",
            "“{written}” was said to be “{value}”, which another column of the sheet is already: nothing was remembered",
        ),
        Localized(
            "另选一栏，或选“不是本表栏目”，再放回收件夹",
            "Choose another column, or “Not one of our columns”, and drop it again",
        ),
        "两列都选了“负责人”",
    ),
    Rule(
        "answer.over",
        Severity.WARNING,
        Localized(
            "“{written}”怎样读，这一问已经了结，答复“{value}”没有记下",
            "What “{written}” means is asked no more: the answer “{value}” was not remembered",
        ),
        Localized(
            "要改，请填一份“{names}”放入收件夹（总表中有现在的对照）",
            "To change it drop a sheet “{names}” (what holds now is in the master)",
        ),
        "",
    ),
)
