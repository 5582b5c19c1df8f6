"""Moments and months as people write them: a day with its time of day, ``2026年11月``."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from pipeline.domain.cell import Raw
from pipeline.validate.clock import time_of_day
from pipeline.validate.dates import FIRST_SERIAL, LAST_SERIAL, date_converter
from pipeline.validate.numerals import numeral, year_in_numerals
from pipeline.validate.outcome import DITTO, Conversion, Convert, Repaired, WrongValue
from pipeline.validate.texts import clean_text, half_width, nothing, repeats
from pipeline.validate.zones import local_moment
from schemas.language.context import OFFICE_ZONE

_LONGEST = 80
_DAY = 24 * 60
_MONTH = re.compile(r"(?:(?P<year>[0-9]{4}|[0-9]{2})\s*[-./年_\s。,、·]+)?(?P<month>[0-9]{1,2})\s*月?份?")
_IN_NUMERALS = re.compile(r"(?:(?P<year>[^年]{4})年)?(?P<month>[^年月]{1,3})月份?")
_SIX = re.compile(r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})")
_SERIAL_ZERO = datetime(1899, 12, 30)
_WRONG_MOMENT, _WRONG_MONTH = WrongValue("value.moment"), WrongValue("value.month")


def moment_converter(today: date, zone: str = OFFICE_ZONE) -> Convert:
    """Return the converter of a field of moments, to ``2026-11-02T14:30``; a day alone stays a day.

    A moment that names its zone is told as a clock in *zone* shows it.
    """
    to_day = date_converter(today, zone=zone)

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
        text = half_width(text[:_LONGEST])
        if local := local_moment(text, zone):
            value = local.isoformat(timespec="minutes")
            same = text[:16].replace(" ", "T") == value
            return value if same else Repaired(value, "repair.date", value.replace("T", " "))
        time = time_of_day(text)
        if time is None or time.vague:
            return _as_moment(to_day(raw))
        day = to_day(time.day)
        if time.minutes is None or not isinstance(day, str | Repaired):
            return _WRONG_MOMENT
        at = datetime.fromisoformat(str(day.value if isinstance(day, Repaired) else day)) + timedelta(
            minutes=time.minutes
        )
        value = at.isoformat(timespec="minutes")
        if isinstance(day, Repaired) or time.about or time.minutes >= _DAY:
            return Repaired(value, "repair.date", value.replace("T", " "))
        return value

    return convert


def _of_datetime(raw: datetime) -> Conversion:
    """A cell of a day alone has the first moment of that day."""
    exact = (raw + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return exact.date().isoformat() if not exact.hour and not exact.minute else exact.isoformat(timespec="minutes")


def _as_moment(day: Conversion) -> Conversion:
    return _WRONG_MOMENT if isinstance(day, WrongValue) else day


def _in_digits(text: str) -> str:
    """Return a month in numerals (二〇二六年十一月) in digits, any other *text* as it is."""
    match = _IN_NUMERALS.fullmatch(text)
    month = numeral(match["month"]) if match else None
    if match is None or month is None:
        return text
    year = year_in_numerals(match["year"]) if match["year"] else None
    return f"{year}-{month}" if year else text if match["year"] else f"{month}月"


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
        match = _SIX.fullmatch(text) or _MONTH.fullmatch(text) or _MONTH.fullmatch(_in_digits(text))
        if match is None:
            day = to_day(text)
            if isinstance(day, Repaired) and isinstance(day.value, str):
                return Repaired(day.value[:7], "repair.date", day.value[:7])
            return None if day is None else day[:7] if isinstance(day, str) else _WRONG_MONTH
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
