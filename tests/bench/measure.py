"""Whole commands and what they took; the floor under them."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_PLAIN = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As on a user's machine, where the first run of all keeps what it has compiled."""


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds of a command and all its processes, and the peak memory of the largest of them in MB."""

    wall: float
    cpu: float
    memory: float = 0.0


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run *command* in *folder* and return what it took."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=_PLAIN)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def run(place: Path, day: str, ledger: str = "") -> Cost:
    """Run the pipeline once on the office at *place*, whose *ledger* is a file there unless its URL is given."""
    command = [sys.executable, "-m", "pipeline", "run", "--json", "--today", day, "--inbox", str(place / "inbox")]
    url = ledger or f"sqlite:///{place / 'ledger.db'}"
    return cost([*command, "--outbox", str(place / "outbox"), "--ledger", url], place)


def script(module: str, *arguments: str) -> str:
    """Return what *module* prints when it is run by itself: what this process holds would count as its memory."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def peak_memory() -> float:
    """Return the most memory that this process has held, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def timed(work: Callable[[], object]) -> Cost:
    """Return what *work* took in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def floor(inbox: Path, outbox: Path, ledger: Path) -> Cost:
    """Return what nothing can do without: unzip all that came in, deflate all that went out, insert what is kept."""
    wall, cpu = script("tests.bench.measure", str(inbox), str(outbox), str(ledger)).split()
    return Cost(float(wall), float(cpu))


def _floor(inbox: Path, outbox: Path, ledger: Path) -> Cost:
    came, left = sorted(inbox.glob("*.xlsx")), sorted(outbox.rglob("*.xlsx"))
    left = [path for path in left if "archive" not in path.relative_to(outbox).parts]
    with sqlite3.connect(ledger) as held:
        tables = [name for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        schema = [sql for (sql,) in held.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]
        rows = {name: held.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    written = {path: _members(path) for path in left}

    def work() -> None:
        for path in came:
            _members(path)
        for members in written.values():
            with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
                for name, content in members.items():
                    package.writestr(name, content)
        copy = ledger.with_name("floor.db")
        with sqlite3.connect(copy) as target:
            for sql in schema:
                target.execute(sql)
            for name, held in rows.items():
                if held:
                    target.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(held[0]))})', held)
        copy.unlink()

    return timed(work)


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


if __name__ == "__main__":
    found = _floor(*map(Path, sys.argv[1:]))
    print(found.wall, found.cpu)
