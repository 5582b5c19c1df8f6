"""By when a stage has to be done: working days of the procedure or of the office, a field's day, a working day of a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.outside.calendar import WorkCalendar
from schemas.language import Kind, Register, Stage, StoredValues


@dataclass(frozen=True, slots=True)
class Deadlines:
    """``days`` are the office's own working days by stage code; 0 is none."""

    days: Mapping[str, int]
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def __call__(self, register: Register, stage: Stage, start: date, values: StoredValues) -> date | None:
        """Return the day on which *stage* falls due for a record holding *values* that waits for it since *start*."""
        if stage.code not in self.days and (stage.due_by or stage.by_workday):
            named = self._named(register, stage, start, values)
            over = named is not None and named < start  # before anybody could do it
            if not stage.days or (named is not None and not over):
                return named
        days = self.days.get(stage.code, stage.days)
        return self.calendar.after(start, days)[0] if days else None

    def _named(self, register: Register, stage: Stage, start: date, values: StoredValues) -> date | None:
        if stage.due_by:
            day = values.get(stage.due_by)
            return date.fromisoformat(str(day)[:10]) if day else None
        return self.calendar.after(_month_end(register, values, start), stage.by_workday)[0]

    def prolong(self, due: date, stopped: date, resumed: date) -> date:
        """The working days that were left when time stood still are left when it goes on."""
        return self.calendar.after(resumed, max(0, self.calendar.between(stopped, due)))[0]


def _month_end(register: Register, values: StoredValues, start: date) -> date:
    """Return the last day of the month that the record is about, else of the month before *start*."""
    about = next(
        (values[field.code] for field in register.fields if field.kind is Kind.MONTH and field.code in values), ""
    )
    if not about:
        return start.replace(day=1) - timedelta(days=1)
    year, month = map(int, str(about).split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
