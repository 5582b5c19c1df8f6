"""A run that would find nothing new is over at once, without a workbook library; whatever may bring something makes a whole run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands import nothing_new
from pipeline.commands.nothing_new import unchanged
from pipeline.commands.run import publish_reports, run
from pipeline.commands.undo import undo
from pipeline.errors import RuwangError
from pipeline.settings import Settings
from schemas.roster.samples import PEOPLE
from tests.procedures.test_online_questions import PEOPLE as ANSWERERS
from tests.procedures.test_online_questions import PHASE, question
from tests.tools.customers import DAY, SHOP, drop, new_office, office, once, shops
from tests.tools.office import Office


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files have lain still for a minute: a listing younger than their last change is not trusted."""
    monkeypatch.setattr(nothing_new, "now_in_office", lambda _: datetime.now(UTC) + timedelta(minutes=1))


@pytest.fixture
def still(tmp_path: Path, later: None) -> Settings:
    """An office in which a run has just found nothing new."""
    settings = new_office(tmp_path)
    office(settings)
    once(settings)
    assert unchanged(settings, today=DAY, clock=None) is not None
    return settings


def test_it_says_what_the_last_run_said_and_writes_nothing(still: Settings, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in still.outbox.rglob("*") if path.is_file()}
    said = unchanged(still, today=DAY, clock=None)
    assert {path: path.read_bytes() for path in still.outbox.rglob("*") if path.is_file()} == before
    whole = run(still, today=DAY)
    assert said is not None
    assert said.to_json() | {"run": 0} == whole.to_json() | {"run": 0}


def _drop_a_sheet(settings: Settings) -> None:
    drop(settings, shops(SHOP | {"licence_no": "131123100026", "customer_name": "新店"}, name="又一张.xlsx"))


def _drop_to_try(settings: Settings) -> None:
    drop(settings, shops(SHOP, name="试读/登记.xlsx"))


def _put_a_part_of_a_sheet(settings: Settings) -> None:
    (settings.inbox / "半张.xlsx").write_bytes(b"PK\x03\x04")


def _edit_the_master(settings: Settings) -> None:
    path = settings.outbox / "master.xlsx"
    book = openpyxl.load_workbook(path)
    book.save(path)


def _edit_in_place(settings: Settings) -> None:
    """As a program does that keeps size and time of a file."""
    path = settings.outbox / "master.xlsx"
    status, content = path.stat(), bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _take_a_card_away(settings: Settings) -> None:
    next((settings.outbox / "help").iterdir()).unlink()


def _take_the_page_away(settings: Settings) -> None:
    (settings.outbox / "index.html").unlink()


def _lose_the_ledger(settings: Settings) -> None:
    Path(settings.ledger.removeprefix("sqlite:///")).unlink()


def _give_the_outbox_to_another(settings: Settings) -> None:
    (settings.archive / "office.json").write_text("{}", "utf-8")


def _undo(settings: Settings) -> None:
    undo(settings, "1", today=DAY)


def _publish(settings: Settings) -> None:
    publish_reports(settings, today=DAY)
    (settings.outbox / "index.html").touch()


@pytest.mark.parametrize(
    "change",
    [
        _drop_a_sheet,
        _drop_to_try,
        _put_a_part_of_a_sheet,
        _edit_the_master,
        _edit_in_place,
        _take_a_card_away,
        _take_the_page_away,
        _give_the_outbox_to_another,
        _lose_the_ledger,
        _undo,
        _publish,
        lambda settings: shutil.rmtree(settings.inbox),
        lambda settings: shutil.rmtree(settings.backups),
    ],
)
def test_whatever_is_changed_makes_a_whole_run(still: Settings, change: Callable[[Settings], None]) -> None:
    change(still)
    assert unchanged(still, today=DAY, clock=None) is None


def test_another_setting_makes_a_whole_run(still: Settings) -> None:
    for given in (
        {"office_name": "另一个部门"},
        {"language": "en"},
        {"deadlines": {"verify": 9}},
        {"procedures": ("new_customer",)},
        {"worklist_passwords": "* geheim"},
        {"clerk": "clerk@example.com"},
    ):
        assert unchanged(Settings.model_validate(still.model_dump() | given), today=DAY, clock=None) is None
    assert unchanged(still, today=DAY, clock=None) is not None


def test_so_it_is_with_a_ledger_on_a_server(settings: Settings, later: None) -> None:
    office(settings)
    once(settings)
    assert unchanged(settings, today=DAY, clock=None) is not None
    drop(settings, shops(SHOP))
    assert unchanged(settings, today=DAY, clock=None) is None


def test_another_day_makes_a_whole_run(still: Settings) -> None:
    assert unchanged(still, today=DAY + timedelta(days=1), clock=None) is None
    assert unchanged(still, today=DAY - timedelta(days=1), clock=None) is None


def test_procedures_of_the_office_that_are_changed_make_a_whole_run(tmp_path: Path, later: None) -> None:
    own = tmp_path / "own"
    own.mkdir()
    settings = new_office(tmp_path, procedures_folder=str(own))
    office(settings)
    once(settings)
    assert unchanged(settings, today=DAY, clock=None) is not None
    (own / "notes.py").write_text("# a beginning\n", "utf-8")
    assert unchanged(settings, today=DAY, clock=None) is None


def test_a_master_that_is_just_being_saved_is_not_forgotten(tmp_path: Path, later: None) -> None:
    settings = new_office(tmp_path).model_copy(update={"settle_seconds": 0})
    office(settings)
    drop(settings, shops(SHOP))
    once(settings)
    _edit_the_master(settings)
    run(settings.model_copy(update={"settle_seconds": 3600}), today=DAY)  # leaves it for the next one
    assert unchanged(settings.model_copy(update={"settle_seconds": 3600}), today=DAY, clock=None) is None


def test_files_that_were_changed_a_moment_ago_are_not_trusted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nothing_new, "_COARSEST", 3600 * 10**9)  # however slow the machine: it was a moment ago
    office(settings)
    once(settings)
    once(settings)
    assert unchanged(settings, today=DAY, clock=None) is None


def test_a_mail_that_waits_or_was_given_up_makes_a_whole_run(tmp_path: Path, later: None) -> None:
    settings = new_office(
        tmp_path, **{"smtp.host": "127.0.0.1", "smtp.port": 1}, clerk="clerk@example.com"
    )  # nobody listens there
    office(settings)
    drop(settings, shops(SHOP))
    assert once(settings).mails.queued > 0
    once(settings)
    assert unchanged(settings, today=DAY, clock=None) is None


def test_the_minute_after_a_moment_that_something_was_due_by_makes_a_whole_run(tmp_path: Path, later: None) -> None:
    played = Office(tmp_path, ["online_questions"], ANSWERERS)
    played.drop("project_phase", PHASE)
    played.drop("online_question", question("2026-11-02 10:00"))  # an answer is due within 24 hours
    played.run("2026-11-02 11:00")
    played.run("2026-11-03 09:00")
    played.run("2026-11-03 09:00")

    def is_over(hour: int, minute: int) -> bool:
        return unchanged(played.settings, today=date(2026, 11, 3), clock=time(hour, minute)) is not None

    assert is_over(9, 0) and is_over(10, 0)
    assert not is_over(10, 1) and not is_over(8, 59)
    played.run("2026-11-03 10:01")
    (row,) = played.master("网上问题")
    assert row["时限提醒"] == "10:00 起逾期"


def test_cron_starts_no_reader_and_no_writer_for_it(tmp_path: Path, later: None) -> None:
    settings = new_office(tmp_path)
    office(settings)
    play = (
        "import sys, json\n"
        "from datetime import timedelta\n"
        "from pipeline.commands import nothing_new\n"
        "real = nothing_new.now_in_office\n"
        "nothing_new.now_in_office = lambda settings: real(settings) + timedelta(minutes=1)\n"
        "from pipeline.cli.main import main\n"
        "main(['run', '--today', sys.argv[1], '--json'], standalone_mode=False)\n"
        "heavy = ('pandas', 'pandera', 'openpyxl', 'xlsxwriter', 'python_calamine', 'numpy', 'jinja2', 'schemas.new_customer')\n"
        "print(json.dumps([each for each in heavy if each in sys.modules]))\n"
    )

    def call() -> tuple[dict[str, object], list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", play, str(DAY)],
            cwd=tmp_path,
            env=os.environ | {"RUWANG_SETTLE_SECONDS": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
        summary, _, loaded = done.stdout.rstrip().rpartition("\n")
        return json.loads(summary), json.loads(loaded)

    first, loaded = call()
    assert "pandas" in loaded  # a whole run
    second, loaded = call()
    assert loaded == []
    assert second == first
    drop(settings, PEOPLE, "又一次.xlsx")
    assert call()[0]["files"] != first["files"]


def test_a_command_that_fails_halfway_leaves_nothing_to_believe(
    still: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.commands.run.write_files", lambda *_: (_ for _ in ()).throw(RuwangError("full")))
    with pytest.raises(RuwangError):
        run(still, today=DAY)
    assert unchanged(still, today=DAY, clock=None) is None
