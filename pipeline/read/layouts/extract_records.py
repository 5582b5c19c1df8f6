"""From the rows under a header to the columns of an ``Extract``."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.domain.place import cell_name, unpack
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.classify_rows import EXAMPLE, NOTE, STRUCK, only_broken, why_ignored
from pipeline.read.layouts.example_rows import holds_data
from pipeline.read.layouts.report_labels import report_unparted
from pipeline.read.layouts.sheet import SheetReading, or_none
from pipeline.read.layouts.unused_rows import without_unused
from pipeline.read.recognise.headers import Head
from pipeline.read.recognise.labels import Codes
from pipeline.read.recognise.locate_fields import Columns, is_counter
from pipeline.read.recognise.ticks import answers_ticked
from pipeline.read.recognise.two_things import parted
from schemas.language import Form, Layout


@dataclass(frozen=True, slots=True)
class Region:
    """Where the rows of one table stand in a grid, all inclusive."""

    top: int
    bottom: int
    first: int
    last: int


def record_rows(
    sheet: SheetReading,
    region: Region,
    columns: Columns,
    form: Form,
    titles: Collection[str],
    left_out: Collection[int] = (),
) -> list[int]:
    """Return which rows of *region* are records of *form*; the others are ignored with a reason, blank ones silently.

    *titles* are the normalised texts above the table, which printing may repeat; of *left_out* it was told already.
    """
    rows: list[int] = []
    first, last = region.first, region.last + 1
    mapped = sorted({head.column - first for head in columns.fields.values()})
    struck = sheet.grid.struck
    key_head = columns.fields.get(form.key.code)
    key_at = key_head.column - first if key_head else -1
    for number in range(region.top, region.bottom + 1):
        if number in left_out:
            continue
        row = sheet.grid.rows[number][first:last]
        if struck and _is_struck(sheet, number, first, row):
            sheet.ignore(number, STRUCK)
            continue
        key = row[key_at] if key_at >= 0 else ""
        lead = row[0]
        # Most rows begin with a counter or the key itself: nothing else need be asked of them.
        plain = key.__class__ is str and len(key) > 3 and key.isascii() and key[:3].isdigit()
        if plain and (lead.__class__ is not str or lead is key) and key != form.key.example:
            rows.append(number)
            continue
        if all(map(is_blank, row)):
            continue
        if sheet.worklist:  # our own table: nothing in it but rows
            if not all(is_blank(row[column]) for column in mapped):
                rows.append(number)
            continue
        reason = why_ignored(row, key, titles, form, sheet.labels.forms)
        if not reason and is_blank(key) and only_broken([row[column] for column in mapped]):
            if not any(value.__class__ is str and not is_blank(value) for value in row):
                continue  # prepared, numbered, never filled
            reason = NOTE
        if reason == EXAMPLE and holds_data(sheet, sheet.grid.rows[number], number, columns, form, titles):
            reason = ""
        if reason:
            sheet.ignore(number, reason)
        else:
            rows.append(number)
    return rows if sheet.worklist else without_unused(sheet, rows, (region.first, region.last), columns, form)


def take_rows(
    sheet: SheetReading,
    form: Form,
    columns: Columns,
    rows: Sequence[int],
    region: Region,
    once: Mapping[str, tuple[Raw, int]],
    layout: Layout = Layout.LIST,
) -> Extract:
    """Add and return the extract of *rows* (numbers in the grid)."""
    grid = sheet.grid
    extract = sheet.extract(form, layout, [grid.cell(row, region.first) for row in rows])
    extract.doubtful = frozenset(columns.doubtful - columns.fields.keys())
    picked = [grid.rows[row] for row in rows]
    merged = _merged_down(grid, region)
    addresses: dict[int, list[int]] = {}
    columns_read: dict[int, list[Raw]] = {}
    for code, head in columns.fields.items():
        column = head.column
        if column not in columns_read:
            columns_read[column], addresses[column] = _column(grid, picked, rows, column, merged)
        extract.values[code] = columns_read[column]
        extract.cells[code] = addresses[column]
    for head, codes in columns.two_things:
        _part(extract, sheet, form, head, codes)
    for code, heads in columns.ticked.items():
        read = [_column(grid, picked, rows, head.column, merged) for head in heads]
        extract.values[code], extract.cells[code] = answers_ticked([head.answer for head in heads], read)
    for code, (value, cell) in once.items():
        if code not in extract.values:
            extract.values[code] = [value] * len(rows)
            extract.cells[code] = [cell] * len(rows)
    if not sheet.worklist:
        for label, column in _note_columns(columns, region, grid):
            values = _column(grid, picked, rows, column, merged)[0]
            if not is_blank_column(values) and not (label.isascii() and _counts(values)):
                extract.notes[label] = values
    return extract


def _part(extract: Extract, sheet: SheetReading, form: Form, head: Head, codes: Codes) -> None:
    """Give each of the two fields *codes* its part of what stands in one column; told where that can't be done."""
    first, second = (form.field(code) for code in codes)
    values = extract.values[first.code]
    both = parted([value or "" for value in values], (first, second))
    if both is None:
        for each in (first, second):
            del extract.values[each.code], extract.cells[each.code]
        extract.doubtful |= {first.code, second.code}
        extract.notes[head.text] = values
        report_unparted(sheet, form, head, (first, second), values)
        return
    extract.values[first.code] = [or_none(one) for one, _ in both]
    extract.values[second.code] = [or_none(other) for _, other in both]


def _is_struck(sheet: SheetReading, number: int, first: int, row: Sequence[Raw]) -> bool:
    """Tell whether all that stands in *row*, from column *first*, is struck through, but for the number of the row.

    A cell struck through beside others that are not is told: whether its value holds, only its author knows.
    """
    grid = sheet.grid
    filled = [column for column, value in enumerate(row, first) if not is_blank(value)]
    struck = [column for column in filled if grid.cell(number, column) in grid.struck]
    if not struck:
        return False
    if len(struck) == len(filled) or (len(filled) > 2 and struck == filled[1:]):
        return True
    sheet.find("cell.struck", grid.cell(number, struck[0]), value=as_text(grid.at(number, struck[0])))
    return False


def is_blank_column(values: Sequence[Raw]) -> bool:
    """Tell whether nothing stands in *values*."""
    return all(value is None for value in values)


def _column(
    grid: Grid, picked: Sequence[list[Raw]], rows: Sequence[int], column: int, merged: Mapping[int, Mapping[int, int]]
) -> tuple[list[Raw], list[int]]:
    values = [or_none(row[column]) for row in picked]
    base = grid.cell(0, column)
    step = grid.cell(1, column) - base
    cells = [base + row * step for row in rows]
    for position, row in enumerate(rows):
        origin = merged[column].get(row) if column in merged else None
        if origin is not None:
            values[position] = or_none(grid.at(origin, column))
            cells[position] = grid.cell(origin, column)
    return values, cells


def _merged_down(grid: Grid, region: Region) -> dict[int, dict[int, int]]:
    """Return by column and row the row in which the value of a cell merged over several rows stands."""
    merged: dict[int, dict[int, int]] = {}
    if not grid.merges:
        return merged
    for (row, column), (last_row, _) in grid.spans().items():
        if last_row > row >= region.top and region.first <= column <= region.last:
            own = merged.setdefault(column, {})
            for below in range(row + 1, min(last_row, region.bottom) + 1):
                own[below] = row
    return merged


def _note_columns(columns: Columns, region: Region, grid: Grid) -> list[tuple[str, int]]:
    """Return label and column of what no field holds; a column without a label goes by its letters."""
    ticked = [head for heads in columns.ticked.values() for head in heads]
    named = {head.column for head in (*columns.fields.values(), *columns.unknown, *ticked)}
    doubtful = [each[0] for each in columns.ambiguous]
    doubtful += [head for one, other, _ in columns.twice for head in (one, other)]
    named |= {head.column for head in doubtful}
    notes = {head.column: head.text for head in (*columns.unknown, *doubtful) if not is_counter(head.text)}
    for column in range(region.first, region.last + 1):
        if column not in named:
            notes[column] = _column_letters(grid, region, column)
    taken: set[str] = set()
    unique: list[tuple[str, int]] = []
    for column, label in sorted(notes.items()):
        name = label if label not in taken else f"{label} {_column_letters(grid, region, column)}"
        taken.add(name)
        unique.append((name, column))
    return unique


def _column_letters(grid: Grid, region: Region, column: int) -> str:
    cell = grid.cell(region.top, column)
    return str(unpack(cell)[0] + 1) if grid.turned else cell_name(cell).rstrip("0123456789")


def _counts(values: Sequence[Raw]) -> bool:
    """Tell whether *values* only number the rows."""
    numbers = [value for value in values if isinstance(value, int | float)]
    filled = sum(value is not None for value in values)
    return len(numbers) == filled and all(later == earlier + 1 for earlier, later in itertools.pairwise(numbers))
