"""``--verbose``: a line a stage and a file on stderr, and no number of a person in it. Without it nothing is said."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.logs import show_logs
from pipeline.cli.main import main
from pipeline.commands import run as running
from pipeline.errors import LedgerError
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, drop, new_office, shops

DAY = "2026-11-03"
PHONE = "13932810018"
RESIDENT_ID = "131123199001011234"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUWANG_SETTLE_SECONDS", "0")
    return new_office(tmp_path)


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[logging.Logger]:
    """A module's log, shown as ``--verbose`` shows it."""
    end = show_logs()
    yield logging.getLogger("pipeline.outside.mail")
    end()


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_each_stage_of_a_run_and_each_file_is_told_with_its_seconds(settings: Settings) -> None:
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    drop(settings, shops(SHOP))
    (settings.inbox / "照片.xlsx").write_bytes(b"\x89PNG and no workbook")

    result = call("run", "--today", DAY, "--verbose")

    assert (result.exit_code, result.stdout) == (0, "")
    lines = result.stderr.splitlines()
    assert [line for line in lines if not re.match(r"[0-2]\d:[0-5]\d:[0-5]\d ", line)] == []
    told = [line[9:] for line in lines]
    stages = [line.split(":")[0] for line in told if not line.startswith("read ")]
    assert stages == ["scan", "collect", "settle", "draw up", "publish", "deliver", "archive", "back up"]
    (registered,) = [line for line in told if line.startswith("read 登记.xlsx")]
    assert re.fullmatch(r"read 登记\.xlsx: registration 1 rows, \d+\.\d\d s", registered)
    assert any(re.fullmatch(r"read 照片\.xlsx: refused, \d+\.\d\d s", line) for line in told)
    assert any(re.fullmatch(r"scan: \d+\.\d\d s, files 4, waiting 0, ignored 0", line) for line in told)


def test_without_it_nothing_is_said_even_after_it(settings: Settings) -> None:
    drop(settings, PEOPLE)
    assert call("run", "--today", DAY, "--verbose").stderr != ""
    drop(settings, AREAS)
    assert call("run", "--today", DAY).output == ""


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_verb_has_it(verb: str) -> None:
    assert "--verbose" in call(verb, "--help").stdout


def test_numbers_in_the_name_of_a_file_are_masked(settings: Settings) -> None:
    drop(settings, PEOPLE)
    for path in list(settings.inbox.iterdir()):
        path.rename(path.with_name(f"李敏{PHONE}_{RESIDENT_ID}.xlsx"))

    said = call("run", "--today", DAY, "--verbose").stderr

    assert "read 李敏139****0018_131123****1234.xlsx: " in said
    assert PHONE not in said
    assert RESIDENT_ID not in said


@pytest.mark.parametrize("kind", [ValueError, LedgerError])
def test_numbers_in_what_stops_a_verb_are_masked_and_where_it_arose_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind(f"bad row {PHONE}") from KeyError(f"id {RESIDENT_ID}")

    monkeypatch.setattr(running, "run", fail)
    said = call("run", "--verbose").stderr
    assert "bad row 139****0018" in said
    assert "id 131123****1234" in said
    assert 'test_logs.py", line' in said
    assert PHONE not in said
    assert RESIDENT_ID not in said


def test_arguments_of_a_message_and_its_exception_are_masked(
    log: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    log.error("mail of %s\nfailed", {"phone": PHONE}, exc_info=ValueError(PHONE))
    said = capsys.readouterr().err
    assert PHONE not in said
    assert said.count("139****0018") == 2
    assert "} failed\n" in said, "a message stands on one line"


def test_the_day_and_counts_are_not_masked(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    log.info("run %s of %s: %d rows", 13, date(2026, 11, 3), 1_390_000)
    assert "run 13 of 2026-11-03: 1390000 rows" in capsys.readouterr().err
