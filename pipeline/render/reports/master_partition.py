"""A register too long for one sheet: its parts as workbooks, and the page of the master that leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain import embedded_metadata
from pipeline.domain.office import Office
from pipeline.domain.partition import MasterPartition
from pipeline.domain.record_set import RecordCount
from pipeline.render.reports.record_columns import as_of
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Cell, CellLink, Table, TableColumn, WorkbookSheet
from schemas.language import Kind, Register


def index(office: Office, register: Register, parts: Sequence[MasterPartition]) -> WorkbookSheet:
    """Return the page that stands in the master for *register*: each of its *parts* with its counts and a link."""
    language = office.language
    columns = (
        TableColumn(caption("code_of_area", language), Kind.CODE),
        TableColumn(caption("area", language)),
        TableColumn(caption("count", language), Kind.INTEGER),
        TableColumn(caption("overdue_count", language), Kind.INTEGER),
        TableColumn(caption("file", language)),
    )
    counts = {part: _count(office, part) for part in parts}
    rows: list[list[Cell]] = [
        [
            part.extent.area,
            part.title,
            counts[part].records,
            counts[part].late,
            part.name,
        ]
        for part in parts
    ]
    links = {(row, len(columns) - 1): CellLink(part.path) for row, part in enumerate(parts)}
    title = register.title.to(language)
    count = sum(each.records for each in counts.values())
    return WorkbookSheet(
        title,
        (Table("parts", columns, rows, links=links),),
        protected=True,  # what is typed there would go nowhere
        heading=f"{title} · {caption('master', language)}",
        subheading=f"{as_of(office)}    {caption('total', language, count=count)}    {caption('parted', language)}",
    )


def _count(office: Office, part: MasterPartition) -> RecordCount:
    record_set = office.entries[part.register].within(part.extent)
    return record_set.count("area", overdue=office.overdue_rules[part.register]).get(part.extent.area, RecordCount(0))


def of_part(sheet: WorkbookSheet, office: Office, part: MasterPartition) -> WorkbookSheet:
    """Return the page of a register as it heads *part*: which one it is, and where the rest is."""
    words = caption("part", office.language)
    return replace(sheet, heading=f"{sheet.heading} · {part.title}", subheading=f"{sheet.subheading}    {words}")


def what_it_holds(part: MasterPartition) -> dict[str, str]:
    """Return what *part* carries so that it is known, when it comes back, which records it held."""
    extent = part.extent
    return {
        embedded_metadata.AREA: extent.area,
        embedded_metadata.FIRST: extent.first,
        embedded_metadata.LAST: extent.last,
    }
