"""Single days written loosely: other signs between the numbers, words around them, a time behind them, English months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.validate.clock import time_of_day
from pipeline.validate.numerals import numeral, short_tens, year_in_numerals
from pipeline.validate.zones import MONTHS

Numbers = tuple[str, int, int]
"""Year as written, month, day."""

_ODD = r"[-./年_\s。,、·・:;]+"
_ODD_MONTH = r"[-./月_\s。,、·・:;]+"
_LONG = re.compile(rf"([0-9]{{4}}){_ODD}([0-9]{{1,2}}){_ODD_MONTH}([0-9]{{1,2}})\s*[日号]?")
_SHORT = re.compile(r"([0-9]{2})\s*[-./年。·・\s]+([0-9]{1,2})\s*[-./月。·・\s]+([0-9]{1,2})\s*[日号]?")
_STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})(?:[0-9]{2})?)?")
_ENGLISH = (
    re.compile(rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-\s./]+(?P<name>{MONTHS})[a-z]*\.?[-\s./,]+(?P<year>[0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE),
    re.compile(rf"(?P<name>{MONTHS})[a-z]*\.?[-\s./]+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-\s./,]+(?P<year>[0-9]{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<year>[0-9]{{4}})[-\s./]+(?P<name>{MONTHS})[a-z]*\.?[-\s./]+(?P<day>[0-9]{{1,2}})", re.IGNORECASE),
)  # fmt: skip
_NUMERALS = "[〇零○一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾]"
_IN_NUMERALS = re.compile(
    rf"(?P<year>(?:{_NUMERALS}|[0-9]){{4}})\s*年\s*(?P<month>{_NUMERALS}{{1,3}}|[0-9]{{1,2}})\s*月\s*(?P<day>{_NUMERALS}{{1,4}}|[0-9]{{1,2}})\s*[日号]?"
)
_WEEKDAY = re.compile(
    r"\s*(?:\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?|\([一二三四五六日]\)|\(?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?\)?)$",
    re.IGNORECASE,
)
_WEEKDAY_FIRST = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+(?=\S)", re.IGNORECASE)
_BEGINS_BEFORE = re.compile(r"(?:自|从|于|起始|开始)\s*|公元\s*")
_ENDS_BEFORE = re.compile(r"(?:有效期)?(?:截至|截止到|截止至|截止|至|到)\s*")
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,8}(?:日期|时间|期|日|自|至|起|止))\s*:\s*")
_NAMES_END = re.compile("至|止|截|到期|失效")
_BEGINS_BEHIND = re.compile(r"\s*\(?(?:起算|起始|起|开始|生效|启用)\)?$")
_ENDS_BEHIND = re.compile(r"\s*\(?(?:到期|届满|截止|为止|止|(?P<before>之前|以前|前))\)?$")
_STOPS = " 。.;,、"
_PRINTED = re.compile(r"[0-9]{4}\s*年[\s_]+月[\s_]*日?")
_PLACE_HOLDER = re.compile(
    r"(?:[\s_\-–—/.:~xX×*□…()]|(?:20|19|二[〇零○])(?=[\s_xX×*□…]*年)|[自从起至到止年月日号时点分秒])+"
)


_MONTHS = (
    re.compile(r"(?P<year>[0-9]{4})(?:\s*[-./年。·_]\s*|\s+)(?P<month>[0-9]{1,2})\s*(?:月份?)?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})"),
    re.compile(r"(?P<year>[0-9]{2})\s*年\s*(?P<month>[0-9]{1,2})\s*月份?"),
    re.compile(rf"(?P<year>(?:{_NUMERALS}|[0-9]){{4}})\s*年\s*(?P<month>{_NUMERALS}{{1,3}}|[0-9]{{1,2}})\s*月份?"),
    re.compile(rf"(?P<month>{MONTHS})[a-z]*\.?[-\s./,]+(?P<year>[0-9]{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<year>[0-9]{{4}})[-\s./]+(?P<month>{MONTHS})[a-z]*\.?", re.IGNORECASE),
)
"""Months of a year, without a day."""
_PAIR = re.compile(
    rf"[自从]?\s*(?P<first>{_LONG.pattern})\s*起?(?:[,;、/\s]*(?:至|到|~|[-‐-―−]+)\s*|[,;、/\s]+)(?P<last>{_LONG.pattern})\s*止?[\s。.;]*"
)


@dataclass(frozen=True, slots=True)
class LooseDay:
    """A day, and which end of a period the words around it make of it (0 begins, 1 ends; None when they do not say)."""

    numbers: Numbers
    side: Literal[0, 1] | None = None


def loose_day(text: str) -> LooseDay | None:
    """Return what *text* (half width) means; None when it is not certainly one day."""
    text, side, open_to_doubt = _without_words(text.strip(_STOPS))
    if open_to_doubt:
        return None
    numbers = _numbers(text)
    return LooseDay(numbers, side) if numbers else None


def loose_month(text: str) -> LooseDay | None:
    """Return the month that *text* (half width) is, as its first day; None when it is not certainly one month of a year."""
    text, side, open_to_doubt = _without_words(text.strip(_STOPS))
    match = None if open_to_doubt else next((found for way in _MONTHS if (found := way.fullmatch(text))), None)
    if match is None:
        return None
    written = match["month"]
    if not written.isascii() or written.isdecimal():
        month = _number(written)
    else:
        month = MONTHS.upper().split("|").index(written.upper()) + 1
    year = match["year"] if match["year"].isdecimal() else str(year_in_numerals(match["year"]) or "")
    return LooseDay((year, month, 1), side) if month and len(year) in (2, 4) else None


def loose_pair(text: str) -> tuple[Numbers, Numbers] | None:
    """Return the two days of a period that *text* (half width) holds, None when it does not hold two in full."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    parts = match.groups()
    return (parts[1], int(parts[2]), int(parts[3])), (parts[5], int(parts[6]), int(parts[7]))


def is_place_holder(text: str) -> bool:
    """Tell whether *text* (half width) only is what a form prints where a day is to be written: ``____年__月__日``."""
    if _PLACE_HOLDER.fullmatch(text) is None:
        return _PRINTED.fullmatch(text) is not None
    named = sum(sign in text for sign in "年月日")
    return named > 1 or "_" in text or (named == 1 and " " in text)


def _without_words(text: str) -> tuple[str, Literal[0, 1] | None, bool]:
    """Return *text* without the words around a day, the end that they name, and whether they contradict each other."""
    sides: set[Literal[0, 1]] = set()
    if named := _NAMED.match(text):
        text = text[named.end() :]
        if _NAMES_END.search(named["name"]):
            sides.add(1)
        elif named["name"].endswith(("自", "起")):
            sides.add(0)
    ways: tuple[tuple[Literal[0, 1], re.Pattern[str], re.Pattern[str]], ...] = (
        (0, _BEGINS_BEFORE, _BEGINS_BEHIND),
        (1, _ENDS_BEFORE, _ENDS_BEHIND),
    )
    for side, before, behind in ways:
        if found := before.match(text):
            text = text[found.end() :]
            if not found[0].startswith(("于", "公元")):
                sides.add(side)
        if found := behind.search(text):
            text = text[: found.start()]
            sides.add(side)
    return text.strip(_STOPS), next(iter(sides), None), len(sides) > 1


def _numbers(text: str) -> Numbers | None:
    if numbers := _of_signs(text):
        return numbers
    time = time_of_day(text)
    if time is not None and time.minutes is not None:
        return _of_signs(time.day)
    return None


def _of_signs(text: str) -> Numbers | None:
    text = _WEEKDAY.sub("", _WEEKDAY_FIRST.sub("", text, count=1)).strip(_STOPS)
    if match := _LONG.fullmatch(text) or _SHORT.fullmatch(text):
        return match[1], int(match[2]), int(match[3])
    if (match := _STAMP.fullmatch(text)) and (match[4] is None or (int(match[4]) < 24 and int(match[5]) < 60)):
        return match[1], int(match[2]), int(match[3])
    if match := next((found for writing in _ENGLISH if (found := writing.fullmatch(text))), None):
        return match["year"], MONTHS.upper().split("|").index(match["name"].upper()) + 1, int(match["day"])
    if match := _IN_NUMERALS.fullmatch(text):
        year, month, day = year_in_numerals(match["year"]), _number(match["month"]), _number(match["day"])
        return (f"{year:04d}", month, day) if year and month and day else None
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else numeral(short_tens(text.lstrip("零〇○")))
