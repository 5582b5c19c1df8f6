"""An older ledger is led forward when it is opened, after a copy of it was put beside it.

Each step leads from one version to the next and is never changed afterwards: a ledger of any age takes all that it lacks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, inspect, select, update
from sqlalchemy.schema import CreateColumn

from pipeline.outside.ledger import tables


def version(connection: Connection) -> int:
    """Return the version of the ledger's tables."""
    return int(connection.scalar(select(tables.ABOUT.c.value).where(tables.ABOUT.c.name == "version")) or 0)


def lead_forward(connection: Connection, found: int) -> None:
    """Lead a ledger of the version *found* to today's, within the open transaction."""
    _copy_aside(connection, found)
    for step in range(found + 1, tables.VERSION + 1):
        _STEPS[step](connection)
    about = tables.ABOUT
    connection.execute(update(about).where(about.c.name == "version").values(value=str(tables.VERSION)))


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


def _add_columns(connection: Connection, table: str, *names: str) -> None:
    """Add columns that may be empty, or have a default."""
    held = {column["name"] for column in inspect(connection).get_columns(table)}
    for name in names:
        if name not in held:
            column = tables.METADATA.tables[table].columns[name]
            added = CreateColumn(column).compile(dialect=connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {added}")


def _to_2(connection: Connection) -> None:
    """Events can be taken back; changes wait for their day; records that may be one are found by their traits."""
    _add_columns(connection, tables.EVENTS.name, "undone")
    _add_columns(connection, tables.SUBMISSIONS.name, "restated")
    connection.exec_driver_sql("DROP INDEX IF EXISTS changes_by_day")
    for index in tables.EVENTS.indexes:
        if index.name == "changes_by_day":
            index.create(connection)
    tables.METADATA.create_all(connection)


def _to_3(connection: Connection) -> None:
    """What a run published is known by its hash; what staff added to the master is kept."""
    tables.METADATA.create_all(connection)


def _to_4(connection: Connection) -> None:
    """What each report was drawn from is known: one that would be the same is not drawn again. Counts ask an index."""
    tables.METADATA.create_all(connection)
    connection.exec_driver_sql("DROP INDEX IF EXISTS entries_by_state")
    for index in tables.ENTRIES.indexes:
        index.create(connection, checkfirst=True)


def _to_5(connection: Connection) -> None:
    """The records of one area are found by an index: a master may be cut by area."""
    for index in tables.ENTRIES.indexes:
        index.create(connection, checkfirst=True)


def _to_6(connection: Connection) -> None:
    """What was opened and what was taken back is counted in an index: no run goes through all events."""
    for index in tables.EVENTS.indexes:
        index.create(connection, checkfirst=True)


def _to_7(connection: Connection) -> None:
    """What each sheet said is kept: a later one of its line says only what differs. Findings may be answered."""
    _add_columns(connection, tables.FINDINGS.name, "answer")
    tables.METADATA.create_all(connection)


_STEPS: Mapping[int, Callable[[Connection], None]] = {2: _to_2, 3: _to_3, 4: _to_4, 5: _to_5, 6: _to_6, 7: _to_7}
