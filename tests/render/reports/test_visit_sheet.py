"""Sheets to take along to customers: what stands on them, how they print, and that they come back filled."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from schemas.language.sample import Cells
from schemas.roster.samples import AREAS
from tests.tools.office import Office
from tests.tools.paper import Printed, is_a4

PEOPLE = [
    ("K01", "王建国", "客户经理"),
    ("K02", "李秀英", "客户经理"),
    ("K03", "刘洋", "客户经理"),
    ("S01", "赵敏", "市场经理"),
]
KEYS = ("131123100018", "131123100026", "131123100034")
FILLED = {
    "核实结果": "☑ 属实　□ 信息有误　□ 查无此户",
    "商圈": "居民区",
    "经营规模": "□ 大　■ 中　□ 小",
    "订货方式": "√ 网上订货　□ 电话订货",
    "结算方式": "电子结算",
    "订货日": "周三",
    "送货线路": "03线",
    "客户档位": 12,
    "政策宣传": "☑ 已完成　□ 未完成",
    "货源介绍": "☑ 已完成　□ 未完成",
    "订货程序": "☑ 已完成　□ 未完成",
    "核实日期": "2026-11-03",
    "核实人": "李秀英",
}


def customer(number: int) -> Cells:
    return {
        "licence_no": KEYS[number],
        "customer_name": f"惠民第{number}超市",
        "principal": "张三喜",
        "resident_id": "131123198003120013" if number == 0 else "",
        "contact_phone": f"1393282001{number}",
        "shop_address": f"武强县周窝镇周窝村{number + 1}号",
        "market_type": "乡村" if number == 0 else "",
        "valid_until": "2029-03-04",
    }


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = Office(tmp_path, ["new_customer"], PEOPLE)
    found.drop("area_list", *AREAS.records)
    found.drop("registration", *map(customer, range(3)))
    found.run("2026-11-02 09:00")
    return found


def path(office: Office) -> Path:
    (found,) = (office.settings.outbox / "visits").glob("K02-*.xlsx")
    return found


def opened(office: Office) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(path(office).read_bytes()))


def page_of(book: Workbook, key: str) -> Worksheet:
    return next(sheet for sheet in book.worksheets if sheet.title.startswith(key))


def fill(page: Worksheet, cells: Mapping[str, object]) -> None:
    left = dict(cells)
    for row in page.iter_rows():
        for cell in row:
            label = str(cell.value or "").rstrip("*")
            if label in left:
                page.cell(cell.row, cell.column + 1).value = left.pop(label)
    assert not left


def hand_in(office: Office, book: Workbook) -> None:
    book.save(office.settings.inbox / "走访单回来.xlsx")


def test_each_customer_has_a_page_with_what_is_known_and_boxes_to_tick(
    office: Office, print_all: Callable[[Mapping[str, bytes]], dict[str, Printed]]
) -> None:
    paper = print_all({"visits": path(office).read_bytes()})["visits"]

    assert all(is_a4(size) for size in paper.sizes())
    assert paper.least_letters() >= 7
    texts = paper.texts()
    assert len(texts) == len(KEYS)
    for number, text in enumerate(texts):
        for known in (KEYS[number], f"惠民第{number}超市", f"1393282001{number}", f"周窝村{number + 1}号", "张三喜"):
            assert known in text
        assert "□ 属实" in text and "□ 查无此户" in text and "核实日期" in text and "说明" in text
    assert "131123198003120013" not in texts[0]  # nobody carries the numbers of identity cards about


def test_of_many_the_most_urgent_are_on_paper_and_the_sheet_tells_that_others_wait(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any("另有" in str(cell.value) for row in opened(office).worksheets[0].iter_rows() for cell in row)
    monkeypatch.setattr("pipeline.render.reports.visit_sheet.MOST", 2)

    office.run("2026-11-03 09:00")

    pages = [sheet for sheet in opened(office).worksheets if sheet.sheet_state == "visible"]
    assert [page.title[:12] for page in pages] == list(KEYS[:2])
    for page in pages:
        assert "另有 1 户在任务表里" in " ".join(str(cell.value) for row in page.iter_rows() for cell in row)

    book = opened(office)
    fill(page_of(book, KEYS[0]), FILLED)
    hand_in(office, book)
    office.run("2026-11-04 09:00")

    assert {sheet.title[:12] for sheet in opened(office).worksheets if sheet.sheet_state == "visible"} == set(KEYS[1:])
    assert [office.record("客户", key)["当前状态"] for key in KEYS] == ["待审核", "待核实", "待核实"]


def test_a_sheet_that_is_filled_and_dropped_takes_the_step_and_the_others_wait(office: Office) -> None:
    book = opened(office)
    fill(page_of(book, KEYS[0]), FILLED)
    hand_in(office, book)

    summary = office.run("2026-11-03 09:00")

    assert summary.rows.rejected == 0
    assert office.exceptions() == office.repairs() == []
    record = office.record("客户", KEYS[0])
    assert (record["当前状态"], record["当前办理人"]) == ("待审核", "赵敏")
    assert (record["核实结果"], record["经营规模"], record["订货方式"]) == ("属实", "中", "网上订货")
    assert (record["客户档位"], record["核实日期"], record["市场类型"]) == (12, "2026-11-03", "乡村")
    assert [office.record("客户", key)["当前状态"] for key in KEYS[1:]] == ["待核实", "待核实"]
    assert {sheet.title[:12] for sheet in opened(office).worksheets if sheet.sheet_state == "visible"} == set(KEYS[1:])


def test_what_is_struck_out_and_written_anew_corrects_the_register(office: Office) -> None:
    book = opened(office)
    fill(page_of(book, KEYS[1]), {**FILLED, "联系电话": "13932829999", "核实结果": "信息有误"})
    hand_in(office, book)

    office.run("2026-11-03 09:00")

    record = office.record("客户", KEYS[1])
    assert (record["当前状态"], record["联系电话"], record["核实结果"]) == ("待审核", "13932829999", "信息有误")


def test_a_wrong_value_is_told_at_its_cell(office: Office) -> None:
    book = opened(office)
    fill(page_of(book, KEYS[0]), {**FILLED, "客户档位": 99})
    hand_in(office, book)

    office.run("2026-11-03 09:00")

    assert office.record("客户", KEYS[0])["当前状态"] == "待核实"
    (sentence,) = office.exceptions()
    assert "99" in sentence and "客户档位" in sentence


def test_the_sheets_come_with_the_mail_and_go_when_all_is_done(office: Office) -> None:
    assert any("走访单-K02-李秀英.xlsx" in text for text in office.mails("K02"))
    book = opened(office)
    for key in KEYS:
        fill(page_of(book, key), FILLED)
    hand_in(office, book)

    office.run("2026-11-03 09:00")

    assert not list((office.settings.outbox / "visits").glob("*.xlsx"))


def test_a_sheet_whose_step_another_paper_has_taken_says_so_and_changes_nothing(office: Office) -> None:
    late = opened(office)
    fill(page_of(late, KEYS[0]), {**FILLED, "经营规模": "大"})
    first = opened(office)
    fill(page_of(first, KEYS[0]), FILLED)
    hand_in(office, first)
    office.run("2026-11-03 09:00")
    late.save(office.settings.inbox / "又一份.xlsx")

    summary = office.run("2026-11-04 09:00")

    assert office.record("客户", KEYS[0])["经营规模"] == "中"
    assert summary.rows.read and office.exceptions()


def test_a_sheet_that_lost_its_number_is_told_and_takes_nothing(office: Office) -> None:
    book = opened(office)
    fill(page_of(book, KEYS[0]), {**FILLED, "许可证号": None})
    hand_in(office, book)

    office.run("2026-11-03 09:00")

    assert office.record("客户", KEYS[0])["当前状态"] == "待核实"
    assert office.exceptions()
