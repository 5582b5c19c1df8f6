"""A run that would find nothing new is over before it begins: cron's usual one, every few minutes of the day.

Whatever a run is made from is summed up beforehand: the day, the settings, the program, the listings of inbox, outbox and
what else it reads. A run that finds nothing to do leaves that sum in the ledger, with the minute until which the clock
changes nothing; while both stand, the next one would find nothing either. Every command that may write forgets it first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import schemas
from pipeline.domain.due import OverdueRule
from pipeline.domain.run_summary import RunSummary
from pipeline.errors import RuwangError
from pipeline.outside.files.listing import FolderEntry, list_files
from pipeline.outside.files.outbox import own_key
from pipeline.outside.ledger import UnitOfWork, open_ledger
from pipeline.outside.locking.exclusive_ledger import is_under_way
from pipeline.settings import Settings
from pipeline.settings.clock import judged_at, now_in_office
from schemas.language import Catalogue

_CODE = tuple(Path(path).parent for path in (__file__, schemas.__file__))
_COARSEST = 2_000_000_000
"""Nanoseconds within which a folder may tell two changes of one file alike: two seconds on a FAT disk."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What a run is made from, summed up at ``taken``; ``newest`` is the last change of a file among it, in ns."""

    value: str
    taken: datetime
    newest: int

    @property
    def is_sure(self) -> bool:
        """Tell whether every file has lain still long enough for its next change to show in the listing."""
        return self.newest + _COARSEST < self.taken.timestamp() * 1e9


def premises_of(settings: Settings, day: date) -> Premises:
    """Sum up what a run on *day* is made from, but for the ledger."""
    taken, newest = now_in_office(settings), 0
    key = own_key(settings.outbox) if settings.worklist_passwords.get_secret_value() else b""
    total = hashlib.blake2b(f"{day}\n{settings.model_dump_json()}\n".encode(), key=key)
    total.update(settings.worklist_passwords.get_secret_value().encode())
    total.update(f"{settings.inbox.is_dir()}\n".encode())  # an empty one shows in no listing
    for each in _files(settings):
        newest = max(newest, each.changed)
        total.update(f"{each}\n".encode(errors="surrogateescape"))
    return Premises(total.hexdigest(), taken, newest)


def _files(settings: Settings) -> Iterator[FolderEntry]:
    left = {settings.archive, settings.mail_folder}
    yield from list_files(settings.inbox)
    published = list_files(settings.outbox, lambda folder: folder not in left)
    yield from (each for each in published if not each.is_hidden)  # a run's own: its lock, its key
    yield from list_files(settings.archive, lambda folder: False)
    yield from list_files(settings.backups)
    for folder in (*_CODE, settings.procedures_folder):
        if folder is not None:
            yield from list_files(folder, lambda folder: folder.name != "__pycache__")


def unchanged(settings: Settings, *, today: date | None, clock: time | None) -> RunSummary | None:
    """Return what a run on *today* at *clock* would say where it would find nothing new, None where it may find something.

    Nothing is written. What is wrong (no ledger, a damaged one) is the run's to say.
    """
    at = judged_at(now_in_office(settings), today, clock)
    try:
        if is_under_way(settings.ledger, settings.lock_folder):
            return None
        with open_ledger(settings.ledger, create=False) as ledger, ledger.transaction() as uow:
            kept = uow.about.unchanged()
            if kept is None or not kept["from"] <= _minute(at) <= kept["until"]:
                return None
            if kept["inputs"] != premises_of(settings, at.date()).value:
                return None
    except (RuwangError, OSError):
        return None
    return RunSummary.from_json(kept["summary"])


def remember(uow: UnitOfWork, catalogue: Catalogue, inputs: Premises, at: datetime, summary: RunSummary) -> None:
    """Keep that a run judged by *at*, made from *inputs*, found nothing new; *summary* is what it said."""
    rules = {register.code: OverdueRule.of(register, at) for register in catalogue.registers}
    moments = (uow.records.next_due_moment(code, rule) for code, rule in rules.items())
    until = min(filter(None, moments), default=datetime.combine(at.date(), time.max))
    uow.about.set_unchanged(
        {
            "inputs": inputs.value,
            "from": _minute(at),
            "until": _minute(until),
            "summary": summary.to_json(),
        }
    )


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
