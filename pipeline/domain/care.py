"""Records that somebody looks after for good, whatever their stage: what lapses soon, and whose data are incomplete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.record import Entry
from pipeline.domain.roster import Roster
from schemas.form import Care, Catalogue, Field, Means, Register


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A record with fields that are wanted of it and blank."""

    entry: Entry
    wanted: int
    missing: tuple[Field, ...]

    @property
    def percent(self) -> int:
        """How much of what is wanted is filled, rounded down: 100 only when nothing is missing."""
        return 100 * (self.wanted - len(self.missing)) // self.wanted


@dataclass(frozen=True, slots=True)
class Kept:
    """What one person looks after in one register. ``lapsing`` are sorted by their day, ``incomplete`` worst first."""

    register: Register
    records: int
    percent: float
    """The average of all ``records``, complete ones among them."""
    lapsing: Sequence[tuple[date, Entry]]
    incomplete: Sequence[Incomplete]


def look_after(
    catalogue: Catalogue, entries: Mapping[str, Mapping[str, Entry]], roster: Roster, day: date
) -> dict[str, list[Kept]]:
    """Return by staff number, "" for what nobody looks after, what each keeps of every register that declares care.

    A record is kept by who serves its area in the register's ``Care.role``: it stays with that person when its
    procedure is over, and moves with the area.
    """
    found: dict[str, list[Kept]] = defaultdict(list)
    for register in catalogue.registers:
        if register.care is None:
            continue
        keepers: dict[str, list[Entry]] = defaultdict(list)
        closed = {state.code for state in register.states if state.closed}
        for entry in entries.get(register.code, {}).values():
            if entry.state not in closed:
                keepers[_keeper(register.care, entry, roster)].append(entry)
        for number, kept in keepers.items():
            found[number].append(_kept(register, register.care, kept, day))
    return dict(found)


def _keeper(care: Care, entry: Entry, roster: Roster) -> str:
    area = roster.areas.get(entry.area)
    number = area.served_by.get(care.role, "") if area else ""
    return number if number in roster.people else ""


def _kept(register: Register, care: Care, entries: Sequence[Entry], day: date) -> Kept:
    wanted = [register.field(code) for code in care.wanted]
    codes = frozenset(care.wanted)
    lapses = register.meaning(Means.EXPIRES)
    last = (day + timedelta(days=care.expires_within)).isoformat() if care.expires_within and lapses else ""
    lapsing: list[tuple[date, Entry]] = []
    incomplete: list[Incomplete] = []
    total = 0.0
    for entry in entries:
        if lapses is not None and "" < (until := str(entry.values.get(lapses.code, ""))) <= last:
            lapsing.append((date.fromisoformat(until), entry))
        if codes <= entry.values.keys():  # most records are complete: they are not looked at field by field
            total += 100
            continue
        asked = [field for field in wanted if not field.required_when or _asked(field, entry)]
        missing = tuple(field for field in asked if field.code not in entry.values)
        total += 100 * (1 - len(missing) / len(asked)) if asked else 100
        if missing:
            incomplete.append(Incomplete(entry, len(asked), missing))
    lapsing.sort(key=lambda pair: (pair[0], pair[1].key))
    incomplete.sort(key=lambda each: (each.percent, each.entry.key))
    return Kept(register, len(entries), total / len(entries), lapsing, incomplete)


def _asked(field: Field, entry: Entry) -> bool:
    """A field that is required only under conditions is wanted only where they hold."""
    return all(entry.values.get(code) in allowed for code, allowed in field.required_when)
