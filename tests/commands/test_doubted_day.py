"""A clock that was set back, or far ahead, stops a run before anything is touched: what is judged on a wrong day is judged for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main
from pipeline.settings import load_settings
from tests.tools.customers import SHOP, drop, shops

Called = Callable[..., Result]


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Called:
    """An office that ran on Monday, 2 November 2026; a sheet lies in its inbox since."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()

    def call(day: str, *words: str, **environ: str) -> Result:
        return CliRunner(env={"RUWANG_SETTLE_SECONDS": "0"} | environ).invoke(main, ["run", "--today", day, *words])

    assert call("2026-11-02").exit_code == 0
    found = load_settings({}, environ={}, folder=tmp_path)
    drop(found.settings, shops(SHOP))
    return call


def everything(folder: Path) -> dict[str, bytes]:
    """All but the locks, and the note beside the ledger that tells a monitor how the last run ended."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and "lock" not in path.name
        and not path.name.endswith(".last-run.json")
        and path.suffix not in (".db-shm", ".db-wal")
    }


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-01", "今天是 2026-11-01，比上一批的 2026-11-02 早 1 天，没有运行"),
        ("2027-01-02", "今天是 2027-01-02，比上一批的 2026-11-02 晚 61 天，没有运行"),
    ],
)
@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_day_that_does_not_follow_touches_nothing_and_says_both_days(
    called: Called, tmp_path: Path, day: str, told: str, words: tuple[str, ...]
) -> None:
    before = everything(tmp_path)
    done = called(day, *words)
    assert done.exit_code == 2
    assert told in done.output
    assert "pipeline run --day-is-right" in done.output
    assert everything(tmp_path) == before


@pytest.mark.parametrize("day", ["2026-11-02", "2027-01-01"])
def test_days_that_follow_are_believed(called: Called, tmp_path: Path, day: str) -> None:
    assert called(day).exit_code == 0
    assert not list((tmp_path / "inbox").glob("*.xlsx"))


def test_whoever_says_that_the_day_is_right_goes_on_from_there(called: Called) -> None:
    assert called("2027-01-02", "--day-is-right").exit_code == 0
    assert called("2027-01-03").exit_code == 0


def test_an_office_may_believe_any_day(called: Called) -> None:
    assert called("2027-12-31", RUWANG_DAYS_BETWEEN_RUNS="0").exit_code == 0
    assert called("2026-12-31", RUWANG_DAYS_BETWEEN_RUNS="0").exit_code == 0
