"""The doctor counts the books again from the archive, and names the row that is missing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.doctor import examine
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS, PEOPLE
from tests.intake.test_master_diff import edit, put
from tests.tools.customers import DAY, SHOP, customers, drop, new_office, shops

OTHER: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "平安超市", "contact_phone": "13932820026"}
WRONG: Cells = {**SHOP, "licence_no": "131123100034", "contact_phone": "12"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office after two runs: three good rows, one wrong one, one that says what stood already."""
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    drop(found, shops(SHOP, OTHER, WRONG))
    run(found, today=DAY)
    drop(found, shops(SHOP, {**OTHER, "customer_name": "平安商店"}, name="更正.xlsx"))
    run(found, today=DAY)
    return found


def told(settings: Settings) -> list[str]:
    return [each.problem.zh for each in examine(settings, catalogue(), DAY) if each.problem]


def tamper(settings: Settings, statement: str) -> None:
    with sqlite3.connect(settings.ledger.removeprefix("sqlite:///")) as ledger:
        ledger.execute(statement)
    ledger.close()


def original(settings: Settings, name: str) -> Path:
    (path,) = (settings.outbox / "archive").rglob(name)
    return path


def test_an_office_whose_books_agree_is_told_what_was_counted(settings: Settings) -> None:
    assert told(settings) == []
    said = {each.what.en: each.note.zh for each in examine(settings, catalogue(), DAY)}
    staff, areas = len(PEOPLE.records), len(AREAS.records)
    assert said["archive"] == f"4 个文件、{staff + areas + 5} 行、{staff + areas + 2} 条记录，一行不少"


def test_an_original_that_is_gone_is_named(settings: Settings) -> None:
    original(settings, "登记.xlsx").unlink()
    assert [each for each in told(settings) if "存档中没有“登记.xlsx”（第 1 批）" in each]


def test_an_original_that_was_altered_is_named(settings: Settings) -> None:
    path = original(settings, "登记.xlsx")
    path.write_bytes(path.read_bytes() + b" ")
    assert [each for each in told(settings) if "存档的“登记.xlsx”（第 1 批）被改动过" in each]


def test_an_accepted_row_that_is_missing_is_named_by_file_sheet_and_cell(settings: Settings) -> None:
    tamper(settings, "DELETE FROM events WHERE key = '131123100026' AND run = 1")
    tamper(settings, "DELETE FROM entries WHERE key = '131123100026'")
    (missing,) = [each for each in told(settings) if "登记.xlsx" in each]
    assert "有 1 行已入账而账上没有" in missing
    assert "!A" in missing


def test_a_record_that_is_not_the_sum_of_its_events_is_named(settings: Settings) -> None:
    tamper(settings, "UPDATE entries SET state = 'archived' WHERE key = '131123100018'")
    (wrong,) = told(settings)
    assert "“客户”有 1 条记录与历次办理之和不符：131123100018" in wrong


def test_a_row_whose_fate_is_not_known_is_told(settings: Settings) -> None:
    tamper(settings, "UPDATE submissions SET rows = '{\"accepted\": 2}' WHERE name = '登记.xlsx'")
    (wrong,) = told(settings)
    assert "“登记.xlsx”（第 1 批）有 3 行，账上只有 2 行的去向" in wrong


def test_books_agree_after_the_master_was_edited_and_after_that_was_taken_back(settings: Settings) -> None:
    edit(settings, put("联系电话", "13932829999"))
    edited = run(settings, today=DAY)
    assert edited.rows.accepted == 1
    assert told(settings) == []

    undo(settings, str(edited.run), today=DAY)
    assert told(settings) == []
    assert customers(settings)[str(SHOP["licence_no"])]["联系电话"] == "13932820018"


def test_books_agree_after_a_sheet_was_taken_back_and_dropped_again(settings: Settings) -> None:
    path = original(settings, "更正.xlsx")
    undo(settings, "更正.xlsx", today=DAY)
    (settings.inbox / "更正.xlsx").write_bytes(path.read_bytes())
    run(settings, today=DAY)
    assert told(settings) == []


def test_rows_of_which_only_who_filled_the_sheet_is_new_are_found_one_by_one(settings: Settings) -> None:
    """It stands in one cell for all of them."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([str(catalogue().form("registration").field(code).label.zh) for code in SHOP])
    page.append(list(SHOP.values()))
    page.append(list({**OTHER, "customer_name": "平安商店"}.values()))
    page.append(["填表人：赵敏"])
    book.save(settings.inbox / "又一本.xlsx")
    assert run(settings, today=DAY).rows.accepted == 2
    assert told(settings) == []
