"""Workbooks opened again, as small text tables."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.domain import embedded_metadata


def opened(content: bytes | None) -> Workbook:
    assert content is not None
    return openpyxl.load_workbook(io.BytesIO(content))


def pages(book: Workbook) -> list[str]:
    """Titles of the sheets that a reader sees."""
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def shown(sheet: Worksheet, columns: Iterable[str] | None = None, table: int = 0) -> list[str]:
    """Rows of a native table of *sheet*, header first, cells joined by ``|``; only *columns* when given."""
    rows = list(sheet[list(sheet.tables.values())[table].ref])
    labels = [text(cell.value) for cell in rows[0]]
    wanted = range(len(labels)) if columns is None else [labels.index(label) for label in columns]
    return [" | ".join(text(row[at].value) for at in wanted).rstrip(" |") for row in rows]


def cell(sheet: Worksheet, label: str, row: int = 1) -> Cell:
    """The cell of the first table under *label*; rows count from 1 below the header, 0 is the header."""
    rows = list(sheet[next(iter(sheet.tables.values())).ref])
    labels = [text(each.value) for each in rows[0]]
    found = rows[row][labels.index(label)]
    assert isinstance(found, Cell)
    return found


def carries(book: Workbook) -> dict[str, str]:
    sheet = book[embedded_metadata.SHEET]
    assert sheet.sheet_state == "veryHidden"
    return {text(key): text(value) for key, value in sheet.iter_rows(values_only=True)}


def dropdown(sheet: Worksheet, at: Cell) -> str | None:
    """The source of the dropdown at a cell, None when it has none."""
    for each in sheet.data_validations.dataValidation:
        if at.coordinate in each.sqref and each.type == "list":
            return each.formula1
    return None


def message(sheet: Worksheet, at: Cell) -> str | None:
    for each in sheet.data_validations.dataValidation:
        if at.coordinate in each.sqref:
            return each.prompt
    return None
