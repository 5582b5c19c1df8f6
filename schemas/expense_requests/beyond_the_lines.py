"""Advances beyond what the statistics say: 第三条 2, an advance is asked for by them; 第一条 2, for customers who have paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.expense_advances import GRANTED, SETTLED, TO_GRANT, TO_SETTLE
from schemas.expense_advances.forms import ADVANCE
from schemas.expense_lines import COUNTED, earned
from schemas.language import Localized, work
from schemas.language.telling import is_recent
from schemas.language.work import RecordView, RegisterView, Seen, warning
from schemas.roster.roles import FINANCE, SALES_HEAD

_CENT = 0.005
_ASKED, _SETTLED = Localized("预支合计", "advances of"), Localized("核销合计", "has settled")


def _payable(held: RegisterView, month: str, person: str) -> float:
    """What *person* may pay out of *month*: the lines that he has listed and whose money has come, fees and gifts that he was
    granted in it.
    """
    lines = held.holding("expense_lines", COUNTED.code, month)
    asked = held.holding("expense_requests", "requested_by", person)
    own = sum(each.values["line_expense"] for each in lines if each.get("line_by") == person and earned(each))
    granted = [each for each in asked if each.state == GRANTED.code and work.month_of(each.get("granted_on")) == month]
    return float(own + sum(each.values["requested_amount"] for each in granted))


def _month_before(request: RecordView) -> str:
    """The month whose statistics an advance is asked for by: the one before that of the request."""
    return work.months_back(date.fromisoformat(request.values["requested_on"]), 2)[0]


def _beyond(held: RegisterView, today: date) -> Iterator[Seen]:
    """Advances that, with those asked for before in that month, are above what their holder may pay out of the month before, once
    that is signed: for the sales head who grants them, for finance who settle them, and for him again, for a week, where more was settled.
    """
    asked: dict[tuple[str, str], float] = defaultdict(float)
    settled: dict[tuple[str, str], float] = defaultdict(float)
    for key, each in sorted(held["expense_requests"].items()):
        if each.get("expense_kind") != ADVANCE.code or each.state not in (TO_GRANT.code, TO_SETTLE.code, SETTLED.code):
            continue
        whose, month = str(each.values["requested_by"]), _month_before(each)
        asked[whose, month] += each.values["requested_amount"]
        settled[whose, month] += each.get("settled_amount", 0)
        signed = held["expense_months"].get(month)
        if signed is None or signed.state not in ("to_pay", "paid"):
            continue
        done = each.state == SETTLED.code
        total, payable = (settled if done else asked)[whose, month], _payable(held, month, whose)
        if total > payable + _CENT and (is_recent(each, today) or not done):
            about: dict[str, str | Localized] = {"month": month, "sum": f"{total:.15g}", "payable": f"{payable:.15g}"}
            about["what"] = _SETTLED if done else _ASKED
            role = FINANCE if each.state == TO_SETTLE.code else SALES_HEAD
            yield Seen(key, "requested_by", whose, role.code, about)


BEYOND = warning(
    "expenses.beyond_lines",
    Localized(
        "“{value}”{what} {sum} 元，{month} 签完的统计里其名下可付的只有 {payable} 元",
        "“{value}”: {what} {sum} yuan, while {payable} are his to pay out by the signed lines of {month}",
    ),
    Localized(
        "按签完的统计借支和核销，多出的问清用途或还回；另有用途的选“知道了”",
        "Advance and settle by the signed lines; ask what the rest is for, or have it given back; note it where it is for something else",
    ),
    _beyond,
)


def _of_unpaid(held: RegisterView, today: date) -> Iterator[Seen]:
    """Advances in the name of a customer none of whose money for the month before has come: for who grants and who settles them."""
    roles = {TO_GRANT.code: SALES_HEAD, TO_SETTLE.code: FINANCE, SETTLED.code: SALES_HEAD}
    for key, each in held["expense_requests"].items():
        if each.get("expense_kind") != ADVANCE.code or each.state not in roles:
            continue
        if each.state == SETTLED.code and not is_recent(each, today):
            continue
        customer, month = str(each.values["expense_customer"]), _month_before(each)
        lines = held.holding("expense_lines", "line_customer", customer)
        those = [one for one in lines if one.values["expense_month"] == month]
        if those and not any(map(earned, those)):
            yield Seen(key, "expense_customer", customer, roles[each.state].code, {"month": month})


OF_UNPAID = warning(
    "expenses.advance_unpaid",
    Localized(
        "“{value}”{month} 的货款还没有收到，却以其名义预支",
        "An advance in the name of “{value}”, whose money for {month} has not come",
    ),
    Localized(
        "货款收到后才兑付：收到的改统计表，没有收到的不批、不核销",
        "It is paid out once the money is there: put the line right, or neither grant nor settle it",
    ),
    _of_unpaid,
)
