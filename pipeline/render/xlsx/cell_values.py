"""What of a cell's value Excel can keep: the one place where both ways of writing agree."""

from __future__ import annotations

from datetime import date
from math import isfinite

from pipeline.render.xlsx.safe_text import cell_text
from pipeline.render.xlsx.workbook import Cell

_EXACT_DIGITS = 10**15
"""Excel keeps 15 digits of a number: a longer one is written as text."""
_FIRST_DATE = date(1900, 3, 1)
"""Before it Excel counts days otherwise than the calendar."""
_DAY_ZERO = date(1899, 12, 30)


def storable(cell: Cell) -> Cell:
    """Return *cell* as Excel can keep it: clean text, and as text what no number or date of Excel's can be."""
    match cell:
        case str():
            return cell_text(cell) or None
        case bool():
            return str(cell)
        case float() if not isfinite(cell):
            return None
        case int() | float() if abs(cell) >= _EXACT_DIGITS:
            return str(cell)
        case date() if cell < _FIRST_DATE:
            return cell.isoformat()
    return cell


def serial(day: date) -> int:
    """Return *day* as Excel counts days."""
    return (day - _DAY_ZERO).days
