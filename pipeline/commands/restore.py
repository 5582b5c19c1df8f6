"""Writes the master as it stood at the end of a day, from the events of the runs up to it. The live one is not touched.

What was taken back later counted then, and counts here.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline.assign.build_roster import build_roster
from pipeline.commands.reading import reading
from pipeline.domain.balance import Balance, Flow, RecordsHeld
from pipeline.domain.data_quality import assess_portfolios
from pipeline.domain.office import Office
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.record_set import as_record_sets
from pipeline.errors import RuwangError
from pipeline.intake.take_in import in_force_on
from pipeline.outside.files.outbox import publish_file
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.stage_log import logged
from pipeline.publish.master_partitions import divide
from pipeline.publish.reports import CHANGES_ARE_SHOWN, IGNORED_ROWS_ARE_SHOWN, changes_told, elapsed_days
from pipeline.render.reports.master import master, part_of_master
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Catalogue, Localized

_log = logging.getLogger(__name__)

FOLDER = "restored"

_Lives = Mapping[str, Mapping[str, Sequence[Event]]]
"""Events by register and key, in order."""


class NothingThenError(RuwangError):
    """There was no run up to the day asked for."""

    exit_code = 2


def restore(settings: Settings, day: date, to: Path | None = None) -> Path:
    """Write the master as of the end of *day* to the file *to* (default: ``outbox/restored/``) and return its path.

    Raise NothingThenError when no run had been made by then.
    """
    with reading(settings) as uow:
        office = _office(uow, in_force(settings), settings, day)
    path = to or settings.outbox / FOLDER / f"master-{day.isoformat()}.xlsx"
    parts = divide(office, settings.master_rows, path.stem)
    with logged(_log, "publish"):
        for part in parts:
            publish_file(path.parent / part.path, part_of_master(office, part))
        publish_file(path, master(office, parts=parts))
    return path


def _office(uow: UnitOfWork, catalogue: Catalogue, settings: Settings, day: date) -> Office:
    run = max((number for number, ran in uow.runs.days().items() if ran <= day), default=0)
    if not run:
        raise NothingThenError(
            Localized(f"{day.isoformat()} 及以前没有运行过", f"there was no run up to {day.isoformat()}")
        )
    events = [
        event
        for event in uow.events.find(undone=True)
        if event.run <= run and (event.undone is None or event.undone > run)
    ]
    lives = _by_record(events)
    entries = {register.code: _sums(lives[register.code]) for register in catalogue.registers}
    held = {
        register.code: {
            key: in_force_on(register, entry, day, _life(lives, register.code, key))
            for key, entry in entries[register.code].items()
        }
        for register in catalogue.roster.registers
    }
    roster = build_roster(catalogue, held, day)
    rolls = as_record_sets(entries)
    findings = uow.findings.open_after(run)
    told = uow.submissions.known({each.finding.submission for each in findings})
    ignored = uow.submissions.with_ignored_rows(day - IGNORED_ROWS_ARE_SHOWN)
    changes = [event for event in events if event.form and not event.opens and event.on]
    return Office(
        name=settings.office_name,
        today=day,
        language=settings.language,
        catalogue=catalogue,
        roster=roster,
        run=run,
        state=f"{max((event.number for event in events), default=0)}/{run}",
        kept=assess_portfolios(catalogue, rolls, roster, day),
        elapsed=elapsed_days(rolls, findings, day),
        balance=_balance(uow, catalogue, run, lives, entries),
        entries=rolls,
        findings=findings,
        lately=[each for each in ignored if each.run <= run],
        archived={sha256: submission.archived for sha256, submission in told.items()},
        pending=[
            each for register in catalogue.registers for each in uow.pending_changes.waiting_after(register.code, run)
        ],
        changes=list(
            changes_told(
                catalogue, entries, (each for each in changes if each.on and each.on >= day - CHANGES_ARE_SHOWN)
            )
        ),
    )


def _by_record(events: Sequence[Event]) -> _Lives:
    lives: dict[str, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        lives[event.register][event.key].append(event)
    return lives


def _sums(lives: Mapping[str, Sequence[Event]]) -> dict[str, RecordState]:
    sums = {key: fold(lives[key]) for key in sorted(lives)}
    return {key: entry for key, entry in sums.items() if entry is not None}


def _life(lives: _Lives, register: str, key: str) -> Callable[[], Sequence[Event]]:
    return lambda: lives[register][key]


def _balance(
    uow: UnitOfWork,
    catalogue: Catalogue,
    run: int,
    lives: _Lives,
    entries: Mapping[str, Mapping[str, RecordState]],
) -> Balance | None:
    """The sums as the last run up to *run* kept them; None when it kept none."""
    for number, summary in uow.runs.summaries():
        if number <= run and "balance" in summary:
            kept = summary["balance"]
            registers = {}
            for register in catalogue.registers:
                records = len(entries[register.code])
                opened = sum(1 for life in lives[register.code].values() for event in life if event.opens)
                registers[register.code] = RecordsHeld(opened, 0, records)
            return Balance(Flow.from_json(kept["latest"]), Flow.from_json(kept["total"]), registers)
    return None
