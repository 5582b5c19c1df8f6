"""Working days in China: public holidays and the working weekends that make up for them.

The State Council gives out each year's days in the autumn before; the package ``chinesecalendar`` follows. What an office
hands in itself (``WorkCalendar.own``) goes before it. For a year that neither knows, Monday to Friday are taken as working
days, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from schemas.language.workdays import is_worked

_DAY = timedelta(days=1)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of an office. ``own`` says of single days whether they are worked: holidays, and days that make up
    for them.
    """

    own: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Tell whether *day* is a working day, as far as is known."""
        return self._look_up(day)[0]

    def after(self, day: date, count: int) -> tuple[date, bool]:
        """Return the day *count* working days after *day*, and whether every year on the way is known.

        ``count`` 1 is the next working day; 0 is *day* itself when it is one, else the next.
        """
        known = True
        left = count
        if not left:
            working, known = self._look_up(day)
            if working:
                return day, known
            left = 1
        while left > 0:
            day += _DAY
            working, sure = self._look_up(day)
            known = known and sure
            left -= working
        return day, known

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after *start* up to and including *end*; negative when *end* is earlier."""
        if end < start:
            return -self.between(end, start)
        return sum(self._look_up(start + _DAY * step)[0] for step in range(1, (end - start).days + 1))

    def within(self, first: date, last: date) -> list[date]:
        """Return the working days from *first* to *last*, both included."""
        days = (first + _DAY * step for step in range((last - first).days + 1))
        return [day for day in days if self.is_working(day)]

    def knows(self, year: int) -> bool:
        """Tell whether the holidays of *year* are known: to the package, or from what the office has handed in."""
        return year <= known_until() or any(day.year == year and not works for day, works in self.own.items())

    def unknown_year(self, today: date) -> int:
        """Return the first year whose holidays are asked for on *today* and not known, 0 when all are: the present one,
        and from 1 December on the next.
        """
        asked = range(today.year, today.year + (2 if today.month == _DECEMBER else 1))
        return next((year for year in asked if not self.knows(year)), 0)

    def _look_up(self, day: date) -> tuple[bool, bool]:
        if day in self.own:
            return self.own[day], True
        working, known = is_worked(day)
        return working, known or self.knows(day.year)


@cache
def known_until() -> int:
    """Return the last year whose holidays the package knows."""
    from chinese_calendar.constants import holidays

    return int(max(holidays).year)
