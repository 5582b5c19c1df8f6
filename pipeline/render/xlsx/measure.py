"""How much room the columns and rows of a table take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from pipeline.render.text_width import text_width
from pipeline.render.xlsx.paper import A4_HOLDS, pages_across
from pipeline.render.xlsx.workbook import Access, Cell, Table, TableColumn
from schemas.language import Kind

_FREE = (Kind.TEXT, Kind.LIST)
NARROWEST, WIDEST = 6.0, 45.0
_PADDING, _NARROW_PADDING = 3.0, 1.5
_FILTER_BUTTON = 3.0
_DATE = 10.0
_TO_WRITE_IN = 14.0
"""A text column that is still empty has room for a name."""
LOOKED_AT = 200
"""Rows that a column's width is taken from: a long table's first ones stand for the rest."""


def column_widths(table: Table) -> list[float]:
    """Return the width of each column of *table*, by its label and its cells, within sensible bounds: roomy where that takes
    no more paper, else as narrow as their cells allow, with labels of two lines.
    """
    roomy = [_width(table, at, narrow=False) for at in range(len(table.columns))]
    if _pages(table, roomy) == 1:
        return roomy
    narrow = narrow_widths(table)
    return roomy if _pages(table, roomy) <= _pages(table, narrow) else narrow


def _pages(table: Table, widths: Sequence[float]) -> int:
    """How many pages beside each other *table* takes in columns of *widths*."""
    seen = [width for width, column in zip(widths, table.columns, strict=True) if not (column.hidden or column.folded)]
    return pages_across(seen, table.freeze, A4_HOLDS)


def narrow_widths(table: Table) -> list[float]:
    """Return the width of each column of *table* as narrow as its cells allow."""
    return [_width(table, at, narrow=True) for at in range(len(table.columns))]


def _width(table: Table, at: int, *, narrow: bool) -> float:
    column = table.columns[at]
    if column.width:
        return column.width
    label = text_width(column.label)
    to_write_in = _TO_WRITE_IN if column.access is Access.FILL and column.kind in _FREE else 0.0
    options = max((text_width(option) for option in column.options), default=0)
    cells = _cells_width((row[at] for row in table.rows[:LOOKED_AT]), column)
    if narrow:
        return _bounded(max(to_write_in / 2, ceil(label / 2) + 1, cells, options), _NARROW_PADDING)
    return _bounded(max(to_write_in, label + _FILTER_BUTTON, cells, options + _FILTER_BUTTON), _PADDING)


def _cells_width(cells: Iterable[Cell], column: TableColumn) -> float:
    if column.kind is Kind.DATE:
        return _DATE
    return max((text_width(_shown(cell, column)) for cell in cells if cell is not None), default=0)


def _shown(cell: Cell, column: TableColumn) -> str:
    if column.number_format and isinstance(cell, int | float):
        return f"{cell:,}"
    return cell if isinstance(cell, str) else str(cell)


def _bounded(width: float, padding: float) -> float:
    return min(max(width + padding, NARROWEST), WIDEST)


def lines_needed(cells: Sequence[Cell], widths: Sequence[float]) -> int:
    """Return how many lines a row needs when its long text wraps in columns of *widths*."""
    return max(
        (_lines(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)), default=1
    )


def _lines(text: str, width: float) -> int:
    if len(text) * 2 < width and "\n" not in text:
        return 1
    return sum(max(1, ceil(text_width(line) / max(width - _PADDING / 2, 1))) for line in text.split("\n"))
