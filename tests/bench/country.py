"""A simulation on paper: what a country's offices would take, from what the office of one city takes here.

One office a city, all of them on one PostgreSQL where there is one. Measured is one city; the rest is multiplication,
and says so. ``make bench`` writes it into ``docs/scale.md``.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from tests.bench import sheets
from tests.bench.established import fill
from tests.bench.measure import Cost, run, timed
from tests.tools import postgres

CUSTOMERS, CITIES, SHEETS, ROWS = 5_000_000, 330, 60_000, 20
PROVINCE = 200_000
HOURS, EVERY = 8, 10
"""Of work a day; minutes from run to run."""
WORKING_DAYS = 250
CONNECTIONS, DEFAULT_CONNECTIONS = 2, 100
"""Of a run; that a PostgreSQL takes unless told otherwise."""
MOST_ROWS = 1_000_000
"""Of one sheet of the master."""
RUNS = HOURS * 60 // EVERY
CITY = CUSTOMERS // CITIES
AT_ONCE = round(SHEETS / CITIES / RUNS)
"""Sheets that a run of a city finds."""
_TAKEN = 3
"""Runs with sheets that are measured, for their mean."""
_BEFORE, _FIRST_DAY, _DAY = "2026-10-29", "2026-11-02", "2026-11-03"
_FIRST_NEW = 150_000
_MARKS = re.compile(r"(<!-- simulation -->\n).*?(<!-- end of simulation -->)", re.DOTALL)


@dataclass(frozen=True)
class City:
    """What the office of one city takes."""

    taking: Cost
    """A run that finds ``AT_ONCE`` sheets."""
    idle: Cost
    """A run that finds nothing."""
    server: float
    """CPU seconds of the database's server while it takes in; 0 for a file."""
    ledger: float
    """Bytes of a city's ledger on its first day; 0 where it was not looked at."""
    grown: float
    """Bytes by which a sheet lets it grow."""


Office = Callable[[Path], Path]
"""Makes a new office in a folder."""


def simulate(folder: Path, office: Office, days: Mapping[int, Cost], first_load_row: float) -> list[str]:
    """Return the lines of the simulation. *days* is what a day's run takes by customers, *first_load_row* the CPU
    seconds of a row on the first day.
    """
    on_file = _city(office(folder / "city"), f"sqlite:///{folder / 'city' / 'ledger.db'}")
    on_server = None
    if postgres.binaries() is not None:
        with tempfile.TemporaryDirectory() as meeting, postgres.shared_server(Path(meeting)) as server:
            url = postgres.address(server, "postgres")
            on_server = _city(office(folder / "city-on-server"), url, server)
    reading, archived = _reading(folder)
    return [
        *_measured(on_file, on_server, reading, archived),
        "",
        *_country(on_file, on_server, reading, archived, first_load_row),
        "",
        *_in_one(days),
    ]


def write(page: Path, lines: list[str]) -> None:
    """Put *lines* into *page* where its marks are."""
    text = page.read_text(encoding="utf-8")
    block = "```\n" + "\n".join(lines) + "\n```\n"
    page.write_text(_MARKS.sub(lambda found: f"{found[1]}{block}{found[2]}", text), encoding="utf-8")


def _city(place: Path, url: str, server: Path | None = None) -> City:
    run(place, _BEFORE, url)
    fill(f"{url}&office=" if server else url, CITY)
    run(place, _FIRST_DAY, url)
    ledger = place / "ledger.db"
    before = 0 if server else _in_use(ledger)
    taken, spent = [], []
    for at in range(_TAKEN):
        sheets.write(place / "inbox", AT_ONCE, ROWS, first=_FIRST_NEW + at * AT_ONCE * ROWS)
        time.sleep(3)  # or the run would stand and watch whether they still grow
        with _server_cpu(server) as used:
            taken.append(run(place, _DAY, url))
        spent.append(used[0])
    idle = run(place, _DAY, url)
    after = 0 if server else _in_use(ledger)
    return City(_mean(taken), idle, mean(spent), before, (after - before) / (_TAKEN * AT_ONCE))


def _in_use(ledger: Path) -> int:
    """Return the bytes of the pages of *ledger* that hold something: those that a run has given back the next ones fill first."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def _mean(costs: list[Cost]) -> Cost:
    return Cost(*(mean(getattr(each, name) for each in costs) for name in ("wall", "cpu", "memory")))


@contextmanager
def _server_cpu(folder: Path | None) -> Iterator[list[float]]:
    """Yield a list that afterwards holds the CPU seconds of the server in *folder* and of its processes, live or gone."""
    used: list[float] = []
    begun = _cpu(folder)
    yield used
    used.append(_cpu(folder) - begun)


def _cpu(folder: Path | None) -> float:
    if folder is None:
        return 0.0
    postmaster = (folder / "data" / "postmaster.pid").read_text().split()[0]
    own, gone, live = 0, 0, 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile, and counts with the postmaster's
            continue
        spent, reaped = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
        if stat.parent.name == postmaster:
            own, gone = spent, reaped
        elif fields[1] == postmaster:
            live += spent
    return (own + gone + live) / os.sysconf("SC_CLK_TCK")


def _reading(folder: Path) -> tuple[float, float]:
    """Return the CPU seconds of reading one sheet in one process, and its bytes."""
    from pipeline.read.read_file import read_file
    from pipeline.settings.known_forms import known_forms
    from schemas.language.catalogue import load_catalogue

    sheets.write(folder / "read", 100, ROWS)
    held = [path.read_bytes() for path in sorted((folder / "read").iterdir())]
    known = known_forms(load_catalogue())
    read_file("登记.xlsx", held[0], "", known)
    taken = timed(lambda: [read_file("登记.xlsx", content, "", known) for content in held])
    return taken.cpu / len(held), mean(map(len, held))


def _measured(on_file: City, on_server: City | None, reading: float, archived: float) -> list[str]:
    lines = [
        f"{'measured here':58}{'wall s':>8}{'CPU s':>8}{'MB':>6}",
        _cost(f"a city of {CITY:,} takes in {AT_ONCE} sheets, SQLite", on_file.taking),
        _cost("  a run with nothing new", on_file.idle),
    ]
    if on_server is not None:
        lines += [
            _cost(f"a city of {CITY:,} takes in {AT_ONCE} sheets, PostgreSQL", on_server.taking),
            _cost("  a run with nothing new", on_server.idle),
            _told("  beside it the server, CPU s a run that takes in", f"{on_server.server:.2f}"),
        ]
    return [
        *lines,
        _told("reading one sheet of 20 rows, CPU ms", f"{1000 * reading:.1f}"),
        _told("a city's ledger, MB", f"{on_file.ledger / 1e6:.0f}"),
        _told("  by which it grows with a sheet, KB", f"{on_file.grown / 1e3:.0f}"),
        _told("a sheet in the archive, KB", f"{archived / 1e3:.0f}"),
    ]


def _country(on_file: City, on_server: City | None, reading: float, archived: float, first_row: float) -> list[str]:
    city = on_server or on_file
    runs, offices = RUNS * CITIES, f"{CITIES} offices"
    hours = runs * city.taking.cpu / 3600
    lines = [
        f"on paper: {CUSTOMERS:,} customers, {CITIES} cities, an office each; {SHEETS:,} sheets a day",
        _told(f"runs a day, every {EVERY} minutes of {HOURS} hours", f"{runs:,}"),
        _told("CPU hours a day of the offices' runs", f"{hours:,.1f}"),
        _told("  cores that do them in those hours", f"{hours / HOURS:.1f}"),
        _told("  of it reading sheets, CPU hours", f"{SHEETS * reading / 3600:.2f}"),
        _told(f"{offices} that begin at one minute: CPU minutes of them all", f"{CITIES * city.taking.cpu / 60:.1f}"),
        _told(f"  cores that end them within {EVERY} minutes", f"{CITIES * city.taking.cpu / 60 / EVERY:.1f}"),
        _told("  memory while all are under way, GB", f"{CITIES * city.taking.memory / 1000:.0f}"),
        _told(f"  connections to the server, which takes {DEFAULT_CONNECTIONS}", f"{CONNECTIONS * CITIES}"),
    ]
    if on_server is not None:
        lines.append(_told("the server, cores in those hours", f"{runs * on_server.server / 3600 / HOURS:.2f}"))
    return [
        *lines,
        _told("all ledgers on the first day, GB", f"{CITIES * on_file.ledger / 1e9:.1f}"),
        _told("  and a year on, GB more", f"{SHEETS * WORKING_DAYS * on_file.grown / 1e9:.0f}"),
        _told("archives, GB a year", f"{SHEETS * WORKING_DAYS * archived / 1e9:.0f}"),
        _told("the first day: all customers from sheets, CPU hours", f"{CUSTOMERS * first_row / 3600:.2f}"),
    ]


def _in_one(days: Mapping[int, Cost]) -> list[str]:
    """All in one office, by the slope between the two largest that were measured."""
    *_, (less, before), (more, taken) = sorted(days.items())
    cpu, memory = (taken.cpu - before.cpu) / (more - less), (taken.memory - before.memory) / (more - less)

    def of(size: int) -> list[str]:
        seconds, held = taken.cpu + cpu * (size - more), taken.memory + memory * (size - more)
        return [
            _told(f"{size:,} customers in one office: a day's run, CPU s", f"{seconds:,.0f}"),
            _told("  its memory, MB", f"{held:,.0f}"),
            _told(f"  sheets that its master must be cut into, {MOST_ROWS:,} rows each", f"{-(-size // MOST_ROWS)}"),
        ]

    return [f"on paper, by the slope from {less:,} to {more:,} customers", *of(PROVINCE), *of(CUSTOMERS)]


def _cost(words: str, taken: Cost) -> str:
    return f"{words:58}{taken.wall:8.1f}{taken.cpu:8.1f}{taken.memory:6.0f}"


def _told(words: str, found: str) -> str:
    return f"{words:66}{found:>8}"
