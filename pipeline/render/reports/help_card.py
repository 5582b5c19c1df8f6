"""A help card: one page of A4, what comes, what to do with it, and what if. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain import embedded_metadata
from pipeline.render.reports.help_words import HELP_SAYS, Advice, HelpCard
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import (
    Book,
    LineStyle,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
    WriteWorkbook,
)
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Language

_LEFT, _RIGHT = 29.0, 63.0
"""Widths, in digits, that fill a page of A4 upright in letters of their own size."""


def help_card(card: HelpCard, office_name: str, language: Language, write: WriteWorkbook = write) -> bytes:
    """Return the workbook of *card*, of one page, for the people of the office called so."""

    def say(code: str, **slots: str) -> str:
        return HELP_SAYS[code].to(language).format(**slots)

    def table(name: str, columns: tuple[str, str], rows: Sequence[Advice]) -> Table:
        heads = tuple(TableColumn(say(head), width=width) for head, width in zip(columns, (_LEFT, _RIGHT), strict=True))
        return Table(name, heads, [[each.to(language) for each in row] for row in rows], heading=say(name))

    reader = card.reader.to(language)
    parts: tuple[SheetElement, ...] = (
        table("morning", ("what", "do"), card.morning),
        TextLine(say("handing_in"), LineStyle.HEADING),
        *(TextLine(line.to(language)) for line in card.handing_in),
        table("what_if", ("case", "advice"), card.what_if),
    )
    sheet = WorkbookSheet(
        reader,
        parts,
        heading=say("title", reader=reader),
        subheading=say("keep", office=office_name),
        profile=True,
    )
    return write(Book((sheet,), {embedded_metadata.KIND: embedded_metadata.REPORT}, footer=caption("page", language)))
