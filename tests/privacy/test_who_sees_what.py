"""A worklist holds its reader's records only; mails go to roster addresses; what is private stays in workbooks that need it."""

from __future__ import annotations

import email
import email.policy
import io
import re
import stat
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.demo import play
from pipeline.outside.ledger import open_ledger
from pipeline.settings import Settings, load_settings
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.roster.samples import AREAS, PEOPLE

LICENCE = re.compile(r"(?<![0-9])131123[0-9]{6}(?![0-9])")
RESIDENT_ID = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
MANAGERS = {str(each["staff_no"]) for each in PEOPLE.records if each["staff_role"] == "客户经理"}
AREA_OF = {str(each["area_code"]): str(each["account_manager_no"]) for each in AREAS.records}


class Played:
    """The demo's days: after each, the bytes of the outbox, and by licence number whose record it is."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = load_settings({"settle_seconds": 0}, environ={}, folder=folder).settings
        self.days: list[tuple[dict[str, bytes], dict[str, str]]] = []
        for _ in play(self.settings):
            root = self.settings.outbox
            files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
            self.days.append((files, self.whose()))

    def whose(self) -> dict[str, str]:
        ledger = open_ledger(self.settings.ledger)
        with ledger.transaction() as uow:
            registers = [register.code for register in catalogue().registers]
            entries = [entry for register in registers for entry in uow.records.get(register).values()]
        ledger.close()
        return {entry.key: AREA_OF.get(entry.area, "") for entry in entries if LICENCE.fullmatch(entry.key)}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("office"))


def texts(content: bytes) -> Iterator[str]:
    """Every cell and comment of every sheet, hidden ones too."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield str(cell.value)
                if cell.comment:
                    yield cell.comment.text


def mails(played: Played) -> Iterator[EmailMessage]:
    files, _ = played.days[-1]
    for path, content in files.items():
        if path.startswith("mail/"):
            mail = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            yield mail


def test_an_account_manager_s_workbooks_hold_the_customers_of_his_areas_only(played: Played) -> None:
    seen = 0
    for files, whose in played.days:
        for path, content in files.items():
            number = Path(path).name.partition("-")[0]
            if path.startswith("worklists/") and number in MANAGERS:
                named = {licence for text in texts(content) for licence in LICENCE.findall(text)}
                assert {whose.get(licence, number) for licence in named} <= {number}, path
                seen += len(named)
    assert seen > 3, "the play gives nobody anything to do"


def test_what_is_attached_to_a_mail_is_of_its_reader(played: Played) -> None:
    attached = 0
    for mail in mails(played):
        number = str(mail["To"]).partition("@")[0].upper()
        for part in mail.iter_attachments():
            name = part.get_filename() or ""
            if name.startswith("任务表-"):
                assert name.startswith(f"任务表-{number}-")
                attached += 1
    assert attached > 2


def test_mails_go_to_addresses_of_the_roster_only(played: Played) -> None:
    known = {str(each["staff_email"]) for each in PEOPLE.records}
    to = {str(mail["To"]) for mail in mails(played)}
    assert to and to <= known


def test_no_id_and_no_phone_stands_in_a_page_or_in_the_text_of_a_mail(played: Played) -> None:
    pages = [content.decode() for files, _ in played.days for path, content in files.items() if path.endswith(".html")]
    bodies = [
        str(body.get_content())
        for mail in mails(played)
        for kind in ("plain", "html")
        if (body := mail.get_body((kind,)))
    ]
    subjects = [str(mail["Subject"]) for mail in mails(played)]
    assert pages and bodies
    for text in (*pages, *bodies, *subjects):
        assert not RESIDENT_ID.search(text)
        assert not MOBILE.search(text)


def test_what_a_run_makes_is_for_owner_and_group(played: Played) -> None:
    for path in played.settings.outbox.rglob("*"):
        if path.is_file() and path.name != ".ruwang.lock":
            assert stat.S_IMODE(path.stat().st_mode) == 0o660, path
