"""What a run goes by, fixed at its start and passed down to every step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pipeline.settings.catalogue import in_force
from pipeline.settings.model import Settings
from schemas.language import Catalogue


@dataclass(frozen=True, slots=True)
class RunContext:
    """``day`` is what counts as today, ``clock`` the time of day by which deadlines in hours are told, ``now`` the moment
    in the office's time zone at which the run began.
    """

    settings: Settings
    catalogue: Catalogue
    day: date
    now: datetime
    clock: time = time.min


def begin(settings: Settings, *, today: date | None = None, clock: time | None = None) -> RunContext:
    """Return the context of a run that begins now, as on the day *today* at *clock*."""
    now = datetime.now(ZoneInfo(settings.timezone))
    clock = clock or (now.time() if today in (None, now.date()) else time.min)
    return RunContext(settings, in_force(settings), today or now.date(), now, clock)
