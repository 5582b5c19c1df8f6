"""A ledger of version 9 led to 10: what the rows of a sheet have in common is kept once.

Version 9 kept file, sheet, form, actor and day beside every event, the cell of each value by name, and each record's file and
sheet by name. What is spelled here is how version 10 keeps it, whatever a later one does.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

_AT_ONCE = 5000
_TOGETHER = 64
_DIGITS = "0123456789"
_COMMON = ("submission", "file", "sheet", "form", "actor", "day")

TABLES = (
    "CREATE TABLE places (number {number} NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, PRIMARY KEY (number))",
    "CREATE UNIQUE INDEX places_by_name ON places (file, sheet)",
    "CREATE TABLE origins (number {number} NOT NULL, submission VARCHAR(64) NOT NULL, place INTEGER NOT NULL,"
    " form VARCHAR NOT NULL, actor TEXT NOT NULL, day DATE NOT NULL, content {binary} NOT NULL, PRIMARY KEY (number))",
    "CREATE INDEX origins_by_day ON origins (day, form)",
    "CREATE INDEX origins_by_submission ON origins (submission)",
    "DROP INDEX changes_by_day",
    "DROP INDEX hands_by_day",
    "DROP INDEX events_by_key",
    "DROP INDEX openings_by_register",
    "DROP INDEX events_taken_back",
    "ALTER TABLE events RENAME TO events_of_9",
    "DROP INDEX entries_by_standing",
    "DROP INDEX entries_by_area",
    "ALTER TABLE entries RENAME TO entries_of_9",
    "ALTER TABLE traits RENAME TO traits_of_9",
    "ALTER TABLE told RENAME TO told_of_9",
    "{free_names}",
    "CREATE TABLE events (number {number} NOT NULL, run INTEGER NOT NULL, register VARCHAR NOT NULL,"
    ' "key" VARCHAR{sorted} NOT NULL, state VARCHAR NOT NULL, owner VARCHAR, origin INTEGER NOT NULL, at INTEGER NOT NULL,'
    " opens INTEGER NOT NULL, undone INTEGER, PRIMARY KEY (number))",
    'CREATE TABLE entries (register VARCHAR NOT NULL, "key" VARCHAR{sorted} NOT NULL, held JSON NOT NULL, state VARCHAR NOT NULL,'
    " since DATE, due DATE, owner VARCHAR NOT NULL, area VARCHAR NOT NULL, why TEXT NOT NULL, reason TEXT NOT NULL,"
    " place INTEGER NOT NULL, cell VARCHAR NOT NULL, notes JSON NOT NULL, version INTEGER NOT NULL,"
    ' PRIMARY KEY (register, "key")){rowid}',
    'CREATE TABLE traits (trait BIGINT NOT NULL, "key" VARCHAR{sorted} NOT NULL, PRIMARY KEY (trait, "key")){rowid}',
    "CREATE TABLE told (person VARCHAR NOT NULL, items {binary} NOT NULL, PRIMARY KEY (person))",
)
INDEXES = (
    'CREATE INDEX events_by_key ON events (register, "key")',
    "CREATE INDEX later_by_origin ON events (origin) WHERE opens = 0 AND undone IS NULL",
    "CREATE INDEX openings_by_register ON events (register, undone) WHERE opens = 1",
    "CREATE INDEX events_taken_back ON events (undone) WHERE undone IS NOT NULL",
    'CREATE INDEX entries_by_standing ON entries (register, state, owner, area, due, version, "key")',
    'CREATE INDEX entries_by_area ON entries (register, area, "key")',
    "DROP TABLE events_of_9",
    "DROP TABLE entries_of_9",
    "DROP TABLE traits_of_9",
    "DROP TABLE told_of_9",
    "UPDATE mails SET content = {nothing} WHERE outcome IN ('sent', 'let go')",
)


def carry_over(connection: Connection) -> None:
    """Write what the tables of version 9 hold into those of version 10."""
    connection.execute(
        text(
            "INSERT INTO places (number, file, sheet) SELECT row_number() OVER (ORDER BY file, sheet), file, sheet FROM"
            " (SELECT file, sheet FROM events_of_9 UNION SELECT file, sheet FROM entries_of_9) AS every"
        )
    )
    connection.execute(
        text(
            'INSERT INTO entries SELECT register, "key", held, state, since, due, owner, area, why, reason, places.number, cell,'
            " notes, version FROM entries_of_9 JOIN places ON places.file = entries_of_9.file AND places.sheet = entries_of_9.sheet"
        )
    )
    _carry_events(connection)
    _carry_traits(connection)
    for person, items in connection.execute(text("SELECT person, items FROM told_of_9")).all():
        _insert(connection, "told", [{"person": person, "items": _packed(_plain(items))}])


def _carry_events(connection: Connection) -> None:
    number = 0
    for part in _parts(connection, "SELECT * FROM events_of_9 WHERE number > :after ORDER BY number LIMIT :most"):
        places = _places(connection, {(row["file"], row["sheet"]) for row in part})
        origins, events = [], []
        for common, those in groupby(part, lambda row: tuple(row[name] for name in _COMMON)):
            every = list(those)
            for start in range(0, len(every), _TOGETHER):
                together = every[start : start + _TOGETHER]
                number += 1
                submission, file, sheet, form, actor, day = common
                origins.append(
                    {
                        "number": number,
                        "submission": submission,
                        "place": places[file, sheet],
                        "form": form,
                        "actor": actor,
                        "day": day,
                        "content": _packed(_bodies(together)),
                    }
                )
                names = ("number", "run", "register", "key", "state", "owner", "opens", "undone")
                events += [
                    {**{name: row[name] for name in names}, "origin": number, "at": at}
                    for at, row in enumerate(together)
                ]
        _insert(connection, "origins", origins)
        _insert(connection, "events", events)


def _parts(connection: Connection, query: str) -> Iterator[list[Mapping[str, Any]]]:
    after = 0
    while part := list(connection.execute(text(query), {"after": after, "most": _AT_ONCE}).mappings()):
        yield [dict(row) for row in part]
        after = part[-1]["number"]


def _places(connection: Connection, named: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    query = text("SELECT number FROM places WHERE file = :file AND sheet = :sheet")
    return {
        (file, sheet): connection.execute(query, {"file": file, "sheet": sheet}).scalar_one() for file, sheet in named
    }


def _bodies(rows: list[Mapping[str, Any]]) -> object:
    bodies = [_plain(row["body"]) for row in rows]
    columns: dict[str, str] = {}
    for body in bodies:
        columns = {**{code: name.rstrip(_DIGITS) for code, name in body.get("cells", {}).items()}, **columns}
    return {"columns": columns, "rows": [_body(row, body, columns) for row, body in zip(rows, bodies, strict=True)]}


def _body(row: Mapping[str, Any], body: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    kept = {name: body[name] for name in ("values", "before", "notes", "deed") if body.get(name)}
    kept |= {name: row[name] for name in ("why",) if row[name]}
    kept |= {name: row[name] for name in ("area", "reason") if row[name] is not None}
    if row["due"]:
        kept["due"] = str(row["due"])
    cells = body.get("cells", {})
    if cells:
        name = next(iter(cells.values()))
        at = name[len(name.rstrip(_DIGITS)) :]
        derived = [(code, columns[code] + at) for code in kept.get("values", ()) if code in columns]
        kept |= {"row": at} if derived == list(cells.items()) else {"cells": cells}
    return kept


def _carry_traits(connection: Connection) -> None:
    salts: dict[str, int] = {}
    rows = connection.execute(text('SELECT register, trait, "key" FROM traits_of_9'))
    for part in rows.partitions(_AT_ONCE):
        kept: dict[tuple[int, str], None] = {}
        for register, trait, key in part:
            if register not in salts:
                salts[register] = int.from_bytes(blake2b(register.encode(), digest_size=8).digest(), "big")
            kept[(trait ^ salts[register]) & ((1 << 47) - 1), key] = None
        _insert(connection, "traits", [{"trait": trait, "key": key} for trait, key in kept], "ON CONFLICT DO NOTHING")


def _insert(connection: Connection, table: str, rows: list[dict[str, Any]], otherwise: str = "") -> None:
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values}) {otherwise}"), rows)


def _plain(held: Any) -> Any:
    """JSON as a server gives it, or as SQLite does."""
    return json.loads(held) if isinstance(held, str) else held


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)
