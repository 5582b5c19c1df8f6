"""Reading in worker processes that may die: with limits on memory and time, each file's fate its own.

The reader of workbooks is native code: a hostile or broken file may abort it, let it loop or eat all memory. So no
file is read in the process that holds the ledger.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import itertools
import logging
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Protocol, TypeAlias, TypeVar

from pipeline.domain.extract import Known, Reading
from pipeline.domain.rulebook import found
from pipeline.outside.stage_log import step_done

_log = logging.getLogger(__name__)

File = tuple[str, bytes, str]
"""Name as in the inbox, bytes, hash."""
Read = Callable[[str, bytes, str, Known], Reading]
"""A function at the top of a module: it is sent to the workers by name."""
PendingReadings: TypeAlias = "Future[Any]"
"""What a backend was asked to read: it alone knows in which form the readings come back."""
Job = TypeVar("Job")
Made = TypeVar("Made")

_OPEN_FILES = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """What reading one file may cost."""

    among: float = 4.0
    """Seconds of wall time, among others."""
    alone: float = 6.0
    """The same when it is read again alone."""
    memory: int = 1 << 30
    """Address space of a worker in bytes, the interpreter included: it never holds more."""


ALLOWED = Allowance()
OWN = Allowance(among=120.0, alone=240.0, memory=3 << 30)
"""Of a master that somebody edited: it is as large as the registers are."""


class WorkerLostError(Exception):
    """What a worker was reading is not read: it died of it, or was lost."""


class OtherCodeError(Exception):
    """A job came from another version of the program: what that one calls a sheet may be read otherwise here."""


class ReaderBackend(Protocol):
    """How batches are read, here or on a cluster."""

    def start(self) -> Executor:
        """Return an executor for one batch after another."""

    def submit(self, executor: Executor, files: Sequence[File], *, alone: bool) -> PendingReadings:
        """Have *files* read by a worker of *executor*; a file that is *alone* may take longer."""

    def result(self, future: PendingReadings) -> list[Reading]:
        """Wait for what was read. Raise WorkerLostError when the worker died, or another error that ends the run."""

    def stop(self, executor: Executor) -> None:
        """Have *executor* begin nothing more, and give back what it holds."""


def each_in_worker(function: Callable[[Job], Made], jobs: Iterable[Job], seconds: float) -> Iterator[Made | None]:
    """Yield what *function* makes of each of *jobs* in a limited process; None where it died, raised or took longer.

    *function* stands at the top of a module: it is sent by name.
    """
    executor: Executor | None = None
    try:
        for job in jobs:
            executor = executor or _pool(1, function.__module__)
            try:
                made = executor.submit(_in_time, function, seconds, job).result()
            except Exception:
                stop(executor)
                executor = made = None
            yield made
    finally:
        if executor is not None:
            stop(executor)


def read_batches(batches: Iterable[Sequence[File]], means: ReaderBackend, ahead: int) -> Iterator[Reading]:
    """Yield the readings of *batches* in order, *ahead* of them under way at once, read by *means*.

    When a worker dies, the batch that waits longest is read again file by file; a file whose worker dies this time too
    is put aside.
    """
    batches = iter(batches)
    executor = means.start()
    try:
        under_way: deque[tuple[Sequence[File], PendingReadings]] = deque()
        while True:
            for batch in itertools.islice(batches, ahead - len(under_way)):
                under_way.append((batch, _submit(means, executor, batch)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            try:
                readings = means.result(future)
            except WorkerLostError:
                means.stop(executor)
                readings = list(_one_by_one(batch, means))
                executor = means.start()
                under_way = deque((each, _submit(means, executor, each)) for each, _ in under_way)
            for file, reading in zip(batch, readings, strict=True):
                _log_reading(file, reading)
                yield reading
    finally:
        means.stop(executor)


def _log_reading(file: File, reading: Reading) -> None:
    rows = Counter[str]()
    for extract in reading.extracts:
        rows[extract.form] += len(extract)
    held = ", ".join(f"{form} {count} rows" for form, count in rows.items())
    other = "refused" if reading.refused else "an edited master" if reading.master else "no rows"
    _log.info("read %s: %s, %.2f s", file[0], held or other, reading.seconds)
    step_done(_log, file[0])


def _submit(means: ReaderBackend, executor: Executor, batch: Sequence[File], *, alone: bool = False) -> PendingReadings:
    try:
        return means.submit(executor, batch, alone=alone)
    except Exception as error:
        lost: PendingReadings = Future()
        lost.set_exception(error)
        return lost


def _one_by_one(batch: Sequence[File], means: ReaderBackend) -> Iterator[Reading]:
    executor = means.start()
    try:
        for file in batch:
            try:
                yield from means.result(_submit(means, executor, [file], alone=True))
            except WorkerLostError:
                yield _put_aside("file.killer", file)
                means.stop(executor)
                executor = means.start()
    finally:
        means.stop(executor)


@dataclass(frozen=True, slots=True)
class Here:
    """Reading in *workers* limited processes of this machine."""

    read: Read
    packed: bytes
    """What reading must know, pickled."""
    workers: int
    allowed: Allowance = ALLOWED

    def start(self) -> Executor:
        """A pool of processes, each to be replaced with the others when one dies."""
        return _pool(self.workers, self.read.__module__, self.allowed.memory)

    def submit(self, executor: Executor, files: Sequence[File], *, alone: bool) -> PendingReadings:
        """Have a process read *files*."""
        seconds = self.allowed.alone if alone else self.allowed.among
        return executor.submit(_read_batch, self.read, self.packed, seconds, files)

    def result(self, future: PendingReadings) -> list[Reading]:
        """Wait for what was read; whatever went wrong, its process is taken for dead."""
        try:
            readings: list[Reading] = future.result()
        except Exception as error:
            raise WorkerLostError from error
        return readings

    def stop(self, executor: Executor) -> None:
        """End the pool."""
        stop(executor)


def stop(executor: Executor) -> None:
    """End an executor of this machine and its processes."""
    with contextlib.suppress(Exception):
        executor.shutdown(wait=True, cancel_futures=True)


def _put_aside(rule: str, file: File, why: str = "") -> Reading:
    return Reading(findings=[found(rule, file=file[0], submission=file[2], why=why)], refused=True)


def _pool(workers: int, module: str, memory: int = ALLOWED.memory) -> Executor:
    """Return a pool of limited processes; they are forked from a server that has imported *module* already."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([module])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_limit, initargs=(memory,))


# From here on: in the worker.


def _limit(memory: int) -> None:
    """Bound what this process may use, let it die with its parent, and silence what a panic prints."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    os.close(silent)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_die_with, args=(parent.sentinel,), daemon=True).start()
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        lowest = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(OSError, ValueError):  # some systems know the limit but do not set it
            resource.setrlimit(what, (lowest, hard))


def _die_with(sentinel: int) -> None:
    """Wait for the parent's end: killed outright, it leaves its workers waiting for tasks for ever."""
    wait([sentinel])
    os._exit(1)


def _in_time(function: Callable[[Job], Made], seconds: float, job: Job) -> Made:
    _end_after(seconds)
    try:
        return function(job)
    finally:
        _end_after(0)


def _read_batch(read: Read, packed: bytes, seconds: float, files: Sequence[File]) -> list[Reading]:
    known = _unpack(packed)
    return [_read_one(read, known, seconds, file) for file in files]


def _read_one(read: Read, known: Known, seconds: float, file: File) -> Reading:
    name, content, submission = file
    started = time.perf_counter()
    _end_after(seconds)
    try:
        reading = read(name, content, submission, known)
    except MemoryError:
        reading = _put_aside("file.killer", file)
    except Exception as error:
        reading = _put_aside("file.failed", file, type(error).__name__)
    finally:
        _end_after(0)
    reading.seconds = time.perf_counter() - started
    return reading


def _end_after(seconds: float) -> None:
    """Have this process end after *seconds*, even inside native code; 0: it may live on."""
    if hasattr(signal, "setitimer"):  # nobody handles its signal, which then kills: a thread a file costs far more
        signal.setitimer(signal.ITIMER_REAL, seconds)
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


@functools.lru_cache(maxsize=1)
def _unpack(packed: bytes) -> Known:
    """Return the forms, the same object for every batch of a run: reading works out their labels but once."""
    known = pickle.loads(packed)
    assert isinstance(known, Known)
    return known
