"""Rows and sheets that show how a form is filled: which are the example that the program printed, and which hold more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import as_text, is_blank
from pipeline.read.layouts.classify_rows import EXAMPLE
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.locate_fields import Columns
from schemas.language import Field, Form

_SAMPLE_SHEET = re.compile(
    r"(?:填写|填表|模板|表格)?(?:样表|示例|样例|范例|样本|示范|范本|范表|例表|example|sample)(?:页|表|模板|sheet)?\d*",
    re.IGNORECASE,
)
_ENDS_AS_SAMPLE = re.compile(r"(?:样表|填写示例|填表示例|填写样例|填表样例|示例|样例|范例|样本)$")
_PARTS = re.compile(r"[()（）【】\[\]_\-—·.\s/]+")
_SHOWS_AT_MOST = 5
"""Records on a sheet that only shows how to fill it; with more of them it is one that somebody has filled."""
_MONTH, _DAY, _MINUTE = len("2026-11"), len("2026-11-03"), len("2026-11-03 09:00")
_PRINTED = re.compile("示例,不用删|isanexampleandmaystay")
"""What the program writes above a list whose first row is the example, as titles are compared."""


def holds_data(
    sheet: SheetReading, row: Sequence[Raw], number: int, columns: Columns, form: Form, titles: Collection[str]
) -> bool:
    """Tell whether a row marked as the example was typed over; told when it may have been, by somebody else's example.

    *row* are the cells of row *number* of the sheet. Only what the program printed can be compared with it.
    """
    filled = {code: row[head.column] for code, head in columns.fields.items() if not is_blank(row[head.column])}
    other = [code for code, value in filled.items() if not _shows(form.field(code), value)]
    if not other:
        return False
    key = form.key
    typed_over = key.code in other if key.code in columns.fields else 2 * len(other) > len(filled)
    if typed_over and (sheet.from_template or any(_PRINTED.search(title) for title in titles)):
        return True
    head = columns.fields[key.code if key.code in filled else other[0]]
    mark = next(as_text(value).strip() for value in row if not is_blank(value))
    cell = sheet.grid.cell(number, head.column)
    sheet.find("row.example", cell, form=form.code, value=as_text(row[head.column]), mark=mark)
    return False


def leave_out_sample(sheet: SheetReading) -> SheetReading:
    """Return *sheet* without its records when its name says that it only shows how to fill the form, and tell of it."""
    title = unicodedata.normalize("NFKC", sheet.grid.title.rpartition("/")[2])
    records = sum(len(extract) for extract in sheet.extracts)
    if not (sheet.known and 0 < records <= _SHOWS_AT_MOST):
        return sheet
    if not any(_SAMPLE_SHEET.fullmatch(part) for part in _PARTS.split(title)) and not _ENDS_AS_SAMPLE.search(title):
        return sheet
    left_out = sheet.afresh()
    left_out.known = True
    left_out.ignored = [*sheet.ignored]
    taken = {cell for extract in sheet.extracts for cell in extract.rows}
    for number in range(sheet.grid.height):
        if any(sheet.grid.cell(number, column) in taken for column in range(sheet.grid.width)):
            left_out.ignore(number, EXAMPLE)
    left_out.find("sheet.sample")
    return left_out


def _shows(field: Field, value: Raw) -> bool:
    """Tell whether *value* is the example that is printed for *field*, or a part of it in a cell of two fields."""
    if not field.example:
        return False
    option = next((each for each in field.options if field.example in (each.code, each.words.zh)), None)
    ways = {field.example, *((option.words.zh, option.words.en, option.code) if option else ())}
    if isinstance(value, date):
        return field.example in {value.isoformat().replace("T", " ")[:end] for end in (_MONTH, _DAY, _MINUTE)}
    text = unicodedata.normalize("NFKC", as_text(value)).strip()
    printed = [unicodedata.normalize("NFKC", way) for way in ways]  # ， among them
    return any(way in (text, text.replace("/", "-")) or (field.span is not None and way in text) for way in printed)
