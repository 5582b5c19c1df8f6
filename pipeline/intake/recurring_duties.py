"""What a duty that comes again asks for today: the records that are to be opened for it, by period and holder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.outside.calendar import WorkCalendar
from schemas.language import Register, Stored
from schemas.language.guarding import DUTY, GuardedPart, attempt
from schemas.language.parameters import declared_number
from schemas.language.recurring import Every, Recurring
from schemas.language.work import CreatedRecord

_DAY = timedelta(days=1)
_A_HALF = 2
"""Quarters."""
_WORKDAYS_OF_A_WEEK = 5
_MOST_MISSED = 31
"""Periods that are made up for at the most: an office that has slept for years is not to find a thousand duties."""


_FirstDay = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class RecurringDuties:
    """The duties of a day, by who has which role and by the office's working days."""

    roster: Roster
    calendar: WorkCalendar
    day: date

    def openings(
        self,
        register: Register,
        held: Callable[[str], Mapping[str, RecordState]],
        first_day: _FirstDay = lambda code: None,
    ) -> Iterator[CreatedRecord]:
        """Yield what is to be opened in *register*; *held* returns the records of a register that are there, *first_day* the
        earliest day that they are of, by its code.
        """
        standing = held(register.code)
        for recurring in register.recurs:
            if recurring.once_used and not any(map(held, recurring.once_used)):
                continue
            place = GuardedPart(DUTY, register.title, register.code)
            yield from attempt(place, self._all_of, recurring, standing, first_day, otherwise=lambda *_: [])

    def _all_of(
        self, recurring: Recurring, standing: Mapping[str, RecordState], first_day: _FirstDay
    ) -> list[CreatedRecord]:
        holders = self.roster.with_role(recurring.role)
        return [
            opening
            for holder in (holders if recurring.each else holders[:1])
            for opening in self._of(recurring, holder, standing, first_day)
            if opening.key not in standing and not self._was_taken_over(recurring, holder, opening, standing)
        ]

    def _was_taken_over(
        self, recurring: Recurring, holder: Person, opening: CreatedRecord, standing: Mapping[str, RecordState]
    ) -> bool:
        """Tell whether *holder* came within the period of *opening* in the place of somebody who has left, whose duty stands:
        done, or to be done by him.
        """
        due = str(opening.values[recurring.due])
        begins = recurring.every.start(date.fromisoformat(due[:10]))
        newcomers = [
            each
            for each in self.roster.with_role(recurring.role)
            if recurring.each and each.starts is not None and each.starts > begins
        ]
        if holder not in newcomers:
            return False
        left = [
            entry
            for entry in standing.values()
            if entry.values.get(recurring.due) == due
            and all(entry.values.get(code) == value for code, value in recurring.values)
            and self._has_left(str(entry.values.get(recurring.person) or ""), recurring.role)
        ]
        return newcomers.index(holder) < len(left)

    def _has_left(self, name: str, role: str) -> bool:
        person = self.roster.named(name)
        return bool(name) and (person is None or not person.has_role(role))

    def missed(self, register: Register, standing: Mapping[str, RecordState]) -> Iterator[tuple[RecordState, str]]:
        """Yield the duties among *standing* that nobody has done though the next one of their kind is past its day, too, each
        with the state in which it ends. What was opened today, as there was no run before, has its day first.
        """
        for recurring in register.recurs if standing else ():
            for entry in standing.values() if recurring.missed else ():
                if entry.state not in register.waited_in or entry.since is None or entry.since >= self.day:
                    continue
                due = str(entry.values.get(recurring.due) or "")[:10]
                ours = all(entry.values.get(code) == value for code, value in recurring.values)
                if ours and due and self._next_is_past(recurring, date.fromisoformat(due)):
                    yield entry, recurring.missed

    def _next_is_past(self, recurring: Recurring, due: date) -> bool:
        step, start = max(1, round(declared_number(recurring.step))), recurring.every.start(due)
        while (start := recurring.every.shifted(start, 1)) < self.day:
            following = self._due(recurring, start, step)
            if following is not None:
                return following < self.day
        return False

    def _of(
        self, recurring: Recurring, holder: Person, standing: Mapping[str, RecordState], first_day: _FirstDay
    ) -> Iterator[CreatedRecord]:
        """Yield the duties since the last one that stands, that of today among them; of the first one only what can still
        be done in time, and none about a period that was over before the office had anything to report.
        """
        step = round(declared_number(recurring.step))
        last = max(self._dues(recurring, holder, standing), default="") if step else ""
        reported = recurring.once_used if recurring.shift < 0 and not last else ()
        used_since = min(filter(None, map(first_day, reported)), default=date.min)
        early = (recurring.ahead if recurring.earliest(self.day) is None else recurring.early) * _DAY
        start = recurring.every.start(self.day + early)
        for _ in range(_MOST_MISSED * step):
            due = self._due(recurring, start, step)
            if due is not None:
                too_old = due.isoformat() <= last if last else due < self.day
                joined_later = recurring.each and holder.starts is not None and due < holder.starts
                is_over_before = recurring.every.shifted(start, recurring.shift + 1) <= used_since
                if too_old or joined_later or is_over_before:
                    return
                if not recurring.ahead or (due - self.day).days <= recurring.ahead:
                    yield self._opening(recurring, holder, start, due)
            start = recurring.every.start(start - _DAY)

    def _dues(self, recurring: Recurring, holder: Person, standing: Mapping[str, RecordState]) -> Iterator[str]:
        fixed = dict(recurring.values) | self._who(recurring, holder)
        for entry in standing.values():
            if all(entry.values.get(code) == value for code, value in fixed.items()) and recurring.due in entry.values:
                yield str(entry.values[recurring.due])

    def _due(self, recurring: Recurring, start: date, step: int) -> date | None:
        """Return the day on which the duty of the period that begins on *start* is due; None where there is none, or it is not
        one of every *step* periods.
        """
        since = _number(recurring, start, self.calendar, step) % step if step > 1 else 0
        counts = recurring.days_off_count and not recurring.all_days
        skipped = since > 0 and not (counts and self._is_long_until_next(start, step - since))
        end = recurring.every.shifted(start, 1) - _DAY
        if recurring.month:
            start = Every.MONTH.shifted(start, recurring.month - 1)
            end = Every.MONTH.shifted(start, 1) - _DAY
        days = [start] if recurring.all_days and recurring.every is Every.DAY else self.calendar.within(start, end)
        if not days or skipped:
            return None
        if recurring.weekday:
            named = start + (recurring.weekday - 1) * _DAY
            return next((day for day in days if day >= named), days[-1])
        at = recurring.workday
        return days[max(0, len(days) + at)] if at < 0 else days[min(at, len(days)) - 1]

    def _is_long_until_next(self, day: date, most: int) -> bool:
        """Tell whether none of the *most* days after *day* is worked: what is due at least so often cannot wait for the next."""
        return not any(self.calendar.is_working(day + count * _DAY) for count in range(1, most + 1))

    def _opening(self, recurring: Recurring, holder: Person, start: date, due: date) -> CreatedRecord:
        about = _name(recurring, recurring.every.shifted(start, recurring.shift))
        values: dict[str, Stored] = {
            **dict(recurring.values),
            **self._who(recurring, holder),
            recurring.due: due.isoformat(),
        }
        if recurring.period:
            values[recurring.period] = about
        number = holder.number if recurring.each else ""
        slots = {**values, "period": about, "holder": number, "due": due.isoformat()}
        return CreatedRecord(recurring.key.format_map(slots), values, why=recurring.why)

    def _who(self, recurring: Recurring, holder: Person) -> dict[str, Stored]:
        if not recurring.each or not recurring.person:
            return {}
        alone = self.roster.named(holder.name) is holder
        return {recurring.person: holder.name if alone else holder.number}


def _number(recurring: Recurring, start: date, calendar: WorkCalendar, step: int) -> int:
    """Return which period of its year the one that begins on *start* is; of days of which every second one or so is meant
    (*step*), of those since the last days off: what nobody could do then is not put off for longer.
    """
    first = start.replace(month=1, day=1)
    if recurring.every is Every.DAY:
        if not recurring.all_days and step < _WORKDAYS_OF_A_WEEK:
            off = next(day for back in count(1) if not calendar.is_working(day := start - back * _DAY))
            return (start - off).days - 1
        return (start - first).days if recurring.all_days else calendar.between(first, start)
    if recurring.every is Every.WEEK:
        return start.toordinal() // 7
    months = 1 if recurring.every is Every.MONTH else 3 if recurring.every is Every.QUARTER else 12
    return (start.year * 12 + start.month - 1) // months


def _name(recurring: Recurring, start: date) -> str:
    """Return what the period that begins on *start* is called; two quarters are a half-year."""
    every = recurring.every
    if every is Every.YEAR:
        return f"{start.year:04d}"
    if every is Every.QUARTER and recurring.step == _A_HALF:
        return f"{start.year:04d}-H{(start.month + 5) // 6}"
    if every is Every.QUARTER:
        return f"{start.year:04d}-Q{(start.month + 2) // 3}"
    return start.isoformat()[: 7 if every is Every.MONTH else 10]
