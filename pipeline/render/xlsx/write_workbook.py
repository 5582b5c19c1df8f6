"""A described workbook → the bytes of an .xlsx. Equal descriptions give equal bytes."""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from pipeline.domain import embedded_metadata
from pipeline.render.xlsx.alike_pages import PageCopy, PageModel, likeness, varying
from pipeline.render.xlsx.apply_filters import Filtered, apply_filters
from pipeline.render.xlsx.import_sheets import import_sheets
from pipeline.render.xlsx.safe_text import cell_text, sheet_titles
from pipeline.render.xlsx.splice_rows import Splice, splice
from pipeline.render.xlsx.workbook import Book, WorkbookSheet
from pipeline.render.xlsx.workbook_style import FONT, FONT_SIZE, Properties
from pipeline.render.xlsx.write_sheet import SheetWriter

OPTIONS_SHEET = "_options"
_MAX_LIST = 255
"""Characters of a dropdown that may stand in the sheet itself; a longer one is read from ``OPTIONS_SHEET``."""
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A workbook's date is part of its bytes, and says nothing that its reader needs."""


SPLICED_ABOVE = 500
"""Rows: a longer table is written the fast way, which makes the same workbook."""


def write(book: Book, *, spliced_above: int = SPLICED_ABOVE) -> bytes:
    """Return the bytes of *book*."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": FONT_SIZE},
        },
    )
    workbook.set_properties({"created": _CREATED, "author": "Ruwang"})
    shared = WorkbookFormats(workbook, spliced_above)
    for sheet, title in zip(book.sheets, sheet_titles(sheet.title for sheet in book.sheets), strict=True):
        _write_sheet(workbook.add_worksheet(title), shared, sheet, book.footer)
    _write_options(workbook, shared.long_lists)
    _write_carried(workbook, sorted(book.metadata.items()))
    workbook.close()
    content = buffer.getvalue()
    if shared.splices or shared.copies:
        content = splice(content, shared.splices, shared.copies)
    return import_sheets(apply_filters(content, shared.filtered) if shared.filtered else content, book.added)


class WorkbookFormats:
    """What the sheets of one workbook have in common: formats, names of tables, long dropdowns."""

    def __init__(self, workbook: Any, spliced_above: int) -> None:
        self.workbook = workbook
        self.spliced_above = spliced_above
        self.splices: list[Splice] = []
        self.filtered: list[Filtered] = []
        self.models: dict[Hashable, PageModel] = {}
        self.copies: list[PageCopy] = []
        self.tables = 0
        self.long_lists: list[tuple[str, ...]] = []
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, style: Properties) -> Any:
        """Return the format of *style*, the same one for the same style."""
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(style)
        return self._formats[key]

    def table_name(self, wanted: str) -> str:
        """Return a name for a table that Excel takes and no other table has."""
        self.tables += 1
        kept = "".join(char for char in wanted if char.isascii() and (char.isalnum() or char == "_"))
        return f"t{self.tables}_{kept}"

    def list_source(self, options: tuple[str, ...]) -> str | list[str]:
        """Return the source of a dropdown: the options themselves, or where they stand when they are too long."""
        joined = "".join(options)
        if len(joined.encode("utf-16-le")) // 2 + len(options) <= _MAX_LIST and not set(',"') & set(joined):
            return list(options)
        if options not in self.long_lists:
            self.long_lists.append(options)
        letters = xlsxwriter.utility.xl_col_to_name(self.long_lists.index(options))
        return f"='{OPTIONS_SHEET}'!${letters}$1:${letters}${len(options)}"


def _write_sheet(target: Any, shared: WorkbookFormats, sheet: WorkbookSheet, footer: str) -> None:
    """Write *sheet*, or leave it to be made of a page alike that is written already."""
    kind = likeness(sheet)
    model = shared.models.get(kind) if kind is not None else None
    if model is not None:
        shared.copies.append(PageCopy(target.index + 1, model, tuple(varying(sheet))))
        return
    writer = SheetWriter(target, shared, footer)
    writer.write(sheet)
    if kind is not None:
        shared.models[kind] = PageModel(target.index + 1, tuple(writer.varying))


def _write_options(workbook: Any, lists: Sequence[tuple[str, ...]]) -> None:
    if lists:
        sheet = workbook.add_worksheet(OPTIONS_SHEET)
        sheet.very_hidden()
        for column, options in enumerate(lists):
            for row, option in enumerate(options):
                sheet.write_string(row, column, cell_text(option))


def _write_carried(workbook: Any, pairs: Iterable[tuple[str, str]]) -> None:
    sheet = workbook.add_worksheet(embedded_metadata.SHEET)
    sheet.very_hidden()
    for row, (key, value) in enumerate(pairs):
        sheet.write_string(row, 0, cell_text(key))
        sheet.write_string(row, 1, cell_text(value))
