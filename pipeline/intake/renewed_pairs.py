"""Two suspected records are one with a renewed document: whoever was asked has said so, and both are linked."""

from __future__ import annotations

from pipeline.domain.event_factory import EventFactory
from pipeline.domain.record import RecordState
from pipeline.domain.record_fold import apply
from pipeline.intake.terms import Terms
from pipeline.intake.triggers import RegisterBatch
from pipeline.outside.ledger import UnitOfWork
from schemas.language import FieldRole, Pairs, Register


def link_renewed(
    kept: Register, pairs: Pairs, register: Register, batch: RegisterBatch, uow: UnitOfWork, terms: Terms
) -> set[str]:
    """Link in *register* the two of each pair that *batch* has led to ``Pairs.renewed``; return the keys of the older ones.

    The events are of the sheet that said so, and are undone with it.
    """
    events = EventFactory(register.code, terms.day, terms.run)
    older_ones: set[str] = set()
    side, renewal = pairs.sides[0], register.renewal
    if renewal is None or not pairs.renewed:
        return older_ones
    for said in [event for event in batch.events if event.state == pairs.renewed]:
        pair = batch.changed[said.key].values
        keys = [str(pair[code]) for code in (side.first, side.second)]
        entries = uow.records.get(register.code, keys=keys)
        if len(entries) < len(keys):
            continue
        older, newer = sorted(entries.values(), key=lambda entry: _age(register, entry))
        for entry, values, state in (
            (newer, {renewal.previous.code: older.key}, ""),
            (older, {renewal.following.code: newer.key}, renewal.state),
        ):
            event = events.by_row(
                entry.key,
                entry,
                values,
                form=register.base.code,
                cells=dict.fromkeys(values, said.cells.get(kept.key.code, "")),
                submission=said.submission,
                file=said.file,
                sheet=said.sheet,
                actor=said.actor,
                number=next(batch.numbers),
                state=state,
            )
            uow.events.add([event])
            uow.records.put([apply(entry, event)])
        older_ones.add(older.key)
    return older_ones


def _age(register: Register, entry: RecordState) -> tuple[str, str]:
    """The newer document is the one that lasts longer."""
    expires = register.meaning(FieldRole.EXPIRES)
    return str(entry.values.get(expires.code, "")) if expires else "", entry.key
