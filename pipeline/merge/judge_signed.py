"""A decision on a worklist that shows something else than the record holds by now: whoever signs has to see what he signs."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.merge.finding_at import finding_at
from pipeline.merge.three_way import AsOf
from schemas.language import Form, Register, Stage, Stored


def judge_signed(
    register: Register,
    stage: Stage,
    form: Form,
    record: Record,
    entry: RecordState | None,
    as_of: AsOf,
    life: Sequence[Event],
) -> Finding | None:
    """Return a finding where *record*, a row of a worklist, decides on *entry* (``Stage.not_by``, ``Stage.decides``, or what its
    register seals) as it stood when the worklist was written (*as_of*), and other papers have changed since what is decided on.
    """
    written = parse_token(record.token)
    if written is None or entry is None or written[1] >= entry.version or not _decides(register, stage):
        return None
    sealed = register.sealed
    fixed = sealed.fixed if sealed and sealed.register == register.code else tuple(each.code for each in register.base)
    since = [event for event in life if event.number > written[1] and event.submission not in ("", record.submission)]
    changed = [code for code in fixed if any(code in event.values for event in since)]
    then = as_of(record.key, written[1]) if changed else None
    for code in changed if then is not None else ():
        before, now = then.values.get(code) if then else None, entry.values.get(code)
        if before != now:
            field = register.field(code)
            shown = {"what": field.label, "before": _said(register, code, before), "now": _said(register, code, now)}
            title = title_or_key(register, entry)
            return finding_at("step.on_old_sheet", form, record, form.key.code, title=title, stage=stage.title, **shown)
    return None


def _decides(register: Register, stage: Stage) -> bool:
    sealed = register.sealed
    seals = sealed is not None and sealed.register == register.code
    signs = seals and sealed is not None and any(way.to in sealed.states for way in stage.transitions)
    return bool(stage.not_by) or stage.decides or signs


def _said(register: Register, code: str, value: Stored) -> str:
    return "—" if value is None else register.field(code).text(value, "zh")
