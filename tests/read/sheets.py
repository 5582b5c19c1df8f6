"""Sheets for tests, written as small text tables: one row a line, cells parted by ``|``."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook

from pipeline.domain.extract import Extract, Known, Reading
from pipeline.domain.place import cell_name
from pipeline.read.read_file import read_file
from schemas.language import Field, FieldRole, Form, Kind, Localized, Option, Span

_NUMBER = re.compile(r"#(-?\d+(?:\.\d+)?)")
_DATE = re.compile(r"@(\d{4}-\d\d-\d\d)")


def words(text: str) -> Localized:
    return Localized(text, f"the {text}")


_TERM = ("租期", "租赁期限")

SHOP = Form(
    "shop",
    words("开店登记表"),
    (
        Field("no", words("店铺编码"), Kind.CODE, aliases=("门店编码",), key=True, required=True, example="900001"),
        Field("name", words("店铺名称"), aliases=("招牌（字号）名称",), required=True, example="样板店"),
        Field("keeper", words("掌柜"), aliases=("掌柜姓名",), required=True, example="甲乙"),
        Field("tel", words("店铺电话"), Kind.PHONE, aliases=("电话", "手机"), example="13900000000"),
        Field("town", words("镇街"), means=FieldRole.AREA, example="东镇"),
        Field(
            "size",
            words("店铺类型"),
            Kind.CHOICE,
            options=(Option("big", words("大店")), Option("small", words("小店"))),
        ),
        Field("since", words("租期起"), Kind.DATE, aliases=("开始日期",), span=Span(_TERM, 0)),
        Field("until", words("租期止"), Kind.DATE, aliases=("结束日期",), span=Span(_TERM, 1)),
        Field("filer", words("填报者"), once=True, means=FieldRole.SUBMITTER),
        Field("filed", words("填报日"), Kind.DATE, once=True),
        Field("hint", words("附言")),
    ),
    "",
    number="KD-01",
)
VISIT = Form(
    "visit",
    words("走访表"),
    (
        Field("no", words("店铺编码"), Kind.CODE, aliases=("门店编码",), key=True, required=True, example="900001"),
        Field("town", words("镇街"), example="东镇"),
        Field("seen", words("走访结论"), required=True, example="正常"),
        Field("visited", words("走访日期"), Kind.DATE, required=True),
        Field("visitor", words("走访者"), required=True, means=FieldRole.ACTOR, example="丙"),
    ),
    "",
    titles=("店铺走访表",),
)
KNOWN = Known((SHOP, VISIT), {"visit": "shop"})


def cells(text: str) -> list[list[Any]]:
    """Return the rows of a text table. ``#12`` is a number, ``@2025-03-05`` a true date, blank cells are None."""
    return [[_value(each.strip()) for each in line.split("|")] for line in text.strip("\n").splitlines()]


def _value(text: str) -> Any:
    if match := _NUMBER.fullmatch(text):
        return float(match[1])
    if match := _DATE.fullmatch(text):
        return date.fromisoformat(match[1])
    return text.replace("\\n", "\n") or None


def workbook(sheets: Mapping[str, str] | str, merges: Mapping[str, tuple[str, ...]] | tuple[str, ...] = ()) -> Workbook:
    """Return a workbook of text tables by title, or of one text table called ``Sheet1``."""
    if isinstance(sheets, str):
        sheets = {"Sheet1": sheets}
        merges = {"Sheet1": tuple(merges)}
    book = Workbook()
    book.remove(book.active)
    for title, text in sheets.items():
        sheet = book.create_sheet(title)
        for row, values in enumerate(cells(text), 1):
            for column, value in enumerate(values, 1):
                if value is not None:
                    sheet.cell(row, column, value)
        for merge in merges.get(title, ()) if isinstance(merges, Mapping) else ():
            sheet.merge_cells(merge)
    return book


def as_bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(sheets: Mapping[str, str] | str, *merges: str, name: str = "来件.xlsx", known: Known = KNOWN) -> Reading:
    """Return what reading makes of a workbook written as text tables."""
    return read_file(name, as_bytes(workbook(sheets, merges)), "hash", known)


def records(extract: Extract) -> list[dict[str, Any]]:
    """Return the records of an extract without blanks."""
    return [
        {code: values[row] for code, values in extract.values.items() if values[row] is not None}
        for row in range(len(extract))
    ]


def places(extract: Extract, code: str) -> list[str]:
    """Return the cells of one field."""
    return [cell_name(cell) for cell in extract.cells[code]]


def rules(reading: Reading) -> list[tuple[str, str]]:
    """Return rule and cell of each finding."""
    return [(each.rule, each.cell) for each in reading.findings]


def ignored(reading: Reading) -> list[tuple[int, str]]:
    """Return row and reason of each ignored row."""
    return [(each.row, each.reason) for each in reading.ignored]
