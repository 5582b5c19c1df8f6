"""What the fast reader does not tell of an .xls (MS-XLS): error cells, hidden rows and columns, a password."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.domain.place import pack
from pipeline.read.compound import Compound, DamagedError
from pipeline.read.sheet_parts import SheetPart

_FORMULA, _FILE_PASS, _COLUMN_INFO, _SHEET, _ERROR, _ROW = 0x0006, 0x002F, 0x007D, 0x0085, 0x0205, 0x0208
_BEGIN, _END = 0x0809, 0x000A
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_LAST_COLUMN = 255


def biff_parts(content: bytes) -> tuple[list[SheetPart], bool]:
    """Return what is to be known of each sheet in order, and whether the workbook has a password.

    A container that is damaged gives nothing: the reader itself will say so.
    """
    try:
        stream = Compound(content).stream("Workbook", "Book")
    except DamagedError:
        return [], False
    if stream is None:
        return [], False
    places = []
    for kind, data in _records(stream, 0):
        if kind == _FILE_PASS:
            return [], True
        if kind == _SHEET and len(data) >= 6:
            places.append(struct.unpack_from("<I", data)[0])
    return [_look_at(stream, place) for place in places], False


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and data of the records of one substream; those of charts within it are passed over."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[position : position + length]
        position += length


def _look_at(stream: bytes, place: int) -> SheetPart:
    part = SheetPart(merges=None)
    for kind, data in _records(stream, place):
        try:
            if kind == _ERROR and data[7]:
                row, column = struct.unpack_from("<HH", data)
                part.broken[pack(row, column)] = _ERRORS.get(data[6], "#N/A")
            elif kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
                row, column = struct.unpack_from("<HH", data)
                part.broken[pack(row, column)] = _ERRORS.get(data[8], "#N/A")
            elif kind == _ROW and data[12] & 0x20:
                part.hidden_rows.append(struct.unpack_from("<H", data)[0])
            elif kind == _COLUMN_INFO and data[8] & 1:
                first, last = struct.unpack_from("<HH", data)
                part.hidden_columns += range(first, min(last, _LAST_COLUMN) + 1)
        except (IndexError, struct.error):
            continue
    return part
