"""Working days of a month as declarations need them: public holidays of China, Monday to Friday where they are not given out yet."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date


def workdays_of(month: str) -> list[date]:
    """Return the working days of *month* ("2026-11"), in order."""
    return list(_working(*map(int, month.split("-"))))


def workday_after(month: str, count: int) -> date:
    """Return working day *count* (from 1) of the month after *month*; IndexError where it has fewer."""
    year, number = map(int, month.split("-"))
    return workdays_of(f"{year + number // 12:04d}-{number % 12 + 1:02d}")[count - 1]


def next_workday(day: date) -> date:
    """Return the first working day after *day*."""
    month = day.strftime("%Y-%m")
    this = next((each for each in workdays_of(month) if each > day), None)
    return this or workday_after(month, 1)


def _working(year: int, month: int) -> Iterator[date]:
    from chinese_calendar import is_workday

    for day in range(1, calendar.monthrange(year, month)[1] + 1):
        try:
            works = bool(is_workday(date(year, month, day)))
        except NotImplementedError:
            works = date(year, month, day).weekday() < calendar.SATURDAY
        if works:
            yield date(year, month, day)
