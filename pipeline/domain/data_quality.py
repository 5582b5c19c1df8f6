"""Records that somebody looks after for good, whatever their stage: what lapses soon, and whose data are incomplete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.domain.record import RecordState
from pipeline.domain.record_set import RecordCount, RecordSet
from pipeline.domain.roster import Roster
from schemas.language import Catalogue, DataQuality, Field, FieldRole, Register


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A record with fields that are wanted of it and blank."""

    entry: RecordState
    wanted: int
    missing: tuple[Field, ...]

    @property
    def percent(self) -> int:
        """How much of what is wanted is filled, rounded down: 100 only when nothing is missing."""
        return 100 * (self.wanted - len(self.missing)) // self.wanted


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What one person looks after in one register. ``expiring`` are sorted by their day, ``incomplete`` worst first."""

    register: Register
    records: int
    percent: float
    """The average of all ``records``, complete ones among them."""
    expiring: Sequence[tuple[date, RecordState]]
    incomplete: Sequence[Incomplete]


def assess_portfolios(
    catalogue: Catalogue, entries: Mapping[str, RecordSet], roster: Roster, day: date
) -> dict[str, list[Portfolio]]:
    """Return by staff number, "" for what nobody looks after, what each keeps of every register that declares care.

    A record is kept by who serves its area in the register's ``DataQuality.role``: it stays with that person when its
    procedure is over, and moves with the area.
    """
    found: dict[str, list[Portfolio]] = defaultdict(list)
    for register in catalogue.registers:
        if register.care is None:
            continue
        for number, kept in _keepers(register, register.care, entries[register.code], roster, day).items():
            found[number].append(kept.told(register))
    return dict(found)


@dataclass(slots=True)
class _Keeper:
    """What one person looks after, as it is summed up."""

    records: int = 0
    percents: float = 0.0
    expiring: list[tuple[date, RecordState]] = field(default_factory=list)
    incomplete: list[Incomplete] = field(default_factory=list)

    def told(self, register: Register) -> Portfolio:
        self.expiring.sort(key=lambda pair: (pair[0], pair[1].key))
        self.incomplete.sort(key=lambda each: (each.percent, each.entry.key))
        return Portfolio(register, self.records, self.percents / self.records, self.expiring, self.incomplete)


def _keepers(
    register: Register, care: DataQuality, record_set: RecordSet, roster: Roster, day: date
) -> dict[str, _Keeper]:
    closed = {state.code for state in register.states if state.closed}
    keepers: dict[str, _Keeper] = defaultdict(_Keeper)
    none = RecordCount(0)
    ended = record_set.count("area", closed)
    for area, counted in record_set.count("area").items():
        if kept := counted.records - ended.get(area, none).records:
            keeper = keepers[_keeper(care, area, roster)]
            keeper.records += kept
            keeper.percents += 100 * kept
    wanted = [register.field(code) for code in care.wanted]
    for entry in record_set.lacking(
        closed, care.wanted
    ):  # most records are complete: the others are looked at field by field
        keeper = keepers[_keeper(care, entry.area, roster)]
        asked = [each for each in wanted if not each.required_when or _asked(each, entry)]
        missing = tuple(each for each in asked if each.code not in entry.values)
        keeper.percents -= 100 * len(missing) / len(asked) if asked else 0
        if missing:
            keeper.incomplete.append(Incomplete(entry, len(asked), missing))
    lapses = register.meaning(FieldRole.EXPIRES)
    if lapses is not None and care.expires_within:
        for entry in record_set.expiring(closed, lapses.code, day + timedelta(days=care.expires_within)):
            until = date.fromisoformat(str(entry.values[lapses.code]))
            keepers[_keeper(care, entry.area, roster)].expiring.append((until, entry))
    return keepers


def _keeper(care: DataQuality, area: str, roster: Roster) -> str:
    served = roster.areas.get(area)
    number = served.served_by.get(care.role, "") if served else ""
    return number if number in roster.people else ""


def _asked(field: Field, entry: RecordState) -> bool:
    """A field that is required only under conditions is wanted only where they hold."""
    return all(entry.values.get(code) in allowed for code, allowed in field.required_when)
