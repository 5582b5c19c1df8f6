"""Hidden rows, columns and sheets are read like all others, and it is said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.domain.place import column_name
from pipeline.read.formats.grid import Grid, is_blank
from pipeline.read.layouts.sheet import SheetReading
from schemas.language import Localized


def report_hidden(sheet: SheetReading) -> None:
    """Say which parts of *sheet* are hidden and filled, all in one finding."""
    grid = sheet.grid
    rows = [row for row in sorted(set(grid.hidden_rows)) if _row_filled(grid, row)]
    columns = [column for column in sorted(set(grid.hidden_columns)) if _column_filled(grid, column)]
    parts = [Localized("整张工作表", "the whole sheet")] if grid.hidden else []
    if rows:
        numbers = _ranges(rows, lambda row: str(row + 1))
        parts.append(Localized(f"第 {numbers} 行", f"rows {numbers}"))
    if columns:
        letters = _ranges(columns, column_name)
        parts.append(Localized(f"{letters} 列", f"columns {letters}"))
    if parts:
        sheet.find(
            "sheet.hidden",
            hidden=Localized("、".join(part.zh for part in parts), ", ".join(part.en for part in parts)),
        )


def _row_filled(grid: Grid, row: int) -> bool:
    return 0 <= row - grid.top < grid.height and not all(map(is_blank, grid.rows[row - grid.top]))


def _column_filled(grid: Grid, column: int) -> bool:
    return any(not is_blank(grid.at(row, column - grid.left)) for row in range(grid.height))


def _ranges(places: Sequence[int], name: Callable[[int], str]) -> str:
    """Return *places* (ascending) by name with neighbours drawn together: ``5–9、12``."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1][1:] = [place]
        else:
            runs.append([place])
    return "、".join("–".join(name(place) for place in run) for run in runs)
