"""Filters that staff have set on our tables, set again on the tables of the next master: the same values stay in sight."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from pipeline.render.xlsx.safe_text import cell_text
from pipeline.render.xlsx.workbook import Cell, Table

_FILTER = re.compile(r'<autoFilter ref="([A-Z0-9:]+)"/>')
_ROW = re.compile(r'<row r="([0-9]+)"')


@dataclass(frozen=True, slots=True)
class Filtered:
    """*table* is filtered: it stands from row *first* (as Excel counts) of sheet number *sheet*, as table *number*."""

    table: Table
    sheet: int
    number: int
    first: int


def apply_filters(content: bytes, filtered: Sequence[Filtered]) -> bytes:
    """Return the workbook in *content* with the filters of its tables set and the rows that they hide out of sight."""
    sheets = {f"xl/worksheets/sheet{each.sheet}.xml": each for each in filtered}
    tables = {f"xl/tables/table{each.number}.xml": each for each in filtered}
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name in tables:
                part = _with_filter(part.decode(), tables[name].table.filters).encode()
            elif name in sheets:
                part = _without_rows(part.decode(), sheets[name]).encode()
            target.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _with_filter(xml: str, filters: Mapping[int, tuple[str, ...]]) -> str:
    columns = "".join(
        f'<filterColumn colId="{column}"><filters{" blank=" + quoteattr("1") if "" in texts else ""}>'
        + "".join(f"<filter val={quoteattr(cell_text(text))}/>" for text in texts if text)
        + "</filters></filterColumn>"
        for column, texts in sorted(filters.items())
    )
    return _FILTER.sub(lambda found: f'<autoFilter ref="{found[1]}">{columns}</autoFilter>', xml, count=1)


def _without_rows(xml: str, part: Filtered) -> str:
    table = part.table
    hidden = {
        part.first + at
        for at, row in enumerate(row for batch in table.batches() for row in batch.rows)
        if any(_text(row[column]) not in texts for column, texts in table.filters.items())
    }
    return _ROW.sub(lambda found: f'{found[0]} hidden="1"' if int(found[1]) in hidden else found[0], xml)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
