"""The master is written and the writing breaks off: the old bytes stay, or the new ones are there and open."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
from collections.abc import Callable, Iterator
from io import BufferedWriter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline.errors import FolderError
from pipeline.outside.files import outbox
from tests.chaos.office import does_not_open
from tests.chaos.points import die

_TOLD = 7
"""The exit code of a child whose writing failed with a plain message."""


def complaints(target: Path, new: bytes, times: int, seed: int = 1) -> Iterator[str]:
    """Break off *times* writings of *new* over *target*, each way in turn, and yield what a reader would stumble over."""
    chance, old, ways = random.Random(seed), target.read_bytes(), (_kernel_kills, _dies_between, _too_large, _disk_full)
    for at in range(times):
        target.write_bytes(old)
        way = ways[at % len(ways)]
        ended = _in_child(lambda way=way: way(target, new, chance.randrange(len(new))))  # type: ignore[misc]
        chance.random()  # the child drew from a copy
        content = target.read_bytes()
        if content not in (old, new):
            yield f"{at} {way.__name__}: torn"
        elif why := does_not_open(target):
            yield f"{at} {way.__name__}: {why}"
        if os.WIFEXITED(ended) and (os.WEXITSTATUS(ended) != _TOLD or len(list(target.parent.iterdir())) > 1):
            yield f"{at} {way.__name__}: not told, or something left over"
        outbox.sweep(target.parent)


def _in_child(do: Callable[[], Any]) -> int:
    child = os.fork()
    if not child:
        try:
            do()
        except FolderError:
            os._exit(_TOLD)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def _kernel_kills(target: Path, new: bytes, at: int) -> None:
    """Die in the middle of the write itself, at byte *at*."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _too_large(target, new, at)


def _too_large(target: Path, new: bytes, at: int) -> None:
    """EFBIG: no file may grow past *at* bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, at))
    outbox.publish_file(target, new)


def _dies_between(target: Path, new: bytes, at: int) -> None:
    """Die before or after one of the steps that put the file in its place."""
    steps = [(os, "fsync"), (outbox, "_read_back"), (outbox, "_replace"), (outbox, "sync_folder")]
    owner, name = steps[at % len(steps)]
    real = getattr(owner, name)

    def passed(*args: Any) -> Any:
        if at % 2:
            die()
        real(*args)
        die()

    with patch.object(owner, name, passed):
        outbox.publish_file(target, new)


class _Full(BufferedWriter):
    """A file on a disk with room for *room* bytes."""

    room = 0

    def write(self, content: Any) -> int:
        super().write(content[: self.room])
        self.flush()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _disk_full(target: Path, new: bytes, at: int) -> None:
    """ENOSPC after *at* bytes."""

    def opened(descriptor: int, mode: str) -> _Full:
        file = _Full(open(descriptor, mode, buffering=0))  # noqa: SIM115
        file.room = at
        return file

    with patch.object(os, "fdopen", opened):
        outbox.publish_file(target, new)
