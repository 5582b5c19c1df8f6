"""When a record is overdue: the one rule, in Python. The ledger says the same in SQL (``outside.ledger.overdue``).

A stage falls due on a day. Where it names a moment on that day, the record is in time to the end of that minute;
otherwise to the end of the day. A moment of another day, such as one that a pause or the office's own deadline has
overtaken, says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from pipeline.domain.record import RecordState
from schemas.language import Kind, Register

_LAST_MINUTE = time(23, 59)


def due_moment(due: date, named: str = "") -> datetime:
    """Return the last minute in which it is in time what falls due on the day *due*; *named* is the moment by which it
    is to be done, as fields hold one (``2026-11-02T14:30``, a day alone or "").
    """
    return _on_the_day(due, named) or datetime.combine(due, _LAST_MINUTE)


def _on_the_day(due: date, named: str) -> datetime | None:
    return datetime.fromisoformat(named[:16]) if named.startswith(f"{due.isoformat()}T") else None


@dataclass(frozen=True, slots=True)
class OverdueRule:
    """The rule at one moment for the records of one register."""

    now: datetime
    """The moment that is judged by, in the office's zone, without a zone of its own."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """By state: code of the field that holds the moment by which the stage waited for in it has to be done."""

    @classmethod
    def of(cls, register: Register, now: datetime) -> OverdueRule:
        """Return the rule at *now* for the records of *register*."""
        stages = {state: register.waiting_for(state) for state in register.waited_in}
        fields = {state: register.get(stage.due_by) for state, stage in stages.items() if stage and stage.due_by}
        moments = {state: each.code for state, each in fields.items() if each and each.kind is Kind.MOMENT}
        return cls(now, moments)

    @property
    def minute(self) -> datetime:
        """The minute that ``now`` lies in: what falls due in it is still in time."""
        return self.now.replace(second=0, microsecond=0)

    def is_overdue(self, record: RecordState) -> bool:
        """Tell whether the due moment of *record* is past; what has none is never overdue."""
        if record.due is None or record.due != self.now.date():
            return record.due is not None and record.due < self.now.date()  # the quick way for all but today's
        return due_moment(record.due, self._named(record)) < self.minute

    def named_moment(self, record: RecordState) -> datetime | None:
        """Return the moment by which *record* has to be dealt with; None where it has to the end of a day."""
        return _on_the_day(record.due, self._named(record)) if record.due else None

    def _named(self, record: RecordState) -> str:
        code = self.fields.get(record.state)
        return str(record.values.get(code, "")) if code else ""
