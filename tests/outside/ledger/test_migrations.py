"""A ledger of the first version is led forward when it is opened: nothing in it is lost, a copy lies beside it."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from pipeline.domain.place import Place
from pipeline.domain.record import Event, RecordState
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
    with open_ledger(postgres_url).transaction() as uow:
        assert [(event.key, event.values, event.file) for event in uow.events.find()] == [
            ("K1", {"title": "甲店"}, "a.xlsx")
        ]
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


LIST, CARD = "1" * 64, "2" * 64
FOUND = Event(
    "customers", "K2", "opening", {"no": "K2", "title": "乙店", "grade": 3}, {"no": "A5", "title": "C5", "grade": "D5"}, {},
    "new", "E1", "A1", date(2026, 11, 5), "乙村", None, LIST, "表.xlsx", "表1", "李敏", date(2026, 11, 2), True, 2, 1, {"门头": "有"},
)  # fmt: skip
OLDER = (
    FOUND,
    # a row without a title, another actor's, a change that says nothing of the owner, and one that strikes what was there
    replace(
        FOUND,
        key="K3",
        values={"no": "K3", "grade": 10**25},
        cells={"no": "A6", "grade": "D6"},
        number=3,
        notes={},
        area="",
    ),
    replace(FOUND, key="K4", actor="王芳", cells={"no": "A7", "title": "C7", "grade": "D7"}, number=4),
    replace(
        FOUND,
        values={"title": None},
        cells={"title": "C9"},
        before={"title": "乙店"},
        state="",
        opens=False,
        number=5,
        notes={},
    ),
    # a card, whose values stand below each other; a value that has no cell
    replace(FOUND, key="K5", cells={"title": "B4", "no": "B3"}, submission=CARD, file="卡.xlsx", number=6, notes={}),
    # of the program, and one that was taken back, of a deed
    Event("customers", "K5", "", {}, {}, {}, owner="E2", why="代", on=date(2026, 11, 3), number=7, run=1, reason=""),
    replace(
        FOUND,
        values={},
        cells={"grade": "D8"},
        action={"kind": "停业"},
        opens=False,
        number=8,
        undone=2,
        owner=None,
        area=None,
    ),
)


def as_of_9(event: Event) -> tuple[object, ...]:
    """The row of the events' table as version 9 wrote it."""
    names = {"values": "values", "cells": "cells", "before": "before", "notes": "notes", "action": "deed"}
    body = {kept: held for name, kept in names.items() if (held := getattr(event, name))}
    return (
        event.number, event.run, event.register, event.key, event.form, json.dumps(body), event.state, event.owner, event.area,
        event.due and str(event.due), event.why, event.reason, event.submission, event.file, event.sheet, event.actor, str(event.on),
        int(event.opens), event.undone,
    )  # fmt: skip


def test_all_that_version_9_kept_is_kept(path: Path) -> None:
    with sqlite3.connect(path) as held:
        held.executescript(";".join(statement for _, *made in SINCE for statement in made))
        held.execute("UPDATE about SET value = '6'")
        held.execute("DELETE FROM events")
        held.executemany(f"INSERT INTO events VALUES ({', '.join('?' * 19)})", map(as_of_9, OLDER))
        held.execute(
            "INSERT INTO entries VALUES ('customers', 'K2', '{\"no\":\"K2\",\"size\":123456789012345678901}', 'new', '2026-11-02', '2026-11-05', 'E1', 'A1', '乙村', '',"
            " '表.xlsx', '表1', 'A5', '{}', 5)"
        )
        held.executemany("INSERT INTO traits VALUES (?, ?, ?)", [("customers", -(1 << 62), "K2"), ("people", 7, "E1")])
        held.execute("INSERT INTO told VALUES ('E1', '[\"customers/K2/new\"]')")
        mail = "INSERT INTO mails VALUES (?, 1, 'a@example.com', ?, x'4869', '2026-11-02 00:00:00', 1, '2026-11-02 00:00:00', ?, '')"
        held.executemany(mail, [(1, "<1>", "sent"), (2, "<2>", "queued"), (3, "<3>", "failed")])
    held.close()

    with open_ledger(f"sqlite:///{path}").transaction() as uow:
        assert uow.events.find(undone=True) == list(OLDER)
        assert [list(each.cells) for each in uow.events.find(undone=True)] == [list(each.cells) for each in OLDER]
        assert uow.events.find(submission=CARD) == [OLDER[4]]
        assert uow.events.find(changes=True) == [OLDER[3]]
        assert uow.events.changed_hands(date(2026, 11, 3)) == [OLDER[5]]
        assert uow.events.undone_by_run(2) == [OLDER[6]]
        assert uow.records.get("customers") == {
            "K2": RecordState(
                "customers", "K2", {"no": "K2", "size": 123456789012345678901}, "new", date(2026, 11, 2), date(2026, 11, 5), "E1", "A1", "乙村", "",
                Place("表.xlsx", "表1", "A5"), {}, 5,
            )
        }  # fmt: skip
        assert uow.blocking_keys.sharing("customers", [-(1 << 62), 7]) == {-(1 << 62): ["K2"]}
        assert uow.blocking_keys.sharing("people", [-(1 << 62), 7]) == {7: ["E1"]}
        assert uow.mails.notified() == {"E1": {"customers/K2/new"}}
        assert [each.mail.content for each in uow.mails.undelivered()] == [b"Hi", b"Hi"]


def test_by_what_records_are_found_is_made_anew_where_addresses_are_read_otherwise(path: Path) -> None:
    """What was kept of 武强县街关镇 leads to no record that is written today."""
    with open_ledger(f"sqlite:///{path}").transaction() as uow:
        uow.blocking_keys.put("customers", [(7, "K2")], 99)
        assert uow.blocking_keys.outdated("customers") == (False, set())
    with sqlite3.connect(path) as held:
        held.execute("UPDATE about SET value = '10' WHERE name = 'version'")
    held.close()

    with open_ledger(f"sqlite:///{path}").transaction() as uow:
        assert uow.blocking_keys.outdated("customers") == (True, {"K1"})


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
