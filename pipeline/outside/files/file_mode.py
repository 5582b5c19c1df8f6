"""Who may read and write the files that a run makes: the same for the whole process, as its umask is."""

from __future__ import annotations

import os

USUAL = 0o660
"""Owner and group read and write: the group is the office."""

_mode = USUAL


def grant(mode: int) -> None:
    """From now on give files that are made *mode*; folders may be entered by whom it lets read."""
    global _mode  # noqa: PLW0603  what the umask is to the system this is to us
    _mode = mode
    os.umask(0o777 & ~(mode | (mode & 0o444) >> 2))  # also for what others make: the ledger, the lock, folders


def granted() -> int:
    """Return the mode that a file gets, whatever the umask."""
    return _mode
