"""Where a table ends on a sheet too large to hold: what stands far beyond is stray."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.read.formats import limits

_FAR_ROWS = 1_000
_FAR_COLUMNS = 100
"""A gap as wide as this, in a sheet too large to hold, parts what belongs together from strays."""

FilledRange = tuple[int, int]
"""First and last of several rows or columns that are filled, inclusive."""


def fits(last_row: int, last_column: int) -> bool:
    """Tell whether a sheet that is filled up to there (from 0) can be held."""
    return (last_row + 1) * (last_column + 1) <= limits.MOST_CELLS


def near_corner(rows: Iterable[FilledRange], columns: Iterable[FilledRange]) -> FilledRange | None:
    """Return the last row and column before the first gap in what is filled; None when even that is too large."""
    last_row, last_column = _before_gap(rows, _FAR_ROWS), _before_gap(columns, _FAR_COLUMNS)
    return (last_row, last_column) if fits(last_row, last_column) else None


def _before_gap(runs: Iterable[FilledRange], gap: int) -> int:
    ordered = sorted(runs)
    end = ordered[0][1]
    for first, last in ordered[1:]:
        if first - end > gap:
            break
        end = max(end, last)
    return end
