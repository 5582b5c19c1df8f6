"""`make bench`: every goal of speed, measured in one run on one machine, as ratios; writes ``docs/performance.md``.

``SIZE=full make bench`` measures the large sizes, too, and takes half an hour.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from tests.bench import sheets
from tests.bench.measure import Cost, cost, floor, run

FIRST_DAY, NEXT_DAY = "2026-11-02", "2026-11-03"
ROWS = 20
NEW = 150_000
"""Number of the first customer who is new: the licence numbers of a county have room for 200,000."""
GROWTH = {"small": (1_000, 4_000, 16_000), "full": (1_000, 10_000, 50_000, 100_000, 190_000)}
DAILY_INTO = {"small": 0, "full": 100_000}
"""Customers there before the daily run; 0: those of the first load."""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sheets", type=int, default=2000)
    options.add_argument("--size", choices=sorted(GROWTH), default=os.environ.get("SIZE") or "small")
    options.add_argument("--page", type=Path, help="write the figures there, too")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}",
            *_goals(Path(folder), asked.sheets, DAILY_INTO[asked.size]),
        ]
        grown = _growth(Path(folder), GROWTH[asked.size])
        profiles = _profiles(Path(folder), asked.sheets)
    print("\n".join([*lines, "", *grown, "", *profiles]))
    if asked.page:
        page = PAGE.format(goals="\n".join(lines), growth="\n".join(grown), profiles="\n".join(profiles))
        asked.page.write_text(page, encoding="utf-8")


def _goals(folder: Path, count: int, into: int) -> list[str]:
    plain, ours, least, place = _first_load(folder, count)
    rows = count * ROWS
    if into:
        place = office(folder / "daily")
        sheets.write(place / "inbox", into // ROWS, ROWS)
        run(place, FIRST_DAY)
    before = into or rows
    sheets.write(place / "inbox", 50, ROWS, first=NEW)
    daily, idle = run(place, NEXT_DAY), run(place, NEXT_DAY)
    if _customers(place) < before + 50 * ROWS:
        raise AssertionError("the new customers of the daily run did not enter")
    small = office(folder / "small")
    sheets.write(small / "inbox", 100, ROWS)
    run(small, FIRST_DAY)
    sheets.write(small / "inbox", 1, ROWS, first=NEW)
    single = run(small, NEXT_DAY)
    a_row, a_new_row = ours.cpu / rows, daily.cpu / (50 * ROWS)
    return [
        f"{'':46}{'wall s':>8}{'CPU s':>8}{'MB':>7}",
        _line(f"plain script, {count} sheets of {ROWS} rows", plain),
        _line("floor: unzip, deflate, insert", least),
        _line(f"first load, {rows:,} customers from empty", ours),
        _line(f"daily run, 50 sheets into {before:,} customers", daily),
        _line("a run with nothing new, the same office", idle),
        _line("one sheet into 2,000 customers", single),
        "",
        f"{'':46}{'is':>8}{'goal':>14}",
        _goal("first load: plain script / pipeline, CPU", plain.cpu / ours.cpu, 20, least=True),
        _goal("first load: pipeline / floor, CPU", ours.cpu / least.cpu, 4),
        _goal("daily run: CPU a new row / first load's", a_new_row / a_row, 0.1),
        _goal("one sheet into 2,000 customers, wall s", single.wall, 2),
        _goal(f"memory at {before:,} customers, MB", max(daily.memory, ours.memory), 400),
    ]


def _first_load(folder: Path, count: int) -> tuple[Cost, Cost, Cost, Path]:
    place = office(folder / "first")
    sheets.write(folder / "plain-inbox", count, ROWS)
    sheets.write(place / "inbox", count, ROWS)
    script = str(Path(__file__).with_name("plain.py"))
    plain = cost([sys.executable, script, str(folder / "plain-inbox"), str(folder / "plain")], folder)
    ours = run(place, FIRST_DAY)
    for master in (place / "outbox" / "master.xlsx", folder / "plain" / "master.xlsx"):
        if rows_in(master) < count * ROWS:
            raise AssertionError(f"{master} does not hold every customer")
    return plain, ours, floor(folder / "plain-inbox", place / "outbox", place / "ledger.db"), place


def _growth(folder: Path, sizes: tuple[int, ...]) -> list[str]:
    """First loads of growing offices: CPU, memory, and how steep each step is beside n log n (1: just so)."""
    lines = [f"{'customers':>10}{'CPU s':>9}{'MB':>7}{'beside n log n':>16}"]
    known: list[tuple[int, float]] = []
    for size in sizes:
        place = office(folder / f"growth-{size}")
        sheets.write(place / "inbox", size // ROWS, ROWS)
        taken = run(place, FIRST_DAY)
        step = ""
        if known:
            before, cpu = known[-1]
            step = f"{taken.cpu / cpu / (size * math.log(size) / (before * math.log(before))):.2f}"
        known.append((size, taken.cpu))
        bar = "█" * max(1, round(4 * math.log2(taken.cpu + 1)))
        lines.append(f"{size:>10,}{taken.cpu:9.1f}{taken.memory:7.0f}{step:>16}  {bar}")
    return lines


def _profiles(folder: Path, count: int) -> list[str]:
    """Where a first load and a daily run spend their time: each in a process of its own, under the profiler."""
    place = office(folder / "profile")
    sheets.write(place / "inbox", count // 2, ROWS)
    lines = []
    for title, day in (("first load", FIRST_DAY), ("daily run", NEXT_DAY)):
        command = [sys.executable, "-m", "tests.bench.where", str(place), day]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        lines += [f"{title}, {count // 2 * ROWS:,} customers, under the profiler", *told.splitlines(), ""]
        sheets.write(place / "inbox", 50, ROWS, first=NEW)
    return lines[:-1]


def _line(words: str, taken: Cost) -> str:
    return f"{words:46}{taken.wall:8.1f}{taken.cpu:8.1f}{taken.memory:7.0f}"


def _goal(words: str, found: float, goal: float, *, least: bool = False) -> str:
    met = found >= goal if least else found <= goal
    return f"{words:46}{found:8.1f}{'≥' if least else '≤':>8} {goal:<6g}{'met' if met else 'NOT MET'}"


PAGE = """# What it costs

Written by `make bench` (`SIZE=full make bench` for the large sizes); the figures are of one run on one machine, the ratios are what to
look at.

```
{goals}
```

Both read the same sheets and check the same rules. The plain script (`tests/bench/plain.py`) is told where the header is: pandas with
openpyxl, pandera once a file, `to_excel` for the master and a list an area. The pipeline finds the header by itself, keeps every value's
place and history in the ledger, looks for doubles, and writes master, worklists, exceptions, handover files and mails. The floor unzips
all that came in, deflates all that went out and inserts all rows of the ledger, and does nothing else.

## How it grows

First loads of growing offices. Beside n log n: 1.00 is just so, below is flatter.

```
{growth}
```

## Where the time goes

`python -m tests.bench.where FOLDER DAY`: the profiler makes small functions look dearer than they are, and steps hold others (the
snapshot reads records).

```
{profiles}
```

A million customers are not measured: the sheets are of one county, whose licence numbers have room for 200,000.

What keeps the goals that are not met: a daily run loads every record and writes every worklist and the master anew, whatever has
changed; a first load keeps an event and its places for every row, which the plain script does not.
"""


def office(place: Path) -> Path:
    """Make an office at *place* and drop its roster, filled as the demo fills it."""
    from pipeline.demo import filled
    from pipeline.render.template import template
    from schemas.catalogue import load
    from schemas.roster.samples import AREAS, PEOPLE

    (place / "inbox").mkdir(parents=True)
    for drop in (PEOPLE, AREAS):
        form = load().form(drop.form)
        (place / "inbox" / drop.name).write_bytes(filled(template(form, drop.layout, "zh", ""), form, drop))
    return place


def rows_in(path: Path) -> int:
    """Return the rows below the header of the first sheet."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if any(row)) - 1


def _customers(place: Path) -> int:
    return rows_in(place / "outbox" / "master.xlsx")


if __name__ == "__main__":
    main()
