"""The command line as other programs call it: verbs, streams, exit codes."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main
from pipeline.commands import check as checking
from pipeline.commands import run as running
from pipeline.commands.check import WordedFinding
from pipeline.domain.run_summary import FileCount, FindingCount, MailCount, RowCount, RunSummary
from pipeline.errors import BusyError, LedgerError
from pipeline.settings import Settings
from schemas.language import Localized, Severity

VERBS = ("run", "check", "template", "forms", "status", "history", "demo", "doctor")


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def calling(*arguments: str, **environ: str) -> Result:
        return CliRunner(env=environ).invoke(main, list(arguments))

    return calling


def running_gives(
    monkeypatch: pytest.MonkeyPatch, outcome: RunSummary | Exception
) -> list[tuple[Settings, dict[str, Any]]]:
    asked: list[tuple[Settings, dict[str, Any]]] = []

    def run(settings: Settings, **given: Any) -> RunSummary:
        asked.append((settings, given))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(running, "run", run)
    return asked


def test_help_names_every_verb_without_loading_what_they_need() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from pipeline.cli.main import main;"
        "print(CliRunner().invoke(main, ['--help']).output);"
        "print('HEAVY', {'pandas', 'pandera', 'openpyxl', 'sqlalchemy', 'pydantic', 'jinja2'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert all(f"  {verb} " in said for verb in VERBS)
    assert "HEAVY set()" in said


def test_run_is_quiet_when_all_is_well(call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = running_gives(monkeypatch, RunSummary(run=1, findings=FindingCount(error=3), mails=MailCount(sent=2)))
    result = call("run", "--inbox", "in", "--today", "2026-11-23")
    assert (result.exit_code, result.output) == (0, "")
    ((settings, given),) = asked
    assert settings.inbox == Path.cwd() / "in"
    assert (str(given["today"]), given["dry_run"]) == ("2026-11-23", False)


def test_run_prints_one_object(call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    summary = RunSummary(
        run=7, files=FileCount(seen=2, read=2), rows=RowCount(read=3, accepted=3), outputs=["master.xlsx"]
    )
    running_gives(monkeypatch, summary)
    result = call("run", "--json")
    assert result.stderr == ""
    printed = json.loads(result.stdout)
    assert list(printed) == [
        "run",
        "files",
        "rows",
        "findings",
        "open",
        "assigned",
        "unassigned",
        "mails",
        "outputs",
        "balance",
    ]
    assert (printed["run"], printed["files"]["seen"], printed["outputs"]) == (7, 2, ["master.xlsx"])


@pytest.mark.parametrize(
    ("arguments", "summary", "code"),
    [
        ((), RunSummary(findings=FindingCount(error=1)), 0),
        (("--strict",), RunSummary(), 0),
        (("--strict",), RunSummary(findings=FindingCount(warning=1), open=FindingCount(warning=1)), 0),
        (("--strict",), RunSummary(open=FindingCount(error=1)), 3),
        ((), RunSummary(mails=MailCount(queued=1)), 4),
        (("--strict",), RunSummary(findings=FindingCount(error=1), mails=MailCount(failed=1)), 4),
        (("--dry-run",), RunSummary(mails=MailCount(queued=1)), 0),
    ],
)
def test_run_ends_with_what_became_of_it(
    call: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    summary: RunSummary,
    code: int,
) -> None:
    running_gives(monkeypatch, summary)
    result = call("run", *arguments)
    assert result.exit_code == code
    assert ("没有送达" in result.stderr) == (code == 4)
    assert [line for line in result.stdout.splitlines() if not line.startswith("试：")] == []
    assert bool(result.stdout) == ("--dry-run" in arguments)


@pytest.mark.parametrize(
    ("error", "code"),
    [(BusyError(Localized("另一批次正在运行", "another run is under way")), 75), (LedgerError("damaged"), 2)],
)
def test_what_stops_a_run_is_said_once_and_in_the_language_of_the_office(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    running_gives(monkeypatch, error)
    result = call("run", "--language", "en")
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr == f"stopped: {error}\n"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "/srv/share/inbox"),
            2,
            "停止：不能读写 /srv/share/inbox（Permission",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "/srv/out/a.xlsx"),
            2,
            "停止：不能读写 /srv/out/a.xlsx（No space",
        ),
        (OSError(errno.ESTALE, "Stale file handle", "/mnt/share"), 2, "共享的连接"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "mail.txt"), 1, "Traceback"),
        (OSError("without a file"), 1, "Traceback"),
    ],
)
def test_what_the_machine_refuses_is_told_in_a_sentence_and_a_fault_of_the_program_with_its_place(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, said: str
) -> None:
    running_gives(monkeypatch, error)
    result = call("run")
    assert result.exit_code == code
    assert said in result.stderr
    assert ("Traceback" in result.stderr) == (code == 1)


def test_a_misspelt_setting_is_usage(call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    result = call("run", RUWANG_OUTBOXX="x")
    assert result.exit_code == 2
    assert "RUWANG_OUTBOX？" in result.stderr
    assert call("run", "--config", "nowhere.toml").exit_code == 2
    assert call("run", "--today", "23.11.2026").exit_code == 2
    assert call("runn").exit_code == 2


def finding(severity: str) -> WordedFinding:
    return WordedFinding(
        "a.xlsx", "表1", "B3", "shop_tel", "1", "phone.format", Severity(severity), "电话“1”不完整", "核对后重填"
    )


@pytest.mark.parametrize(
    ("severities", "code"), [((), 0), (("repair",), 0), (("warning",), 3), (("repair", "error"), 3)]
)
def test_check_prints_what_is_wrong(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, severities: tuple[str, ...], code: int
) -> None:
    Path("a.xlsx").touch()
    found = [finding(severity) for severity in severities]
    monkeypatch.setattr(checking, "check", lambda files, settings, today=None: found)
    result = call("check", "a.xlsx", "--json")
    assert (result.exit_code, [each["severity"] for each in json.loads(result.stdout)]) == (code, list(severities))
    said = call("check", "a.xlsx")
    assert said.exit_code == code
    assert said.stdout.count("a.xlsx!表1!B3") == len(severities)
    assert said.stdout.count("→ 核对后重填") == len(severities)


def test_check_of_a_file_that_is_not_there_is_usage(call: Callable[..., Result]) -> None:
    assert call("check", "nowhere.xlsx").exit_code == 2
    assert call("check").exit_code == 2


def test_templates_are_written_by_title_or_code(call: Callable[..., Result]) -> None:
    every = json.loads(call("forms", "--json").stdout)
    form = every[0]
    for name in (form["form"], form["title"]):
        result = call("template", name, "--out", "blank")
        assert result.exit_code == 0
        written = [Path(line).name for line in result.stdout.splitlines()]
        assert written == [f"{form['title']}.xlsx", f"{form['title']}-卡片.xlsx"]
    assert {path.name for path in Path("blank").iterdir()} == set(written)
    result = call("template", form["title"] + "x")
    assert result.exit_code == 2
    assert f"是不是“{form['title']}”" in result.stderr


def test_forms_are_listed_with_their_fields_and_rules(call: Callable[..., Result]) -> None:
    every = json.loads(call("forms", "--json").stdout)
    text = call("forms").stdout
    for form in every:
        assert form["title"] in text
        assert all(field["label"] in text for field in form["fields"])
    rules = json.loads(call("forms", "--rules", "--json", "--language", "en").stdout)
    assert {"rule", "severity", "message", "fix", "sample"} <= set(rules[0])
    page = call("forms", "--rules", "--markdown").stdout
    table = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(table) == len(rules) == len({rule["rule"] for rule in rules})
    assert all(line.replace("\\|", "").count("|") == 6 for line in table)


def test_doctor_shows_settings_and_checks(call: Callable[..., Result]) -> None:
    Path("inbox").mkdir()
    result = call("doctor", "--today", "2026-11-23", RUWANG_OFFICE_NAME="城关", RUWANG_SMTP__PASSWORD="geheim")
    assert result.exit_code == 0
    assert "城关" in result.stdout
    assert "RUWANG_OFFICE_NAME" in result.stdout
    assert "geheim" not in result.stdout
    said = json.loads(call("doctor", "--today", "2026-11-23", "--json").stdout)
    assert {"name", "value", "source"} == set(said["settings"][0])
    assert all(each["well"] for each in said["checks"])


def test_doctor_ends_with_2_when_something_is_wrong(call: Callable[..., Result]) -> None:
    Path("outbox").write_text("a file where a folder should be")
    result = call("doctor", "--language", "en", "--today", "2026-11-23")
    assert result.exit_code == 2
    assert "WRONG" in result.stdout


def test_questions_before_the_first_run_say_so(call: Callable[..., Result]) -> None:
    for verb in (("status",), ("history", "131123100018")):
        result = call(*verb, "--language", "en")
        assert result.exit_code == 2
        assert "no ledger" in result.stderr
        assert result.stdout == ""


def test_the_demo_keeps_off_a_folder_with_other_files(call: Callable[..., Result]) -> None:
    Path("office").mkdir()
    Path("office", "inbox").mkdir()
    result = call("demo", "office")
    assert result.exit_code == 2
    assert "空文件夹" in result.stderr
    assert Path("office", "inbox").is_dir()


def test_an_inbox_that_is_not_there_ends_with_two_and_says_where_it_should_be(call: Callable[..., Result]) -> None:
    result = call("run", "--inbox", "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr and "没有收件夹" in result.stderr
    assert list(Path().iterdir()) == [], "in a wrong folder nothing is left behind"


def test_a_listing_that_nobody_reads_to_its_end_is_no_fault() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "pipeline", "forms"]
    said = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False).stderr
    os.close(write)
    assert said == ""
