"""A real cluster for the tests: Dask's scheduler and workers, each a process; and sheets that trouble them.

Nothing waits for a time to pass: a sheet that is to be interrupted blocks on a pipe that the test holds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import Client

from pipeline.domain.extract import Known, Reading
from pipeline.read.read_file import read_file

BLOCKS = "blocks.xlsx"
KILLS = "kills.xlsx"
_FOLDER = "RUWANG_TEST_FOLDER"
_HOST = "pipeline.outside.workers.dask_host"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running one, and the folder in which sheets leave their signs."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: Sequence[subprocess.Popen[bytes]]
    """Or, where there are such, their nannies."""
    folder: Path

    @property
    def executor(self) -> str:
        """As it stands in the settings."""
        return self.address.replace("tcp://", "dask://")

    def asked(self) -> dict[str, int]:
        """Return the processes of the workers by their addresses."""
        with Client(self.address, set_as_default=False) as client:
            return dict(client.run(os.getpid))


@contextmanager
def running(
    folder: Path,
    *,
    nanny: bool = False,
    allowed_failures: int = 3,
    workers: int = 2,
    environment: dict[str, str] | None = None,
) -> Iterator[Cluster]:
    """A scheduler and its workers, all of which are there when it begins."""
    folder.mkdir()
    for pipe in ("begun", "never"):
        os.mkfifo(folder / pipe)
    told = folder / "scheduler.json"
    where = {
        **os.environ,
        "PYTHONPATH": str(Path.cwd()),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures),
        _FOLDER: str(folder),
        **(environment or {}),
    }

    def start(program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(told), "--no-dashboard"]
        with (folder / "log").open("ab") as log:
            return subprocess.Popen([*command, *options], cwd=folder, env=where, stdout=log, stderr=log)

    here = ("--host", "127.0.0.1")
    watched = "--nanny" if nanny else "--no-nanny"
    started = [start("dask_scheduler", *here, "--port", "0")]
    try:
        options = (*here, watched, "--nthreads", "1", "--local-directory", str(folder))
        started += (start("dask_worker", *options) for _ in range(workers))
        with Client(scheduler_file=str(told), set_as_default=False, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
            address = client.scheduler.address
        yield Cluster(address, started[0], started[1:], folder)
    finally:
        for process in started:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(psutil.NoSuchProcess):
        for each in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                each.kill()
    process.kill()
    process.wait()


def reads(name: str, content: bytes, submission: str, known: Known) -> Reading:
    """Read, but for sheets whose names say what else they do. Stands at the top of a module: it is sent by name."""
    match name:
        case "blocks.xlsx" if _first_time():
            with (_folder() / "begun").open("w") as begun:
                begun.write(str(_worker()))
            (_folder() / "never").open()
        case "kills.xlsx":
            if (worker := _worker()) is None:
                os.abort()
            with (_folder() / "killed").open("a") as killed:
                killed.write(f"{worker}\n")
            os.kill(worker, signal.SIGKILL)
            (_folder() / "never").open()
        case "aborts.xlsx":
            os.abort()
        case "eats.xlsx":
            bytearray(3 << 30)
        case "opens.xlsx":
            with ExitStack() as held:
                for _ in range(100):
                    held.enter_context(Path(os.devnull).open())
        case "loops.xlsx":
            while True:
                pass
    return read_file(name, content, submission, known)


def begun(cluster: Cluster) -> int:
    """Wait until the sheet that blocks is being read, and return the process of the worker that has it."""
    return int((cluster.folder / "begun").read_text())


def _folder() -> Path:
    return Path(os.environ[_FOLDER])


def _first_time() -> bool:
    if _FOLDER not in os.environ:
        return False
    try:
        (_folder() / "once").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _worker() -> int | None:
    """Return the process of Dask's worker above this one, None when there is none."""
    above = psutil.Process().parents()
    host = next((each for each in above if _HOST in each.cmdline()), None)
    return host and host.ppid()
