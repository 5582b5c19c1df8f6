"""What a run goes by, fixed at its start and passed down to every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from pipeline.definitions.drawn_workbook import DrawnProcedures
from pipeline.settings.catalogue import in_force_and_drawn
from pipeline.settings.clock import CLOCKS_APART, judged_at, latest_told, now_in_office
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
    latest: time = time.max
    """The last time of the day that a paper may tell of: a little after the clock, the end of a day of which no time is told."""
    drawn: DrawnProcedures = field(default_factory=DrawnProcedures)
    """What the office has drawn in workbooks, and what is wrong with it."""

    @property
    def at(self) -> time:
        """The time of day at which the run was, as a run that is played again knows it, too; the day's beginning where no time is told."""
        if self.latest == time.max:
            return time.min
        return (datetime.combine(self.day, self.latest) - CLOCKS_APART).time()


def begin(
    settings: Settings,
    *,
    today: date | None = None,
    clock: time | None = None,
    versions: Mapping[str, str] | None = None,
) -> RunContext:
    """Return the context of a run that begins now, as on the day *today* at *clock*, with drawn procedures as they are or, where
    these are given, in their archived *versions*.
    """
    now = now_in_office(settings)
    at = judged_at(now, today, clock)
    catalogue, drawn = in_force_and_drawn(settings, versions)
    return RunContext(settings, catalogue, at.date(), now, at.time(), latest_told(now, today, clock), drawn)
