"""Free text, codes and lists of texts, and the cleaning that all kinds begin with."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, time, timedelta

from pipeline.domain.cell import Raw
from pipeline.validate.as_written import as_written
from pipeline.validate.outcome import DITTO, Conversion, Repaired, WrongValue
from schemas.language.identifier import identifier

_EXACT_DIGITS = 15
"""Digits that a number in a workbook keeps (IEEE 754 double, as Excel cuts it)."""

_MOST_UNITS = 32_767
"""UTF-16 units that one cell of a workbook holds (Excel's limit): only other kinds of files bring longer texts."""

_NOTHING = frozenset(
    ("无", "暂无", "没有", "空", "空白", "暂缺", "未填", "未填写", "不适用", "无此项", "n/a", "n.a.", "#", "null", "<null>", "<na>", "none",
     "nil", "nan", "nat", "undefined", "\\n")
)  # fmt: skip
_BRACKETS = "()（）[]【】{} 。.;；"
_STROKES = re.compile(r"[-‐-―－_＿/／\\|\s.。…·]+|[(（【\[][-‐-―_＿\s]+[)）】\]]")
_STROKE_BEGINS = frozenset("-‐‑‒–—―－_＿/／\\|.。…·(（【[")
_MOST_STROKES = 80
_SHORT = 12
"""Signs: words that mean nothing, or the cell above, are no longer."""

_DITTO = frozenset(("同上", "上同", "同前", "同上行", "同上一行", "同上格", "同上栏", "ditto"))
_DITTO_SIGNS = frozenset("″〃\"'“”＂´’々")
_DITTO_AROUND = " 。.,，;；、:：!！()（）[]【】-—↑"

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BLANKS = re.compile(rf"(?P<han>(?<=[{_HAN}]))?(?<!\s)(?P<run>\s+)(?P<also>(?=[{_HAN}]))?")
_APOSTROPHE = re.compile(r"['‘’＇`](?!['‘’＇`]|$)")
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE)
_POINT_ZERO = re.compile(r"([0-9]+)\.0+")
_SEPARATORS = re.compile(r"[、，,;；|/／\s]+")


def clean_text(text: str) -> str:
    """Return *text* without outer blanks, invisible characters and the apostrophe that forces text in Excel.

    A line break that wraps Chinese is layout and goes; between Latin words it becomes a space.
    """
    if text.isprintable() and not text.startswith((" ", "'", "‘", "’", "＇", "`")) and not text.endswith(" "):
        return text
    text = _INVISIBLE.sub("", text).strip()
    text = _BLANKS.sub(_joint, text)
    if _APOSTROPHE.match(text) and not text.endswith(("'", "’")):
        text = text[1:].lstrip()
    return text


def _joint(blanks: re.Match[str]) -> str:
    """Return what becomes of a run of blanks: ordinary spaces stay, anything else is layout."""
    if not blanks["run"].strip(" "):
        return blanks["run"]
    return " " if blanks["han"] is None and blanks["also"] is None else ""


def half_width(text: str) -> str:
    """Return *text* with full-width digits, letters and signs as plain ones (NFKC): never for free text."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def nothing(text: str) -> bool:
    """Tell whether a cleaned *text* is blank, or a word or stroke that people put where there is nothing."""
    if len(text) > _SHORT:
        return len(text) < _MOST_STROKES and _STROKES.fullmatch(text) is not None
    return not text or text.strip(_BRACKETS).lower() in _NOTHING or _STROKES.fullmatch(text) is not None


def repeats(text: str) -> bool:
    """Tell whether a cleaned *text* asks for the value above."""
    if len(text) > _SHORT or not text:
        return False
    if len(text) < 4 and _DITTO_SIGNS.issuperset(text.replace(" ", "")) and text != "'":
        return True
    return "".join(text.split()).strip(_DITTO_AROUND).lower() in _DITTO


def convert_text(raw: Raw) -> Conversion:
    """Convert a cell of free text."""
    text = clean_text(as_written(raw))
    if len(text) <= _SHORT or text[0] in _STROKE_BEGINS:
        if repeats(text):
            return DITTO
        if nothing(text):
            return None
    return _whole(text)


def _whole(text: str) -> Conversion:
    """Return *text* unless the master could not hold all of it: better told than cut."""
    if len(text) > _MOST_UNITS // 2 and len(text.encode("utf-16-le", "replace")) > 2 * _MOST_UNITS:
        return WrongValue("value.too_long")
    return text


def convert_list(raw: Raw) -> Conversion:
    """Convert several texts in one cell, however they are separated, to one text joined by 、 without repetitions."""
    text = clean_text(_SEPARATORS.sub("、", as_written(raw)).strip("、"))
    if nothing(text):
        return None
    if repeats(text):
        return DITTO
    parts = (clean_text(part) for part in text.split("、"))
    listed = "、".join(dict.fromkeys(part for part in parts if not nothing(part)))
    return _whole(listed) if listed else None


def convert_code(raw: Raw) -> Conversion:
    """Convert digits and letters that identify. What Excel made a number of is written out while all digits are kept."""
    match raw:
        case str():
            return _code_of_text(raw)
        case bool():
            return as_written(raw)
        case int() | float():
            return _code_of_number(raw)
        case date() | time() | timedelta():
            return WrongValue("value.code_date")
        case _:
            return None


def _code_of_text(raw: str) -> Conversion:
    if raw.isascii() and raw.isalnum() and (raw.isdigit() or raw.isupper()) and raw.lower() not in _NOTHING:
        return raw
    text = clean_text(raw)
    if nothing(text):
        return None
    if repeats(text):
        return DITTO
    text = identifier(text)
    if point := _POINT_ZERO.fullmatch(text):
        return Repaired(point[1], "repair.code", point[1])
    if number := _SCIENTIFIC.fullmatch(text):
        return _code_of_scientific(number[1] + (number[2] or ""), int(number[3]) + 1)
    return text


def _code_of_scientific(digits: str, length: int) -> Conversion:
    kept = digits.rstrip("0")
    if len(kept) > length or length < 6:
        return digits
    if len(digits) < length or length > _EXACT_DIGITS:
        return WrongValue("value.digits_lost")
    return Repaired(digits[:length], "repair.code", digits[:length])


def _code_of_number(raw: float) -> Conversion:
    if not math.isfinite(raw) or raw < 0 or raw != int(raw):
        return WrongValue("value.code_number")
    if raw >= 10**_EXACT_DIGITS:
        return WrongValue("value.digits_lost")
    return Repaired(str(int(raw)), "repair.code", str(int(raw)))
