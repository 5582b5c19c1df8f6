"""Whose statements were replaced in the last days by somebody else's: each is told, so that nothing falls back unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from pipeline.domain.duties import managing_roles
from pipeline.domain.record import Event
from pipeline.domain.record_title import title_of
from pipeline.domain.replaced_value import ReplacedValue
from pipeline.domain.roster import Person, Roster
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Field, Localized, Register

TOLD_FOR = timedelta(days=7)


def replaced_values(
    catalogue: Catalogue, uow: UnitOfWork, roster: Roster, day: date
) -> Mapping[str, Sequence[ReplacedValue]]:
    """Return by staff number, "" for the clerk, what was replaced in the week up to *day*."""
    found: dict[str, list[ReplacedValue]] = defaultdict(list)
    changed = [event for event in uow.events.find(since=day - TOLD_FOR, changes=True) if event.before]

    @cache
    def bringer(submission: str) -> str:
        """The name of the person in whose folder a sheet lay, "" where that is nobody's."""
        known = uow.submissions.known([submission]).get(submission)
        person = roster.named(known.sender) if known and known.sender else None
        return person.name if person is not None else ""

    for event in changed:
        for each in _replaced_by(catalogue.register(event.register), event, uow, roster, bringer):
            found[each.person].append(each)
    return dict(found)


def _replaced_by(
    register: Register, event: Event, uow: UnitOfWork, roster: Roster, bringer: Callable[[str], str]
) -> Iterator[ReplacedValue]:
    codes = [
        code
        for code in event.before
        if code in event.cells and event.values.get(code) is not None and register.get(code) is not None
    ]
    life = uow.events.find(register=event.register, key=event.key) if codes else ()
    state = uow.records.get(register.code, keys=[event.key]).get(event.key) if codes else None
    for code in codes:
        setter = _setter(life, code, event.number)
        if setter is None or not setter.submission or setter.submission == event.submission:
            continue
        by, own = event.actor or event.file, False
        if (
            setter.actor == event.actor
        ):  # his own, or nobody's of whom we know: unless a colleague has brought his sheet
            brought = bringer(event.submission)
            own = brought in ("", event.actor, bringer(setter.submission))
            if own and code not in register.told:
                continue
            by = by if own else brought
        person = roster.named(setter.actor) if setter.actor and not own else None
        field = register.field(code)
        watched = own or not setter.actor or code in register.told
        told = _told(register, roster, person, watched=watched, own=own)
        told |= _formerly_named(register, roster, code, str(event.before[code])) if code in register.told else set()
        changer = roster.named(by)
        for number in sorted(told - ({changer.number} if changer else set())):
            yield ReplacedValue(
                number=event.number,
                person=number,
                register=register.code,
                key=event.key,
                title=title_of(register, state),
                field=code,
                label=field.label,
                private=field.private,
                before=_shown(field, event.before[code]),
                said=setter.on,
                after=_shown(field, event.values[code]),
                by=by,
                on=event.on or date.min,
                own=own or number != (person.number if person else ""),
                nameless=not setter.actor,
            )


def _told(register: Register, roster: Roster, person: Person | None, *, watched: bool, own: bool) -> set[str]:
    """Return the staff numbers of who is told: who said it, else the clerk; of what is *watched*, as of what nobody is named
    for in the master, also who watches over the register. Of his *own* change nobody need tell its author.
    """
    told = set() if own else {person.number if person is not None and person.number in roster.people else ""}
    watching = {each.number for role in managing_roles(register) for each in roster.with_role(role)}
    return told | (watching if watched else set())


def _formerly_named(register: Register, roster: Roster, code: str, before: str) -> set[str]:
    """Return the staff number of whoever had it by his name, and has it no longer."""
    person = roster.named(before) if any(stage.whom == code for stage in register.stages) else None
    return {person.number} if person is not None else set()


def _setter(life: Iterable[Event], code: str, before: int) -> Event | None:
    earlier = [event for event in life if event.number < before and code in event.values]
    return earlier[-1] if earlier else None


def _shown(field: Field, value: Any) -> Localized:
    return Localized(str(field.show(value, "zh")), str(field.show(value, "en")))
