"""Where a value stood. Rows and columns count from 0 inside the program and are named as Excel shows them outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

_COLUMN_BITS = 14  # Excel's 16,384 columns
MAX_ROWS = 1_048_576
MAX_COLUMNS = 1 << _COLUMN_BITS
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")


def pack(row: int, column: int) -> int:
    """Return one int for the cell at *row* and *column* (from 0): a sheet's cells are kept as plain lists of them."""
    return row << _COLUMN_BITS | column


def unpack(cell: int) -> tuple[int, int]:
    """Return the row and column (from 0) of a packed cell."""
    return cell >> _COLUMN_BITS, cell & (MAX_COLUMNS - 1)


@cache
def column_name(column: int) -> str:
    """Return Excel's letters for *column* (from 0): 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=1 << 16)
def cell_name(cell: int) -> str:
    """Return a packed cell as Excel shows it: ``C4``, the same text for every sheet: a first load names each of its cells."""
    return f"{column_name(cell & (MAX_COLUMNS - 1))}{(cell >> _COLUMN_BITS) + 1}"


def parse_cell(name: str) -> int:
    """Return the packed cell that Excel shows as *name*; ValueError when it is none."""
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(f"not a cell name: {name!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return pack(int(match[2]) - 1, column - 1)


def find_cell(name: str) -> int | None:
    """Return the packed cell that Excel shows as *name*; None when it is none."""
    try:
        return parse_cell(name)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """File, sheet and cell of one value; ``cell`` as Excel shows it, "" for the whole sheet or file."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
