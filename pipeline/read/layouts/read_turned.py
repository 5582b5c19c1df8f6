"""Turned lists: fields down, one record a column."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.classify_rows import SIGNATURE, has_key, reason_of_text
from pipeline.read.layouts.read_list import Around, read_list
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.find_labels import Hit
from pipeline.read.recognise.headers import header_at
from pipeline.read.recognise.labels import inline
from pipeline.read.recognise.slips import slips
from schemas.language import Form


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """Labels of one form under each other: their column, first and last row, and the last column with a record."""

    form: int
    column: int
    top: int
    bottom: int
    right: int


_EXPLAINS = re.compile(
    r"说\s*明|示\s*例|样\s*例|[必选]填|要\s*求|格\s*式|选\s*项|例\s*子|help|example|required|options", re.IGNORECASE
)
_NAMES_LABELS = re.compile(
    r"(?:栏目|字段|列名|表头|项目|栏位|填写项|数据项|名称)(?:名称?)?|field|column|label", re.IGNORECASE
)
_SHORT = 12


def turned_runs(grid: Grid, hits: Sequence[Hit]) -> list[LabelColumn]:
    """Return the columns of labels that head turned lists: labels under each other, several records to their right."""
    runs = []
    for column in sorted({hit.column for hit in hits}):
        own = [hit for hit in hits if hit.column == column and hit.value is None]
        counts = Counter(number for hit in own for number in hit.meaning or ())
        if not counts:
            continue
        form, count = counts.most_common(1)[0]
        labels = [hit for hit in own if hit.meaning and form in hit.meaning]
        if count < 3 or not _is_dense(grid, labels):
            continue
        top, bottom, left = labels[0].row, labels[-1].row, max(hit.last_column for hit in labels) + 1
        # A value may read like the label of another form: only this form's labels end the records.
        others = [
            hit
            for hit in hits
            if hit.column >= left and top <= hit.row <= bottom and form in (hit.meaning or ()) and hit.written
        ]
        if len(others) * 2 > count:
            continue
        records = _record_columns(grid, labels, left, min((hit.column for hit in others), default=grid.width))
        if len(records) > 1:
            runs.append(LabelColumn(form, column, top, bottom, records[-1]))
    return runs


def _is_dense(grid: Grid, labels: Sequence[Hit]) -> bool:
    """Tell whether at least half of *labels* follow each other, though others that no form knows stand between them."""
    pairs = list(itertools.pairwise(labels))
    near = 0
    for earlier, later in pairs:
        between = range(earlier.last_row + 1, later.row)
        near += len(between) <= 1 or not any(is_blank(grid.at(row, later.column)) for row in between)
    return near * 2 >= len(pairs)


def is_explanation(grid: Grid, hits: Sequence[Hit]) -> bool:
    """Tell whether the labels are listed in order to be explained: 填写说明, 示例 stand beside them, not values."""
    if not hits:
        return False
    top = min(hit.row for hit in hits)
    above = [as_text(value) for row in grid.rows[max(0, top - 2) : top + 1] for value in row if not is_blank(value)]
    return sum(bool(_EXPLAINS.search(text)) and len(text) <= _SHORT for text in above) >= 2


def is_guide(grid: Grid, hits: Sequence[Hit], forms: Sequence[Form]) -> bool:
    """Tell whether the labels stand under 栏目, beside them what is to be written there under 说明: no card of one record."""
    if not hits:
        return False
    top = min(hit.row for hit in hits)
    column = min(hit.column for hit in hits)
    above = [(at, as_text(value)) for row in grid.rows[max(0, top - 2) : top] for at, value in enumerate(row)]
    named = any(at <= column and _NAMES_LABELS.fullmatch(text) for at, text in above)
    explained = any(at > column and _EXPLAINS.search(text) and len(text) <= _SHORT for at, text in above)
    meant = [forms[number] for number in {number for hit in hits for number in hit.meaning or ()}]
    return named and explained and not any(has_key(each, form) for form in meant for row in grid.rows for each in row)


def read_turned(sheet: SheetReading, run: LabelColumn) -> SheetReading:
    """Return one record from each column to the right of the labels in *run*: a list, once it is turned."""
    grid = sheet.grid
    top, bottom = _with_neighbours(sheet, run)
    turned = grid.turn(top, bottom, run.column, run.right)
    lines = [row for row in range(top, bottom + 1) if _is_line(grid, run, row)]
    for record in turned.rows:
        for row in lines:
            record[row - top] = ""
    header = header_at(turned, 0, sheet.labels, alone=True)
    if header is None:
        return sheet.afresh()
    outside = [row for row in range(grid.height) if not top <= row <= bottom or row in lines]
    return read_list(sheet.afresh(turned), [header], Around(grid, outside))


def _is_line(grid: Grid, run: LabelColumn, row: int) -> bool:
    """Tell whether *row* is a line for the whole sheet, with a day or for a signature, and no field of each record."""
    label, values = as_text(grid.at(row, run.column)), grid.rows[row][run.column + 1 : run.right + 1]
    if not all(map(is_blank, values)):
        return False
    pair = inline(label)
    return (pair is not None and pair[1] != "") or reason_of_text(label) == SIGNATURE


def _with_neighbours(sheet: SheetReading, run: LabelColumn) -> tuple[int, int]:
    """Return first and last row of *run* with the misspelt labels before it, and misspelt or unknown ones after it."""
    grid = sheet.grid
    top, bottom = run.top, run.bottom
    while top > 0 and _is_misspelt(sheet, run, top - 1):
        top -= 1
    while bottom + 1 < grid.height and (_is_misspelt(sheet, run, bottom + 1) or _is_extra(grid, run, bottom + 1)):
        bottom += 1
    return top, bottom


def _is_misspelt(sheet: SheetReading, run: LabelColumn, row: int) -> bool:
    value = sheet.grid.at(row, run.column)
    return isinstance(value, str) and not is_blank(value) and bool(slips(sheet.labels, run.form, value, ()))


def _is_extra(grid: Grid, run: LabelColumn, row: int) -> bool:
    label, values = grid.at(row, run.column), grid.rows[row][run.column + 1 : run.right + 1]
    if not isinstance(label, str) or is_blank(label) or reason_of_text(label) or inline(label):
        return False
    return sum(not is_blank(value) for value in values) > 1


def _record_columns(grid: Grid, labels: Sequence[Hit], left: int, stop: int) -> list[int]:
    """Return the columns from *left* to *stop* in which at least two rows of *labels* are filled."""
    columns = range(left, stop)
    return [column for column in columns if sum(not is_blank(grid.at(hit.row, column)) for hit in labels) >= 2]
