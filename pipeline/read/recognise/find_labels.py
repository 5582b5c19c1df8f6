"""The labels of a sheet that is no list: each with the cells it covers and, when it stands there too, its value."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import Grid
from pipeline.read.recognise.headers import are_labels
from pipeline.read.recognise.labels import Labels, inline
from pipeline.read.recognise.recognise_form import Meaning
from schemas.language.understanding import MAIN

_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One label on a sheet, covering the cells up to ``last_row`` and ``last_column`` when it is merged."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    meaning: Meaning
    value: str | None = None
    """What stands behind the colon in the same cell, None when nothing does."""
    written: bool = True
    """A form's own label as it stands: words that mean the same may be a value, too."""


def find_labels(grid: Grid, labels: Labels) -> list[Hit]:
    """Return every label of any form in reading order; none when what stands there only might be some."""
    spans = grid.spans()
    hits: list[Hit] = []
    rows = grid.rows[: max(1, _MOST_CELLS // max(1, grid.width))]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value.__class__ is not str or value == "":
                continue
            text, inside = _label_of(value, labels)
            if text is not None:
                last_row, last_column = spans.get((row, column), (row, column))
                written = labels.is_label(text)
                hits.append(Hit(row, column, last_row, last_column, text, labels.lookup(text), inside, written))
    sure = any(_is_main(hit, labels) for hit in hits) or are_labels(labels, {hit.text: hit.meaning for hit in hits})
    return hits if sure else []


def _is_main(hit: Hit, labels: Labels) -> bool:
    """Tell whether a label is the first name of a field: hardly a word that stands anywhere."""
    return hit.written and any(
        labels.rank(number, hit.text, codes) == MAIN for number, codes in (hit.meaning or {}).items()
    )


def _label_of(value: Raw, labels: Labels) -> tuple[str | None, str | None]:
    text = str(value)
    parts = inline(text)
    if parts and parts[1] and labels.lookup(parts[0]):
        return parts[0], parts[1]
    return (text, None) if labels.lookup(text) else (None, None)
