"""What the fast reader does not tell of an .ods: error cells, uncalculated formulas, merged and hidden ones, cells far away."""

from __future__ import annotations

import io

from lxml import etree

from pipeline.domain.place import pack
from pipeline.read.formats.outlying_cells import fits
from pipeline.read.formats.refusal import unreadable
from pipeline.read.formats.sheet_parts import SheetPart
from pipeline.read.formats.shown_units import PERCENT
from pipeline.read.formats.struck_cells import struck_styles_of_document

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TABLE, ROW, _COLUMN = f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-column"
ROWS_REPEATED, COLUMNS_REPEATED = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC_EXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_HIDDEN = 1_000  # a hidden rest of the sheet is not worth listing


class _OdsTable:
    """One sheet while its rows pass by."""

    def __init__(self, struck: frozenset[str]) -> None:
        self.part = SheetPart()
        self.struck = struck
        self.row = self.column = 0
        self.last_row = self.last_column = -1

    def add_column(self, element: etree._Element) -> None:
        width = count(element, COLUMNS_REPEATED)
        if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            self.part.hidden_columns += range(self.column, self.column + min(width, _MOST_HIDDEN))
        self.column += width

    def add_row(self, element: etree._Element) -> None:
        height = count(element, ROWS_REPEATED)
        if element.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            self.part.hidden_rows += range(self.row, self.row + min(height, _MOST_HIDDEN))
        shared = element.get(f"{_TABLE}default-cell-style-name") or ""
        column = 0
        for cell in element.iterchildren(*CELLS):
            width = count(cell, COLUMNS_REPEATED)
            self._add_cell(cell, column)
            if is_filled(cell):
                if self.struck and (cell.get(f"{_TABLE}style-name") or shared) in self.struck:
                    self.part.struck.update(pack(self.row, column + step) for step in range(min(width, _MOST_HIDDEN)))
                if cell.get(f"{_OFFICE}value-type") == "percentage":
                    places = (pack(self.row, column + step) for step in range(min(width, _MOST_HIDDEN)))
                    self.part.units.update(dict.fromkeys(places, PERCENT))
                self.last_row, self.last_column = self.row + height - 1, max(self.last_column, column + width - 1)
            column += width
        self.row += height

    def _add_cell(self, cell: etree._Element, column: int) -> None:
        if cell.get(f"{_CALC_EXT}value-type") == "error":
            self.part.broken[pack(self.row, column)] = cell.findtext(f"{_TEXT}p") or "#N/A"
        formula = cell.get(f"{_TABLE}formula")
        if formula and not cell.get(f"{_OFFICE}value-type"):
            self.part.broken[pack(self.row, column)] = f"={formula.partition('=')[2]}"
        across, down = count(cell, f"{_TABLE}number-columns-spanned"), count(cell, f"{_TABLE}number-rows-spanned")
        if self.part.merges is not None and (across > 1 or down > 1):
            self.part.merges.append((self.row, column, self.row + down - 1, column + across - 1))

    def finish(self) -> SheetPart:
        self.part.too_large = not fits(self.last_row, self.last_column)
        return self.part


def ods_parts(xml: bytes) -> dict[str, SheetPart]:
    """Return what is to be known of each sheet by its title, from the package's ``content.xml``.

    Raises ``Refusal`` when the XML is damaged.
    """
    parts: dict[str, SheetPart] = {}
    tags = (TABLE, _COLUMN, ROW)
    struck = struck_styles_of_document(xml)
    table = _OdsTable(struck)
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
                    parts[name_of(element)] = table.finish()
                    table = _OdsTable(struck)
    except etree.XMLSyntaxError as error:
        raise unreadable("文件已损坏", "it is damaged") from error
    return parts


def name_of(table: etree._Element) -> str:
    """Return the title of a sheet."""
    return table.get(f"{_TABLE}name") or ""


def is_filled(cell: etree._Element) -> bool:
    """Tell whether anything stands in *cell*."""
    return bool(cell.get(f"{_OFFICE}value-type")) or len(cell) > 0


def count(element: etree._Element, attribute: str) -> int:
    """Return how many times *element* stands for itself, or how far it reaches."""
    text = element.get(attribute) or "1"
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1
