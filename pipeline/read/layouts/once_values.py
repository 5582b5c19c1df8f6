"""Fields that stand once for a whole sheet, above or below the rows: ``填表人：李敏``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.recognise.labels import Labels, inline

_PAIR = re.compile(r"([^\s:：，,；;]{1,14})\s*[:：]\s*(.*?)(?=[\s，,；;]+[^\s:：，,；;]{1,14}\s*[:：]|$)", re.DOTALL)


def once_values(grid: Grid, rows: Iterable[int], labels: Labels, number: int) -> dict[str, tuple[Raw, int]]:
    """Return the value and packed cell of each field of form *number* that stands once, looked for in *rows*."""
    once = {field.code for field in labels.forms[number].fields if field.once}
    values: dict[str, tuple[Raw, int]] = {}
    if not once:
        return values
    for row in rows:
        for label, value, column in _pairs(grid, row, labels, number):
            for code in labels.codes(number, label) or ():
                if code in once and not is_blank(value):
                    values.setdefault(code, (value, grid.cell(row, column)))
    return values


def _pairs(grid: Grid, row: int, labels: Labels, number: int) -> Iterator[tuple[str, Raw, int]]:
    """Yield label, value and the value's column: within a cell, or in the next cell that is not blank."""
    cells = grid.rows[row]
    for column, value in enumerate(cells):
        if not isinstance(value, str) or is_blank(value):
            continue
        pairs = _PAIR.findall(value)
        if not pairs and labels.codes(number, value):
            pairs = [(value, "")]
        for label, text in pairs:
            if text.strip():
                yield label, text.strip(), column
                continue
            beside = next((c for c in range(column + 1, len(cells)) if not is_blank(cells[c])), None)
            if beside is not None and not labels.lookup(cells[beside]) and not inline(as_text(cells[beside])):
                yield label, cells[beside], beside
