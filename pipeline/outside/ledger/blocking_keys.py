"""Traits: by what records that may be one are found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from sqlalchemy import select, update

from pipeline.outside.ledger import tables
from pipeline.outside.ledger.events import keys_of
from pipeline.outside.ledger.statements import SqlStatements, in_parts

_KEPT = (1 << 47) - 1
"""Of a hash: SQLite keeps such a number in six bytes, and two that are the same by chance cost a comparison."""


@cache
def _of_register(register: str) -> int:
    return int.from_bytes(blake2b(register.encode(), digest_size=8).digest(), "big")


def _kept(register: str, trait: int) -> int:
    """Return what is kept of *trait*, which says of what register it is: its name beside each would be as long again."""
    return (trait ^ _of_register(register)) & _KEPT


class BlockingKeys(SqlStatements):
    """Hashes of what tells in a record, with its key."""

    def outdated(self, register: str) -> tuple[bool, set[str]]:
        """Return the keys of records that have moved on since they were last given traits, and whether these are all."""
        table = tables.TRAITED
        last = self._connection.scalar(select(table.c.event).where(table.c.register == register)) or 0
        return not last, keys_of(self._connection, register, tables.EVENTS.c.number > last)

    def put(self, register: str, blocking_keys: Iterable[tuple[int, str]], event: int) -> None:
        """Add traits of records, each with the record's key; *event* is the last one they know of."""
        rows = sorted((_kept(register, trait), key) for trait, key in blocking_keys)
        if rows and self._connection.dialect.name == "sqlite":  # many and small: as the driver takes them
            self._connection.exec_driver_sql("INSERT OR IGNORE INTO traits (trait, key) VALUES (?, ?)", rows)
        elif rows:
            from sqlalchemy.dialects import postgresql  # most offices have no server

            statement = postgresql.insert(tables.TRAITS).on_conflict_do_nothing()
            self._connection.execute(statement, [{"trait": trait, "key": key} for trait, key in rows])
        self._upsert(tables.TRAITED, [{"register": register, "event": event}])

    def look_again(self, event: int) -> None:
        """Have records that moved from *event* on count as moved since they were last given traits."""
        table = tables.TRAITED
        self._connection.execute(update(table).where(table.c.event >= event).values(event=max(event - 1, 0)))

    def sharing(self, register: str, blocking_keys: Iterable[int]) -> dict[int, list[str]]:
        """Return by trait the keys of all records of *register* that have it."""
        table = tables.TRAITS
        asked = {_kept(register, trait): trait for trait in blocking_keys}
        found: dict[int, list[str]] = {}
        for part in in_parts(asked):
            query = select(table.c.trait, table.c.key).where(table.c.trait.in_(part))
            for kept, key in self._connection.execute(query):
                found.setdefault(asked[kept], []).append(key)
        return found
