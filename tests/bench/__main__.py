"""`make bench`: the first load of an office, by the pipeline and by a plain script, in one run; prints the ratio."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from tests.bench import sheets


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sheets", type=int, default=2000)
    options.add_argument("--rows", type=int, default=20)
    options.add_argument("--page", type=Path, help="write the figures there, too")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sheets.write(place / "plain-inbox", asked.sheets, asked.rows)
        sheets.write(place / "inbox", asked.sheets, asked.rows)
        office(place)
        plain = cpu_and_wall(
            [
                sys.executable,
                str(Path(__file__).with_name("plain.py")),
                str(place / "plain-inbox"),
                str(place / "plain"),
            ],
            place,
        )
        ours = cpu_and_wall(
            [sys.executable, "-m", "pipeline", "run", "--today", "2026-11-02", "--inbox", str(place / "inbox")]
            + ["--outbox", str(place / "outbox"), "--ledger", f"sqlite:///{place / 'ledger.db'}", "--json"],
            place,
        )
        rows = asked.sheets * asked.rows
        assert rows_in(place / "outbox" / "master.xlsx") >= rows, "the master does not hold every customer"
        assert rows_in(place / "plain" / "master.xlsx") >= rows
    table = [
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        f"{asked.sheets} sheets of {asked.rows} rows, {rows} customers, from empty",
        f"{'':24}{'wall s':>8}{'CPU s':>8}",
        *(f"{name:24}{wall:8.1f}{cpu:8.1f}" for name, (wall, cpu) in (("plain script", plain), ("pipeline run", ours))),
        f"{'ratio, plain / pipeline':24}{plain[0] / ours[0]:8.1f}{plain[1] / ours[1]:8.1f}",
    ]
    print("\n".join(table))
    if asked.page:
        asked.page.write_text(PAGE.format(table="\n".join(table)), encoding="utf-8")


PAGE = """# What it costs

Written by `make bench`; the figures are of one run on one machine, the ratio is what to look at.

```
{table}
```

Both read the same sheets and check the same rules. The plain script (`tests/bench/plain.py`) is told where the header is: pandas with
openpyxl, pandera once a file, `to_excel` for the master and a list an area. The pipeline finds the header by itself, keeps every value's
place and history in the ledger, and writes master, worklists, exceptions, handover files and mails.
"""


def office(place: Path) -> None:
    """Drop the roster, filled as the demo fills it."""
    from pipeline.demo import filled
    from pipeline.render.template import template
    from schemas.catalogue import load
    from schemas.roster.samples import AREAS, PEOPLE

    for drop in (PEOPLE, AREAS):
        form = load().form(drop.form)
        (place / "inbox" / drop.name).write_bytes(filled(template(form, drop.layout, "zh", ""), form, drop))


def cpu_and_wall(command: list[str], folder: Path) -> tuple[float, float]:
    """Run *command* and return its wall and CPU seconds, children included."""
    import time

    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows_in(path: Path) -> int:
    """Return the rows below the header of the first sheet."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if any(row)) - 1


if __name__ == "__main__":
    main()
