"""A file that lies in the inbox for ever is told each working day, and not once: nothing else shows that it lies there."""

from __future__ import annotations

import email
import email.policy
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.commands.run import run
from pipeline.outside.files import inbox
from pipeline.settings import Settings
from tests.tools.customers import SHOP, drop, new_office, office, shops

MONDAY = date(2026, 11, 9)
CLERK = "clerk@example.com"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(inbox, "_PATIENCE", timedelta(0))
    found = new_office(tmp_path, clerk=CLERK)
    office(found)
    return found


def told(settings: Settings, file: str) -> int:
    """How many mails name *file*, to whoever they went."""
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in settings.mail_folder.glob("*.eml")
    ]
    bodies = (message.get_body(("plain",)) for message in messages)
    return sum(file in str(body.get_content()) for body in bodies if body is not None)


def broken_zip(settings: Settings) -> str:
    sheet = drop(settings, shops(SHOP), name="断了.xlsx")
    sheet.write_bytes(sheet.read_bytes()[:-100])
    return sheet.name


def open_in_excel(settings: Settings) -> str:
    sheet = drop(settings, shops(SHOP), name="开着.xlsx")
    sheet.with_name(f"~${sheet.name}").write_bytes(b"owner")
    return sheet.name


@pytest.mark.parametrize("put", [broken_zip, open_in_excel])
def test_it_is_told_each_working_day_once(settings: Settings, put: object) -> None:
    file = put(settings)  # type: ignore[operator]
    run(settings, today=MONDAY)
    first = told(settings, file)
    assert first > 0
    run(settings, today=MONDAY)
    assert told(settings, file) == first, "once a day"
    run(settings, today=MONDAY + timedelta(days=1))
    assert told(settings, file) == 2 * first
    for day in (4, 5, 6):  # Friday and the days off after it
        run(settings, today=MONDAY + timedelta(days=day))
    assert told(settings, file) == 3 * first
    for path in settings.inbox.glob(f"*{file}"):
        path.unlink()
    run(settings, today=MONDAY + timedelta(days=7))
    assert told(settings, file) == 3 * first
