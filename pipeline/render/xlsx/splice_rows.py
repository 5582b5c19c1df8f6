"""Rows of big tables, and pages alike, put as XML into a prepared workbook: the same cells and styles, several times as fast.

A prepared workbook holds, in place of a table's rows, one blank sample row for each way in which its cells can look
(``variants``). The samples tell the number of each style; the rows take their place, the table's range grows to hold
them. Nothing else of the package is touched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import cast
from xml.sax.saxutils import escape

from pipeline.domain.place import column_name
from pipeline.render.xlsx.alike_pages import PageCopy, PageModel
from pipeline.render.xlsx.cell_values import serial, storable
from pipeline.render.xlsx.safe_text import MAX_TEXT, looks_live
from pipeline.render.xlsx.workbook import Cell, Mark, Table

_CHUNK = 1000
"""Rows that are in memory as XML at a time."""
_LARGE = 300_000
"""Rows from which on a sheet's XML may be too long for a zip of the old kind."""
_LEVEL = 1
"""Of compression: rows are so alike that more effort costs time and saves little."""
_NUMBER = b"\x00"
"""Stands for a row's number in the pattern of its XML: no text holds this sign when it gets there."""
_SEPARATOR = "\x1f"
_DOUBTFUL = re.compile(
    r"[&<>\x00-\x1e\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|(?:^|\x1f)[=+\-@\s\x1f]|\s(?:\x1f|$)|^$|\x1f$"
)
"""In texts joined by ``_SEPARATOR``: whatever cannot stand in XML as it is, is blank, or needs a style of its own."""
_ESCAPE_LIKE = re.compile("(_x[0-9A-Fa-f]{4}_)")
_FILLED = re.compile(r'<c r="[A-Z]+[0-9]+" s="([0-9]+)"(?: t="[a-z]+")?><v>[^<]*</v></c>')
_SAMPLE = re.compile(r'<c r="[A-Z]+([0-9]+)" s="([0-9]+)"/>')

Variant = tuple[Mark | None, bool]
"""How a row stands out, and whether the text of a cell needs its quote prefix."""


@dataclass(frozen=True, slots=True)
class Splice:
    """*table*'s rows, to stand from row *first* (as Excel counts) of sheet number *sheet*, as table number *number*."""

    table: Table
    sheet: int
    number: int
    first: int
    height: float


def variants(table: Table) -> list[Variant]:
    """Return the ways in which cells of *table* can look: one sample row each, in this order."""
    marks: list[Mark | None] = [None, *sorted(table.marks_in_use)]
    return [(mark, quoted) for mark in marks for quoted in (False, True)]


def splice(prepared: bytes, splices: Sequence[Splice], copies: Sequence[PageCopy] = ()) -> bytes:
    """Return the *prepared* workbook with its rows, and with the pages that are *copies* of others in place of blank sheets.
    Equal values give equal bytes: no entry bears a time.
    """
    sheets = {f"xl/worksheets/sheet{each.sheet}.xml": each for each in splices}
    tables = {f"xl/tables/table{each.number}.xml": each for each in splices}
    pages = {f"xl/worksheets/sheet{each.sheet}.xml": each for each in copies}
    models: dict[PageModel, _CutPage] = {}
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(prepared)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        for name in source.namelist():
            large = name in sheets and sheets[name].table.height > _LARGE
            with target.open(name, "w", force_zip64=large) as stream:
                if name in sheets:
                    for piece in _sheet(source.read(name).decode(), sheets[name]):
                        stream.write(piece)
                elif name in pages:
                    copy = pages[name]
                    if copy.model not in models:
                        xml = source.read(f"xl/worksheets/sheet{copy.model.sheet}.xml").decode()
                        models[copy.model] = _CutPage(xml, copy.model.cells)
                    stream.write(models[copy.model].filled(copy.values))
                elif name in tables:
                    stream.write(_resized(source.read(name).decode(), tables[name]).encode())
                else:
                    stream.write(source.read(name))
    return buffer.getvalue()


def _resized(xml: str, part: Splice) -> str:
    """The table's own range and its filter's: both begin at the header above the rows."""
    last = f"{column_name(len(part.table.columns) - 1)}{part.first + part.table.height - 1}"
    return re.sub(rf'ref="A{part.first - 1}:[A-Z]+[0-9]+"', f'ref="A{part.first - 1}:{last}"', xml)


def _sheet(xml: str, part: Splice) -> Iterator[bytes]:
    samples = len(variants(part.table))
    begin = xml.index(f'<row r="{part.first}"')
    end = xml.index("</row>", xml.index(f'<row r="{part.first + samples - 1}"')) + len("</row>")
    styles: list[list[int]] = [[] for _ in range(samples)]
    for row, style in _SAMPLE.findall(xml, begin, end):
        styles[int(row) - part.first].append(int(style))
    last = part.first + part.table.height - 1
    yield re.sub(
        r'<dimension ref="(A1:[A-Z]+)([0-9]+)"/>',
        lambda found: f'<dimension ref="{found[1]}{max(int(found[2]), last)}"/>',
        xml[:begin],
        count=1,
    ).encode()
    yield from _Rows(part, dict(zip(variants(part.table), styles, strict=True))).chunks()
    yield xml[end:].encode()


class _CutPage:
    """The XML of a page, cut where its cells differ from those of pages alike."""

    def __init__(self, xml: str, cells: Sequence[str]) -> None:
        self._pieces: list[str] = []
        self._styles: list[int] = []
        at = 0
        for cell in cells:
            begin = xml.index(f'<c r="{cell}" s="', at)
            found = _FILLED.match(xml, begin)
            if found is None:
                raise AssertionError(f"cell {cell} of the page that others are made of holds nothing")
            self._pieces.append(xml[at:begin] + f'<c r="{cell}')
            self._styles.append(int(found[1]))
            at = found.end()
        self._pieces.append(xml[at:])
        self._pieces[0] = self._pieces[0].replace(' tabSelected="1"', "")  # one page alone is open

    def filled(self, values: Sequence[Cell]) -> bytes:
        """Return the page with *values* in those cells."""
        endings = [_cell_xml(value, style) for value, style in zip(values, self._styles, strict=True)]
        return "".join(part for pair in zip(self._pieces, [*endings, ""], strict=True) for part in pair).encode()


def _cell_xml(cell: Cell, style: int) -> str:
    """Return the XML of a *cell* that Excel can keep, after its name."""
    match cell:
        case None:
            return f'" s="{style}"/>'
        case str():
            kept = ' xml:space="preserve"' if cell != cell.strip() else ""
            text = escape(_ESCAPE_LIKE.sub(r"_x005F\1", cell))
            return f'" s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
        case date():
            return f'" s="{style}"><v>{serial(cell)}</v></c>'
        case _:
            return f'" s="{style}"><v>{cell:.16G}</v></c>'


class _Rows:
    """Rows as bytes, and no longer as text: put together so, they take half the time."""

    def __init__(self, part: Splice, styles: Mapping[Variant, Sequence[int]]) -> None:
        self._table = part.table
        self._first = part.first
        self._opening = b'<row r="%s" ht="%s" customHeight="1">' % (_NUMBER, f"{part.height:g}".encode())
        self._styles = styles

    def chunks(self) -> Iterator[bytes]:
        """Yield the rows' XML, ``_CHUNK`` rows at a time."""
        first = self._first
        for batch in self._table.batches():
            for begin in range(0, len(batch.rows), _CHUNK):
                chunk = batch.rows[begin : begin + _CHUNK]
                yield self._chunk(chunk, first, [batch.marks.get(begin + row) for row in range(len(chunk))])
                first += len(chunk)

    def _chunk(self, rows: Sequence[Sequence[Cell]], first: int, marks: Sequence[Mark | None]) -> bytes:
        columns = [self._column(index, cells, marks) for index, cells in enumerate(zip(*rows, strict=True))]
        pattern = b"%s%s</row>" % (self._opening, b"".join(pattern for pattern, _ in columns))
        varying = [cells for _, cells in columns if cells is not None]
        parts = zip(*varying, strict=True) if varying else [()] * len(rows)
        return b"".join((pattern % cells).replace(_NUMBER, b"%d" % row) for row, cells in enumerate(parts, first))

    def _column(
        self, index: int, cells: Sequence[Cell], marks: Sequence[Mark | None]
    ) -> tuple[bytes, Sequence[bytes] | None]:
        """Return the XML of a column's cells as a pattern, and what takes the place of its %s row by row, if anything.

        A column of one simple kind is looked at all at once, any other cell by cell.
        """
        at = b'<c r="%s%s' % (column_name(index).encode(), _NUMBER)
        style = self._styles[None, False][index]
        kinds = set(map(type, cells)) - {NoneType}
        own_marks = any(marks) and any(self._styles[mark, False][index] != style for mark in set(marks))
        if not own_marks and not kinds:
            return b'%s" s="%d"/>' % (at, style), None
        texts = cast("set[str]", set(cells) - {None}) if kinds == {str} and not own_marks else set[str]()
        if texts and _plain(texts):
            before, after = b'" s="%d" t="inlineStr"><is><t>' % style, b"</t></is></c>"
            if None in cells:
                blank = b'" s="%d"/>' % style
                return at + b"%s", [blank if cell is None else before + str(cell).encode() + after for cell in cells]
            if len(texts) == 1:
                return at + before + texts.pop().encode().replace(b"%", b"%%") + after, None
            return at + before + b"%s" + after, _encoded(cast("Sequence[str]", cells))
        endings: dict[tuple[Cell, type, Mark | None], bytes] = {}
        found = []
        for cell, mark in zip(cells, marks, strict=True):
            key = (cell, type(cell), mark)
            if key not in endings:
                endings[key] = self._ending(index, cell, mark).encode()
            found.append(endings[key])
        return at + b"%s", found

    def _ending(self, index: int, cell: Cell, mark: Mark | None) -> str:
        """Return the XML of one cell after its row number."""
        cell = storable(cell)
        if cell is None and mark is not Mark.EXAMPLE:
            mark = None
        style = self._styles[mark, isinstance(cell, str) and looks_live(cell)][index]
        return _cell_xml(cell, style)


def _encoded(texts: Sequence[str]) -> list[bytes]:
    """Return *texts*, which hold no separator, as bytes: all at once takes half of what one by one does."""
    return _SEPARATOR.join(texts).encode().split(_SEPARATOR.encode())


def _plain(texts: set[str]) -> bool:
    """Tell whether all *texts* can stand in the file as they are, in their column's own style."""
    joined = _SEPARATOR.join(texts)
    if len(joined) > MAX_TEXT // 2 and max(map(len, texts)) > MAX_TEXT // 2:
        return False
    if "" not in texts and "".join(texts).isalnum():  # most codes and names: no need to look closer
        return True
    return joined.count(_SEPARATOR) == len(texts) - 1 and not _DOUBTFUL.search(joined)
