"""A workbook as text: every sheet, hidden ones too, with its cells and all that a person sees or meets on it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .cells import hangs_on, look, shown
from .drawings import drawings
from .flat import flat

PROPERTIES = ("title", "subject", "creator", "lastModifiedBy", "description", "keywords", "category")


def workbook(content: bytes) -> str:
    """Return the text of the workbook that *content* is; times at which it was made are left out."""
    with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as parts:
        warnings.simplefilter("ignore")  # of what openpyxl would not write again
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
        counted = None
        if any(cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values()):
            counted = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        lines = [*_book(book)]
        drawn = drawings(parts)
        for sheet in book.worksheets:
            lines += ["", f"## sheet {sheet.title!r} {sheet.sheet_state}", *_sheet(sheet)]
            lines += drawn.get(sheet.title, [])
            lines += _cells(sheet, counted[sheet.title] if counted else None)
        lines += [
            line for sheet in book.chartsheets for line in ("", f"## chart sheet {sheet.title!r}", *drawn[sheet.title])
        ]
    return "\n".join([*lines, ""])


def _book(book: Workbook) -> Iterator[str]:
    yield f"sheets {', '.join(f'{sheet.title} ({sheet.sheet_state})' for sheet in book._sheets)}"
    yield f"opens at {book.active.title if book.active else None}"
    for name in PROPERTIES:
        if value := getattr(book.properties, name):
            yield f"property {name} {shown(value)}"
    if book.security is not None:
        yield from flat(book.security.to_tree(), 0)
    yield from _defined(book.defined_names)


def _defined(names: Any) -> Iterator[str]:
    for name, defined in sorted(names.items()):
        yield f"name {name} = {defined.value}{' hidden' if defined.hidden else ''}"


def _sheet(sheet: Worksheet) -> Iterator[str]:
    yield f"size {sheet.dimensions}; frozen at {sheet.freeze_panes}; merged {sorted(map(str, sheet.merged_cells.ranges))}"
    yield f"print titles {sheet.print_title_rows} {sheet.print_title_cols}; print area {sheet.print_area or None}"
    yield f"page breaks above rows {[mark.id for mark in sheet.row_breaks.brk]}, columns {[mark.id for mark in sheet.col_breaks.brk]}"
    yield from _defined(sheet.defined_names)
    for part in (
        sheet.sheet_properties, sheet.views, sheet.sheet_format, sheet.page_setup, sheet.page_margins,
        sheet.print_options, sheet.HeaderFooter, sheet.auto_filter,
    ):  # fmt: skip
        if (tree := part.to_tree()) is not None and (len(tree) or tree.attrib):
            yield from flat(tree, 0)
    if sheet.protection.sheet:
        yield from flat(sheet.protection.to_tree(), 0, leave=("hashValue", "saltValue"))
    yield from _columns(sheet)
    for table in sorted(sheet.tables.values(), key=lambda table: table.ref):
        yield from flat(table.to_tree(), 0)
    rules = [list(flat(rule.to_tree(), 0, leave=("count",))) for rule in sheet.data_validations.dataValidation]
    yield from (line for rule in sorted(rules) for line in rule)
    for formatting in sorted(sheet.conditional_formatting, key=lambda formatting: str(formatting.sqref)):
        for rule in formatting.rules:
            yield f"conditional {formatting.sqref}"
            yield from flat(rule.to_tree("cfRule"))
            if rule.dxf is not None:
                yield from flat(rule.dxf.to_tree("dxf"), 2)


def _columns(sheet: Worksheet) -> Iterator[str]:
    for _, column in sorted(sheet.column_dimensions.items(), key=lambda item: item[1].min or 0):
        yield f"columns {column.min}-{column.max}: width {column.width:g}{_outline(column)}{_dress(column)}"


def _outline(dimension: Any) -> str:
    said = [name for name in ("hidden", "collapsed") if getattr(dimension, name)]
    if dimension.outlineLevel:
        said.append(f"group {dimension.outlineLevel}")
    return "".join(f" {word}" for word in said)


def _dress(dimension: Any) -> str:
    return f"; {look(dimension)}" if dimension.has_style else ""


def _cells(sheet: Worksheet, counted: Worksheet | None) -> Iterator[str]:
    looks = _looks()
    for number, cells in _rows(sheet).items():
        row = sheet.row_dimensions[number]
        height = f"height {row.height:g}" if row.height else "height by default"
        yield f"row {number}: {height}{_outline(row)}{_dress(row)}"
        for cell in cells:
            words = [shown(cell.value)] if cell.value is not None else []
            if counted is not None and cell.data_type == "f":
                words = [f"formula {words[0]} = {shown(counted[cell.coordinate].value)}"]
            yield f"{cell.coordinate}: {' | '.join(filter(None, [*words, looks(cell), *hangs_on(cell)]))}"


def _rows(sheet: Worksheet) -> dict[int, list[Any]]:
    """Return the cells that stand in the file by their rows; asking openpyxl for whole rows would make those between."""
    rows: dict[int, list[Any]] = {
        number: [] for number in sorted({*sheet.row_dimensions, *(at[0] for at in sheet._cells)})
    }
    for at in sorted(sheet._cells):
        rows[at[0]].append(sheet._cells[at])
    return rows


def _looks() -> Callable[[Any], str]:
    """Return what says the look of a cell; each style of the workbook is put into words once."""
    known: dict[int, str] = {}

    def of(cell: Any) -> str:
        style = cell.style_id
        if style not in known:
            known[style] = look(cell)
        return known[style]

    return of
