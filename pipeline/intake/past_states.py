"""How the records of a register stood before."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pipeline.domain.record import RecordState
from pipeline.merge.three_way import AsOf
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.point_in_time import PastRegisters
from schemas.language import Register


def states_as_of(register: Register, uow: UnitOfWork) -> AsOf:
    """Return how records stood at an earlier version, but for what has been taken back since."""
    now = cache(uow.events.position)  # seldom asked for, and asking costs more than most registers' whole merge

    def as_of(key: str, version: int) -> RecordState | None:
        return PastRegisters(uow, replace(now(), event=version)).records.find(register.code, key)

    return as_of
