import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipeline.domain.cell import Broken
from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.packages import LIST, SHEET, added, patched, plain, zipped
from tests.read.sheets import KNOWN, as_bytes, read, records, rules, workbook


def read_bytes(content: bytes, name: str = "来件.xlsx") -> Reading:
    return read_file(name, content, "hash", KNOWN)


def keys(reading: Reading) -> list[object]:
    return [each["no"] for extract in reading.extracts for each in records(extract)]


def test_a_stray_cell_in_the_last_corner_is_told_and_the_sheet_read() -> None:
    book = workbook(LIST)
    book.active["XFD1048576"] = "手滑"
    reading = read_bytes(as_bytes(book))
    assert keys(reading) == ["900002", "900003"]
    (finding,) = reading.findings
    assert (finding.rule, finding.cell, finding.value) == ("cell.stray", "XFD1048576", "手滑")


def test_a_million_declared_rows_cost_nothing() -> None:
    rows = b"".join(b'<row r="%d" spans="1:3"/>' % number for number in range(4, 1_048_577, 7))
    content = patched(plain(), SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    content = patched(content, SHEET, lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"'))
    assert keys(read_bytes(content)) == ["900002", "900003"]


def test_a_string_count_that_lies_is_not_believed() -> None:
    book = io.BytesIO()

    with xlsxwriter.Workbook(book) as target:
        sheet = target.add_worksheet()
        for row, line in enumerate(LIST.splitlines()):
            sheet.write_row(row, 0, [cell.strip() for cell in line.split("|")])
    content = patched(
        book.getvalue(),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"uniqueCount=", b'uniqueCount="4000000000" x='),
    )
    assert keys(read_bytes(content)) == ["900002", "900003"]


def test_errors_and_formulas_never_calculated_are_seen_at_their_cells() -> None:
    book = workbook(LIST)
    book.active["B2"] = "#N/A"
    book.active["C3"] = "=A1&A2"
    (extract,) = read_bytes(as_bytes(book)).extracts
    assert extract.values["name"] == [Broken("#N/A"), "乙"]
    assert extract.values["keeper"] == ["张", Broken("=A1&A2")]


def test_a_formula_that_gives_nothing_is_blank() -> None:
    cell = b'<c r="D2" t="str"><f>IF(A2="","x","")</f><v></v></c></row>'
    content = patched(plain(), SHEET, lambda xml: xml.replace(b"</row>", cell, 2).replace(cell, b"</row>", 1))
    assert records(read_bytes(content).extracts[0])[0] == {"no": "900002", "name": "甲", "keeper": "张"}


def test_dates_of_a_1904_workbook() -> None:
    book = workbook("店铺编码 | 店铺名称 | 掌柜 | 租期起\n900002 | 甲 | 张 |")
    book.epoch = CALENDAR_MAC_1904
    book.active["D2"] = date(2024, 3, 5)
    assert read_bytes(as_bytes(book)).extracts[0].values["since"] == [date(2024, 3, 5)]


def test_rich_text_and_links_are_their_text() -> None:
    book = workbook(LIST)
    book.active["B2"] = CellRichText("甲", TextBlock(InlineFont(b=True), "店"))
    book.active["C2"].hyperlink = "https://example.com"
    assert records(read_bytes(as_bytes(book)).extracts[0])[0] == {"no": "900002", "name": "甲店", "keeper": "张"}


def test_a_wrong_extension_does_not_matter() -> None:
    assert keys(read_bytes(plain(), "来件.xls")) == ["900002", "900003"]
    assert keys(read_bytes(LIST.replace(" | ", ",").encode(), "来件.xlsx")) == ["900002", "900003"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file.empty"),
        (b"\xff\xd8\xff\xe0 a photo", "file.foreign"),
        (b"%PDF-1.7", "file.foreign"),
        (plain()[:700], "file.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file.unreadable"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "file.encrypted",
        ),
        (added(plain(), SHEET, b"<worksheet/>"), "file.twice"),
        (patched(plain(), SHEET, lambda xml: xml + b" " * (20 << 20)), "file.bomb"),
        (zipped({f"{number}.csv": b"a" for number in range(501)}), "file.bomb"),
        (zipped({"内层.zip": zipped({"a.csv": b"a"})}), "file.nested"),
        (as_bytes(openpyxl.Workbook()), "file.empty"),
    ],
)
def test_what_cannot_be_read_is_refused_and_says_why(content: bytes, rule: str) -> None:
    reading = read_bytes(content)
    assert [found for found, _ in rules(reading)] == [rule]
    assert reading.refused and not reading.extracts


def test_a_zip_of_workbooks_is_read_member_by_member() -> None:
    content = zipped({"东镇/来件.xlsx": plain(), "说明.txt": "请查收".encode(), "照片.jpg": b"\xff\xd8\xff"})
    reading = read_bytes(content, "各镇.zip")
    assert keys(reading) == ["900002", "900003"]
    assert [extract.sheet for extract in reading.extracts] == ["来件.xlsx/Sheet1"]
    assert {(finding.rule, finding.sheet) for finding in reading.findings} == {
        ("sheet.skipped", "说明.txt/说明"),
        ("sheet.skipped", "照片.jpg"),
    }


def test_several_sheets_of_different_forms() -> None:
    reading = read(
        {
            "登记": "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张",
            "走访": "店铺编码 | 走访结论 | 走访日期 | 走访者\n900002 | 好 | @2025-03-05 | 丙",
            "Sheet3": " | ",
            "随手记": "买笔 | 两支",
        }
    )
    assert [(extract.sheet, extract.form) for extract in reading.extracts] == [("登记", "shop"), ("走访", "visit")]
    assert [(finding.rule, finding.sheet) for finding in reading.findings] == [("sheet.skipped", "随手记")]
    assert not reading.refused


def test_hidden_rows_columns_and_sheets_are_read_and_said_so() -> None:
    book = workbook({"登记": LIST, "旧": LIST.replace("9000", "8000")})
    book["登记"].row_dimensions[3].hidden = True
    book["登记"].column_dimensions["C"].hidden = True
    book["旧"].sheet_state = "hidden"
    reading = read_bytes(as_bytes(book))
    assert keys(reading) == ["900002", "900003", "800002", "800003"]
    assert [dict(finding.details)["hidden@zh"] for finding in reading.findings] == ["第 3 行、C 列", "整张工作表"]
