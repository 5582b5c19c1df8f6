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

OF_A_WORKLIST = frozenset(rule.code for rule in WORKLISTS)
"""Rules about the worklist itself: whoever handed it in is asked, whoever holds the record."""
