"""Rows that were numbered and prefilled for records that never came."""

from __future__ import annotations

from collections import Counter

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import is_blank
from pipeline.read.layouts.classify_rows import UNUSED
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.locate_fields import Columns
from schemas.language import FieldRole, Form

_LEAST = 2
"""Equal rows, from which on their values are prefilled and no record's."""


def without_unused(
    sheet: SheetReading, rows: list[int], edges: tuple[int, int], columns: Columns, form: Form
) -> list[int]:
    """Return *rows* without those in which nothing stands but what all unused rows hold alike; these are ignored.

    A row that names its record, or in which more than half of what is required stands, is one, whatever it repeats.
    *edges* are the table's first and last column.
    """
    named = [
        columns.fields[each.code].column
        for each in form.fields
        if _names(each.code, form) and each.code in columns.fields
    ]
    required = {
        columns.fields[each.code].column for each in form.fields if each.required and each.code in columns.fields
    }
    if not named or len(rows) < _LEAST:
        return rows
    grid = sheet.grid.rows
    open_rows = [row for row in rows if all(is_blank(grid[row][column]) for column in named)]
    if len(open_rows) < _LEAST:
        return rows
    ticked = [head.column for heads in columns.ticked.values() for head in heads]
    mapped = sorted({*(head.column for head in columns.fields.values()), *ticked})
    held = {row: _held(grid[row], mapped) for row in open_rows if _lacks(grid[row], required)}
    counts = Counter(held.values())
    unused = {
        row for row, values in held.items() if counts[values] >= _LEAST and _holds_no_more(grid[row], mapped, edges)
    }
    for row in sorted(unused):
        sheet.ignore(row, UNUSED)
    return [row for row in rows if row not in unused]


def _names(code: str, form: Form) -> bool:
    field = form.field(code)
    return field.key or field.means is FieldRole.TITLE


def _lacks(row: list[Raw], required: set[int]) -> bool:
    return sum(not is_blank(row[column]) for column in required) * 2 <= len(required)


def _held(row: list[Raw], mapped: list[int]) -> tuple[Raw, ...]:
    return tuple("" if is_blank(row[column]) else row[column] for column in mapped)


def _holds_no_more(row: list[Raw], mapped: list[int], edges: tuple[int, int]) -> bool:
    """Tell whether outside of the form's own columns nothing stands but one number: the row's."""
    others = [
        row[column] for column in range(edges[0], edges[1] + 1) if column not in mapped and not is_blank(row[column])
    ]
    return len(others) <= 1 and all(str(value).strip().removesuffix(".0").isdecimal() for value in others)
