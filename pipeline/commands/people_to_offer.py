"""Whom a blank sheet offers where it asks for somebody of the roster."""

from __future__ import annotations

from pipeline.commands.reading import office_day, reading
from pipeline.errors import NoLedgerError
from pipeline.intake.roster import read_roster
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force


def people_to_offer(settings: Settings) -> tuple[str, ...]:
    """Return the names of all in force today; nobody before the first run."""
    try:
        with reading(settings) as uow:
            return read_roster(in_force(settings), uow, office_day(settings)).callable_names()
    except NoLedgerError:
        return ()
