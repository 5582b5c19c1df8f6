"""A decision made on a worklist, held against what its record has become since that was written: nobody signs what he has not seen."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.merge.finding_at import finding_at
from pipeline.merge.statement import last_setter
from pipeline.merge.three_way import AsOf
from schemas.language import FieldRole, Form, Localized, Register, Stage, Stored, Transition

_CHANGED = Localized("{label}由“{before}”改为“{after}”", "{label}, from “{before}” to “{after}”")


def judge_unseen(
    register: Register,
    stage: Stage,
    transition: Transition,
    form: Form,
    record: Record,
    entry: RecordState | None,
    as_of: AsOf,
    life: Sequence[Event],
) -> Finding | None:
    """Return a finding where *record*, a row of a worklist, signs *entry* for the first time (``Register.sealed``), and what
    the signature fixes was changed by somebody else since the worklist was written.
    """
    sealed, metadata = register.sealed, parse_token(record.token)
    if sealed is None or sealed.register != register.code or entry is None or metadata is None:
        return None
    if transition.to not in sealed.states or entry.state in sealed.states or metadata[1] >= entry.version:
        return None
    seen = as_of(*metadata)
    actor = form.meaning(FieldRole.ACTOR)
    signer = record.values.get(actor.code) if actor else None
    moved = [code for code in sealed.fixed if seen is not None and seen.values.get(code) != entry.values.get(code)]
    moved = [code for code in moved if (setter := last_setter(life, code)) is None or setter.actor != signer]
    if seen is None or not moved:
        return None
    answers = [code for code, _ in transition.when if code in record.values]
    changes = [_change(register, code, seen.values.get(code), entry.values.get(code)) for code in moved]
    return finding_at(
        "step.unseen",
        form,
        record,
        answers[-1] if answers else form.key.code,
        title=title_or_key(register, entry),
        stage=stage.title,
        changes=Localized("，".join(each.zh for each in changes), "; ".join(each.en for each in changes)),
    )


def _change(register: Register, code: str, before: Stored, after: Stored) -> Localized:
    field = register.field(code)

    def said(value: Stored) -> Localized:
        return Localized("", "") if value is None else Localized(field.text(value, "zh"), field.text(value, "en"))

    return _CHANGED.filled(label=field.label, before=said(before), after=said(after))
