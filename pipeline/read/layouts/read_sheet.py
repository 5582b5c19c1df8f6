"""One sheet: which layout it has, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.read.formats.grid import Grid, is_blank
from pipeline.read.layouts.read_cards import read_cards
from pipeline.read.layouts.read_list import find_headers, read_list
from pipeline.read.layouts.read_turned import is_explanation, is_guide, read_turned, turned_runs
from pipeline.read.layouts.report_lines import hold_to_lines
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.find_labels import Hit, find_labels
from pipeline.read.recognise.headers import Header, header_at
from pipeline.read.recognise.labels import Labels


def read_sheet(sheet: SheetReading) -> SheetReading:
    """Return what comes of *sheet*, whatever its layout: of the first that makes something known of it.

    The layouts are candidates, each a reading of its own: *sheet* itself is left as it is.
    """
    grid, labels = sheet.grid, sheet.labels
    headers = find_headers(grid, labels)
    if headers and _are_blanks_of_cards(grid, headers[0], labels):
        headers = []
    if headers and not _is_stacked_card(grid, headers, labels):
        listed = read_list(sheet, headers)
        if listed.known:
            return listed
    hits = find_labels(grid, labels)
    runs = turned_runs(grid, hits)
    if (runs and is_explanation(grid, hits)) or is_guide(grid, hits, labels.forms):
        return sheet.afresh()
    turned = [read_turned(sheet, run) for run in runs]
    if any(each.known for each in turned):
        return hold_to_lines(sheet.joined(turned))
    header = _lonely_header(grid, hits, labels)
    if header:
        return sheet.joined([*turned, read_list(sheet, [header])])
    return hold_to_lines(sheet.joined([*turned, read_cards(sheet, hits)]))


def _are_blanks_of_cards(grid: Grid, header: Header, labels: Labels) -> bool:
    """Tell whether *header* only is a row of cards left blank (``电话：`` ``地址：``): others hold label and value."""
    if not all(head.text.endswith((":", "：")) for head in header.heads):
        return False
    return sum(hit.value is not None for hit in find_labels(grid, labels)) >= len(header.heads)


def _is_stacked_card(grid: Grid, headers: Sequence[Header], labels: Labels) -> bool:
    """Tell whether *headers* are rows of labels with one row of values under each: a card, not several lists."""
    if len(headers) < 2:
        return False
    first, second = headers[0], headers[1]
    for number in {number for head in first.heads for number in head.meaning or ()}:
        here = _fields(first, number)
        there = _fields(second, number)
        if len(here) > 1 and len(there) > 1 and not here & there:
            break
    else:
        return False
    between = grid.rows[first.bottom + 1 : second.top]
    return sum(any(not is_blank(value) for value in row) for row in between) <= 1


def _fields(header: Header, number: int) -> set[str]:
    return {code for head in header.heads for code in (head.meaning or {}).get(number, ())}


def _once(hit: Hit, labels: Labels) -> bool:
    return all(labels.forms[number].field(codes[0]).once for number, codes in (hit.meaning or {}).items())


def _lonely_header(grid: Grid, hits: Sequence[Hit], labels: Labels) -> Header | None:
    """Return the header of a list whose labels are no neighbours, when all labels of the sheet stand in one row."""
    rows = {hit.row for hit in hits if not _once(hit, labels)}
    if len(rows) != 1 or any(hit.value is not None for hit in hits if hit.row in rows):
        return None
    row = rows.pop()
    below = grid.rows[row + 1 :]
    columns = [hit.column for hit in hits if hit.row == row]
    if not any(sum(not is_blank(cells[column]) for column in columns) > 1 for cells in below):
        return None
    return header_at(grid, row, labels, alone=True)
