"""What the fast reader does not tell of an .ods: error cells, merged and hidden ones, cells far away."""

from __future__ import annotations

import io

from lxml import etree

from pipeline.domain.place import pack
from pipeline.read import limits
from pipeline.read.refusal import unreadable
from pipeline.read.sheet_parts import SheetPart

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC_EXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_HIDDEN = 1_000  # a hidden rest of the sheet is not worth listing


class _Table:
    """One sheet while its rows pass by."""

    def __init__(self) -> None:
        self.part = SheetPart()
        self.row = self.column = 0
        self.last_row = self.last_column = -1

    def add_column(self, element: etree._Element) -> None:
        count = _count(element, "number-columns-repeated")
        if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            self.part.hidden_columns += range(self.column, self.column + min(count, _MOST_HIDDEN))
        self.column += count

    def add_row(self, element: etree._Element) -> None:
        count = _count(element, "number-rows-repeated")
        if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            self.part.hidden_rows += range(self.row, self.row + min(count, _MOST_HIDDEN))
        column = 0
        for cell in element.iterchildren(*_CELLS):
            width = _count(cell, "number-columns-repeated")
            self._add_cell(cell, column)
            if cell.get(f"{_OFFICE}value-type") or len(cell):
                self.last_row, self.last_column = self.row + count - 1, max(self.last_column, column + width - 1)
            column += width
        self.row += count

    def _add_cell(self, cell: etree._Element, column: int) -> None:
        if cell.get(f"{_CALC_EXT}value-type") == "error":
            self.part.broken[pack(self.row, column)] = cell.findtext(f"{_TEXT}p") or "#N/A"
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if self.part.merges is not None and (across > 1 or down > 1):
            self.part.merges.append((self.row, column, self.row + down - 1, column + across - 1))

    def finish(self) -> SheetPart:
        self.part.too_large = (self.last_row + 1) * (self.last_column + 1) > limits.MOST_CELLS
        return self.part


def ods_parts(xml: bytes) -> dict[str, SheetPart]:
    """Return what is to be known of each sheet by its title, from the package's ``content.xml``.

    Raises ``Refusal`` when the XML is damaged.
    """
    parts: dict[str, SheetPart] = {}
    tags = (f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row")
    table = _Table()
    try:
        events = etree.iterparse(
            io.BytesIO(xml), tag=tags, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
        )
        for _, element in events:
            match etree.QName(element).localname:
                case "table-column":
                    table.add_column(element)
                case "table-row":
                    table.add_row(element)
                    element.clear()
                case _:
                    parts[element.get(f"{_TABLE}name") or ""] = table.finish()
                    table = _Table()
    except etree.XMLSyntaxError as error:
        raise unreadable("文件已损坏", "it is damaged") from error
    return parts


def _count(element: etree._Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}") or "1"
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
