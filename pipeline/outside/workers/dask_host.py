"""Reading on a machine of a cluster: a process beside Dask's worker that reads batches in a limited process of its own.

Dask's worker must neither die of a sheet nor be limited as a process that reads one is, and it may start no processes
by ``multiprocessing`` (its own is a daemon). So it starts this module as a program, a *host*, and sends it one job after
the other. What the host does with a job is what ``workers`` does with a batch on one machine.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

from pipeline.outside.workers.pool import Allowance, File, Here, OtherCodeError, Read, WorkerLostError, read_batches

IDLE = 60.0
"""Seconds without a job after which a host ends."""
_LENGTH = struct.Struct(">Q")
_PACKAGES = ("pipeline", "schemas")
_LIBRARIES = ("python-calamine", "openpyxl", "lxml", "msoffcrypto-tool")


@functools.cache
def code() -> str:
    """Return what tells this program's sources, and the libraries that read workbooks, from any others."""
    seen = hashlib.sha256()
    root = Path(__file__).parents[2]
    for path in sorted(path for package in _PACKAGES for path in (root / package).rglob("*.py")):
        seen.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            seen.update(f"{library} {version(library)}\0".encode())
    return seen.hexdigest()


def job(read: Read, packed: bytes, allowed: Allowance, files: Sequence[File]) -> bytes:
    """Return what ``read_there`` takes: whose code it is, then all that is to be done."""
    return code().encode() + b"\n" + pickle.dumps((read, packed, allowed, files))


# From here on: in Dask's worker.

_idle: list[_Host] = []
_idle_lock = threading.Lock()


def read_there(job: bytes) -> bytes:
    """Return the readings of *job*, pickled, or the error that there was; Dask calls this in a thread of its worker.

    Raise WorkerLostError when the host died of it.
    """
    with _idle_lock:
        host = _idle.pop() if _idle else None
    answer = host.ask(job) if host else None
    if answer is None:  # none was waiting, or it had just gone
        host = _Host()
        answer = host.ask(job)
    if host is None or answer is None:
        raise WorkerLostError
    with _idle_lock:
        _idle.append(host)
    return answer


class _Host:
    """A host as Dask's worker sees it: it dies with the pipe to it, and so with the worker."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(self, job: bytes) -> bytes | None:
        """Return its answer to *job*, None when it died."""
        answer = None
        there, here = self._process.stdin, self._process.stdout
        assert there is not None
        assert here is not None
        with contextlib.suppress(OSError):
            _send(there, job)
            answer = _received(here)
        if answer is None:
            self._process.kill()
            self._process.wait()
        return answer


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """Return what was sent into *pipe*, None when it was closed before."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None


# From here on: in the host.


def serve() -> None:
    """Answer one job after the other, until none comes or the worker is gone."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not print into the answers
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, jobs), daemon=True).start()
    code()
    with contextlib.suppress(queue.Empty):
        while True:
            _send(out, _answer(jobs.get(timeout=IDLE)))


def _receive(pipe: IO[bytes], jobs: queue.SimpleQueue[bytes]) -> None:
    while (content := _received(pipe)) is not None:
        jobs.put(content)
    os._exit(0)  # the worker is gone: nobody waits for what is still being read


def _answer(job: bytes) -> bytes:
    theirs, _, rest = job.partition(b"\n")
    try:
        if theirs.decode() != code():
            return pickle.dumps(OtherCodeError())
        read, packed, allowed, files = pickle.loads(rest)
        return pickle.dumps(list(read_batches([files], Here(read, packed, 1, allowed), 1)))
    except Exception as error:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    serve()
