"""Entries: the records as they stand, each the sum of its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select

from pipeline.domain.due import OverdueRule
from pipeline.domain.json_values import JsonRead
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_set import InMemoryRecords, RecordSet, by_key
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.overdue import next_due_moment
from pipeline.outside.ledger.places import Places
from pipeline.outside.ledger.sql_records import SqlRecords, read_entries
from pipeline.outside.ledger.statements import SqlStatements, in_parts, to_json

MOST_HELD = 50_000
"""Records of a register that are held because this transaction has written them, and need not be read back; of more memory is dear."""
_VALUES_A_QUERY = 10_000  # a server binds 65,535


class Records(SqlStatements):
    """Records of registers by key."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._written: dict[str, dict[str, RecordState]] = {}
        self._many: set[str] = set()
        """The registers of which so much was written that it is read back rather than held."""
        self._in_use: set[str] | None = None
        """The registers that may hold a record: of all that are declared an office uses few."""

    def get(
        self, register: str, *, keys: Iterable[str] | None = None, states: Iterable[str] | None = None
    ) -> dict[str, RecordState]:
        """Return a register's records by key, in key order: all, those of *keys*, or those in *states*."""
        table = tables.ENTRIES
        if not self._may_hold(register):
            return {}
        if keys is None and states is None and (written := self._whole(register)) is not None:
            return written
        conditions = [table.c.register == register]
        if states is not None:
            conditions.append(table.c.state.in_(list(states)))
        asked = [conditions] if keys is None else [[*conditions, table.c.key.in_(part)] for part in in_parts(keys)]
        known = self._written.get(register, {})
        return by_key(entry for each in asked for entry in read_entries(self._connection, *each, known=known))

    def find(self, register: str, key: str) -> RecordState | None:
        """Return the record of *register* with *key*, None where there is none."""
        return self.get(register, keys=[key]).get(key)

    def of_events(self, events: Iterable[Event]) -> dict[tuple[str, str], RecordState]:
        """Return the records, by register and key, in which *events* happened, as they stand now."""
        keys: dict[str, set[str]] = defaultdict(set)
        for event in events:
            keys[event.register].add(event.key)
        return {
            (register, key): record
            for register, those in keys.items()
            for key, record in self.get(register, keys=those).items()
        }

    def of_register(self, register: str) -> RecordSet:
        """Return a register's records, to be asked for while this transaction lasts; one that is empty now is taken for empty."""
        if not self._may_hold(register):
            return InMemoryRecords({})
        known = self._written.setdefault(register, {})
        return SqlRecords(self._connection, register, partial(self._whole, register), known)

    def column(self, register: str, field: str) -> dict[str, str]:
        """Return as text what each record of *register* holds in *field* by its key, "" for a blank, and fetch nothing else."""
        table = tables.ENTRIES
        if not self._may_hold(register):
            return {}
        held = select(table.c.key, table.c.held[field].as_string()).where(table.c.register == register)
        return {key: "" if value is None else str(value) for key, value in self._connection.execute(held)}

    def _whole(self, register: str) -> dict[str, RecordState] | None:
        """Return all records of *register* where this transaction has written each of them: a first load."""
        written = self._written.get(register, {})
        return dict(sorted(written.items())) if len(written) == self.count(register) else None

    def put(self, entries: Iterable[RecordState]) -> None:
        """Write records as they stand now."""
        every = list(entries)
        places = Places(self._connection).numbers({(each.source.file, each.source.sheet) for each in every})
        for entry in every:
            if entry.register not in self._many:
                self._written.setdefault(entry.register, {})[entry.key] = entry
            if self._in_use is not None:
                self._in_use.add(entry.register)
        for register, written in self._written.items():
            if len(written) > MOST_HELD:
                written.clear()
                self._many.add(register)
        rows = (_entry_row(entry, places[entry.source.file, entry.source.sheet]) for entry in every)
        if every and not self._driven("INSERT OR REPLACE INTO", tables.ENTRIES, rows):  # every column is given
            self._upsert(tables.ENTRIES, list(rows))

    def forget_written(self) -> None:
        """Forget what this transaction has written: it was taken back."""
        for known in self._written.values():
            known.clear()
        self._in_use = None

    def _may_hold(self, register: str) -> bool:
        if self._in_use is None:
            self._in_use = self._registers_in(tables.ENTRIES)
        return register in self._in_use

    def remove(self, register: str, keys: Iterable[str]) -> None:
        """Strike records of which nothing is left."""
        table = tables.ENTRIES
        for part in in_parts(keys):
            self._connection.execute(delete(table).where(table.c.register == register, table.c.key.in_(part)))
            for key in part:
                self._written.get(register, {}).pop(key, None)

    def count(self, register: str) -> int:
        """Return how many records *register* holds."""
        table = tables.ENTRIES
        if not self._may_hold(register):
            return 0
        return int(self._connection.scalar(select(func.count()).where(table.c.register == register)) or 0)

    def next_due_moment(self, register: str, rule: OverdueRule) -> datetime | None:
        """Return the minute after which the next record of *register* is overdue by *rule*, None if none is that day."""
        if not self._may_hold(register):
            return None
        return next_due_moment(self._connection, register, rule)

    def holding(self, register: str, values: Mapping[str, Iterable[str]]) -> dict[str, RecordState]:
        """Return a register's records by key in which a field holds one of its *values* (by field code)."""
        table = tables.ENTRIES
        every = [(code, value) for code, held in values.items() for value in held]
        if not every or not self.count(register):
            return {}
        found: dict[str, RecordState] = {}
        for start in range(0, len(every), _VALUES_A_QUERY):  # each query goes through the whole register
            wanted: dict[str, list[str]] = {}
            for code, value in every[start : start + _VALUES_A_QUERY]:
                wanted.setdefault(code, []).append(value)
            clauses = [self._is_one_of(table.c.held[code].as_string(), held) for code, held in wanted.items()]
            known = self._written.get(register, {})
            found |= by_key(read_entries(self._connection, table.c.register == register, or_(*clauses), known=known))
        return dict(sorted(found.items()))

    def _is_one_of(self, column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
        """As ``in_``, for more values than SQLite binds."""
        if self._connection.dialect.name != "sqlite":
            return column.in_(values)
        return column.in_(select(func.json_each(to_json(values)).table_valued("value").c.value))

    def serials(self, register: str) -> dict[str, int]:
        """Return the last serial given for each stem of a register's running numbers."""
        table = tables.SERIALS
        rows = self._connection.execute(select(table).where(table.c.register == register)).mappings()
        return {row["stem"]: row["last"] for row in rows}

    def put_serials(self, register: str, serials: Mapping[str, int]) -> None:
        """Keep the last serials given."""
        self._upsert(
            tables.SERIALS, [{"register": register, "stem": stem, "last": last} for stem, last in serials.items()]
        )


def _entry_row(entry: RecordState, place: int) -> JsonRead:
    return {
        "register": entry.register,
        "key": entry.key,
        "held": dict(entry.values),
        "state": entry.state,
        "since": entry.since,
        "due": entry.due,
        "owner": entry.owner,
        "area": entry.area,
        "why": entry.why,
        "reason": entry.reason,
        "place": place,
        "cell": entry.source.cell,
        "notes": dict(entry.notes),
        "version": entry.version,
    }
