"""A sheet as rows of cells that know where they stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from pipeline.domain.cell import Broken, Raw
from pipeline.domain.place import pack
from pipeline.read.formats.written_line import WrittenLine

MergedRange = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, all inclusive."""


@dataclass(slots=True)
class Grid:
    """One sheet. ``rows`` are equally long and hold ``""`` for a blank cell; ``top`` and ``left`` say where they begin.

    Rows and columns are counted within ``rows`` everywhere in reading; only ``cell`` and ``row_number`` speak of the
    sheet. ``merges`` is None when the format does not tell which cells are merged.
    """

    title: str
    rows: list[list[Raw]]
    top: int = 0
    left: int = 0
    merges: list[MergedRange] | None = None
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    """Of the sheet, from 0."""
    hidden_columns: list[int] = field(default_factory=list)
    """Of the sheet, from 0."""
    turned: bool = False
    """``rows`` are columns of the sheet."""
    outlying: list[tuple[int, str]] = field(default_factory=list)
    """Cells far away from everything else, left out: packed address and text."""
    struck: Collection[int] = ()
    """Packed addresses of cells that are struck through."""
    lines: list[WrittenLine] | None = None
    """Of a text file: how each of ``rows`` was written."""

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> int:
        """Return the packed address on the sheet of a cell of ``rows``."""
        return pack(self.top + column, self.left + row) if self.turned else pack(self.top + row, self.left + column)

    def row_number(self, row: int) -> int:
        """Return the number that Excel shows beside a row of ``rows``; beside the first cell when it is a column."""
        return self.top + 1 if self.turned else self.top + row + 1

    def at(self, row: int, column: int) -> Raw:
        """Return a cell, ``""`` when it is blank or outside."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def put(self, row: int, column: int, value: Raw) -> None:
        """Set the cell at *row* and *column* of the sheet, growing ``rows`` when it stands outside."""
        if not self.rows:
            self.rows, self.top, self.left = [[""]], row, column
        for _ in range(self.top - row):
            self.rows.insert(0, [""] * self.width)
        for _ in range(row - self.top - self.height + 1 if row >= self.top else 0):
            self.rows.append([""] * self.width)
        before, after = max(0, self.left - column), max(0, column - self.left - self.width + 1)
        if before or after:
            self.rows = [[*[""] * before, *cells, *[""] * after] for cells in self.rows]
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.rows[row - self.top][column - self.left] = value

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return by the first cell of each merged range the row and column of its last one, counted within ``rows``."""
        spans = {
            (first_row - self.top, first_column - self.left): (last_row - self.top, last_column - self.left)
            for first_row, first_column, last_row, last_column in self.merges or ()
        }
        if self.turned:
            return {(column, row): (last_column, last_row) for (row, column), (last_row, last_column) in spans.items()}
        return spans

    def turn(self, top: int, bottom: int, left: int, right: int) -> Grid:
        """Return the cells within these bounds (inclusive) with rows and columns exchanged."""
        cut = [row[left : right + 1] for row in self.rows[top : bottom + 1]]
        rows = [list(column) for column in zip(*cut, strict=True)]
        return Grid(self.title, rows, self.top + top, self.left + left, self.merges, turned=True, struck=self.struck)


def is_blank(value: Raw) -> bool:
    """Tell whether a cell shows nothing: white space counts as nothing."""
    return value is None or value == "" or (value.__class__ is str and value.isspace())


def as_text(value: Raw) -> str:
    """Return a cell as a person would quote it."""
    if isinstance(value, Broken):
        return value.text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def row_text(row: list[Raw], limit: int = 80) -> str:
    """Return what stands in a row, for telling somebody which row is meant."""
    text = " ".join(as_text(value) for value in row if not is_blank(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"
