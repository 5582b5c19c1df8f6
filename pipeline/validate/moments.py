"""Moments and months as people write them: a day with its time of day, ``2026年11月``."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from pipeline.domain.cell import Raw
from pipeline.validate.dates import FIRST_SERIAL, LAST_SERIAL, date_converter
from pipeline.validate.outcome import DITTO, Conversion, Convert, Repaired, WrongValue
from pipeline.validate.texts import clean_text, half_width, nothing, repeats

_LONGEST = 40
_TIME = re.compile(
    r"(?P<day>.*?[0-9日号)])[T\s]*(?P<half>[上中下]午|早上|晚上|凌晨|[AaPp][Mm])?\s*(?P<hour>[0-9]{1,2})\s*"
    r"(?:[:时点]\s*(?:(?P<minute>[0-9]{1,2})(?:[:分][0-9.]*秒?)?|(?P<halves>半))?)\s*(?P<after>[AaPp][Mm])?"
)
_LATER = {"下午", "晚上", "pm"}
_NOON_ENDS = 3  # 中午1点 is one in the afternoon, 中午11点半 is before noon
_MONTH = re.compile(r"(?:(?P<year>[0-9]{4}|[0-9]{2})\s*[-./年_\s]\s*)?(?P<month>[0-9]{1,2})\s*月?份?")
_SIX = re.compile(r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})")
_SERIAL_ZERO = datetime(1899, 12, 30)
_WRONG_MOMENT, _WRONG_MONTH = WrongValue("value.moment"), WrongValue("value.month")


def moment_converter(today: date) -> Convert:
    """Return the converter of a field of moments, to ``2026-11-02T14:30``; a day alone stays a day."""
    to_day = date_converter(today)

    def convert(raw: Raw) -> Conversion:
        match raw:
            case datetime() if not isinstance(to_day(raw), WrongValue):
                return _of_datetime(raw)
            case float() if FIRST_SERIAL <= raw < LAST_SERIAL and raw != int(raw):
                return _of_datetime(_SERIAL_ZERO + timedelta(days=raw))
            case str():
                return _of_text(raw)
        return _as_moment(to_day(raw))

    def _of_text(raw: str) -> Conversion:
        text = clean_text(raw)
        if nothing(text) or repeats(text):
            return DITTO if repeats(text) else None
        match = _TIME.fullmatch(half_width(text[:_LONGEST]))
        if match is None:
            return _as_moment(to_day(raw))
        day = to_day(match["day"].strip())
        clock = _clock(match)
        if isinstance(day, WrongValue) or clock is None:
            return _WRONG_MOMENT
        if isinstance(day, Repaired):
            return Repaired(f"{day.value}T{clock}", "repair.date", f"{day.value} {clock}")
        return f"{day}T{clock}"

    return convert


def _of_datetime(raw: datetime) -> Conversion:
    """A cell of a day alone has the first moment of that day."""
    exact = (raw + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return exact.date().isoformat() if not exact.hour and not exact.minute else exact.isoformat(timespec="minutes")


def _as_moment(day: Conversion) -> Conversion:
    return _WRONG_MOMENT if isinstance(day, WrongValue) else day


def _clock(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"] or (30 if match["halves"] else 0))
    half = (match["half"] or match["after"] or "").lower()
    if (half in _LATER and hour < 12) or (half == "中午" and hour < _NOON_ENDS):
        hour += 12
    elif half in ("凌晨", "am") and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def month_converter(today: date) -> Convert:
    """Return the converter of a field of months, to ``2026-11``; a month without a year is the last one of that name."""

    def convert(raw: Raw) -> Conversion:
        match raw:
            case date():  # a datetime is one
                return f"{raw.year:04d}-{raw.month:02d}"
            case int() | float() if raw == int(raw):
                return of_text(str(int(raw)))
            case str():
                text = clean_text(raw)
                if nothing(text) or repeats(text):
                    return DITTO if repeats(text) else None
                return of_text(half_width(text[:_LONGEST]))
            case None:
                return None
        return _WRONG_MONTH

    def of_text(text: str) -> Conversion:
        match = _SIX.fullmatch(text) or _MONTH.fullmatch(text)
        if match is None:
            day = to_day(text)
            return _WRONG_MONTH if not isinstance(day, str) else day[:7]
        month = int(match["month"])
        if not 1 <= month <= 12:
            return _WRONG_MONTH
        if match["year"] is None:
            value = f"{today.year - (month > today.month):04d}-{month:02d}"
            return Repaired(value, "repair.date", value)
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        return f"{year:04d}-{month:02d}"

    to_day = date_converter(today)
    return convert
