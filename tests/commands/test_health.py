"""``status --health``: one line that a monitor reads, and an exit code that says whether to wake somebody."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.domain.run_summary import RunSummary
from pipeline.errors import BusyError, LedgerError
from pipeline.settings import Settings, clock
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, drop, new_office, shops

SUNDAY = datetime.fromisoformat("2026-11-08T10:00:00+08:00")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUWANG_SETTLE_SECONDS", "0")
    made = new_office(tmp_path)
    for sheet in (PEOPLE, AREAS, shops(SHOP, {**SHOP, "contact_phone": "12"})):
        drop(made, sheet)
    return made


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let the office's clock show *moment* from now on."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return moment.astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Then)


def health(*words: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(main, ["status", "--health", *words])
    (line,) = result.stdout.splitlines()
    return result.exit_code, json.loads(line)


def run(*words: str) -> int:
    return CliRunner().invoke(main, ["run", *words]).exit_code


def test_before_the_first_run_it_is_not_well_and_says_why(settings: Settings) -> None:
    code, said = health()
    assert (code, said["well"], said["exit_code"], said["age_minutes"]) == (2, False, None, None)
    assert "pipeline run" in said["why"][0]


def test_after_a_run_it_tells_day_time_age_and_counts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    friday = SUNDAY - timedelta(days=2)
    at(monkeypatch, friday)
    assert run() == 0
    at(monkeypatch, friday + timedelta(minutes=12, seconds=30))
    code, said = health()
    assert code == 0
    assert said == {
        "well": True,
        "why": [],
        "day": "2026-11-06",
        "time": "10:12:30",
        "run": 1,
        "ended": "2026-11-06T10:00:00+08:00",
        "age_minutes": 12,
        "exit_code": 0,
        "waiting_mails": 0,
        "given_up_mails": 0,
        "open_errors": said["open_errors"],
    }
    assert said["open_errors"] >= 1, "of the staff's sheets: to be counted, and nobody's reason to be woken"


def test_a_weekend_is_no_reason_to_wake_anybody_and_a_working_day_without_a_run_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, SUNDAY - timedelta(days=2))
    run()
    at(monkeypatch, SUNDAY)
    assert health()[0] == 0
    at(monkeypatch, SUNDAY + timedelta(days=1))
    assert health()[0] == 0
    at(monkeypatch, SUNDAY + timedelta(days=2))
    code, said = health()
    assert code == 2
    assert "2026-11-06 10:00" in said["why"][0]
    assert health("--older-than", str(5 * 24 * 60))[0] == 0
    assert health("--older-than", "30")[0] == 2


def test_a_run_that_was_stopped_is_told_until_one_ends_well(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.commands import run as running

    assert run() == 0
    with monkeypatch.context() as broken:
        broken.setattr(running, "run", fails_with(LedgerError("the disk is gone")))
        assert run() == 2
    code, said = health()
    assert (code, said["exit_code"], said["run"]) == (2, 2, 1)
    assert "the disk is gone" in said["why"][0]
    assert run() == 0
    assert health()[0] == 0


def test_a_run_that_gives_way_to_another_is_not_the_last_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.commands import run as running

    assert run() == 0
    monkeypatch.setattr(running, "run", fails_with(BusyError("another one")))
    assert run() == 75
    assert health()[0] == 0


def fails_with(error: Exception) -> Any:
    def fail(*_: object, **__: object) -> RunSummary:
        raise error

    return fail


def test_errors_left_open_are_nothing_to_be_woken_for_even_where_runs_are_strict(settings: Settings) -> None:
    assert run("--strict") == 3
    code, said = health()
    assert (code, said["exit_code"]) == (0, 3)


def test_a_run_that_finds_another_offices_outbox_leaves_its_state_alone(settings: Settings, tmp_path: Path) -> None:
    assert run() == 0
    assert run("--ledger", f"sqlite:///{tmp_path}/mistyped/other.db") == 2
    assert health()[0] == 0
    assert not list(settings.outbox.rglob("*last-run*"))


def test_a_ledger_that_is_damaged_is_told_on_the_one_line(settings: Settings, tmp_path: Path) -> None:
    assert run() == 0
    (tmp_path / "ledger" / "ruwang.db").write_bytes(b"no database" * 1000)
    code, said = health()
    assert code == 2
    assert "pipeline rebuild" in said["why"][0]
