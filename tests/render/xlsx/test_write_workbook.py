from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from openpyxl.utils.cell import range_boundaries

from pipeline.domain import embedded_metadata
from pipeline.render.xlsx.workbook import (
    Access,
    Book,
    Box,
    Card,
    Cell,
    Chart,
    LineStyle,
    Mark,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from pipeline.render.xlsx.write_workbook import OPTIONS_SHEET, write
from schemas.language import Kind
from tests.render.opened import carries, cell, dropdown, message, opened, pages, shown
from tests.tools.paper import Printed

ToPdf = Callable[[bytes], bytes]
PrintAll = Callable[[Mapping[str, bytes]], dict[str, Printed]]

NAME = TableColumn("名")
CODE = TableColumn("号", Kind.CODE)
DAY = TableColumn("日", Kind.DATE)
COUNT = TableColumn("数", Kind.INTEGER)


def book(*sheets: WorkbookSheet) -> Book:
    return Book(sheets, {embedded_metadata.KIND: embedded_metadata.REPORT})


def one(*columns: TableColumn, rows: list[list[Cell]], **more: object) -> WorkbookSheet:
    return WorkbookSheet("页", (Table("t", columns, rows, **more),), heading="题", subheading="某县")  # type: ignore[arg-type]


def test_a_table_comes_back_as_it_was_described() -> None:
    sheet = opened(write(book(one(CODE, NAME, DAY, COUNT, rows=[["001", "甲", date(2026, 11, 2), 3]]))))["页"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("题", "某县")
    assert shown(sheet) == ["号 | 名 | 日 | 数", "001 | 甲 | 2026-11-02 | 3"]
    assert cell(sheet, "号").number_format == "@"
    assert cell(sheet, "日").number_format == "yyyy-mm-dd"
    assert cell(sheet, "日").is_date
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert next(iter(sheet.tables.values())).autoFilter.ref == "A3:D4"


@pytest.mark.parametrize("live", ["=1+1", "+8613932810018", "-5", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/C calc'!A0"])
@pytest.mark.parametrize("column", [NAME, CODE, COUNT, DAY, TableColumn("填", access=Access.FILL)])
def test_no_text_becomes_a_formula(live: str, column: TableColumn) -> None:
    found = cell(opened(write(book(one(column, rows=[[live]]))))["页"], column.label)
    assert found.data_type == "s"
    assert found.style is not None
    assert found.quotePrefix
    assert str(found.value).strip() == live.strip()


def test_headings_and_lines_become_no_formula_either() -> None:
    sheet = WorkbookSheet("页", (TextLine("=2+2"),), heading="=1+1", subheading="+1")
    again = opened(write(book(sheet)))["页"]
    assert [again[at].data_type for at in ("A1", "A2", "A3")] == ["s", "s", "s"]


@pytest.mark.parametrize("text", ["<r>&</r>", "<r><t>x</t></r>", "a&b<c>\"d'", "  both sides  ", "two\nlines"])
def test_text_survives_as_it_is(text: str) -> None:
    assert cell(opened(write(book(one(NAME, rows=[[text]]))))["页"], "名").value == text


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (float("nan"), None),
        (float("inf"), None),
        (10**17 + 1, "100000000000000001"),
        (date(1899, 12, 30), "1899-12-30"),
        (12.5, 12.5),
        ("", None),
    ],
)
def test_what_excel_cannot_keep_is_written_as_text_or_left_blank(value: Cell, kept: object) -> None:
    assert cell(opened(write(book(one(COUNT, rows=[[value]]))))["页"], "数").value == kept


def test_equal_descriptions_give_equal_bytes() -> None:
    sheet = one(NAME, COUNT, rows=[["甲", 1]], chart=Chart("图"), comments={(0, 0): "注"})
    assert write(book(sheet)) == write(book(sheet))


def test_only_cells_to_correct_or_fill_are_open() -> None:
    columns = [TableColumn(access.value, access=access) for access in Access]
    sheet = opened(write(book(WorkbookSheet("页", (Table("t", tuple(columns), [["甲"] * 4]),), protected=True))))["页"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.autoFilter  # False: not forbidden
    assert not sheet.protection.sort
    assert {access.value: cell(sheet, access.value).protection.locked for access in Access} == {
        "read": True,
        "locked": True,
        "correct": False,
        "fill": False,
    }
    fills = {access.value: cell(sheet, access.value).fill.fgColor.rgb for access in list(Access)[1:]}
    assert len(set(fills.values())) == 3


def test_a_short_list_drops_down_in_place_and_a_long_one_from_its_own_sheet() -> None:
    long = tuple(f"第{number}种答案，很长很长" for number in range(40))
    columns = (
        TableColumn("短", options=("是", "否"), access=Access.FILL),
        TableColumn("长", options=long, access=Access.FILL),
        TableColumn("逗", options=("a,b", "c"), access=Access.FILL),
    )
    again = opened(write(book(one(*columns, rows=[[None, None, None]]))))
    sheet = again["页"]
    assert dropdown(sheet, cell(sheet, "短")) == '"是,否"'
    assert dropdown(sheet, cell(sheet, "长")) == f"'{OPTIONS_SHEET}'!$A$1:$A$40"
    assert dropdown(sheet, cell(sheet, "逗")) == f"'{OPTIONS_SHEET}'!$B$1:$B$2"
    assert [row[0] for row in again[OPTIONS_SHEET].iter_rows(values_only=True, max_col=1)] == list(long)
    assert pages(again) == ["页"]


def test_a_long_message_keeps_the_dropdown() -> None:
    column = TableColumn("😀" * 30, options=("是", "否"), message="😀" * 200, access=Access.FILL)
    sheet = opened(write(book(one(column, rows=[[None]]))))["页"]
    assert dropdown(sheet, sheet["A4"]) == '"是,否"'
    assert str(message(sheet, sheet["A4"])).endswith("😀…")


def test_labels_that_are_alike_stay_apart() -> None:
    sheet = opened(write(book(one(TableColumn("名"), TableColumn("名"), TableColumn(""), rows=[[1, 2, 3]]))))["页"]
    assert shown(sheet)[0] == "名 | 名 (2) | -"


def test_an_empty_table_is_a_table_still() -> None:
    assert shown(opened(write(book(one(NAME, DAY, rows=[]))))["页"]) == ["名 | 日", ""]


def test_marks_colour_the_marked_columns_only_where_something_stands() -> None:
    late = TableColumn("期", marked=True)
    sheet = opened(
        write(
            book(
                one(NAME, late, rows=[["甲", "逾期"], ["乙", None], ["丙", "准时"]], marks={0: Mark.LATE, 1: Mark.LATE})
            )
        )
    )["页"]
    red = cell(sheet, "期", 1).fill.fgColor.rgb
    assert red not in {cell(sheet, "名", 1).fill.fgColor.rgb, cell(sheet, "期", 2).fill.fgColor.rgb}
    assert cell(sheet, "期", 3).fill.fgColor.rgb != red


def test_chinese_text_gets_the_room_it_needs_and_long_text_wraps() -> None:
    long = "很长的地址" * 30
    sheet = opened(
        write(
            book(
                one(TableColumn("a"), TableColumn("b"), TableColumn("c"), rows=[["武强县烟草专卖局", "abcdefgh", long]])
            )
        )
    )["页"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] >= 16 + 2
    assert widths[1] < widths[0]
    assert widths[2] <= 46
    assert cell(sheet, "c").alignment.wrap_text
    assert sheet.row_dimensions[cell(sheet, "c").row].height > 60


def test_several_tables_stand_below_each_other_with_their_charts_beside() -> None:
    tables = tuple(
        Table("t", (NAME, COUNT), [["甲", 1], ["乙", 2]], heading=f"第{n}", chart=Chart("图")) for n in (1, 2)
    )
    sheet = opened(write(book(WorkbookSheet("页", tables))))["页"]
    first, second = (range_boundaries(table.ref) for table in sheet.tables.values())
    above, below = (each.anchor for each in sheet._charts)
    assert (first[1], second[1]) == (above._from.row + 1, below._from.row + 1)
    assert above._from.col > first[2]
    assert above.to.row + 1 < second[1]
    assert sheet.freeze_panes is None


def test_a_card_has_each_value_beside_its_label() -> None:
    boxes = (
        Box(TableColumn("号*", Kind.CODE, Access.FILL), "001"),
        Box(TableColumn("名", access=Access.FILL)),
        Box(TableColumn("址", access=Access.FILL), wide=True),
        Box(TableColumn("日", Kind.DATE, Access.FILL, message="哪天"), date(2026, 11, 2)),
    )
    sheet = opened(write(book(WorkbookSheet("卡", (Card(boxes),)))))["卡"]
    assert [[sheet.cell(row, column).value for column in (1, 3)] for row in (1, 2, 3)] == [
        ["号*", "名"],
        ["址", None],
        ["日", None],
    ]
    assert sheet["B1"].value == "001"
    assert sheet["B1"].number_format == "@"
    assert [str(each) for each in sheet.merged_cells.ranges] == ["B2:D2"]
    assert sheet["B3"].number_format == "yyyy-mm-dd"


def test_a_workbook_carries_what_makes_it_known() -> None:
    again = opened(write(Book((one(NAME, rows=[["甲"]]),), {"kind": "worklist", "person": "K1"})))
    assert carries(again) == {"kind": "worklist", "person": "K1"}
    assert pages(again) == ["页"]


def test_a_comment_stands_at_its_cell() -> None:
    sheet = opened(write(book(one(NAME, DAY, rows=[["甲", None]], comments={(0, 1): "上次：2026-11-02"}))))["页"]
    assert cell(sheet, "日").comment.text == "上次：2026-11-02"


def test_libreoffice_opens_it(as_pdf: ToPdf) -> None:
    sheets = (
        one(NAME, CODE, DAY, rows=[["=1+1", "001", None], ["\x01", None, date(2026, 1, 1)]], comments={(0, 0): "注"}),
        WorkbookSheet(
            "统计", (Table("t", (NAME, COUNT), [["甲", 1]], chart=Chart("图")), TextLine("完", LineStyle.HINT))
        ),
    )
    assert as_pdf(write(book(*sheets))).startswith(b"%PDF")


def test_beside_a_wide_table_no_chart_has_room_it_stands_below_and_before_the_next_table() -> None:
    columns = (NAME, *(TableColumn(f"每户每月平均数{at}", Kind.INTEGER) for at in range(7)))
    tables = tuple(
        Table("t", columns, [["甲", *range(7)], ["乙", *range(7)]], heading=f"第{n}", chart=Chart("图")) for n in (1, 2)
    )
    sheet = opened(write(book(WorkbookSheet("页", tables))))["页"]
    first, second = (range_boundaries(table.ref) for table in sheet.tables.values())
    chart = sheet._charts[0].anchor
    assert chart._from.col == 0
    assert first[3] <= chart._from.row < chart.to.row < second[1] - 1


def test_a_page_of_counts_prints_each_table_whole_with_its_chart(print_all: PrintAll) -> None:
    columns = (NAME, *(TableColumn(f"每户每月平均数{at}", Kind.INTEGER) for at in range(7)))
    rows = [[f"第{row}行", *range(7)] for row in range(6)]
    wide = tuple(Table("t", columns, rows, heading=f"宽{n}", chart=Chart(f"图{n}")) for n in range(4))
    narrow = tuple(
        Table("t", columns[:3], [row[:3] for row in rows], heading=f"窄{n}", chart=Chart(f"图{n}")) for n in range(4)
    )

    paper = print_all({"counts": write(book(WorkbookSheet("宽", wide), WorkbookSheet("窄", narrow)))})["counts"]

    assert paper.least_letters() >= 7
    for text in paper.texts():
        seen = text.replace(" ", "")
        headings = [f"{kind}{n}" for kind in "宽窄" for n in range(4) if f"{kind}{n}" in seen]
        assert headings, "a page with a piece of a table or of a chart alone"
        assert all(seen.count(f"图{name[1]}") == 1 for name in headings)
        assert seen.count("第5行") >= len(headings)
