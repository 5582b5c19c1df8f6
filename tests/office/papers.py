"""Papers: what a person drops, as bytes and as what it says, and the workbook in which somebody types."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import words

DAYS = {code for code in words.LABELS if code.endswith(("_on", "_from", "_until", "_to"))} - {"changed_to"}
TOKEN = "#ruwang"


class Kind(StrEnum):
    """What a paper is."""

    OWN = "own"  # a sender's own sheet, or its return
    WORKLIST = "worklist"
    MASTER = "master"
    CHANGE = "change"
    ROSTER = "roster"
    ANSWER = "answer"


@dataclass
class Row:
    """One row: what its cells say now, and what we had written in them when it is a workbook of ours."""

    key: str
    cells: dict[str, str]
    written: dict[str, str] | None = None
    sheet: str = ""
    line: int = 0
    meant: frozenset[str] = frozenset()
    """Fields that its author means to say, though he has said so before: they are set back."""


@dataclass
class Paper:
    """A file that somebody drops. Papers of one *lineage* are the same paper again."""

    number: int
    kind: Kind
    author: str
    lineage: str
    name: str
    made: datetime
    content: bytes
    rows: list[Row] = field(default_factory=list)
    form: str = "registration"
    again: int = 0
    """The number of the earlier paper that it is, dropped again."""
    known: bool = True
    """Whether the paper itself says who its author is."""
    returned: int = 0
    """The number of the paper of which it is the return, corrected."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def told_as(self) -> str:
        """The file's name without folders."""
        return self.name.rpartition("/")[2]


class Sheet:
    """A page of a workbook with a header and rows by key, open for typing."""

    def __init__(self, book: openpyxl.Workbook, page: Worksheet, language: str, key: str = "licence_no") -> None:
        self.book, self.page, self.language, self.key = book, page, language, key
        self.header, self.columns, self.token = _header(page, language, key)
        self.lines: dict[str, int] = self._lines() if self.header else {}

    def _lines(self) -> dict[str, int]:
        """The row of each key."""
        found: dict[str, int] = {}
        for line in range(self.header + 1, self.page.max_row + 1):
            key = words.plain(self.key, self.page.cell(line, self.columns[self.key]).value)
            if key and key not in found:
                found[key] = line
        return found

    def refused(self) -> set[str]:
        """The keys of the rows that stand filled on a worklist's page since they were refused."""
        if "_ruwang" not in self.book.sheetnames:
            return set()
        pairs = [
            (str(row[0] or ""), str(row[1] or ""))
            for row in self.book["_ruwang"].iter_rows(max_col=2, values_only=True)
        ]
        tokens = (
            tokens for name, tokens in pairs if name.startswith("refused:") and name.endswith(f":{self.page.title}")
        )
        return {token.rpartition("@")[0] for lines in tokens for token in lines.split("\n")}

    def read(self, line: int) -> dict[str, str]:
        """What the cells of a row say, by field."""
        return {code: words.plain(code, self.page.cell(line, at).value) for code, at in self.columns.items()}

    def type(self, line: int, cells: Mapping[str, str]) -> None:
        """Type into the cells of a row."""
        for code, value in cells.items():
            if code in self.columns:
                self.page.cell(line, self.columns[code]).value = typed(code, value, self.language)

    def rows(self, written: Mapping[str, Mapping[str, str]] | None = None) -> list[Row]:
        """What the page says, row by row; *written* is what it said when we wrote it."""
        found = []
        for key, line in self.lines.items():
            cells = self.read(line)
            base = dict(written.get(key, {})) if written is not None else None
            found.append(Row(key, cells, base, self.page.title, line))
        return found

    def all(self) -> dict[str, dict[str, str]]:
        return {key: self.read(line) for key, line in self.lines.items()}


def typed(code: str, value: str, language: str) -> Any:
    """Return what a person types for a value: a true date where it is a day."""
    if code in DAYS and value:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    if code == "customer_grade" and value.isdecimal():
        return int(value)
    return words.shown(code, value, language) or None


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def saved_anew(content: bytes) -> bytes:
    """The same content as another program saves it: other bytes."""
    book = opened(content)
    book.properties.creator = "WPS"
    return saved(book)


def sheets(book: openpyxl.Workbook, language: str, deciding: str) -> Iterator[Sheet]:
    """Yield the pages that have a column of the field *deciding*, if one is named, beside the key."""
    for page in book.worksheets:
        if page.sheet_state != "visible":
            continue
        for key in ("licence_no", "pair_no"):
            found = Sheet(book, page, language, key)
            if found.header and (not deciding or deciding in found.columns):
                yield found


def _header(page: Worksheet, language: str, key: str) -> tuple[int, dict[str, int], int]:
    for cells in page.iter_rows(max_row=12):
        columns: dict[str, int] = {}
        for cell in cells:
            code = words.field_of(cell.value, language)
            if code and code not in columns:
                columns[code] = cell.column or 0
        if key in columns and len(columns) > 2:
            if "verdict" in columns and "judgement_note" in columns:  # both are called Note in English
                columns["verification_note"] = columns.pop("judgement_note")
            token = next((cell.column or 0 for cell in cells if cell.value == TOKEN), 0)
            return cells[0].row or 0, columns, token
    return 0, {}, 0


def own_list(form: str, rows: Sequence[Mapping[str, str]], language: str, *, title: bool = True) -> bytes:
    """Return a person's own sheet: a title, a row of labels, a row a record."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = words.FORMS[form][language == "en"]
    if title:
        page.append([words.FORMS[form][language == "en"]])
    codes = list(dict.fromkeys(code for row in rows for code in row))
    page.append([words.label(code, language) for code in codes])
    for row in rows:
        page.append([typed(code, row.get(code, ""), language) for code in codes])
    return saved(book)


def first_line(*, title: bool) -> int:
    """The row of the first record of ``own_list``."""
    return 3 if title else 2


def own_rows(form: str, rows: Sequence[Mapping[str, str]], language: str, *, title: bool = True) -> list[Row]:
    """What ``own_list`` says."""
    page, start = words.FORMS[form][language == "en"], first_line(title=title)
    return [Row(row.get("licence_no", ""), dict(row), None, page, line) for line, row in enumerate(rows, start)]
