"""Where the time of a run goes, step by step: ``python -m tests.bench.where FOLDER`` runs the office that lies there."""

from __future__ import annotations

import cProfile
import pstats
import sys
from datetime import date
from pathlib import Path

from pipeline.commands.run import run
from pipeline.settings import load_settings

STEPS = (
    ("read the sheets (other processes: waiting)", "collect.py", "collect"),
    ("check", "check_actions.py", "check_sheets"),
    ("merge", "keep_rows_whole.py", "merge_whole"),
    ("assign", "assign_records.py", "give"),
    ("look for doubles", "duplicates.py", "update_pairs"),
    ("ledger: write events", "events.py", "add"),
    ("ledger: write records", "records.py", "put"),
    ("ledger: read records, one by one", "sql_records.py", "read_entries"),
    ("snapshot of the office", "reports.py", "snapshot"),
    ("master", "master.py", "master"),
    ("worklists", "worklist.py", "worklist"),
    ("exceptions", "exceptions.py", "exceptions"),
    ("handover", "handover.py", "handover"),
    ("page", "page.py", "page"),
    ("write files", "outgoing.py", "write_files"),
    ("archive", "collect.py", "archive"),
    ("back up the ledger", "backups.py", "back_up"),
)
"""What to call it, and the function whose time, with all it calls, it is."""


def where(place: Path, day: date) -> list[tuple[str, float]]:
    """Run the office at *place* under the profiler; return seconds by step, the whole first. Steps may hold others."""
    given = {"inbox": place / "inbox", "outbox": place / "outbox", "ledger": f"sqlite:///{place / 'ledger.db'}"}
    settings = load_settings(given, environ={}, folder=place).settings
    profile = cProfile.Profile()
    profile.runcall(run, settings, today=day)
    taken: dict[tuple[str, str], float] = {}
    for (file, _, name), (_, _, _, seconds, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        taken[Path(file).name, name] = max(seconds, taken.get((Path(file).name, name), 0.0))
    return [("all", taken["run.py", "run"]), *((words, taken.get((file, name), 0.0)) for words, file, name in STEPS)]


def table(steps: list[tuple[str, float]]) -> list[str]:
    """Return the steps as lines, each with its share."""
    whole = steps[0][1]
    return [f"{words:44}{seconds:8.2f} s{100 * seconds / whole:6.0f} %" for words, seconds in steps]


if __name__ == "__main__":
    print("\n".join(table(where(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])))))
