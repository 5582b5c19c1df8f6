"""The layouts of a sheet are candidates: whichever is taken, the sheet that was asked about stays as it was."""

from __future__ import annotations

import pytest

from pipeline.read.formats.grid import Grid
from pipeline.read.layouts.read_sheet import read_sheet
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.labels import Labels
from schemas.language import Layout
from tests.read.sheets import KNOWN, read, records

LIST = "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n900003 | 乙 | 王"
TURNED = "店铺编码 | 900002 | 900003\n店铺名称 | 甲 | 乙\n掌柜 | 张 | 王\n店铺电话 | 13900000001 | 13900000002"
CARDS = "店铺编码 | 900002 | 店铺名称 | 甲\n掌柜 | 张 | |\n | | |\n店铺编码 | 900003 | 店铺名称 | 乙\n掌柜 | 王 | |"


def sheet_of(table: str) -> SheetReading:
    rows = [[each.strip() for each in line.split("|")] for line in table.splitlines()]
    return SheetReading("来件.xlsx", "hash", Grid("表1", [list(row) for row in rows], merges=[]), Labels(KNOWN))


@pytest.mark.parametrize(
    ("table", "layout"), [(LIST, Layout.LIST), (TURNED, Layout.TURNED), (CARDS, Layout.CARD)], ids=str
)
def test_what_comes_of_a_sheet_is_a_reading_of_its_own(table: str, layout: Layout) -> None:
    sheet = sheet_of(table)

    came = read_sheet(sheet)

    assert [(each["no"], each["name"], each["keeper"]) for extract in came.extracts for each in records(extract)] == [
        ("900002", "甲", "张"),
        ("900003", "乙", "王"),
    ]
    assert {extract.layout for extract in came.extracts} == {layout}
    assert came.grid is sheet.grid, "not the turned one: hidden rows are told of the sheet itself"
    assert (sheet.known, sheet.extracts, sheet.findings, sheet.ignored) == (False, [], [], [])


def test_a_page_of_no_form_is_told_of_once() -> None:
    came = read_sheet(sheet_of("说明 | 示例\n店铺 | 甲"))

    assert not came.known
    assert [finding.rule for finding in came.findings] == ["sheet.foreign"]


@pytest.mark.parametrize(
    ("title", "name", "above", "year"),
    [
        ("11月", "来件.xlsx", "2026年11月开店登记表", 2026),
        ("2026.11", "来件.xlsx", "开店登记表", 2026),
        ("11月", "202611登记.xlsx", "开店登记表", 2026),
        ("11月", "来件.xlsx", "填报日：@", 2026),
        ("11月", "来件.xlsx", "某烟〔2026〕12号", None),
        ("2025", "来件.xlsx", "2026年开店登记表", None),
        ("11月", "900020263.xlsx", "开店登记表", None),
    ],
)
def test_a_sheet_is_dated_by_its_names_and_the_lines_above_its_rows(
    title: str, name: str, above: str, year: int | None
) -> None:
    table = f"{above.replace('@', '')} | {'@2026-11-02' if '@' in above else ''} |\n{LIST}"

    assert [extract.year for extract in read({title: table}, name=name).extracts] == [year]


def test_what_stands_above_the_rows_is_kept_and_no_row_of_another_table() -> None:
    table = f"东镇 | |\n{LIST}\n | |\n第二页 西镇 | |\n{LIST.replace('90000', '90001')}"
    extracts = read({"11月": table}).extracts

    assert next(extract.titles for extract in extracts)[:2] == ("11月", "东镇")
    assert all("甲" not in extract.titles and "900002" not in extract.titles for extract in extracts)
