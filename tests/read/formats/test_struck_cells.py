import struct

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from pipeline.domain.extract import Reading
from pipeline.domain.place import parse_cell
from pipeline.read.formats.biff_parts import biff_parts
from pipeline.read.formats.ods_parts import ods_parts
from pipeline.read.read_file import read_file
from tests.read.formats.test_biff_parts import record
from tests.read.formats.test_biff_parts import workbook as xls
from tests.read.sheets import KNOWN, as_bytes, records, rules, workbook

TABLE = "序号 | 店铺编码 | 店铺名称 | 掌柜\n#1 | 900001 | 甲店 | 张\n#2 | 900002 | 乙店 | 李\n#3 | 900003 | 丙店 | 王"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{url}:1.0"'
    for name, url in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def struck(*cells: str, text: str = TABLE) -> Workbook:
    book = workbook(text)
    for cell in cells:
        book.active[cell].font = Font(strike=True)
    return book


def read(book: Workbook) -> Reading:
    return read_file("来件.xlsx", as_bytes(book), "hash", KNOWN)


def shops(reading: Reading) -> list[object]:
    return [each["no"] for extract in reading.extracts for each in records(extract)]


@pytest.mark.parametrize("cells", [("A3", "B3", "C3", "D3"), ("B3", "C3", "D3")])
def test_a_row_struck_through_is_left_out_and_listed(cells: tuple[str, ...]) -> None:
    reading = read(struck(*cells))
    assert shops(reading) == ["900001", "900003"]
    assert [(each.row, each.reason, each.text) for each in reading.ignored] == [(3, "struck", "2 900002 乙店 李")]
    assert rules(reading) == []


def test_a_single_cell_struck_through_is_read_and_told() -> None:
    reading = read(struck("C3"))
    assert shops(reading) == ["900001", "900002", "900003"]
    assert [(each.rule, each.cell, each.value) for each in reading.findings] == [("cell.struck", "C3", "乙店")]


def test_other_fonts_strike_nothing() -> None:
    book = struck()
    for cell in book.active[3]:
        cell.font = Font(bold=True, strike=False, italic=True)
    assert shops(read(book)) == ["900001", "900002", "900003"]


def test_a_record_struck_through_in_a_turned_list() -> None:
    turned = "店铺编码 | 900001 | 900002\n店铺名称 | 甲店 | 乙店\n掌柜 | 张 | 李\n店铺电话 | 139 | 138"
    assert shops(read(struck("C1", "C2", "C3", "C4", text=turned))) == ["900001"]


def test_in_an_open_document() -> None:
    style = '<style:style style:name="{}" style:family="table-cell"><style:text-properties {}/></style:style>'
    line = 'style:text-line-through-style="{}"'
    cell = '<table:table-cell table:style-name="{}" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    xml = (
        f"<office:document-content {SPACES}><office:automatic-styles>"
        f"{style.format('ce1', line.format('solid'))}{style.format('ce2', line.format('none'))}"
        '</office:automatic-styles><table:table table:name="表"><table:table-row>'
        f"{cell.format('ce2')}{cell.format('ce1')}</table:table-row></table:table></office:document-content>"
    )
    assert ods_parts(xml.encode())["表"].struck == {parse_cell("B1")}


def test_in_an_old_workbook() -> None:
    fonts = [record(0x0031, struct.pack("<HH", 200, 0x0008 if at == 4 else 0)) for at in range(5)]
    formats = [record(0x00E0, struct.pack("<HH", font, 0)) for font in (0, 5)]
    cells = [
        record(0x00FD, struct.pack("<HHHI", 1, 0, 1, 0)),
        record(0x00FD, struct.pack("<HHHI", 1, 1, 0, 0)),
        record(0x00BD, struct.pack("<HHHiHiH", 2, 0, 0, 0, 1, 0, 1)),
    ]
    (part,), _, _ = biff_parts(xls(*cells, before=b"".join([*fonts, *formats])))
    assert part.struck == {parse_cell("A2"), parse_cell("B3")}
