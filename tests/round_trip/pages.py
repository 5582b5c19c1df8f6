"""Layouts: where the labels and values of records may stand on a sheet, and what people write around them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any

import openpyxl
from hypothesis import assume
from hypothesis import strategies as st

from pipeline.domain.place import cell_name, pack
from schemas.language import Field, Form
from tests.round_trip.values import Drawn, Typed, written

Spot = tuple[int, int]
_UNKNOWN = ("门头照片", "经度", "楼层数量")
"""Labels that no form has."""


@dataclass
class Page:
    """A sheet: cells by row and column (from 0), and the records that stand on it."""

    form: Form
    cells: dict[Spot, Any] = field(default_factory=dict)
    merged: list[tuple[Spot, Spot]] = field(default_factory=list)
    truth: list[Mapping[str, Any]] = field(default_factory=list)
    spots: list[Mapping[str, str]] = field(default_factory=list)
    """By record and field: the cell, as Excel shows it."""
    notes: list[Mapping[str, str]] = field(default_factory=list)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Let hypothesis show a page as a table."""
        for row in self.rows():
            printer.text("\n" + " | ".join("" if cell is None else repr(cell) for cell in row))

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1

    def rows(self) -> list[list[Any]]:
        return [[self.cells.get((row, column)) for column in range(self.width)] for row in range(self.height)]

    def add(self, record: Drawn, spots: Mapping[str, Spot], notes: Mapping[str, str] | None = None) -> None:
        """Tell what is true: *record* stands in *spots*."""
        self.truth.append({code: typed.stored for code, typed in record.items()})
        self.spots.append({code: cell_name(pack(*spots[code])) for code in record if code in spots})
        self.notes.append(notes or {})

    def turned(self) -> Page:
        """Return the page with rows for columns."""
        turned = Page(self.form, {(column, row): cell for (row, column), cell in self.cells.items()})
        turned.truth, turned.notes = self.truth, self.notes
        turned.spots = [{code: _turned(name) for code, name in spots.items()} for spots in self.spots]
        return turned


def _turned(name: str) -> str:
    column, row = openpyxl.utils.cell.coordinate_from_string(name)
    return f"{openpyxl.utils.get_column_letter(row)}{openpyxl.utils.column_index_from_string(column)}"


# Files


def xlsx(pages: Mapping[str, Page]) -> bytes:
    """Return the workbook whose sheets are *pages*."""
    book = openpyxl.Workbook()
    del book[book.active.title]
    for title, page in pages.items():
        sheet = book.create_sheet(title)
        for (row, column), value in page.cells.items():
            if value is None:
                continue
            cell = sheet.cell(row + 1, column + 1, value)
            if isinstance(value, str):
                cell.data_type = "s"  # typed with an apostrophe in front, = is text
        for (top, left), (bottom, right) in page.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def as_csv(page: Page, encoding: str) -> bytes:
    """Return *page* as Excel saves it as text."""
    held = io.StringIO()
    csv.writer(held).writerows([[_text(cell) for cell in row] for row in page.rows()])
    return held.getvalue().encode(encoding)


def as_html(page: Page) -> bytes:
    """Return *page* as web systems export it under the name .xls."""
    rows = ("".join(f"<td>{escape(_text(cell))}</td>" for cell in row) for row in page.rows())
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{table}</table></body></html>'.encode()


def _text(cell: Any) -> str:
    if isinstance(cell, datetime) and (cell.hour or cell.minute):
        return f"{cell:%Y/%m/%d %H:%M}"
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell)


# Lists


@dataclass(frozen=True)
class _Column:
    """A column: one field, or both ends of a range."""

    label: str
    fields: tuple[Field, ...]


@st.composite
def lists(draw: st.DrawFn, form: Form, drawn: Sequence[Drawn], *, framed: bool = True, most_extra: int = 2) -> Page:
    """Return *drawn* as rows under a header in any order, with what people write above, between and below them."""
    page = Page(form)
    once = _once(draw, form, drawn) if framed else {}
    columns = draw(st.permutations(_columns(draw, form, drawn, set(once))))
    extra = draw(st.lists(st.sampled_from(_UNKNOWN), max_size=most_extra, unique=True))
    counted = draw(st.booleans()) if framed else False
    top = _write_above(draw, page, form) if framed else 0
    labels = ["序号"] * counted + [column.label for column in columns] + extra
    for at, label in enumerate(labels):
        page.cells[top, at] = label
    row = top + 1
    for number, record in enumerate(drawn, 1):
        row += framed and draw(_RARELY)
        if counted:
            page.cells[row, 0] = number
        spots: dict[str, Spot] = {}
        for at, column in enumerate(columns, counted):
            page.cells[row, at] = _cell(column, record)
            spots |= {each.code: (row, at) for each in column.fields}
        notes = {label: draw(st.sampled_from(("有", "无误", "3楼"))) for label in extra}
        for at, note in enumerate(notes.values(), counted + len(columns)):
            page.cells[row, at] = note
        page.add({**record, **once}, spots, notes)
        row += 1
    if framed:
        _write_below(draw, page, row, form, once, len(drawn))
    return page


def _reads_like_labels(form: Form, drawn: Sequence[Drawn]) -> bool:
    """Tell whether a value is a label as well: where labels stand in a column nobody could tell."""
    names = {name.casefold() for each in form for name in (each.label.zh, each.label.en, *each.aliases)}
    return any(str(typed.written).strip().casefold() in names for record in drawn for typed in record.values())


_RARELY = st.sampled_from((False, False, False, True))


def _columns(draw: st.DrawFn, form: Form, drawn: Sequence[Drawn], away: set[str]) -> list[_Column]:
    columns = []
    ranges: dict[tuple[str, ...], list[Field]] = {}
    for each in form:
        if each.span and all(_whole(form, each, record) for record in drawn):
            ranges.setdefault(each.span.labels, []).append(each)
    joined = [tuple(fields) for fields in ranges.values() if len(fields) == 2 and draw(st.booleans())]
    inside = {each.code for fields in joined for each in fields}
    columns += [_Column(draw(st.sampled_from(fields[0].span.labels)), fields) for fields in joined if fields[0].span]
    for each in form:
        if each.code in away | inside:
            continue
        if each.required or any(each.code in record for record in drawn) or draw(st.booleans()):
            columns.append(_Column(draw(_label(each)), (each,)))
    return columns


def _whole(form: Form, end: Field, record: Drawn) -> bool:
    """Tell whether *record* holds both ends of the range."""
    return all(
        other.code in record for other in form if other.span and end.span and other.span.labels == end.span.labels
    )


def _label(each: Field) -> st.SearchStrategy[str]:
    names = (each.label.zh, each.label.en, *each.aliases)
    spaced = ("　".join(each.label.zh), f"{each.label.zh}*", f"{each.label.zh}（必填）", f"* {each.label.zh}")
    return st.sampled_from((*names, *spaced))


def _cell(column: _Column, record: Drawn) -> Any:
    if len(column.fields) == 1:
        typed = record.get(column.fields[0].code)
        return typed.written if typed else None
    first, last = sorted(column.fields, key=lambda each: each.span.end if each.span else 0)
    return f"{record[first.code].stored}至{record[last.code].stored}"


def _once(draw: st.DrawFn, form: Form, drawn: Sequence[Drawn]) -> dict[str, Typed]:
    """Return what stands once for the whole sheet instead of in a column: the first record's."""
    found = {}
    for each in form:
        if each.once and each.code in drawn[0] and draw(st.booleans()):
            stored = drawn[0][each.code].stored
            found[each.code] = Typed(stored, draw(written(each, stored, "zh")))
    return found


def _write_above(draw: st.DrawFn, page: Page, form: Form) -> int:
    titles = (form.title.zh, *form.titles, f"武强县{form.title.zh}（2026年11月）")
    lines = [(draw(st.sampled_from(titles)),), ("填报单位：武强镇烟草站",), (), ("2026年11月4日",)]
    row = 0
    for line in lines:
        if draw(st.booleans()):
            for at, text in enumerate(line):
                page.cells[row, at] = text
            row += 1
    if row and (0, 0) in page.cells and draw(st.booleans()):
        page.merged.append(((0, 0), (0, 5)))
    return row


def _write_below(draw: st.DrawFn, page: Page, row: int, form: Form, once: Mapping[str, Typed], count: int) -> None:
    if draw(st.booleans()):
        page.cells[row, 0], page.cells[row, 1] = "合计", count
        row += 1
    row += draw(st.integers(0, 2))
    at = 0
    for code, typed in once.items():
        each = form.field(code)
        if draw(st.booleans()):
            page.cells[row, at] = f"{each.label.zh}：{_text(typed.written)}"
        else:
            page.cells[row, at] = f"{each.label.zh}："
            page.cells[row, at + 1] = typed.written
        at += 3
    if draw(st.booleans()):
        page.cells[row, at] = "审核："


def beside(left: Page, right: Page) -> Page:
    """Return a page that holds *left*, a blank column, and *right*."""
    return _joined(left, right, 0, left.width + 1)


def below(upper: Page, lower: Page) -> Page:
    """Return a page that holds *upper*, a blank row, and *lower*."""
    return _joined(upper, lower, upper.height + 1, 0)


def _joined(one: Page, other: Page, down: int, along: int) -> Page:
    moved = {(row + down, column + along): cell for (row, column), cell in other.cells.items()}
    page = Page(one.form, one.cells | moved, one.merged)
    page.merged = one.merged + [
        ((top + down, left + along), (bottom + down, right + along)) for (top, left), (bottom, right) in other.merged
    ]
    page.truth, page.notes = one.truth + other.truth, one.notes + other.notes
    page.spots = one.spots + [
        {code: _moved(name, down, along) for code, name in spots.items()} for spots in other.spots
    ]
    return page


def _moved(name: str, down: int, along: int) -> str:
    letters, row = openpyxl.utils.cell.coordinate_from_string(name)
    return cell_name(pack(row - 1 + down, openpyxl.utils.column_index_from_string(letters) - 1 + along))


@st.composite
def turned_lists(draw: st.DrawFn, form: Form, drawn: Sequence[Drawn]) -> Page:
    """Return *drawn*, two of them at least (of one only, it is a card), as columns beside their labels."""
    assume(len(drawn) > 1 and not _reads_like_labels(form, drawn))
    return draw(lists(form, drawn, framed=False)).turned()


# Cards


@st.composite
def cards(draw: st.DrawFn, form: Form, drawn: Sequence[Drawn]) -> Page:
    """Return *drawn* as cards below each other: values right of their labels, or below them, one to three a row."""
    assume(not _reads_like_labels(form, drawn))
    page = Page(form)
    fields = draw(st.permutations(form.fields))
    labels = {each.code: draw(_label(each)) for each in fields}
    across = draw(st.integers(1, 3))
    under, merge = draw(st.booleans()), draw(st.booleans())
    step = 2 if under else 1
    row = 0
    for record in drawn:
        page.cells[row, 0] = form.title.zh
        row += 1
        spots: dict[str, Spot] = {}
        for at, each in enumerate(fields):
            down, along = divmod(at, across)
            label = (row + down * step, along if under else along * (3 if merge else 2))
            spot = (label[0] + 1, label[1]) if under else (label[0], label[1] + 1)
            page.cells[label] = labels[each.code]
            typed = record.get(each.code)
            page.cells[spot] = typed.written if typed else None
            if merge and not under:
                page.merged.append((spot, (spot[0], spot[1] + 1)))
            spots[each.code] = spot
        page.add(record, spots)
        row = page.height + 1
    return page
