"""Runs that start at the same moment: one works, the others say so; without the lock the ledger alone keeps order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from unittest.mock import patch

from pipeline.commands.run import run
from pipeline.errors import BusyError, RuwangError
from pipeline.outside.locking import lock
from pipeline.settings import Settings
from tests.chaos.kill import Ground
from tests.chaos.office import DAY, copy, here

BUSY, FAILED, BROKEN = BusyError.exit_code, RuwangError.exit_code, 99


def complaints(ground: Ground, rounds: int, processes: int = 4, *, locked: bool = True) -> Iterator[str]:
    """Play the day by *processes* at once, *rounds* times; yield what differs from one undisturbed run.

    Without the lock they may send the same mail and meet files that another has just moved: what is asked is that no
    row and no original is lost or doubled, and that a run stopped by that says so.
    """
    for at in range(rounds):
        ground.post.empty()
        trial = copy(ground.before["day"], ground.folder / "crowd")
        codes = Counter(_at_once(trial, processes, locked))
        if set(codes) - ({0, BUSY} if locked else {0, BUSY, FAILED}) or not codes[0]:
            yield f"round {at}: exit codes {dict(codes)}"
        yield from (f"round {at}: {each}" for each in ground.aftermath(trial, "day", twice=False, mails=locked))


def _at_once(settings: Settings, processes: int, locked: bool) -> Iterator[int]:
    gate, starter = os.pipe()
    children = [_child(settings, gate, starter, locked) for _ in range(processes)]
    os.close(gate)
    os.close(starter)  # all of them go
    for child in children:
        yield os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _child(settings: Settings, gate: int, starter: int, locked: bool) -> int:
    child = os.fork()
    if child:
        return child
    code = BROKEN
    try:
        os.close(starter)
        os.read(gate, 1)
        with ExitStack() as stack:
            stack.enter_context(here())
            if not locked:
                stack.enter_context(patch.object(lock, "hold", lambda folder: nullcontext(lock.make(folder))))
            run(settings, today=DAY)
        code = 0
    except RuwangError as error:
        code = error.exit_code
    finally:
        os._exit(code)
