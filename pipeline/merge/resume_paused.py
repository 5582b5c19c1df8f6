"""A record that was paused goes on: where it stood before, and when what it waited for falls due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import apply
from pipeline.merge.judge_days import LAST_TIME
from schemas.language import FieldRole, Form, Register

Prolong = Callable[[date, date, date], date]
"""A due date, the day on which time stood still, the day on which it goes on → the due date that keeps the working
days which were left."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The record as it stood before its last pause, and the day from which time stands still."""

    before: RecordState
    since: date


def last_pause(register: Register, events: Iterable[Event]) -> Paused | None:
    """Return the last pause among *events* of one record, in order; None when there was none."""
    found: Paused | None = None
    entry: RecordState | None = None
    for event in events:
        state = register.state(event.state)
        if entry is not None and state is not None and state.paused and event.state != entry.state and event.on:
            found = Paused(entry, _stopped(register, entry, event, event.on))
        entry = apply(entry, event)
    return found


def resumed_too_early(form: Form, record: Record, pause: Paused | None) -> Finding | None:
    """Return the finding that *record*, a row of *form*, has what was paused go on before the day of the *pause*; None where it does
    not.
    """
    starts = form.meaning(FieldRole.STARTS)
    day = str(record.action.get(starts.code) or "") if starts else ""
    if starts is None or pause is None or not day or day >= pause.since.isoformat():
        return None
    other = LAST_TIME.filled(label=starts.label)
    return finding_at("step.day_before", form, record, starts.code, other=other, day=pause.since.isoformat())


def _stopped(register: Register, entry: RecordState, event: Event, day: date) -> date:
    """The day that the sheet names, yet not before the record came to where it stood, nor after it was taken in."""
    form = register.form_of(event.form)
    starts = form.meaning(FieldRole.STARTS) if form else None
    named = event.action.get(starts.code) if starts else None
    stopped = date.fromisoformat(str(named)) if named else day
    return min(max(stopped, entry.since or stopped), day)
