"""Advances before the ninth working day, or before last month's expenses are signed: 第三条 2. They may be urgent, so nobody is
refused; whoever decides reads it, and who hands the money out reads what was granted all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.expense_advances import GRANTED_ADVANCES, TO_GRANT, forms
from schemas.language import Field, Kind, Localized, Values
from schemas.language.telling import TOLD_FOR, is_recent
from schemas.language.work import Derived, RecordView, RegisterView, Seen, months_back, warning
from schemas.language.workdays import workday_after, workdays_later
from schemas.roster.roles import FINANCE, SALES_HEAD

DAYS_TO_GRANT = 2
_SIGNED = ("to_pay", "paid")


def _advanced_from(asked: str) -> date:
    """The day from which the expenses of the month before *asked* are advanced."""
    return workday_after(_month(asked), forms.ADVANCED_FROM)


def _month(asked: str) -> str:
    return months_back(date.fromisoformat(asked), 2)[0]


def _grant_from(values: Values, held: RegisterView, today: date) -> str | None:
    """That day, where it is later than whoever decides has time in any case: he waits for it, and is not late meanwhile."""
    if values.get("expense_kind") != forms.ADVANCE.code:
        return None
    came = date.fromisoformat(str(values.get("request_came") or today.isoformat()))
    begins = _advanced_from(str(values["requested_on"]))
    return begins.isoformat() if begins > workdays_later(came, DAYS_TO_GRANT) else None


def _before(held: RegisterView, each: RecordView, on: str) -> dict[str, str] | None:
    """What is to be told of the advance *each* on the day *on*: None where it has its day by then, and its month is signed."""
    month, begins = _month(str(each.get("requested_on"))), _advanced_from(str(each.get("requested_on"))).isoformat()
    signed = held["expense_months"].get(month)
    if on >= begins and signed is not None and signed.state in _SIGNED:
        return None
    return {"month": month, "from": begins}


def _advances(held: RegisterView) -> Iterator[tuple[str, RecordView]]:
    those = held["expense_requests"].items()
    return ((key, each) for key, each in those if each.get("expense_kind") == forms.ADVANCE.code)


def _asked(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in _advances(held):
        about = _before(held, each, today.isoformat()) if each.state == TO_GRANT.code else None
        if about:
            on = str(each.get("requested_on"))
            yield Seen(key, "requested_by", str(each.get("requested_by")), details={**about, "on": on})


def _granted(held: RegisterView, today: date) -> Iterator[Seen]:
    """Told for a week, or until the month is signed: to who hands the money out, and to who has granted it."""
    for key, each in _advances(held):
        on = str(each.get("granted_on"))
        about = _before(held, each, on) if each.state in GRANTED_ADVANCES else None
        came_now = is_recent(each, today) and not each.get("settled_by")
        if about and (came_now or today - date.fromisoformat(on) <= TOLD_FOR):
            for role in (FINANCE, SALES_HEAD):
                yield Seen(key, "requested_by", str(each.get("requested_by")), role.code, {**about, "on": on})


GRANT_FROM = Derived(Field("grant_from", Localized("借支起始日", "Advanced from"), Kind.DATE), look=_grant_from)
BEFORE_THEIR_DAY = (
    warning(
        "expenses.advance_early",
        Localized(
            "“{value}”{on} 申请预支：第 9 个工作日（{from}）起、{month} 的费用统计签完后才借支",
            "“{value}” asks for an advance on {on}: due from {from} on, once the expenses of {month} are signed",
        ),
        Localized(
            "核对签字后的统计再批；急用的写明原因", "Decide by the signed statistics; say why where it is urgent"
        ),
        _asked,
    ),
    warning(
        "expenses.granted_early",
        Localized(
            "“{value}”的预支 {on} 就批了：第 9 个工作日（{from}）起、{month} 的费用统计签完后才借支",
            "The advance of “{value}” was granted on {on}: due from {from} on, once the expenses of {month} are signed",
        ),
        Localized(
            "到了那天、统计签完再付现金；急用已付的选“知道了”",
            "Pay it out from that day on, by the signed statistics; note it where it was urgent",
        ),
        _granted,
    ),
)
