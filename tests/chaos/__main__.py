"""All of it, as often as promised: kills, broken writings, runs again and at once. ``python -m tests.chaos --help``."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import again, crowd, syscalls, writes
from tests.chaos.kill import Ground
from tests.chaos.points import POINTS
from tests.tools.pages import write_figures

_PARTS = 8


@dataclass
class Figure:
    """What was done how often, and what was lost, doubled or broken by it."""

    done: int
    bad: list[str]
    missing: str = ""


@contextmanager
def _ground() -> Iterator[Ground]:
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground.prepare(Path(folder))
        try:
            yield ground
        finally:
            ground.close()


def _kills(times: int, part: int) -> Figure:
    figure = Figure(0, [])
    with _ground() as ground:
        for point in POINTS[part::_PARTS]:
            for at in ground.passings_of(point, times):
                figure.done += 1
                figure.bad += [f"{point.name}, passing {at}: {each}" for each in ground.complaints(point, at)]
    return figure


def _calls(every: int) -> Figure:
    if why := syscalls.missing():
        return Figure(0, [], why)
    figure = Figure(0, [])
    with _ground() as ground:
        for call, at, found in syscalls.complaints(ground, every):
            figure.done += 1
            figure.bad += [f"{call} {at}: {each}" for each in found]
    return figure


def _writings(times: int) -> Figure:
    with _ground() as ground:
        target = ground.folder / "written" / "master.xlsx"
        target.parent.mkdir()
        target.write_bytes((ground.before["day"].outbox / "master.xlsx").read_bytes())
        new = (ground.before["undo"].outbox / "master.xlsx").read_bytes()
        return Figure(times, list(writes.complaints(target, new, times)))


def _again(times: int) -> Figure:
    with _ground() as ground:
        return Figure(times, list(again.complaints(ground, times)))


def _crowd(rounds: int, *, locked: bool) -> Figure:
    with _ground() as ground:
        return Figure(rounds, list(crowd.complaints(ground, rounds, locked=locked)))


def _locked(rounds: int) -> Figure:
    return _crowd(rounds, locked=True)


def _unlocked(rounds: int) -> Figure:
    return _crowd(rounds, locked=False)


def _measure(arguments: argparse.Namespace) -> dict[str, Figure]:
    """Do all parts, as many at once as there are processors, and return their figures by name."""
    jobs: list[tuple[str, Callable[..., Figure], tuple[int, ...]]] = [
        *((f"kills at {len(POINTS)} named points", _kills, (arguments.kills, part)) for part in range(_PARTS)),
        ("kills, one at each changing system call of a run of five files", _calls, (arguments.every,)),
        ("writings of the master broken off (killed, EFBIG, ENOSPC)", _writings, (arguments.writings,)),
        ("runs again with nothing new", _again, (arguments.again,)),
        ("rounds of 4 processes at once", _locked, (arguments.rounds,)),
        ("rounds of 4 processes at once, the lock switched off", _unlocked, (arguments.rounds,)),
    ]
    figures = {name: Figure(0, []) for name, *_ in jobs}
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        asked = {pool.submit(do, *given): name for name, do, given in jobs}
        for done in as_completed(asked):
            name, figure = asked[done], done.result()
            figures[name].done += figure.done
            figures[name].bad += figure.bad
            figures[name].missing = figure.missing
            sys.stdout.write(f"{figure.done:5} done {len(figure.bad):4} bad  {name}  {figure.missing}\n")
            for each in figure.bad[:20]:
                sys.stdout.write(f"      {each[:300]}\n")
            sys.stdout.flush()
    return figures


def _table(figures: dict[str, Figure], minutes: float) -> str:
    rows = "".join(f"| {name} | {each.missing or each.done} | {len(each.bad)} |\n" for name, each in figures.items())
    return (
        "| what | how often | rows, originals, findings or mails lost or doubled, files that do not open |\n|---|---|---|\n"
        f"{rows}\nMade by `make chaos` on {time.strftime('%Y-%m-%d')} in {minutes:.0f} minutes.\n"
    )


def main() -> int:
    """Return 1 when anything was lost, doubled or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25, help="at each named point")
    parser.add_argument("--every", type=int, default=1, help="kill at every n-th system call of a kind")
    parser.add_argument("--writings", type=int, default=500)
    parser.add_argument("--again", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--page", type=Path, help="the page that holds the figures")
    arguments = parser.parse_args()
    begun = time.monotonic()
    figures = _measure(arguments)
    table = _table(figures, (time.monotonic() - begun) / 60)
    sys.stdout.write(table)
    if arguments.page:
        write_figures(arguments.page, "make chaos", table)
    return any(figure.bad for figure in figures.values())


if __name__ == "__main__":
    sys.exit(main())
