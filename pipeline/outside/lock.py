"""One run at a time for each outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import SoftFileLock, Timeout

from pipeline.errors import BusyError, FolderError
from schemas.form import Words

NAME = ".ruwang.lock"

# The first look takes over the lock of a dead process where the system can do so in one step, the second where not.
_SECONDS = 0.3
_BETWEEN = 0.1


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock of *folder*, which is made when it is missing; raise BusyError when another run holds it.

    The lock is a file that exists, with process and host in it: network shares keep that promise where they do not
    keep flock's. One left by a dead process of this host is taken over.
    """
    make(folder)
    try:
        lock = SoftFileLock(folder / NAME, timeout=_SECONDS, poll_interval=_BETWEEN)
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            Words(
                f"另一批次正在运行（锁：{folder / NAME}），本次不运行",
                f"another run is under way (lock: {folder / NAME}); this one does nothing",
            )
        ) from error
    except OSError as error:
        raise FolderError(
            Words(f"不能写入 {folder}（{error.strerror}）", f"cannot write in {folder} ({error.strerror})")
        ) from error
    try:
        yield
    finally:
        lock.release()


def make(folder: Path) -> None:
    """Make *folder* when it is missing; raise FolderError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(
            Words(f"不能写入 {folder}（{error.strerror}）", f"cannot write in {folder} ({error.strerror})")
        ) from error


def is_held(folder: Path) -> bool:
    """Tell whether a run is under way there."""
    try:
        with hold(folder):
            return False
    except BusyError:
        return True
