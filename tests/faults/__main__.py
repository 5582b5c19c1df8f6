"""``python -m tests.faults [--bare] [--page FILE]``: play the month with a fault a day, and say what each run ended with and said."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy import text as sql

from tests.faults.bare_machine import debian, missing, month_of, wheelhouse
from tests.faults.month import FAULTS, Cron, Month, play, two_offices
from tests.faults.program import WITHIN, Installed
from tests.tools import postgres
from tests.tools.pages import write_figures

_LONGEST = 150
BARE = "python -m tests.faults --bare"


def table(month: Month, folder: Path) -> list[str]:
    """Return the faults as lines of a table."""
    rows = [f"| {each.name} | {each.code} | {_shortened(month.told.get(each.name, ''), folder)} |" for each in FAULTS]
    return [
        f"{len(FAULTS) + 1} working days of two offices, one on PostgreSQL: {month.runs} runs, {len(FAULTS)} faults, {len(month.wrong)} things not as they have to be.",
        "",
        "| what went wrong | exit code | what the run said |",
        "|---|---|---|",
        *rows,
    ]


def _shortened(said: str, folder: Path) -> str:
    said = said.replace(str(folder), "…").replace(str(Path(__file__).parents[2]), "…")
    line = re.sub(r"host=[^&)]+", "host=…", re.sub(r"\s+", " ", said)).replace("|", "/")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


@contextmanager
def _played_by(arguments: argparse.Namespace, folder: Path, server: Path) -> Iterator[tuple[Cron, Cron]]:
    """Make the two offices in *folder*, run by the program that was asked for; the second's ledger is on *server*."""
    engine = create_engine(postgres.address(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sql("CREATE DATABASE month"))
    engine.dispose()
    url = postgres.address(server, "month")
    if not arguments.bare:
        yield two_offices(folder, url, Installed(arguments.pipeline) if arguments.pipeline else WITHIN)
        return
    yield month_of(debian(folder / "machine"), wheelhouse(), url, server)


def main() -> None:
    """Play, print, and write the page that is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--page", type=Path, help="the page that holds the figures")
    program = asked.add_mutually_exclusive_group()
    program.add_argument(
        "--pipeline", type=Path, help="the installed program that is played; else the code beside the tests"
    )
    program.add_argument(
        "--bare", action="store_true", help="installed as docs/ops.md says on a bare Debian without network"
    )
    arguments = asked.parse_args()
    if postgres.binaries() is None:
        sys.exit("no PostgreSQL: apt-get install postgresql")
    if arguments.bare and (why := missing() or ("" if shutil.which("debootstrap") else "apt-get install debootstrap")):
        sys.exit(f"no bare machine: {why}")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, postgres.shared_server(Path(name)) as server:
        folder = Path(name) / "month"
        folder.mkdir()
        with _played_by(arguments, folder, server) as offices:
            month = play(offices)
    lines = table(month, folder)
    minutes = (time.monotonic() - begun) / 60
    made = f"Made by `{BARE}` on {time.strftime('%Y-%m-%d')} in {minutes:.0f} minutes."
    sys.stdout.write("\n".join([*lines, *month.wrong]) + "\n")
    if arguments.page and not month.wrong:
        text = [lines[0], "", made, ""] if arguments.bare else [*lines, ""]
        write_figures(arguments.page, BARE if arguments.bare else "python -m tests.faults", "\n".join(text))
    sys.exit(bool(month.wrong))


if __name__ == "__main__":
    main()
