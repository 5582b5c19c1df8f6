"""The time of day behind a day: 14:30, 下午三点, 14.30, 九点半, 24:00."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.validate.numerals import numeral

_HALF = r"上午|中午|下午|早上|早晨|清晨|傍晚|晚上|晚间|夜里|凌晨|午后|[AaPp]\.?[Mm]\.?(?![A-Za-z])"
_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_NUMBER = "[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_TIME = re.compile(
    rf"(?P<day>.*?(?:[0-9日号)]|{_WEEKDAY}\)?))[T,\s]*(?P<guess>大约|约)?(?P<half>{_HALF})?\s*"
    rf"(?:(?P<hour>{_NUMBER})\s*(?:[:时点h]\s*(?:(?P<minute>{_NUMBER})(?:[:分][0-9.]*秒?)?|(?P<halves>半)|整|钟)?"
    r"|(?:(?<=[\s午上日号][0-9])|(?<=[\s午上日号][0-9][0-9]))\.(?P<pointed>[0-5][0-9])))?"
    r"\s*(?P<late>[AaPp]\.?[Mm]\.?)?(?P<about>左右|许)?"
    rf"(?:\s*\(?{_WEEKDAY}\)?)?"
)
_LATER = {"下午", "傍晚", "晚上", "晚间", "夜里", "午后", "pm"}
_NIGHT = {"晚上", "晚间", "夜里"}
_EARLIER = {"上午", "早上", "早晨", "清晨", "凌晨", "am"}
_NOON_ENDS = 3  # 中午1点 is one in the afternoon, 中午11点半 is before noon


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """What stands before a time, as written, and the minutes since the beginning of that day."""

    day: str
    minutes: int | None
    """From 1440 on of the day after (24:00); None when there is no such time."""
    vague: bool = False
    """Only a part of the day is named (上午)."""
    about: bool = False
    """Not to the minute (14:30左右)."""


def time_of_day(text: str) -> TimeOfDay | None:
    """Return *text* (half width) parted into day and time; None when no time stands behind."""
    match = _TIME.fullmatch(text)
    if match is None or not (match["hour"] or match["half"]):
        return None
    day = match["day"].strip()
    about = bool(match["about"] or match["guess"])
    return TimeOfDay(day, _minutes(match), about=about) if match["hour"] else TimeOfDay(day, 0, vague=True)


def _minutes(match: re.Match[str]) -> int | None:
    hour = _number(match["hour"])
    written = match["minute"] or match["pointed"]
    minute = _number(written) if written else 30 if match["halves"] else 0
    half = (match["half"] or match["late"] or "").lower().replace(".", "")
    if hour is None or minute is None or minute > 59 or (hour, minute) > (24, 0):
        return None
    if half in _EARLIER and hour > 12:
        return None
    if half in _NIGHT and hour == 12:
        hour = 24
    elif (half in _LATER and hour < 12) or (half == "中午" and hour < _NOON_ENDS):
        hour += 12
    elif half in ("凌晨", "am") and hour == 12:
        hour = 0
    return hour * 60 + minute


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else numeral(text)
