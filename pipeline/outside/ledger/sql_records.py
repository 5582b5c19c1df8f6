"""A register's records as the ledger holds them, asked for in its own language: what is counted is never fetched."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select, true, type_coerce
from sqlalchemy.types import NullType

from pipeline.domain.due import OverdueRule
from pipeline.domain.json_values import JsonRead
from pipeline.domain.partition import PartitionRange
from pipeline.domain.place import Place
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import GroupBy, RecordCount, RecordSet
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.overdue import overdue as is_overdue

_AT_ONCE = 1000
"""Records that are fetched at a time."""
_TABLE = tables.ENTRIES
_DECODER = json.JSONDecoder()
# as the driver gives them: what SQLAlchemy makes of a day or of JSON, cell by cell, took longer than all the rest
_PLAIN: list[Any] = [type_coerce(column, NullType()).label(column.name) for column in _TABLE.columns]
_PLACES = tables.PLACES
_WHOLE = select(*_PLAIN, _PLACES.c.file, _PLACES.c.sheet).join(_PLACES, _PLACES.c.number == _TABLE.c.place)


def read_entries(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[RecordState]:
    """Yield the records that meet all *conditions*, in key order, few of them in memory at a time."""
    query: Select[Any] = _WHOLE.where(*conditions).order_by(_TABLE.c.key)
    result = connection.execute(query.execution_options(stream_results=True, yield_per=_AT_ONCE))
    for rows in result.partitions():
        yield from map(_entry, rows)


def _entry(row: Sequence[Any]) -> RecordState:
    register, key, held, state, since, due, owner, area, why, reason, _, cell, notes, version, file, sheet = row
    source = Place(file, sheet, cell)
    day, values = _day, _values
    return RecordState(
        register,
        key,
        values(held),
        state,
        day(since),
        day(due),
        owner,
        area,
        why,
        reason,
        source,
        values(notes),
        version,
    )


def _values(held: str | JsonRead) -> JsonRead:
    if isinstance(held, dict):
        return held
    value: JsonRead = {} if held == "{}" else _DECODER.raw_decode(held)[0]
    return value


@lru_cache(maxsize=4096)
def _day(held: str | date | None) -> date | None:
    return date.fromisoformat(held) if isinstance(held, str) else held


class SqlRecords(RecordSet):
    """One register of the ledger, as it stands whenever it is asked."""

    def __init__(
        self,
        connection: Connection,
        register: str,
        written: Callable[[], dict[str, RecordState] | None],
        extent: PartitionRange | None = None,
    ) -> None:
        """*written* gives all records where this transaction has written each of them: they need not be read back."""
        self._connection = connection
        self._register = register
        self._of = and_(_TABLE.c.register == register, *(_within(extent) if extent else ()))
        self._written = written

    def __getitem__(self, key: str) -> RecordState:
        for entry in read_entries(self._connection, self._of, _TABLE.c.key == key):
            return entry
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        yield from self._connection.scalars(select(_TABLE.c.key).where(self._of).order_by(_TABLE.c.key))

    def __len__(self) -> int:
        return int(self._connection.scalar(select(func.count()).where(self._of)) or 0)

    def each(self) -> Iterator[RecordState]:
        """Yield every record in key order."""
        written = self._written()
        return iter(written.values()) if written is not None else read_entries(self._connection, self._of)

    def within(self, extent: PartitionRange) -> SqlRecords:
        """Return the records of *extent* alone."""
        return SqlRecords(self._connection, self._register, lambda: None, extent)

    def standing_in(self, states: Collection[str]) -> Iterator[RecordState]:
        """Yield the records in *states* in key order."""
        return read_entries(self._connection, self._of, _TABLE.c.state.in_(sorted(states))) if states else iter(())

    def version(self, states: Collection[str] | None = None) -> tuple[int, str]:
        """Count the records and sum up their versions, which are numbers of events: each stands for one change."""
        version = _TABLE.c.version
        query = select(func.count(), func.coalesce(func.sum(version), 0), func.coalesce(func.max(version), 0))
        query = query.where(self._of)
        if states is not None:
            query = query.where(_TABLE.c.state.in_(sorted(states)))
        count, total, last = self._connection.execute(query).one()
        return int(count), f"{total}/{last}"

    def count(
        self, standing: GroupBy, states: Collection[str] | None = None, overdue: OverdueRule | None = None
    ) -> dict[str, RecordCount]:
        """Count the records by where they stand, most first.

        First those that stand alike, in the index that holds nothing else: only few groups are put together then.
        """
        table = _TABLE.c
        alike = [table.state, table.owner, table.area, table.due]
        many = func.count().label("many")
        late = (func.sum(case((is_overdue(overdue, _TABLE), 1), else_=0)) if overdue else literal(0)).label("late")
        query = select(*alike, many, late, func.min(table.key).label("first")).where(self._of)
        if states is not None:
            query = query.where(table.state.in_(sorted(states)))
        group = query.group_by(*alike).subquery().c
        records, first = func.sum(group.many), func.min(group.first)
        whole = (
            select(group[standing], records, func.sum(group.late))
            .group_by(group[standing])
            .order_by(records.desc(), first)
        )
        return {
            str(name): RecordCount(int(many), int(behind)) for name, many, behind in self._connection.execute(whole)
        }

    def count_values(self, fields: Sequence[str]) -> dict[str, dict[str, RecordCount]]:
        """Count the records by their values of each of *fields*, most first."""
        if not fields:
            return {}
        counts: dict[str, dict[str, RecordCount]] = {code: {} for code in fields}
        # by their first keys: dicts keep that order, and so does sorting by how many there are
        for *values, many, _ in sorted(self._alike(fields), key=itemgetter(-1)):
            for counted, value in zip(counts.values(), map(str, values), strict=True):
                counted[value] = RecordCount(counted.get(value, RecordCount(0)).records + many)
        return {
            code: dict(sorted(counted.items(), key=lambda each: -each[1].records)) for code, counted in counts.items()
        }

    def _alike(self, fields: Sequence[str]) -> Iterable[Sequence[Any]]:
        """The values of *fields* that occur together, how many records have them, and the first key."""
        values = [func.coalesce(_value(code), "").label(f"value_{at}") for at, code in enumerate(fields)]
        # in key order, as the records lie on the disk: in that of any index it takes twice as long
        held = select(*values, _TABLE.c.key).where(self._of).order_by(_TABLE.c.key).subquery().c
        group = [held[value.name] for value in values]
        return self._connection.execute(select(*group, func.count(), func.min(held.key)).group_by(*group))

    def days_due(self, before: date) -> set[date]:
        """Return the days *before* that day on which records fell due."""
        return set(self._connection.scalars(select(_TABLE.c.due).where(self._of, _TABLE.c.due < before).distinct()))

    def lacking(self, closed: Collection[str], wanted: Collection[str]) -> Iterator[RecordState]:
        """Yield the records that are kept and lack one of the fields *wanted*, in key order."""
        return read_entries(self._connection, self._of, _outside(closed), ~_holds(wanted))

    def expiring(self, closed: Collection[str], field: str, last: date) -> Iterator[RecordState]:
        """Yield the records that are kept and whose day in *field* is *last* or earlier, in key order."""
        day = _value(field)
        return read_entries(self._connection, self._of, _outside(closed), day > "", day <= last.isoformat())


def _within(extent: PartitionRange) -> Iterator[ColumnElement[bool]]:
    yield _TABLE.c.area == extent.area
    yield _TABLE.c.key >= extent.first
    if extent.last:
        yield _TABLE.c.key <= extent.last


def _value(field: str) -> ColumnElement[str]:
    value: ColumnElement[str] = _TABLE.c.held[field].as_string()
    return value


def _holds(wanted: Collection[str]) -> ColumnElement[bool]:
    return and_(true(), *(_value(code).is_not(None) for code in sorted(wanted)))


def _outside(closed: Collection[str]) -> ColumnElement[bool]:
    return _TABLE.c.state.not_in(sorted(closed))
