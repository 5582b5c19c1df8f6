"""Pages that are made of one alike are cell by cell, and look by look, as the library would have written each."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import hypothesis.strategies as st
from hypothesis import given, settings

from pipeline.render.xlsx import write_workbook
from pipeline.render.xlsx.workbook import Access, Book, Box, Card, Cell, LineStyle, TableColumn, TextLine, WorkbookSheet
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Kind
from tests.render.opened import opened
from tests.render.xlsx.test_splice_rows import AWKWARD, everything

NAME = TableColumn("名称", access=Access.CORRECT, message="文字")
DAY = TableColumn("日期", Kind.DATE, Access.FILL)
COUNT = TableColumn("数量", Kind.NUMBER, Access.FILL, options=("一", "二"))

values = st.one_of(
    st.none(),
    st.sampled_from(AWKWARD),
    st.text(max_size=60),
    st.integers(-1000, 50_000),
    st.sampled_from([10**15, -(10**16)]),
    st.floats(allow_nan=False),
    st.dates(date(1899, 1, 1)),
)


layouts = st.shared(st.lists(st.booleans(), min_size=6, max_size=6), key="layout")
"""The same on all pages of a book, so that many of them are alike."""


@st.composite
def pages(draw: st.DrawFn) -> WorkbookSheet:
    layout = iter(draw(layouts))

    def box(column: TableColumn) -> Box:
        wrong = draw(st.sampled_from(["", "", "", "", "", "不对"]))
        return Box(column, draw(values), next(layout), next(layout), wrong)

    return WorkbookSheet(
        draw(st.text("武强店ab", min_size=1, max_size=5)),
        (
            TextLine(draw(st.sampled_from(["怎么填", "怎么填" * 40])), LineStyle.HINT),
            Card((box(NAME), box(DAY))),
            TextLine("填写"),
            Card((box(COUNT),)),
        ),
        heading="走访单",
        subheading=draw(st.sampled_from(["", "今天", "=今天", "张三"])),
        profile=True,
        one_page=True,
    )


def plainly(book: Book) -> bytes:
    with patch.object(write_workbook, "likeness", lambda sheet: None):
        return write(book)


def must_be_alike(book: Book) -> bytes:
    fast, plain = write(book), plainly(book)
    ours, theirs = opened(fast), opened(plain)
    assert ours.sheetnames == theirs.sheetnames
    for one, other in zip(ours, theirs, strict=True):
        told, expected = everything(one), everything(other)
        for what in expected:
            assert told[what] == expected[what], what
        assert str(one.merged_cells) == str(other.merged_cells)
        assert [repr(each) for each in one.data_validations.dataValidation] == [
            repr(each) for each in other.data_validations.dataValidation
        ]
        assert one.sheet_view.tabSelected == other.sheet_view.tabSelected
    return fast


@settings(max_examples=40, deadline=None)
@given(st.lists(pages(), min_size=2, max_size=6))
def test_pages_of_any_kind_are_as_the_library_writes_them(sheets: list[WorkbookSheet]) -> None:
    must_be_alike(Book(tuple(sheets), {}))


def test_a_page_made_of_the_first_holds_its_own_values_and_only_one_is_open() -> None:
    def page(name: Cell, day: date) -> WorkbookSheet:
        card = Card((Box(NAME, name), Box(DAY, day), Box(COUNT, None, high=True)))
        return WorkbookSheet(str(name), (card,), heading="走访单", subheading=f"{name}的")

    fast = must_be_alike(Book((page("甲店", date(2026, 1, 2)), page("乙店", date(2026, 3, 4))), {}))
    held = opened(fast)["乙店"]
    assert [held["A2"].value, held["B3"].value, held["D3"].value.date()] == ["乙店的", "乙店", date(2026, 3, 4)]
    with zipfile.ZipFile(io.BytesIO(fast)) as package:
        assert [b"tabSelected" in package.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2)] == [
            True,
            False,
        ]


def test_a_page_on_which_something_is_wrong_is_written_by_itself() -> None:
    right = WorkbookSheet("甲", (Card((Box(NAME, "甲店"),)),))
    wrong = replace(right, title="乙", parts=(Card((Box(NAME, "乙店", wrong="没有这家店"),)),))
    held = opened(must_be_alike(Book((right, wrong), {})))
    comment = held["乙"]["B1"].comment
    assert comment is not None
    assert "没有这家店" in comment.text
    assert held["甲"]["B1"].comment is None
