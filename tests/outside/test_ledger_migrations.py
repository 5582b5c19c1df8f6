"""A ledger of the first version is led forward when it is opened: nothing in it is lost, a copy lies beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

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


def test_afterwards_it_has_all_tables_columns_and_indexes_of_a_new_one(path: Path, tmp_path: Path) -> None:
    open_ledger(f"sqlite:///{path}").close()
    open_ledger(f"sqlite:///{tmp_path / 'new.db'}").close()

    led, new = (inspect(create_engine(f"sqlite:///{file}")) for file in (path, tmp_path / "new.db"))

    assert sorted(led.get_table_names()) == sorted(new.get_table_names())
    for table in new.get_table_names():
        assert {each["name"] for each in led.get_columns(table)} == {each["name"] for each in new.get_columns(table)}
        assert {each["name"] for each in led.get_indexes(table)} == {each["name"] for each in new.get_indexes(table)}


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
