from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from unittest.mock import patch

import hypothesis.strategies as st
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from pipeline.render.xlsx import write_sheet
from pipeline.render.xlsx.workbook import Access, Book, Cell, Chart, Mark, Table, TableColumn, TextLine, WorkbookSheet
from pipeline.render.xlsx.write_workbook import SPLICED_ABOVE, write
from schemas.language import Kind
from tests.render.opened import opened, shown

ToPdf = Callable[[bytes], bytes]

NEVER = 10**9
AWKWARD = [
    "",
    " ",
    "=1+1",
    "+86139",
    "-5",
    "@x",
    "\t=1",
    "\r\n",
    "a\nb",
    " both ",
    "<r>&</r>",
    "_x0041_",
    "\x1f",
    "\x01",
    "字" * 50,
]
texts = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=8), st.text("武强镇abc12&<>\"'_x ", max_size=12))
cells = st.one_of(
    st.none(),
    texts,
    st.integers(0, 50_000),
    st.sampled_from([10**17, -(10**15), float("nan"), float("inf"), 0.1, 1 / 3, 12.5]),
    st.booleans(),
    st.dates(date(1890, 1, 1), date(2100, 1, 1)),
)
columns = st.builds(
    TableColumn,
    st.sampled_from(["名", "号", "日", "数"]),
    st.sampled_from(list(Kind)),
    st.sampled_from(list(Access)),
    marked=st.booleans(),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    specs = draw(st.lists(columns, min_size=1, max_size=4))
    kinds = [draw(st.sampled_from([cells, texts, st.sampled_from(["甲", "乙"]), st.none()])) for _ in specs]
    rows = draw(st.lists(st.tuples(*kinds), min_size=9, max_size=20))
    marks = draw(st.dictionaries(st.integers(0, len(rows) - 1), st.sampled_from(list(Mark)), max_size=3))
    return Table("t", tuple(specs), rows, marks=marks)


def everything(sheet: Worksheet) -> dict[str, object]:
    """All that a reader could see of a sheet: values, looks, sizes, ranges."""
    looks: dict[int, str] = {}
    for row in sheet.iter_rows():
        for each in row:
            if each.style_id not in looks:
                parts = (each.font, each.fill, each.border, each.alignment, each.protection)
                looks[each.style_id] = repr((each.number_format, each.quotePrefix, *parts))
    return {
        "cells": {
            each.coordinate: (read_back(each.value), each.data_type, looks[each.style_id])
            for row in sheet.iter_rows()
            for each in row
        },
        "heights": {number: size.height for number, size in sheet.row_dimensions.items()},
        "widths": {letter: size.width for letter, size in sheet.column_dimensions.items()},
        "tables": [(table.ref, table.autoFilter.ref) for table in sheet.tables.values()],
        "size": sheet.dimensions,
        "frozen": sheet.freeze_panes,
    }


@settings(max_examples=60, deadline=None)
@given(tables())
def test_rows_put_in_are_as_those_written_the_plain_way(table: Table) -> None:
    book = Book((WorkbookSheet("页", (TextLine("=1"), table), heading="题"),), {})
    with patch.object(write_sheet, "WRAPPED_UP_TO", 0):  # text never wraps in the long tables that are meant
        fast = write(book, spliced_above=len(table.rows) - 1)
        plain = write(book, spliced_above=NEVER)
    assert fast != plain
    ours, theirs = everything(opened(fast)["页"]), everything(opened(plain)["页"])
    for what, expected in theirs.items():
        assert ours[what] == expected, what
    assert as_read(fast) == as_read(plain)


def read_back(value: object) -> object:
    """openpyxl takes Excel's escape back in shared strings only; calamine, asked below, does so everywhere."""
    return value.replace("x005F_", "") if isinstance(value, str) else value


def as_read(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("页").to_python()


def big(rows: int = SPLICED_ABOVE + 1) -> Table:
    start = date(2026, 1, 1)
    specs = (
        TableColumn("号", Kind.CODE),
        TableColumn("名"),
        TableColumn("期", Kind.DATE, marked=True),
        TableColumn("数", Kind.INTEGER),
        TableColumn("空"),
    )
    body: list[list[Cell]] = [
        [f"{row:05d}", f"店{row}", start + timedelta(row % 300), row, None] for row in range(rows)
    ]
    return Table("t", specs, body, marks={3: Mark.LATE}, comments={(rows - 1, 1): "最后"}, freeze=1)


def test_a_long_table_is_whole_and_what_stands_around_it_stays() -> None:
    small = Table("s", (TableColumn("类"), TableColumn("数", Kind.INTEGER)), [["甲", 1]], chart=Chart("图"))
    content = write(
        Book(
            (WorkbookSheet("前", (small,)), WorkbookSheet("页", (big(), small)), WorkbookSheet("后", (big(600),))),
            {"kind": "report"},
        )
    )
    book = opened(content)
    rows = shown(book["页"])
    assert len(rows) == SPLICED_ABOVE + 2
    assert rows[1] == "00000 | 店0 | 2026-01-01 | 0"
    assert rows[-1] == "00500 | 店500 | 2026-07-20 | 500"
    assert shown(book["页"], table=1) == ["类 | 数", "甲 | 1"]
    assert len(shown(book["后"])) == 601
    assert len(book["页"]._charts) == 1
    last = book["页"].cell(SPLICED_ABOVE + 2, 2)
    assert last.comment
    assert last.comment.text == "最后"
    assert content == write(
        Book(
            (WorkbookSheet("前", (small,)), WorkbookSheet("页", (big(), small)), WorkbookSheet("后", (big(600),))),
            {"kind": "report"},
        )
    )


def test_libreoffice_opens_it(as_pdf: ToPdf) -> None:
    assert as_pdf(write(Book((WorkbookSheet("页", (big(),)),), {}))).startswith(b"%PDF")
