"""How a sheet lies on paper: A4 always, in letters that can be read, a table with its chart whole where a page holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
"""In inches."""
_LONG, _SHORT = 841.9, 595.3
"""The sides of A4, in points."""
_PER_INCH, POINTS_PER_PIXEL = 72, 0.75
_DIGIT, _PADDING = 8.4, 5
"""Pixels: of a digit in the widest font that stands in for ours where that is missing, and around what is in a column."""
_LEAST_SCALE = 0.72
"""Makes 7.2 points of letters of 10, and more than 8 in our own font, whose columns are narrower."""
_TO_SPARE = 0.98
"""Of a page's height that is counted on: programs round heights in their own ways."""
CHART_WIDTH = 380
"""Pixels: six columns of their usual width, of which a page holds all or none."""
_SURELY = 1.04
"""Times the width that was worked out: where the scale is given, what is a little wider would lose a column."""
_BESIDE = (8.43,) * 7
"""The widths in digits of the columns beside a table: one is left free, on six lies its chart."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is not to be torn apart: a table, and the chart beside it. ``row`` counts from 0."""

    row: int
    height: float
    """In points."""


def points(width: float) -> float:
    """Return the width on paper of a column of *width* digits."""
    return (width * _DIGIT + _PADDING) * POINTS_PER_PIXEL


def on_paper(widths: Iterable[float]) -> float:
    """Return the width on paper of columns of *widths*."""
    return sum(map(points, widths))


def fitting(widths: Iterable[float], holds: float) -> int:
    """Return how many of columns of *widths*, from the first on, stand on what *holds* so many points."""
    return sum(total <= holds for total in accumulate(map(points, widths)))


def room(*, portrait: bool) -> tuple[float, float]:
    """Return how wide and how high a page is between its margins, in points."""
    across, down = (_SHORT, _LONG) if portrait else (_LONG, _SHORT)
    return (
        across - (_MARGINS["left"] + _MARGINS["right"]) * _PER_INCH,
        down - (_MARGINS["top"] + _MARGINS["bottom"]) * _PER_INCH,
    )


A4_HOLDS = room(portrait=False)[0] / _LEAST_SCALE
"""The width in points of columns that a page lying on its side shows in letters that can be read."""


def holds_chart(widths: Iterable[float]) -> bool:
    """Tell whether a page holds a chart beside a table with columns of *widths*; below it else."""
    return _SURELY * on_paper([*widths, *_BESIDE]) <= A4_HOLDS


def lay_out(
    sheet: Any,
    widths: Sequence[float],
    repeated: int,
    blocks: Sequence[Block],
    *,
    portrait: bool,
    charts: bool,
    one_page: bool = False,
) -> None:
    """Set up the paper of *sheet*, whose columns in sight have *widths*; the first *repeated* stand on each page.

    With *charts*, the scale is given and the pages are broken before a block: programs that fit a sheet to pages by
    themselves pay no heed to breaks.
    """
    sheet.set_paper(_A4)
    sheet.set_margins(**_MARGINS)
    width = on_paper(widths)
    if charts:
        width = _SURELY * on_paper([*widths, *(_BESIDE if holds_chart(widths) else ())])
    portrait = (portrait or charts) and width * _LEAST_SCALE <= room(portrait=True)[0]
    across, down = room(portrait=portrait)
    if charts:
        scale = min(1.0, max(_LEAST_SCALE, int(100 * across / width) / 100))  # what is wider goes on on pages beside it
        sheet.set_print_scale(round(scale * 100))
        sheet.set_h_pagebreaks(breaks(blocks, down * _TO_SPARE / scale))
    else:
        wide = 1 if one_page else pages_across(widths, repeated, across / _LEAST_SCALE)
        sheet.fit_to_pages(wide, int(one_page))
    if not portrait:
        sheet.set_landscape()


def pages_across(widths: Sequence[float], repeated: int, holds: float) -> int:
    """Return how many pages beside each other show columns of *widths*, the first *repeated* on each of them."""
    again = on_paper(widths[:repeated])
    pages, used = 1, again
    for width in map(points, widths[repeated:]):
        if used + width > holds and used > again:
            pages, used = pages + 1, again
        used += width
    return pages


def breaks(blocks: Iterable[Block], holds: float) -> list[int]:
    """Return the rows above which a page ends: those of *blocks* that the rest of theirs, which *holds* so much, cannot
    take.
    """
    found, used = [], 0.0
    for block in blocks:
        if used and used + block.height > holds:
            found.append(block.row)
            used = 0.0
        used = (used + block.height) % holds if used + block.height > holds else used + block.height
    return found


def blocks_of(starts: Sequence[int], last: int, heights: Mapping[int, float], default: float) -> list[Block]:
    """Return the blocks that begin in the rows *starts* and reach to the next one's, up to row *last*."""
    ends = [*starts[1:], last + 1]
    return [
        Block(start, sum(heights.get(row, default) for row in range(start, end)))
        for start, end in zip(starts, ends, strict=True)
    ]
