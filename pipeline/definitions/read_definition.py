"""A workbook's bytes → its rows, each cell with its place. Whatever cannot be read is a mistake at its cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.sheets import FIELDS, HELP_TITLES, NOTE_TITLES, PROCEDURE, SHEETS, STAGES, DefinitionSheet
from pipeline.domain.cell import Broken, Raw
from pipeline.domain.place import cell_name, pack
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.grid import Grid
from pipeline.read.formats.open_workbook import open_workbook
from pipeline.read.formats.refusal import Refusal
from pipeline.read.formats.sheet_parts import parts_by_title
from schemas.language import Localized

_HEADER_WITHIN = 10
MOST_ROWS = 1000
"""Rows of a sheet: no procedure has more."""
_BREAK = "\n"
_EXACT = 1e15


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """A row by the codes of its sheet's columns; blank cells are there, too, with their place."""

    sheet: str
    cells: Mapping[str, DefinitionCell]
    first: DefinitionCell

    def cell(self, column: str) -> DefinitionCell:
        """Return the cell of *column*; where the sheet lacks it, a blank one at the row's beginning."""
        return self.cells.get(column) or DefinitionCell("", self.first.sheet, self.first.cell)

    def text(self, column: str) -> str:
        """Return what stands in *column*."""
        return self.cell(column).text


@dataclass(frozen=True, slots=True)
class Definition:
    """All rows, by the code of their sheet."""

    rows: Mapping[str, list[DefinitionRow]] = field(default_factory=dict)

    def of(self, sheet: DefinitionSheet) -> list[DefinitionRow]:
        """Return the rows of *sheet*."""
        return self.rows.get(sheet.code, [])


def is_definition(titles: list[str]) -> bool:
    """Tell whether a workbook with sheets of these *titles* draws a procedure: it has stages and fields, or says it is one."""
    known = {sheet.code for title in titles if (sheet := _sheet_of(title))}
    return {STAGES.code, FIELDS.code} <= known or {PROCEDURE.code, FIELDS.code} <= known


def titles_of(content: bytes) -> list[str]:
    """Return the titles of the sheets of a workbook; no sheet of it is opened. Raise Refusal for what is none."""
    return list(parts_by_title(Package(content)))


def grids_of(content: bytes) -> list[Grid]:
    """Return the sheets of the workbook in *content*. Raise Refusal for what is none."""
    opened = open_workbook(content, "")
    if isinstance(opened, Package):
        raise Refusal("file.foreign")
    return opened


def read_definition(grids: list[Grid], mistakes: Mistakes) -> Definition:
    """Return the rows of the workbook with those *grids*; what is no sheet, column or text is noted in *mistakes*."""
    rows: dict[str, list[DefinitionRow]] = {}
    for grid in grids:
        if grid.title in HELP_TITLES or grid.title.startswith("_"):
            continue
        whole = DefinitionCell(grid.title, grid.title, "")
        sheet = _sheet_of(grid.title)
        if sheet is None:
            if any(text_of(cell) for row in grid.rows for cell in row):
                mistakes.unknown(whole, grid.title, Localized("工作表", "sheet"), [each.title.zh for each in SHEETS])
        elif sheet.code in rows:
            mistakes.at(
                whole,
                Localized(f"“{sheet.title.zh}”有两页", f"there are two sheets “{sheet.title.en}”"),
                Localized("并成一页", "make them one"),
            )
        else:
            rows[sheet.code] = list(_rows(grid, sheet, mistakes))
    return Definition(rows)


def text_of(value: Raw) -> str:
    """Return what a cell shows, on one line or several, without blanks at the ends."""
    match value:
        case None:
            return ""
        case Broken(text=text):
            shown = text
        case bool():
            shown = "是" if value else "否"
        case float() if value.is_integer() and abs(value) < _EXACT:
            shown = str(int(value))
        case datetime():
            shown = value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case _:
            shown = str(value)
    lines = (" ".join(line.split()) for line in shown.replace("\r\n", _BREAK).replace("\r", _BREAK).split(_BREAK))
    return _BREAK.join(line for line in lines if line)


def bare_name(text: str) -> str:
    """Return *text* as names are compared: half width, without blanks, whatever the case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _sheet_of(title: str) -> DefinitionSheet | None:
    said = bare_name(title)
    return next((each for each in SHEETS if said in (bare_name(each.title.zh), bare_name(each.title.en))), None)


def _rows(grid: Grid, sheet: DefinitionSheet, mistakes: Mistakes) -> Iterator[DefinitionRow]:
    header, columns = _header(grid, sheet)
    if header < 0:
        if any(text_of(cell) for row in grid.rows for cell in row):
            first = sheet.columns[0].title
            mistakes.at(
                DefinitionCell("", grid.title, ""),
                Localized(f"找不到表头：没有“{first.zh}”一栏", f"no header: there is no column “{first.en}”"),
                Localized("表头照空白定义的样子写", "write the header as the blank definition has it"),
            )
        return
    _judge_header(grid, sheet, header, columns, mistakes)
    if grid.height - header > MOST_ROWS:
        mistakes.at(
            DefinitionCell("", grid.title, ""),
            Localized(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows"),
            Localized("一个流程用不了这么多：删去多余的行", "no procedure has as many: delete the rest"),
        )
        return
    for at in range(header + 1, grid.height):
        cells = {}
        for code, column in columns.items():
            value = grid.at(at, column)
            place = cell_name(pack(grid.top + at, grid.left + column))
            cells[code] = DefinitionCell(text_of(value), grid.title, place)
            if isinstance(value, Broken):
                mistakes.at(
                    cells[code],
                    Localized(f"公式没有结果：{value.text}", f"a formula without a value: {value.text}"),
                    Localized("改成写好的内容", "type what it should be"),
                )
        if any(each.text for each in cells.values()):
            start = next(iter(cells.values()))
            yield DefinitionRow(sheet.code, cells, start)


def _header(grid: Grid, sheet: DefinitionSheet) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (-1, {})
    for at in range(min(grid.height, _HEADER_WITHIN)):
        found: dict[str, int] = {}
        for column in range(grid.width):
            code = _column_of(text_of(grid.at(at, column)), sheet)
            if code and code not in found:
                found[code] = column
        if sheet.first in found and len(found) > len(best[1]):
            best = (at, found)
    return best


def _column_of(text: str, sheet: DefinitionSheet) -> str:
    said = bare_name(text.rstrip("*＊ "))
    return next(
        (each.code for each in sheet.columns if said in (bare_name(each.title.zh), bare_name(each.title.en))), ""
    )


def _judge_header(
    grid: Grid, sheet: DefinitionSheet, header: int, columns: Mapping[str, int], mistakes: Mistakes
) -> None:
    """A heading that nobody knows: what stands below it would be left unread without a word."""
    for column in range(grid.width):
        text = text_of(grid.at(header, column))
        if not text or column in columns.values() or text in NOTE_TITLES:
            continue
        cell = DefinitionCell(text, grid.title, cell_name(pack(grid.top + header, grid.left + column)))
        known = [each.title.zh for each in sheet.columns]
        if _column_of(text, sheet):
            mistakes.at(
                cell,
                Localized(f"“{text}”有两栏", f"there are two columns “{text}”"),
                Localized("删去一栏", "delete one"),
            )
        else:
            mistakes.unknown(cell, text, Localized("表头", "heading"), known)
