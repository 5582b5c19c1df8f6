"""One run at a time for each outbox."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import SoftFileLock, Timeout

from pipeline.errors import BusyError, FolderError
from schemas.language import Localized

NAME = ".ruwang.lock"

# The first look takes over the lock of a dead process where the system can do so in one step, the second where not.
_SECONDS = 0.3
_BETWEEN = 0.1

_BEAT = 60.0
"""So often, in seconds, a run shows at its lock that it lives."""
_SILENT = 10 * _BEAT
"""A lock that shows nothing for so long is a dead run's, on whatever host it was."""
_UNSIGNED = 10.0
"""An empty lock is signed within moments, or its run was killed in between."""


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock of *folder*, which is made when it is missing; raise BusyError when another run holds it.

    The lock is a file that exists, with process and host in it: network shares keep that promise where they do not
    keep flock's. One left by a dead process of this host is taken over at once, one of another host when it has shown
    no life for ten minutes.
    """
    make(folder)
    try:
        remove_stale(folder / NAME)
        lock = SoftFileLock(folder / NAME, timeout=_SECONDS, poll_interval=_BETWEEN)
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            Localized(
                f"另一批次正在运行（锁：{folder / NAME}），本次不运行",
                f"another run is under way (lock: {folder / NAME}); this one does nothing",
            )
        ) from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    done = threading.Event()
    heart = threading.Thread(target=heartbeat, args=(folder / NAME, done), name="lock", daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()
        lock.release()


def make(folder: Path) -> None:
    """Make *folder* when it is missing; raise FolderError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> FolderError:
    return FolderError(
        Localized(
            f"不能写入 {folder}（{error.strerror}）：请检查文件夹和权限",
            f"cannot write in {folder} ({error.strerror}): look at the folder and its rights",
        )
    )


def heartbeat(path: Path, done: threading.Event) -> None:
    """Touch the lock's file at *path* until *done*: who comes later sees that its run is alive."""
    while not done.wait(_BEAT):
        with suppress(OSError):  # a share that is away for a moment: the next beat tells
            os.utime(path)


def remove_stale(path: Path) -> None:
    """Take away the lock of a run that is dead and cannot be asked.

    Both times are the file server's: hosts disagree on the clock. Should a run start at this very moment, the ledger
    lets only one of the two enter anything.
    """
    with suppress(FileNotFoundError):
        found = path.stat()
        with tempfile.NamedTemporaryFile(prefix=".ruwang-", suffix=".part", dir=path.parent) as probe:
            silent = os.fstat(probe.fileno()).st_mtime - found.st_mtime
        if silent > (_SILENT if found.st_size else _UNSIGNED) and path.stat().st_mtime == found.st_mtime:
            path.unlink()


def is_held(folder: Path) -> bool:
    """Tell whether a run is under way there. A folder that is not there yet is not made."""
    if not folder.exists():
        return False
    try:
        with hold(folder):
            return False
    except BusyError:
        return True
