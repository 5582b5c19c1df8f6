"""Steps that are taken ahead of a moment, neither too early nor too late: so many working days, or hours of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeAlias

from schemas.language.durations import parse_moment
from schemas.language.field import Field, Kind, Option, Values
from schemas.language.parameters import DAY_BEGINS_AT, DAY_ENDS_AT, Parameter, SetValue
from schemas.language.words import Localized
from schemas.language.work import Derived
from schemas.language.workdays import is_workday, workdays_earlier

_LONGEST = timedelta(days=60)
WorkingHours: TypeAlias = tuple[timedelta, timedelta]
"""When work begins and ends, from midnight on."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long ahead of a moment a step is to be taken: ``least`` and ``most``, in hours or, where ``workdays``, in working days.

    Working days are whole: a day ahead is any time of the working day before. Hours that would fall outside the office's own
    are counted in its working hours: four hours ahead of Monday, 09:00, is Friday, 15:00, where work is from 8 to 18.
    """

    least: Parameter
    """The latest it may be."""
    most: Parameter
    """The earliest."""
    workdays: bool = False
    """Whether both are working days."""

    def due(self, at: datetime, value: SetValue) -> datetime:
        """Return the latest moment ahead of *at*, by what the office has set on that day."""
        return self._ahead(self.least, at, value)

    def judge(self, done: datetime, at: datetime, value: SetValue) -> int:
        """Tell whether *done* was too early for *at* (below 0), in time (0) or too late (above 0)."""
        first, last = self._ahead(self.most, at, value), self._ahead(self.least, at, value)
        if self.workdays:
            return (done.date() > last.date()) - (done.date() < first.date())
        ahead = (at - done).total_seconds() / 3600
        if _set(self.least, at, value) <= ahead <= _set(self.most, at, value):
            return 0  # to the letter, whatever the hour
        return (done > last) - (done < first)

    def _ahead(self, set_by: Parameter, at: datetime, value: SetValue) -> datetime:
        begins, ends = (timedelta(hours=_set(each, at, value)) for each in (DAY_BEGINS_AT, DAY_ENDS_AT))
        count = _set(set_by, at, value)
        if self.workdays:
            return datetime.combine(workdays_earlier(at.date(), int(count)), time()) + ends
        return hours_before(at, timedelta(hours=count), (begins, ends))


def due_ahead(code: str, words: Localized, at: str, lead: LeadTime) -> Derived:
    """Return the derived field *code*: the latest moment, by *lead*, for what comes before the moment in field *at*."""

    def compute(values: Values, value: SetValue) -> str | None:
        begins = parse_moment(values.get(at))
        return lead.due(begins, value).isoformat(timespec="minutes") if begins else None

    return _derived(Field(code, words, Kind.MOMENT), lead, compute)


def timing_ahead(
    code: str, words: Localized, done: str, at: str, lead: LeadTime, found: tuple[Option, Option, Option]
) -> Derived:
    """Return the derived field *code*: which of *found* (too early, in time, too late) the moment in field *done* is, by *lead*,
    for the one in field *at*; blank while either is.
    """

    def compute(values: Values, value: SetValue) -> str | None:
        was, begins = parse_moment(values.get(done)), parse_moment(values.get(at))
        return str(found[1 + lead.judge(was, begins, value)].code) if was and begins else None

    return _derived(Field(code, words, Kind.CHOICE, options=found), lead, compute)


def _derived(field: Field, lead: LeadTime, compute: Callable[[Values, SetValue], str | None]) -> Derived:
    declared = {each.code: each.value for each in (lead.least, lead.most, DAY_BEGINS_AT, DAY_ENDS_AT)}

    def set_by(value: SetValue) -> Callable[[Values], str | None]:
        return lambda values: compute(values, value)

    return Derived(field, set_by(lambda code, on: declared[code]), set_by=set_by)


def _set(parameter: Parameter, at: datetime, value: SetValue) -> float:
    return float(value(parameter.code, at.isoformat(timespec="minutes")))


def hours_before(at: datetime, count: timedelta, hours: WorkingHours) -> datetime:
    """Return the moment *count* before *at*: by the clock where somebody works then, else counted in working *hours*."""
    clock = at - count
    begins, ends = hours
    if begins >= ends or _is_worked(clock, hours):
        return clock
    day = at.date()
    while at - datetime.combine(day, time()) < _LONGEST:
        opened = datetime.combine(day, time()) + begins
        worked = (
            max(min(at, datetime.combine(day, time()) + ends) - opened, timedelta()) if is_workday(day) else timedelta()
        )
        if worked >= count:
            return opened + worked - count
        count -= worked
        day -= timedelta(days=1)
    return clock


def _is_worked(moment: datetime, hours: WorkingHours) -> bool:
    begins, ends = hours
    return is_workday(moment.date()) and begins <= moment - datetime.combine(moment.date(), time()) <= ends
