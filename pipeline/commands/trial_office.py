"""An office to try procedures in: sheets are dropped, runs made, worklists filled and returned, as its people would.

For the tests of an office's own procedures, and of ours::

    office = TrialOffice(folder, ["key_loans"], [("P01", "刘门卫", "门卫")], procedures_folder="procedures")
    office.drop("key_loan", {"room_name": "档案室", "borrower": "王建国"})
    office.run("2026-11-02 09:00")
    assert office.tasks("P01") == ["归还"]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.commands.demo import answered, filled
from pipeline.commands.run import run
from pipeline.commands.trial_outputs import TrialOutputs
from pipeline.domain.answer import LABEL
from pipeline.domain.run_summary import RunSummary
from pipeline.render.reports.template import template
from pipeline.settings import load_settings
from schemas.language import Catalogue, FieldRole, Form, Layout
from schemas.language.sample import Cells, Filled

Colleague = tuple[str, str, str]
"""Staff number, name, and the roles in words, joined by 、: the first is the main one."""


class TrialOffice(TrialOutputs):
    """A *folder* with *people* and the *procedures* in force (all, where none is named); every person has the address
    ``<number>@example.com``. What else is *given* are settings (``procedures_folder``).
    """

    def __init__(self, folder: Path, procedures: Sequence[str], people: Sequence[Colleague], **given: Any) -> None:
        found = load_settings({"procedures": list(procedures), **given}, environ={}, folder=folder)
        super().__init__(found.settings.model_copy(update={"settle_seconds": 0}))
        self.settings.inbox.mkdir()
        self._drops = 0
        if people:
            sheet = people_form(self.catalogue)
            self.drop(sheet.code, *(colleague_row(person, sheet) for person in people))

    def drop(self, form: str, *records: Cells, layout: Layout = Layout.LIST, name: str = "") -> str:
        """Fill the blank sheet of *form* with *records* (by field code, as typed) and drop it; return its name."""
        self._drops += 1
        name = name or f"{self._drops:02d}-{form}.xlsx"
        declared = self.catalogue.form(form)
        sheet = Filled(name, form, records, layout)
        blank = template(declared, layout, self.settings.language, self.settings.office_name)
        self.put(name, filled(blank, declared, sheet))
        return name

    def put(self, name: str, content: bytes) -> None:
        """Drop the file *name* as it is."""
        (self.settings.inbox / name).write_bytes(content)

    def drop_anew(self, form: str, *records: Cells, name: str) -> None:
        """Drop a sheet as another program saves it: its bytes are others, however soon after the first it is written."""
        path = self.settings.inbox / self.drop(form, *records, name=name)
        book = openpyxl.load_workbook(path)
        book.properties.creator = "另一个程序"
        book.save(path)

    def answer(self, person: str, answers: Mapping[str, Cells]) -> str:
        """Fill the worklist of *person*: what is typed, by key of the record and field code; drop it back. Return its name."""
        self._drops += 1
        name = f"{self._drops:02d}-任务表-{person}.xlsx"
        self.put(name, answered(self._path(person).read_bytes(), self.catalogue, answers))
        return name

    def choose(self, choice: str, about: str) -> None:
        """Choose in the first line of the exceptions workbook of all that names *about*, and drop it back."""
        self._drops += 1
        book = openpyxl.load_workbook(self.settings.outbox / "exceptions/all.xlsx")
        page = book.worksheets[0]
        label = LABEL.to(self.settings.language)
        (head,) = (cell for row in page.iter_rows() for cell in row if cell.value == label)
        lines = page.iter_rows(min_row=(head.row or 0) + 1)
        line = next(row[0].row for row in lines if any(about in str(cell.value) for cell in row if cell.value))
        page.cell(line or 0, head.column or 0).value = choice
        book.save(self.settings.inbox / f"{self._drops:02d}-异常表.xlsx")

    def edit_master(self, sheet: str, key: str, cells: Mapping[str, Any]) -> None:
        """Change cells, by label, of the record whose first column holds *key*, in the master where it lies."""
        book = openpyxl.load_workbook(self.settings.outbox / "master.xlsx")
        page = book[sheet]
        header = next(row for row in page.iter_rows() if set(cells) <= {cell.value for cell in row})
        (line,) = (row for row in page.iter_rows(min_row=(header[0].row or 0) + 1) if row[0].value == key)
        for cell, label in zip(line, header, strict=True):
            if label.value in cells:
                cell.value = cells[str(label.value)]
        book.save(self.settings.outbox / "master.xlsx")

    def run(self, at: str) -> RunSummary:
        """Run at a moment such as ``2026-11-02 09:00``. Raise AssertionError where a row is not accounted for."""
        now = datetime.fromisoformat(at)
        summary = run(self.settings, today=now.date(), clock=now.time())
        rows = summary.rows
        assert rows.read == rows.accepted + rows.unchanged + rows.rejected
        return summary


def people_form(catalogue: Catalogue) -> Form:
    """Return the form on which an office lists its people."""
    bases = (register.base for register in catalogue.roster.registers)
    return next(form for form in bases if form.meaning(FieldRole.PERSON_NO))


def colleague_row(person: Colleague, form: Form) -> Cells:
    """Return the row of *person* on the sheet of people."""
    number, name, roles = person
    main, _, further = roles.partition("、")
    said = {
        FieldRole.PERSON_NO: number,
        FieldRole.PERSON_NAME: name,
        FieldRole.PERSON_ROLE: main,
        FieldRole.PERSON_ROLES: further,
        FieldRole.PERSON_EMAIL: f"{number}@example.com",
    }
    return {field.code: said[field.means] for field in form if field.means in said}
