"""What every question about an office begins with: its day, and its ledger opened to be read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from pipeline.commands.ownership import must_be_own
from pipeline.errors import NoLedgerError
from pipeline.intake.journal import must_know_every_run
from pipeline.outside.ledger import Ledger, UnitOfWork, open_ledger
from pipeline.outside.stage_log import logged
from pipeline.settings import Settings
from pipeline.settings.clock import now_in_office

_log = logging.getLogger(__name__)


@contextmanager
def reading(settings: Settings) -> Iterator[UnitOfWork]:
    """Give the ledger of the office as of one moment. Raise NoLedgerError when nothing was ever run, and as a run does where
    the ledger is another office's, or lacks runs that the archive knows of: what it would answer is not how things stand.
    """
    with (
        open_existing(settings) as ledger,
        logged(_log, "ask the ledger"),
        ledger.transaction() as uow,
    ):
        must_be_own(settings, uow)
        must_know_every_run(uow.runs.last(), settings.archive, settings.ledger_shown)
        yield uow


def open_existing(settings: Settings) -> Ledger:
    """Open the ledger, which is not made. Raise NoLedgerError when there is none, RunsMissingError when there was one."""
    try:
        return open_ledger(settings.ledger, create=False)
    except NoLedgerError:
        must_know_every_run(None, settings.archive, settings.ledger_shown)
        raise


def office_day(settings: Settings) -> date:
    """Return what today is where the office lies."""
    return now_in_office(settings).date()
