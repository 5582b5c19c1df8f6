"""A cell in words: what stands in it, how it looks, whether it may be written, what hangs on it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import Color

SIDES = ("left", "right", "top", "bottom")


def shown(value: Any) -> str:
    """Return *value* on one line; texts in quotation marks, so that the number 1 and the text 1 differ."""
    if isinstance(value, CellRichText):
        return "rich " + " + ".join(map(_run, value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | datetime.timedelta):
        return str(value)
    return f"{type(value).__name__} {sorted(vars(value).items())}"  # an array formula or a data table


def look(thing: Any) -> str:
    """Return the style of a cell, row or column in words; what every sheet has by default is not said."""
    words = [] if thing.number_format == "General" else [f"format {thing.number_format!r}"]
    words.append(f"font {font(thing.font)}")
    words.append(_fill(thing.fill))
    words.append(_border(thing.border))
    words.append(_alignment(thing.alignment))
    words.append("" if thing.protection.locked else "unlocked")
    words.append("formula hidden" if thing.protection.hidden else "")
    words.append("quote prefix" if thing.quotePrefix else "")
    return "; ".join(filter(None, words))


def hangs_on(cell: Any) -> list[str]:
    """Return comment and link of *cell*."""
    said = []
    if comment := getattr(cell, "comment", None):
        said.append(f"comment by {comment.author}: {shown(comment.text)}")
    if link := getattr(cell, "hyperlink", None):
        words = {"to": link.target, "place": link.location, "tip": link.tooltip, "display": link.display}
        said.append("link " + ", ".join(f"{name} {shown(value)}" for name, value in words.items() if value))
    return said


def font(of: Any) -> str:
    """Return a font in words."""
    marks = [name for name in ("bold", "italic", "strike") if getattr(of, name)]
    words = [of.name, of.sz and f"{of.sz:g}", *marks, of.underline and f"underline {of.underline}", of.vertAlign]
    return " ".join(str(word) for word in [*words, colour(of.color)] if word)


def colour(of: Color | None) -> str:
    """Return a colour as ``#RRGGBB``, or as the place in theme or palette that holds it."""
    if of is None:
        return ""
    tint = f" tint {of.tint:g}" if of.tint else ""
    return f"#{of.rgb[2:]}{tint}" if of.type == "rgb" else f"{of.type} {of.value}{tint}"


def _fill(fill: Any) -> str:
    if not hasattr(fill, "patternType"):
        return f"gradient {[colour(stop.color) for stop in fill.stop]}"
    if not fill.patternType:
        return ""
    second = "" if fill.patternType == "solid" else f" on {colour(fill.bgColor)}"
    return f"fill {fill.patternType} {colour(fill.fgColor)}{second}"


def _border(border: Any) -> str:
    drawn = {side: getattr(border, side) for side in (*SIDES, "diagonal")}
    lines = {side: f"{line.style} {colour(line.color)}".strip() for side, line in drawn.items() if line and line.style}
    if set(lines) == set(SIDES) and len(set(lines.values())) == 1:
        return f"box {lines['left']}"
    return ", ".join(f"{side} {line}" for side, line in lines.items())


def _alignment(alignment: Any) -> str:
    words = [alignment.horizontal, alignment.vertical and f"v-{alignment.vertical}"]
    words.append("wrap" if alignment.wrap_text else "")
    words.append("shrink" if alignment.shrink_to_fit else "")
    words.append(f"indent {alignment.indent:g}" if alignment.indent else "")
    words.append(f"turned {alignment.textRotation}" if alignment.textRotation else "")
    return " ".join(filter(None, words))


def _run(part: Any) -> str:
    if not isinstance(part, TextBlock):
        return shown(str(part))
    of = part.font
    marks = [name for name, given in (("bold", of.b), ("italic", of.i), ("strike", of.strike)) if given]
    words = [of.rFont, of.sz and f"{of.sz:g}", *marks, of.u and f"underline {of.u}", colour(of.color)]
    return f"[{' '.join(str(word) for word in words if word)}]{shown(part.text)}"
