"""The master of an office drawn by itself, from its ledger as it stands: ``python -m tests.bench.master FOLDER DAY``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tests.bench.measure import Cost, peak_memory, script, timed


def write_master(place: Path, day: str) -> tuple[Cost, int]:
    """Return what drawing the master of the office at *place* takes, in a process of its own, and its columns."""
    told = json.loads(script("tests.bench.master", str(place), day))
    return Cost(**told["cost"]), told["columns"]


def _main(place: Path, day: date) -> None:
    from pipeline.intake.roster import read_roster
    from pipeline.outside.ledger import open_ledger
    from pipeline.outside.workers.gc_paused import gc_paused
    from pipeline.publish.snapshot import snapshot
    from pipeline.render.reports.master import master, register_table
    from pipeline.settings import load_settings
    from pipeline.settings.catalogue import in_force

    settings = load_settings({"ledger": f"sqlite:///{place / 'ledger.db'}"}, environ={}, folder=place).settings
    catalogue, ledger = in_force(settings), open_ledger(settings.ledger)
    with gc_paused(), ledger.transaction() as uow:  # as a run does it
        roster = read_roster(catalogue, uow, day)
        office = snapshot(uow, catalogue, roster, name="", language="zh", day=day, run=0)
        taken = timed(lambda: len(master(office)))
        columns = len(register_table(office, catalogue.register("customers"), []).columns)
    ledger.close()
    print(json.dumps({"cost": asdict(Cost(taken.wall, taken.cpu, peak_memory())), "columns": columns}))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
