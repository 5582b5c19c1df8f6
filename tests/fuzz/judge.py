"""Reads damaged files as a run does, in its workers, and tells what must never happen."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.extract import Extract, Known, Reading
from pipeline.domain.rulebook import GENERAL
from pipeline.outside.workers.config import Readers
from pipeline.outside.workers.pool import ALLOWED
from pipeline.outside.workers.read_all import read_all
from pipeline.read.read_file import read_file
from pipeline.validate import check_form
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context
from tests.fuzz.seeds import Named
from tests.fuzz.timed import TOOK, timed
from tests.round_trip.values import TODAY

KNOWN = Known(
    load_catalogue().forms, {form.code: each.base.code for each in load_catalogue().registers for form in each.forms}
)
LONGEST = ALLOWED.among + ALLOWED.alone
"""Seconds that one file may take."""
MOST_MEMORY = 1 << 30
"""Bytes that a worker may hold while it reads one file."""
_RULES = {rule.code for rule in GENERAL}
_OFTEN = 0.02  # seconds between two looks at the workers
_EVERY = 8  # damaged files between two honest ones


@dataclass
class Judgement:
    """What became of the files, and what went wrong. A fate is "read", "nothing to take", or why it was refused."""

    by_file: dict[int, str] = field(default_factory=dict)
    faults: list[tuple[int | None, str]] = field(default_factory=list)
    """Which file (None: one cannot tell), and what happened."""
    longest: float = 0.0
    """Seconds that one file took, of those that ended."""
    memory: int = 0
    """Bytes: the most that a worker held."""

    @property
    def outcomes(self) -> Counter[str]:
        """How many files met each fate."""
        return Counter(self.by_file.values())

    @property
    def killers(self) -> list[int]:
        """Which files ended their worker: allowed, and worth a look."""
        return [number for number, fate in self.by_file.items() if fate == "file.killer"]


def judge(files: Sequence[Named], honest: Named) -> Judgement:
    """Read *files* in workers, *honest* again and again among them, and validate what was read."""
    judgement = Judgement()
    expected = read_file(*honest, "honest", KNOWN)
    mixed: list[tuple[str, bytes, str]] = []
    for number, (name, content) in enumerate(files):
        if number % _EVERY == 0:
            mixed.append((*honest, "honest"))
        mixed.append((name, content, str(number)))
    with _watched() as most:
        readings = list(read_all(mixed, KNOWN, timed, Readers(2)))
    if len(readings) != len(mixed):
        judgement.faults.append((None, f"{len(mixed)} files, {len(readings)} readings"))
    good: list[tuple[int, Reading]] = []
    for (_, _, submission), reading in zip(mixed, readings, strict=False):
        took = float(reading.metadata.pop(TOOK, "0"))
        judgement.longest = max(judgement.longest, took)
        if submission == "honest":
            if reading != expected:
                judgement.faults.append((None, f"an honest file was harmed: {reading.findings}"))
            continue
        number = int(submission)
        good.append((number, reading))
        judgement.by_file[number] = _fate(reading)
        if took > LONGEST:
            judgement.faults.append((number, f"took {took:.1f} s"))
        judgement.faults += [(number, fault) for fault in _faults(reading)]
    judgement.memory = most[0]
    if judgement.memory > MOST_MEMORY:
        judgement.faults.append((None, f"a worker held {judgement.memory >> 20} MiB"))
    judgement.faults += _validate(good)
    return judgement


def _fate(reading: Reading) -> str:
    if reading.refused:
        return next((each.rule for each in reading.findings), "refused without a reason")
    return "read" if reading.extracts else "nothing to take"


def _faults(reading: Reading) -> Iterator[str]:
    for finding in reading.findings:
        if finding.rule not in _RULES:
            yield f"no such rule: {finding.rule}"
        if finding.rule == "file.failed":
            yield f"the reader failed: {dict(finding.details).get('why')}"
    if not reading.extracts and not reading.findings:
        yield "neither records nor a finding"
    if reading.refused and not any(each.severity.value == "error" for each in reading.findings):
        yield "refused without an error"
    for extract in reading.extracts:
        columns = (*extract.values.values(), *extract.cells.values(), *extract.notes.values())
        if any(len(column) != len(extract) for column in columns):
            yield "columns of unequal length"


def _validate(readings: Sequence[tuple[int, Reading]]) -> Iterator[tuple[int | None, str]]:
    """Validate form by form, as a run does; when that fails, file by file to tell which one it was."""
    by_form: defaultdict[str, list[tuple[int, Extract]]] = defaultdict(list)
    for number, reading in readings:
        for extract in reading.extracts:
            by_form[extract.form].append((number, extract))
    for form, pairs in by_form.items():
        if _failure(form, [extract for _, extract in pairs]):
            alone = [(number, _failure(form, [extract])) for number, extract in pairs]
            yield from [(number, why) for number, why in alone if why] or [(None, f"{form} fails only together")]


def _failure(form: str, extracts: Sequence[Extract]) -> str:
    try:
        checked = check_form(load_catalogue().form(form), extracts, Context(TODAY))
    except Exception as error:
        return f"validation failed: {error!r:.200}"
    rows = sum(map(len, extracts))
    return "" if len(checked.records) + len(checked.rejected) + len(checked.waiting) <= rows else "rows out of nothing"


@contextlib.contextmanager
def _watched() -> Iterator[list[int]]:
    """Look at the memory of all processes below this one; the list holds the most that one of them ever held."""
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(_OFTEN):
            most[0] = max([most[0], *map(_peak, _below())])

    thread = threading.Thread(target=look, daemon=True)
    if sys.platform == "linux":
        thread.start()
    try:
        yield most
    finally:
        done.set()
        if thread.ident:
            thread.join()


def _below() -> Iterator[int]:
    """Yield the processes that descend from this one."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                children[int((entry / "stat").read_text().rpartition(")")[2].split()[1])].append(int(entry.name))
    waiting = list(children[os.getpid()])
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children[process]


def _peak(process: int) -> int:
    with contextlib.suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) << 10
    return 0
