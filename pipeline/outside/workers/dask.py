"""Reading on a cluster that runs Dask: the bytes of sheets travel there, their readings come back.

What a run knows of the cluster is an executor. Its tasks read in limited processes (``reading_host``), so that a sheet
takes a worker of Dask's along only in ways that no limit holds; which of its tasks such a worker was reading Dask's
scheduler counts, and gives a task up (``KilledWorker``) when more workers than its ``allowed-failures`` died under it.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass
from typing import Any

from pipeline.domain.extract import Reading
from pipeline.errors import ClusterError
from pipeline.outside.workers.dask_host import code, job, read_there
from pipeline.outside.workers.pool import Allowance, File, OtherCodeError, PendingReadings, Read, WorkerLostError
from schemas.language import Localized

CONNECT = 10.0
"""Seconds in which the scheduler must answer."""
PATIENCE = 60.0
"""Seconds that a run waits for a cluster without a single worker."""


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """What a scheduler says of its cluster."""

    workers: int
    threads: int
    others: int
    """Workers that run other code than this machine."""


@contextlib.contextmanager
def on_cluster(scheduler: str, read: Read, packed: bytes, allowed: Allowance) -> Iterator[tuple[There, int]]:
    """Connect to *scheduler* and give the means to read there, and how many batches its workers read at once.

    Raise ClusterError when it does not answer, or has no workers.
    """
    with _connected(scheduler) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise _no_workers(scheduler) from None
        yield There(client, scheduler, read, packed, allowed), max(1, sum(client.nthreads().values()))


def cluster_status(scheduler: str) -> ClusterStatus:
    """Ask *scheduler* how its cluster stands. Raise ClusterError when it does not answer."""
    with _connected(scheduler) as client:
        threads = client.nthreads()
        try:
            theirs = client.run(code, on_error="return")
        except Exception as error:
            raise _cannot_read(scheduler, error) from error
        return ClusterStatus(len(threads), sum(threads.values()), sum(each != code() for each in theirs.values()))


@contextlib.contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            Localized(
                "没有安装 distributed，不能在集群上读取：pip install distributed",
                "distributed is not installed, which reading on a cluster needs: pip install distributed",
            )
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is raised
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions: those that bear on reading are compared by ``code``
            client = Client(scheduler, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:
        raise ClusterError(
            Localized(
                f"连不上集群的调度器 {scheduler}（{type(error).__name__}），下次再试",
                f"the scheduler of the cluster, {scheduler}, does not answer ({type(error).__name__}); try again later",
            )
        ) from error
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=CONNECT)  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class There:
    """Reading by the workers of a cluster, each batch within a process of its own."""

    client: Any
    scheduler: str
    read: Read
    packed: bytes
    allowed: Allowance

    def start(self) -> Executor:
        """Return an executor: the client lives on, only its tasks are given up with it."""
        executor: Executor = self.client.get_executor(pure=False)
        return executor

    def submit(self, executor: Executor, files: Sequence[File], *, alone: bool) -> PendingReadings:
        """Send *files* to a worker, which itself reads a file *alone* when it must."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that much travels: it must
            return executor.submit(read_there, job(self.read, self.packed, self.allowed, files))

    def result(self, future: PendingReadings) -> list[Reading]:
        """Wait for what was read, as long as there is a worker that may yet read it."""
        from distributed.scheduler import KilledWorker

        try:
            while not wait([future], timeout=PATIENCE).done and self.client.nthreads():
                pass
            answer = pickle.loads(future.result(timeout=0))
        except TimeoutError:
            raise _no_workers(self.scheduler) from None
        except (KilledWorker, WorkerLostError) as error:
            raise WorkerLostError from error
        except Exception as error:  # CancelledError above all: the scheduler is gone
            raise _cannot_read(self.scheduler, error) from error
        if isinstance(answer, OtherCodeError):
            raise _other_code(self.scheduler)
        if isinstance(answer, Exception):
            raise _cannot_read(self.scheduler, answer)
        readings: list[Reading] = answer
        return readings

    def stop(self, executor: Executor) -> None:
        """Take back what waits on the cluster; what a worker has begun it ends, and nobody asks for it."""
        with contextlib.suppress(Exception):
            executor.shutdown(wait=False)


def _no_workers(scheduler: str) -> ClusterError:
    return ClusterError(
        Localized(
            f"集群 {scheduler} 上没有可用的工作进程，本次不登记，下次再试",
            f"the cluster of {scheduler} has no workers: nothing was entered, try again later",
        )
    )


def _other_code(scheduler: str) -> ClusterError:
    return ClusterError(
        Localized(
            f"集群 {scheduler} 上的程序与本机不同：请装上同一版本和同样的流程",
            f"the cluster of {scheduler} runs other code than this machine: install the same version and procedures",
        )
    )


def _cannot_read(scheduler: str, error: BaseException) -> ClusterError:
    said = f"{type(error).__name__}: {error}".removeprefix("RuntimeError: ")
    return ClusterError(
        Localized(
            f"集群 {scheduler} 不能读取（{said}），本次不登记，下次再试",
            f"the cluster of {scheduler} could not read ({said}): nothing was entered, try again later",
        )
    )
