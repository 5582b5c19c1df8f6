"""Cells that are struck through: a clerk's way to take a row out without losing it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.read.formats.cell_styles import FONT_OF, cell_formats, styled_cells

_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>/]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](\w+)["'])?\s*/?>""")
_OFF = (b"0", b"false", b"off")
_ODS_STYLE = re.compile(rb"<style:style\s([^>]*[^>/])>(.*?)</style:style>", re.DOTALL)
_ODS_NAME = re.compile(rb'style:name="([^"]+)"')
_ODS_STRIKE = re.compile(rb'style:text-line-through-(?:style|type)="(?!none")')


def struck_styles(styles: bytes) -> frozenset[bytes]:
    """Return the numbers, as cells write them, of the cell styles in *styles* (``xl/styles.xml``) that strike through."""
    if b"strike" not in styles:
        return frozenset()
    fonts = _FONTS.search(styles)
    if fonts is None:
        return frozenset()
    struck = {at for at, font in enumerate(_FONT.finditer(fonts[0])) if _strikes(font[1] or b"")}
    return frozenset(str(at).encode() for at, font in enumerate(cell_formats(styles, FONT_OF)) if font in struck)


def _strikes(font: bytes) -> bool:
    strike = _STRIKE.search(font)
    return strike is not None and strike[1] not in _OFF


def struck_cells(xml: bytes, styles: Collection[bytes]) -> Iterator[int]:
    """Yield the packed cells of a sheet's *xml* that are filled and have one of *styles*."""
    for place, _ in styled_cells(xml, styles):
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
