"""Workbooks in binary parts (.xlsb), record by record as MS-XLSB describes them: no library at hand writes them."""

from __future__ import annotations

import struct

from tests.read.packages import zipped

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    lengths = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + lengths + data


def string(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(kind: int, column: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + value)


def text(column: int, value: str) -> bytes:
    return cell(6, column, string(value))


def error(column: int, code: int) -> bytes:
    return cell(3, column, bytes([code]))


def formula_error(column: int, code: int) -> bytes:
    return cell(11, column, bytes([code]) + struct.pack("<HII", 0, 0, 0))


def formula_number(column: int, value: float, flags: int = 0) -> bytes:
    return cell(9, column, struct.pack("<dHII", value, flags, 0, 0))


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    head = struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0)
    return record(0, head + struct.pack("<I", 0)) + b"".join(cells)


def texts(number: int, line: str, **about: bool) -> bytes:
    return row(number, *(text(at, each.strip()) for at, each in enumerate(line.split("|")) if each.strip()), **about)


def hidden_columns(first: int, last: int) -> bytes:
    return record(60, struct.pack("<IIIIH", first, last, 2048, 0, 1))


def xlsb(*rows: bytes, before: bytes = b"", after: bytes = b"", size: tuple[int, int] = (9, 9)) -> bytes:
    """Return a workbook of one sheet; *size* is the last row and column that it declares."""
    dimension = record(148, struct.pack("<IIII", 0, size[0], 0, size[1]))
    sheet = record(129) + dimension + before + record(145) + b"".join(rows) + record(146) + after + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + string("rId1") + string("Sheet1"))
    book = record(131) + record(153, struct.pack("<II", 0, 0) + string("")) + record(143) + bundle + record(144)
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.format("officeDocument", "xl/workbook.bin").encode(),
            "xl/workbook.bin": book + record(132),
            "xl/_rels/workbook.bin.rels": _RELATIONS.format("worksheet", "worksheets/sheet1.bin").encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
