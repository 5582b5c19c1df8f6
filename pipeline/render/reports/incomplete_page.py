"""The page of a worklist on which what records lack is filled in: their blank cells stand open beside the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.domain import embedded_metadata
from pipeline.domain.data_quality import Portfolio
from pipeline.domain.office import Office
from pipeline.render.reports.field_column import asked, locked, to_cells
from pipeline.render.reports.record_columns import as_of, name_of_area, state_name
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import (
    Access,
    FilledColumn,
    LineStyle,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from schemas.language import FieldRole, Kind

MOST_ROWS = 300
"""Records on the page: who has more begins with the worst."""


class IncompletePage:
    """What the records that somebody looks after in one register lack. A cell of it that is filled corrects its record."""

    def __init__(self, office: Office, kept: Portfolio) -> None:
        self._office = office
        self._kept = kept
        self.form = kept.register.base.code
        self._listed = kept.incomplete[:MOST_ROWS]
        entries = [each.entry for each in self._listed]
        self.tokens = [embedded_metadata.token(entry.key, entry.version) for entry in entries]
        self._columns = self._columned()

    @property
    def title(self) -> str:
        """What the page is called, where no other one is."""
        return caption("incomplete", self._office.language)

    def shown(self) -> Mapping[str, Mapping[str, str]]:
        """Return what stands in all cells, by label and token: only what differs is said by whoever fills the page."""
        return embedded_metadata.quoted_columns(((column.label, cells) for column, cells in self._columns), self.tokens)

    def sheet(self, title: str) -> WorkbookSheet:
        """Return the page."""
        language = self._office.language
        token = TableColumn(embedded_metadata.TOKEN_LABEL, Kind.CODE, Access.LOCKED, hidden=True)
        table = Table.of_columns("incomplete", [*self._columns, (token, self.tokens)], marks={}, freeze=2)
        parts: list[SheetElement] = [TextLine(caption("incomplete_hint", language), LineStyle.HINT), table]
        if more := len(self._kept.incomplete) - len(self._listed):
            # above the table: what stands below its rows is a remark when the page comes back
            parts.insert(1, TextLine(caption("incomplete_more", language, count=more), LineStyle.HINT))
        of = self._kept.register.title.to(language)
        return WorkbookSheet(
            title,
            tuple(parts),
            heading=f"{caption('incomplete', language)} · {of}",
            subheading=f"{as_of(self._office)}    {caption('total', language, count=len(self._kept.incomplete))}",
        )

    def _columned(self) -> list[FilledColumn]:
        language, register = self._office.language, self._kept.register
        entries = [each.entry for each in self._listed]
        missing = {field.code for each in self._listed for field in each.missing}
        first = [field for field in register.base if field.key or field.means is FieldRole.TITLE]
        open_fields = [field for field in register.base if field.code in missing and field not in first]
        columns: list[FilledColumn] = []
        for field in first:
            only_shown = field.key or register.only_shown or register.barring(field.code)
            column = locked(field, language) if only_shown else asked(field, register.base, language, Access.CORRECT)
            columns.append((column, to_cells(field, entries, language)))
        percents = [each.percent for each in self._listed]
        columns.append((TableColumn(caption("percent", language), Kind.INTEGER, Access.LOCKED), percents))
        for field in open_fields:
            barred = register.only_shown or register.barring(field.code)
            column = locked(field, language) if barred else asked(field, register.base, language)
            # nothing is required here: each cell is filled when it is known
            columns.append((replace(column, label=field.label.to(language)), to_cells(field, entries, language)))
        states = [state_name(register, entry, language) for entry in entries]
        areas = [name_of_area(self._office, entry.area) for entry in entries]
        others = [
            "、".join(field.label.to(language) for field in each.missing if field not in open_fields)
            for each in self._listed
        ]
        if any(others):
            columns.append((TableColumn(caption("missing", language), Kind.TEXT, Access.LOCKED), others))
        for code, cells in (("state", states), ("area", areas)):
            columns.append((TableColumn(caption(code, language), Kind.TEXT, Access.LOCKED), cells))
        return columns


def incomplete_pages(office: Office, portfolios: Sequence[Portfolio]) -> list[IncompletePage]:
    """Return a page for each of *portfolios* in which something is lacking."""
    return [IncompletePage(office, kept) for kept in portfolios if kept.incomplete]
