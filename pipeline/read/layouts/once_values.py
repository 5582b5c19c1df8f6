"""Fields that stand once for a whole sheet, above or below the rows: ``填表人：李敏``, or with its day behind it,
``制表：李敏    2026年11月2日``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.domain.cell import Raw
from pipeline.domain.signature import parse_signature
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.recognise.labels import Labels, inline
from schemas.language import FieldRole, Kind

_PAIR = re.compile(r"([^\s:：，,；;]{1,14})\s*[:：]\s*(.*?)(?=[\s，,；;]+[^\s:：，,；;]{1,14}\s*[:：]|$)", re.DOTALL)

_PEOPLE = {FieldRole.SUBMITTER, FieldRole.ACTOR}


def once_values(grid: Grid, rows: Iterable[int], labels: Labels, number: int) -> dict[str, tuple[Raw, int]]:
    """Return the value and packed cell of each field of form *number* that stands once, looked for in *rows*."""
    once = {field.code: field for field in labels.forms[number].fields if field.once}
    days = [code for code, field in once.items() if field.kind is Kind.DATE]
    values: dict[str, tuple[Raw, int]] = {}
    behind: dict[str, tuple[Raw, int]] = {}
    if not once:
        return values
    for row in rows:
        for label, value, column in _pairs(grid, row, labels, number):
            for code in labels.codes(number, label) or ():
                if code not in once or is_blank(value):
                    continue
                at = grid.cell(row, column)
                is_person = once[code].means in _PEOPLE
                signed = parse_signature(value) if is_person and isinstance(value, str) else None
                values.setdefault(code, (signed.name if signed else value, at))
                if signed and signed.day and len(days) == 1:
                    behind.setdefault(days[0], (signed.day, at))
    return {**behind, **values}  # a day with a label of its own says better what it is


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
