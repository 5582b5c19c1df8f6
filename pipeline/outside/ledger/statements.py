"""How statements are sent: many rows at a time, as SQLite or a server takes them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import sqlite

from pipeline.outside.ledger.postgres import without_nul

_KEYS_A_QUERY = 500  # SQLite binds 999 parameters at the least
_LEVEL = 6
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: object) -> str:
    """Return a dict or list as JSON, short, its letters as they are."""
    return _ENCODER.encode(value) if value else "{}" if isinstance(value, dict) else "[]"  # most are empty


def unpacked(content: bytes) -> Any:
    """Return the dict or list that was packed."""
    return json.loads(zlib.decompress(content))


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

    def _driven(self, verb: str, table: Table, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Write *rows* of texts, numbers, days and JSON as SQLite's driver takes them, a third of the cost where they
        are many. False: it is another database, nothing was written.
        """
        if self._connection.dialect.name != "sqlite":
            return False
        names = list(rows[0])
        columns = ", ".join(f'"{name}"' for name in names)
        packed = [tuple([_PACKED.get(type(value), _as_is)(value) for value in row.values()]) for row in rows]
        self._connection.exec_driver_sql(
            f"{verb} {table.name} ({columns}) VALUES ({', '.join('?' * len(names))})", packed
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
