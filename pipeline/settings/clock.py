"""What time it is in the office: the one clock that runs, questions and reports are told the day and the hour by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.settings.model import Settings


def now_in_office(settings: Settings) -> datetime:
    """Return the present moment in the office's zone."""
    return datetime.now(ZoneInfo(settings.timezone))


def in_office_zone(settings: Settings, moment: datetime) -> datetime:
    """Return *moment*, which has a zone, in the office's."""
    return moment.astimezone(ZoneInfo(settings.timezone))


CLOCKS_APART = timedelta(minutes=15)
"""So much later than this machine's another clock may be, or somebody round his time up: ours, no manual says."""


def latest_told(now: datetime, day: date | None = None, clock: time | None = None) -> time:
    """Return the last time of the *day* that has come by *clock*, or *now* where it is today: a little later, since clocks differ. Of
    a day of which no time is told, it is its end.
    """
    if clock is None and day is not None and day != now.date():
        return time.max
    at = judged_at(now, day, clock)
    later = at + CLOCKS_APART
    return later.time() if later.date() == at.date() else time.max


def judged_at(now: datetime, day: date | None = None, clock: time | None = None) -> datetime:
    """Return the moment by which to judge, without a zone: *clock* on *day*; by default *now*, and the beginning of a
    day that is not that of *now*.
    """
    if day is None or day == now.date():
        return datetime.combine(now.date(), clock or now.time())
    return datetime.combine(day, clock or time.min)
