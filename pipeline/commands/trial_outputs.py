"""What comes out of an office, reopened and read as its reader would: sheets by label, mails as their text."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.render.wording import caption
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Catalogue

Row = dict[str, Any]
"""A line of a sheet by label, days as ISO text."""


class TrialOutputs:
    """What lies in the outbox of the office that *settings* describe."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def catalogue(self) -> Catalogue:
        """The procedures in force."""
        return in_force(self.settings)

    def _say(self, code: str) -> str:
        return caption(code, self.settings.language)

    def master(self, sheet: str) -> list[Row]:
        """The first table on a page of the master, a row each, by label; days as ISO text. None where nothing stands."""
        if sheet in self._bare_pages():
            return []
        return [row for row in table(self._book("master.xlsx")[sheet]) if any(row.values())]

    def _bare_pages(self) -> set[str]:
        """The pages that a master may have, and that this one has not."""
        known = {register.title.to(self.settings.language) for register in self.catalogue.registers} | {
            self._say("changes")
        }
        return known - set(self.pages())

    def pages(self) -> list[str]:
        """Titles of the master's pages that a reader sees."""
        return [sheet.title for sheet in self._book("master.xlsx").worksheets if sheet.sheet_state == "visible"]

    def figures(self, sheet: str, heading: str) -> list[list[Any]]:
        """The rows of the statistic below *heading* on a page of the master, without their header."""
        rows = [list(row) for row in self._book("master.xlsx")[sheet].iter_rows(values_only=True)]
        at = next(number for number, row in enumerate(rows) if heading in row)
        found: list[list[Any]] = []
        for row in rows[at + 2 :]:
            cells = [cell for cell in row if cell is not None]
            if not cells:
                break
            found.append([row[column] for column in range(len(row)) if rows[at + 1][column] is not None])
        return found

    def record(self, sheet: str, key: str) -> Row:
        """The record whose first column holds *key*."""
        rows = self.master(sheet)
        return next(row for row in rows if next(iter(row.values())) == key)

    def has_worklist(self, person: str) -> bool:
        """Tell whether somebody has anything to do."""
        return bool(list((self.settings.outbox / "worklists").glob(f"{person}-*.xlsx")))

    def worklist(self, person: str, sheet: str) -> list[Row]:
        """The rows of a task on somebody's worklist, by label without the mark of what is required."""
        return table(_opened(self._path(person).read_bytes())[sheet])

    def worklist_tables(self, person: str, sheet: str) -> dict[str, list[Row]]:
        """All tables of a page of somebody's worklist, by the heading above each."""
        page = _opened(self._path(person).read_bytes())[sheet]
        found = {}
        for each in page.tables.values():
            _, top, _, _ = range_boundaries(each.ref)
            found[str(page.cell((top or 2) - 1, 1).value)] = list(_rows(page, each.ref))
        return found

    def tasks(self, person: str) -> list[str]:
        """Titles of the pages of somebody's worklist, the overview left out; none when there is no worklist."""
        if not self.has_worklist(person):
            return []
        book = _opened(self._path(person).read_bytes())
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"][1:]

    def exceptions(self) -> list[str]:
        """What is wrong, as the page of open exceptions says it: sentence after sentence."""
        return [str(row[self._say("wrong")]) for row in self.master(self._say("exceptions_open"))]

    def open_exceptions(self) -> list[Row]:
        """The lines of the exceptions workbook of all, by label."""
        return table(self._book("exceptions/all.xlsx").worksheets[0])

    def repairs(self) -> list[str]:
        """What the program has repaired, as the exceptions workbook of all says it."""
        if not (self.settings.outbox / "exceptions/all.xlsx").exists():
            return []
        book = self._book("exceptions/all.xlsx")
        return (
            [str(row[self._say("wrong")]) for row in table(book[self._say("repairs")])]
            if self._say("repairs") in book.sheetnames
            else []
        )

    def mails(self, person: str) -> list[str]:
        """The texts of all mails to somebody, oldest first."""
        texts = []
        written = (self.settings.outbox / "mail").glob("*.eml")
        for path in sorted(written, key=lambda path: path.stat().st_mtime_ns):  # named by their content
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            if f"{person}@example.com" in str(message["To"]) and body is not None:
                texts.append(str(body.get_content()))
        return texts

    def page(self) -> str:
        """The source of the office's page."""
        return (self.settings.outbox / "index.html").read_text("utf-8")

    def _path(self, person: str) -> Path:
        (path,) = (self.settings.outbox / "worklists").glob(f"{person}-*.xlsx")
        return path

    def _book(self, name: str) -> openpyxl.Workbook:
        return _opened((self.settings.outbox / name).read_bytes())


@lru_cache(maxsize=4)
def _opened(content: bytes) -> openpyxl.Workbook:
    """Return the workbook to be read, not to be changed: one is asked for page after page."""
    return openpyxl.load_workbook(io.BytesIO(content))


def table(sheet: Worksheet) -> list[Row]:
    """The last native table of *sheet* that has rows to read, by label."""
    return list(_rows(sheet, list(sheet.tables.values())[-1].ref))


def _rows(sheet: Worksheet, ref: str) -> Iterator[Row]:
    header, *rows = sheet[ref]
    labels = [str(cell.value or "").strip(" *") for cell in header]
    for row in rows:
        yield {label: _plain(cell.value) for label, cell in zip(labels, row, strict=True)}


def _plain(value: object) -> object:
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%Y-%m-%d %H:%M")
    return (
        value.date().isoformat()
        if isinstance(value, datetime)
        else value.isoformat()
        if isinstance(value, date)
        else value
    )
