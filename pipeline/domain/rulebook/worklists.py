"""Rules of worklists that come back: rows that were added, pasted or removed."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

WORKLISTS: tuple[Rule, ...] = (
    Rule(
        "worklist.row_added",
        Severity.ERROR,
        Localized(
            "“{value}”不在{name}的这份任务表中，是另外加进去的一行，未采用",
            "“{value}” is a row that this worklist of {name} was not written with; not taken",
        ),
        Localized(
            "不用补交：轮到您办时，它会出现在您的任务表中，那时再填",
            "Nothing to hand in: it comes on your worklist once it is yours to do, and is filled in there",
        ),
        "131123199999",
    ),
    Rule(
        "worklist.row_new",
        Severity.ERROR,
        Localized(
            "“{value}”还没有登记，加在{name}的任务表里的这一行未采用",
            "“{value}” is not registered yet: the row that was added to the worklist of {name} was not taken",
        ),
        Localized(
            "先交一张“{title}”登记它；登记后会出现在任务表中，那时再填“{stage}”",
            "Hand in a sheet “{title}” for it first; it then comes on the worklist, where “{stage}” is filled in",
        ),
        "131123199999",
    ),
    Rule(
        "worklist.row_unfinished",
        Severity.WARNING,
        Localized(
            "这一行只写了人员或日期，{label}没有填：仍为待办，本行未采用",
            "Only who or when is filled in this row, and {label} is blank: it is still to do, nothing of the row was taken",
        ),
        Localized(
            "已办的请填上{label}再交；还没办的不用管", "Fill in {label} if it is done; otherwise there is nothing to do"
        ),
        "",
    ),
    Rule(
        "worklist.row_unsigned",
        Severity.WARNING,
        Localized(
            "这一行改了{changed}，{label}没有填：改动已采用，这一步仍为待办",
            "{changed} was changed in this row, and {label} is blank: the change was taken, the step is still to do",
        ),
        Localized(
            "改好了的请填上{label}再交；还要再改的不用管",
            "Fill in {label} where that is all; otherwise there is nothing to do",
        ),
        "",
    ),
    Rule(
        "worklist.row_half_filled",
        Severity.ERROR,
        Localized(
            "这一行只填了一部分，还缺：{missing}；本行未采用",
            "This row is filled in part: {missing} are still blank; nothing of the row was taken",
        ),
        Localized(
            "补齐这一行再交；还没办完的可以先不填，办完再填",
            "Fill in the rest of the row, or leave it blank until it is done",
        ),
        "",
    ),
    Rule(
        "worklist.remark",
        Severity.WARNING,
        Localized(
            "任务表“{sheet}”页上另外写了“{value}”，不是哪一户的内容，没有登记，只在此转达",
            "“{value}” was written on the page “{sheet}”: it belongs to no row, so nothing was entered; it is passed on here",
        ),
        Localized(
            "要登记的请填在该户那一行；只是说明的不用管，经理已能看到",
            "What is to be entered goes into the record's own row; if it is only a remark, your manager can read it here",
        ),
        "",
    ),
    Rule(
        "worklist.only_shown",
        Severity.WARNING,
        Localized(
            "“{column}”一栏只供查看：这里改成了“{value}”，原为“{written}”，未采用",
            "The column “{column}” is only shown: “{value}” was written there over “{written}”; not taken",
        ),
        Localized(
            "期限、状态由程序自动填写，不用改；别的内容确实要改的，在总表里改正，把总表放进收件夹；有变更表的交变更表",
            "Deadlines and states are filled in by the program; where anything else is to change, correct it in the master and drop that in the inbox, or hand in a change sheet where there is one",
        ),
        "",
    ),
    Rule(
        "worklist.filled_by_other",
        Severity.WARNING,
        Localized(
            "{name}的任务表由{by}填写交回（“{sheet}”页 {count} 行），已按{by}办理登记",
            "{name}'s worklist came back from {by} ({count} rows of the page “{sheet}”); entered as done by {by}",
        ),
        Localized("不用办；若不是{name}托办的，请与{by}核对", "Nothing to do; ask {by} if {name} did not agree on it"),
        "",
    ),
    Rule(
        "worklist.of_other",
        Severity.WARNING,
        Localized(
            "您填写交回的是{name}的任务表（“{sheet}”页 {count} 行），已按您办理登记",
            "The worklist that you handed in is {name}'s ({count} rows of the page “{sheet}”); entered as done by you",
        ),
        Localized(
            "不用办，{name}已得到通知；若是拿错了表，请告诉{name}",
            "Nothing to do, {name} has been told; tell {name} if you took the wrong file",
        ),
        "",
    ),
    Rule(
        "worklist.since_handed_on",
        Severity.WARNING,
        Localized(
            "{which}现由{name}办理，{by}用以前的任务表填了交回（“{sheet}”页 {count} 行），已按{by}办理登记",
            "{which}: with {name} now, and {by} handed in a row of an earlier worklist ({count} on the page “{sheet}”); entered as done by {by}",
        ),
        Localized(
            "不用办；若与{name}看到的不一样，请{name}与{by}核对",
            "Nothing to do; {name} and {by} compare notes where they found it otherwise",
        ),
        "",
    ),
    Rule(
        "step.signed_elsewhere",
        Severity.WARNING,
        Localized(
            "{by}交来的表上“{stage}”签的是{name}的名字（{count} 行），已按{name}办理登记",
            "A sheet that {by} handed in bears the name of {name} for “{stage}” ({count} rows); entered as done by {name}",
        ),
        Localized(
            "不用办；若不是{name}签的，请告诉经理并与{by}核对",
            "Nothing to do; if {name} did not sign it, tell the manager and ask {by}",
        ),
        "",
    ),
    Rule(
        "sheet.signed_elsewhere",
        Severity.WARNING,
        Localized(
            "{by}交来的“{stage}”写的是您的名字（{count} 行），已按您登记",
            "A sheet “{stage}” that {by} handed in bears your name ({count} rows); entered as yours",
        ),
        Localized(
            "不用办；若不是您填的，请告诉经理并与{by}核对",
            "Nothing to do; if it is not yours, tell your manager and ask {by}",
        ),
        "",
    ),
    Rule(
        "sheet.signed_by_nobody",
        Severity.WARNING,
        Localized(
            "{by}交来的“{stage}”签的是“{value}”（{count} 行），在岗人员中没有此人或不止一人",
            "A sheet “{stage}” that {by} handed in is signed “{value}” ({count} rows): nobody in force, or more than one",
        ),
        Localized(
            "与{by}核实是谁办的；漏登记的人补入人员表，名字写错的请他改正后再交",
            "Ask {by} who did it; add to the sheet of staff who is lacking there, or have the name mended",
        ),
        "",
    ),
    Rule(
        "sheet.opened_by_nobody",
        Severity.WARNING,
        Localized(
            "“{stage}”填的是“{value}”（{count} 行），人员表中没有此人",
            "“{value}” is named as who did “{stage}” ({count} rows): nobody of the staff sheet",
        ),
        Localized(
            "核实是谁办的；漏登记的人补入人员表，名字写错的改正后再交",
            "Ask who did it; add to the sheet of staff who is lacking there, or have the name mended",
        ),
        "张外人",
    ),
    Rule(
        "worklist.row_of_other",
        Severity.ERROR,
        Localized(
            "“{value}”由{owner}办理，不在{name}的任务表中，未采用",
            "“{value}” is with {owner}, not on the worklist of {name}; not taken",
        ),
        Localized(
            "请{owner}在自己的任务表上填写；应当换人的请改辖区表",
            "Let {owner} fill it on their own worklist, or change the areas if it should be yours",
        ),
        "131123100026",
    ),
    Rule(
        "worklist.rows_removed",
        Severity.WARNING,
        Localized(
            "任务表“{sheet}”页发出时 {written} 行，交回 {back} 行，少了 {count} 件待办的：{value}",
            "The page “{sheet}” was written with {written} rows and came back with {back}; {count} still to do are "
            "missing: {value}",
        ),
        Localized(
            "不用补交：少的各件仍为待办，还会出现在任务表中；不归您办的请告诉经理",
            "Nothing to hand in: they stay open and come again; tell your manager what is not yours",
        ),
        "131123100018 惠民超市",
    ),
)

REMARK = "worklist.remark"
"""The rule of what was written beside the rows: for the manager, who alone is told."""
FOR_MANAGERS_TO_READ = frozenset(
    {REMARK, "worklist.filled_by_other", "worklist.since_handed_on", "step.signed_elsewhere"}
)
"""Rules of what the manager of the register reads at once, whoever is asked; none is ever left open."""
TOLD_FOR_A_WEEK = FOR_MANAGERS_TO_READ | {
    "sheet.signed_elsewhere",
    "sheet.signed_by_nobody",
    "sheet.opened_by_nobody",
    "worklist.of_other",
    "worklist.only_shown",
    "worklist.rows_removed",
}
"""Rules that ask for nothing."""

OF_A_WORKLIST = frozenset(rule.code for rule in WORKLISTS)
"""Rules about the worklist itself: whoever handed it in is asked, whoever holds the record."""
