"""``python -m tests.faults [--page FILE]``: play the month with a fault a day, and say what each run ended with and said."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.faults.month import DAYS, FAULTS, Month, play
from tests.tools import postgres
from tests.tools.pages import write_figures

_LONGEST = 150


def table(month: Month, folder: Path) -> list[str]:
    """Return the faults as lines of a table."""
    rows = [f"| {each.name} | {each.code} | {_shortened(month.told.get(each.name, ''), folder)} |" for each in FAULTS]
    return [
        f"{DAYS} working days of two offices, one on PostgreSQL: {month.runs} runs, {len(FAULTS)} faults, {len(month.wrong)} things not as they have to be.",
        "",
        "| what went wrong | exit code | what the run said |",
        "|---|---|---|",
        *rows,
    ]


def _shortened(said: str, folder: Path) -> str:
    said = said.replace(str(folder), "…").replace(str(Path(__file__).parents[2]), "…")
    line = re.sub(r"host=[^&)]+", "host=…", re.sub(r"\s+", " ", said)).replace("|", "/")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def main() -> None:
    """Play, print, and write the page that is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--page", type=Path, help="the page that holds the figures")
    arguments = asked.parse_args()
    if postgres.binaries() is None:
        sys.exit("no PostgreSQL: apt-get install postgresql")
    with tempfile.TemporaryDirectory() as name, postgres.shared_server(Path(name)) as server:
        engine = create_engine(postgres.address(server, "postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE month"))
        engine.dispose()
        folder = Path(name) / "month"
        folder.mkdir()
        month = play(folder, postgres.address(server, "month"))
    lines = table(month, folder)
    sys.stdout.write("\n".join([*lines, *month.wrong]) + "\n")
    if arguments.page and not month.wrong:
        write_figures(arguments.page, "python -m tests.faults", "\n".join([*lines, ""]))
    sys.exit(bool(month.wrong))


if __name__ == "__main__":
    main()
