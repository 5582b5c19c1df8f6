"""A second processor for one big piece of pure work: done in a copy of this process while this one goes on."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

_CAN_COPY = hasattr(os, "fork") and sys.platform == "linux"  # elsewhere a copy is unsafe, or there is none


def aside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin *work* beside this process and return a function that waits for what it gives.

    *work* must touch no file, lock or database: the copy shares them. It is done here after all where a process cannot
    be copied, there is one processor, or the copy died.
    """
    if not _CAN_COPY or (os.cpu_count() or 1) < 2:
        return work
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    copy = context.Process(target=_send, args=(work, there), daemon=True)
    copy.start()
    there.close()

    def result() -> bytes:
        content = None
        with here, suppress(EOFError, OSError):
            content = here.recv_bytes()
        copy.join()
        return work() if content is None else content

    return result


def _send(work: Callable[[], bytes], there: Connection) -> None:
    with there:
        there.send_bytes(work())
