"""A ledger to try on: what is entered is taken back. An office without one gets an empty one that leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import NoLedgerError
from pipeline.outside.ledger import IN_MEMORY, Ledger, open_ledger
from pipeline.settings import Settings


@contextmanager
def trial(settings: Settings) -> Iterator[Ledger]:
    """Give the office's ledger, or an empty one where there is none yet; whoever writes in it has to ``forget``."""
    try:
        ledger = open_ledger(settings.ledger, create=False)
    except NoLedgerError:
        ledger = open_ledger(IN_MEMORY)
    with ledger:
        yield ledger
