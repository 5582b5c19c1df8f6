"""新客户特殊费用: fees for winning a customer are held against the day on which he signed; part of ``relationship_expenses``.

Its ``manual.toml`` says what the manual gives: asked for before the contract, void afterwards (第三条 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from schemas.expense_advances import GRANTED, NOT_GRANTED
from schemas.expense_lines import counted, has_paid
from schemas.language import Localized, Option, work
from schemas.language.work import RecordView, RegisterView, Seen, month_of, warning
from schemas.language.workdays import next_workday
from schemas.roster.roles import FINANCE

SPECIAL = Option("special_fee", Localized("新客户特殊费用", "Special fee for a new customer"), ("特殊费用",))
_NEVER = "9999"


def _fees(requests: Iterable[RecordView]) -> Iterator[RecordView]:
    return (each for each in requests if each.get("expense_kind") == SPECIAL.code and each.state != NOT_GRANTED.code)


def _first(days: Iterator[str]) -> str:
    return min(filter(None, days), default=_NEVER)


def _late(held: RegisterView, today: date) -> Iterator[Seen]:
    """Special fees, of which the contract was signed before they were asked for: as its own sheet says, or another fee's of the
    same customer, as this one says that came after that day, or as the customer has bought something in a month before.
    """
    for each in _fees(held["expense_requests"].values()):
        customer, asked = each.values["expense_customer"], each.values["requested_on"]
        own, came = str(each.get("contract_on") or ""), str(each.get("request_came") or today)
        if each.since is not None and came > each.since.isoformat():
            came = ""  # it was there before its coming was noted
        signed = _first(
            str(one.get("contract_signed") or "") for one in held.holding("installations", "install_site", customer)
        )
        fees = _fees(held.holding("expense_requests", "expense_customer", customer))
        of_another = _first(str(one.get("contract_on") or "") for one in fees if one.key != each.key)
        lines = held.holding("expense_lines", "line_customer", customer)
        bought = _first(str(one.values["expense_month"]) for one in lines if one.get("purchases", 0) > 0)
        if signed < asked:
            why = Localized(
                f"的安装合同 {signed} 已签订，特殊费用在其后才申请",
                f": its contract was signed on {signed}, before this special fee was asked for",
            )
        elif of_another < asked:
            why = Localized(
                f"另一份申请写明合同 {of_another} 已签订，这笔在其后才申请",
                f": by another request its contract was signed on {of_another}, before this one",
            )
        elif own and came > next_workday(date.fromisoformat(own)).isoformat():
            why = Localized(
                f"的合同 {own} 已签订，申请 {came} 才交来",
                f": its contract was signed on {own}, the request came on {came}",
            )
        elif bought < work.month_of(asked):
            why = Localized(f"{bought} 已有采购，不是新客户", f" has bought in {bought} and is no new customer")
        else:
            continue
        yield Seen(each.key, "expense_customer", customer, details={"why": why})


def _without_a_day(held: RegisterView, today: date) -> Iterator[Seen]:
    """Fees that were granted, and may be paid as the customer has paid since, while nobody has said when he signed."""
    for each in _fees(held["expense_requests"].values()):
        if each.state != GRANTED.code or each.get("contract_on"):
            continue
        lines = held.holding("expense_lines", "line_customer", each.values["expense_customer"])
        if any(has_paid(one) and counted(one) >= month_of(each.values["granted_on"]) for one in lines):
            for role, person in ((FINANCE.code, ""), ("", str(each.get("requested_by")))):
                yield Seen(each.key, "contract_on", str(each.values["expense_customer"]), role, person=person)


SIGNED_BEFORE = warning(
    "expenses.signed_before",
    Localized("“{value}”{why}", "“{value}”{why}"),
    Localized(
        "核实合同日期；确在签订后申请的退回，已批的不予兑付",
        "Check the day of the contract; return a fee asked for after it, or do not pay it where it was granted",
    ),
    _late,
)
NO_CONTRACT_DAY = warning(
    "expenses.no_contract_day",
    Localized(
        "“{value}”的特殊费用已可兑付，还没有写合同签订日期",
        "The special fee for “{value}” may be paid by now, and nobody has said when he signed",
    ),
    Localized(
        "在总表补写合同签订日期；早于申请日期的不予兑付",
        "Put the day into the master: where it lies before the request nothing is paid",
    ),
    _without_a_day,
)
