"""What the fast reader does not tell of an .xls (MS-XLS): error cells, hidden rows and columns, a password."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Mapping

from pipeline.domain.place import pack
from pipeline.read.formats.ole_stream import DamagedError, OleStream
from pipeline.read.formats.outlying_cells import FilledRange, fits, near_corner
from pipeline.read.formats.sheet_parts import SheetPart
from pipeline.read.formats.shown_units import BUILT_IN, unit_of_format

_FORMULA, _FILE_PASS, _COLUMN_INFO, _SHEET, _ERROR, _ROW = 0x0006, 0x002F, 0x007D, 0x0085, 0x0205, 0x0208
_BEGIN, _END, _DIMENSION, _STRING = 0x0809, 0x000A, 0x0200, 0x0207
_FONT, _CELL_FORMAT, _STRUCK_OUT = 0x0031, 0x00E0, 0x0008
_NUMBER_FORMAT = 0x041E
_NO_FONT = 4
"""A number that no font bears."""
_SEVERAL = 0x00BD  # numbers in neighbouring cells
_FILLED = frozenset({_FORMULA, _ERROR, _SEVERAL, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E})
_STREAMS = ("Workbook", "Book")
_SILENCE = struct.pack("<H", 0x0FFF)
"""The kind of a record that no reader knows and each passes over."""
_ALWAYS = 0x3
"""Calculate always and on loading: programs that cannot calculate write it, with a zero."""
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
UNCALCULATED = "=…"
"""Stands for a formula whose text is not at hand."""
_LAST_COLUMN = 255


def biff_parts(content: bytes) -> tuple[list[SheetPart], bool, bytes | None]:
    """Return what is to be known of each sheet in order, whether there is a password, and the file without strays.

    None in place of the file when it has none. A container that is damaged gives nothing: the reader itself will say
    so.
    """
    try:
        stream = OleStream(content, _STREAMS)
        return _parts(stream, stream.content) if stream.content is not None else ([], False, None)
    except DamagedError:
        return [], False, None


def _parts(container: OleStream, stream: bytes) -> tuple[list[SheetPart], bool, bytes | None]:
    places = []
    fonts: list[bool] = []
    formats: list[tuple[int, int]] = []
    units = dict(BUILT_IN)
    for kind, _, data in _records(stream, 0):
        if kind == _FONT and len(data) >= 4:
            fonts.append(bool(struct.unpack_from("<H", data, 2)[0] & _STRUCK_OUT))
        elif kind == _CELL_FORMAT and len(data) >= 4:
            formats.append(struct.unpack_from("<HH", data))
        elif kind == _NUMBER_FORMAT and len(data) >= 5:
            units[struct.unpack_from("<H", data)[0]] = unit_of_format(_text(data))
        if kind == _FILE_PASS:
            return [], True, None
        if kind == _SHEET and len(data) >= 6:
            places.append(struct.unpack_from("<I", data)[0])
    if any(fonts):
        fonts.insert(_NO_FONT, False)
    struck = frozenset(at for at, (font, _) in enumerate(formats) if font < len(fonts) and fonts[font])
    shown = {at: units[number] for at, (_, number) in enumerate(formats) if units.get(number)}
    sheets = [_Sheet(stream, place, struck, shown) for place in places]
    silenced = {place: _SILENCE for sheet in sheets for place in sheet.silenced}
    mended = container.overwritten(silenced) if silenced else None
    return [sheet.part for sheet in sheets], False, mended


def _text(data: bytes) -> str:
    """Return the code of a record that declares a number format: one byte a letter, or two."""
    return data[5:].decode("utf-16-le" if data[4] & 1 else "latin-1", "replace")


def _records(stream: bytes, position: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield kind, place and data of the records of one substream; those of charts within it are passed over."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        begin = position
        position += 4
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, begin, stream[position : position + length]
        position += length


class _Sheet:
    """One sheet's records, looked at. ``silenced`` are the places of those that must not reach the reader."""

    def __init__(self, stream: bytes, place: int, struck: Collection[int], units: Mapping[int, str]) -> None:
        self._struck = struck
        self._units = units
        self.part = SheetPart(merges=None)
        self.silenced: list[int] = []
        self._rows: set[FilledRange] = set()
        self._columns: set[FilledRange] = set()
        self._dimension: int | None = None
        for kind, begin, data in _records(stream, place):
            try:
                self._look_at(kind, begin, data)
            except (IndexError, struct.error):
                continue
        self._leave_out_outlying(stream, place)

    def _look_at(self, kind: int, begin: int, data: bytes) -> None:
        part = self.part
        if kind in _FILLED:
            row, first, last = _covered(kind, data)
            self._rows.add((row, row))
            self._columns.add((first, last))
            if self._struck or self._units:
                self._look_at_style(kind, data)
        if kind == _ERROR and data[7]:
            part.broken[_cell(data)] = ERRORS.get(data[6], "#N/A")
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            part.broken[_cell(data)] = ERRORS.get(data[8], "#N/A")
        elif kind == _FORMULA and data[6:14] == bytes(8) and data[14] & _ALWAYS == _ALWAYS:
            part.broken[_cell(data)] = UNCALCULATED
        elif kind == _ROW and data[12] & 0x20:
            part.hidden_rows.append(struct.unpack_from("<H", data)[0])
        elif kind == _COLUMN_INFO and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            part.hidden_columns += range(first, min(last, _LAST_COLUMN) + 1)
        elif kind == _DIMENSION:
            _, end_row, _, end_column = struct.unpack_from("<IIHH", data)
            self._dimension = begin if not fits(end_row, end_column) else None

    def _look_at_style(self, kind: int, data: bytes) -> None:
        row, first, last = _covered(kind, data)
        for column in range(first, last + 1):
            at = 4 + 6 * (column - first) if kind == _SEVERAL else 4
            style = struct.unpack_from("<H", data, at)[0]
            if style in self._struck:
                self.part.struck.add(pack(row, column))
            if style in self._units:
                self.part.units[pack(row, column)] = self._units[style]

    def _leave_out_outlying(self, stream: bytes, place: int) -> None:
        if self._dimension is not None:  # the reader makes room for what is declared
            self.silenced.append(self._dimension)
        if not self._rows or fits(max(self._rows)[1], max(last for _, last in self._columns)):
            return
        corner = near_corner(self._rows, self._columns)
        if corner is None:
            self.part.too_large = True
            return
        stray = False
        for kind, begin, data in _records(stream, place):
            if kind in _FILLED and len(data) >= 6:
                row, first, _ = _covered(kind, data)
                stray = row > corner[0] or first > corner[1]
                if stray:
                    self.part.outlying.append((pack(row, first), ""))
                    self.part.broken.pop(pack(row, first), None)
            if stray and (kind in _FILLED or kind == _STRING):
                self.silenced.append(begin)


def _cell(data: bytes) -> int:
    return pack(*struct.unpack_from("<HH", data))


def _covered(kind: int, data: bytes) -> tuple[int, int, int]:
    """Return row, first and last column of a record that fills cells."""
    row, first = struct.unpack_from("<HH", data)
    last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _SEVERAL else first
    return row, first, max(first, last)
