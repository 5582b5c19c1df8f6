"""Numbers as people write them: 1,200元, 1.2万, 12档, 约3万."""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import DITTO, Conversion, Repaired, StoredValue, WrongValue
from pipeline.validate.texts import clean_text, half_width, nothing, repeats

_LIMIT = 10**15
"""From here on a workbook no longer keeps every digit."""

_SCALE = {"百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "十": 10}
_UNITS = "平方米|公里|m2|[档级户人个条件箱盒家间台辆次天月年岁米吨斤分]"
_NUMBER = re.compile(
    rf"¥?\s*([-+]?(?:[0-9]+|[0-9]{{1,3}}(?:[, ][0-9]{{3}})+)(?:\.[0-9]*)?|[-+]?\.[0-9]+)(E[-+]?[0-9]{{1,2}})?"
    rf"\s*([十百千]?[万萬亿億]|[百千]|)\s*(元|{_UNITS})?",
    re.IGNORECASE,
)
# The number that is named is meant. Not so with bounds (10以上) and words (十几): they name none.
_ABOUT = re.compile(r"(?:大约|大概|约)\s*(.+)|(.+?)\s*(?:左右|上下)", re.DOTALL)


def convert_number(raw: Raw) -> Conversion:
    """Convert a cell to a float."""
    return _convert(raw, whole=False)


def convert_integer(raw: Raw) -> Conversion:
    """Convert a cell to an int."""
    return _convert(raw, whole=True)


def _convert(raw: Raw, *, whole: bool) -> Conversion:
    match raw:
        case None:
            return None
        case int() | float() if not isinstance(raw, bool):
            return _store(Decimal(str(raw)), whole)
        case str():
            return _of_text(raw, whole)
        case _:
            return WrongValue("value.number")


def _of_text(raw: str, whole: bool) -> Conversion:
    text = clean_text(raw)
    if nothing(text):
        return None
    if repeats(text):
        return DITTO
    text = half_width(text)
    about = _ABOUT.fullmatch(text)
    match = _NUMBER.fullmatch((about[1] or about[2]) if about else text)
    if match is None:
        return WrongValue("value.number")
    digits, power, scale, unit = match.groups()
    number = Decimal(re.sub("[, ]", "", digits) + (power or "")) * prod(map(_SCALE.__getitem__, scale))
    stored = _store(number, whole)
    # thousands separators and 元 are plain writing; a scale, another unit or a guess was interpreted
    if isinstance(stored, WrongValue) or not (about or scale or unit not in {None, "元"}):
        return stored
    return Repaired(stored, "repair.number", format(number.normalize(), "f"))


def _store(number: Decimal, whole: bool) -> StoredValue | WrongValue:
    if not number.is_finite() or abs(number) >= _LIMIT:
        return WrongValue("value.number")
    if not whole:
        return float(number)
    return int(number) if number == number.to_integral_value() else WrongValue("value.whole")
