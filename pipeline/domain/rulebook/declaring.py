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
)
