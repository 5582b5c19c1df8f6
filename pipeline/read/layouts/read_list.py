"""Lists: tables under header rows, below each other or side by side."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.classify_rows import HEADER, reason_above, reason_of_row
from pipeline.read.layouts.extract_records import Region, record_rows, take_rows
from pipeline.read.layouts.once_values import once_values
from pipeline.read.layouts.report_labels import report_choice, report_columns
from pipeline.read.layouts.report_lines import even_rows, report_torn
from pipeline.read.layouts.sheet import SheetReading, entitle
from pipeline.read.layouts.units import apply_units, labels_of_columns
from pipeline.read.recognise.headers import Header, header_at, split, with_groups
from pipeline.read.recognise.labels import Labels, inline, normalise
from pipeline.read.recognise.locate_fields import Columns, assign_columns, is_counter
from pipeline.read.recognise.recognise_form import Meaning, choose
from pipeline.read.recognise.shapes import SAMPLED
from schemas.language import Layout

_LOOK_FOR_HEADER = 200_000  # cells without any header: further down there is none either


@dataclass(frozen=True, slots=True)
class Around:
    """Rows of a grid in which titles and values for the whole sheet stand."""

    grid: Grid
    rows: Sequence[int]


@dataclass(slots=True)
class _ListTable:
    """One table while its rows are gathered; printing may repeat its header."""

    number: int
    header: Header
    columns: Columns
    region: Region
    titles: Sequence[str]
    """What stands above it, the sheet's and the file's own names among them."""
    rows: list[int] = field(default_factory=list)


def find_headers(grid: Grid, labels: Labels) -> list[Header]:
    """Return every header row of a sheet of lists, none when the sheet holds no list."""
    headers: list[Header] = []
    known: list[list[Raw]] = []
    row = looked_at = 0
    while row < grid.height:
        if not headers and looked_at > _LOOK_FOR_HEADER:
            break
        looked_at += grid.width
        cells = grid.rows[row]
        may_be = not headers or cells in known or _may_be_header(cells, labels)
        header = header_at(grid, row, labels) if may_be else None
        if header:
            above = header_at(grid, row - 1, labels, alone=True) if row else None
            if above and above.bottom == row:  # its labels have gaps, for they stand over groups
                header, cells = above, grid.rows[row - 1]
            headers.append(with_groups(grid, header, labels))
            known.append(cells)
            row = header.bottom
        row += 1
    return headers


def _may_be_header(row: Sequence[Raw], labels: Labels) -> bool:
    """Tell whether nothing but text without leading digits stands in *row*, a label among it: most rows hold more."""
    texts = []
    for value in row:
        if value == "":
            continue
        if value.__class__ is not str or value[0].isdigit():
            return False
        texts.append(value)
    return any(map(labels.lookup, texts))


def read_list(sheet: SheetReading, headers: Sequence[Header], around: Around | None = None) -> SheetReading:
    """Return what comes of every table of *sheet*; *around* is what surrounds a turned one."""
    sheet = sheet.afresh()
    grid = sheet.grid
    tables: list[_ListTable] = []
    free = list(range(headers[0].top))  # rows that belong to no table's records
    titles = [sheet.file, grid.title, *_texts(grid, free), *(_texts(around.grid, around.rows) if around else ())]
    _ignore_above(sheet, free)
    for position, header in enumerate(headers):
        bottom = headers[position + 1].top - 1 if position + 1 < len(headers) else grid.height - 1
        found = _tables_of(sheet, header, bottom, titles, tables)
        before = len(sheet.ignored)
        torn = report_torn(sheet, range(header.bottom + 1, bottom + 1)) if grid.lines and found else frozenset()
        for table, region in found:
            names = {normalise(title) for title in titles}
            form = sheet.labels.forms[table.number]
            rows = record_rows(sheet, region, table.columns, form, names, torn)
            table.rows += even_rows(sheet, header, table.columns, form, rows, torn) if grid.lines else rows
        loose = [each.row - grid.top - 1 for each in sheet.ignored[before:]]
        free += loose
        last = max((row for table, _ in found for row in table.rows), default=header.bottom)
        titles = [sheet.file, grid.title, *_texts(grid, [row for row in loose if row > last])]
    for table in tables:
        form = sheet.labels.forms[table.number]
        source = around or Around(grid, sorted(set(free)))
        once = once_values(source.grid, source.rows, sheet.labels, table.number)
        report_columns(sheet, table.number, table.header, table.columns, set(once))
        if table.rows:
            layout = Layout.TURNED if grid.turned else Layout.LIST
            extract = take_rows(sheet, form, table.columns, table.rows, table.region, once, layout)
            entitle(extract, table.titles[2:])
            above = itertools.chain(table.titles, _texts(source.grid, source.rows))
            apply_units(sheet, extract, form, labels_of_columns(grid, table.header, table.columns), above)
    return sheet


def _tables_of(
    sheet: SheetReading, header: Header, bottom: int, titles: Sequence[str], tables: list[_ListTable]
) -> list[tuple[_ListTable, Region]]:
    """Return the tables under *header*, those known from an earlier page among them; new ones join *tables*."""
    grid, labels = sheet.grid, sheet.labels
    overall = choose(labels, _said(header), titles)
    parts = split(grid, header, labels)
    found: list[tuple[_ListTable, Region]] = []
    for part in parts:
        choice = overall if len(parts) == 1 else choose(labels, _said(part), titles)
        if choice.form is None:
            report_choice(sheet, choice, part)
            continue
        sheet.known = True
        rows = grid.rows[header.bottom + 1 : bottom + 1]
        again = next(
            (each for each in tables if each.number == choice.form and _is_printed_again(each.header, part)), None
        )
        columns = again.columns if again else _columns(part, labels, choice.form, rows)
        first, last = (0, grid.width - 1) if len(parts) == 1 else (part.first, _right_edge(parts, part, grid))
        region = Region(header.bottom + 1, bottom, first, last)
        same = next((each for each in tables if _is_continued(each, choice.form, columns)), None)
        if same:
            for row in range(header.top, header.bottom + 1):
                sheet.ignore(row, HEADER)
        else:
            same = _ListTable(choice.form, part, columns, region, titles)
            tables.append(same)
        found.append((same, region))
    return found


def _columns(header: Header, labels: Labels, number: int, rows: Sequence[list[Raw]]) -> Columns:
    records: list[list[Raw]] = []

    def below(column: int) -> list[Raw]:
        if not records:
            records.extend(_without_lines(rows))
        return [row[column] for row in records]

    return assign_columns(header.heads, labels, number, below)


def _without_lines(rows: Sequence[list[Raw]]) -> Sequence[list[Raw]]:
    """Return *rows* without totals, notes and signatures, which say nothing of what a column holds.

    Among many rows they do not count.
    """
    return rows if len(rows) > SAMPLED else [row for row in rows if not _is_line(row)]


def _is_line(row: Sequence[Raw]) -> bool:
    texts = [as_text(value) for value in row if not is_blank(value)]
    return bool(texts) and (inline(texts[0]) is not None or reason_of_row(texts) != "")


def _is_printed_again(one: Header, other: Header) -> bool:
    return [(head.column, head.words) for head in one.heads] == [(head.column, head.words) for head in other.heads]


def _said(header: Header) -> list[tuple[str, Meaning]]:
    return [(head.words, head.meaning) for head in header.heads]


def _right_edge(parts: Sequence[Header], part: Header, grid: Grid) -> int:
    following = [other.first for other in parts if other.first > part.first]
    return min(following) - 1 if following else grid.width - 1


def _is_continued(table: _ListTable, number: int, columns: Columns) -> bool:
    """Tell whether *columns* only are those of *table* again: with a label of its own a list is another one."""
    return (
        table.number == number
        and {code: head.column for code, head in table.columns.fields.items()}
        == {code: head.column for code, head in columns.fields.items()}
        and _unknown(columns) <= _unknown(table.columns)
    )


def _unknown(columns: Columns) -> set[tuple[int, str]]:
    return {(head.column, normalise(head.text)) for head in columns.unknown if not is_counter(head.text)}


def _ignore_above(sheet: SheetReading, rows: Collection[int]) -> None:
    for row in rows:
        texts = _texts(sheet.grid, [row])
        if texts:
            sheet.ignore(row, reason_above(texts))


def _texts(grid: Grid, rows: Collection[int]) -> list[str]:
    return [as_text(value) for row in rows for value in grid.rows[row] if not is_blank(value)]
