"""The first page of a master of several procedures: which pages there are, what each holds, and a link to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.domain.office import Office
from pipeline.render.reports.record_columns import as_of
from pipeline.render.wording import caption
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.render.xlsx.workbook import Cell, CellLink, Table, TableColumn, WorkbookSheet
from schemas.language import Kind


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the master, and what the contents say of it."""

    sheet: WorkbookSheet
    procedure: str = ""
    """The title of its procedure, "" for what belongs to none."""
    records: int | None = None
    late: int | None = None


def contents(office: Office, pages: Sequence[Listed]) -> WorkbookSheet:
    """Return the page that lists *pages*, which stand after it, and then the registers in which nothing stands: they have
    none.
    """
    language = office.language
    title = caption("contents", language)
    columns = (
        TableColumn(caption("procedure", language)),
        TableColumn(caption("sheet", language)),
        TableColumn(caption("count", language), Kind.INTEGER),
        TableColumn(caption("overdue_count", language), Kind.INTEGER, marked=True),
    )
    _, *titles = sheet_titles([title, *(each.sheet.title for each in pages)])
    rows: list[list[Cell]] = [
        [each.procedure, name, each.records, each.late or None] for each, name in zip(pages, titles, strict=True)
    ]
    rows += [
        [procedure.title.to(language), register.title.to(language), 0, None]
        for procedure in office.procedures
        for register in procedure.registers
        if not office.entries[register.code]
    ]
    links = {(row, 1): CellLink("", name) for row, name in enumerate(titles)}
    table = Table("contents", columns, rows, links=links)
    return WorkbookSheet(title, (table,), heading=f"{title} · {caption('master', language)}", subheading=as_of(office))
