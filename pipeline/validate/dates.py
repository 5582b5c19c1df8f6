"""Dates as people write them, and ranges of two dates in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pipeline.domain.cell import Raw
from pipeline.validate.loose_days import Numbers, is_place_holder, loose_day, loose_pair
from pipeline.validate.outcome import DITTO, Conversion, Convert, Repaired, WrongValue
from pipeline.validate.texts import clean_text, half_width, nothing, repeats
from pipeline.validate.zones import local_moment
from schemas.language.context import OFFICE_ZONE

_EARLIEST, _LATEST = 1900, 2100
"""Years: what lies outside is a slip of the pen."""

FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Day numbers taken for dates: 1954 to 2119. Smaller ones are counts, larger ones something else."""

_SERIAL_ZERO = date(1899, 12, 30)  # Excel's 1900 calendar; the reader has converted those of 1904
_AHEAD = 30
"""Years ahead of today up to which a year of two digits is this century's."""

_LONGEST = 80
"""Characters: two dates in words are shorter, and to search a whole story would take its time."""

_GAP = r"\s*[-./年_\s]\s*"
_DAY = rf"(?:[0-9]{{4}}|[0-9]{{2}}){_GAP}[0-9]{{1,2}}\s*[-./月_\s]\s*[0-9]{{1,2}}\s*[日号]?|[0-9]{{8}}"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_HOUR = r"(?:\s*[T\s]\s*[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}(?:\.[0-9]+)?)?秒?(?:Z|[+-][0-9:]{4,5})?)?"
_ONE = re.compile(rf"({_DAY})\.?{_WEEKDAY}{_HOUR}")
_TWO = re.compile(rf"[自从]?\s*({_DAY}|[^0-9]*)\s*起?\s*(?:至|到(?!期)|~|[-‐-―−]+)\s*({_DAY}|\D*)\s*止?\.?")
_BEGINS = re.compile(rf"[自从]?\s*({_DAY})\s*起")
_PARTS = re.compile(r"([0-9]+)\D+([0-9]+)\D+([0-9]+)\D*")
_SIX = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")

_NUMERAL = "[〇零○一二三四五六七八九十]"
_IN_NUMERALS = re.compile(rf"({_NUMERAL}{{4}})年({_NUMERAL}{{1,3}})月({_NUMERAL}{{1,3}})[日号]")
_DIGITS = {sign: value for value, signs in enumerate(["〇零○", *"一二三四五六七八九"]) for sign in signs}

_AROUND = " ()。.;,、-"
_OPEN = frozenset(
    ("至今", "今", "迄今", "现在", "目前", "至目前", "在岗", "在职", "现任", "仍在岗", "未离岗", "未离职", "未停用", "在用", "使用中", "长期",
     "至长期", "长期有效", "永久", "至永久", "永久有效", "无期限", "无限期", "无固定期限", "不限", "不限期")
)  # fmt: skip
"""What people write where no day ends it."""

_WRONG = WrongValue("value.date")
_ONE_END = WrongValue("value.date_one_end")


@dataclass(frozen=True, slots=True)
class Ends:
    """What a field of dates has to do with the two ends of a period.

    *end* says which end of a range in its cell the field is, None when a range is no answer to it; *whole* that the cell
    serves both ends, so that a single date does not say which one it is; *side* which end the field is by itself; *open*
    that it may stay blank for ever (至今, 长期).
    """

    end: Literal[0, 1] | None = None
    whole: bool = False
    side: Literal[0, 1] | None = None
    open: bool = False


def date_converter(today: date, ends: Ends = Ends(), zone: str = OFFICE_ZONE) -> Convert:
    """Return the converter of a field of dates, to ISO strings; a moment of another zone is the day it is in *zone*."""

    def convert(raw: Raw) -> Conversion:
        match raw:
            case str():
                return _of_text(raw, today, ends, zone)
            case date():  # a datetime is one
                found: Conversion = raw.isoformat()[:10] if _EARLIEST <= raw.year <= _LATEST else _WRONG
            case int() | float():
                found = _of_number(raw, today)
            case None:
                return None
            case _:
                return _WRONG
        return _ONE_END if ends.whole and not isinstance(found, WrongValue) else found

    return convert


def _of_number(raw: float, today: date) -> Conversion:
    if FIRST_SERIAL <= raw < LAST_SERIAL:
        day = (_SERIAL_ZERO + timedelta(days=int(raw))).isoformat()
        return Repaired(day, "repair.date", day)
    if 1e7 <= raw < 1e8 and raw == int(raw):
        return _eight(str(int(raw))) or _WRONG
    if 1e11 <= raw < 1e14 and raw == int(raw) and (loose := loose_day(str(int(raw)))):
        return _told(loose.numbers, today)
    return _WRONG


def _of_text(raw: str, today: date, ends: Ends, zone: str) -> Conversion:
    if not ends.whole and _is_iso(raw):
        return raw
    text = clean_text(raw)
    if nothing(text):
        return None
    if repeats(text):
        return DITTO
    text = half_width(text[:_LONGEST])
    single = _one(text, today) if (local := local_moment(text, zone)) is None else _local(local, text)
    if single is not None:
        return _ONE_END if ends.whole and not isinstance(single, WrongValue) else single
    ranged = None if ends.end is None else _range(text, today, ends)
    if ranged is None:
        return _of_loose_text(text, today, ends)
    found = ranged[ends.end or 0]
    return _WRONG if found is None and not ends.whole else found  # its own cell speaks of the other end


def _local(moment: datetime, text: str) -> Conversion:
    day = moment.date().isoformat()
    return day if text.startswith(day) else Repaired(day, "repair.date", day)


def _of_loose_text(text: str, today: date, ends: Ends) -> Conversion:
    """Return what *text* means that is neither a date nor a range in plain writing."""
    if is_place_holder(text):
        return Repaired(None, "repair.blank", "") if text[:4].isdecimal() else None
    if text.strip(_AROUND) in _OPEN:
        return Repaired(None, "repair.open_end", "") if ends.open else _WRONG
    loose = loose_day(text)
    if loose is None:
        return _WRONG
    told = _told(loose.numbers, today)
    if ends.whole and not isinstance(told, WrongValue):
        return _ONE_END if loose.side is None else told if loose.side == ends.end else None
    return _WRONG if None not in (loose.side, ends.side) and loose.side != ends.side else told


def _told(numbers: Numbers, today: date) -> Conversion:
    year, month, day = numbers
    if len(year) == 2:
        return _short(int(year), month, day, today)
    found = _iso(int(year), month, day)
    return Repaired(found, "repair.date", found) if found else _WRONG


def _is_iso(text: str) -> bool:
    """Tell whether *text* is a day as it is stored: the usual case, and cheap to tell."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return False
    try:
        return date.fromisoformat(text).isoformat() == text and _EARLIEST <= int(text[:4]) <= _LATEST
    except ValueError:
        return False


def _one(text: str, today: date) -> Conversion:
    """Return what a single date means; None when *text* has not the look of one."""
    if match := _ONE.fullmatch(text):
        return _day(match[1], today)
    if match := _IN_NUMERALS.fullmatch(text):
        year = int("".join(str(_DIGITS.get(sign, "")) for sign in match[1]) or 0)
        return _iso(year, _numeral(match[2]), _numeral(match[3])) or _WRONG
    if match := _SIX.fullmatch(text):
        return _six(match, today)
    if text.isdecimal() and len(text) == 5:
        return _of_number(int(text), today)
    return None


def _range(text: str, today: date, ends: Ends) -> tuple[Conversion, Conversion] | None:
    """Return both ends of a range, None when *text* has not the look of one; an end that is left open is None."""
    if match := _TWO.fullmatch(text):
        parts = [part.strip() for part in match.groups()]
        days = [_day(part, today) if part[:1].isdigit() else None for part in parts]
        if not any(days):
            return None
        first, last = (
            each if each is not None or not part or is_place_holder(part) else _WRONG
            for each, part in zip(days, parts, strict=True)
        )
        if parts[1].strip(_AROUND) in _OPEN:
            last = Repaired(None, "repair.open_end", "") if ends.open else _WRONG
            return first, last
        return _both(first, last)
    if match := _BEGINS.fullmatch(text):
        return _day(match[1], today), None
    if pair := loose_pair(text):
        return _both(*(_told(numbers, today) for numbers in pair))
    return None


def _both(first: Conversion, last: Conversion) -> tuple[Conversion, Conversion]:
    """Return both ends, of which a person is told together where one was mended and none is wrong."""
    both = (first, last)
    if not any(isinstance(each, Repaired) for each in both) or any(isinstance(each, WrongValue) for each in both):
        return both
    stored = [each.value if isinstance(each, Repaired) else each for each in both]
    after = "至".join(str(each or "") for each in stored)
    begins, ends = (Repaired(str(value), "repair.date", after) if value else None for value in stored)
    return begins, ends


def _day(text: str, today: date) -> Conversion:
    text = text.strip()
    if text.isdecimal():
        return _eight(text) or _WRONG
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return _WRONG
    year, month, day = (int(part) for part in parts.groups())
    if len(parts[1]) == 2:
        return _short(year, month, day, today)
    return _iso(year, month, day) or _WRONG


def _eight(digits: str) -> str | None:
    return _iso(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _six(match: re.Match[str], today: date) -> Conversion:
    """Six digits are year, month and day, unless they may as well be a year of four digits and a month."""
    year, month, day = (int(part) for part in match.groups())
    if _EARLIEST <= year * 100 + month <= _LATEST and 1 <= day <= 12:
        return _WRONG
    return _short(year, month, day, today)


def _short(year: int, month: int, day: int, today: date) -> Conversion:
    century = 2000 if 2000 + year <= today.year + _AHEAD else 1900
    found = _iso(century + year, month, day)
    return Repaired(found, "repair.date", found) if found else _WRONG


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def _numeral(text: str) -> int:
    """Return the value of a Chinese numeral below 40; 0 when it is none."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0) if len(text) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
