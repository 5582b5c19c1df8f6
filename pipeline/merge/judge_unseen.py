"""A decision made on a worklist, held against what its record has become since that was written: nobody signs what he has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.merge.statement import last_setter
from pipeline.merge.three_way import AsOf
from schemas.language import FieldRole, Form, Localized, Register, Stage, Stored, Transition
from schemas.language.field import OF_THE_PAPER

_CHANGED = Localized("{label}由“{before}”改为“{after}”", "{label}, from “{before}” to “{after}”")


def judge_unseen(
    register: Register,
    stage: Stage,
    transition: Transition,
    form: Form,
    record: Record,
    entry: RecordState | None,
    as_of: AsOf,
    life: Callable[[str], Sequence[Event]],
) -> Finding | None:
    """Return a finding where *record*, a row of a worklist, signs *entry*, and what it signs for was changed by somebody else
    since the worklist was written: what its register seals, else, of a step that is another one's than whoever began it, all
    that he said. *life* gives the events of a record by its key.
    """
    metadata = parse_token(record.token)
    if entry is None or metadata is None or metadata[1] >= entry.version:
        return None
    fixed = _signed_for(register, stage, transition, entry)
    seen = as_of(*metadata) if fixed else None
    actor = form.meaning(FieldRole.ACTOR)
    signer = record.values.get(actor.code) if actor else None
    moved = [code for code in fixed if seen is not None and seen.values.get(code) != entry.values.get(code)]
    events = life(record.key) if moved else ()
    moved = [
        code
        for code in moved
        if (setter := last_setter(events, code)) is None
        or (setter.actor != signer and setter.submission != record.submission)
    ]
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


def _signed_for(register: Register, stage: Stage, transition: Transition, entry: RecordState) -> tuple[str, ...]:
    """Return the fields that *stage* signs for when it leads *entry* on by *transition*."""
    own = [sealed for sealed in register.seals if sealed.register == register.code]
    if own:
        signs = [one for one in own if transition.to in one.states and entry.state not in one.states]
        return tuple(dict.fromkeys(code for one in signs for code in one.fixed))
    if register.kept:  # what stands there is the program's, worked out anew each day
        return ()
    decides = stage.strict and bool(stage.not_by or stage.decides) and bool(stage.state) and not transition.back
    return (
        tuple(each.code for each in register.base if not each.key and each.means not in OF_THE_PAPER) if decides else ()
    )


def _change(register: Register, code: str, before: Stored, after: Stored) -> Localized:
    field = register.field(code)

    def said(value: Stored) -> Localized:
        return Localized("", "") if value is None else Localized(field.text(value, "zh"), field.text(value, "en"))

    return _CHANGED.filled(label=field.label, before=said(before), after=said(after))
