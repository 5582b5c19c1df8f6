"""What the fast reader does not tell of an .xlsb (MS-XLSB): errors, uncalculated formulas, hidden rows, cells far away."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Mapping

from pipeline.domain.place import MAX_COLUMNS, MAX_ROWS, pack
from pipeline.read.formats.biff_parts import ERRORS, UNCALCULATED
from pipeline.read.formats.outlying_cells import FilledRange, fits, near_corner
from pipeline.read.formats.sheet_parts import SheetPart

BOOK = "xl/workbook.bin"
RELATIONS = "xl/_rels/workbook.bin.rels"

_ROW, _ERROR, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 3, 9, 11
_CELLS = range(2, 12)
_COLUMN_INFO, _DIMENSION, _SHEET, _MERGE = 60, 148, 156, 176
_ALWAYS = 0x2  # fAlwaysCalc: programs that cannot calculate write it with a zero
_MOST_HIDDEN = 1_000  # a hidden rest of the sheet is not worth listing

_Record = tuple[int, int, int, int]
"""Kind, where the record begins, where its data begin, where it ends."""


def relations_by_title(book: bytes) -> Mapping[str, str]:
    """Return the relation of each sheet by its title, from the workbook's own part."""
    relations = {}
    for kind, _, start, end in _records(book):
        if kind != _SHEET:
            continue
        try:
            relation, place = _string(book, start + 8, end)
            title, _ = _string(book, place, end)
        except struct.error:
            continue
        relations[title] = relation
    return relations


def look_at_binary(part: bytes) -> SheetPart:
    """Return what is to be known of a sheet's *part* beside its values."""
    look = _Look(part)
    for kind, _, start, end in _records(part):
        with contextlib.suppress(struct.error, IndexError):
            look.at(kind, start, end)
    look.leave_out_outlying()
    return look.seen


class _Look:
    """One sheet while its records pass by."""

    def __init__(self, part: bytes) -> None:
        self._merges: list[tuple[int, int, int, int]] = []
        self.seen = SheetPart(merges=self._merges)
        self._part = part
        self._row = 0
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._lies = False

    def at(self, kind: int, start: int, end: int) -> None:
        """Take note of one record; ``struct.error`` or ``IndexError`` when it is too short."""
        part, seen = self._part[start:end], self.seen
        if kind == _ROW:
            self._row = struct.unpack_from("<I", part)[0]
            if part[11] & 0x10 and self._row < MAX_ROWS:
                seen.hidden_rows.append(self._row)
        elif kind in _CELLS:
            column = struct.unpack_from("<I", part)[0]
            if self._row < MAX_ROWS and column < MAX_COLUMNS:
                self._rows.add(self._row)
                self._columns.add(column)
                self._look_at_cell(kind, part, pack(self._row, column))
        elif kind == _COLUMN_INFO:
            first, last = struct.unpack_from("<II", part)
            if part[16] & 1:
                seen.hidden_columns += range(first, min(last, first + _MOST_HIDDEN) + 1)
        elif kind == _MERGE:
            first_row, last_row, first, last = struct.unpack_from("<IIII", part)
            self._merges.append((first_row, first, last_row, last))
        elif kind == _DIMENSION:
            _, last_row, _, last = struct.unpack_from("<IIII", part)
            self._lies = not fits(last_row, last)

    def _look_at_cell(self, kind: int, part: bytes, cell: int) -> None:
        if kind in {_ERROR, _FORMULA_ERROR}:
            self.seen.broken[cell] = ERRORS.get(part[8], "#N/A")
        elif kind == _FORMULA_NUMBER:
            value, flags = struct.unpack_from("<dH", part, 8)
            if value == 0 and flags & _ALWAYS:
                self.seen.broken[cell] = UNCALCULATED

    def leave_out_outlying(self) -> None:
        """Cut the sheet where it is too large to hold, and what it declares when that is."""
        corner: FilledRange | None = (MAX_ROWS, MAX_COLUMNS)
        if self._rows and not fits(max(self._rows), max(self._columns)):
            corner = near_corner(((each, each) for each in self._rows), ((each, each) for each in self._columns))
        elif not self._lies:
            return
        if corner is None:
            self.seen.too_large = True
        else:
            _prune(self._part, corner, self.seen)


def _prune(part: bytes, corner: FilledRange, seen: SheetPart) -> None:
    """Leave out the cells beyond *corner*, and the declared size, which the fast reader believes."""
    kept: list[bytes] = []
    row = 0
    for kind, begin, start, end in _records(part):
        if kind == _ROW and end - start >= 4:
            row = struct.unpack_from("<I", part, start)[0]
        if kind == _DIMENSION:
            kept.append(part[begin:start] + bytes(end - start))
        elif kind in _CELLS and end - start >= 4:
            column = struct.unpack_from("<I", part, start)[0]
            if row <= corner[0] and column <= corner[1]:
                kept.append(part[begin:end])
            elif row < MAX_ROWS and column < MAX_COLUMNS:
                seen.outlying.append((pack(row, column), ""))
                seen.broken.pop(pack(row, column), None)
        else:
            kept.append(part[begin:end])
    seen.pruned = b"".join(kept)


def _records(part: bytes) -> Iterator[_Record]:
    position, length = 0, len(part)
    while position < length:
        begin = position
        kind = part[position]
        position += 1
        if kind & 0x80:
            if position >= length:
                return
            kind = kind & 0x7F | (part[position] & 0x7F) << 7
            position += 1
        size = 0
        for shift in (0, 7, 14, 21):
            if position >= length:
                return
            byte = part[position]
            position += 1
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if position + size > length:
            return
        yield kind, begin, position, position + size
        position += size


def _string(part: bytes, place: int, end: int) -> tuple[str, int]:
    """Return the string at *place* and where it ends; ``struct.error`` when it does not fit before *end*."""
    count = struct.unpack_from("<I", part, place)[0]
    after = place + 4 + 2 * count
    if after > end:
        raise struct.error
    return part[place + 4 : after].decode("utf-16-le", "replace"), after
