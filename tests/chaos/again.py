"""Runs with nothing new in the inbox: nothing is entered, sent or written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pipeline.commands.run import run
from pipeline.settings import Settings
from tests.chaos.kill import Ground
from tests.chaos.office import DAY, copy, here, rows


def complaints(ground: Ground, times: int) -> Iterator[str]:
    """Run *times* more after a day that was played to its end; yield what changed."""
    trial = copy(ground.before["day"], ground.folder / "again")
    with here():
        run(trial, today=DAY)
        run(trial, today=DAY)
        ground.post.empty()
        before, files = rows(trial), _hashes(trial)
        for at in range(times):
            run(trial, today=DAY)
            if rows(trial) != before:
                yield f"run {at}: other rows in the ledger"
            if list(ground.post.mails()):
                yield f"run {at}: a mail was sent"
            if changed := _hashes(trial).items() ^ files.items():
                yield f"run {at}: {sorted({name for name, _ in changed})}"


def _hashes(settings: Settings) -> dict[str, str]:
    return {
        str(path.relative_to(settings.outbox)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in settings.outbox.rglob("*")
        if path.is_file()
    }
