"""An older ledger is led forward when it is opened, after a copy of it was put beside it.

Each step leads from one version to the next and spells what it makes: the tables of today, which change, are not asked.
What a step made is never changed afterwards. Some versions were of several kinds, so a step makes only what is lacking.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from pipeline.outside.ledger import migration_to_10


def version(connection: Connection) -> int:
    """Return the version of the ledger's tables."""
    return int(connection.scalar(text("SELECT value FROM about WHERE name = 'version'")) or 0)


def lead_forward(connection: Connection, found: int) -> None:
    """Lead a ledger of the version *found* to the newest, within the open transaction."""
    _copy_aside(connection, found)
    newest = max(_STEPS)
    for step in range(found + 1, newest + 1):
        _STEPS[step](connection)
    connection.execute(text("UPDATE about SET value = :version WHERE name = 'version'"), {"version": str(newest)})


def _copy_aside(connection: Connection, found: int) -> None:
    """SQLite alone: on a server, copies are the business of its own tools."""
    file = connection.engine.url.database
    if connection.dialect.name != "sqlite" or not file or file == ":memory:":
        return
    aside = Path(file).with_suffix(f".v{found}.db")
    with sqlite3.connect(f"file:{Path(file).resolve()}?mode=ro", uri=True) as source, sqlite3.connect(aside) as target:
        source.backup(target)
    source.close()
    target.close()


# how the two databases call the same
_TYPES: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "number": "INTEGER",
        "binary": "BLOB",
        "moment": "DATETIME",
        "sorted": "",
        "rowid": " WITHOUT ROWID",
        "nothing": "x''",
        "free_names": "SELECT 1",
    },
    "postgresql": {
        "number": "SERIAL",
        "binary": "BYTEA",
        "moment": "TIMESTAMP WITHOUT TIME ZONE",
        "sorted": ' COLLATE "C"',
        "rowid": "",
        "nothing": "''::bytea",
        # a renamed table keeps the names of its sequence and of its key's index
        "free_names": "ALTER SEQUENCE IF EXISTS events_number_seq RENAME TO events_of_9_number_seq;"
        " ALTER TABLE events_of_9 RENAME CONSTRAINT events_pkey TO events_of_9_pkey;"
        " ALTER TABLE entries_of_9 RENAME CONSTRAINT entries_pkey TO entries_of_9_pkey;"
        " ALTER TABLE traits_of_9 RENAME CONSTRAINT traits_pkey TO traits_of_9_pkey;"
        " ALTER TABLE told_of_9 RENAME CONSTRAINT told_pkey TO told_of_9_pkey",
    },
}


def _make(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement.format_map(_TYPES[connection.dialect.name]))


def _add_column(connection: Connection, table: str, name: str, declared: str) -> None:
    """Add a column that may be empty, or has a default, unless it is there."""
    if name not in {column["name"] for column in inspect(connection).get_columns(table)}:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {declared}")


def _to_2(connection: Connection) -> None:
    """Events can be taken back; changes wait for their day; records that may be one are found by their traits."""
    _add_column(connection, "events", "undone", "INTEGER")
    _make(
        connection,
        "DROP INDEX IF EXISTS changes_by_day",
        "CREATE INDEX changes_by_day ON events (day) WHERE opens = 0 AND form != '' AND undone IS NULL",
        "CREATE TABLE IF NOT EXISTS pending (number {number} NOT NULL, register VARCHAR NOT NULL, day DATE NOT NULL,"
        " record JSON NOT NULL, taken INTEGER, PRIMARY KEY (number))",
        "CREATE INDEX IF NOT EXISTS pending_by_day ON pending (register, day)",
        "CREATE TABLE IF NOT EXISTS traits (register VARCHAR NOT NULL, trait BIGINT NOT NULL,"
        ' "key" VARCHAR{sorted} NOT NULL, PRIMARY KEY (register, trait, "key")){rowid}',
        "CREATE TABLE IF NOT EXISTS traited (register VARCHAR NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (register))",
    )
    _add_column(connection, "pending", "taken", "INTEGER")


def _to_3(connection: Connection) -> None:
    """What a run published is known by its hash; what staff added to the master is kept."""
    _make(
        connection,
        "CREATE TABLE IF NOT EXISTS published (sha256 VARCHAR(64) NOT NULL, path TEXT NOT NULL, run INTEGER NOT NULL,"
        " PRIMARY KEY (sha256))",
        "CREATE TABLE IF NOT EXISTS additions (kind VARCHAR NOT NULL, name VARCHAR NOT NULL, body JSON NOT NULL,"
        " content {binary}, PRIMARY KEY (kind, name))",
    )


def _to_4(connection: Connection) -> None:
    """What each report was drawn from is known: one that would be the same is not drawn again.

    A sheet that only repeats an earlier one is known, and keys and names come in the same order from every server.
    """
    _make(
        connection,
        "CREATE TABLE IF NOT EXISTS drawn (path TEXT NOT NULL, inputs VARCHAR(64) NOT NULL, sha256 VARCHAR(64) NOT NULL,"
        " PRIMARY KEY (path))",
    )
    _add_column(connection, "submissions", "restated", "JSON DEFAULT '[]' NOT NULL")
    if connection.dialect.name == "postgresql":
        _make(
            connection,
            'ALTER TABLE submissions ALTER COLUMN name TYPE TEXT COLLATE "C"',
            *(
                f'ALTER TABLE {table} ALTER COLUMN "key" TYPE VARCHAR COLLATE "C"'
                for table in ("events", "entries", "findings", "traits")
            ),
        )


def _to_5(connection: Connection) -> None:
    """Counts ask an index, and the records of one area are found by another: a master may be cut by area."""
    _make(
        connection,
        "DROP INDEX IF EXISTS entries_by_state",
        'CREATE INDEX IF NOT EXISTS entries_by_standing ON entries (register, state, owner, area, due, version, "key")',
        'CREATE INDEX IF NOT EXISTS entries_by_area ON entries (register, area, "key")',
    )


def _to_6(connection: Connection) -> None:
    """What was opened and what was taken back is counted in an index: no run goes through all events."""
    _make(
        connection,
        "CREATE INDEX IF NOT EXISTS openings_by_register ON events (register, opens, undone) WHERE opens = 1",
        "CREATE INDEX IF NOT EXISTS events_taken_back ON events (undone) WHERE undone IS NOT NULL",
    )


def _to_7(connection: Connection) -> None:
    """What each sheet said is kept: a later one of its line says only what differs. Findings may be answered."""
    _add_column(connection, "findings", "answer", "VARCHAR DEFAULT '' NOT NULL")
    _make(
        connection,
        "CREATE TABLE IF NOT EXISTS papers (submission VARCHAR(64) NOT NULL, form VARCHAR NOT NULL, made {moment} NOT NULL,"
        " lineage VARCHAR(64) NOT NULL, author TEXT NOT NULL, stem TEXT NOT NULL, content {binary} NOT NULL,"
        " PRIMARY KEY (submission, form))",
        "CREATE INDEX IF NOT EXISTS papers_by_lineage ON papers (form, lineage)",
        "CREATE INDEX IF NOT EXISTS papers_by_author ON papers (form, author)",
        "CREATE INDEX IF NOT EXISTS papers_by_stem ON papers (form, stem)",
    )


def _to_8(connection: Connection) -> None:
    """What a finding said before a run found it to be otherwise is kept: an earlier day is seen as it stood."""
    _make(
        connection,
        "CREATE TABLE IF NOT EXISTS past_findings (number INTEGER NOT NULL, renewed_run INTEGER NOT NULL,"
        " finding JSON NOT NULL, PRIMARY KEY (number, renewed_run))",
        "CREATE INDEX IF NOT EXISTS past_findings_by_run ON past_findings (renewed_run)",
    )


def _to_9(connection: Connection) -> None:
    """Who was given what waited is looked up by its day."""
    _make(
        connection,
        "CREATE INDEX IF NOT EXISTS hands_by_day ON events (day) WHERE owner != '' AND form = '' AND state = '' AND undone IS NULL",
    )


def _to_10(connection: Connection) -> None:
    """What the rows of a sheet have in common is kept once, and what they say is packed; a mail that has arrived is not kept."""
    _make(connection, *migration_to_10.TABLES)
    migration_to_10.carry_over(connection)
    _make(connection, *migration_to_10.INDEXES)


def _to_11(connection: Connection) -> None:
    """Addresses are read otherwise (街关镇 is a town after its county, too): by what records are found is made anew."""
    _make(connection, "DELETE FROM traited")


_STEPS: Mapping[int, Callable[[Connection], None]] = {
    2: _to_2,
    3: _to_3,
    4: _to_4,
    5: _to_5,
    6: _to_6,
    7: _to_7,
    8: _to_8,
    9: _to_9,
    10: _to_10,
    11: _to_11,
}
