"""What was decided on records that were sent back since, as what was signed for has changed: no word of it stands any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.notice import TOLD_FOR
from pipeline.domain.record import Event, RecordState
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Register, Stage


@dataclass(frozen=True, slots=True)
class VoidedDecision:
    """The step *stage* of *record*, taken by the row that *event* tells of, of which nothing stands any more."""

    register: Register
    stage: Stage
    event: Event
    record: RecordState


def voided_decisions(catalogue: Catalogue, uow: UnitOfWork, day: date) -> Iterator[VoidedDecision]:
    """Yield the decisions (strict steps) that were blanked up to *day* when their record was sent back to be signed again."""
    for code, state in sorted({(one.register, one.reopens) for each in catalogue.registers for one in each.seals}):
        register = catalogue.register(code)
        for record in uow.records.of_register(code).standing_in([state]):
            if record.reason and record.since is not None and day - record.since <= TOLD_FOR:
                life = uow.events.find(register=code, key=record.key)
                yield from _voided(register, record, life)


def _voided(register: Register, record: RecordState, life: Sequence[Event]) -> Iterator[VoidedDecision]:
    entered = next((each for each in reversed(life) if each.state == record.state), None)
    blanked = {code for code, value in entered.values.items() if value is None} if entered is not None else set()
    if entered is None or not blanked:
        return
    for stage in register.stages:
        if not stage.form or not stage.strict:
            continue
        taken = [each for each in life if each.form == stage.form and each.state and each.number < entered.number]
        if taken and blanked & taken[-1].values.keys():
            yield VoidedDecision(register, stage, taken[-1], record)
