"""A return of what cannot be marked as it is: a new workbook with the values as they were read."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.domain.cell import Broken, Raw
from pipeline.domain.place import unpack
from pipeline.render.returns.marking import Marking, UnmarkableError
from pipeline.render.text_width import text_width
from pipeline.render.xlsx.safe_text import cell_text, looks_live, sheet_titles

_FIRST_DAY = datetime(1980, 1, 1)  # the same bytes for the same content
_MOST_DIGITS = 15
_NARROWEST, _WIDEST = 8.0, 45.0
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class SheetValues:
    """One sheet as it was read. ``rows`` begin at the cell (``top``, ``left``), all counted from 0."""

    title: str
    rows: Sequence[Sequence[Raw]]
    top: int = 0
    left: int = 0
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    outlying: Sequence[tuple[int, str]] = field(default=())


def plain_workbook(sheets: Sequence[SheetValues]) -> tuple[bytes, Mapping[str, str]]:
    """Return a workbook of *sheets*, and by their titles those that they have in it."""
    if not sheets:
        raise UnmarkableError("no sheets")
    output = io.BytesIO()
    given = sheet_titles(sheet.title for sheet in sheets)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"created": _FIRST_DAY})
        formats = {
            kind: book.add_format({"num_format": shown, "valign": "vcenter"})
            for kind, shown in (
                ("text", "@"),
                ("number", "General"),
                ("day", "yyyy-mm-dd"),
                ("moment", "yyyy-mm-dd hh:mm:ss"),
                ("time", "hh:mm:ss"),
                ("span", "[h]:mm:ss"),
            )
        }
        formats["quoted"] = book.add_format({"num_format": "@", "valign": "vcenter", "quote_prefix": True})
        for sheet, title in zip(sheets, given, strict=True):
            _write(book.add_worksheet(title), sheet, formats)
    return output.getvalue(), dict(zip((sheet.title for sheet in sheets), given, strict=True))


def _write(page: Worksheet, sheet: SheetValues, formats: Mapping[str, object]) -> None:
    for top, left, bottom, right in sheet.merges:
        if (top, left) != (bottom, right):
            page.merge_range(top, left, bottom, right, "", formats["text"])
    for at, row in enumerate(sheet.rows, sheet.top):
        for column, value in enumerate(row, sheet.left):
            _put(page, at, column, value, formats)
    for cell, text in sheet.outlying:
        _put(page, *unpack(cell), text, formats)
    columns = zip(*sheet.rows[:_LOOKED_AT], strict=True)
    for column, values in enumerate(columns, sheet.left):
        width = max((text_width(str(value)) for value in values if value is not None), default=0) + 3
        hidden = {"hidden": True} if column in sheet.hidden_columns else {}
        page.set_column(column, column, min(max(width, _NARROWEST), _WIDEST), None, hidden)
    for number in sheet.hidden_rows:
        page.set_row(number, None, None, {"hidden": True})
    if sheet.hidden:
        page.hide()


def _put(page: Worksheet, row: int, column: int, value: Raw, formats: Mapping[str, object]) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_boolean(row, column, value)
        case int() | float() if len(str(value).strip("-").replace(".", "")) <= _MOST_DIGITS or isinstance(value, float):
            page.write_number(row, column, value, formats["number"])
        case datetime():
            midnight = value.time() == time()
            page.write_datetime(row, column, value.replace(tzinfo=None), formats["day" if midnight else "moment"])
        case date():
            page.write_datetime(row, column, value, formats["day"])
        case time():
            page.write_datetime(row, column, value, formats["time"])
        case timedelta():
            page.write_datetime(row, column, value, formats["span"])
        case Broken():
            _put(page, row, column, value.text, formats)
        case _:
            text = cell_text(str(value))
            page.write_string(row, column, text, formats["quoted" if looks_live(text) else "text"])


def with_new_titles(marking: Marking, titles: Mapping[str, str]) -> Marking:
    """Return *marking* of sheets as they are called in the new workbook, its page saying what could not be kept."""
    lines = [replace(line, sheet=titles.get(line.sheet, line.sheet)) for line in marking.page.lines]
    page = replace(marking.page, lines=lines, hints=(*marking.page.hints, marking.page.not_kept))
    return replace(marking, page=page, cells={titles.get(title, title): each for title, each in marking.cells.items()})
