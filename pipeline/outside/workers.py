"""Reading in worker processes that may die: with limits on memory and time, each file's fate its own.

The reader of workbooks is native code: a hostile or broken file may abort it, let it loop or eat all memory. So no
file is read in the process that holds the ledger.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import itertools
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import TypeVar

from pipeline.domain.extract import Known, Reading
from pipeline.domain.rulebook import found

File = tuple[str, bytes, str]
"""Name as in the inbox, bytes, hash."""
Read = Callable[[str, bytes, str, Known], Reading]
"""A function at the top of a module: it is sent to the workers by name."""
Task = Callable[[Sequence[File]], list[Reading]]
Job = TypeVar("Job")
Made = TypeVar("Made")
Start = Callable[[], Executor]
"""Gives an executor for one batch after another: a new one each time, or the same as long as it lives."""

BATCH = 25
"""Files a task: sending one costs more than reading a small sheet."""
SECONDS = (4.0, 6.0)
"""Wall time that one file may take: among others, and when it is read again alone."""
MEMORY = 1536 << 20
"""Address space of a worker, the interpreter included: what a file uses stays below 1 GiB."""
_OPEN_FILES = 64
_AHEAD = 4  # batches a worker that are under way at once: not all bytes are copied at the same time


def read_all(
    files: Iterable[File], known: Known, read: Read, workers: int, seconds: tuple[float, float] = SECONDS
) -> Iterator[Reading]:
    """Yield the reading of each of *files* in order, read by *read* in up to *workers* processes.

    A file that kills its worker, takes longer than *seconds* (see ``SECONDS``) or eats its memory is refused with a
    finding; the others are read.
    """
    batches = _batched(files, BATCH)
    first = next(batches, None)
    second = next(batches, None)
    if first is None:
        return
    workers = max(1, workers) if second else 1  # a process more costs more than it saves on a few files
    rest = itertools.chain([first], [second] if second else [], batches)
    start = functools.partial(_pool, workers, read.__module__)
    yield from read_batches(rest, known, read, start, _AHEAD * workers, seconds)


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
                _stop(executor)
                executor = made = None
            yield made
    finally:
        if executor is not None:
            _stop(executor)


def read_batches(
    batches: Iterable[Sequence[File]],
    known: Known,
    read: Read,
    start: Start,
    ahead: int,
    seconds: tuple[float, float] = SECONDS,
) -> Iterator[Reading]:
    """Yield the readings of *batches* in order, *ahead* of them under way at once on the executor that *start* gives.

    When a worker dies, the batch that waits longest is read again file by file; a file whose worker dies this time too
    is put aside.
    """
    packed = pickle.dumps(known)
    together, alone = (functools.partial(_read_batch, read, packed, each) for each in seconds)
    batches = iter(batches)
    executor = start()
    try:
        under_way: deque[tuple[Sequence[File], Future[list[Reading]]]] = deque()
        while True:
            for batch in itertools.islice(batches, ahead - len(under_way)):
                under_way.append((batch, _submit(executor, together, batch)))
            if not under_way:
                return
            batch, future = under_way.popleft()
            try:
                readings = future.result()
            except Exception:
                _stop(executor)
                readings = list(_one_by_one(batch, alone, start))
                executor = start()
                under_way = deque((each, _submit(executor, together, each)) for each, _ in under_way)
            yield from readings
    finally:
        _stop(executor)


def _submit(executor: Executor, task: Task, batch: Sequence[File]) -> Future[list[Reading]]:
    try:
        return executor.submit(task, batch)
    except Exception as error:
        lost: Future[list[Reading]] = Future()
        lost.set_exception(error)
        return lost


def _one_by_one(batch: Sequence[File], task: Task, start: Start) -> Iterator[Reading]:
    executor = start()
    try:
        for file in batch:
            try:
                yield from executor.submit(task, [file]).result()
            except Exception:
                yield _put_aside("file.killer", file)
                _stop(executor)
                executor = start()
    finally:
        _stop(executor)


def _stop(executor: Executor) -> None:
    with contextlib.suppress(Exception):
        executor.shutdown(wait=True, cancel_futures=True)


def _batched(files: Iterable[File], size: int) -> Iterator[list[File]]:
    files = iter(files)
    while batch := list(itertools.islice(files, size)):
        yield batch


def _put_aside(rule: str, file: File, why: str = "") -> Reading:
    return Reading(findings=[found(rule, file=file[0], submission=file[2], why=why)], refused=True)


def _pool(workers: int, module: str) -> Executor:
    """Return a pool of limited processes; they are forked from a server that has imported *module* already."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([module])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_limit)


# From here on: in the worker.


def _limit() -> None:
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
        (resource.RLIMIT_AS, MEMORY),
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
    _end_after(seconds)
    try:
        return read(name, content, submission, known)
    except MemoryError:
        return _put_aside("file.killer", file)
    except Exception as error:
        return _put_aside("file.failed", file, type(error).__name__)
    finally:
        _end_after(0)


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
