"""Working days of a month as declarations need them: as the office's own sheet of holidays says, else the public holidays of
China, and Monday to Friday where they are not given out yet.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import cache

_OWN: ContextVar[Mapping[date, bool]] = ContextVar("own_days")
_NONE: Mapping[date, bool] = {}


@contextmanager
def office_days(own: Mapping[date, bool]) -> Iterator[None]:
    """Have declarations count by the days of which the office itself says whether they are worked, as long as it lasts."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


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


def workdays_later(day: date, count: int) -> date:
    """Return the working day that is *count* after *day*."""
    for _ in range(count):
        day = next_workday(day)
    return day


def workdays_earlier(day: date, count: int) -> date:
    """Return the working day that is *count* before *day*; *day* itself where *count* is 0."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return day


def is_workday(day: date) -> bool:
    """Tell whether the office works on *day*."""
    own = _OWN.get(_NONE)
    return own[day] if day in own else is_worked(day)[0]


@cache
def is_worked(day: date) -> tuple[bool, bool]:
    """Tell whether *day* is a working day, and whether the holidays of its year are known: else Monday to Friday are."""
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < calendar.SATURDAY, False


def _working(year: int, month: int) -> Iterator[date]:
    return filter(is_workday, (date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)))
