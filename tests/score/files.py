"""Stores drawn sheets as the files that offices drop."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from html import escape

import xlsxwriter

from tests.read.compound_file import compound
from tests.score.cells import Book, Canvas, Formula, Link, Rich, Typed, plain

_STRAY = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>'
_DECLARED = '<row r="1048576" ht="20" customHeight="1"><c r="A1048576" s="1"/></row>'
_FITS = 1 << 15
_DATE_FORMATS = ("yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yyyy")


def xlsx(book: Book) -> bytes:
    """Return the workbook as Excel stores it."""
    held = io.BytesIO()
    options = {"in_memory": True, "date_1904": book.from_1904, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as workbook:
        workbook.set_properties({"created": datetime(2026, 11, 2)})
        dress = _Dress(workbook)
        pages = [workbook.add_worksheet(canvas.name) for canvas in book.sheets]
        first = next((at for at, canvas in enumerate(book.sheets) if not canvas.hidden), 0)
        pages[first].activate()
        pages[first].set_first_sheet()
        for page, canvas in zip(pages, book.sheets, strict=True):
            _fill(page, canvas, dress)
        if book.macros:
            workbook.add_vba_project(io.BytesIO(b"no macro of this is ever run"), is_stream=True)  # type: ignore[arg-type]
    content = held.getvalue()
    if book.sheets[0].stray:
        return _with_last_row(content, _STRAY, "XFD1048576")
    if book.sheets[0].declared:
        return _with_last_row(content, _DECLARED, "Z1048576")
    return content


def _with_last_row(content: bytes, last_row: str, corner: str) -> bytes:
    """Return the workbook with a last row in its first sheet: written here, since a writer goes through all before."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in package.infolist():
            part = package.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                text = part.decode().replace("</sheetData>", f"{last_row}</sheetData>")
                part = re.sub('<dimension ref="[^"]*"/>', f'<dimension ref="A1:{corner}"/>', text).encode()
            changed.writestr(zipfile.ZipInfo(entry.filename), part, zipfile.ZIP_DEFLATED)
    return held.getvalue()


class _Dress:
    """The formats of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.plain = workbook.add_format()
        self.bold = workbook.add_format({"bold": True})
        self.dates = [workbook.add_format({"num_format": pattern}) for pattern in _DATE_FORMATS]


def _fill(page: xlsxwriter.worksheet.Worksheet, canvas: Canvas, dress: _Dress) -> None:
    for merged in canvas.merged:
        page.merge_range(*merged, "", dress.plain)
    for (row, column), typed in sorted(canvas.cells.items()):
        _write(page, row, column, typed, dress)
    for row in canvas.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in canvas.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    if canvas.filtered:
        page.autofilter(*canvas.filtered)
    if canvas.hidden:
        page.hide()


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, typed: Typed, dress: _Dress) -> None:
    match typed:
        case Formula(text, result):
            page.write_formula(row, column, text, None, "" if result is None else result)
        case Rich(text):
            page.write_rich_string(row, column, dress.bold, text[:1], text[1:])
        case Link(text):
            page.write_url(row, column, "https://example.com/", None, text)
        case str():
            page.write_string(row, column, typed)
        case date():
            page.write_datetime(row, column, typed, dress.dates[(row + column) % len(dress.dates)])
        case int() | float():
            page.write_number(row, column, typed)


def rows_of(canvas: Canvas) -> Iterator[list[str]]:
    """Return the rows as text, as Excel writes them to a text file."""
    for row in range(canvas.height):
        yield [shown(canvas.cells.get((row, column))) for column in range(canvas.width)]


def shown(typed: Typed) -> str:
    """Return a cell as text."""
    value = plain(typed)
    match value:
        case None:
            return ""
        case float() if value == int(value):
            return str(int(value))
        case datetime():
            return f"{value:%Y/%m/%d %H:%M}"
        case date():
            return f"{value.year}/{value.month}/{value.day}"
        case _:
            return str(value)


def comma_separated(book: Book, encoding: str, separator: str = ",") -> bytes:
    """Return the first sheet as CSV."""
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=separator).writerows(rows_of(book.sheets[0]))
    return held.getvalue().encode(encoding)


def ods(book: Book) -> bytes:
    """Return the workbook as OpenDocument, with nothing in it but cells."""
    sheets = "".join(
        f'<table:table table:name="{escape(canvas.name)}">' + "".join(_ods_rows(canvas)) + "</table:table>"
        for canvas in book.sheets
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(zipfile.ZipInfo("mimetype"), kind)
        package.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), manifest)
        package.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _ods_rows(canvas: Canvas) -> Iterator[str]:
    covered = {
        (row, column): (top, left)
        for top, left, bottom, right in canvas.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    sizes = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in canvas.merged}
    for row in range(canvas.height):
        cells = []
        for column in range(canvas.width):
            spot = row, column
            if covered.get(spot, spot) != spot:
                cells.append("<table:covered-table-cell/>")
            else:
                cells.append(_ods_cell(plain(canvas.cells.get(spot)), *sizes.get(spot, (1, 1))))
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"


def _ods_cell(value: str | float | date | None, rows: int, columns: int) -> str:
    span = (
        f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
        if (rows, columns) != (1, 1)
        else ""
    )
    match value:
        case None:
            return f"<table:table-cell{span}/>"
        case str():
            lines = "".join(f"<text:p>{_ods_spaces(line)}</text:p>" for line in value.split("\n"))
            return f'<table:table-cell{span} office:value-type="string">{lines}</table:table-cell>'
        case date():
            attribute = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case _:
            attribute = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell{span} {attribute}><text:p>{escape(shown(value))}</text:p></table:table-cell>"


def _ods_spaces(line: str) -> str:
    return escape(line).replace("  ", " <text:s/>")


def html_table(book: Book) -> bytes:
    """Return the first sheet as the HTML page that reporting systems call an .xls."""
    canvas = book.sheets[0]
    covered = {
        (row, column)
        for top, left, bottom, right in canvas.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    sizes = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in canvas.merged}
    lines = []
    for row in range(canvas.height):
        cells = []
        for column in range(canvas.width):
            if (row, column) in covered:
                continue
            down, across = sizes.get((row, column), (1, 1))
            span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            text = escape(shown(canvas.cells.get((row, column)))).replace("\n", "<br>")
            cells.append(f"<td{span}>{text}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    page = f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'
    return page.encode()


def xml_2003(book: Book) -> bytes:
    """Return the workbook as XML Spreadsheet 2003, which people save as .xls."""
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(canvas.name)}"><Table>{"".join(_xml_rows(canvas))}</Table></Worksheet>'
        for canvas in book.sheets
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>'
    ).encode()


def _xml_rows(canvas: Canvas) -> Iterator[str]:
    sizes = {(top, left): (bottom - top, right - left) for top, left, bottom, right in canvas.merged}
    for row in range(canvas.height):
        cells = []
        for column in range(canvas.width):
            if (row, column) not in canvas.cells:
                continue
            value = plain(canvas.cells[row, column])
            down, across = sizes.get((row, column), (0, 0))
            span = (f' ss:MergeDown="{down}"' if down else "") + (f' ss:MergeAcross="{across}"' if across else "")
            kind, text = "String", str(value)
            if isinstance(value, date):
                moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
                kind, text = "DateTime", moment.isoformat(timespec="milliseconds")
            elif isinstance(value, int | float):
                kind, text = "Number", repr(value)
            data = f'<Data ss:Type="{kind}">{escape(text).replace(chr(10), "&#10;")}</Data>'
            cells.append(f'<Cell ss:Index="{column + 1}"{span}>{data}</Cell>')
        yield f'<Row ss:Index="{row + 1}">{"".join(cells)}</Row>'


def archive(members: dict[str, bytes]) -> bytes:
    """Return a zip of workbooks; names in UTF-8."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def locked(content: bytes) -> bytes:
    """Return what Excel stores of a workbook with a password: a container whose streams only the password opens."""
    return compound("EncryptedPackage", bytes(byte ^ 0x5A for byte in content[:_FITS]))


def locked_archive(members: dict[str, bytes]) -> bytes:
    """Return a zip whose entries say that they are encrypted."""
    content = bytearray(archive(members))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)
