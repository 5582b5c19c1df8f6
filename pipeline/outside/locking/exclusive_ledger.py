"""The ledger, opened for the only run of its office: by a lock beside the outbox, or by a lease on the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import NoLedgerError
from pipeline.outside.ledger import Ledger, open_ledger
from pipeline.outside.ledger_url import on_server
from pipeline.outside.locking import lock


@contextmanager
def open_exclusively(url: str, folder: Path, seconds: float, *, create: bool = True) -> Iterator[Ledger]:
    """Open the ledger at *url* while no other run may write; raise BusyError when one is under way.

    A file's ledger is guarded by the lock of *folder*. On a server the run holds a lease of *seconds*: a lock beside
    the outbox would stay behind when the machine of a run is lost. Raises as ``open_ledger`` does.
    """
    if not on_server(url):
        with lock.hold(folder), open_ledger(url, create=create) as ledger:
            yield ledger
        return
    lock.make(folder)
    with open_ledger(url, create=create) as ledger, ledger.leased(seconds):
        yield ledger


def is_under_way(url: str, folder: Path) -> bool:
    """Tell whether a run of the office is under way."""
    if not on_server(url):
        return lock.is_held(folder)
    try:
        with open_ledger(url, create=False) as ledger:
            return ledger.is_leased()
    except NoLedgerError:
        return False
