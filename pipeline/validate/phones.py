"""Phone numbers as people write them, brought to one form each: 13932810018, 0318-3832100, 0318-3832100转8.

Whether the number exists is the form's check; what is not understood stays as written, so that the check can quote it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.domain.cell import Raw
from pipeline.validate.as_written import as_written
from pipeline.validate.outcome import DITTO, Conversion, Repaired, WrongValue
from pipeline.validate.texts import clean_text, half_width, nothing, repeats

_DASHES = re.compile(r"[‐-―−ー_]")
_BETWEEN = re.compile(r"[、,;/|或和\n]+")
_COUNTRY = re.compile(r"^(?:\+|00)86-?|86-?(?=1[3-9][0-9]{9}$)")
_BRACKETED = re.compile(r"^\(((?:\+|00)86)\)")  # (+86)139…
_MOBILE = re.compile(r"0?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(
    r"\(?(010|02[0-9]|0[3-9][0-9]{2})\)?-?([2-9][0-9]{6,7})(?:(?:-|转|EXT\.?|X|分机|#)+([0-9]{1,6}))?"
)
_WITHIN = re.compile("[-.·]")
_SERVICE = re.compile(r"([48]00)-?([0-9]{3,4})-?([0-9]{3,4})")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_GLUED = re.compile(r"(1[3-9][0-9]{9})(1[3-9][0-9]{9})")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:分机号?|EXT\.?|(?<=[0-9])\s*X(?=\s*[0-9]))\s*:?\s*", re.IGNORECASE)
_WORDS = re.compile(r"(?:(?!转)[\u4e00-\u9fffA-Za-z:]|\((?![0-9+])|(?<![0-9])\))+", re.IGNORECASE)
_NOT_TO_CALL = re.compile("QQ|传真|FAX|邮编|[旧废停空错非不无换改前原]|工号|证|作废|卡号", re.IGNORECASE)
_SIGNS = " .。:()-;,、"
_LONGEST = 60


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
    if _SCIENTIFIC.fullmatch(text):
        return _of_scientific(text)
    numbers = [number for part in _BETWEEN.split(text) if not nothing(part.strip()) for number in _split(part)]
    joined = "、".join(dict.fromkeys(numbers))
    if all(map(_shape, numbers)):
        return joined or text
    without_words = _without_words(text)
    return Repaired(without_words, "repair.value", without_words) if without_words else joined


def _of_scientific(text: str) -> Conversion:
    """Write out what a workbook or its export shortened, while all digits are kept."""
    number = Decimal(text)
    digits = format(number, "f")
    if (
        number != number.to_integral_value()
        or not _MOBILE.fullmatch(digits)
        or len(number.as_tuple().digits) < len(digits)
    ):
        return WrongValue("value.digits_lost")
    return Repaired(digits, "repair.code", digits)


def _without_words(text: str) -> str:
    """Return the numbers of *text* without the words around them: 手机：139…, 139…（微信同号）, 139… 王先生.

    "" when a word may say that it is no number to call, when a digit is left over, and when any number is not whole:
    mobile, landline with its area code, or service.
    """
    text = _EXTENSION.sub("转", text)
    if len(text) > _LONGEST or _NOT_TO_CALL.search(text):
        return ""
    runs = [run for part in _WORDS.split(text) if any(sign.isdigit() for sign in part) for run in _BETWEEN.split(part)]
    numbers = [number for run in runs if run.strip(_SIGNS) for number in _several(run.strip(_SIGNS))]
    whole = all(_shape(number) and not _LOCAL.fullmatch(number.replace("-", "")) for number in numbers)
    return "、".join(dict.fromkeys(numbers)) if whole else ""


def _several(run: str) -> list[str]:
    """Return the numbers of *run*, two mobiles that were written without anything between them among them."""
    glued = _GLUED.fullmatch("".join(run.split()))
    return [*glued.groups()] if glued else _split(run)


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
    if text[:1] in "01" and (mobile := _MOBILE.fullmatch(_WITHIN.sub("", text))):
        return mobile[1]
    if landline := _LANDLINE.fullmatch(text):
        area, number, extension = landline.groups()
        return f"{area}-{number}" + (f"转{extension}" if extension else "")
    if (service := _SERVICE.fullmatch(text)) and len("".join(service.groups())) == 10:
        return "".join(service.groups())
    local = text.replace("-", "")
    return local if _LOCAL.fullmatch(local) else ""
