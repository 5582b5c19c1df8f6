import ctypes
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.extract import Extract, Known, Reading
from pipeline.outside.workers.config import Readers
from pipeline.outside.workers.pool import ALLOWED, Allowance, File
from pipeline.outside.workers.read_all import BATCH, read_all
from schemas.language import Layout

KNOWN = Known((), {})


def reads(name: str, content: bytes, submission: str, known: Known) -> Reading:
    """Does what the content says, as a hostile file would."""
    match content:
        case b"abort":
            os.abort()
        case b"hang":
            ctypes.CDLL(None).pause()
        case b"loop":
            while True:
                pass
        case b"eat":
            bytearray(3 << 30)
        case b"swell":
            return Reading(metadata={"peak": str(swell())})
        case b"open":
            return Reading(metadata={"opened": str(len(open_all()))})
        case b"fail":
            raise KeyError("a bug")
    return Reading(extracts=[Extract("shop", submission, name, "", Layout.LIST, [1])])


def swell() -> int:
    """Take memory piece by piece until there is no more; return the bytes held at most."""
    import resource

    held = []
    try:
        while True:
            held.append(bytearray(b"x" * (8 << 20)))
    except MemoryError:
        held.clear()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def open_all() -> list[int]:
    """Open as many files as there may be."""
    opened: list[int] = []
    while len(opened) < 1000:
        try:
            opened.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            break
    for each in opened:
        os.close(each)
    return opened


def files(*contents: bytes) -> list[File]:
    return [(f"{number}.xlsx", content, f"hash {number}") for number, content in enumerate(contents)]


def verdicts(readings: Iterator[Reading]) -> list[str]:
    """Return the rule of each refused file, and the name of each that was read."""
    return [each.findings[0].rule if each.refused else each.extracts[0].file.removesuffix(".xlsx") for each in readings]


def test_readings_come_in_the_order_of_the_files() -> None:
    many = files(*[b"fine"] * (2 * BATCH + 3))
    assert verdicts(read_all(many, KNOWN, reads, Readers(2))) == [str(number) for number in range(2 * BATCH + 3)]


def test_no_file_no_process() -> None:
    assert list(read_all([], KNOWN, reads, Readers(2))) == []


def test_a_file_that_kills_its_worker_is_put_aside_and_the_others_are_read() -> None:
    contents = [b"fine"] * (BATCH + 4)
    contents[1] = contents[BATCH + 2] = b"abort"
    expected = [str(number) for number in range(BATCH + 4)]
    expected[1] = expected[BATCH + 2] = "file.killer"
    assert verdicts(read_all(files(*contents), KNOWN, reads, Readers(2))) == expected


def test_the_finding_names_the_file() -> None:
    (reading,) = read_all(files(b"abort"), KNOWN, reads, Readers(1))
    assert (reading.findings[0].file, reading.findings[0].submission) == ("0.xlsx", "hash 0")


@pytest.mark.parametrize("content", [b"hang", b"loop"])
def test_a_file_that_takes_too_long_is_put_aside(content: bytes) -> None:
    readings = read_all(files(b"fine", content, b"fine"), KNOWN, reads, Readers(1), Allowance(0.5, 0.5))
    assert verdicts(readings) == ["0", "file.killer", "2"]


def test_no_file_takes_longer_than_ten_seconds() -> None:
    assert ALLOWED.among + ALLOWED.alone <= 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its address space")
def test_a_file_that_eats_memory_is_put_aside() -> None:
    assert verdicts(read_all(files(b"eat", b"fine"), KNOWN, reads, Readers(1))) == ["file.killer", "1"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its address space")
def test_no_worker_holds_more_than_a_gigabyte() -> None:
    (reading,) = read_all(files(b"swell"), KNOWN, reads, Readers(1))
    assert 500 << 20 < int(reading.metadata["peak"]) < 1 << 30


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no open files")
def test_no_worker_opens_more_than_a_few_files() -> None:
    (reading,) = read_all(files(b"open"), KNOWN, reads, Readers(1))
    assert 0 < int(reading.metadata["opened"]) < 64


def test_a_bug_costs_one_file_only() -> None:
    readings = list(read_all(files(b"fail", b"fine"), KNOWN, reads, Readers(1)))
    assert verdicts(iter(readings)) == ["file.failed", "1"]
    assert dict(readings[0].findings[0].details)["why"] == "KeyError"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, signal
            from pipeline.domain.extract import Known, Reading
            from pipeline.outside.workers.config import Readers
            from pipeline.outside.workers.read_all import read_all

            def reads(name, content, submission, known):
                open(f"{content.decode()}/{os.getpid()}", "w").close()
                return Reading()

            if __name__ == "__main__":
                readings = read_all([("a", PLACE, "")] * 40, Known((), {}), reads, Readers(2))
                next(readings)
                os.kill(os.getpid(), signal.SIGKILL)
            """
        ).replace("PLACE", repr(bytes(tmp_path / "workers")))
    )
    (tmp_path / "workers").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, script], check=False, env=environment, stderr=subprocess.DEVNULL)
    assert done.returncode == -signal.SIGKILL
    alive = {int(each.name) for each in (tmp_path / "workers").iterdir()}
    assert alive
    assert any(all(map(_is_gone, alive)) for _ in itertools.islice(_ticks(), 100))


def _ticks() -> Iterator[None]:
    while True:
        time.sleep(0.05)
        yield


def _is_gone(process: int) -> bool:
    status = Path(f"/proc/{process}/status")
    return not status.exists() or "State:\tZ" in status.read_text()
