"""Turned lists: fields down, one record a column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.read.find_labels import Hit
from pipeline.read.grid import Grid, as_text, is_blank
from pipeline.read.locate_fields import header_at
from pipeline.read.read_list import Around, read_list
from pipeline.read.sheet import Sheet

_EXPLAINS = re.compile(
    r"说\s*明|示\s*例|样\s*例|[必选]填|要\s*求|格\s*式|选\s*项|例\s*子|help|example|required|options", re.IGNORECASE
)


def turned_runs(grid: Grid, hits: Sequence[Hit]) -> list[list[Hit]]:
    """Return the columns of labels that head turned lists: labels under each other, several records to their right."""
    runs = []
    for column in sorted({hit.column for hit in hits}):
        run = [hit for hit in hits if hit.column == column and hit.value is None]
        if len(run) < 3:
            continue
        dense = sum(later.row - earlier.last_row <= 2 for earlier, later in itertools.pairwise(run))
        if dense * 2 < len(run):
            continue
        others = sum(hit.column != column for hit in hits if run[0].row <= hit.row <= run[-1].row)
        if others * 2 > len(run):
            continue
        if len(_record_columns(grid, run, hits)) > 1:
            runs.append(run)
    return runs


def is_explanation(grid: Grid, hits: Sequence[Hit]) -> bool:
    """Tell whether the labels are listed in order to be explained: 填写说明, 示例 stand beside them, not values."""
    if not hits:
        return False
    top = min(hit.row for hit in hits)
    above = [as_text(value) for row in grid.rows[max(0, top - 2) : top + 1] for value in row if not is_blank(value)]
    return sum(bool(_EXPLAINS.search(text)) and len(text) <= 12 for text in above) >= 2


def read_turned(sheet: Sheet, run: Sequence[Hit], hits: Sequence[Hit]) -> None:
    """Take one record from each column to the right of the labels in *run*: a list, once it is turned."""
    grid = sheet.grid
    top, bottom = run[0].row, run[-1].row
    right = max(_record_columns(grid, run, hits))
    turned = grid.turn(top, bottom, run[0].column, right)
    header = header_at(turned, 0, sheet.labels, alone=True)
    if header is None:
        return
    outside = [row for row in range(grid.height) if not top <= row <= bottom]
    try:
        sheet.grid = turned
        read_list(sheet, [header], Around(grid, outside))
    finally:
        sheet.grid = grid


def _record_columns(grid: Grid, run: Sequence[Hit], hits: Sequence[Hit]) -> list[int]:
    """Return the columns right of *run*, up to the next labels, in which at least two of its rows are filled."""
    right = max(hit.last_column for hit in run) + 1
    rows = [hit.row for hit in run]
    stop = min((hit.column for hit in hits if hit.column >= right and hit.row in rows), default=grid.width)
    filled = {column: sum(not is_blank(grid.at(row, column)) for row in rows) for column in range(right, stop)}
    return [column for column, count in filled.items() if count >= 2]
