"""Files made to hurt, each by a means of its own, and what has to become of it."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping

from pipeline.domain.place import column_name
from tests.read.packages import SHEET, added, patched
from tests.read.sheets import as_bytes, workbook

BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {}
"""By name: how it is made, and its fate: "read", or the rule by which it is refused."""

_REVIEWS = """
许可证号 | 审核结论 | 审核意见 | 审核日期 | 审核人
131123100018 | 通过 | 资料齐全 | 2026-11-04 | 赵敏
131123100026 | 退回 | 请补拍门头照片 | 2026-11-04 | 赵敏
"""
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"


def honest() -> bytes:
    """Return the sheet that most bombs are made from: two reviews."""
    return as_bytes(workbook(_REVIEWS))


def bomb(fate: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Declare a bomb by the function that makes it."""

    def declare(make: Callable[[], bytes]) -> Callable[[], bytes]:
        BOMBS[make.__name__] = make, fate
        return make

    return declare


def _in_sheet(old: bytes, new: bytes, content: bytes | None = None) -> bytes:
    """Return the honest sheet with *new* for *old*, which must be there, in its XML."""

    def change(xml: bytes) -> bytes:
        if old not in xml:
            raise LookupError(f"the sheet has no {old!r}")
        return xml.replace(old, new, 1)

    return patched(content or honest(), SHEET, change)


def _declared(content: bytes, reference: bytes) -> bytes:
    return patched(
        content, SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % reference, xml)
    )


@bomb("read")
def stray_cell_in_the_last_row_and_column() -> bytes:
    stray = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return _declared(_in_sheet(b"</sheetData>", stray), b"A1:XFD1048576")


@bomb("read")
def a_million_declared_rows() -> bytes:
    return _declared(_in_sheet(b"</sheetData>", b'<row r="1048576" s="1"/></sheetData>'), b"A1:E1048576")


@bomb("read")
def a_hundred_thousand_blank_rows_written_out() -> bytes:
    rows = b"".join(b'<row r="%d" ht="20"/>' % row for row in range(948_576, 1_048_577))
    return _in_sheet(b"</sheetData>", rows + b"</sheetData>")


@bomb("read")
def four_thousand_million_shared_strings_declared() -> bytes:
    content = patched(honest(), STRINGS, lambda xml: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4000000000"', xml))
    return patched(content, STRINGS, lambda xml: re.sub(rb'(?<![eC])count="\d+"', b'count="4000000000"', xml))


@bomb("read")
def the_whole_sheet_merged() -> bytes:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return _in_sheet(b"</sheetData>", merged)


@bomb("read")
def thirty_thousand_merged_ranges() -> bytes:
    ranges = b"".join(b'<mergeCell ref="G%d:XFD%d"/>' % (row, row) for row in range(1, 30_001))
    return _in_sheet(b"</sheetData>", b'</sheetData><mergeCells count="30000">' + ranges + b"</mergeCells>")


@bomb("file.unreadable")
def a_merged_range_beyond_the_sheet() -> bytes:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="AAAA1:B0"/></mergeCells>'
    return _in_sheet(b"</sheetData>", merged)


@bomb("read")
def a_reference_of_five_thousand_digits() -> bytes:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B' + b"9" * 5000 + b'"/></mergeCells>'
    return _in_sheet(b"</sheetData>", merged)


@bomb("file.unreadable")
def a_cell_beyond_the_last_row() -> bytes:
    return _in_sheet(b' r="A2"', b' r="A99999999999"')


@bomb("file.unreadable")
def ten_thousand_cells_that_never_end() -> bytes:
    cells = b"".join(b'<c r="A%d"><f>1' % row for row in range(4, 20_000))
    return _in_sheet(b"</sheetData>", b'<row r="4">' + cells + b"</row></sheetData>")


@bomb("file.bomb")
def a_sheet_listed_twenty_thousand_times() -> bytes:
    sheets = b"".join(
        b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        b' name="s%d" sheetId="%d" r:id="rId1"/>' % (number, number)
        for number in range(2, 20_000)
    )
    return patched(honest(), BOOK, lambda xml: xml.replace(b"</sheets>", sheets + b"</sheets>"))


@bomb("read")
def a_hidden_row_and_a_string_count_of_five_thousand_digits() -> bytes:
    digits = b"9" * 5000
    content = _in_sheet(b"</sheetData>", b'<row r="' + digits + b'" hidden="1"/></sheetData>')
    return patched(content, STRINGS, lambda xml: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="%s"' % digits, xml))


@bomb("read")
def a_page_of_spans_of_five_thousand_digits() -> bytes:
    rows = [[cell.strip() for cell in line.split("|")] for line in _REVIEWS.strip().splitlines()]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<html><table>{cells}<tr><td rowspan="{"9" * 5000}"></td></tr></table></html>'.encode()


@bomb("read")
def cells_of_five_thousand_digits() -> bytes:
    digits = "9" * 5000
    return as_bytes(workbook(f"{_REVIEWS.rstrip()}\n{' | '.join([digits] * 5)}"))


@bomb("read")
def every_column_hidden_again_and_again() -> bytes:
    columns = b'<col min="1" max="16384" hidden="1"/>' * 20_000
    return _in_sheet(b"<sheetData>", b"<cols>" + columns + b"</cols><sheetData>")


@bomb("file.bomb")
def zeros_packed_a_thousand_to_one() -> bytes:
    return added(honest(), "xl/media/image1.bin", bytes(64 << 20))


@bomb("file.bomb")
def many_parts_large_together() -> bytes:
    held = io.BytesIO(honest())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for number in range(30):
            package.writestr(f"xl/media/{number}.bin", bytes(15 << 20))
    return held.getvalue()


@bomb("file.bomb")
def twenty_thousand_parts() -> bytes:
    held = io.BytesIO(honest())
    with zipfile.ZipFile(held, "a") as package:
        for number in range(20_000):
            package.writestr(f"xl/{number}", b"")
    return held.getvalue()


@bomb("file.bomb")
def filled_to_the_last_cell_with_gaps() -> bytes:
    """Nothing stands so far from the rest that it could be left out."""
    along = b"".join(b'<c r="%s4"><v>1</v></c>' % column_name(column).encode() for column in range(0, 16_384, 90))
    down = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(900, 1_048_577, 900))
    return _in_sheet(b"</sheetData>", b'<row r="4">' + along + b"</row>" + down + b"</sheetData>")


@bomb("file.twice")
def two_parts_of_one_name() -> bytes:
    return added(honest(), SHEET, b"<worksheet/>")


@bomb("read")
def entities_that_laugh() -> bytes:
    """The reader expands none: nothing but the text of that one cell is lost."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return patched(
        honest(),
        STRINGS,
        lambda xml: xml.replace("资料齐全".encode(), b"&l9;", 1).replace(
            b"<sst", b'<!DOCTYPE sst [<!ENTITY l0 "ha">' + laughs + b"]><sst", 1
        ),
    )


@bomb("read")
def an_entity_that_fetches_a_file() -> bytes:
    """Nothing is fetched: where the entity stood there is nothing."""
    return patched(
        honest(),
        STRINGS,
        lambda xml: xml.replace("资料齐全".encode(), b"&passwd;", 1).replace(
            b"<sst", b'<!DOCTYPE sst [<!ENTITY passwd SYSTEM "file:///etc/passwd">]><sst', 1
        ),
    )


@bomb("read")
def parts_that_would_climb_out_of_the_package() -> bytes:
    """Nothing is unpacked to a disk: the names lead nowhere."""
    return added(added(honest(), "../../../tmp/evil.txt", b"evil"), "/etc/cron.d/evil", b"evil")


@bomb("read")
def sheets_of_a_zip_that_would_climb_out_of_it() -> bytes:
    return _zip({"../../evil.xlsx": honest()})


@bomb("file.encrypted")
def a_package_with_a_password() -> bytes:
    """A compound file (MS-CFB) that holds what Excel writes for a workbook with a password."""
    entry = "EncryptedPackage".encode("utf-16-le")
    header = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    root = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 22, 5, 1)
    child = entry.ljust(64, b"\0") + struct.pack("<HBB", 34, 2, 1)
    return (
        (header + struct.pack("<I", 0)).ljust(512, b"\xff") + table + root.ljust(128, b"\0") + child.ljust(384, b"\0")
    )


@bomb("file.encrypted")
def a_zip_with_a_password() -> bytes:
    content = bytearray(honest())
    for match in re.finditer(rb"PK\x01\x02", bytes(content)):
        content[match.start() + 8] |= 1
    return bytes(content)


@bomb("file.unreadable")
def a_zip_that_overlaps_itself() -> bytes:
    """Every entry of the directory leads to the same data."""
    content = bytearray(honest())
    for match in re.finditer(rb"PK\x01\x02", bytes(content)):
        struct.pack_into("<I", content, match.start() + 42, 0)
    return bytes(content)


@bomb("file.unreadable")
def elements_nested_without_end() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' + b"<a>" * 1_000_000


@bomb("file.bomb")
def a_table_of_giant_spans() -> bytes:
    cell = b'<td colspan="999999999" rowspan="999999999">1</td>'
    return b"<html><table>" + (b"<tr>" + cell * 20 + b"</tr>") * 20 + b"</table></html>"


@bomb("file.bomb")
def a_row_of_ten_million_separators() -> bytes:
    return "许可证号,审核结论\n".encode() + b"," * 10_000_000


@bomb("file.bomb")
def a_spreadsheet_repeated_over_all_cells() -> bytes:
    return _ods('table:number-rows-repeated="1048576"', 'table:number-columns-repeated="16384"')


@bomb("file.nested")
def a_zip_in_a_zip() -> bytes:
    return _zip({"a.zip": _zip({"b.zip": _zip({"c.xlsx": honest()})})})


@bomb("file.foreign")
def a_picture_called_a_workbook() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(1000)


def _ods(rows: str, columns: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="a">'
        f'<table:table-row {rows}><table:table-cell office:value-type="string" {columns}><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def _zip(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return held.getvalue()
