"""What is not understood in a sender's workbook goes back byte for byte; what is marked can be seen and taken off."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from pipeline.domain.place import parse_cell
from pipeline.publish.annotate_file import AnnotationJob, make_return
from pipeline.read.formats.open_workbook import open_workbook
from pipeline.render.returns.mark_package import mark_package
from pipeline.render.returns.marking import CellMark, ExplanationLine, ExplanationPage, Marking, Tint, UnmarkableError

SHEET = "登记 表's"
EXTENSION = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    b'<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
    b'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>\xe5\x90\x8d\xe5\x8d\x95!$A$1:$A$2</xm:f>'
    b"</x14:formula1><xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00\x00\xff\x00" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A workbook with everything that opening and saving it elsewhere loses, macros included."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        names = book.add_worksheet("名单")
        names.write_column("A1", ["甲", "乙"])
        bold = book.add_format({"bold": True, "num_format": "@", "bg_color": "#DDEEFF", "locked": False})
        sheet.write_row("A1", ["编号", "店名", "电话", "业态"], bold)
        sheet.write_row("A2", ["1", "惠民", "139", "甲"], bold)
        sheet.write_row("A4", ["3", "平安", "138", "乙"])
        sheet.merge_range("B6:C7", "合并", bold)
        sheet.set_column("F:F", 12, bold)
        sheet.write_comment("C2", "老李：打过电话了", {"author": "老李"})
        sheet.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
        sheet.data_validation("D2:D9", {"validate": "list", "source": ["甲", "乙"]})
        sheet.insert_image("H2", "p.png", {"image_data": io.BytesIO(png())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": ["名单", 0, 0, 1, 0]})
        sheet.insert_chart("H8", chart)
        sheet.autofilter("A1:D4")
        sheet.print_area("A1:D9")
        book.define_name("全部", "=名单!$A$1:$A$2")
        names.activate()
    return replaced(
        output.getvalue(),
        {"xl/worksheets/sheet1.xml": (b"</worksheet>", EXTENSION)},
        {"xl/vbaProject.bin": b"\xd0\xcf macros"},
    )


def replaced(content: bytes, changes: dict[str, tuple[bytes, bytes]], more: dict[str, bytes] | None = None) -> bytes:
    parts = parts_of(content)
    for name, (old, new) in changes.items():
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts, **(more or {})}.items():
            archive.writestr(name, part)
    return output.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marking(*marks: tuple[str, Tint, str], submission: str = "a1") -> Marking:
    lines = [ExplanationLine(tint, "错误", SHEET, cell, "=1+1", said, "改好") for cell, tint, said in marks if said]
    page = ExplanationPage(
        "退回说明",
        "表：有几处要改",
        ("放回去",),
        ("程度", "工作表", "单元格", "写法", "问题", "怎样改"),
        lines,
        "没能保留",
    )
    cells = {SHEET: [CellMark(parse_cell(cell), tint, said) for cell, tint, said in marks]}
    return Marking(page, cells, {"submission": submission}, kind="return")


MARKS = marking(
    ("C2", Tint.ERROR, "电话不完整"),
    ("B3", Tint.ERROR, "店名没有填"),
    ("C7", Tint.WARNING, "请核对"),
    ("F9", Tint.ERROR, "缺"),
    ("A4", Tint.ACCEPTED, ""),
)


@pytest.fixture(scope="module")
def returned(rich: bytes) -> bytes:
    content, suffix = mark_package(rich, MARKS, {})
    assert suffix == ".xlsx"
    return content


SHORT = ("以台账为准", "以我为准")
LONG = (*(f"第{number}栏的名字有些长" for number in range(40)), "不是本表栏目")
QUOTED = ("有,号的", '有"号的')


def test_answers_are_chosen_from_lists_that_excel_keeps_however_long(rich: bytes) -> None:
    lines = [
        ExplanationLine(Tint.ERROR, "错误", SHEET, "C2", "甲", "问", "答", f"t{at}", choices)
        for at, choices in enumerate((SHORT, LONG, QUOTED, LONG))
    ]
    page = replace(MARKS.page, lines=lines, answer=("处理", "#ruwang"))
    content, _ = mark_package(rich, replace(MARKS, page=page), {})
    book = openpyxl.load_workbook(io.BytesIO(content))
    rules = book.worksheets[0].data_validations.dataValidation
    offered = {}
    for rule in rules:
        title, _, area = rule.formula1.partition("!")
        cells = [each.value for (each,) in book[title][area]] if area else rule.formula1.strip('"').split(",")
        offered |= {cell: tuple(cells) for cell in str(rule.sqref).split()}
        assert len(rule.formula1) <= 255
    first = 3 + len(page.hints)
    assert offered == {f"G{first + at}": choices for at, choices in enumerate((SHORT, LONG, QUOTED, LONG))}
    assert book["_ruwang"].sheet_state == "veryHidden"
    assert book.worksheets[0].auto_filter.ref.startswith(f"A{first - 1}:H")


def test_all_other_parts_stay_byte_for_byte(rich: bytes, returned: bytes) -> None:
    before, after = parts_of(rich), parts_of(returned)

    changed = {name for name, part in before.items() if after.get(name) != part}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",  # was shown when the file opened
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    kept = {"xl/vbaProject.bin", "xl/charts/chart1.xml", "xl/media/image1.png", "xl/drawings/drawing1.xml"}
    assert kept <= before.keys() - changed


def test_the_marked_sheet_keeps_its_rules_filters_and_drawings(rich: bytes, returned: bytes) -> None:
    before, after = (etree.fromstring(parts_of(each)["xl/worksheets/sheet1.xml"]) for each in (rich, returned))
    for tag in ("conditionalFormatting", "dataValidations", "mergeCells", "autoFilter", "drawing", "extLst", "cols"):
        old, new = (each.find(f"{{*}}{tag}") for each in (before, after))
        assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n"), tag


def test_bad_cells_are_filled_their_own_style_kept(returned: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(returned))[SHEET]

    fills = {cell: sheet[cell].fill.fgColor.rgb for cell in ("C2", "B3", "B6", "F9", "A4")}
    assert fills == {"C2": Tint.ERROR, "B3": Tint.ERROR, "B6": Tint.WARNING, "F9": Tint.ERROR, "A4": Tint.ACCEPTED}
    assert sheet["C2"].font.bold
    assert sheet["C2"].number_format == "@"
    assert not sheet["C2"].protection.locked
    assert sheet["F9"].font.bold  # as its column has it
    assert not sheet["B3"].font.bold
    assert sheet["C2"].value == "139"
    assert sheet["D2"].fill.fgColor.rgb == "FFDDEEFF"


def test_a_comment_that_stood_keeps_its_text_above_ours(returned: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(returned))[SHEET]
    text = sheet["C2"].comment.text
    assert text.startswith("老李：打过电话了")
    assert text.endswith("电话不完整")
    assert "店名没有填" in sheet["B3"].comment.text
    assert "请核对" in sheet["B6"].comment.text
    boxes = parts_of(returned)["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Note"')
    assert boxes == 4


def test_the_first_sheet_opens_and_leads_to_each_cell(returned: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(returned))
    page = book.worksheets[0]
    assert page.title == "退回说明"
    assert book.active is page
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets[1:]].count(True) == 0
    links = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert links[0] == "'登记 表''s'!C2"
    values = [cell for row in page.iter_rows() for cell in row if cell.value == "=1+1"]
    assert values
    assert all(cell.data_type == "s" for cell in values)  # a text, never a formula
    assert book[SHEET].print_area == "'登记 表''s'!$A$1:$D$9"
    assert book.defined_names["全部"].value == "名单!$A$1:$A$2"


def test_marked_again_old_marks_are_gone_and_colours_below_them_back(returned: bytes) -> None:
    brought = {"kind": "return", "submission": "a1", "skip:退回说明": "", "fill:" + SHEET: "C2=FFDDEEFF\nB6=FFDDEEFF"}
    again, _ = mark_package(returned, marking(("B3", Tint.ERROR, "店名还没有填"), submission="a2"), brought)

    book = openpyxl.load_workbook(io.BytesIO(again))
    sheet = book[SHEET]
    assert sheet["C2"].fill.fgColor.rgb == "FFDDEEFF"
    assert sheet["C2"].comment.text == "老李：打过电话了"
    assert sheet["F9"].fill.fill_type is None
    assert sheet["B3"].comment.text.count("没有填") == 1
    assert book.sheetnames == ["退回说明", SHEET, "名单", "_ruwang"]
    assert dict(book["_ruwang"].iter_rows(values_only=True))["submission"] == "a2"


def test_a_colour_of_the_palette_comes_back_when_the_mark_goes() -> None:
    """Excel says a colour picked from its palette by the number of the theme's colour, and how much lighter it is."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet["B2"], sheet["B3"] = "甲", "乙"
    sheet["B2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=-0.25))
    sheet["B3"].fill = PatternFill("solid", fgColor=Color(indexed=43))
    output = io.BytesIO()
    book.save(output)

    marks = marking(("B2", Tint.ERROR, "错"), ("B3", Tint.ERROR, "错"))
    once, _ = mark_package(output.getvalue(), marks, {})
    page = openpyxl.load_workbook(io.BytesIO(once))["_ruwang"]
    brought = {str(name): str(value or "") for name, value in page.iter_rows(values_only=True)}
    twice, _ = mark_package(once, marking(("A1", Tint.ERROR, "错"), submission="a2"), brought)

    again = openpyxl.load_workbook(io.BytesIO(twice))[SHEET]
    assert (again["B2"].fill.fgColor.theme, again["B2"].fill.fgColor.tint) == (4, -0.25)
    assert again["B3"].fill.fgColor.indexed == 43


def test_the_values_read_are_the_same(rich: bytes, returned: bytes) -> None:
    before = {grid.title: grid.rows for grid in open_workbook(rich, "")}
    after = {grid.title: grid.rows for grid in open_workbook(returned, "")}
    assert {title: after[title] for title in before} == before


def test_a_package_that_cannot_be_marked_is_built_anew_and_says_so(rich: bytes) -> None:
    strict = replaced(
        rich,
        {
            "xl/styles.xml": (b"<cellXfs", b"<odd"),
        },
        None,
    )
    strict = replaced(strict, {"xl/styles.xml": (b"</cellXfs>", b"</odd>")})
    with pytest.raises(UnmarkableError):
        mark_package(strict, MARKS, {})
    made = make_return(AnnotationJob("表.xlsx", strict, "", MARKS))
    book = openpyxl.load_workbook(io.BytesIO(made[0]))
    assert "没能保留" in [cell.value for row in book["退回说明"].iter_rows() for cell in row]
    assert book[SHEET]["C2"].value == "139"
    assert book[SHEET]["C2"].fill.fgColor.rgb == Tint.ERROR


def test_a_part_that_cannot_be_unpacked_is_no_reason_to_fail(rich: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(rich)) as archive:
        chart = archive.getinfo("xl/charts/chart1.xml")
    start = rich.index(b"xl/charts/chart1.xml") + len("xl/charts/chart1.xml")
    damaged = rich[:start] + b"\xff" * chart.compress_size + rich[start + chart.compress_size :]
    with pytest.raises(UnmarkableError):
        mark_package(damaged, MARKS, {})


def test_the_same_sheet_gives_the_same_bytes(rich: bytes, returned: bytes) -> None:
    assert mark_package(rich, MARKS, {})[0] == returned


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_it_with_fills_comments_and_links(returned: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_bytes(returned)
    (tmp_path / "out").mkdir()
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "in.xlsx")],
        check=True,
        timeout=120,
        capture_output=True,
    )

    book = openpyxl.load_workbook(tmp_path / "out" / "in.xlsx")
    sheet = book[SHEET]
    assert sheet["C2"].fill.fgColor.rgb == Tint.ERROR
    assert "电话不完整" in sheet["C2"].comment.text
    assert "店名没有填" in sheet["B3"].comment.text
    assert len(sheet._charts) == 1
    assert [
        cell.hyperlink is not None for row in book["退回说明"].iter_rows() for cell in row if cell.value == "C2"
    ] == [True]
