"""Pages beside the data: instructions, lists of options, statistics. They are told of, and nothing in them is wrong."""

from __future__ import annotations

import pytest

from pipeline.domain.extract import Known, Reading
from pipeline.read.read_file import read_file
from schemas.language import Field, Form, Kind, Localized, Option
from tests.read.sheets import as_bytes, read, records, rules, workbook

DATA = "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n900003 | 乙 | 王"
PERMIT = Form(
    "permit",
    Localized("许可登记表", "Permits"),
    (
        Field("no", Localized("执照编号", "No"), Kind.CODE, key=True, required=True, example="900000000001"),
        Field("name", Localized("招牌", "Name"), required=True, example="样板店"),
        Field("tel", Localized("座机", "Phone"), Kind.PHONE, required=True, example="13900000000"),
        Field(
            "size",
            Localized("规模", "Size"),
            Kind.CHOICE,
            options=(Option("big", Localized("大", "big")), Option("small", Localized("小", "small"))),
        ),
    ),
    "",
)
PERMITS = "执照编号 | 招牌 | 座机 | 规模\n900000000002 | 甲 | 13900000001 | 大"


def beside(title: str, page: str, *, hidden: bool = False) -> Reading:
    book = workbook({"11月": PERMITS, title: page})
    if hidden:
        book[title].sheet_state = "veryHidden"
    return read_file("来件.xlsx", as_bytes(book), "hash", Known((PERMIT,), {}))


def taken(reading: Reading) -> list[str]:
    return [each.get("no", "") for extract in reading.extracts for each in records(extract)]


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("填写说明", "栏目 | 说明\n执照编号 | 12位数字\n招牌 | 与证件一致\n座机 | 手机11位"),
        ("Sheet2", "栏目 | 说明\n执照编号 | 12位数字\n招牌 | 与证件一致\n座机 | 手机11位"),
        ("填写说明", "执照编号 | 12位数字\n招牌 | 与证件一致\n座机 | 手机11位"),
        ("Sheet2", "填表说明\n1. 执照编号按文本填写\n执照编号\n例：900000000018"),
        ("字典", "规模 | 招牌\n大 | 甲\n小 | 乙"),
        ("Sheet3", "规模\n大\n小"),
        ("统计", "招牌 | 座机\n3 | 4"),
        ("Sheet4", "规模 | 户数\n大 | 3\n小 | 4\n总计 | 7"),
    ],
)
def test_what_is_no_data_is_told_and_raises_no_error(title: str, page: str) -> None:
    reading = beside(title, page)

    assert taken(reading) == ["900000000002"]
    assert {rule for rule, _ in rules(reading)} <= {"sheet.side", "sheet.skipped"}
    assert [finding.sheet for finding in reading.findings] == [title]


def test_a_hidden_list_for_dropdowns_is_no_data() -> None:
    reading = beside("Sheet9", "规模 | 招牌 | 座机\n大 | 一类 | 座机\n小 | 二类 | 手机", hidden=True)

    assert (taken(reading), rules(reading)) == (["900000000002"], [("sheet.side", "")])


@pytest.mark.parametrize("title", ["汇总", "填写说明", "字典"])
def test_a_record_is_data_whatever_its_page_is_called(title: str) -> None:
    assert taken(beside(title, PERMITS.replace("900000000002", "900000000003"))) == ["900000000002", "900000000003"]


def test_a_record_on_a_hidden_page_is_data() -> None:
    reading = beside("Sheet9", PERMITS.replace("900000000002", "900000000003"), hidden=True)

    assert taken(reading) == ["900000000002", "900000000003"]
    assert rules(reading) == [("sheet.hidden", "")]


def card(no: str, tel: str = "") -> str:
    return f"执照编号 | {no}\n招牌 | 乙\n座机 | {tel}\n规模 | 小"


def row(no: str, tel: str = "") -> str:
    return f"执照编号 | 招牌 | 座机 | 规模\n{no} | 乙 | {tel} | 小"


@pytest.mark.parametrize(
    "page", [card("90000000003"), row("90000000003"), row("9000000000033"), row("９０００００００００３")]
)
def test_a_hidden_record_with_a_number_of_the_wrong_length_is_data(page: str) -> None:
    reading = beside("Sheet9", page, hidden=True)

    assert len(taken(reading)) == 2
    assert rules(reading) == [("sheet.hidden", "")]


@pytest.mark.parametrize("title", ["汇总 表", "统计"])
def test_records_without_the_column_of_their_number_are_data(title: str) -> None:
    reading = beside(
        title, "招牌 | 座机 | 规模 | 开业\n乙 | 13900000002 | 大 | 2026-01-02\n丙 | 0318-3818749 | 小 | @2026-03-04"
    )

    assert ("header.missing", "A1") in rules(reading)


def test_records_whose_numbers_are_left_blank_are_data() -> None:
    page = "执照编号 | 招牌 | 座机 | 店主身份证\n | 乙 | 13900000002 | 131123198001010013\n | 丙 | 13900000003 | "
    reading = beside("汇总", page)

    assert taken(reading) == ["900000000002", "", ""]


@pytest.mark.parametrize(
    ("title", "page", "hidden"),
    [
        ("Sheet9", "执照编号 | 招牌 | 座机\n12位数字 | 与证件一致 | 13900000000", True),
        ("汇总", "招牌 | 座机\n13900000002 | 13900000003", False),
        ("统计", "招牌 | 座机 | 规模\n#3 | #4 | 2026-11-01", False),
        ("填写说明", "执照编号 | 招牌 | 座机 | 开业\n12位数字 | 与证件一致 | 13900000009 | 2026-11-01", False),
    ],
)
def test_a_day_or_a_number_on_a_page_of_no_records_makes_it_no_data(title: str, page: str, hidden: bool) -> None:
    reading = beside(title, page, hidden=hidden)

    assert (taken(reading), rules(reading)) == (["900000000002"], [("sheet.side", "")])


@pytest.mark.parametrize("title", ["12月", "统计"])
def test_a_table_whose_labels_are_wrong_stays_an_error(title: str) -> None:
    reading = beside(title, "执照编号 | 店家叫什么 | 怎么找到\n900000000003 | 乙 | 13900000002")

    assert "sheet.unknown" in {rule for rule, _ in rules(reading)} or "header.missing" in {
        rule for rule, _ in rules(reading)
    }


def test_a_page_that_explains_is_judged_where_it_came_alone() -> None:
    book = workbook({"填写说明": "执照编号 | 12位数字\n招牌 | 与证件一致\n座机 | 手机11位"})
    reading = read_file("来件.xlsx", as_bytes(book), "hash", Known((PERMIT,), {}))

    assert [each["no"] for extract in reading.extracts for each in records(extract)] == ["12位数字"]


def test_unused_rows_are_left_out_and_listed_and_a_named_one_is_not() -> None:
    page = "序号 | 店铺编码 | 店铺名称 | 掌柜 | 店铺类型\n#1 | 900002 | 甲 | 张 | 大店\n#2 | | | | 小店\n#3 | | | | 小店\n#4 | | 丁 | | 小店"
    reading = read(page)

    assert [each.get("name") for each in records(reading.extracts[0])] == ["甲", "丁"]
    assert [(each.row, each.reason) for each in reading.ignored] == [(3, "unused"), (4, "unused")]


@pytest.mark.parametrize("last", ["#3 | | | | 大店", "#3 | | | 王 | 小店"])
def test_a_single_row_that_differs_is_no_prefilled_one(last: str) -> None:
    page = f"序号 | 店铺编码 | 店铺名称 | 掌柜 | 店铺类型\n#1 | 900002 | 甲 | 张 | 大店\n#2 | | | | 小店\n{last}"

    assert len(read(page).extracts[0]) == 3
