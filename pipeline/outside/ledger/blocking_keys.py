"""Traits: by what records that may be one are found."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from pipeline.outside.ledger import tables
from pipeline.outside.ledger.events import keys_of
from pipeline.outside.ledger.statements import SqlStatements, in_parts


class BlockingKeys(SqlStatements):
    """Hashes of what tells in a record, with its key."""

    def outdated(self, register: str) -> tuple[bool, set[str]]:
        """Return the keys of records that have moved on since they were last given traits, and whether these are all."""
        table = tables.TRAITED
        last = self._connection.scalar(select(table.c.event).where(table.c.register == register)) or 0
        return not last, keys_of(self._connection, register, tables.EVENTS.c.number > last)

    def put(self, register: str, blocking_keys: Iterable[tuple[int, str]], event: int) -> None:
        """Add traits of records, each with the record's key; *event* is the last one they know of."""
        rows = [(register, trait, key) for trait, key in sorted(blocking_keys)]
        if rows and self._connection.dialect.name == "sqlite":  # many and small: as the driver takes them
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO traits (register, trait, key) VALUES (?, ?, ?)", rows
            )
        elif rows:
            names = ("register", "trait", "key")
            from sqlalchemy.dialects import postgresql  # most offices have no server

            statement = postgresql.insert(tables.TRAITS).on_conflict_do_nothing()
            self._connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
        self._upsert(tables.TRAITED, [{"register": register, "event": event}])

    def look_again(self, event: int) -> None:
        """Have records that moved from *event* on count as moved since they were last given traits."""
        table = tables.TRAITED
        self._connection.execute(update(table).where(table.c.event >= event).values(event=max(event - 1, 0)))

    def sharing(self, register: str, blocking_keys: Iterable[int]) -> dict[int, list[str]]:
        """Return by trait the keys of all records of *register* that have it."""
        table = tables.TRAITS
        found: dict[int, list[str]] = {}
        for part in in_parts(blocking_keys):
            query = select(table.c.trait, table.c.key).where(table.c.register == register, table.c.trait.in_(part))
            for trait, key in self._connection.execute(query):
                found.setdefault(trait, []).append(key)
        return found
