"""Moments that name their zone, as other systems write them: 2026-11-02T16:00:00.000Z is the 3rd of November in the office."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
_ZONE = r"(?P<zone>Z|UTC|GMT|CST|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?)"
_WRITINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<year>[0-9]{{4}})[-/](?P<month>[0-9]{{1,2}})[-/](?P<day>[0-9]{{1,2}})[T\s]+{_CLOCK}\s*{_ZONE}",
        rf"[A-Z]{{3,9}},?\s+(?P<name>{MONTHS})\s+(?P<day>[0-9]{{1,2}})\s+(?P<year>[0-9]{{4}})\s+{_CLOCK}\s+{_ZONE}(?:\s*\(.*\))?",
        rf"[A-Z]{{3,9}},?\s+(?P<name>{MONTHS})\s+(?P<day>[0-9]{{1,2}})\s+{_CLOCK}\s+{_ZONE}\s+(?P<year>[0-9]{{4}})",
        rf"(?:[A-Z]{{3,9}},?\s+)?(?P<day>[0-9]{{1,2}})\s+(?P<name>{MONTHS})\s+(?P<year>[0-9]{{4}})\s+{_CLOCK}\s+{_ZONE}(?:\s*\(.*\))?",
    )
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)


def local_moment(text: str, zone: str) -> datetime | None:
    """Return the moment that *text* (half width) names with its zone, as a clock in *zone* shows it; None when it is none."""
    if ":" not in text:
        return None
    match = next((found for writing in _WRITINGS if (found := writing.fullmatch(text))), None)
    if match is None or (match["zone"][0] == "-" and not match["second"] and "T" not in text.upper()):
        return None  # 9:30-10:30 is from when to when
    parts = match.groupdict()
    name = parts.get("name")
    month = MONTHS.split("|").index(name.title()) + 1 if name else int(match["month"])
    office = ZoneInfo(zone)
    try:
        written = datetime(
            int(match["year"]),
            month,
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
        )
        theirs = _zone(match["zone"].upper(), written, office)
        return None if theirs is None else written.replace(tzinfo=theirs).astimezone(office).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _zone(text: str, written: datetime, office: ZoneInfo) -> tzinfo | None:
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    if text == "CST":  # of China and of Chicago: only the office's own is known
        return office if written.replace(tzinfo=office).tzname() == "CST" else None
    offset = _OFFSET.fullmatch(text)
    if offset is None:
        return None
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(ahead if offset[1] == "+" else -ahead)
