"""The books as they stood: at a position of the events, or when a run had ended.

Both are read like a ``UnitOfWork``, by the same names, so that whoever reads the books as they stand can read them as
they stood: a record is the sum of the events that counted then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pipeline.domain.customizations import Additions
from pipeline.domain.finding import OpenFinding
from pipeline.domain.pending import Pending
from pipeline.domain.position import Position
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.record_set import InMemoryRecords
from pipeline.domain.submission import Submission
from pipeline.domain.trends import FindingSeen, RunSeen
from pipeline.outside.ledger.events import Events
from pipeline.outside.ledger.unit_of_work import UnitOfWork


class PastEvents:
    """The events that counted at a position, those of the numbers *without* left out."""

    def __init__(self, events: Events, position: Position, without: Iterable[int] = ()) -> None:
        self._events = events
        self._position = position
        self._without = frozenset(without)
        self._whole: dict[str, dict[str, list[Event]]] = {}

    def position(self) -> Position:
        """Return what tells how the books stood."""
        return self._position

    def find(
        self, *, register: str = "", key: str = "", since: date | None = None, changes: bool = False
    ) -> list[Event]:
        """Return events in order, as ``Events.find`` does; an event that was taken back later counted then."""
        if register and register in self._whole:
            lives = self._whole[register]
            found = [event for life in ([lives.get(key, [])] if key else lives.values()) for event in life]
        else:
            found = list(self._counting(self._events.find(register=register, key=key, since=since, undone=True)))
        return sorted(
            (
                event
                for event in found
                if (since is None or (event.on is not None and event.on >= since))
                and (not changes or (event.form and not event.opens))
            ),
            key=lambda event: event.number,
        )

    def by_key(self, register: str) -> Mapping[str, list[Event]]:
        """Return the events of each record of *register*, kept from the first time on."""
        if register not in self._whole:
            lives: dict[str, list[Event]] = defaultdict(list)
            for event in self._counting(self._events.find(register=register, undone=True)):
                lives[event.key].append(event)
            self._whole[register] = {key: lives[key] for key in sorted(lives)}
        return self._whole[register]

    def keys_changed_since(self, register: str) -> set[str]:
        """Return the keys of the records of *register* that have changed since."""
        return self._events.keys_changed(register, self._position.event, self._position.undone)

    def count_openings(self, register: str) -> tuple[int, int]:
        """Return how many records of *register* sheets had opened, and how many of those had been taken back."""
        return self._events.count_openings(register, self._position)

    def count_steps(self, since: date) -> dict[str, int]:
        """Return by actor's name how many steps led records from state to state since a day."""
        return dict(
            Counter(event.actor for event in self.find(since=since, changes=True) if event.state and event.actor)
        )

    def _counting(self, events: Iterable[Event]) -> Iterator[Event]:
        return (event for event in events if self._position.counts(event) and event.number not in self._without)


class PastRecords:
    """Records as the events that counted made them."""

    def __init__(self, events: PastEvents) -> None:
        self._events = events
        self._whole: dict[str, dict[str, RecordState]] = {}

    def find(self, register: str, key: str) -> RecordState | None:
        """Return the record *key* as it stood, None when there was none."""
        if register in self._whole:
            return self._whole[register].get(key)
        return fold(self._events.find(register=register, key=key))

    def get(self, register: str, *, keys: Iterable[str] | None = None) -> dict[str, RecordState]:
        """Return a register's records by key, in key order: all, or those of *keys*."""
        if keys is not None:
            found = {key: self.find(register, key) for key in sorted(set(keys))}
            return {key: record for key, record in found.items() if record is not None}
        if register not in self._whole:
            sums = {key: fold(events) for key, events in self._events.by_key(register).items()}
            self._whole[register] = {key: record for key, record in sums.items() if record is not None}
        return self._whole[register]

    def of_register(self, register: str) -> InMemoryRecords:
        """Return a register's records."""
        return InMemoryRecords(self.get(register))

    def count(self, register: str) -> int:
        """Return how many records *register* held."""
        return len(self.get(register))


class PastRegisters:
    """The registers as they stood at a position."""

    def __init__(self, uow: UnitOfWork, position: Position, without: Iterable[int] = ()) -> None:
        self.events = PastEvents(uow.events, position, without)
        self.records = PastRecords(self.events)


class PointInTime(PastRegisters):
    """All the books as they stood when *run* had ended.

    What the ledger keeps no history of is given as it stands: what staff added to the master and
    what became of a sheet that was dropped again later.
    """

    def __init__(self, uow: UnitOfWork, run: int) -> None:
        super().__init__(uow, uow.events.position(run))
        self.findings = _PastFindings(uow, run)
        self.pending_changes = _PastPendingChanges(uow, run)
        self.submissions = _PastSubmissions(uow, run)
        self.runs = _PastRuns(uow, run)
        self.reports = _Customizations(uow)


class _Past:
    def __init__(self, uow: UnitOfWork, run: int) -> None:
        self._uow = uow
        self._run = run


class _PastFindings(_Past):
    def open(self) -> list[OpenFinding]:
        """Return what waited to be mended, oldest first."""
        return self._uow.findings.open_after(self._run)

    def seen(self, since: date) -> list[FindingSeen]:
        """Return the errors and warnings opened or closed since a day, and those that were still open."""
        return self._uow.findings.seen(since, self._run)


class _PastPendingChanges(_Past):
    def waiting(self, register: str) -> list[Pending]:
        """Return the changes of a register that waited for their day, the earliest first."""
        return self._uow.pending_changes.waiting_after(register, self._run)


class _PastSubmissions(_Past):
    def known(self, hashes: Iterable[str]) -> dict[str, Submission]:
        """Return those of *hashes* that were handled."""
        return self._uow.submissions.known(hashes)

    def with_ignored_rows(self, since: date) -> list[Submission]:
        """Return the files since a day in which rows were left out as no data, newest first."""
        return [each for each in self._uow.submissions.with_ignored_rows(since) if each.run <= self._run]


class _PastRuns(_Past):
    def with_news(self, most: int) -> list[RunSeen]:
        """Return the last runs up to then that read or refused a file, newest first."""
        return self._uow.runs.with_news(most, self._run)

    def summaries(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Return number and summary of the runs up to then that have one, newest first."""
        return (each for each in self._uow.runs.summaries() if each[0] <= self._run)


class _Customizations:
    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def customizations(self) -> Additions:
        """Return what staff have added to the master by now."""
        return self._uow.reports.customizations()


Books = UnitOfWork | PointInTime
"""The books to read, as they stand or as they stood."""
