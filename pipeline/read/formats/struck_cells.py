"""Cells that are struck through: a clerk's way to take a row out without losing it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.read.formats.sheet_parts import position, sheet_cells

STYLES = "xl/styles.xml"
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>/]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](\w+)["'])?\s*/?>""")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_FONT_OF = re.compile(rb"""\bfontId\s*=\s*["'](\d{1,6})["']""")
_STYLE_OF = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")
_OFF = (b"0", b"false", b"off")
_ODS_STYLE = re.compile(rb"<style:style\s([^>]*[^>/])>(.*?)</style:style>", re.DOTALL)
_ODS_NAME = re.compile(rb'style:name="([^"]+)"')
_ODS_STRIKE = re.compile(rb'style:text-line-through-(?:style|type)="(?!none")')


def struck_styles(styles: bytes) -> frozenset[bytes]:
    """Return the numbers, as cells write them, of the cell styles in *styles* (``xl/styles.xml``) that strike through."""
    if b"strike" not in styles:
        return frozenset()
    fonts, formats = _FONTS.search(styles), _CELL_FORMATS.search(styles)
    if fonts is None or formats is None:
        return frozenset()
    struck = {at for at, font in enumerate(_FONT.finditer(fonts[0])) if _strikes(font[1] or b"")}
    numbers = [_FONT_OF.search(each[1]) for each in _FORMAT.finditer(formats[0])]
    return frozenset(str(at).encode() for at, font in enumerate(numbers) if font and int(font[1]) in struck)


def _strikes(font: bytes) -> bool:
    strike = _STRIKE.search(font)
    return strike is not None and strike[1] not in _OFF


def struck_cells(xml: bytes, styles: Collection[bytes]) -> Iterator[int]:
    """Yield the packed cells of a sheet's *xml* that are filled and have one of *styles*."""
    for cell in sheet_cells(xml):
        style = _STYLE_OF.search(cell.attributes) if cell.inside else None
        place = position(cell.attributes) if style and style[1] in styles else None
        if place is not None:
            yield place


def struck_styles_of_document(xml: bytes) -> frozenset[str]:
    """Return the names of the cell styles in an .ods file's ``content.xml`` that strike through."""
    if b"text-line-through" not in xml:
        return frozenset()
    return frozenset(
        name[1].decode("utf-8", "replace")
        for attributes, inside in _ODS_STYLE.findall(xml)
        if b'"table-cell"' in attributes and _ODS_STRIKE.search(inside) and (name := _ODS_NAME.search(attributes))
    )
