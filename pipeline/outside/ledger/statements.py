"""How statements are sent: many rows at a time, as SQLite or a server takes them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Table, func, select
from sqlalchemy.dialects import sqlite

from pipeline.outside.ledger.postgres import without_nul

_KEYS_A_QUERY = 500  # SQLite binds 999 parameters at the least
_ROWS_AT_ONCE = 2000
_LEVEL = 6
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_WITH_CARE = " "
"""Before JSON that orjson would not give back as it was: a number of more than 64 bits."""


def to_json(value: object) -> str:
    """Return a dict or list as JSON, short, its letters as they are."""
    if not value:  # most are empty
        return "{}" if isinstance(value, dict) else "[]"
    try:
        written = orjson.dumps(value).decode()
    except TypeError:
        return _WITH_CARE + _ENCODER.encode(value)
    return written if "null" not in written else _ENCODER.encode(value)  # it may have been no number (NaN)


def from_json(written: str | bytes) -> Any:
    """Return what ``to_json`` has written, now or in an earlier version."""
    blank = written[:1] in (_WITH_CARE, _WITH_CARE.encode())
    try:
        return json.loads(written) if blank else orjson.loads(written)
    except orjson.JSONDecodeError:  # NaN, which JSON does not know
        return json.loads(written)


def unpacked(content: bytes) -> Any:
    """Return the dict or list that was packed."""
    return from_json(zlib.decompress(content))


def _as_is(value: object) -> object:
    return value


_PACKED: dict[type, Callable[[Any], Any]] = {dict: to_json, list: to_json, date: date.isoformat}
"""What SQLite's driver is given in place of a value of that type."""


def in_parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield *items* a number at a time that one question may name."""
    every = list(items)
    for start in range(0, len(every), _KEYS_A_QUERY):
        yield every[start : start + _KEYS_A_QUERY]


class SqlStatements:
    """What the books of every subject are written and read with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _next(self, table: Table) -> int:
        return int(self._connection.scalar(select(func.max(table.c.number))) or 0) + 1

    def _packed(self, value: object) -> bytes:
        """Return a dict or list as deflated JSON, for what says much the same over and over."""
        text = to_json(value)
        if self._connection.dialect.name == "postgresql":  # as a column of it would say it
            text = without_nul(text)
        return zlib.compress(text.encode(), _LEVEL)

    def _registers_in(self, table: Table, *conditions: ColumnElement[bool]) -> set[str]:
        """Return the registers of which *table* has a row that meets *conditions*: a jump in its index for each, however many
        rows there are.
        """
        column, found = table.c.register, set[str]()
        query = select(func.min(column)).where(*conditions)
        while (name := self._connection.scalar(query)) is not None:
            found.add(str(name))
            query = select(func.min(column)).where(column > name, *conditions)
        return found

    def _driven(self, verb: str, table: Table, rows: Iterable[Mapping[str, Any]]) -> bool:
        """Write *rows* of texts, numbers, days and JSON as SQLite's driver takes them, a third of the cost where they
        are many, few of them in memory at a time. False: it is another database, nothing was written.
        """
        if self._connection.dialect.name != "sqlite":
            return False
        every = iter(rows)
        while part := list(islice(every, _ROWS_AT_ONCE)):
            columns = ", ".join(f'"{name}"' for name in part[0])
            packed = [tuple([_PACKED.get(type(value), _as_is)(value) for value in row.values()]) for row in part]
            self._connection.exec_driver_sql(
                f"{verb} {table.name} ({columns}) VALUES ({', '.join('?' * len(part[0]))})", packed
            )
        return True

    def _upsert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        statement: Any = sqlite.insert(table)
        if self._connection.dialect.name == "postgresql":
            from sqlalchemy.dialects import postgresql  # most offices have no server

            statement = postgresql.insert(table)
        keys = [column.name for column in table.primary_key]
        others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), rows)
