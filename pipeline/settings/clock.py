"""What time it is in the office: the one clock that runs, questions and reports are told the day and the hour by."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pipeline.settings.model import Settings


def now_in_office(settings: Settings) -> datetime:
    """Return the present moment in the office's zone."""
    return datetime.now(ZoneInfo(settings.timezone))


def in_office_zone(settings: Settings, moment: datetime) -> datetime:
    """Return *moment*, which has a zone, in the office's."""
    return moment.astimezone(ZoneInfo(settings.timezone))


def judged_at(now: datetime, day: date | None = None, clock: time | None = None) -> datetime:
    """Return the moment by which to judge, without a zone: *clock* on *day*; by default *now*, and the beginning of a
    day that is not that of *now*.
    """
    if day is None or day == now.date():
        return datetime.combine(now.date(), clock or now.time())
    return datetime.combine(day, clock or time.min)
