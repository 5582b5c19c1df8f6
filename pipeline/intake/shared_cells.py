"""What many sheets say alike is held once: a batch of thousands would hold each area, day and address of a cell a thousand times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Reading

_SHORT = 1000
"""Rows of a sheet whose addresses are likely to come again; those of a longer one are not gathered."""


class SharedCells:
    """The texts and addresses of cells met so far."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._cells: dict[int, int] = {}

    def share(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Yield *readings*, changed in nothing but that equal cells of theirs are one object."""
        for reading in readings:
            for extract in reading.extracts:
                for cells in (extract.rows, *extract.cells.values()) if len(extract) <= _SHORT else ():
                    cells[:] = [self._cells.setdefault(cell, cell) for cell in cells]
                for column in (*extract.values.values(), *extract.notes.values()):
                    if _repeats(column):
                        column[:] = [self._texts.setdefault(raw, raw) if type(raw) is str else raw for raw in column]
            yield reading


def _repeats(column: list[Raw]) -> bool:
    """Tell whether the texts of *column* are few: names and numbers are each its own, and to keep them would cost more."""
    return 2 * len({raw for raw in column if type(raw) is str}) <= len(column)
