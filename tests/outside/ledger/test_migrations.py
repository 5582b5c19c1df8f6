"""A ledger of the first version is led forward when it is opened: nothing in it is lost, a copy lies beside it."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from pipeline.errors import LedgerError
from pipeline.outside.ledger import open_ledger, tables

FIRST_VERSION = """
CREATE TABLE about (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE runs (
    number INTEGER NOT NULL,
    day DATE NOT NULL,
    started DATETIME NOT NULL,
    tally JSON,
    PRIMARY KEY (number)
);
CREATE TABLE submissions (
    sha256 VARCHAR(64) NOT NULL,
    name TEXT NOT NULL,
    sender TEXT NOT NULL,
    run INTEGER NOT NULL,
    day DATE NOT NULL,
    fate VARCHAR NOT NULL,
    archived TEXT NOT NULL,
    rows JSON NOT NULL,
    ignored JSON NOT NULL,
    PRIMARY KEY (sha256)
);
CREATE TABLE events (
    number INTEGER NOT NULL,
    run INTEGER NOT NULL,
    register VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    body JSON NOT NULL,
    state VARCHAR NOT NULL,
    owner VARCHAR,
    area VARCHAR,
    due DATE,
    why TEXT NOT NULL,
    reason TEXT,
    submission VARCHAR(64) NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    actor TEXT NOT NULL,
    day DATE NOT NULL,
    opens INTEGER NOT NULL,
    PRIMARY KEY (number)
);
CREATE INDEX changes_by_day ON events (day) WHERE opens = 0 AND form != '';
CREATE INDEX events_by_key ON events (register, "key", number);
CREATE TABLE entries (
    register VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    held JSON NOT NULL,
    state VARCHAR NOT NULL,
    since DATE,
    due DATE,
    owner VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    why TEXT NOT NULL,
    reason TEXT NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell VARCHAR NOT NULL,
    notes JSON NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (register, "key")
);
CREATE INDEX entries_by_state ON entries (register, state);
CREATE TABLE findings (
    number INTEGER NOT NULL,
    identity VARCHAR(64) NOT NULL,
    rule VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    submission VARCHAR(64) NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value TEXT NOT NULL,
    "key" VARCHAR NOT NULL,
    details JSON NOT NULL,
    owner VARCHAR NOT NULL,
    opened DATE NOT NULL,
    opened_run INTEGER NOT NULL,
    closed DATE,
    closed_run INTEGER,
    PRIMARY KEY (number)
);
CREATE INDEX findings_open ON findings (closed);
CREATE INDEX findings_by_key ON findings (form, "key");
CREATE TABLE serials (
    register VARCHAR NOT NULL,
    stem VARCHAR NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (register, stem)
);
CREATE TABLE told (
    person VARCHAR NOT NULL,
    items JSON NOT NULL,
    PRIMARY KEY (person)
);
CREATE TABLE mails (
    number INTEGER NOT NULL,
    run INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    message_id VARCHAR NOT NULL,
    content BLOB NOT NULL,
    queued DATETIME NOT NULL,
    attempts INTEGER NOT NULL,
    next_try DATETIME,
    outcome VARCHAR NOT NULL,
    problem TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (message_id)
);
CREATE INDEX mails_by_outcome ON mails (outcome);
"""
# what was new in a ledger afterwards, with the version that was written into it then: some were not counted
SINCE = (
    (
        1,
        "CREATE TABLE pending (number INTEGER NOT NULL, register VARCHAR NOT NULL, day DATE NOT NULL, record JSON NOT NULL,"
        " PRIMARY KEY (number))",
        "CREATE INDEX pending_by_day ON pending (register, day)",
    ),
    (
        1,
        "CREATE TABLE traited (register VARCHAR NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (register))",
        'CREATE TABLE traits (register VARCHAR NOT NULL, trait BIGINT NOT NULL, "key" VARCHAR NOT NULL,'
        ' PRIMARY KEY (register, trait, "key")) WITHOUT ROWID',
    ),
    (
        2,
        "ALTER TABLE events ADD COLUMN undone INTEGER",
        "DROP INDEX changes_by_day",
        "CREATE INDEX changes_by_day ON events (day) WHERE opens = 0 AND form != '' AND undone IS NULL",
        "ALTER TABLE pending ADD COLUMN taken INTEGER",
    ),
    (
        3,
        "CREATE TABLE additions (kind VARCHAR NOT NULL, name VARCHAR NOT NULL, body JSON NOT NULL, content BLOB,"
        " PRIMARY KEY (kind, name))",
        "CREATE TABLE published (sha256 VARCHAR(64) NOT NULL, path TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (sha256))",
    ),
    (3, "ALTER TABLE submissions ADD COLUMN restated JSON DEFAULT '[]' NOT NULL"),
    (
        4,
        "CREATE TABLE drawn (path TEXT NOT NULL, inputs VARCHAR(64) NOT NULL, sha256 VARCHAR(64) NOT NULL, PRIMARY KEY (path))",
    ),
    (
        4,
        "DROP INDEX entries_by_state",
        'CREATE INDEX entries_by_standing ON entries (register, state, owner, area, due, version, "key")',
    ),
    (5, 'CREATE INDEX entries_by_area ON entries (register, area, "key")'),
    (
        6,
        "CREATE INDEX openings_by_register ON events (register, opens, undone) WHERE opens = 1",
        "CREATE INDEX events_taken_back ON events (undone) WHERE undone IS NOT NULL",
    ),
)
EVENT = (
    "INSERT INTO events VALUES (1, 1, 'customers', 'K1', 'opening', '{\"values\": {\"title\": \"甲店\"}}', 'new', NULL, NULL, NULL,"
    " '', NULL, 'sha', 'a.xlsx', '表1', '李敏', '2026-11-02', 1)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "ruwang.db"
    with sqlite3.connect(file) as held:
        held.executescript(FIRST_VERSION)
        held.execute("INSERT INTO about VALUES ('version', '1')")
        held.execute(EVENT)
    held.close()
    return file


def test_what_the_older_program_wrote_is_read_by_this_one(path: Path) -> None:
    with open_ledger(f"sqlite:///{path}").transaction() as uow:
        (event,) = uow.events.find()

    assert (event.key, event.values, event.undone) == ("K1", {"title": "甲店"}, None)


@pytest.mark.parametrize("age", range(len(SINCE) + 1))
def test_a_ledger_of_any_age_ends_with_the_very_schema_of_a_new_one(path: Path, tmp_path: Path, age: int) -> None:
    with sqlite3.connect(path) as held:
        held.executescript(";".join(statement for _, *made in SINCE[:age] for statement in made))
        held.execute("UPDATE about SET value = ?", (SINCE[age - 1][0] if age else 1,))
    held.close()

    with open_ledger(f"sqlite:///{path}").transaction() as uow:
        assert [event.key for event in uow.events.find()] == ["K1"]
    open_ledger(f"sqlite:///{tmp_path / 'new.db'}").close()

    assert schema(path) == schema(tmp_path / "new.db")


def schema(file: Path) -> dict[str, object]:
    """Every table with its columns, whether its rows have numbers, and every index with what it says."""
    with sqlite3.connect(file) as held:
        tables = {
            name: (held.execute(f"PRAGMA table_xinfo({name})").fetchall(), bare)
            for _, name, _, _, bare, _ in held.execute("PRAGMA table_list").fetchall()
            if not name.startswith("sqlite_")
        }
        indexes = dict(held.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall())
        version = held.execute("SELECT value FROM about").fetchall()
    held.close()
    said = {name: (sql or "").replace("IF NOT EXISTS ", "").replace("\n", "") for name, sql in indexes.items()}
    return {**tables, **said, "version": version}


@pytest.mark.parametrize("age", [0, 2, 4, 5, 8, 9])
def test_so_does_one_on_a_server(postgres_url: str, age: int) -> None:
    first = FIRST_VERSION.replace("BLOB", "BYTEA").replace("DATETIME", "TIMESTAMP WITHOUT TIME ZONE")
    later = ";".join(statement for _, *made in SINCE[:age] for statement in made)
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA office; SET search_path TO office")
        connection.exec_driver_sql(re.sub(r"(?m)^( *)number INTEGER", r"\1number SERIAL", first))
        connection.exec_driver_sql(
            later.replace("WITHOUT ROWID", "").replace("BLOB", "BYTEA").replace("number INTEGER", "number SERIAL") + ";"
        )
        connection.execute(
            text("INSERT INTO about VALUES ('version', :v)"), {"v": str(SINCE[age - 1][0] if age else 1)}
        )
        connection.exec_driver_sql(EVENT)
        if age and SINCE[age - 1][0] >= 4:  # from then on they were made so
            connection.exec_driver_sql('ALTER TABLE submissions ALTER COLUMN name TYPE TEXT COLLATE "C"')
            for table in ("events", "entries", "findings", "traits"):
                connection.exec_driver_sql(f'ALTER TABLE {table} ALTER COLUMN "key" TYPE VARCHAR COLLATE "C"')
    open_ledger(postgres_url).close()
    led = schema_on_server(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA office CASCADE")
    open_ledger(postgres_url).close()
    assert led == schema_on_server(engine)
    engine.dispose()


def schema_on_server(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        columns = connection.exec_driver_sql(
            "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default, collation_name"
            " FROM information_schema.columns WHERE table_schema = 'office' ORDER BY 1, 2"
        )
        indexes = connection.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE schemaname = 'office' ORDER BY 1")
        version = connection.exec_driver_sql("SELECT value FROM office.about")
        return [tuple(row) for found in (columns, indexes, version) for row in found]


def test_the_steps_lead_to_the_version_of_the_tables(path: Path) -> None:
    open_ledger(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as held:
        assert held.execute("SELECT value FROM about").fetchone() == (str(tables.VERSION),)
    held.close()


def test_a_copy_of_the_older_ledger_is_left_beside_it(path: Path) -> None:
    open_ledger(f"sqlite:///{path}").close()

    with sqlite3.connect(path.with_name("ruwang.v1.db")) as copy:
        assert copy.execute("SELECT value FROM about WHERE name = 'version'").fetchone() == ("1",)
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (1,)
    copy.close()


def test_it_is_led_forward_once(path: Path) -> None:
    open_ledger(f"sqlite:///{path}").close()
    path.with_name("ruwang.v1.db").unlink()
    open_ledger(f"sqlite:///{path}").close()

    assert not path.with_name("ruwang.v1.db").exists()


def test_a_newer_ledger_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as held:
        held.execute(f"UPDATE about SET value = '{tables.VERSION + 1}'")
    held.close()

    with pytest.raises(LedgerError, match="install the newer one"):
        open_ledger(f"sqlite:///{path}")
