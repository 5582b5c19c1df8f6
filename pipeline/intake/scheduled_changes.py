"""What a run must fetch beside the sheets' own records: changes whose day has come, older records that may be renewed."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from pipeline.domain.pending import Pending
from pipeline.domain.record import Record, RecordState
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Register


def due_changes(register: Register, uow: UnitOfWork, day: date, run: int) -> list[Pending]:
    """Return the changes of *register* whose day has come and strike them from the list.

    One whose announcement was taken back meanwhile never comes.
    """
    due = uow.pending_changes.waiting(register.code, until=day)
    uow.pending_changes.take((each.number for each in due), run)
    return [each for each in due if _stands(each, uow)]


def _stands(pending: Pending, uow: UnitOfWork) -> bool:
    events = uow.events.find(register=pending.register, key=pending.record.key)
    return any(event.number == pending.number for event in events)


def related(
    register: Register, records: Iterable[Record], known: Container[str], uow: UnitOfWork
) -> dict[str, RecordState]:
    """Return the records of *register* that those among *records* whose key is not *known* may renew."""
    if register.renewal is None:
        return {}
    new = [each for each in records if each.form == register.base.code and not each.partial and each.key not in known]
    values = {
        code: {str(record.values[code]) for record in new if record.values.get(code)} for code in register.renewal.same
    }
    return uow.records.holding(register.code, values)
