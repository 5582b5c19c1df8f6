"""HTML tables and XML spreadsheets, as other systems export them under the name of .xls."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from datetime import datetime

from lxml import etree, html

from pipeline.domain.cell import Broken, Raw
from pipeline.domain.place import MAX_COLUMNS, MAX_ROWS
from pipeline.read.formats import limits
from pipeline.read.formats.grid import Grid, MergedRange
from pipeline.read.formats.open_delimited import decode
from pipeline.read.formats.refusal import bomb, unreadable

_MOST_DIGITS = 15  # more are too long to convert, and count nothing
_BREAK = "\u2028"  # stands for <br>: a page's own line ends show as spaces
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def open_html(content: bytes, title: str) -> list[Grid]:
    """Return each table of a web page as a sheet."""
    text = decode(content)
    if not text.strip():
        raise unreadable("网页中没有表格", "the page holds no table")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8")
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise unreadable("网页已损坏", "the page is damaged") from error
    tables = [table for table in page.iter("table") if next(table.iter("tr"), None) is not None]
    tables = [table for table in tables if next(table.iterdescendants("table"), None) is None]
    if not tables:
        raise unreadable("网页中没有表格", "the page holds no table")
    return [
        _grid(title if number == 1 else f"{title} ({number})", _html_cells(table))
        for number, table in enumerate(tables, 1)
    ]


def open_mhtml(content: bytes, title: str) -> list[Grid]:
    """Return the tables of a web archive (单个文件网页)."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    grids: list[Grid] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and b"<table" in body.lower():
                grids += open_html(body, title)
    if not grids:
        raise unreadable("网页中没有表格", "the page holds no table")
    return grids


def open_spreadsheet_xml(content: bytes) -> list[Grid]:
    """Return the sheets of an XML spreadsheet (Excel 2003)."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise unreadable("XML 已损坏", "its XML is damaged") from error
    sheets = list(root.iter(f"{_SS}Worksheet"))
    if not sheets:
        raise unreadable("不是表格文件", "it is no spreadsheet")
    return [_grid(sheet.get(f"{_SS}Name") or "", _xml_cells(sheet)) for sheet in sheets]


_TableCell = tuple[int, int, int, int, Raw]
"""Row, column, rows and columns covered, value."""


def _grid(title: str, cells: Iterator[_TableCell]) -> Grid:
    placed: dict[tuple[int, int], Raw] = {}
    merges: list[MergedRange] = []
    height = width = 0
    for row, column, down, across, value in cells:
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise bomb("行列过多", "it has too many rows or columns")
        placed[row, column] = value
        if value != "":
            height, width = max(height, row + 1), max(width, column + 1)
        if down > 1 or across > 1:
            merges.append((row, column, row + down - 1, column + across - 1))
    if height * width > limits.MOST_CELLS:
        raise bomb("行列过多", "it has too many rows or columns")
    rows: list[list[Raw]] = [[""] * width for _ in range(height)]
    for (row, column), value in placed.items():
        if row < height and column < width:
            rows[row][column] = value
    return Grid(title, rows, merges=merges)


def _html_cells(table: html.HtmlElement) -> Iterator[_TableCell]:
    covered: dict[int, int] = {}  # column → first row in which it is free again
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while covered.get(column, 0) > row:
                column += 1
            across, down = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            yield row, column, down, across, _html_text(cell)
            for below in range(column, column + across):
                covered[below] = row + down
            column += across


def _html_text(cell: html.HtmlElement) -> str:
    """Return a cell's text with the line breaks that a browser shows, and no others."""
    for line_break in cell.iter("br"):
        line_break.text = _BREAK
    lines = (" ".join(line.split()) for line in cell.text_content().split(_BREAK))
    return "\n".join(lines).strip()


def _span(text: str | None) -> int:
    return min(max(_number(text), 1), limits.MOST_SPAN)


def _xml_cells(sheet: etree._Element) -> Iterator[_TableCell]:
    row = -1
    for line in sheet.iter(f"{_SS}Row"):
        row = _index(line, row + 1)
        column = -1
        for cell in line.iterchildren(f"{_SS}Cell"):
            column = _index(cell, column + 1)
            across = _number(cell.get(f"{_SS}MergeAcross"))
            down = _number(cell.get(f"{_SS}MergeDown"))
            yield row, column, down + 1, across + 1, _xml_value(cell.find(f"{_SS}Data"))
            column += across


def _index(element: etree._Element, following: int) -> int:
    return max(_number(element.get(f"{_SS}Index")) - 1, following)


def _number(text: str | None) -> int:
    """Return a count from an attribute, no more than a sheet has rows; 0 when it is none."""
    if not (text and text.isascii() and text.isdigit()):
        return 0
    return min(int(text), MAX_ROWS) if len(text) < _MOST_DIGITS else MAX_ROWS


_CONVERT: dict[str, Callable[[str], Raw]] = {
    "Number": float,
    "DateTime": datetime.fromisoformat,
    "Boolean": lambda text: text == "1",
    "Error": Broken,
}


def _xml_value(data: etree._Element | None) -> Raw:
    if data is None:
        return ""
    text = "".join(str(part) for part in data.itertext())
    convert = _CONVERT.get(data.get(f"{_SS}Type") or "", str)
    try:
        return convert(text)
    except ValueError:
        return text
