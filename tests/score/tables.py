"""The lists that the compared tools are given: only those, since cards and turned lists are beyond them.

They are told all that a person could tell a tool once and for all: the sheet, the header row, which field each column
holds, the true format of the file, its encoding, and for two lists below each other where the first one ends.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.domain.place import cell_name, pack
from tests.score.truth import Case, Table, Told

NOTHING = ("", " ", "  ", "无", "/", "-", "暂无", "—", "／")
"""What stands for a blank: the tools are told."""
SECONDS = 5
"""Processor time that one list may take."""

_ENCODINGS = {
    "csv": "utf-8",
    "csv-bom": "utf-8-sig",
    "csv-gbk": "gb18030",
    "csv-semicolon": "utf-8",
    "csv-tab": "gb18030",
}
_SEPARATORS = {"csv-semicolon": ";", "csv-tab": "\t"}


@dataclass(frozen=True, slots=True)
class Given:
    """One list as it is given. ``kind`` is xlsx, xls, ods, csv or html; ``content`` the workbook, out of its archive."""

    case: Case
    table: Table
    told: Told
    kind: str
    content: bytes
    encoding: str = ""
    separator: str = ","

    @property
    def names(self) -> list[str]:
        """A name for each column: the field's code, both codes of a range, or its position."""
        return [codes_name(codes) or f"extra_{at}" for at, codes in enumerate(self.told.columns)]

    def cell(self, row: int, code: str) -> str:
        """Return the cell of field *code* in *row* (from 0), "" where no column holds it."""
        for at, codes in enumerate(self.told.columns):
            if code in codes:
                return cell_name(pack(row, self.told.first_column + at))
        return ""


def codes_name(codes: Sequence[str]) -> str:
    """Return the name of a column with these fields."""
    return "__".join(codes)


def given(cases: Sequence[Case]) -> Iterator[Given]:
    """Return the lists of *cases*."""
    for case in cases:
        content = next(iter(case.members.values()), case.content)
        kind = _kind(case.kind)
        for table in case.tables:
            if table.told is not None and kind:
                yield Given(
                    case,
                    table,
                    table.told,
                    kind,
                    content,
                    _ENCODINGS.get(case.kind, ""),
                    _SEPARATORS.get(case.kind, ","),
                )


def _kind(stored: str) -> str:
    """Return the true format: "" for XML Spreadsheet 2003, which neither tool reads."""
    if stored in _ENCODINGS:
        return "csv"
    return {"ods": "ods", "html.xls": "html", "xml.xls": "", "xls": "xls", "et": "xls"}.get(stored, "xlsx")


def comma_separated(each: Given) -> list[list[str]]:
    """Return the rows of a text file."""
    return list(csv.reader(io.StringIO(each.content.decode(each.encoding)), delimiter=each.separator))
