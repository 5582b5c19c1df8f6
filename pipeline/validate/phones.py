"""Phone numbers as people write them, brought to one form each: 13932810018, 0318-3832100, 0318-3832100转8.

Whether the number exists is the form's check; what is not understood stays as written, so that the check can quote it.
"""

from __future__ import annotations

import re

from pipeline.domain.cell import Raw
from pipeline.validate.as_written import as_written
from pipeline.validate.outcome import DITTO, Conversion
from pipeline.validate.texts import clean_text, half_width, nothing, repeats

_DASHES = re.compile(r"[‐-―−ー_]")
_BETWEEN = re.compile(r"[、,;/|或和\n]+")
_COUNTRY = re.compile(r"^(?:\+|00)86-?|86-?(?=1[3-9][0-9]{9}$)")
_BRACKETED = re.compile(r"^\(((?:\+|00)86)\)")  # (+86)139…
_MOBILE = re.compile(r"0?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(
    r"\(?(010|02[0-9]|0[3-9][0-9]{2})\)?-?([2-9][0-9]{6,7})(?:(?:-|转|EXT\.?|X|分机|#)+([0-9]{1,6}))?"
)
_SERVICE = re.compile(r"([48]00)-?([0-9]{3,4})-?([0-9]{3,4})")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")


def convert_phone(raw: Raw) -> Conversion:
    """Convert a cell to one phone number, or several joined by 、."""
    text = as_written(raw)
    if len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1":
        return text
    if not text.isprintable():
        text = text.replace("\r", "\n").strip().replace("\n", "、")
    text = clean_text(text)
    if nothing(text):
        return None
    if repeats(text):
        return DITTO
    text = _DASHES.sub("-", half_width(text)).removesuffix(".0")
    numbers = [number for part in _BETWEEN.split(text) if part.strip() for number in _split(part)]
    return "、".join(dict.fromkeys(numbers)) or text


def _split(part: str) -> list[str]:
    """Return the numbers of *part*: blanks stand between two numbers only where each is whole by itself."""
    pieces = part.split()
    each = [_shape(piece) for piece in pieces]
    if len(pieces) > 1 and all(each):
        return [number for number in each if number]
    joined = "".join(pieces)
    return [_shape(joined) or joined]


def _shape(text: str) -> str:
    """Return the one form of a whole number; "" when *text* is none."""
    text = _BRACKETED.sub(r"\1", text.upper())
    national = _COUNTRY.sub("", text, count=1) if text[:1] in {"+", "0", "8"} else text
    if national != text:
        text = national if national[:1] in {"0", "1", "("} else f"0{national}"  # +86 318 … drops the area code's 0
    if text[:1] in "01" and (mobile := _MOBILE.fullmatch(text.replace("-", ""))):
        return mobile[1]
    if landline := _LANDLINE.fullmatch(text):
        area, number, extension = landline.groups()
        return f"{area}-{number}" + (f"转{extension}" if extension else "")
    if (service := _SERVICE.fullmatch(text)) and len("".join(service.groups())) == 10:
        return "".join(service.groups())
    local = text.replace("-", "")
    return local if _LOCAL.fullmatch(local) else ""
