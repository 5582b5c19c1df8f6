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

from pipeline.domain.partition import Extent
from pipeline.domain.record import Entry

Standing = Literal["state", "owner", "area"]
"""What of a record tells where it stands."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many records, and how many of them are late."""

    records: int
    late: int = 0


class Roll(Mapping[str, Entry]):
    """The records of one register by key, in key order."""

    @abstractmethod
    def each(self) -> Iterator[Entry]:
        """Yield every record in key order."""

    @abstractmethod
    def within(self, extent: Extent) -> Roll:
        """Return the records of *extent* alone, as a roll of their own."""

    @abstractmethod
    def standing_in(self, states: Collection[str]) -> Iterator[Entry]:
        """Yield the records in *states* in key order."""

    @abstractmethod
    def version(self, states: Collection[str] | None = None) -> tuple[int, str]:
        """Return how many records there are (in *states* alone), and a text that is another one when any of them is."""

    @abstractmethod
    def count(self, today: date, standing: Standing, states: Collection[str] | None = None) -> dict[str, Count]:
        """Count the records (those in *states* alone) by where they stand.

        Most first; of equally many those whose first key comes first.
        """

    @abstractmethod
    def count_values(self, today: date, fields: Sequence[str]) -> dict[str, dict[str, Count]]:
        """Count the records by their values of each of *fields*, "" for none; in the order of ``count``.

        All fields are asked for at once, since it is going through the records that takes its time.
        """

    @abstractmethod
    def days_due(self, before: date) -> set[date]:
        """Return the days *before* that day on which records fell due."""

    @abstractmethod
    def lacking(self, closed: Collection[str], wanted: Collection[str]) -> Iterator[Entry]:
        """Yield the records outside the states *closed* that lack one of the fields *wanted*, in key order."""

    @abstractmethod
    def lapsing(self, closed: Collection[str], field: str, last: date) -> Iterator[Entry]:
        """Yield the records outside the states *closed* whose day in *field* is *last* or earlier, in key order."""


class HeldRoll(Roll):
    """A register whose records are all in memory."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def each(self) -> Iterator[Entry]:
        """Yield every record."""
        return iter(self._entries.values())

    def within(self, extent: Extent) -> HeldRoll:
        """Return the records of *extent* alone."""
        return HeldRoll({key: entry for key, entry in self._entries.items() if extent.holds(entry)})

    def standing_in(self, states: Collection[str]) -> Iterator[Entry]:
        """Yield the records in *states*."""
        return (entry for entry in self.each() if entry.state in states)

    def version(self, states: Collection[str] | None = None) -> tuple[int, str]:
        """Count the records and sum up their versions."""
        held = [entry.version for entry in (self.each() if states is None else self.standing_in(states))]
        return len(held), f"{sum(held)}/{max(held, default=0)}"

    def count(self, today: date, standing: Standing, states: Collection[str] | None = None) -> dict[str, Count]:
        """Count the records by where they stand."""
        return _counted(self.each() if states is None else self.standing_in(states), attrgetter(standing), today)

    def count_values(self, today: date, fields: Sequence[str]) -> dict[str, dict[str, Count]]:
        """Count the records by their values."""
        return {code: _counted(self.each(), _value(code), today) for code in fields}

    def days_due(self, before: date) -> set[date]:
        """Return the days on which records fell due."""
        return {entry.due for entry in self.each() if entry.due and entry.due < before}

    def lacking(self, closed: Collection[str], wanted: Collection[str]) -> Iterator[Entry]:
        """Yield the records that lack something."""
        codes = frozenset(wanted)
        return (entry for entry in self._open(closed) if not codes <= entry.values.keys())

    def lapsing(self, closed: Collection[str], field: str, last: date) -> Iterator[Entry]:
        """Yield the records that lapse."""
        until = last.isoformat()
        return (entry for entry in self._open(closed) if "" < str(entry.values.get(field, "")) <= until)

    def _open(self, closed: Collection[str]) -> Iterator[Entry]:
        return (entry for entry in self.each() if entry.state not in closed)


def as_rolls(held: Mapping[str, Mapping[str, Entry]]) -> dict[str, Roll]:
    """Return *held* by register, each as a roll."""
    return {code: each if isinstance(each, Roll) else HeldRoll(each) for code, each in held.items()}


def by_key(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return *entries* by their keys."""
    return {entry.key: entry for entry in entries}


def _counted(entries: Iterable[Entry], group: Callable[[Entry], str], today: date) -> dict[str, Count]:
    records: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for entry in entries:
        records[group(entry)] += 1
        late[group(entry)] += entry.due is not None and entry.due < today
    return {name: Count(many, late[name]) for name, many in records.most_common()}


def _value(code: str) -> Callable[[Entry], str]:
    return lambda entry: str(entry.values.get(code, ""))
