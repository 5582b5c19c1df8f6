"""A ledger to try on: what is entered is taken back. An office without one gets an empty one that leaves nothing behind.

So ``check`` and the trial folder judge alike: by a run, not by rules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from pipeline.commands.reading import open_existing
from pipeline.errors import NoLedgerError
from pipeline.intake.collect import Collected, collect
from pipeline.intake.journal import must_know_every_run
from pipeline.intake.settle import Settlement, settle
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.ledger import IN_MEMORY, Ledger, open_ledger
from pipeline.settings import Settings
from pipeline.settings.run_context import RunContext


@contextmanager
def trial(settings: Settings) -> Iterator[Ledger]:
    """Give the office's ledger, or an empty one where there is none yet; whoever writes in it has to ``forget``."""
    try:
        ledger = open_existing(settings)
    except NoLedgerError:
        ledger = open_ledger(IN_MEMORY)
    with ledger:
        with ledger.transaction() as uow:
            must_know_every_run(uow.runs.last(), settings.archive, settings.ledger_shown)
        yield ledger


def judge(context: RunContext, ledger: Ledger, dropped: Sequence[Dropped]) -> tuple[Collected, Settlement]:
    """Return what a run would make of the files *dropped* together now; all is taken back."""
    collected = collect(context, ledger, dropped)
    context = replace(context, catalogue=collected.catalogue)
    with ledger.transaction() as uow:
        settled = settle(context, uow, collected, counting=False)
        uow.forget()
    return collected, settled
