"""Every payload in every column, as file, folder and sheet name, and what leaves: a workbook, a page or a mail holds text only."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.run import run
from pipeline.settings import Settings, load_settings
from schemas.language import Form
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.roster.samples import AREAS, PEOPLE
from tests.injection.looks import alive_in_mail, alive_in_page, alive_in_workbook
from tests.injection.payloads import PAYLOADS
from tests.tools.customers import SHOP, drop

DAY = date(2026, 11, 3)
FORM = catalogue().form("registration")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML can hold them: they come by CSV
HERS = "=cmd() <b>"
ADDRESSES = {f"{person['staff_no']}@example.com".lower() for person in PEOPLE.records} | {"clerk@example.com"}


def rows(form: Form, first: int) -> Iterator[list[str]]:
    """A row for each payload and column: the payload there, a customer of its own in the others."""
    codes = [field.code for field in form.fields]
    for number, (payload, column) in enumerate((payload, code) for payload in PAYLOADS for code in codes):
        whole = {
            **SHOP,
            "licence_no": f"1311231{first + number:05d}",
            "customer_name": f"第{first + number}号店",
            "contact_phone": f"139{first + number:08d}",
            "filled_by": "李敏",
            column: payload,
        }
        yield [str(whole.get(code, "")) for code in codes]


def as_csv(form: Form) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerows([[field.label.zh for field in form.fields], *rows(form, 10000)])
    return held.getvalue().encode("utf-8-sig")


def as_workbook(form: Form, first: int, title: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append([field.label.zh for field in form.fields])
    for at, row in enumerate(rows(form, first), 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column, _UNFIT.sub("", value))
            cell.data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An office into which all payloads were dropped, after two runs."""
    given = {"clerk": "clerk@example.com", "settle_seconds": 0}
    settings = load_settings(given, environ={}, folder=tmp_path_factory.mktemp("injection") / "office").settings
    settings.inbox.mkdir(parents=True)
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    run(settings, today=DAY)
    (settings.inbox / "登记.csv").write_bytes(as_csv(FORM))
    (settings.inbox / "=1+1 'a' & <b>\n.xlsx").write_bytes(as_workbook(FORM, 30000, HERS))
    folder = settings.inbox / "<img src=x onerror=alert(1)>"
    folder.mkdir()
    for number, name in enumerate(
        ("\u202excod.xlsx", "-..xlsx", "a\r\nBcc: b@evil.test.xlsx", "{{7*191}}.xlsx", "@SUM(A1).xlsx")
    ):
        book = openpyxl.Workbook()
        book.active.append([f"没有这样的表{number}"])  # type: ignore[union-attr]
        book.save(folder / name)
    run(settings, today=DAY)
    return settings


def outputs(office: Settings, folder: str, suffix: str) -> list[Path]:
    found = sorted(office.outbox.glob(f"{folder}*{suffix}"))
    assert found, f"nothing in {folder}"
    return found


@pytest.mark.parametrize("folder", ["", "worklists/", "exceptions/", "returns/", "handover/"])
def test_no_workbook_holds_a_live_formula_or_a_link_of_the_sheets(office: Settings, folder: str) -> None:
    for path in outputs(office, folder, ".xlsx"):
        assert list(alive_in_workbook(path.read_bytes(), HERS)) == [], path.name


def test_the_payloads_came_through_as_they_were_written(office: Settings) -> None:
    sheet = openpyxl.load_workbook(office.outbox / "master.xlsx")["客户"]
    held = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    for payload in (
        '=HYPERLINK("http://evil.test/","点我")',
        "<script>alert('evil.test')</script>",
        "{{ 7 * 191 }}",
        "CON",
    ):
        assert payload in held


def test_the_page_holds_no_tag_of_the_sheets(office: Settings) -> None:
    assert alive_in_page((office.outbox / "index.html").read_text("utf-8")) == []


def test_mails_go_to_the_roster_with_no_header_tag_or_formula_of_the_sheets(office: Settings) -> None:
    for path in outputs(office, "mail/", ".eml"):
        assert list(alive_in_mail(path.read_bytes(), ADDRESSES, HERS)) == [], path.name


def test_nothing_is_written_outside_and_no_name_can_hurt(office: Settings) -> None:
    root = office.inbox.parent
    assert not [path for path in root.parent.rglob("*evil*") if not path.is_relative_to(office.outbox)]
    for path in office.outbox.rglob("*"):
        assert path.resolve().is_relative_to(office.outbox), path
        assert not set('<>:"\\|?*\r\n\u202e') & set(path.name), path
    originals = [path for path in (office.outbox / "archive").glob("2026-11/*") if path.is_file()]
    assert len(originals) == 9
    assert not [path for path in office.inbox.rglob("*") if path.is_file()]
