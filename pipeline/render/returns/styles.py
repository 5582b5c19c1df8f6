"""Cell styles: a cell's own with another fill, and those of the explaining page."""

from __future__ import annotations

import copy

from lxml import etree

from pipeline.render.returns.marking import UnmarkableError
from pipeline.render.returns.package import main_tag

_Element = etree._Element


class Styles:
    """The style part of a workbook, opened to have styles appended; those that stand are never changed."""

    def __init__(self, root: _Element) -> None:
        fonts, fills, borders, formats = (root.find(main_tag(tag)) for tag in ("fonts", "fills", "borders", "cellXfs"))
        if fonts is None or fills is None or borders is None or formats is None or not len(formats):
            raise UnmarkableError("no styles of the usual kind")
        self._fonts, self._fills, self._borders, self._formats = fonts, fills, borders, formats
        self._tinted: dict[tuple[int, str], int] = {}
        self._made: dict[bytes, int] = {}

    def tinted(self, style: int, tint: str) -> int:
        """Return the number of *style* with a fill of that colour, "" for none, all else of it kept."""
        if (style, tint) not in self._tinted:
            base = self._formats[style if 0 <= style < len(self._formats) else 0]
            tinted = copy.deepcopy(base)
            tinted.set("fillId", str(self._append(self._fills, solid(tint)) if tint else 0))
            tinted.set("applyFill", "1")
            self._tinted[style, tint] = self._append(self._formats, tinted)
        return self._tinted[style, tint]

    def color(self, style: int) -> str:
        """Return the colour of a style's fill as `solid` takes it, "" when it has none."""
        number = int(self._formats[style].get("fillId") or 0) if 0 <= style < len(self._formats) else 0
        pattern = self._fills[number].find(main_tag("patternFill")) if 0 <= number < len(self._fills) else None
        if pattern is None or pattern.get("patternType") != "solid":
            return ""
        shown = pattern.find(main_tag("fgColor"))
        if shown is None:
            return ""
        if rgb := shown.get("rgb"):
            return rgb.upper()
        how = "theme" if shown.get("theme") else "indexed"
        return f"{how}:{shown.get(how)}:{shown.get('tint') or 0}" if shown.get(how) else ""

    def plain(
        self, *, size: int = 10, bold: bool = False, color: str = "FF262626", fill: str = "", box: bool = True
    ) -> int:
        """Return the number of a style for text of ours: wrapped, on top of its cell."""
        font = etree.Element(main_tag("font"))
        if bold:
            etree.SubElement(font, main_tag("b"))
        etree.SubElement(font, main_tag("sz"), val=str(size))
        etree.SubElement(font, main_tag("color"), rgb=color)
        etree.SubElement(font, main_tag("name"), val="Microsoft YaHei")
        border = etree.Element(main_tag("border"))
        for side in ("left", "right", "top", "bottom"):
            edge = etree.SubElement(border, main_tag(side), {"style": "thin"} if box else {})
            if box:
                etree.SubElement(edge, main_tag("color"), rgb="FFD0D7DE")
        etree.SubElement(border, main_tag("diagonal"))
        style = etree.Element(
            main_tag("xf"),
            numFmtId="49",
            fontId=str(self._append(self._fonts, font)),
            fillId=str(self._append(self._fills, solid(fill))) if fill else "0",
            borderId=str(self._append(self._borders, border)),
            xfId="0",
            applyNumberFormat="1",
            applyFont="1",
            applyFill="1",
            applyBorder="1",
            applyAlignment="1",
        )
        etree.SubElement(
            style, main_tag("alignment"), vertical="top" if box else "center", wrapText="1" if box else "0"
        )
        return self._append(self._formats, style)

    def quoted(self, style: int) -> int:
        """Return the number of *style* for text that would be a formula if it were typed."""
        made = copy.deepcopy(self._formats[style])
        made.set("quotePrefix", "1")
        return self._append(self._formats, made)

    def _append(self, group: _Element, made: _Element) -> int:
        key = group.tag.encode() + etree.tostring(made, method="c14n")
        if key not in self._made:
            group.append(made)
            group.set("count", str(len(group)))
            self._made[key] = len(group) - 1
        return self._made[key]


def solid(color: str) -> _Element:
    """Return a fill of one colour: ARGB, or `theme:4:-0.25`, a colour of the palette by number and how much lighter."""
    how, number, tint = color.split(":") if ":" in color else ("rgb", str(color), "")
    said = {how: number, "tint": tint} if tint else {how: number}
    fill = etree.Element(main_tag("fill"))
    pattern = etree.SubElement(fill, main_tag("patternFill"), patternType="solid")
    etree.SubElement(pattern, main_tag("fgColor"), said)
    etree.SubElement(pattern, main_tag("bgColor"), indexed="64")
    return fill
