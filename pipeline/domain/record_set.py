"""A register's records as they are asked for: one after the other, by key, by state, or counted.

A register may be larger than memory. Whoever needs but a number, or the few records that somebody waits for, asks for
just that; whoever needs them all takes one at a time.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from pipeline.domain.due import OverdueRule
from pipeline.domain.partition import PartitionRange
from pipeline.domain.record import RecordState

GroupBy = Literal["state", "owner", "area"]
"""What of a record tells where it stands."""


@dataclass(frozen=True, slots=True)
class RecordCount:
    """So many records, and how many of them are overdue."""

    records: int
    late: int = 0


class RecordSet(Mapping[str, RecordState]):
    """The records of one register by key, in key order."""

    @abstractmethod
    def each(self) -> Iterator[RecordState]:
        """Yield every record in key order."""

    @abstractmethod
    def within(self, extent: PartitionRange) -> RecordSet:
        """Return the records of *extent* alone, as a roll of their own."""

    @abstractmethod
    def standing_in(self, states: Collection[str]) -> Iterator[RecordState]:
        """Yield the records in *states* in key order."""

    @abstractmethod
    def version(self, states: Collection[str] | None = None) -> tuple[int, str]:
        """Return how many records there are (in *states* alone), and a text that is another one when any of them is."""

    @abstractmethod
    def count(
        self, standing: GroupBy, states: Collection[str] | None = None, overdue: OverdueRule | None = None
    ) -> dict[str, RecordCount]:
        """Count the records (those in *states* alone) by where they stand; with a rule, those of them that are *overdue*.

        Most first; of equally many those whose first key comes first.
        """

    @abstractmethod
    def count_values(self, fields: Sequence[str]) -> dict[str, dict[str, RecordCount]]:
        """Count the records by their values of each of *fields*, "" for none; in the order of ``count``.

        All fields are asked for at once, since it is going through the records that takes its time.
        """

    @abstractmethod
    def days_due(self, before: date) -> set[date]:
        """Return the days *before* that day on which records fell due."""

    @abstractmethod
    def lacking(self, closed: Collection[str], wanted: Collection[str]) -> Iterator[RecordState]:
        """Yield the records outside the states *closed* that lack one of the fields *wanted*, in key order."""

    @abstractmethod
    def expiring(self, closed: Collection[str], field: str, last: date) -> Iterator[RecordState]:
        """Yield the records outside the states *closed* whose day in *field* is *last* or earlier, in key order."""


class InMemoryRecords(RecordSet):
    """A register whose records are all in memory."""

    def __init__(self, entries: Mapping[str, RecordState]) -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> RecordState:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def each(self) -> Iterator[RecordState]:
        """Yield every record."""
        return iter(self._entries.values())

    def within(self, extent: PartitionRange) -> InMemoryRecords:
        """Return the records of *extent* alone."""
        return InMemoryRecords({key: entry for key, entry in self._entries.items() if extent.holds(entry)})

    def standing_in(self, states: Collection[str]) -> Iterator[RecordState]:
        """Yield the records in *states*."""
        return (entry for entry in self.each() if entry.state in states)

    def version(self, states: Collection[str] | None = None) -> tuple[int, str]:
        """Count the records and sum up their versions."""
        held = [entry.version for entry in (self.each() if states is None else self.standing_in(states))]
        return len(held), f"{sum(held)}/{max(held, default=0)}"

    def count(
        self, standing: GroupBy, states: Collection[str] | None = None, overdue: OverdueRule | None = None
    ) -> dict[str, RecordCount]:
        """Count the records by where they stand."""
        return _counted(self.each() if states is None else self.standing_in(states), attrgetter(standing), overdue)

    def count_values(self, fields: Sequence[str]) -> dict[str, dict[str, RecordCount]]:
        """Count the records by their values."""
        return {code: _counted(self.each(), _value(code)) for code in fields}

    def days_due(self, before: date) -> set[date]:
        """Return the days on which records fell due."""
        return {entry.due for entry in self.each() if entry.due and entry.due < before}

    def lacking(self, closed: Collection[str], wanted: Collection[str]) -> Iterator[RecordState]:
        """Yield the records that lack something."""
        codes = frozenset(wanted)
        return (entry for entry in self._open(closed) if not codes <= entry.values.keys())

    def expiring(self, closed: Collection[str], field: str, last: date) -> Iterator[RecordState]:
        """Yield the records that lapse."""
        until = last.isoformat()
        return (entry for entry in self._open(closed) if "" < str(entry.values.get(field, "")) <= until)

    def _open(self, closed: Collection[str]) -> Iterator[RecordState]:
        return (entry for entry in self.each() if entry.state not in closed)


def as_record_sets(held: Mapping[str, Mapping[str, RecordState]]) -> dict[str, RecordSet]:
    """Return *held* by register, each as a roll."""
    return {code: each if isinstance(each, RecordSet) else InMemoryRecords(each) for code, each in held.items()}


def by_key(entries: Iterable[RecordState]) -> dict[str, RecordState]:
    """Return *entries* by their keys."""
    return {entry.key: entry for entry in entries}


def _counted(
    entries: Iterable[RecordState], group: Callable[[RecordState], str], overdue: OverdueRule | None = None
) -> dict[str, RecordCount]:
    records: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for entry in entries:
        records[group(entry)] += 1
        late[group(entry)] += overdue is not None and overdue.is_overdue(entry)
    return {name: RecordCount(many, late[name]) for name, many in records.most_common()}


def _value(code: str) -> Callable[[RecordState], str]:
    return lambda entry: str(entry.values.get(code, ""))
