"""An office's own blank form → its labels, each with what its cell tells: required, a list to choose from, how numbers are shown."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from pipeline.definitions.read_definition import grids_of, text_of
from pipeline.read.formats.refusal import unreadable

_STAR = re.compile(r"[*＊]|[（(]必填[)）]")
_ENDS = re.compile(r"[\s:：*＊]+$")
_BOXES = re.compile(r"[□☐○◯]\s*([^□☐○◯\s]+)")
_LONGEST = 24
_HEADER = 3
"""Labels side by side, at the least, that make the header of a list."""
_RED = re.compile(r"(FF)?(FF|E|D|C)[0-9A-F]?(00|1|2|3)[0-9A-F]{0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BlankLabel:
    """A label of a blank form. ``by_colour``: that it is required is told by its colour alone."""

    text: str
    required: bool = False
    by_colour: bool = False
    options: tuple[str, ...] = ()
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What a blank form is called, and its labels in order."""

    title: str
    labels: tuple[BlankLabel, ...]


def read_blank(name: str, content: bytes) -> BlankForm:
    """Return the blank form in *content*, the file called *name*. Raise Refusal for what is no workbook, or holds no labels."""
    grids_of(content)  # whatever is hostile is refused before it is opened the rich way
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # openpyxl raises what it likes
        raise unreadable("请在 Excel 里另存为 .xlsx", "save it as .xlsx in Excel") from error
    sheets = [_BlankSheet(book, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    read = [each for each in sheets if each.labels]
    if not read:
        raise unreadable("表上没有找到栏目", "no labels were found on it")
    best = max(read, key=lambda each: len(each.labels))
    return BlankForm(best.title or name, tuple(best.labels))


class _BlankSheet:
    """One sheet of a blank form."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book, self.sheet = book, sheet
        self.merged = {
            (row, column): each
            for each in sheet.merged_cells.ranges
            for row in range(each.min_row, each.max_row + 1)
            for column in range(each.min_col, each.max_col + 1)
        }
        self.texts = {
            (cell.row, cell.column): _flat(text_of(cell.value))
            for row in sheet.iter_rows(max_row=200, max_col=60)
            for cell in row
            if cell.value is not None and text_of(cell.value)
        }
        self.lists = list(self._lists())
        self.title = self._title()
        found = self._header() or self._card()
        self.labels = self._labels(found)

    def _title(self) -> str:
        first = min(self.texts, default=None)
        if first is None:
            return ""
        row = [text for (at, _), text in self.texts.items() if at == first[0]]
        return row[0] if len(row) == 1 and len(row[0]) <= _LONGEST else ""

    def _header(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return label and first cell of each column, where the sheet is a list: labels side by side, nothing below them."""
        rows = Counter(row for row, _ in self.texts)
        for row in sorted(rows, key=lambda row: (-rows[row], row)):
            columns = sorted(column for at, column in self.texts if at == row)
            if any(_BOXES.search(self.texts[row, column]) for column in columns):
                continue
            below = [column for column in columns if (row + 1, column) not in self.texts]
            side_by_side = sum(two - one == 1 for one, two in pairwise(columns))
            if len(columns) >= _HEADER and side_by_side >= len(columns) - 2 and len(below) >= len(columns) - 1:
                return [((row, column), (row + 1, column)) for column in columns]
        return []

    def _card(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return label and cell beside it of each label that has room at its right, or boxes to tick there."""
        found = []
        for row, column in sorted(self.texts):
            span = self.merged.get((row, column))
            beside = (row, (span.max_col if span else column) + 1)
            said = self.texts.get(beside, "")
            within = beside[1] <= self.sheet.max_column or beside in self.merged
            if within and (not said or _BOXES.search(said)) and not _BOXES.search(self.texts[row, column]):
                found.append(((row, column), beside))
        return found

    def _labels(self, places: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[BlankLabel]:
        fills = Counter(self._colour(label) for label, _ in places)
        usual = fills.most_common(1)[0][0] if fills else ""
        found: dict[str, BlankLabel] = {}
        for label, cell in places:
            said = self.texts[label]
            text = _ENDS.sub("", _STAR.sub("", said)).strip()
            if not text or len(text) > _LONGEST or text == self.title or text in ("序号", "No", "No."):
                continue
            starred = bool(_STAR.search(said))
            coloured = not starred and (self._is_red(label) or (self._colour(label) != usual and len(fills) == 2))
            boxes = tuple(_BOXES.findall(self.texts.get(cell, "")))
            shown = self.sheet.cell(*cell).number_format
            found.setdefault(text, BlankLabel(text, starred or coloured, coloured, boxes or self._options(cell), shown))
        return list(found.values())

    def _colour(self, place: tuple[int, int]) -> str:
        fill = self.sheet.cell(*place).fill
        return str(fill.fgColor.rgb if fill.fgColor.type == "rgb" else fill.fgColor.theme) if fill.fill_type else ""

    def _is_red(self, place: tuple[int, int]) -> bool:
        colour = self.sheet.cell(*place).font.color
        return colour is not None and colour.type == "rgb" and bool(_RED.fullmatch(str(colour.rgb)))

    def _lists(self) -> Iterator[tuple[Any, tuple[str, ...]]]:
        for each in self.sheet.data_validations.dataValidation:
            if each.type == "list" and each.formula1:
                yield each.sqref, self._listed(str(each.formula1))

    def _listed(self, formula: str) -> tuple[str, ...]:
        if formula.startswith('"'):
            return tuple(part.strip() for part in formula.strip('"').split(",") if part.strip())
        title, _, area = formula.lstrip("=").rpartition("!")
        try:
            sheet = self.book[title.strip("'")] if title else self.sheet
            left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(area.replace("$", "")))
        except (KeyError, ValueError, TypeError):
            return ()
        cells = sheet.iter_rows(
            min_row=top, max_row=min(bottom, top + 99), min_col=left, max_col=right, values_only=True
        )
        return tuple(text for row in cells for value in row if (text := text_of(value)))

    def _options(self, cell: tuple[int, int]) -> tuple[str, ...]:
        name = self.sheet.cell(*cell).coordinate
        return next((options for cells, options in self.lists if name in cells), ())


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)
