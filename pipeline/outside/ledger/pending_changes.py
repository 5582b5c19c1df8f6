"""Changes whose day is yet to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, RowMapping, insert, or_, select, update

from pipeline.domain.json_values import JsonRead
from pipeline.domain.pending import Pending
from pipeline.domain.record import Record
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, in_parts

_ACTION = "deed"
"""The name under which the ledger has kept what a row says of its action since its first version."""


class PendingChanges(SqlStatements):
    """Changes that wait, by the event that announced each."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._announced: set[str] | None = None
        """The registers of which a change may have been announced: of all that are declared few."""

    def _may_hold(self, register: str) -> bool:
        if self._announced is None:
            self._announced = self._registers_in(tables.PENDING)
        return register in self._announced

    def add(self, pending: Iterable[Pending]) -> None:
        """Keep changes whose day is yet to come."""
        rows = [
            {"number": each.number, "register": each.register, "day": each.day, "record": _to_json(each.record)}
            for each in pending
        ]
        if rows:
            self._announced = None
            self._connection.execute(insert(tables.PENDING), rows)

    def waiting(self, register: str, until: date | None = None) -> list[Pending]:
        """Return the changes of a register that wait for their day, the earliest first; only those due *until* a day."""
        table = tables.PENDING
        if not self._may_hold(register):
            return []
        query = select(table).where(table.c.register == register, table.c.taken.is_(None))
        query = query.order_by(table.c.day, table.c.number)
        if until:
            query = query.where(table.c.day <= until)
        return [_pending(row) for row in self._connection.execute(query).mappings()]

    def take(self, numbers: Iterable[int], run: int) -> None:
        """Strike changes whose day has come in *run*, or whose announcement was taken back."""
        table = tables.PENDING
        for part in in_parts(numbers):
            self._connection.execute(update(table).where(table.c.number.in_(part)).values(taken=run))

    def take_back(self, events: Iterable[int], undone: int, run: int) -> None:
        """Strike the changes that *events* announced; those that took effect in the run *undone* wait again."""
        table = tables.PENDING
        self._connection.execute(update(table).where(table.c.taken == undone).values(taken=None))
        self.take(events, run)

    def waiting_after(self, register: str, run: int) -> list[Pending]:
        """Return the changes of a register that waited for their day when *run* had ended, the earliest first."""
        table, events = tables.PENDING, tables.EVENTS
        if not self._may_hold(register):
            return []
        query = (
            select(table)
            .join(events, events.c.number == table.c.number)
            .where(table.c.register == register, events.c.run <= run, or_(table.c.taken.is_(None), table.c.taken > run))
            .order_by(table.c.day, table.c.number)
        )
        return [_pending(row) for row in self._connection.execute(query).mappings()]


def _to_json(record: Record) -> JsonRead:
    plain = asdict(record)
    plain[_ACTION] = plain.pop("action")
    return plain


def _pending(row: RowMapping) -> Pending:
    plain = dict(row["record"])
    return Pending(row["number"], row["register"], row["day"], Record(action=plain.pop(_ACTION, {}), **plain))
