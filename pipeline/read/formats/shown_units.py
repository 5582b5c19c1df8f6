"""Units that a number format shows beside a number: 0.8 as 80%, 1.2 as 1.2万元. Who filled the cell has seen those."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from pipeline.read.formats.cell_styles import FORMAT_OF, cell_formats, styled_cells

PERCENT = "%"
BUILT_IN = {9: PERCENT, 10: PERCENT}
"""Formats that every program knows by number: ``0%`` and ``0.00%``."""
_CODES = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_NUMBER = re.compile(rb"""\bnumFmtId\s*=\s*["'](\d{1,6})["']""")
_CODE = re.compile(rb"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_SCALED = re.compile(r"[0#?],+(?![0#?,])|!")
"""A comma behind the last digit divides by a thousand, ``0!.0,`` by ten thousand: the cell holds the whole number."""
_UNIT = re.compile(r"((?:[十百千]?[万萬亿億]|[百千])元?)")


def unit_of_format(code: str) -> str:
    """Return the unit that the number format *code* puts behind the number as it is stored: ``%``, or a scale with or
    without 元 (``万元``); "" where it shows none, and where it divides the number by what it names.
    """
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return "" if match[1] is None or "." not in match[1] else "!"  # 0"."0,: a point that is none

    bare = _LITERAL.sub(keep, code.partition(";")[0])
    if PERCENT in bare:
        return PERCENT
    written = "".join([*literals, *re.findall(r"[^\x00-\x7f]+", bare)])
    found = _UNIT.fullmatch(written.strip())
    scaled = _SCALED.search(bare) or any(literal == "." for literal in literals)
    return found[1] if found and not scaled else ""


def styles_with_units(styles: bytes) -> dict[bytes, str]:
    """Return by their numbers, as cells write them, the cell styles in *styles* (``xl/styles.xml``) that show a unit."""
    units = dict(BUILT_IN)
    for match in _CODES.finditer(styles):
        number, code = _NUMBER.search(match[1]), _CODE.search(match[1])
        if number and code:
            units[int(number[1])] = unit_of_format(
                html.unescape((code[1] or code[2] or b"").decode("utf-8", "replace"))
            )
    shown = ((at, units.get(number or 0, "")) for at, number in enumerate(cell_formats(styles, FORMAT_OF)))
    return {str(at).encode(): unit for at, unit in shown if unit}


def shown_units(xml: bytes, styles: Mapping[bytes, str]) -> Iterator[tuple[int, str]]:
    """Yield the packed cells of a sheet's *xml* that are filled in one of *styles*, each with its unit."""
    for place, style in styled_cells(xml, styles):
        yield place, styles[style]
