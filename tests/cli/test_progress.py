"""Progress: on a terminal, on one line that is gone at the end; nothing where nobody looks; a line of JSON for each run in the log file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.command import ROOT
from tests.tools.customers import SHOP, drop, new_office, shops

pty = pytest.importorskip("pty")
DAY = "2026-11-03"
PHONE = "13932810018"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUWANG_SETTLE_SECONDS", "0")
    made = new_office(tmp_path)
    for sheet in (PEOPLE, AREAS, shops(SHOP)):
        drop(made, sheet)
    return made


def on_terminal(folder: Path, *words: str, environ: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run ``pipeline`` with a terminal of a hundred columns for its stderr; what it ended with, and all that came there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"} | (environ or {}),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # what a terminal ends with on Linux
            break
        if not part:
            break
        said += part
    os.close(ours)
    return process.wait(), said.decode()


def left(said: str) -> list[str]:
    """What a reader sees in the end: of each line what was written over it last."""
    return [line for row in said.split("\n") if (line := row.rstrip("\r").rpartition("\r")[2].rstrip())]


def test_a_terminal_shows_each_stage_and_how_many_files_are_read_and_then_the_summary_alone(settings: Settings) -> None:
    code, said = on_terminal(settings.inbox.parent, "run", "--today", DAY)
    assert code == 0
    drawn = [part.strip() for part in said.split("\r")]
    for stage in ("查看收件夹", "读取来件", "登记", "制表", "写入发件夹", "归档"):
        assert any(part.startswith(stage) for part in drawn), stage
    (line,) = left(said)
    assert line.startswith("第 1 批：来件 3")


def test_a_stage_that_takes_its_time_counts_its_steps_and_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import logging

    from pipeline.cli import progress
    from pipeline.outside.stage_log import logged, step_done, steps_to_come

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    log = logging.getLogger("pipeline.test")
    with progress.progress("zh"), logged(log, "collect"):
        (line,) = [each for each in logging.getLogger("pipeline").handlers if isinstance(each, progress.ProgressLine)]
        steps_to_come(log, 2000)
        for number in range(3):
            step_done(log, f"登记{number}-{PHONE}.xlsx")
        monkeypatch.setattr(progress.time, "monotonic", lambda: line._since + 7)
        line.draw()
    said = capsys.readouterr().err
    assert "读取来件 3/2000  登记2-139****0018.xlsx  7 秒" in said
    assert PHONE not in said
    assert left(said) == []


def test_no_colour_and_no_sign_that_moves_the_cursor_is_sent(settings: Settings) -> None:
    assert "\x1b" not in on_terminal(settings.inbox.parent, "run", "--today", DAY, environ={"NO_COLOR": "1"})[1]


def test_a_terminal_that_cannot_and_verbose_show_none(settings: Settings) -> None:
    folder = settings.inbox.parent
    assert len(on_terminal(folder, "run", "--today", DAY, environ={"TERM": "dumb"})[1].split("\n")) == 2
    told = on_terminal(folder, "run", "--today", DAY, "--verbose")[1]
    assert [line for line in left(told) if not re.match(r"\d\d:\d\d:\d\d |第 2 批", line)] == []


def test_files_that_no_person_has_made_are_counted_as_passed_over(settings: Settings) -> None:
    for name in ("Thumbs.db", "desktop.ini"):
        (settings.inbox / name).write_bytes(b"x")
    _, said = on_terminal(settings.inbox.parent, "run", "--today", DAY)
    (line,) = left(said)
    assert line.startswith("第 1 批：来件 3") and "略过 2" in line
    assert sorted(each.name for each in settings.inbox.iterdir() if each.is_file()) == ["Thumbs.db", "desktop.ini"]


def test_without_a_terminal_nothing_is_said(settings: Settings) -> None:
    result = CliRunner().invoke(main, ["run", "--today", DAY])
    assert (result.exit_code, result.output) == (0, "")


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_run_leaves_a_line_of_json_in_the_log_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUWANG_LOG_FILE", "log/runs.jsonl")
    path = settings.inbox.parent / "log" / "runs.jsonl"
    CliRunner().invoke(main, ["run", "--today", DAY])
    assert CliRunner().invoke(main, ["run", "--today", "2026-11-02", "--dry-run"]).exit_code == 2, "a day too early"
    assert len(lines(path)) == 1, "a trial is no run"
    assert CliRunner().invoke(main, ["run", "--today", "2026-11-02"]).exit_code == 2
    first, second = lines(path)
    assert (first["run"], first["exit_code"]) == (1, 0)
    assert first["rows"] == {"read": 12, "accepted": 12, "unchanged": 0, "rejected": 0, "repaired": 0}
    began, ended = (datetime.fromisoformat(str(first[name])) for name in ("started", "ended"))
    assert began <= ended
    assert began.utcoffset() == datetime.fromisoformat("2026-11-03T00:00+08:00").utcoffset(), "by the office's clock"
    assert second["exit_code"] == 2
    assert "2026-11-02" in str(second["stopped"])
    assert "run" not in second


def test_no_number_of_a_person_stands_in_the_log_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.commands import run as running
    from pipeline.errors import LedgerError

    def fail(*_: object, **__: object) -> None:
        raise LedgerError(f"bad row {PHONE}")

    monkeypatch.setenv("RUWANG_LOG_FILE", "runs.jsonl")
    monkeypatch.setattr(running, "run", fail)
    assert CliRunner().invoke(main, ["run"]).exit_code == 2
    assert (settings.inbox.parent / "runs.jsonl").read_text("utf-8").count("bad row 139****0018") == 1


def test_the_log_file_is_renamed_when_it_is_long_and_nothing_is_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUWANG_LOG_FILE", "runs.jsonl")
    path = settings.inbox.parent / "runs.jsonl"
    path.write_text("{}\n" * 340_000, "utf-8")
    CliRunner().invoke(main, ["run", "--today", DAY])
    assert len(lines(path)) == 1
    assert len(lines(path.with_name("runs.jsonl.1"))) == 340_000


def test_a_log_file_that_cannot_be_written_is_told_and_stops_no_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.inbox.parent / "taken").write_text("", "utf-8")
    monkeypatch.setenv("RUWANG_LOG_FILE", "taken/runs.jsonl")
    result = CliRunner().invoke(main, ["run", "--today", DAY])
    assert result.exit_code == 0
    assert "taken/runs.jsonl" in result.stderr
    assert (settings.outbox / "master.xlsx").exists()


def test_a_log_file_within_the_inbox_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUWANG_LOG_FILE", "inbox/runs.jsonl")
    assert CliRunner().invoke(main, ["run", "--today", DAY]).exit_code == 2
