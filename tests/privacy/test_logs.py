"""What cron keeps of a run that failed names no person: no phone, no identity number."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands import run as running
from pipeline.commands.run import run
from pipeline.errors import LedgerError
from schemas.roster.samples import AREAS, PEOPLE
from tests.privacy.test_secrets import said
from tests.privacy.test_who_sees_what import MOBILE, RESIDENT_ID
from tests.tools.customers import SHOP, drop, new_office, shops

DAY = date(2026, 11, 3)


@pytest.mark.parametrize("table", ["events", "entries", "findings", "mails"])
def test_a_database_that_refuses_a_row_is_told_without_the_row(tmp_path: Path, table: str) -> None:
    settings = new_office(tmp_path)
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    run(settings, today=DAY)
    with sqlite3.connect(tmp_path / "ledger" / "ruwang.db") as ledger:
        ledger.execute(f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no room here'); END")
    ledger.close()
    drop(settings, shops(SHOP, {**SHOP, "licence_no": "131123100026", "contact_phone": "1393282001"}))

    code, text = said(tmp_path, "run", "--today", DAY.isoformat(), SETTLE_SECONDS="0")

    assert code == 2
    assert "no room here" in text, "what stopped it"
    assert not MOBILE.search(text)
    assert not RESIDENT_ID.search(text)
    assert str(SHOP["customer_name"]) not in text


@pytest.mark.parametrize("kind", [ValueError, LedgerError, KeyError])
def test_whatever_goes_wrong_is_told_with_its_place_and_without_numbers_of_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("bad row 13932810018, 131123199001011234 of run 7")

    monkeypatch.setattr(running, "run", fail)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["run"])
    assert result.exit_code == (2 if kind is LedgerError else 1)
    assert "bad row 139****0018, 131123****1234 of run 7" in result.stderr
    assert isinstance(result.exception, SystemExit), "nothing is left for Python to print"
    assert kind is LedgerError or 'test_logs.py", line' in result.stderr, "where to look"
