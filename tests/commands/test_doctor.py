"""The doctor: what it finds, and that it finds it."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands import doctor_places
from pipeline.commands.doctor import examine
from pipeline.commands.doctor_check import Check
from pipeline.commands.run import run
from pipeline.outside.calendar import known_until
from pipeline.outside.ledger import open_ledger
from pipeline.outside.locking.lock import hold
from pipeline.settings import Settings, load_settings
from schemas.language import Catalogue, Kind, Localized, Procedure, Register
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language.model import FormModel, Text, describe, field, form
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import drop

TODAY = date(2026, 11, 23)


def checks(settings: Settings, today: date = TODAY) -> dict[str, Check]:
    return {each.what.en: each for each in examine(settings, catalogue(), today)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "inbox").mkdir()
    return load_settings(environ={}, folder=tmp_path).settings


def ill(found: dict[str, Check]) -> dict[str, str]:
    return {name: each.problem.en for name, each in found.items() if each.problem}


def test_a_new_office_is_well_and_nothing_is_made(settings: Settings, tmp_path: Path) -> None:
    assert ill(checks(settings)) == {}
    assert [path.name for path in tmp_path.rglob("*")] == ["inbox"]


def test_an_inbox_that_is_not_there_is_told_as_a_run_tells_it(settings: Settings, tmp_path: Path) -> None:
    settings.inbox.rmdir()
    assert str(settings.inbox) in ill(checks(settings))["inbox"]
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_has_made_stands_as_it_stood(settings: Settings, tmp_path: Path) -> None:
    drop(settings, PEOPLE)
    run(settings.model_copy(update={"settle_seconds": 0}), today=TODAY)

    def everything() -> dict[Path, tuple[int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in places(tmp_path)
        }

    before = everything()
    checks(settings)
    assert everything().keys() == before.keys()
    assert {path for path, held in everything().items() if held[1] != before[path][1]} == set()


def places(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("outbox", "outbox"),
        ("outbox/archive", "outbox"),
        ("outbox/archive/2026-11", "outbox"),
        ("ledger", "ledger"),
        ("inbox", "inbox"),
    ],
)
def test_a_folder_that_nobody_may_write_in_is_told_whoever_asks(
    settings: Settings, tmp_path: Path, place: str, what: str
) -> None:
    closed = tmp_path / place
    closed.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["chattr", "+i", str(closed)], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i is not possible here, and root may write everywhere")
    try:
        assert f"cannot write in {closed}" in ill(checks(settings))[what]
    finally:
        subprocess.run(["chattr", "-i", str(closed)], check=True)


class Unheard(FormModel, form=form("unheard", "失物登记表", "Lost and found")):
    lost_no: Text = field("失物编号", "No", kind=Kind.CODE, key=True)
    lost_on: Dat = field("丢失日期", "Lost on", kind=Kind.DATE)  # type: ignore[name-defined]  # noqa: F821


def test_a_form_that_is_declared_wrong_is_told_before_its_first_sheet_comes(settings: Settings) -> None:
    lost = Register("lost", Localized("失物", "Lost"), forms=(describe(Unheard),))
    wrong = Catalogue((*catalogue().procedures, Procedure("lost_and_found", lost.title, registers=(lost,))))
    (found,) = [each.problem for each in examine(settings, wrong, TODAY) if each.what.en == "forms"]
    assert found is not None
    assert "失物登记表" in found.zh
    assert "Unheard: NameError: name 'Dat' is not defined" in found.zh


def test_a_ledger_that_may_not_be_written_is_told(settings: Settings) -> None:
    run(settings, today=TODAY)
    file = settings.ledger.removeprefix("sqlite:///")
    if subprocess.run(["chattr", "+i", file], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i is not possible here, and root may write everywhere")
    try:
        assert "may not be written" in ill(checks(settings))["ledger"]
    finally:
        subprocess.run(["chattr", "-i", file], check=True)
    assert "ledger" not in ill(checks(settings))


def lines(settings: Settings, toml: str) -> dict[str, str]:
    """What the command prints of each check, under *toml* as the file of settings."""
    folder = settings.inbox.parent
    (folder / "pipeline.toml").write_text(toml, "utf-8")
    said = CliRunner().invoke(main, ["doctor", "--today", str(TODAY), "--config", str(folder / "pipeline.toml")])
    _, _, told = said.stdout.partition("\n\n")
    return {line.split()[0]: line for line in told.splitlines()}


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("[deadlines]\nverfy = 3", "deadlines.verfy：没有这一项；是不是 verify (核实)"),
        ('procedures = ["new_custmer"]', "是不是 new_customer (新入网客户信息管理)"),
        ("[parameters]\nanswer_minuts = 3", "是不是 answer_minutes ("),
        ('procedures_folder = "nowhere"', "procedures_folder：没有文件夹"),
    ],
)
def test_what_is_set_wrong_of_procedures_is_told_once_with_what_was_meant(
    settings: Settings, toml: str, named: str
) -> None:
    told = lines(settings, toml)
    assert [what for what, line in told.items() if "有问题" in line] == ["流程"]
    assert named in told["流程"]


def test_the_procedures_and_deadlines_that_are_set_are_those_it_goes_by(settings: Settings) -> None:
    told = lines(settings, 'procedures = ["new_customer"]\n[deadlines]\nverify = 5\nassign = 0')
    assert "在用 2 个流程" in told["流程"], "the roster's always is"
    assert (
        told["期限"].split("正常")[1].strip() == "核实 5 个工作日；分配 0 个工作日；其余照流程（pipeline procedures）"
    )


def test_a_run_under_way_is_no_fault(settings: Settings) -> None:
    with hold(settings.lock_folder):
        found = checks(settings)
    assert found["lock"].note.zh == "有一批次正在运行"
    assert "lock" not in ill(found)


def test_a_damaged_ledger_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "ruwang.db").write_bytes(b"no database at all" * 100)
    found = checks(settings)
    assert "ledger" in ill(found)
    for what in ("roster", "procedures at work"):
        assert found[what].note.zh == "没有查：账本不能读", "neither well nor before the first run"


def test_a_ledger_on_a_share_is_told(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/x {tmp_path}/ledger cifs rw 0 0\n")
    monkeypatch.setattr(doctor_places, "_MOUNTS", mounts)
    assert "network share" in ill(checks(settings))["ledger"]


def test_a_ledger_without_a_roster_is_told(settings: Settings) -> None:
    ledger = open_ledger(settings.ledger)
    with ledger.transaction() as uow:
        uow.runs.start(TODAY, datetime.now(UTC))
    ledger.close()
    found = checks(settings)
    assert "2026-11-23" in found["ledger"].note.zh
    assert "roster" in ill(found)


def test_an_area_that_changes_hands_next_month_is_served_until_then(settings: Settings) -> None:
    for each in (PEOPLE, AREAS):
        drop(settings, each)
    run(settings, today=TODAY)
    before = checks(settings)["roster"].note.zh
    drop(
        settings,
        Filled(
            "下月.xlsx", AREAS.form, ({**AREAS.records[0], "account_manager_no": "K02", "in_force_from": "2026-12-01"},)
        ),
    )
    run(settings, today=TODAY)

    assert before == f"5 人、{len(AREAS.records)} 个辖区，都有人负责"
    assert checks(settings)["roster"].note.zh == before


def test_a_year_without_known_holidays_is_told(settings: Settings) -> None:
    found = ill(checks(settings, date(known_until() + 1, 1, 5)))
    assert "upgrade chinesecalendar" in found["holidays"]


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])  # bound and not listening: nobody else can answer there


def test_a_mail_server_that_does_not_answer_is_told(settings: Settings, closed_port: int) -> None:
    smtp = settings.smtp.model_copy(update={"host": "127.0.0.1", "port": closed_port, "sender": "a@b.cn"})
    assert f"127.0.0.1:{closed_port}" in ill(checks(settings.model_copy(update={"smtp": smtp})))["mail"]


@pytest.mark.parametrize(("clerk", "told"), [("", True), ("bangong@example.com", False)])
def test_that_nobody_is_mailed_what_is_nobodys_is_said(settings: Settings, clerk: str, told: bool) -> None:
    mail = checks(settings.model_copy(update={"clerk": clerk}))["mail"]
    assert ("clerk" in mail.note.zh) is told


def test_a_mail_server_without_a_sender_is_told(settings: Settings) -> None:
    smtp = settings.smtp.model_copy(update={"host": "127.0.0.1"})
    assert "smtp.sender" in ill(checks(settings.model_copy(update={"smtp": smtp})))["mail"]


@pytest.mark.skipif(os.name != "posix", reason="no modes of files here")
@pytest.mark.parametrize(("mode", "well"), [(0o600, True), (0o640, False), (0o604, False)])
def test_a_password_that_others_may_read_is_told(tmp_path: Path, mode: int, well: bool) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "secret").write_text("geheim\n")
    (tmp_path / "secret").chmod(mode)
    (tmp_path / "pipeline.toml").write_text('[smtp]\npassword_file = "secret"\n')
    settings = load_settings(environ={}, folder=tmp_path).settings

    told = ill(checks(settings)).get("password files", "")

    assert (told == "") is well
    assert well or f"chmod 600 {tmp_path / 'secret'}" in told
    assert "geheim" not in told
