"""An office that runs procedures: sheets are dropped, worklists filled and returned, every output reopened and read."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.demo import answered, filled
from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.render.reports.template import template
from pipeline.settings import load_settings
from pipeline.settings.catalogue import in_force
from schemas.language import Catalogue, Layout
from schemas.language.sample import Cells, Filled

Row = dict[str, Any]
Person = tuple[str, str, str]
"""Staff number, name, and the roles in words, joined by 、: the first is the main one."""


class Office:
    """A folder with *people* and the *procedures* in force; every person has the address ``<number>@example.com``."""

    def __init__(self, folder: Path, procedures: Sequence[str], people: Sequence[Person], **given: Any) -> None:
        found = load_settings({"procedures": list(procedures), **given}, environ={}, folder=folder)
        self.settings = found.settings.model_copy(update={"settle_seconds": 0})
        self.settings.inbox.mkdir()
        self._drops = 0
        self.drop(
            "staff_list",
            *(
                {
                    "staff_no": number,
                    "staff_name": name,
                    "staff_role": roles.partition("、")[0],
                    "staff_also": roles.partition("、")[2],
                    "staff_email": f"{number}@example.com",
                }
                for number, name, roles in people
            ),
        )

    @property
    def catalogue(self) -> Catalogue:
        return in_force(self.settings)

    def drop(self, form: str, *records: Cells, layout: Layout = Layout.LIST, name: str = "") -> str:
        """Fill the blank sheet of *form* with *records* (by field code, as typed) and drop it; return its name."""
        self._drops += 1
        name = name or f"{self._drops:02d}-{form}.xlsx"
        declared = self.catalogue.form(form)
        sheet = Filled(name, form, records, layout)
        blank = template(declared, layout, "zh", self.settings.office_name)
        (self.settings.inbox / name).write_bytes(filled(blank, declared, sheet))
        return name

    def drop_anew(self, form: str, *records: Cells, name: str) -> None:
        """Drop a sheet as another program saves it: its bytes are others, however soon after the first it is written."""
        path = self.settings.inbox / self.drop(form, *records, name=name)
        book = openpyxl.load_workbook(path)
        book.properties.creator = "另一个程序"
        book.save(path)

    def answer(self, person: str, answers: Mapping[str, Cells]) -> None:
        """Fill the worklist of *person*: what is typed, by key of the record and field code; drop it back."""
        self._drops += 1
        path = self.settings.inbox / f"{self._drops:02d}-任务表-{person}.xlsx"
        path.write_bytes(answered(self._path(person).read_bytes(), self.catalogue, answers))

    def choose(self, choice: str, about: str) -> None:
        """Choose in the first line of the exceptions workbook of all that names *about*, and drop it back."""
        self._drops += 1
        book = self._book("exceptions/all.xlsx")
        page = book.worksheets[0]
        (head,) = (cell for row in page.iter_rows() for cell in row if cell.value == "处理")
        lines = page.iter_rows(min_row=head.row + 1)
        line = next(row[0].row for row in lines if any(about in str(cell.value) for cell in row if cell.value))
        page.cell(line, head.column).value = choice
        book.save(self.settings.inbox / f"{self._drops:02d}-异常表.xlsx")

    def edit_master(self, sheet: str, key: str, cells: Mapping[str, Any]) -> None:
        """Change cells, by label, of the record whose first column holds *key*, in the master where it lies."""
        book = self._book("master.xlsx")
        page = book[sheet]
        header = next(row for row in page.iter_rows() if set(cells) <= {cell.value for cell in row})
        (line,) = (row for row in page.iter_rows(min_row=header[0].row + 1) if row[0].value == key)
        for cell, label in zip(line, header, strict=True):
            if label.value in cells:
                cell.value = cells[label.value]
        book.save(self.settings.outbox / "master.xlsx")

    def run(self, at: str) -> RunSummary:
        """Run at a moment such as ``2026-11-02 09:00``; all rows must be accounted for."""
        now = datetime.fromisoformat(at)
        summary = run(self.settings, today=now.date(), clock=now.time())
        rows = summary.rows
        assert rows.read == rows.accepted + rows.unchanged + rows.rejected
        return summary

    # what comes out --------------------------------------------------------------------------------------------------

    def master(self, sheet: str) -> list[Row]:
        """The first table on a page of the master, a row each, by label; days as ISO text. None where nothing stands."""
        if sheet in self._bare_pages():
            return []
        return [row for row in table(self._book("master.xlsx")[sheet]) if any(row.values())]

    def _bare_pages(self) -> set[str]:
        """The pages that a master may have, and that this one has not."""
        known = {register.title.zh for register in self.catalogue.registers} | {"近 90 天变更"}
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
        return bool(list((self.settings.outbox / "worklists").glob(f"{person}-*.xlsx")))

    def worklist(self, person: str, sheet: str) -> list[Row]:
        """The rows of a task on somebody's worklist, by label without the mark of what is required."""
        book = openpyxl.load_workbook(self._path(person))
        return table(book[sheet])

    def worklist_tables(self, person: str, sheet: str) -> dict[str, list[Row]]:
        """All tables of a page of somebody's worklist, by the heading above each."""
        page = openpyxl.load_workbook(self._path(person))[sheet]
        found = {}
        for each in page.tables.values():
            _, top, _, _ = range_boundaries(each.ref)
            found[str(page.cell(top - 1, 1).value)] = list(_rows(page, each.ref))
        return found

    def tasks(self, person: str) -> list[str]:
        """Titles of the pages of somebody's worklist, the overview left out; none when there is no worklist."""
        if not self.has_worklist(person):
            return []
        book = openpyxl.load_workbook(self._path(person))
        return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"][1:]

    def exceptions(self) -> list[str]:
        """What is wrong, as the page of open exceptions says it: sentence after sentence."""
        return [str(row["问题"]) for row in self.master("未解决的异常")]

    def open_exceptions(self) -> list[Row]:
        """The lines of the exceptions workbook of all, by label."""
        return table(self._book("exceptions/all.xlsx").worksheets[0])

    def repairs(self) -> list[str]:
        """What the program has repaired, as the exceptions workbook of all says it."""
        if not (self.settings.outbox / "exceptions/all.xlsx").exists():
            return []
        book = self._book("exceptions/all.xlsx")
        return [str(row["问题"]) for row in table(book["已代为修正"])] if "已代为修正" in book.sheetnames else []

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
        return openpyxl.load_workbook(io.BytesIO((self.settings.outbox / name).read_bytes()))


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
