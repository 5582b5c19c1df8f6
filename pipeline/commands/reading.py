"""What every question about an office begins with: its day, and its ledger opened to be read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.outside.ledger import UnitOfWork, open_ledger
from pipeline.outside.stage_log import logged
from pipeline.settings import Settings

_log = logging.getLogger(__name__)


@contextmanager
def reading(settings: Settings) -> Iterator[UnitOfWork]:
    """Give the ledger of the office as of one moment. Raise NoLedgerError when nothing was ever run."""
    with (
        open_ledger(settings.ledger, create=False) as ledger,
        logged(_log, "ask the ledger"),
        ledger.transaction() as uow,
    ):
        yield uow


def office_day(settings: Settings) -> date:
    """Return what today is where the office lies."""
    return datetime.now(ZoneInfo(settings.timezone)).date()
