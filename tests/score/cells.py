"""A sheet while it is drawn: what somebody typed into which cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the result that the file holds: None when it was never calculated, ``#N/A`` when it failed."""

    text: str
    result: str | float | None


@dataclass(frozen=True, slots=True)
class Rich:
    """Text of which one half is bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that is a hyperlink."""

    text: str


Typed = str | int | float | date | Formula | Rich | Link | None
Spot = tuple[int, int]
"""Row and column from 0."""


@dataclass(slots=True)
class Canvas:
    """One sheet."""

    name: str
    cells: dict[Spot, Typed] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    filtered: tuple[int, int, int, int] | None = None
    stray: bool = False
    """Something was once typed into the very last cell, and deleted with a blank."""
    declared: bool = False
    """All 1,048,576 rows are formatted."""

    def put(self, row: int, column: int, typed: Typed) -> None:
        """Type into a cell that is still free."""
        if typed is None:
            return
        assert (row, column) not in self.cells, (row, column, typed)
        self.cells[row, column] = typed

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merge a range of more than one cell."""
        if (row, column) != (last_row, last_column):
            self.merged.append((row, column, last_row, last_column))

    @property
    def height(self) -> int:
        """Rows in use."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        """Columns in use."""
        return max((column for _, column in self.cells), default=-1) + 1


@dataclass(slots=True)
class Book:
    """One workbook."""

    sheets: list[Canvas]
    from_1904: bool = False
    macros: bool = False


def plain(typed: Typed) -> str | int | float | date | None:
    """Return what a cell shows, without its dress."""
    match typed:
        case Formula():
            return typed.result
        case Rich() | Link():
            return typed.text
        case _:
            return typed
