"""The sheet that began a record chose its way; where it says otherwise later, the record goes the other way.

Else what was called done, or small, and is not, would be corrected in its cell and lie with nobody.
"""

from __future__ import annotations

from pipeline.domain.record import RecordState
from pipeline.domain.routing import holds
from schemas.language import Register, Stage, StoredValues, Transition
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


def _way(stage: Stage, values: StoredValues) -> Transition | None:
    return next((way for way in stage.transitions if not way.by_itself and holds(way.when, values)), None)
