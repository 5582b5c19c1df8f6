"""Contacts with prospects counted by month: what the manual asks for, what was made, what the running month still asks for."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language import Field, Kind, Localized, Option, Outlook, Owed, Values, work
from schemas.language.counting import MONTH
from schemas.language.work import Derived, FigureRows, Measure, RecordView, RegisterView, Statistic
from schemas.language.workdays import workdays_of

IMPORTANT = Option("prospect_important", Localized("重要", "Important"))
ORDINARY = Option("prospect_ordinary", Localized("一般", "Ordinary"))
TO_CONTACT = "to_contact"
_A_MONTH = {IMPORTANT.code: 2, ORDINARY.code: 1}
_LAST_DAYS = 7
"""Whoever is listed with fewer days to the end of a month owes nothing for it."""
_KEPT = 40
"""So many days of contacts a record keeps, the last ones: more than a year of an important prospect."""


def _days(values: Values) -> str | None:
    """The days of contacts so far and the one just said; a day that was corrected stays beside the right one."""
    said = {*str(values.get("contact_days") or "").split("、"), str(values.get("contacted_on") or "")} - {""}
    return "、".join(sorted(said)[-_KEPT:]) or None


CONTACT_DAYS = Derived(Field("contact_days", Localized("历次联系日期", "Days of contacts")), _days)
LISTED_ON = Derived(
    Field("prospect_listed_on", Localized("登记入册日", "Listed on"), Kind.DATE),
    look=lambda values, held, today: values.get("prospect_listed_on") or today.isoformat(),
)


def _made(prospect: RecordView, month: str) -> int:
    return sum(each.startswith(month) for each in str(prospect.get("contact_days") or "").split("、"))


def _asked(values: Values, month: str) -> int:
    """Contacts that *month* asks for: ours: of that in whose second half it was listed, one; in whose last week, none."""
    listed, of_weight = (
        str(values.get("prospect_listed_on") or "9999"),
        _A_MONTH.get(str(values.get("prospect_weight")), 1),
    )
    if listed[:7] != month:
        return of_weight if listed[:7] < month else 0
    last = monthrange(*map(int, month.split("-")))[1]
    return of_weight if listed <= f"{month}-15" else int(last - int(listed[8:10]) >= _LAST_DAYS)


def _due(prospect: RecordView, month: str) -> int:
    """What *month* asks for: of that in which it ended, or giving up is judged, nothing; the months before stay as they were."""
    left = prospect.state != TO_CONTACT and (prospect.since is None or work.month_of(prospect.since) <= month)
    return 0 if left else _asked(prospect.values, month)


def contact_until(values: Values) -> date | None:
    """The last day for the contact after the last one, or the listing: while its month is short of contacts the working day of it
    on which what is lacking can still be made up, one a day; else that of the next month. None of what is not listed yet.
    """
    last = last_contact(values)
    if last is None:
        return None
    month, following = work.month_of(last), work.month_of(last.replace(day=28) + timedelta(days=4))
    lacking = _asked(values, month) - sum(each.startswith(month) for each in str(_days(values) or "").split("、"))
    left = [each for each in workdays_of(month) if each > last] if lacking > 0 else []
    return left[-min(lacking, len(left))] if left else workdays_of(following)[-max(1, _asked(values, following))]


def last_contact(values: Values) -> date | None:
    """The day of the last contact, or of the listing where that is later."""
    days = (values.get("contacted_on"), values.get("prospect_listed_on"))
    return max((date.fromisoformat(each) for each in days if each), default=None)


def prospects_ahead(held: RegisterView, today: date) -> Iterator[Owed]:
    """The contacts that the running month still asks for."""
    month = work.month_of(today)
    for each in held["prospects"].values():
        if due := _due(each, month):
            yield Owed(str(each.get("prospect_owner")), str(each.get("prospect_name")), due, _made(each, month))


def missed(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Prospects that the month before has seen too seldom, until that is noted; it was a whole one, or nearly, for them."""
    month = work.month_of(today.replace(day=1) - timedelta(days=1))
    for key, each in held["prospects"].items():
        due, made = _due(each, month), _made(each, month)
        if made < due and str(each.get("prospect_listed_on")) <= f"{month}-15":
            said = {"month": month, "due": str(due), "made": str(made)}
            who = str(each.get("prospect_owner"))
            yield work.Seen(key, "prospect_weight", str(each.get("prospect_name")), "market_manager", said)
            yield work.Seen(key, "prospect_weight", str(each.get("prospect_name")), details=said, person=who)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month in work.months_back(today, 12):
        owing = [(_due(each, month), _made(each, month)) for each in held["prospects"].values() if _due(each, month)]
        made = sum(count for _, count in owing)
        enough = sum(count >= due for due, count in owing)
        if owing:
            rows.append([month, len(owing), made, enough, work.share(enough, len(owing))])
    return rows


# fmt: off
AHEAD = Outlook("prospects_ahead", Localized("本月联系潜在客户", "Prospects to contact this month"), Localized("潜在客户", "Prospect"), prospects_ahead)
BY_MONTH = Statistic(
    "prospect_contacts_by_month", Localized("潜在客户联系按月", "Contacts with prospects by month"), MONTH,
    (Measure(Localized("应联系户数", "Prospects")), Measure(Localized("联系次数", "Contacts")), Measure(Localized("够次数的", "Often enough")), work.rate("够次数比例", "Share")),
    _by_month)
