"""Whose statements were replaced in the last days by somebody else's: each is told, so that nothing falls back unseen. What its
own author changes is told to whoever has gone on from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from pipeline.domain.duties import managing_roles, watchers
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.record_title import title_of
from pipeline.domain.replaced_value import BLANK, ReplacedValue
from pipeline.domain.roster import Roster
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Field, FieldRole, Kind, Localized, Register

TOLD_FOR = timedelta(days=7)


def replaced_values(
    catalogue: Catalogue, uow: UnitOfWork, roster: Roster, day: date
) -> Mapping[str, Sequence[ReplacedValue]]:
    """Return by staff number, "" for the clerk, what was replaced in the week up to *day*."""
    found: dict[str, list[ReplacedValue]] = defaultdict(list)
    registers = {each.code: each for each in catalogue.registers}  # what is out of force concerns nobody
    changed = [
        event
        for event in uow.events.find(since=day - TOLD_FOR, changes=True)
        if event.before and event.register in registers
    ]

    @cache
    def bringer(submission: str) -> str:
        """The name of the person in whose folder a sheet lay, "" where that is nobody's."""
        known = uow.submissions.known([submission]).get(submission)
        person = roster.named(known.sender) if known and known.sender else None
        return person.name if person is not None else ""

    watching = _watching(catalogue, roster) if changed else {}
    for event in changed:
        for each in _replaced_by(registers[event.register], event, uow, roster, bringer, watching[event.register]):
            found[each.person].append(each)
    return dict(found)


def _watching(catalogue: Catalogue, roster: Roster) -> Mapping[str, Set[str]]:
    """Return by register the staff numbers of who watches over it; over the other registers of its procedure, where no role
    does over it.
    """
    return {
        register.code: {
            each.number
            for one in ([register] if managing_roles(register) else procedure.registers)
            for each in watchers(one, roster)
        }
        for procedure in catalogue.procedures
        for register in procedure.registers
    }


def _replaced_by(
    register: Register,
    event: Event,
    uow: UnitOfWork,
    roster: Roster,
    bringer: Callable[[str], str],
    watching: Set[str],
) -> Iterator[ReplacedValue]:
    gone_by = register.gone_by
    codes = [
        code for code in event.before if code in event.cells and code in event.values and register.get(code) is not None
    ]
    moved = [] if gone_by & set(codes) else _deadlines_moved(register, event)  # what moved them is told
    life = uow.events.find(register=event.register, key=event.key) if codes or moved else ()
    state = uow.records.find(register.code, event.key) if codes or moved else None
    stood = fold(each for each in life if each.number < event.number)
    for code in codes:
        setter = _setter(life, code, event.number)
        if setter is None or not setter.submission or setter.submission == event.submission:
            continue
        if _done_anew(register, setter, event, code):
            continue
        by, own = event.actor or event.file, False
        # his own, or nobody's of whom we know: unless a colleague has brought his sheet
        if setter.actor == event.actor:
            brought = bringer(event.submission)
            own = brought in ("", event.actor, bringer(setter.submission))
            by = by if own else brought
        passed = _gone_on(register, life, setter, event, stood) if own and code not in gone_by else None
        if own and code not in gone_by and passed is None:
            continue
        person = roster.named(setter.actor) if setter.actor and not own else None
        told = set() if own else {person.number if person is not None and person.number in roster.people else ""}
        if code in gone_by or not setter.actor or passed is not None:
            told |= watching | _had_it(register, roster, code, str(event.before[code]))
        if code in gone_by:
            told |= _concerned(register, state, stood, roster)
        told |= _take_over(register, code, state, stood, roster)
        if passed is not None:
            told |= {one.number for one in roster.named_in(passed)}
        changer = roster.named(by)
        for number in sorted(told - ({changer.number} if changer else set())):
            watched = own or number != (person.number if person else "")
            yield replace(
                _told(register, event, state, code, number, by),
                said=setter.on,
                watched=watched,
                nameless=not setter.actor,
            )
    days = [code for code in codes if moved and register.field(code).kind in (Kind.DATE, Kind.MOMENT)]
    for code in days or moved:  # nobody has said it: whoever has moved it said something from which it is worked out
        changer = roster.named(event.actor)
        told = _concerned(register, state, stood, roster) | watching
        for number in sorted(told - ({changer.number} if changer else set())):
            yield _told(register, event, state, code, number, event.actor or event.file)


def _gone_on(
    register: Register, life: Iterable[Event], setter: Event, event: Event, stood: RecordState | None
) -> set[str] | None:
    """Return who has taken a step since *setter* said what *event*, of the same author, changes: they went by it. None where
    nobody has, and something waits to be done with the record, or the day is the same: then it is a slip, put right.
    """
    since = {
        each.actor
        for each in life
        if setter.number < each.number < event.number and each.state and each.submission and each.actor
    } - {setter.actor}
    over = stood is not None and register.waiting_for(stood.state) is None
    return since if since or (over and setter.on != event.on) else None


def _done_anew(register: Register, setter: Event, event: Event, code: str) -> bool:
    """Whether *event* takes the step anew that *setter* had taken in an earlier round: that contradicts nobody. What others go by
    is told all the same.
    """
    stage = register.stage_of(event.form)
    if stage is None or not stage.state or setter.form != event.form or not (setter.state and event.state):
        return False
    return code not in {*register.told, *(each.due_by for each in register.stages)}


def _deadlines_moved(register: Register, event: Event) -> list[str]:
    """Return the codes of the deadlines that a sheet has moved without a step by which they may move."""
    if not event.submission or (event.state and event.form != register.base.code):
        return []
    codes = dict.fromkeys(stage.due_by for stage in register.stages if stage.due_by)
    return [code for code in codes if event.before.get(code) and event.values.get(code) is not None]


def _told(
    register: Register, event: Event, state: RecordState | None, code: str, number: str, by: str
) -> ReplacedValue:
    field = register.field(code)
    return ReplacedValue(
        number=event.number,
        person=number,
        register=register.code,
        key=event.key,
        title=title_of(register, state),
        field=code,
        label=field.label,
        private=field.private,
        before=_shown(field, event.before[code]),
        said=None,
        after=_shown(field, event.values[code]),
        by=by,
        on=event.on or date.min,
        watched=True,
    )


def _concerned(register: Register, state: RecordState | None, stood: RecordState | None, roster: Roster) -> set[str]:
    """Return the staff numbers of who has the record now, and of whom it names, or named as it *stood* before it was changed,
    as those who go by it (``told_to``).
    """
    named = [each.values.get(code) for each in (state, stood) if each is not None for code in register.told_to]
    held = {state.owner} & roster.people.keys() if state is not None else set()
    return {each.number for each in roster.named_in(named)} | held


def _take_over(
    register: Register, code: str, state: RecordState | None, stood: RecordState | None, roster: Roster
) -> set[str]:
    """Return the staff numbers of who serves the area into which a change of field *code* has led the record."""
    if state is None or stood is None or register.field(code).means not in (FieldRole.AREA, FieldRole.ADDRESS):
        return set()
    area = roster.areas.get(state.area) if state.area != stood.area else None
    return set(area.served_by.values()) & roster.people.keys() if area is not None else set()


def _had_it(register: Register, roster: Roster, code: str, before: str) -> set[str]:
    """Return the staff number of whoever had the work by his name, if *code* says whose it is."""
    named = roster.named(before) if any(stage.whom == code for stage in register.stages) else None
    return {named.number} if named is not None else set()


def _setter(life: Iterable[Event], code: str, before: int) -> Event | None:
    earlier = [event for event in life if event.number < before and code in event.values]
    return earlier[-1] if earlier else None


def _shown(field: Field, value: Any) -> Localized:
    return BLANK if value is None else Localized(field.text(value, "zh"), field.text(value, "en"))
