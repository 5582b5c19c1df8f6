"""An .ods without its strays: cells so far from the table that the whole could not be held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.domain.place import MAX_COLUMNS, MAX_ROWS, pack
from pipeline.read.formats.ods_parts import (
    CELLS,
    COLUMNS_REPEATED,
    ROW,
    ROWS_REPEATED,
    TABLE,
    count,
    is_filled,
    name_of,
)
from pipeline.read.formats.outlying_cells import near_corner
from pipeline.read.formats.sheet_parts import SheetPart

_MOST_XML = 64 << 20
"""Bytes of XML that are worth holding as a tree in order to find out what is stray."""


@dataclass(frozen=True, slots=True)
class _OdsCell:
    """A filled cell, or as many as repeat it: their element, and first and last row and column."""

    element: etree._Element
    top: int
    bottom: int
    left: int
    right: int


def without_outlying_cells(xml: bytes, parts: dict[str, SheetPart]) -> bytes | None:
    """Return the package's ``content.xml`` without the strays of those *parts* that are too large.

    Their strays are noted in *parts*, and they are no longer too large. None when nothing was stray.
    """
    if len(xml) > _MOST_XML:
        return None
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml, parser)
    found = False
    for table in root.iter(TABLE):
        part = parts.get(name_of(table))
        if part is not None and part.too_large:
            found |= _clear(table, part)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) if found else None


def _clear(table: etree._Element, part: SheetPart) -> bool:
    cells = list(_filled(table))
    corner = near_corner({(cell.top, cell.bottom) for cell in cells}, {(cell.left, cell.right) for cell in cells})
    if corner is None:
        return False
    last_row, last_column = corner
    for cell in cells:
        if cell.top <= last_row and cell.left <= last_column:
            continue
        if cell.top < MAX_ROWS and cell.left < MAX_COLUMNS:
            place = pack(cell.top, cell.left)
            part.outlying.append((place, "".join(map(str, cell.element.itertext()))[:100]))
            part.broken.pop(place, None)
        _blank(cell.element)
    part.too_large = False
    return True


def _filled(table: etree._Element) -> Iterator[_OdsCell]:
    row = 0
    for line in table.iter(ROW):
        height = count(line, ROWS_REPEATED)
        column = 0
        for cell in line.iterchildren(*CELLS):
            width = count(cell, COLUMNS_REPEATED)
            if is_filled(cell):
                yield _OdsCell(cell, row, row + height - 1, column, column + width - 1)
            column += width
        row += height


def _blank(cell: etree._Element) -> None:
    """Make *cell* a blank one that takes as much room."""
    for name in [name for name in cell.attrib if name != COLUMNS_REPEATED]:
        del cell.attrib[name]
    for child in list(cell):
        cell.remove(child)
