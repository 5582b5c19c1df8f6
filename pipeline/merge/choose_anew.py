"""The sheet that began a record chose its way; where it says otherwise later, the record goes the other way.

Else what was called done, or small, and is not, would be corrected in its cell and lie with nobody.
"""

from __future__ import annotations

from datetime import datetime, time

from pipeline.domain.record import RecordState
from pipeline.domain.routing import holds
from schemas.language import Field, Form, Register, Stage, Stored, StoredValues, Transition
from schemas.language.ending import deciding_stage


def chosen_anew(register: Register, stage: Stage, entry: RecordState, said: StoredValues) -> Transition | None:
    """Return the way that *stage*, which begins records, takes now that its sheet has *said* something else of *entry*; None
    where it stays on its way.

    It stays where others are at work on it, and what a superior decides on, or what was signed, is not taken from him so.
    """
    before, after = _way(stage, entry.values), _way(stage, {**entry.values, **said})
    state = register.state(entry.state)
    if before is None or after is None or state is None or after.to in ("", before.to, entry.state):
        return None
    is_done = state.final and not (state.closed or state.missed)
    is_signed = any(state.code in sealed.states for sealed in register.seals)
    if not (is_done or state.code == before.to) or is_signed or deciding_stage(register.stages, state.code):
        return None
    return after


def led_anew(
    register: Register,
    form: Form,
    entry: RecordState | None,
    changed: StoredValues,
    transition: Transition | None,
    now: datetime,
) -> dict[str, Stored]:
    """Return what is noted where the first sheet of *entry*, by what it has *changed*, leads it another way (*transition*), or
    calls it more urgent: *now*, from which deadlines count. The day alone where no hour is told.
    """
    if register.led_anew is None or entry is None or form.code != register.base.code:
        return {}
    raised = form.get(register.led_anew.raised)
    if transition is None and not (raised and _is_raised(raised, entry.values, changed)):
        return {}
    moment = now.date().isoformat() if now.time() == time.min else now.isoformat(timespec="minutes")
    return {register.led_anew.field.code: moment}


def _is_raised(field: Field, before: StoredValues, changed: StoredValues) -> bool:
    ranks = {option.code: rank for rank, option in enumerate(field.options)}
    was, now = (ranks.get(str(held.get(field.code))) for held in (before, changed))
    return was is not None and now is not None and now < was


def _way(stage: Stage, values: StoredValues) -> Transition | None:
    return next((way for way in stage.transitions if not way.by_itself and holds(way.when, values)), None)
