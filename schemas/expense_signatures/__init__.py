"""Who has signed a month of expenses: not by one's own hand alone, and not for one's own lines.

Watches that the procedure of relationship expenses is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.expense_lines import COUNTED, TO_LIST
from schemas.language import Field, Localized, Values
from schemas.language.telling import is_recent
from schemas.language.work import Derived, RecordView, RegisterView, Seen, warning
from schemas.roster.roles import FINANCE, SALES_HEAD

_NAMED = 3
_SIGNED = {"at_sales": ("clerk_signed", SALES_HEAD), "at_finance": ("sales_signed", FINANCE), "to_pay": ("finance_signed", SALES_HEAD)}  # fmt: skip
"""By where a month stands: the field of who has signed last, and who signs next or looks after it, which is told."""

_SIGNS_NEXT = {"to_check": "expense_clerk", "at_sales": SALES_HEAD.code, "at_finance": FINANCE.code, "to_pay": FINANCE.code}  # fmt: skip


def _own_checks(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months whose first check was signed by who had summed them up: told to who signs next, while it lies there."""
    for key, month in held["expense_months"].items():
        if month.state == "at_sales" and month.get("clerk_signed") == month.get("summed_by"):
            yield Seen(key, "clerk_signed", str(month.get("clerk_signed")), SALES_HEAD.code)


def _own_lines(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months last signed by somebody who has listed lines of them himself."""
    for key, month in held["expense_months"].items():
        if month.state not in _SIGNED:
            continue
        field, role = _SIGNED[month.state]
        signer, lines = str(month.get(field) or ""), held.holding("expense_lines", COUNTED.code, key)
        own = sorted(each.values["line_customer"] for each in lines if signer and each.get("line_by") == signer)
        if own:
            names = "、".join(own[:_NAMED]) + ("等" if len(own) > _NAMED else "")
            yield Seen(key, field, signer, role.code, {"count": str(len(own)), "names": names})


def _awaited(held: RegisterView, month: str) -> list[RecordView]:
    """Who is still to list what he has bought and spent in *month*."""
    those = held.holding("expense_listings", "listing_month", month)
    return sorted((each for each in those if each.state == TO_LIST.code), key=lambda each: each.key)


def _awaited_names(values: Values, held: RegisterView, today: date) -> str | None:
    those = _awaited(held, str(values["expense_month"])) if values.get("finance_signed") is None else []
    return "、".join(str(each.get("listing_person")) for each in those) or None


def _summed_before(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months that are summed up, or signed, while somebody still has time to list: told to the clerk and to who signs next."""
    for key, month in held["expense_months"].items():
        in_time = [each for each in _awaited(held, key) if today.isoformat() <= str(each.get("listing_due"))]
        if in_time and month.state in _SIGNS_NEXT:
            names = "、".join(str(each.get("listing_person")) for each in in_time)
            said = {"due": max(str(each.get("listing_due")) for each in in_time)}
            for role in sorted({"expense_clerk", _SIGNS_NEXT[month.state]}):
                yield Seen(key, "month_total", names, role, said)


def _without_fees(held: RegisterView) -> Iterator[tuple[RecordView, dict[str, str]]]:
    """Months with fees or gifts whose total is of the lines alone, with their sum."""
    for month in held["expense_months"].values():
        fees = float(month.get("fees_total", 0))
        if fees and month.get("total_is_of") == "of_lines":
            yield month, {"fees": f"{fees:.15g}"}


def _fees_unsigned(held: RegisterView, today: date) -> Iterator[Seen]:
    """Those that are not paid: told to who signs next, and to who pays."""
    for month, about in _without_fees(held):
        if role := _SIGNS_NEXT.get(month.state):
            yield Seen(month.key, "month_total", f"{month.values['month_total']:.15g}", role, about)


def _fees_paid(held: RegisterView, today: date) -> Iterator[Seen]:
    """Those that were paid this week: they can be returned no more."""
    for month, about in _without_fees(held):
        if month.state == "paid" and is_recent(month, today):
            yield Seen(month.key, "month_total", f"{month.values['month_total']:.15g}", SALES_HEAD.code, about)


AWAITED = Derived(Field("lines_awaited", Localized("还没有交统计的人", "Who is still to list")), look=_awaited_names)
WATCHES = (
    warning(
        "expenses.summed_before",
        Localized(
            "{value} 的费用统计还没有交，{due} 以前都算及时，本月已先汇总",
            "The lines of {value} are still to come, in time until {due}; the month is summed up before",
        ),
        Localized(
            "等交齐再汇总、签字；签完以后才交来的，计入下月",
            "Wait for them, sum up and sign then: what comes after the signatures counts in the next month",
        ),
        _summed_before,
    ),
    warning(
        "expenses.own_check",
        Localized("汇总和经办核对都是{value}一人签的", "{value} has both summed up and checked"),
        Localized("逐行核对后再签字，或退回另请人核对", "Check line by line before you sign, or return it"),
        _own_checks,
    ),
    warning(
        "expenses.own_lines",
        Localized(
            "{value}核对签字，其中 {count} 行是其本人统计的：{names}",
            "{value} has signed for {count} lines that are his own: {names}",
        ),
        Localized(
            "由别人核对这几行，无误的选“知道了”",
            "Have these lines checked by somebody else; note it where they are right",
        ),
        _own_lines,
    ),
    warning(
        "expenses.fees_unsigned",
        Localized(
            "费用合计 {value} 元只是各行合计，特殊费用及礼品 {fees} 元没有汇总进去，等于没有签字",
            "The total, {value} yuan, is of the lines alone: special fees and gifts of {fees} are in no sum that is signed",
        ),
        Localized(
            "退回，连特殊费用及礼品重新汇总、签字；另有签字的汇总表的，看过选“知道了”",
            "Return it to be summed up with them, and signed; note it where a summary of theirs was signed beside it",
        ),
        _fees_unsigned,
    ),
    warning(
        "expenses.fees_paid",
        Localized(
            "已付款，费用合计 {value} 元只是各行合计，特殊费用及礼品 {fees} 元没有人签字",
            "It is paid; the total, {value} yuan, is of the lines alone, and nobody has signed for special fees and gifts of {fees}",
        ),
        Localized(
            "各方补签特殊费用的汇总表，补不了的追回；另有签字汇总表的选“知道了”",
            "Have a summary of them signed, or claim them back; note it where one was signed beside it",
        ),
        _fees_paid,
    ),
)
