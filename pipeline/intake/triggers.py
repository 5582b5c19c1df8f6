"""What follows from the registers as they stand: fields that look at other records, records that the program opens, and
what is watched. Judged once for each register that declares any of it, after all sheets were taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from pipeline.domain.entering import derived_changes
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import FOR_PERSON, FOR_ROLE, TOLD_ONLY, Finding, OpenFinding
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply, combine, fold
from pipeline.domain.register_views import Registers
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import details_of
from pipeline.intake.finding_assignee import readers_of
from pipeline.intake.missed_duties import MISSED, told_missed
from pipeline.intake.recurring_duties import RecurringDuties
from pipeline.intake.terms import Terms
from schemas.language import Catalogue, Language, Localized, Register, Stored, StoredValues
from schemas.language.guarding import watch_has_failed
from schemas.language.work import YES, CreatedRecord, Seen, Watch

_MISSED = Localized("到下一期也没有办，按未做计", "not done by the next one's day either: counted as missed")


@dataclass(slots=True)
class RegisterBatch:
    """What a run does to one register before it is entered: ``changed`` are the records after its events, each the sum of
    them and of what stood before; ``numbers`` gives events of the program their numbers, ``serials`` the last running
    numbers by stem.
    """

    register: Register
    numbers: Iterator[int]
    serials: dict[str, int] = field(default_factory=dict)
    changed: dict[str, RecordState] = field(default_factory=dict)
    unplaced: list[Finding] = field(default_factory=list)
    """Why records can be given to nobody."""
    assigned: int = 0
    unassigned: int = 0
    held: dict[str, RecordState] = field(default_factory=dict)
    """Records as they stood before the run, of those that it has changed at least."""
    _made: dict[str, list[Event]] = field(default_factory=dict)
    """The events of the run by key."""

    @property
    def events(self) -> list[Event]:
        """The events of the run, in the order of their numbers."""
        return sorted((event for made in self._made.values() for event in made), key=attrgetter("number"))

    def made(self, key: str) -> Sequence[Event]:
        """Return the events of the run of the record *key*."""
        return self._made.get(key, ())

    def take(self, events: Iterable[Event], records: Mapping[str, RecordState]) -> None:
        """Take in what sheets have done: numbered *events*, and the *records* after them."""
        for event in events:
            self._made.setdefault(event.key, []).append(event)
        self.changed.update(records)

    def follow(self, record: RecordState | None, event: Event) -> RecordState:
        """Take in what the program itself does to *record*, without a number yet; return the record after it.

        What follows from a row at once belongs to the row's event, and goes with it when that is taken back; it is an
        event of its own where the record has none in this run, or where one event cannot bear both.
        """
        made = self._made.get(event.key, [])
        before = fold(made[:-1], self.held.get(event.key))
        combined = combine(before, made[-1], event) if made else None
        if combined is not None:
            made[-1] = combined
            after = apply(before, combined)
        else:
            if record is not None and not made:
                self.held[event.key] = record
            numbered = replace(event, number=next(self.numbers))
            self._made.setdefault(event.key, []).append(numbered)
            after = apply(record, numbered)
        self.changed[event.key] = after
        return after


def has_triggers(register: Register) -> bool:
    """Tell whether anything in *register* hangs on other records, or on the day."""
    return bool(
        register.opens or register.recurs or register.seals or any(derived.look for derived in register.derived)
    )


def openings(catalogue: Catalogue, held: Registers, day: date) -> set[tuple[str, str]]:
    """Return all that the program would open, or has opened, because of what is *held*: register and key."""
    return {
        (register.code, opening.key)
        for register in catalogue.registers
        for opens in register.opens
        for opening in opens.find(held, day)
    }


def in_order_of_looks(registers: Iterable[Register]) -> list[Register]:
    """Return *registers*, each after those that it looks at, else as they stand: what a gate hangs on is taken before it."""
    every = {register.code: register for register in registers}
    ordered: dict[str, Register] = {}
    begun: set[str] = set()

    def take(register: Register) -> None:
        if register.code not in begun:  # two that look at each other are taken as they stand
            begun.add(register.code)
            for code in (*register.looks_at, *(each.register for each in register.refers if each.strict)):
                if code in every:
                    take(every[code])
            ordered[register.code] = register

    for register in every.values():
        take(register)
    return list(ordered.values())


def worked_out_today(
    register: Register,
    records: Mapping[str, RecordState],
    held: Registers,
    terms: Terms,
    numbers: Iterator[int],
) -> tuple[list[Event], dict[str, RecordState]]:
    """Return what changes in those of *records* whose fields look at other records, or at the day, and the records after it:
    a gate must not see what the run before has left.
    """
    looks = [derived for derived in register.derived if derived.look is not None]
    maker = _Maker(register, terms.day, terms.run, terms.language)
    events: list[Event] = []
    changed: dict[str, RecordState] = {}
    for record in records.values() if looks else ():
        if maker.is_closed(record):
            continue
        said = {each.field.code: each.look(record.values, held, terms.day) for each in looks if each.look is not None}
        event = maker.completed(record, said)
        if event is not None:
            events.append(replace(event, number=next(numbers)))
            changed[record.key] = apply(record, events[-1])
    return events, changed


def apply_triggers(
    batch: RegisterBatch, held: Registers, duties: RecurringDuties, run: int, language: Language
) -> dict[str, RecordState]:
    """Open and complete the records of the register that follow from those *held*, or are among the day's *duties*; return
    those that changed.
    """
    register, day = batch.register, duties.day
    maker = _Maker(register, day, run, language)
    changed = open_records(batch, held, duties, run, language)
    for record, state in list(duties.missed(register, held.entries(register.code))) if register.recurs else ():
        changed[record.key] = batch.follow(record, maker.missed(record, state))
    held.refresh(register.code, changed)
    looks = [derived for derived in register.derived if derived.look is not None]
    for record in list(held.entries(register.code).values()) if looks else ():
        if maker.is_closed(record):
            continue
        said = {each.field.code: each.look(record.values, held, day) for each in looks if each.look is not None}
        event = maker.completed(record, said)
        if event is not None:
            changed[event.key] = batch.follow(record, event)
    held.refresh(register.code, changed)
    return changed


def open_records(
    batch: RegisterBatch, held: Registers, duties: RecurringDuties, run: int, language: Language
) -> dict[str, RecordState]:
    """Open the records of the register that follow from those *held*, or are among the day's *duties*, and let those follow
    that do; return those that changed.
    """
    register, day = batch.register, duties.day
    maker = _Maker(register, day, run, language)
    changed: dict[str, RecordState] = {}

    def take(event: Event | None, record: RecordState | None) -> None:
        if event is not None:
            changed[event.key] = batch.follow(record, event)

    for opens in register.opens:
        standing = held.entries(register.code)
        for opening in opens.find(held, day):
            record = changed.get(opening.key) or standing.get(opening.key)
            if record is None:
                take(maker.opened(opening), None)
            elif opens.follows and record.state not in opens.settled and not maker.is_closed(record):
                take(maker.completed(record, opening.values, opening.why), record)
        held.refresh(register.code, changed)
    for opening in duties.openings(register, held.entries, held.first_day) if register.recurs else ():
        take(maker.opened(opening), None)
    held.refresh(register.code, changed)
    return changed


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the program's own events in one register."""

    register: Register
    day: date
    run: int
    language: Language

    def is_closed(self, record: RecordState) -> bool:
        state = self.register.state(record.state)
        return state is not None and state.closed

    def opened(self, opening: CreatedRecord) -> Event:
        values: dict[str, Stored] = {code: value for code, value in opening.values.items() if value is not None}
        values[self.register.key.code] = opening.key
        return self._event(opening.key, None, values, opening.state or self._first_state(), opening.why)

    def missed(self, record: RecordState, state: str) -> Event:
        events = EventFactory(self.register.code, self.day, self.run)
        values = derived_changes(self.register, record.values, dict(record.values))
        why = _MISSED.to(self.language)
        return events.by_program(record.key, record, values, state=state, owner=record.owner, why=why)

    def completed(self, record: RecordState, values: StoredValues, why: Localized | None = None) -> Event | None:
        differs = {code: value for code, value in values.items() if record.values.get(code) != value}
        return self._event(record.key, record, differs, "", why) if differs else None

    def _event(
        self,
        key: str,
        record: RecordState | None,
        differs: MutableMapping[str, Stored],
        state: str,
        why: Localized | None,
    ) -> Event:
        held: StoredValues = record.values if record else {}
        after: dict[str, Stored] = {code: value for code, value in {**held, **differs}.items() if value is not None}
        values = {**differs, **derived_changes(self.register, held, after)}
        events = EventFactory(self.register.code, self.day, self.run)
        return events.by_program(key, record, values, state=state, why=why.to(self.language) if why else "")

    def _first_state(self) -> str:
        return first_state(self.register)


def first_state(register: Register) -> str:
    """Return the state in which a record begins that the program opens: where it waits for the base form, else where that
    form leads.
    """
    stage = register.stage_of(register.base.code)
    if stage is None:
        return register.states[0].code if register.states else ""
    return stage.state or (stage.transitions[0].to if stage.transitions else "")


def watched(
    catalogue: Catalogue,
    held: Registers,
    roster: Roster,
    day: date,
    before: Callable[[], Iterable[OpenFinding]],
) -> Iterator[Finding]:
    """Yield a finding for all that the registers watch, save what is for somebody of whom *roster* knows nothing; of a watch
    that fails, what it had found *before*: it stands.
    """
    failed: set[str] = set()
    for register in catalogue.registers:
        for watch in register.watches:
            seen = list(watch.look(held, day))
            yield from _of_watch(catalogue, register, watch, seen, roster)
            if not seen and watch_has_failed(register, watch):
                failed.add(watch.rule.code)
        yield from told_missed(register, held.entries(register.code) if register.recurs else {}, roster, day)
    if failed:
        yield from (each.finding for each in before() if each.finding.rule in failed)


def _of_watch(
    catalogue: Catalogue, register: Register, watch: Watch, those: Iterable[Seen], roster: Roster
) -> Iterator[Finding]:
    for seen in those:
        of = _holding(catalogue, register, seen.field)
        person = roster.named(seen.person) if seen.person else None
        if person is not None:
            yield _seen(of, watch, seen, person.number)
        elif seen.role or not seen.person:
            for number in readers_of(seen.role, register, roster):
                yield _seen(of, watch, seen, number)


def _holding(catalogue: Catalogue, register: Register, field: str) -> Register:
    """Return the register whose *field* a watch of *register* points at: its own, else of those it looks at the first that has
    it.
    """
    if not field or register.get(field) is not None:
        return register
    looked_at = (each for each in catalogue.registers if each.code in register.looks_at)
    return next((each for each in looked_at if each.get(field) is not None), register)


def watched_rules(catalogue: Catalogue) -> frozenset[str]:
    """Return the codes of the rules by which the whole registers are judged, in each run anew."""
    declared = {watch.rule.code for register in catalogue.registers for watch in register.watches}
    return frozenset(declared | {MISSED, "reference.unknown", "seal.next_period"})


def _seen(register: Register, watch: Watch, seen: Seen, person: str) -> Finding:
    told = {FOR_PERSON: person, FOR_ROLE: seen.role, TOLD_ONLY: "" if watch.asks else YES.code}
    return Finding(
        rule=watch.rule.code,
        severity=watch.rule.severity,
        form=register.base.code,
        field=seen.field,
        key=seen.key,
        value=seen.value,
        details=details_of({name: value for name, value in told.items() if value} | dict(seen.details)),
    )
