"""Worklists that come back with rows removed, pasted and typed in, played through whole runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.run import run
from pipeline.render.returns.marking import Tint
from pipeline.settings import Settings
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, customers, drop, new_office, shops, told

DAY = date(2026, 11, 3)
SECOND: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
ELSEWHERE: Cells = {
    **SHOP,
    "licence_no": "131123100034",
    "customer_name": "豆村商店",
    "contact_phone": "13932820034",
    "shop_address": "武强县豆村镇豆村3号",
}
MINE = "K02-李秀英.xlsx"
GREEN = Tint.ACCEPTED.value
Change = Callable[[Worksheet], None]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    for sheet in (PEOPLE, AREAS, shops(SHOP, SECOND, ELSEWHERE)):
        drop(found, sheet)
    run(found, today=DAY)
    return found


def hand_back(settings: Settings, change: Change, name: str = "填好.xlsx", of: str = MINE) -> None:
    """Change the page of visits of a worklist as a person would, and drop it."""
    book = openpyxl.load_workbook(settings.outbox / "worklists" / of)
    page = book["核实"]
    assert isinstance(page, Worksheet)
    page.protection.sheet = False
    change(page)
    book.save(settings.inbox / name)


def columns(page: Worksheet) -> tuple[int, dict[str, int]]:
    """The header's row, and columns by label."""
    header = next(
        row for row in page.iter_rows() if any(str(cell.value or "").strip(" *") == "核实结果" for cell in row)
    )
    return header[0].row, {str(cell.value or "").strip(" *"): cell.column for cell in header}


def row_of(page: Worksheet, key: object) -> int:
    header, at = columns(page)
    return next(row for row in range(header + 1, page.max_row + 1) if page.cell(row, at["许可证号"]).value == key)


def fill(page: Worksheet, row: int, **cells: str) -> None:
    _, at = columns(page)
    for label, value in {"核实结果": "查无此户", "核实日期": "2026-11-03", "核实人": "李秀英", **cells}.items():
        page.cell(row, at[label], value)


def test_rows_left_blank_are_no_complaint(settings: Settings) -> None:
    hand_back(settings, lambda page: fill(page, row_of(page, SHOP["licence_no"])))

    run(settings, today=DAY)

    assert customers(settings)["131123100018"]["当前状态"] == "待审核"
    assert told(settings) == []


def test_a_removed_row_is_named_once_and_stays_open_until_the_next_worklist_brings_it(settings: Settings) -> None:
    hand_back(settings, lambda page: page.delete_rows(row_of(page, SECOND["licence_no"])))
    run(settings, today=DAY)

    ((_, sentence),) = told(settings)
    assert "131123100026 福来超市" in sentence
    assert "2 行" in sentence
    assert "1 行" in sentence
    assert customers(settings)["131123100026"]["当前状态"] == "待核实"

    hand_back(settings, lambda page: fill(page, row_of(page, SHOP["licence_no"])), "第二次.xlsx")
    run(settings, today=DAY)
    assert told(settings) == []


def test_a_page_emptied_of_all_its_rows_is_told_too(settings: Settings) -> None:
    def empty(page: Worksheet) -> None:
        header, _ = columns(page)
        page.delete_rows(header + 1, page.max_row)

    hand_back(settings, empty)
    summary = run(settings, today=DAY)

    ((_, sentence),) = told(settings)
    assert "131123100018 惠民超市、131123100026 福来超市" in sentence
    assert "0 行" in sentence
    assert summary.rows.read == 0


def test_a_removed_row_that_somebody_did_meanwhile_is_not_missed(settings: Settings) -> None:
    stale = (settings.outbox / "worklists" / MINE).read_bytes()
    hand_back(settings, lambda page: fill(page, row_of(page, SECOND["licence_no"])))
    run(settings, today=DAY)
    (settings.outbox / "worklists" / MINE).write_bytes(stale)

    hand_back(settings, lambda page: page.delete_rows(row_of(page, SECOND["licence_no"])), "旧.xlsx")
    run(settings, today=DAY)

    assert told(settings) == []


def typed_in(page: Worksheet, key: str) -> None:
    _, at = columns(page)
    row = page.max_row + 1
    page.cell(row, at["许可证号"], key)
    fill(page, row)


def test_a_row_typed_in_by_hand_is_refused_with_the_way_to_hand_it_in(settings: Settings) -> None:
    hand_back(settings, lambda page: typed_in(page, "131123100042"))

    summary = run(settings, today=DAY)

    ((cell, sentence),) = told(settings)
    assert summary.rows.rejected == 1
    assert cell.startswith("C")
    assert "131123100042" in sentence
    assert "李秀英" in sentence


def test_a_row_that_is_somebody_else_s_to_do_names_who(settings: Settings) -> None:
    hand_back(settings, lambda page: typed_in(page, "131123100034"))

    run(settings, today=DAY)

    ((_, sentence),) = told(settings)
    assert "刘洋" in sentence
    assert "李秀英" in sentence
    assert customers(settings)["131123100034"]["当前状态"] == "待核实"

    hand_back(settings, lambda page: None, "改好.xlsx")
    run(settings, today=DAY)
    assert told(settings) == []


def test_a_row_whose_step_is_refused_corrects_nothing_either(settings: Settings) -> None:
    visited = (settings.outbox / "worklists" / MINE).read_bytes()
    hand_back(settings, lambda page: fill(page, row_of(page, SHOP["licence_no"])))
    run(settings, today=DAY)
    (settings.outbox / "worklists" / MINE).write_bytes(visited)

    def again(page: Worksheet) -> None:
        _, at = columns(page)
        row = row_of(page, SHOP["licence_no"])
        fill(page, row, 核实人="别人")
        page.cell(row, at["联系电话"], "13932829999")

    hand_back(settings, again, "再次.xlsx")
    summary = run(settings, today=DAY)

    ((_, sentence),) = told(settings)
    assert "惠民超市" in sentence
    assert (summary.rows.accepted, summary.rows.rejected) == (0, 1)
    assert customers(settings)["131123100018"]["联系电话"] == "13932820018"


def test_a_row_pasted_from_the_same_person_s_newer_worklist_is_taken(settings: Settings) -> None:
    old = (settings.outbox / "worklists" / MINE).read_bytes()
    third: Cells = {**SHOP, "licence_no": "131123100050", "customer_name": "周窝饭店", "contact_phone": "13932820050"}
    drop(settings, shops(third, name="又一户.xlsx"))
    run(settings, today=DAY)
    newer = openpyxl.load_workbook(settings.outbox / "worklists" / MINE)["核实"]
    row = [cell.value for cell in newer[row_of(newer, "131123100050")]]
    (settings.outbox / "worklists" / MINE).write_bytes(old)

    def paste(page: Worksheet) -> None:
        page.append(row)
        fill(page, page.max_row)

    hand_back(settings, paste)
    run(settings, today=DAY)

    assert told(settings) == []
    assert customers(settings)["131123100050"]["当前状态"] == "待审核"


def test_only_rows_whose_step_is_done_come_back_green_and_a_forgotten_answer_is_told(settings: Settings) -> None:
    third = {**SECOND, "licence_no": "131123100042", "customer_name": "三店", "contact_phone": "13932820042"}
    fourth = {**SECOND, "licence_no": "131123100050", "customer_name": "四店", "contact_phone": "13932820050"}
    drop(settings, shops(third, fourth, name="又来.xlsx"))
    run(settings, today=DAY)
    done, wrong, half, untouched = (each["licence_no"] for each in (SHOP, SECOND, third, fourth))

    def work(page: Worksheet) -> None:
        fill(page, row_of(page, done))
        fill(page, row_of(page, wrong), 核实结果="属实")  # and nothing of what that asks for
        fill(page, row_of(page, half), 核实结果="")
        typed_in(page, "131123100069")

    hand_back(settings, work)
    run(settings, today=DAY)

    page = openpyxl.load_workbook(settings.outbox / "returns" / "填好.xlsx")["核实"]
    green = {key for key in (done, wrong, half, untouched) if page.cell(row_of(page, key), 1).fill.fgColor.rgb == GREEN}
    assert green == {done}
    _, at = columns(page)
    forgotten = page.cell(row_of(page, half), at["核实结果"]).coordinate
    assert page.cell(row_of(page, "131123100069"), at["许可证号"]).fill.fgColor.rgb == Tint.ERROR.value
    assert (forgotten, "这一行只写了人员或日期，核实结果没有填：仍为待办，本行未采用") in told(settings)
    assert not any(cell.endswith(str(row_of(page, untouched))) for cell, _ in told(settings))


def test_what_was_mended_for_her_does_not_wait_for_her(settings: Settings) -> None:
    def waiting() -> list[str]:
        page = openpyxl.load_workbook(settings.outbox / "worklists" / MINE).worksheets[0]
        return [str(cell.value) for row in page for cell in row if "条异常等您处理" in str(cell.value)]

    hand_back(settings, lambda page: fill(page, row_of(page, SHOP["licence_no"]), 核实日期="26-11-3"))
    run(settings, today=DAY)
    assert waiting() == []

    hand_back(settings, lambda page: fill(page, row_of(page, SECOND["licence_no"]), 核实日期="26-11-31"), "再来.xlsx")
    run(settings, today=DAY)
    assert waiting() == [], "it is mended on the worklist itself"

    hand_back(settings, lambda page: typed_in(page, "131123100042"), "还有.xlsx")
    run(settings, today=DAY)
    assert waiting() == ["另有 1 条异常等您处理，见异常表。"]
