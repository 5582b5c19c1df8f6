"""Worklists under a password: whoever has it opens them, what comes back is read and goes back under the same, no password is shown."""

from __future__ import annotations

import email
import email.policy
import io
import stat
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.workbook import Workbook

from pipeline.cli.main import main
from pipeline.commands.doctor import examine
from pipeline.commands.run import run
from pipeline.domain.passwords import Passwords
from pipeline.errors import SettingsError
from pipeline.read.formats.decrypt import decrypt
from pipeline.read.formats.refusal import Refusal
from pipeline.render.xlsx.encrypt import EncryptError, encrypt
from pipeline.settings import Settings, load_settings
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, customers, drop, new_office, shops, told

DAY = date(2026, 11, 3)
OWN, OTHERS = "Geheim-K02", "Geheim-alle"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "passwords.txt").write_text(f"# 任务表\nk02 {OWN}\n\n* {OTHERS}\n", "utf-8")
    (tmp_path / "passwords.txt").chmod(0o600)
    given = {"settle_seconds": 0, "worklist_password_file": "passwords.txt"}
    found = new_office(tmp_path, **given)
    for sheet in (PEOPLE, AREAS, shops(SHOP)):
        drop(found, sheet)
    run(found, today=DAY)
    return found


def opened(content: bytes, password: str) -> Workbook:
    held, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    held.load_key(password=password, verify_password=True)
    held.decrypt(plain, verify_integrity=True)
    return openpyxl.load_workbook(plain)


def worklist(settings: Settings) -> Path:
    (path,) = (settings.outbox / "worklists").glob("K02-*.xlsx")
    return path


NOBODY_S = "131123199999"
"""A row of that number is on no worklist: it goes back on a return."""


def answered(settings: Settings, outcome: str, password: str = OWN, key: object = SHOP["licence_no"]) -> bytes:
    """The worklist with the shop looked at, saved under its password; *key* is what stands as its number then."""
    book = opened(worklist(settings).read_bytes(), OWN)
    page = book["核实"]
    header = next(row for row in page.iter_rows() if any(cell.value == "许可证号" for cell in row))
    at = {str(cell.value).rstrip("*"): cell.column for cell in header if cell.value}
    row = next(row for row in range(1, 60) if page.cell(row, at["许可证号"]).value == SHOP["licence_no"])
    for label, value in (
        ("核实结果", outcome),
        ("核实日期", "2026-11-03"),
        ("核实人", "李秀英"),
        ("说明", "没有这家店"),
    ):
        page.cell(row, at[label]).value = value
    page.cell(row, at["许可证号"]).value = key
    held = io.BytesIO()
    book.save(held)
    return encrypt(held.getvalue(), password)


def test_each_opens_with_his_own_password_and_nothing_of_it_can_be_read_without(settings: Settings) -> None:
    content = worklist(settings).read_bytes()
    assert "核实" in opened(content, OWN).sheetnames
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(content, OTHERS)
    assert b"xl/worksheets" not in content
    openpyxl.load_workbook(settings.outbox / "master.xlsx")


def test_the_mail_brings_it_closed(settings: Settings) -> None:
    attached = [
        part.get_payload(decode=True)
        for path in settings.mail_folder.glob("k02*.eml")
        for part in email.message_from_bytes(path.read_bytes(), policy=email.policy.default).iter_attachments()  # type: ignore[attr-defined]
    ]
    assert attached
    for each in attached:
        opened(each, OWN)


def test_it_is_not_written_again_while_nothing_changes_and_is_when_the_password_does(
    settings: Settings, tmp_path: Path
) -> None:
    before = worklist(settings).read_bytes()
    run(settings, today=DAY)
    assert worklist(settings).read_bytes() == before
    (tmp_path / "passwords.txt").write_text("K02 anders\n")
    run(
        load_settings(
            {"settle_seconds": 0, "worklist_password_file": "passwords.txt"}, environ={}, folder=tmp_path
        ).settings
    )
    opened(worklist(settings).read_bytes(), "anders")


@pytest.mark.parametrize("password", [OWN, OTHERS])
def test_what_comes_back_under_a_password_of_the_office_is_read(settings: Settings, password: str) -> None:
    (settings.inbox / "回.xlsx").write_bytes(answered(settings, "查无此户", password))
    run(settings, today=DAY + timedelta(days=1))
    assert told(settings) == []
    assert customers(settings)[str(SHOP["licence_no"])]["当前状态"] != "待核实"
    assert [check.problem for check in examine(settings, catalogue(), DAY) if check.problem] == []


def test_a_return_goes_back_under_the_password_with_which_it_came(settings: Settings) -> None:
    (settings.inbox / "回.xlsx").write_bytes(answered(settings, "没有这个选项", key=NOBODY_S))
    run(settings, today=DAY)
    (path,) = (settings.outbox / "returns").glob("*.xlsx")
    assert "退回说明" in opened(path.read_bytes(), OWN).sheetnames


def test_another_password_leaves_it_closed_and_says_so(settings: Settings) -> None:
    (settings.inbox / "回.xlsx").write_bytes(answered(settings, "属实", "ihr eigenes"))
    run(settings, today=DAY)
    assert [sentence for _, sentence in told(settings) if "密码" in sentence or "加密" in sentence]


def test_no_password_is_shown(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["doctor"], env={"RUWANG_WORKLIST_PASSWORD_FILE": "passwords.txt"})
    assert "passwords.txt" in result.output
    assert "Geheim" not in result.output + repr(settings) + repr(settings.passwords)
    with pytest.raises(SettingsError, match="worklist_password_file") as refused:
        load_settings({"worklist_passwords": "K01 Geheim"}, environ={}, folder=tmp_path)
    assert "Geheim" not in str(refused.value)


def test_whose_password_is_tried_first() -> None:
    held = Passwords.parse("K01 a\nK02 b\n* c\nK02 old\n")
    assert (held.of("k02"), held.of("K09"), Passwords().of("K01")) == ("b", "c", "")
    assert held.to_try("任务表-K02-李秀英.xlsx") == ["b", "old", "c", "a"]


@pytest.mark.parametrize("text", ["K02:Geheim", "K01 a\nK02", "K02", "", "# keiner\n"])
def test_a_file_that_would_leave_somebody_open_is_refused_and_not_repeated(text: str, tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="worklist_password_file") as refused:
        load_settings({"worklist_password_file": "passwords.txt"}, environ={}, folder=tmp_path)
    assert "Geheim" not in str(refused.value)


@pytest.mark.parametrize("text", ["\ufeffK02 Geheim\n", "Ｋ０２ Geheim\r\n", "k02\tGeheim"])
def test_a_file_as_windows_writes_it_closes_what_it_names(text: str, tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").write_text(text, "utf-8")
    found = load_settings({"worklist_password_file": "passwords.txt"}, environ={}, folder=tmp_path).settings
    assert found.passwords.of("K02") == "Geheim"


def test_doctor_says_whose_worklist_has_none_and_which_line_names_nobody(settings: Settings, tmp_path: Path) -> None:
    def told_of(text: str) -> str:
        (tmp_path / "passwords.txt").write_text(text, "utf-8")
        found = load_settings({"worklist_password_file": "passwords.txt"}, environ={}, folder=tmp_path).settings
        (check,) = [each for each in examine(found, catalogue(), DAY) if each.what.en == "passwords"]
        return check.problem.zh if check.problem else ""

    assert told_of("* alle") == ""
    assert "K02 李秀英" not in told_of("K02 Geheim")
    assert "K01 王建国" in told_of("K02 Geheim")
    assert "KO2" in told_of("KO2 Geheim\n* alle")
    assert "Geheim" not in told_of("KO2 Geheim\n* alle")


def test_what_was_written_for_somebody_who_bears_another_name_goes(settings: Settings) -> None:
    before = worklist(settings)
    renamed = tuple({**each, "staff_name": "李秀花"} if each["staff_no"] == "K02" else each for each in PEOPLE.records)
    drop(settings, replace(PEOPLE, name="人员表 改.xlsx", records=renamed))
    run(settings, today=DAY)
    assert worklist(settings) == before.with_name("K02-李秀花.xlsx")
    opened(worklist(settings).read_bytes(), OWN)


def test_the_ledger_holds_nothing_by_which_a_password_could_be_guessed(settings: Settings) -> None:
    key = settings.outbox / ".ruwang.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = worklist(settings).read_bytes()
    key.unlink()  # what the ledger holds is worth nothing without it: it is drawn again, once
    run(settings, today=DAY)
    again = worklist(settings).read_bytes()
    assert again != before
    run(settings, today=DAY)
    assert worklist(settings).read_bytes() == again


def test_sheets_under_a_password_are_read_from_a_zip_and_go_back_closed(settings: Settings) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("任务表-K02.xlsx", answered(settings, "没有这个选项", key=NOBODY_S))
    (settings.inbox / "回.zip").write_bytes(held.getvalue())
    run(settings, today=DAY)
    assert [sentence for _, sentence in told(settings) if "没有这个选项" in sentence]
    (path,) = (settings.outbox / "returns").glob("*.xlsx")
    assert "退回说明" in opened(path.read_bytes(), OWN).sheetnames


def test_a_worklist_that_would_not_open_stops_the_run_and_none_leaves_open(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = worklist(settings).read_bytes()
    monkeypatch.setattr(OOXMLFile, "encrypt", lambda self, password, out: out.write(b"torn"))
    drop(settings, shops({**SHOP, "shop_address": "武强县周窝镇周窝村99号"}, name="改.xlsx"))
    with pytest.raises(EncryptError):
        run(settings, today=DAY + timedelta(days=1))
    assert worklist(settings).read_bytes() == before


def test_a_file_that_asks_for_more_rounds_than_any_program_writes_is_not_tried(settings: Settings) -> None:
    content = answered(settings, "属实")
    assert decrypt("回.xlsx", content, settings.passwords)[1] == OWN
    slow = content.replace(b'spinCount="100000"', b'spinCount="999999"')
    assert slow != content
    with pytest.raises(Refusal, match=r"file\.encrypted"):
        decrypt("回.xlsx", slow, settings.passwords)


def test_a_refused_row_stands_on_the_next_worklist_under_its_password(settings: Settings) -> None:
    (settings.inbox / "回.xlsx").write_bytes(answered(settings, "没有这个选项"))
    run(settings, today=DAY)
    assert not list((settings.outbox / "returns").glob("*.xlsx"))
    cells = [cell.value for row in opened(worklist(settings).read_bytes(), OWN)["核实"].iter_rows() for cell in row]
    assert "没有这个选项" in cells
