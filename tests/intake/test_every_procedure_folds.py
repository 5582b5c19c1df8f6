"""Of every procedure, whatever is handed in on whatever day: each record is the sum of its events, field by field, after
every run, after one is taken back, and in a ledger that is built anew from the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.rebuild import rebuild
from pipeline.commands.undo import undo
from pipeline.domain.place import Place
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import differences, fold_by_key
from pipeline.outside.ledger import open_ledger
from schemas.language import Catalogue
from schemas.language.catalogue import load_catalogue
from tests.intake.random_office import RandomOffice, States
from tests.office.world import drawing_nothing, in_this_process

SEEDS = 1
"""Offices of each procedure: raise it to look further."""
DAYS, MOST_DAYS = 3, 12
"""Runs of each office after the first; until there are records enough and one has come to a later state, so many at most."""
LEAST_OPENED = 3
PROCEDURES = [each.code for each in load_catalogue().procedures if not each.roster]


@dataclass
class Stored:
    """What a ledger holds: its records, and the events that stand, by register."""

    records: States
    events: Mapping[str, Sequence[Event]]


@dataclass
class Seen:
    """What a play has shown, so that it cannot prove nothing."""

    opened: int = 0
    led_on: set[str] = field(default_factory=set)
    """Seeds, registers and keys that have stood in a later state."""
    undone: int = 0
    _first: dict[str, str] = field(default_factory=dict)

    def look(self, records: States, seed: int) -> None:
        """Look at the records after a run."""
        for register, held in records.items():
            for key, record in held.items():
                name = f"{seed}/{register}/{key}"
                if record.state and self._first.setdefault(name, record.state) != record.state:
                    self.led_on.add(name)
        self.opened = max(self.opened, sum(map(len, records.values())))


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_record_is_the_sum_of_its_events(procedure: str, tmp_path: Path) -> None:
    seen = Seen()
    with in_this_process():
        for seed in range(SEEDS):
            folder = tmp_path / str(seed)
            folder.mkdir()
            _play(RandomOffice(folder, procedure, seed), seen)

    assert seen.opened >= LEAST_OPENED
    assert len(seen.led_on) >= 1
    assert seen.undone == SEEDS


def _play(played: RandomOffice, seen: Seen) -> None:
    settings, catalogue = played.office.settings, played.catalogue
    before = after = Stored({}, {})
    number = 0
    for day in range(MOST_DAYS + 1):
        if day > DAYS and seen.led_on and seen.opened >= LEAST_OPENED:
            break
        number = day + 1
        if day:
            played.go_on()
        else:
            played.begin()
        before, after = after, _stored(settings.ledger, catalogue)
        seen.look({each.code: after.records[each.code] for each in played.own}, played.seed)
        _must_be_sum(after, f"seed {played.seed}, run {day + 1}")

    with drawing_nothing():
        undo(settings, str(number), today=played.day)
    seen.undone += 1
    left = _stored(settings.ledger, catalogue)
    _must_be_sum(left, f"seed {played.seed}, run {number} taken back")
    assert _differing(left.records, before.records) == []

    to = f"sqlite:///{settings.ledger.removeprefix('sqlite:///')}.anew"
    with drawing_nothing():
        assert rebuild(settings, to).differing == {}
    built = _stored(to, catalogue)
    _must_be_sum(built, f"seed {played.seed}, built anew")
    assert _differing(built.records, left.records) == []


def _stored(url: str, catalogue: Catalogue) -> Stored:
    with open_ledger(url, create=False) as ledger, ledger.transaction() as uow:
        return Stored(
            {each.code: dict(uow.records.get(each.code)) for each in catalogue.registers},
            {each.code: list(uow.events.find(register=each.code)) for each in catalogue.registers},
        )


def _must_be_sum(stored: Stored, when: str) -> None:
    for register, records in stored.records.items():
        assert differences(records, fold_by_key(stored.events[register])) == {}, when
    summed = {register: _sums(events) for register, events in stored.events.items()}
    assert _differing(stored.records, summed) == [], when
    assert [each for events in stored.events.values() for each in _unlike_before(events)] == [], when


# the sum once more, written without a line of the product's own --------------------------------------------------------


def _sums(events: Iterable[Event]) -> dict[str, dict[str, Any]]:
    """By key, what a reader of the events alone would say of each record."""
    sums: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.key not in sums:
            sums[event.key] = dict.fromkeys(("state", "owner", "area", "why", "reason"), "") | {
                "register": event.register, "key": event.key, "values": {}, "since": None, "due": None, "notes": {},
                "source": Place(event.file, event.sheet, next(iter(event.cells.values()), "")),
            }  # fmt: skip
        record = sums[event.key]
        for code, value in event.values.items():
            if value is None:
                record["values"].pop(code, None)
            else:
                record["values"][code] = value
        if (
            event.state and event.state != record["state"]
        ):  # nobody has it yet, and what was said of the old state is past
            record |= {"state": event.state, "since": event.on, "due": event.due, "owner": ""}
            if event.form:
                record["reason"] = ""
        for name in ("owner", "area", "reason"):
            if getattr(event, name) is not None:
                record[name] = getattr(event, name)
        for name in ("due", "why"):
            if getattr(event, name):
                record[name] = getattr(event, name)
        if not event.action:
            record["notes"] |= event.notes
        record["version"] = event.number
    return sums


def _differing(records: States, others: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Every field in which two sets of records differ, with both of its values."""
    return [
        f"{register}/{key}.{each.name}: {_of(held.get(key), each.name)!r} / {_of(others[register].get(key), each.name)!r}"
        for register, held in records.items()
        for key in sorted(held.keys() | others[register].keys())
        for each in fields(RecordState)
        if _of(held.get(key), each.name) != _of(others[register].get(key), each.name)
    ]


def _of(record: Any, name: str) -> Any:
    if record is None:
        return "no record"
    return record[name] if isinstance(record, dict) else getattr(record, name)


def _unlike_before(events: Iterable[Event]) -> Iterator[str]:
    """Every event that says of what it changed that it held otherwise than the events before it add up to."""
    held: dict[str, dict[str, Any]] = {}
    last = 0
    for event in events:
        values = held.setdefault(event.key, {})
        stood = {code: values[code] for code in event.values if values.get(code) is not None}
        if stood != dict(event.before):
            yield f"{event.register}/{event.key} {event.number}: {dict(event.before)!r} is not {stood!r}"
        if event.opens != (not values) or event.number <= last:
            yield f"{event.register}/{event.key} {event.number}: out of order"
        values.update(event.values)
        last = event.number
