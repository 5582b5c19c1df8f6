"""A step asked anew because its record was sent back: what says just what was sent back is no answer to the return."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from schemas.language import Form, Register, Stage
from schemas.language.field import OF_THE_PAPER


def judge_return(
    register: Register,
    stage: Stage,
    form: Form,
    record: Record,
    entry: RecordState | None,
    life: Callable[[str], Sequence[Event]],
) -> Finding | None:
    """Return a finding where *record*, a row of *form*, hands in what ``Stage.anew`` wants changed just as it was when *entry*
    was sent back, save for who and when, and nobody has changed it otherwise since. *life* gives the events of a record by
    its key.
    """
    if not stage.anew or entry is None or entry.state != stage.state:
        return None
    content = [field.code for field in form if not field.key and field.means not in OF_THE_PAPER]
    events = life(record.key)
    entered = [at for at, event in enumerate(events) if event.state == stage.state]
    if not entered or not _sends_back(register, events[entered[-1]]):
        return None
    if any(code in event.values for event in events[entered[-1] + 1 :] for code in content):
        return None
    if any(record.values[code] != entry.values.get(code) for code in content if code in record.values):
        return None
    said = next((code for code in content if code in record.values), form.key.code)
    title = title_or_key(register, entry)
    return finding_at("step.as_sent_back", form, record, said, title=title, stage=stage.title)


def _sends_back(register: Register, event: Event) -> bool:
    stage = register.stage_of(event.form) if event.form else None
    return stage is not None and any(way.back and way.to == event.state for way in stage.transitions)
