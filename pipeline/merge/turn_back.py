"""How an answer by which a record has gone on is taken back: it is mended neither on its own sheet nor in the master."""

from __future__ import annotations

from collections import deque

from pipeline.domain.record import RecordState
from schemas.language import Localized, Register, Stage

_BY_THE_NEXT = Localized("请办理“{stage}”的人退回", "have whoever does “{stage}” send it back")
_AND_THEN = Localized("{first}，再{then}", "{first}, then {then}")
_ANEW = Localized("交“{form}”，再重新登记", "hand in “{form}”, and list it anew")
_UNDONE = Localized("请管理员撤销那份来件", "have the administrator undo that sheet")


def how_to_turn_back(register: Register, entry: RecordState | None, stage: Stage) -> Localized:
    """Say how the answer of *stage*, by which *entry* has gone on to where it stands, is taken back: by whoever has it now, and
    those before him, where they may send it back that far; else by ending it, where it can be ended.
    """
    senders = _way_back(register, entry.state, stage.state) if entry is not None else []
    if senders:
        first, *others = (_BY_THE_NEXT.filled(stage=each.title) for each in senders)
        for each in others:
            first = _AND_THEN.filled(first=first, then=each)
        return first
    ending = register.ending_stage
    form = register.form_of(ending.form) if ending is not None else None
    return _ANEW.filled(form=form.title) if form is not None else _UNDONE


def _way_back(register: Register, state: str, goal: str) -> list[Stage]:
    """Return the stages whose people send a record back one after the other, from *state* to *goal*: as few as can be, none where
    there is no such way.
    """
    ways: dict[str, list[Stage]] = {state: []}
    ahead = deque([state])
    while ahead:
        here = ahead.popleft()
        stage = register.waiting_for(here)
        if stage is None or not stage.form:
            continue
        for to in (way.to for way in stage.transitions if way.back and not way.calls and way.to not in ways):
            ways[to] = [*ways[here], stage]
            if to == goal:
                return ways[to]
            ahead.append(to)
    return []
