"""`make bench`: every goal of speed, measured in one run on one machine, as ratios; writes ``docs/performance.md``.

``SIZE=full make bench`` measures the large sizes, too, and takes half an hour.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import sheets
from tests.bench.country import simulate, write
from tests.bench.established import fill
from tests.bench.master import write_master
from tests.bench.measure import Cost, cost, floor, run

BEFORE, FIRST_DAY, NEXT_DAY = "2026-10-29", "2026-11-02", "2026-11-03"
ROWS = 20
NEW_SHEETS = 50
NEW = 150_000
"""Number of the first customer who is new: the licence numbers of a county have room for 200,000."""
ESTABLISHED = 100_000
"""Customers of the office on whose day the goals are."""
FIRST_LOADS = {"small": (1_000, 4_000, 16_000), "full": (1_000, 10_000, 50_000, 100_000, 190_000)}
DAYS = {"small": (1_000, 10_000), "full": (1_000, 10_000, 300_000, 999_000)}
"""Customers there before the days that are measured beside that of ``ESTABLISHED``; the largest are a million at its end,
as many as one sheet of the master holds.
"""
COLUMNS = 30
"""Of the master for which the goal of its write is."""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sheets", type=int, default=2000)
    options.add_argument("--size", choices=sorted(DAYS), default=os.environ.get("SIZE") or "small")
    options.add_argument("--page", type=Path, help="write the figures there, too")
    options.add_argument("--paper", type=Path, help="put the simulation of a country into this page")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        days = {size: _day(place / f"day-{size}", size) for size in sorted({*DAYS[asked.size], ESTABLISHED})}
        lines = [
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}; "
            f"load {os.getloadavg()[0]:.1f} at the start",
            *(goals := _goals(place, asked.sheets, days)).lines,
        ]
        first_loads = [(size, _first_load(place / f"first-{size}", size)) for size in FIRST_LOADS[asked.size]]
        lines += [
            _goal(f"memory, first load of {size:,}, MB", taken.memory, 800)
            for size, taken in first_loads
            if size == max(FIRST_LOADS["full"])
        ]
        grown = [
            "first loads", *_growth(first_loads), "",
            f"the daily run: {NEW_SHEETS} sheets into so many customers", *_growth([(size, day.run) for size, day in days.items()]),
        ]  # fmt: skip
        profiles = _profiles(place, asked.sheets)
        paper = [lines[0], "", *simulate(place, office, {size: day.run for size, day in days.items()}, goals.row)]
    print("\n".join([*lines, "", *grown, "", *profiles, "", *paper]))
    if asked.page:
        page = PAGE.format(goals="\n".join(lines), growth="\n".join(grown), profiles="\n".join(profiles))
        asked.page.write_text(page, encoding="utf-8")
    if asked.paper:
        write(asked.paper, paper)


@dataclass(frozen=True)
class Day:
    """What a day costs an established office: its run, one more with nothing new, and in the first the master alone."""

    run: Cost
    idle: Cost
    master: Cost
    columns: int


def _day(place: Path, size: int) -> Day:
    _established(place, size)
    sheets.write(place / "inbox", NEW_SHEETS, ROWS, first=NEW)
    taken = run_settled(place, NEXT_DAY)
    run_settled(place, NEXT_DAY)  # looks at all once more, finds nothing, and leaves word of it for the next one
    idle = run_settled(place, NEXT_DAY)
    if rows_in(place / "outbox" / "master.xlsx") < size + NEW_SHEETS * ROWS:
        raise AssertionError("the new customers of the daily run did not enter")
    master, columns = write_master(place, NEXT_DAY)
    shutil.rmtree(place)
    return Day(taken, idle, master, columns)


def _established(place: Path, size: int) -> None:
    office(place)
    run(place, BEFORE)
    fill(f"sqlite:///{place / 'ledger.db'}", size)
    run(place, FIRST_DAY)


@dataclass(frozen=True)
class Goals:
    """The table, and the CPU seconds that a row of the first load took."""

    lines: list[str]
    row: float


def _goals(folder: Path, count: int, days: Mapping[int, Day]) -> Goals:
    plain, ours, least, ledger = _against_the_script(folder, count)
    rows = count * ROWS
    anchor = _least_of_three([sys.executable, "-c", "import sqlalchemy, click"], folder)
    judging = _least_of_three([sys.executable, "-c", "import sqlalchemy, click, pandera.pandas"], folder)
    small = office(folder / "small")
    sheets.write(small / "inbox", 100, ROWS)
    run(small, FIRST_DAY)
    sheets.write(small / "inbox", 1, ROWS, first=NEW)
    single = run_settled(small, NEXT_DAY)
    sheets.write(folder / "one", 1, ROWS, first=NEW + ROWS)
    (sheet,) = (folder / "one").iterdir()
    asked = {
        "check of one sheet of 20 rows": _ask(small, "check", str(sheet)),
        "status": _ask(small, "status"),
        "forms": _ask(small, "forms"),
    }
    day = days[ESTABLISHED]
    a_row, a_new_row = ours.cpu / rows, day.run.cpu / (NEW_SHEETS * ROWS)
    rest = day.run.cpu - day.master.cpu
    lines = [
        f"{'':54}{'wall s':>8}{'CPU s':>8}{'MB':>7}",
        _line(f"plain script, {count} sheets of {ROWS} rows", plain),
        _line("floor: unzip, deflate, insert", least),
        _line(f"first load, {rows:,} customers from empty", ours),
        _line(f"daily run, {NEW_SHEETS} sheets into {ESTABLISHED:,} customers", day.run),
        _line(f"  of it the master, {day.columns} columns, drawn by itself", day.master),
        _line("a run with nothing new, the same office and day", day.idle),
        _line("one sheet into 2,000 customers", single),
        *(_line(f"{what}, an office of 2,000", taken) for what, taken in asked.items()),
        _line("importing SQLAlchemy and click", anchor),
        _line("importing pandera with pandas, too", judging),
        "",
        f"{'':54}{'is':>8}{'goal':>14}",
        _goal("nothing new / importing SQLAlchemy and click, CPU", day.idle.cpu / anchor.cpu, 2.5),
        _goal("one sheet into 2,000 customers, CPU s", single.cpu, 0.9),
        _goal("the same, wall s", single.wall, 1),
        *(_goal(f"{what}, CPU s", taken.cpu, 0.6 if "check" in what else 0.3) for what, taken in asked.items()),
        _goal("first load: plain script / pipeline, wall", plain.wall / ours.wall, 8, least=True),
        _goal("first load: pipeline / floor, CPU", ours.cpu / least.cpu, 4),
        _goal(f"daily run, {NEW_SHEETS} sheets into {ESTABLISHED:,}, CPU s", day.run.cpu, 4),
        _goal("ledger of a first load, KB a row", ledger / rows / 1024, 1.2),
        _goal("daily run: CPU a new row / first load's", a_new_row / a_row, 0.1),
        _told("  without the master", rest / (NEW_SHEETS * ROWS) / a_row),
        _told(f"  CPU / plain script's for {ESTABLISHED:,} rows anew", day.run.cpu / (plain.cpu / rows * ESTABLISHED)),
        _told(f"  CPU / first load's for {ESTABLISHED:,} rows", day.run.cpu / (a_row * ESTABLISHED)),
        _goal(f"master, {ESTABLISHED:,} rows, CPU s for {COLUMNS} columns", day.master.cpu * COLUMNS / day.columns, 3),
        _goal(f"memory, daily run at {ESTABLISHED:,} customers, MB", day.run.memory, 400),
        _told(f"memory, first load of {rows:,}, MB", ours.memory),
        *(
            [_goal(f"memory, daily run at {max(days):,} customers, MB", days[max(days)].run.memory, 1500)]
            if max(days) == max(DAYS["full"])
            else []
        ),
    ]
    return Goals(lines, a_row)


def _least_of_three(command: Sequence[str], folder: Path) -> Cost:
    """The cheapest of three calls, after one that may have had to compile or to read from the disk."""
    return min((cost(command, folder) for _ in range(4)), key=lambda each: each.cpu)


def _ask(place: Path, *words: str) -> Cost:
    """What a question costs in the office at *place*; it need not be answered with 0."""
    ledger = f"sqlite:///{place / 'ledger.db'}"
    call = (
        f"import os, sys; os.environ |= {{'RUWANG_LEDGER': {ledger!r}, 'RUWANG_OUTBOX': {str(place / 'outbox')!r}}}\n"
        f"sys.argv[1:] = {list(words)!r}\n"
        "from pipeline.cli.process import start_process\n"
        "try:\n    start_process()\nexcept SystemExit:\n    pass\n"
    )
    return _least_of_three([sys.executable, "-c", call], place)


def _against_the_script(folder: Path, count: int) -> tuple[Cost, Cost, Cost, int]:
    """What the plain script, a first load and the floor cost, and the bytes of the ledger."""
    place = office(folder / "first")
    sheets.write(folder / "plain-inbox", count, ROWS)
    sheets.write(place / "inbox", count, ROWS)
    script = str(Path(__file__).with_name("plain.py"))
    plain = cost([sys.executable, script, str(folder / "plain-inbox"), str(folder / "plain")], folder)
    ours = run_settled(place, FIRST_DAY)
    for master in (place / "outbox" / "master.xlsx", folder / "plain" / "master.xlsx"):
        if rows_in(master) < count * ROWS:
            raise AssertionError(f"{master} does not hold every customer")
    ledger = place / "ledger.db"
    return plain, ours, floor(folder / "plain-inbox", place / "outbox", ledger), ledger.stat().st_size


def _first_load(place: Path, size: int) -> Cost:
    office(place)
    sheets.write(place / "inbox", size // ROWS, ROWS)
    taken = run_settled(place, FIRST_DAY)
    shutil.rmtree(place)
    return taken


def _growth(costs: Sequence[tuple[int, Cost]]) -> list[str]:
    """CPU and memory of growing offices, and how steep each step is beside n log n (1: just so)."""
    lines = [f"{'customers':>10}{'CPU s':>9}{'MB':>7}{'beside n log n':>16}"]
    most = max(taken.cpu for _, taken in costs)
    for at, (size, taken) in enumerate(costs):
        step = ""
        if at:
            before, earlier = costs[at - 1]
            step = f"{taken.cpu / earlier.cpu / (size * math.log(size) / (before * math.log(before))):.2f}"
        lines.append(
            f"{size:>10,}{taken.cpu:9.1f}{taken.memory:7.0f}{step:>16}  {'█' * max(1, round(40 * taken.cpu / most))}"
        )
    return lines


def run_settled(place: Path, day: str) -> Cost:
    """Run when nothing in the inbox is so young that the run would stand and watch whether it still grows."""
    time.sleep(3)
    return run(place, day)


def _profiles(folder: Path, count: int) -> list[str]:
    """Where a first load and a daily run spend their time: each in a process of its own, under the profiler."""
    first, daily = office(folder / "profile-first"), folder / "profile-daily"
    sheets.write(first / "inbox", count // 2, ROWS)
    _established(daily, ESTABLISHED)
    sheets.write(daily / "inbox", NEW_SHEETS, ROWS, first=NEW)
    time.sleep(3)
    lines = []
    for title, place, day in (
        (f"first load, {count // 2 * ROWS:,} customers", first, FIRST_DAY),
        (f"daily run, {NEW_SHEETS} sheets into {ESTABLISHED:,} customers", daily, NEXT_DAY),
    ):
        command = [sys.executable, "-m", "tests.bench.where", str(place), day]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        lines += [f"{title}, under the profiler", *told.splitlines(), ""]
    return lines[:-1]


def _line(words: str, taken: Cost) -> str:
    return f"{words:54}{taken.wall:8.1f}{taken.cpu:8.1f}{taken.memory:7.0f}"


def _goal(words: str, found: float, goal: float, *, least: bool = False) -> str:
    met = found >= goal if least else found <= goal
    return f"{words:54}{found:8.2f}{'≥' if least else '≤':>8} {goal:<6g}{'met' if met else 'NOT MET'}"


def _told(words: str, found: float) -> str:
    return f"{words:54}{found:8.2f}"


PAGE = """# What it costs

Written by `make bench` (`SIZE=full make bench` for the large sizes); the figures are of one run on one machine. Others may have been at work on
it: look at CPU seconds, which do not wait for them, and at the ratios.

```
{goals}
```

Both read the same sheets and check the same rules. The plain script (`tests/bench/plain.py`) is told where the header is: pandas with
openpyxl, pandera once a file, `to_excel` for the master and a list an area. The pipeline finds the header by itself, keeps every value's
place and history in the ledger, looks for doubles, and writes master, worklists, exceptions, handover files and mails. The floor unzips
all that came in, deflates all that went out and inserts all rows of the ledger, and does nothing else.

The office of the daily run has been at work for years: its customers are archived, with all that registration, visit and review ask.
`tests/bench/established.py` puts them into the ledger, of as many counties as it takes: the licence numbers of one have room for 200,000. Sheets
have lain still for three seconds: a run stands and watches younger ones for up to `settle_seconds`.

## How it grows

Beside n log n: 1.00 is just so, below is flatter.

```
{growth}
```

## Where the time goes

`python -m tests.bench.where FOLDER DAY`: the profiler makes small functions look dearer than they are, and steps hold others (the
master reads records).

```
{profiles}
```

## What falls short, and why

- *Questions* (`status`, `forms`, `check`): what is left is importing pydantic, the declarations and, where the ledger is asked, SQLAlchemy, for `check` and
  every sheet pandas and pandera, too: the line "importing pandera with pandas, too" is beyond the goal of `check`, and all but the whole of that of one sheet,
  before anything is judged, and it is pandera that judges. Settings read by readers of our own instead of pydantic's
  took a tenth of a second less and were written and taken out again: a well-kept library is worth that much.
- *Daily run.* The master is the largest piece: it is drawn anew on each new day. To keep the rows of records that have not changed, the master would have to
  know from what each was drawn (the record's version, names of people and areas, the styles of its columns), and rows below a new one would have to be
  numbered anew; this was thought through and not built. No function stands out in it: Python itself takes two thirds (`perf`), SQLite and zlib a tenth each.
- *One sheet.* Whoever has hundreds of visits before him has them all in one workbook, a page each: one new customer, and it is drawn anew. The pages
  are made of one another, at two fifths of what they took one by one; to keep those that stand is not done.
- *The tests* (`make test`, goal 5 minutes on two idle cores): 8,400 tests take some 27. Of a procedure's tests three quarters are the runs of the offices that
  they play, a quarter of a second of CPU each, of it a third drawing workbooks, a quarter settling, a fifth merging; an eighth is reopening workbooks as their
  reader does (cProfile, `tests/procedures/test_customer_files.py`). A disk in memory takes no CPU away (22.7 and 23.4 s for `test_leave.py`), and to play
  an office once for all tests that begin with it, for which its folder would be copied, would save a thirtieth. What is left are fewer tests, and nothing is dropped.
- *First load.* No step stands out. For every row the program makes a record with the cell of each value, an event, an entry and what tells
  it from doubles, and writes four tables of them; the plain script keeps nothing. It is Python objects that cost, some ten a row.
- *Daily run, CPU a new row.* A thousand new rows would have to cost what a hundred do in a first load, a thirtieth of a second of CPU: starting the
  program alone takes some thirty times that (pandas, pandera, SQLAlchemy; the readers' processes once more). The day's copy of the ledger and
  the master follow the register, and the worklists that changed are drawn cell by cell, since people read them row by row. In what it all costs, the day stays below
  a tenth of the plain script's way, which reads and writes everything anew: the line "CPU / plain script's".
- *What still grows with the register* beside the master: questions by a field's value (incomplete data, what lapses, statistics by a field, a
  licence renewed) go through the register in SQLite, each 0.2 to 0.4 s at 100,000 customers; the day's copy of the ledger is all of it.
- *Memory of a first load.* All rows of one run are held until they are entered: what many at once need stands in the first curve. An office
  of more than 50,000 drops its sheets in parts, a town after the other. Taking sheets in portions of 10,000 rows within the one transaction was built and tried: 190,000
  then needed 1.7 GB, of it 0.7 GB until all was entered; the rest are the records that wait, which all do after a first load, when worklists, mails and what each
  person keeps are drawn (400, 280 and 250 MB). It cost a tenth more CPU and is not in the program, since the goal asks for the drawing to be done in portions, too.

What keeps the daily run flat: counts are the ledger's, the master is written a thousand rows at a time, records are fetched only where somebody
waits for them, and a workbook that would be the same is not drawn (`docs/promises.md`). What every run asks of the events, which are kept for
good, an index answers (`tests/outside/ledger/test_what_is_asked_of_events.py`). Of the master's CPU a quarter is reading the records back, a fifth making cells of
them, a quarter putting five million cells together as XML, a seventh deflating it (a sampling profiler, on the office of the daily run).
"""


def office(place: Path) -> Path:
    """Make an office at *place* and drop its roster, filled as the demo fills it."""
    from pipeline.commands.demo import filled
    from pipeline.render.reports.template import template
    from schemas.language.catalogue import load_catalogue
    from schemas.roster.samples import AREAS, PEOPLE

    (place / "inbox").mkdir(parents=True)
    for drop in (PEOPLE, AREAS):
        form = load_catalogue().form(drop.form)
        (place / "inbox" / drop.name).write_bytes(filled(template(form, drop.layout, "zh", ""), form, drop))
    return place


def rows_in(path: Path) -> int:
    """Return the rows below the header of the first sheet: a million are counted, not read."""
    with zipfile.ZipFile(path) as package:
        tables = [name for name in package.namelist() if name == "xl/tables/table1.xml"]
        found = re.search(rb'ref="[A-Z]+([0-9]+):', package.read(tables[0])) if tables else None
        with package.open("xl/worksheets/sheet1.xml") as stream:
            count, left = 0, b""
            while piece := stream.read(1 << 20):
                count += (left + piece).count(b"<row ")
                left = piece[-4:]
    return count - (int(found[1]) if found else 1)


if __name__ == "__main__":
    main()
