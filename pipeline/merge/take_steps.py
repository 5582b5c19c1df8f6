"""Which way a filled form leads a record: the first move of its stage whose conditions hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain.record import Entry
from schemas.form import Move, Register, Stage, Words

_NO_WAY = Words("请核对本行的结论", "Check the decision on this row")
_DONE = Words("该户手续已办结，无须再办", "Nothing is left to do for this record")
_NEXT = Words(
    "现在应办的是“{stage}”，请核对号码，或等到该环节再交", "The next step is “{stage}”: check the number, or wait"
)


def step(register: Register, stage: Stage, entry: Entry | None, values: Mapping[str, Any]) -> Move | Words:
    """Return the move that *values* make from where *entry* stands, or in words why none can be made."""
    held: Mapping[str, Any] = entry.values if entry else {}
    if stage.state and (entry is None or entry.state != stage.state):
        return _not_now(register, entry.state if entry else "")
    for move in stage.moves:
        if _holds(move.when, values) and _holds(move.known, held):
            return move if move.to else move.why
    return _NO_WAY


def _holds(conditions: tuple[tuple[str, tuple[str, ...]], ...], values: Mapping[str, Any]) -> bool:
    return all(values.get(code) in allowed for code, allowed in conditions)


def _not_now(register: Register, state: str) -> Words:
    waiting = register.waiting_for(state)
    if waiting is None:
        return _DONE
    return Words(_NEXT.zh.format(stage=waiting.title.zh), _NEXT.en.format(stage=waiting.title.en))
