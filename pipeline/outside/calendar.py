"""Working days in China: public holidays and the working weekends that make up for them.

The State Council gives out each year's days in the autumn before; the package ``chinesecalendar`` follows. For a year
it does not know, Monday to Friday are taken as working days, and the answer says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from schemas.language.workdays import is_worked

_DAY = timedelta(days=1)


@cache
def add_working_days(day: date, count: int) -> tuple[date, bool]:
    """Return the day *count* working days after *day*, and whether every year on the way is known.

    ``count`` 1 is the next working day; 0 is *day* itself when it is one, else the next.
    """
    known = True
    left = count
    if not left:
        working, known = is_worked(day)
        if working:
            return day, known
        left = 1
    while left > 0:
        day += _DAY
        working, sure = is_worked(day)
        known = known and sure
        left -= working
    return day, known


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after *start* up to and including *end*; negative when *end* is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_worked(start + _DAY * step)[0] for step in range(1, (end - start).days + 1))


def known_until() -> int:
    """Return the last year whose holidays are known."""
    from chinese_calendar.constants import holidays

    return int(max(holidays).year)
