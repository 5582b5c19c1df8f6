"""What the program works out for a drawn procedure: a day before another, hours after a moment, whether it is time, what is counted.

Each is a plain value that is called, so that a workbook can be written of it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from schemas.language import Field, Kind, Localized, Option, Values
from schemas.language.durations import after_hours
from schemas.language.parameters import Parameter, Settable, SetValue
from schemas.language.work import (
    NO,
    YES,
    Derived,
    FigureRows,
    Measure,
    RecordView,
    RegisterView,
    Statistic,
    month_of,
    months_back,
)

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """The day so many days before the one in ``field``."""

    field: str
    days: Settable

    def __call__(self, values: Values, held: RegisterView, today: date) -> str | None:
        """Return it as it is stored, None where there is no such day."""
        day = str(values.get(self.field) or "")[:10]
        return (date.fromisoformat(day) - timedelta(days=_number(self.days, held))).isoformat() if day else None


@dataclass(frozen=True, slots=True)
class IsTime:
    """Whether it is so many days before the day in ``field``, or later."""

    field: str
    days: Settable

    def __call__(self, values: Values, held: RegisterView, today: date) -> str:
        """Return the code of yes or no; of a blank it is no."""
        begins = DaysBefore(self.field, self.days)(values, held, today)
        return (YES if begins is not None and begins <= today.isoformat() else NO).code


@dataclass(frozen=True, slots=True)
class HoursAfter:
    """The moment so many hours after the one in ``field``."""

    field: str
    hours: Settable
    set_by: Callable[[SetValue], Callable[[Values], Any]]

    def __call__(self, value: SetValue) -> Callable[[Values], Any]:
        """Return how it is worked out for what the office has set."""
        return self.set_by(value)


@dataclass(frozen=True, slots=True)
class CountBy:
    """How many records of ``register`` there are: in each of the last months, or years, or by what ``by`` holds."""

    register: str
    period: Literal["month", "year", ""]
    day: str
    by: str
    options: tuple[Option, ...]

    def __call__(self, held: RegisterView, today: date) -> FigureRows:
        """Return the rows."""
        records = list(held[self.register].values())
        if not self.period:
            return [[name, count] for name, count in self._by_answer(records)]
        groups: dict[str, list[RecordView]] = {each: [] for each in self._periods(records, today)}
        for each in records:
            groups.get(self._of(each), []).append(each)
        return [
            [name, len(those), *(sum(one.get(self.by) == option.code for one in those) for option in self.options)]
            for name, those in groups.items()
            if those
        ]

    def _by_answer(self, records: Iterable[RecordView]) -> list[tuple[Localized | str, int]]:
        counts = Counter(str(each.get(self.by) or "") for each in records)
        if self.options:
            return [(option.words, counts[option.code]) for option in self.options if counts[option.code]]
        return [(name, count) for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if name]

    def _of(self, record: RecordView) -> str:
        month = month_of(record.get(self.day))
        return month if self.period == "month" else month[:4]

    def _periods(self, records: Iterable[RecordView], today: date) -> list[str]:
        if self.period == "month":
            return months_back(today, _MONTHS)
        return sorted({year for each in records if (year := self._of(each))})


def days_before(code: str, words: Localized, field: str, days: Settable) -> Derived:
    """Return the derived day of ``DaysBefore``."""
    return Derived(Field(code, words, Kind.DATE), look=DaysBefore(field, days))


def is_time(code: str, words: Localized, field: str, days: Settable) -> Derived:
    """Return the derived answer of ``IsTime``."""
    return Derived(Field(code, words, Kind.CHOICE, options=(YES, NO)), look=IsTime(field, days))


def hours_after(code: str, words: Localized, field: str, hours: Settable) -> Derived:
    """Return the derived moment of ``HoursAfter``."""
    made = after_hours(code, words, field, hours)
    assert made.set_by is not None
    return replace(made, set_by=HoursAfter(field, hours, made.set_by))


def count_by(
    code: str, title: Localized, counted: CountBy, *, chart: bool, on_page: bool, group: Localized
) -> Statistic:
    """Return the statistic of ``CountBy``."""
    total = Measure(Localized("合计", "All") if counted.options and counted.period else Localized("数量", "Count"))
    more = tuple(Measure(option.words) for option in counted.options) if counted.period else ()
    return Statistic(code, title, group, (total, *more), counted, chart, on_page)


def drawn_function(function: object) -> object:
    """Return the plain value behind *function*, which may be guarded."""
    return getattr(function, "__wrapped__", function)


def _number(days: Settable, held: RegisterView) -> int:
    return round(held.parameter(days.code)) if isinstance(days, Parameter) else days
