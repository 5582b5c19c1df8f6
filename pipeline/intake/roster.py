"""People and areas of a day, as the books hold them or held them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from pipeline.assign.build_roster import begins_later, build_roster
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.roster import Roster
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.point_in_time import PastRegisters
from schemas.language import Catalogue, Register


def read_roster(catalogue: Catalogue, books: UnitOfWork | PastRegisters, day: date) -> Roster:
    """Return the roster of *day* as *books* hold it."""
    held = {
        register.code: {
            key: in_force_on(register, entry, day, partial(books.events.find, register=register.code, key=key))
            for key, entry in books.records.get(register.code).items()
        }
        for register in catalogue.roster.registers
    }
    return build_roster(catalogue, held, day)


def in_force_on(register: Register, entry: RecordState, day: date, life: Callable[[], Iterable[Event]]) -> RecordState:
    """Return *entry* of the roster as it holds on *day*; *life* gives its events.

    A row handed in today for next month holds from its day: until then the one that stood before it does.
    """
    if not begins_later(register, entry, day):
        return entry
    held: RecordState | None = None
    earlier: RecordState | None = None
    for event in life():
        held = apply(held, event)
        earlier = earlier if begins_later(register, held, day) else held
    return earlier or entry
