import struct

import pytest

from pipeline.domain.place import parse_cell
from pipeline.read.formats.biff_parts import biff_parts
from pipeline.read.formats.ods_parts import ods_parts
from pipeline.read.formats.shown_units import unit_of_format
from pipeline.read.read_file import read_file
from tests.read.formats.test_biff_parts import record
from tests.read.formats.test_biff_parts import workbook as xls
from tests.read.formats.test_struck_cells import SPACES
from tests.read.sheets import KNOWN, as_bytes, records, workbook

TABLE = "店铺编码 | 店铺名称 | 掌柜 | 附言\n900001 | 甲店 | 张 | #1.2"


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("0%", "%"),
        ("0.00%;[Red]-0.00%", "%"),
        ('0.00"万元"', "万元"),
        ("0.0万元", "万元"),
        ("#,##0\\万", "万"),
        ('#,##0.00" 千元"', "千元"),
        # the cell holds the whole number, and the format alone divides it
        ('#,##0.0,"千元"', ""),
        ('0!.0,"万元"', ""),
        ('0"."0,"万"', ""),
        ('0\\.0,"万"', ""),
        # no scale
        ('0.00"元"', ""),
        ('0"千克"', ""),
        ('0"%"', ""),
        ('yyyy"年"m"月"d"日"', ""),
        ("[$¥-804]#,##0.00", ""),
        ("General", ""),
        ("@", ""),
    ],
)
def test_which_unit_a_number_format_shows(code: str, unit: str) -> None:
    assert unit_of_format(code) == unit


@pytest.mark.parametrize(
    ("number_format", "read"), [("0%", "120%"), ('0.0"万元"', "1.2万元"), ('0.0,"千元"', 1.2), ("0.00", 1.2)]
)
def test_a_number_is_read_as_its_author_saw_it(number_format: str, read: object) -> None:
    book = workbook(TABLE)
    book.active["D2"].number_format = number_format
    reading = read_file("来件.xlsx", as_bytes(book), "hash", KNOWN)
    assert [each["hint"] for each in records(reading.extracts[0])] == [read]


def test_a_blank_and_a_zero_are_what_they_are() -> None:
    book = workbook("店铺编码 | 店铺名称 | 掌柜 | 附言\n900001 | 甲店 | 张 | #0\n900002 | 乙店 | 李 |")
    for row in (2, 3):
        book.active[f"D{row}"].number_format = "0%"
    reading = read_file("来件.xlsx", as_bytes(book), "hash", KNOWN)
    assert [each.get("hint") for each in records(reading.extracts[0])] == [0, None]


def test_units_of_an_xls() -> None:
    ten_thousands = "0.0万元".encode("utf-16-le")
    formats = record(0x041E, struct.pack("<HHB", 164, len(ten_thousands) // 2, 1) + ten_thousands)
    formats += record(0x041E, struct.pack("<HHB", 165, 3, 0) + b"0.0")
    formats += b"".join(record(0x00E0, struct.pack("<HH", 0, number)) for number in (0, 9, 164, 165))
    cells = b"".join(record(0x0203, struct.pack("<HHHd", 1, column, column, 1.2)) for column in range(4))
    parts, _, _ = biff_parts(xls(cells, before=formats))
    assert parts[0].units == {parse_cell("B2"): "%", parse_cell("C2"): "万元"}


def test_shares_of_an_ods() -> None:
    cell = '<table:table-cell office:value-type="percentage" office:value="0.8"><text:p>80%</text:p></table:table-cell>'
    xml = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="表1"><table:table-row>{cell}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    assert ods_parts(xml.encode())["表1"].units == {parse_cell("A1"): "%"}
