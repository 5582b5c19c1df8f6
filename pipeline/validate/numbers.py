"""Numbers as people write them: 1,200元, 1.2万, 12档, 约3万."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from math import prod

from pipeline.domain.cell import Raw
from pipeline.validate.as_written import as_written
from pipeline.validate.outcome import DITTO, Conversion, Repaired, StoredValue, WrongValue
from pipeline.validate.texts import clean_text, convert_text, half_width, nothing, repeats
from pipeline.validate.worded_numbers import plain_number

_LIMIT = 10**15
"""From here on a workbook no longer keeps every digit."""

_SCALE = {"百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "十": 10}
_UNITS = "平方米|平米|公里|公斤|小时|分钟|m2|kg|[档级户人个条件箱盒家间台辆次天月年岁米吨斤分包提支根袋瓶只张份套批车单笔项处名位双把种桶捆组趟页]"
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


def convert_counted(raw: Raw) -> Conversion:
    """Convert a cell of text that as a rule holds a number (``Field.counted``): the number as digits, else the text."""
    outcome = _convert(raw, whole=False)
    if isinstance(outcome, WrongValue):
        return convert_text(raw)
    if isinstance(outcome, Repaired):
        return replace(outcome, value=as_written(outcome.value))
    return as_written(outcome) if isinstance(outcome, float) else outcome


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
    text = (about[1] or about[2]) if about else text
    match = _NUMBER.fullmatch(text)
    worded = match is None
    if match is None and (plain := plain_number(text)):
        match = _NUMBER.fullmatch(plain)
    if match is None:
        return WrongValue("value.number")
    digits, power, scale, unit = match.groups()
    number = Decimal(re.sub("[, ]", "", digits) + (power or "")) * prod(map(_SCALE.__getitem__, scale))
    stored = _store(number, whole)
    # thousands separators and 元 are plain writing; a scale, another unit or a guess was interpreted
    if isinstance(stored, WrongValue) or not (about or worded or scale or unit not in {None, "元"}):
        return stored
    return Repaired(stored, "repair.number", format(number.normalize(), "f"))


def _store(number: Decimal, whole: bool) -> StoredValue | WrongValue:
    if not number.is_finite() or abs(number) >= _LIMIT:
        return WrongValue("value.number")
    if not whole:
        return float(number)
    return int(number) if number == number.to_integral_value() else WrongValue("value.whole")
