"""How an answer by which a record has gone on is taken back: it is mended neither on its own sheet nor in the master."""

from __future__ import annotations

from pipeline.domain.record import RecordState
from schemas.language import Localized, Register

_BY_THE_NEXT = Localized("请办理“{stage}”的人退回", "have whoever does “{stage}” send it back")
_ANEW = Localized("交“{form}”，再重新登记", "hand in “{form}”, and list it anew")
_UNDONE = Localized("请管理员撤销那份来件", "have the administrator undo that sheet")


def how_to_turn_back(register: Register, entry: RecordState | None) -> Localized:
    """Say how the answer that has led *entry* to where it stands is taken back: by whoever has it now, where he may send it
    back, else by ending it, where it can be ended.
    """
    waiting = register.waiting_for(entry.state) if entry is not None else None
    if waiting is not None and waiting.form and any(way.back and not way.calls for way in waiting.transitions):
        return _BY_THE_NEXT.filled(stage=waiting.title)
    ending = next((stage.form for stage in register.stages if stage.ends), "")
    form = register.form_of(ending)
    return _ANEW.filled(form=form.title) if form is not None else _UNDONE
