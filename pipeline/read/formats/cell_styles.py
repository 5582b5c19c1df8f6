"""In which style the cells of an .xlsx are filled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.read.formats.sheet_parts import position, sheet_cells

STYLES = "xl/styles.xml"
FONT_OF = re.compile(rb"""\bfontId\s*=\s*["'](\d{1,6})["']""")
FORMAT_OF = re.compile(rb"""\bnumFmtId\s*=\s*["'](\d{1,6})["']""")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_STYLE_OF = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")


def cell_formats(styles: bytes, attribute: re.Pattern[bytes]) -> list[int | None]:
    """Return, for each cell style of *styles* (``xl/styles.xml``) in its order, the number that *attribute* finds there."""
    formats = _CELL_FORMATS.search(styles)
    found = (attribute.search(each[1]) for each in _FORMAT.finditer(formats[0])) if formats else ()
    return [int(number[1]) if number else None for number in found]


def styled_cells(xml: bytes, styles: Collection[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the packed cells of a sheet's *xml* that are filled and have one of *styles*, with that style."""
    for cell in sheet_cells(xml):
        style = _STYLE_OF.search(cell.attributes) if cell.inside else None
        place = position(cell.attributes) if style and style[1] in styles else None
        if place is not None and style is not None:
            yield place, style[1]
