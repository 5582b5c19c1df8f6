"""Draws cards: label and value cells, one record a block."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.language import Form
from tests.score.cells import Canvas, Spot, plain
from tests.score.dice import Dice
from tests.score.drawn import Drawn
from tests.score.entries import Entry
from tests.score.labels import Column

STYLES = ("right", "under", "inside")
"""Where a value stands: in the cell right of its label, in the cell under it, in the label's own cell."""


def draw_cards(
    dice: Dice, canvas: Canvas, form: Form, columns: Sequence[Column], entries: Sequence[Entry], style: str,
    top: int, left: int,
) -> tuple[Drawn, int]:  # fmt: skip
    """Draw one card an entry, below each other or side by side; also return the first row below them."""
    across = dice.choice((1, 2, 2, 3))
    if style == "under":  # a single label under a line of others would be guessed at by people too
        across = dice.choice([each for each in (2, 3, 4) if len(columns) % each != 1] or [len(columns)])
    wide = dice.choice((1, 1, 2, 3)) if style == "right" else 1  # columns that a value is merged over
    titled = dice.choice(("", form.title.zh, form.titles[0]))
    every = dice.often(0.6)  # the title stands above each card
    gap = dice.choice((0, 1, 1, 2)) if titled and every else dice.choice((1, 2))
    beside = style != "under" and dice.often(0.15)
    width = across * (1 + wide) if style == "right" else max(across, 2)
    places: list[list[Spot]] = []
    row = lowest = top
    for number, entry in enumerate(entries):
        if beside and number:
            row, left = top, left + width + 1
        if titled and (every or number == 0 or beside):
            canvas.put(row, left, titled)
            canvas.merge(row, left, row, left + width - 1)
            row += 1
        spots: list[Spot] = []
        for first in range(0, len(columns), across):
            for position, at in enumerate(range(first, min(first + across, len(columns)))):
                spots.append(_draw(canvas, columns[at].label, entry, at, style, wide, row, left, position))
            row += 2 if style == "under" else 1
        places.append(spots)
        if dice.often(0.3) and number == len(entries) - 1:
            canvas.put(row, left, dice.choice(("审核人（签字）：", "注：本卡一户一张。", "单位盖章：")))
            row += 1
        row += gap
        lowest = max(lowest, row)
    return Drawn(places), lowest


def _draw(
    canvas: Canvas, label: str, entry: Entry, at: int, style: str, wide: int, row: int, left: int, position: int
) -> Spot:
    typed = entry.typed[at]
    if style == "inside":
        spot = row, left + position
        shown = plain(typed)
        canvas.put(*spot, f"{label.rstrip('：')}：{'' if shown is None else shown}")
    elif style == "under":
        spot = row + 1, left + position
        canvas.put(row, left + position, label)
        canvas.put(*spot, typed)
    else:
        column = left + position * (1 + wide)
        spot = row, column + 1
        canvas.put(row, column, label)
        canvas.put(*spot, typed)
        canvas.merge(row, column + 1, row, column + wide)
    return spot
