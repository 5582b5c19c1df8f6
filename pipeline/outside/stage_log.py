"""One line in the log for each stage of what a verb does, with the seconds that it took; below it, how far a stage has come."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger

STAGE, TOTAL, STEP = "stage", "total", "step"
"""Attributes of records that tell of progress: what begins, of how many steps, and a step that is done. All are debug records."""


@contextmanager
def logged(log: Logger, stage: str) -> Iterator[dict[str, object]]:
    """Log that *stage* is done, how long it took, and what was put into the mapping given: ``read: 0.41 s, files 3``.

    A stage that raises is logged as broken off, without the error: whoever stops at it tells of that.
    """
    counts: dict[str, object] = {}
    started = time.perf_counter()
    log.debug("%s begins", stage, extra={STAGE: stage})
    try:
        yield counts
    except BaseException:
        log.info("%s: broken off after %.2f s", stage, time.perf_counter() - started)
        raise
    said = "".join(f", {name} {count}" for name, count in counts.items())
    log.info("%s: %.2f s%s", stage, time.perf_counter() - started, said)


def steps_to_come(log: Logger, steps: int) -> None:
    """Say that the stage under way has so many *steps* more."""
    log.debug("%d to come", steps, extra={TOTAL: steps})


def step_done(log: Logger, what: str) -> None:
    """Say that a step of the stage under way is done, or, where none are expected, what is under way."""
    if log.isEnabledFor(logging.DEBUG):
        log.debug("%s", what, extra={STEP: what})
