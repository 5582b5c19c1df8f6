"""Who does a stage for a record: whom the record names, whom its area names for the role, else who has the role; and in the
place of somebody who is away, or may not do what is his own, his stand-in or else the superior role.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.domain.changing_hands import STANDS_IN
from pipeline.domain.roster import Area, Person, Roster
from pipeline.domain.routing import role_for
from schemas.language import NO_TEXT, Field, FieldRole, Localized, Stage, StoredValues

_SIGNED = (FieldRole.ACTOR, FieldRole.SUBMITTER)
_NOTHING: StoredValues = {}
_NO_LOAD: Mapping[str, int] = {}
_AWAY = Localized("{name}{term}不在岗", "{name} is away{term}")
_HAS_LEFT = Localized("{name}不在岗", "{name} is not in force")
_HIS_OWN = Localized("{name}不能办自己经手的", "{name} may not do what is his own")
_BARRED_TOO = Localized("，代办人{other}也不能办自己经手的", ", and {other}, who stands in, may not do what is his own")
_ANOTHER_NEEDED = Localized(
    "在人员表中给{names}另写一位没有经手这件事的代办人",
    "Name another stand-in, who had no hand in it, for {names} on the sheet of staff",
)
_NONE = Localized("岗位“{role}”没有在岗的人", "nobody in force has the role “{role}”")
_ONE_NEEDED = Localized("在人员表中写明“{role}”由谁担任", "Put on the sheet of staff who has the role “{role}”")
_STAND_IN_NEEDED = Localized(
    "在人员表中给{names}写上在岗的代办人", "Name a stand-in in force for {names} on the sheet of staff"
)
_SUPERIOR = Localized("；{cause}，交上级岗位“{role}”办理", "; {cause}: it goes to the superior role “{role}”")


@dataclass(frozen=True, slots=True)
class ChosenPerson:
    """Who is to do it, None when there is nobody; ``instead`` says in whose place, and why, where that is not he himself."""

    person: Person | None
    instead: Localized = NO_TEXT


def choose_person(
    stage: Stage,
    area: Area | None,
    roster: Roster,
    values: StoredValues = _NOTHING,
    has: str = "",
    load: Mapping[str, int] = _NO_LOAD,
    *,
    passed_over: Person | None = None,
) -> ChosenPerson:
    """Return the person in force for *stage* of a record holding *values* in *area*; nobody when there is none, or where the
    role is one of areas and nothing tells among several. Whom the record names has it, unless he is *passed_over*.

    What is no area's, or spread, is shared by all who have the role: *has* (the staff number of who has it already) keeps
    it, else whoever has least by *load* gets it.
    """
    barred = _barred(stage, roster, values)
    meant = roster.known_as(str(values.get(stage.whom, ""))) if stage.whom else None
    if meant is not None and meant != passed_over and meant.number not in barred:
        choice = ChosenPerson(meant) if _can(meant, roster) else _stand_in([meant], barred, roster)
        if choice.person is not None:
            return choice
    role = role_for(stage, values)
    has = "" if passed_over is not None and has == passed_over.number else has
    number = area.served_by.get(role, "") if area else ""
    if number and number not in barred:
        of_area = roster.everyone.get(number)
        if of_area is None or _can(of_area, roster):
            return ChosenPerson(of_area)
        return _in_place_of([of_area], stage, area, barred, roster)
    return _of_role(role, stage, area, barred, roster, has, load, _named(stage.rather_not_by, roster, values))


def not_of_its_role(stage: Stage, named: Field | None, roster: Roster, values: StoredValues) -> Person | None:
    """Return whom the field *named* of a record that holds *values* gives a *stage* that only somebody of its role may do, where he
    has not that role and others have; None else. Who has signed a step before was judged by that.
    """
    if named is None or not stage.strict or named.means in _SIGNED:
        return None
    meant, role = roster.known_as(str(values.get(named.code, ""))), role_for(stage, values)
    if meant is None or meant.has_role(role, stage.superior or role):
        return None
    return meant if roster.with_role(role) else None


def why_nobody(stage: Stage, roster: Roster, values: StoredValues) -> tuple[Localized, Localized]:
    """Return why nobody has *stage*, which is no area's, of a record that holds *values*, and what is to be put right on the
    sheet of staff: nobody has the role, or none of those who have may do it. All who may share it.
    """
    barred = _barred(stage, roster, values)
    role = role_for(stage, values)
    title, everybody = roster.role_words(role), roster.with_role(role)
    if everybody:
        causes = [_cause(person, barred, roster) for person in everybody]
        cause = Localized("，".join(each.zh for each in causes), ", ".join(each.en for each in causes))
        named = any(_barred_stand_in(person, barred, roster) for person in everybody)
        advice = _ANOTHER_NEEDED if named else _STAND_IN_NEEDED
        return cause, advice.filled(names="、".join(person.name for person in everybody))
    return _NONE.filled(role=title), _ONE_NEEDED.filled(role=title)


def why_not_he(stage: Stage, number: str, roster: Roster, values: StoredValues) -> tuple[Localized, Localized] | None:
    """Return why the person *number*, who has *stage* in the area of a record that holds *values* and is in force, is not given it,
    and what is to be put right; None where he is not in force.
    """
    person = roster.people.get(number)
    if person is None:
        return None
    barred = _barred(stage, roster, values)
    advice = _ANOTHER_NEEDED if _barred_stand_in(person, barred, roster) else _STAND_IN_NEEDED
    return _cause(person, barred, roster), advice.filled(names=person.name)


def _barred(stage: Stage, roster: Roster, values: StoredValues) -> set[str]:
    """Return by number who may not do *stage* of a record that holds *values*, having had a hand in it."""
    return _named(stage.not_by, roster, values)


def _named(codes: Collection[str], roster: Roster, values: StoredValues) -> set[str]:
    return {person.number for code in codes if (person := roster.named(str(values.get(code, ""))))}


def _of_role(
    role: str,
    stage: Stage,
    area: Area | None,
    barred: Collection[str],
    roster: Roster,
    has: str,
    load: Mapping[str, int],
    rather_not: Collection[str],
) -> ChosenPerson:
    everybody = roster.with_role(role)
    able = [person for person in everybody if person.number not in barred and _can(person, roster)]
    holders = [person for person in able if person.number not in rather_not] or able
    of_areas = area is not None and roster.is_of_areas(role)
    if holders and (stage.spread or not of_areas):
        keeping = [person for person in holders if person.number == has]
        return ChosenPerson(
            keeping[0] if keeping else min(holders, key=lambda one: (load.get(one.number, 0), one.number))
        )
    if holders:
        return ChosenPerson(holders[0] if len(holders) == 1 else None)
    gone = [each for each in roster.everyone.values() if each.has_role(role) and each.number not in roster.people]
    return _in_place_of([*everybody, *gone], stage, area, barred, roster)


def _can(person: Person, roster: Roster) -> bool:
    """Tell whether somebody is there to do it himself."""
    return person.number in roster.people and not person.is_away_on(roster.day)


def _in_place_of(
    absent: Collection[Person], stage: Stage, area: Area | None, barred: Collection[str], roster: Roster
) -> ChosenPerson:
    """Return who does it as none of those *absent* can: the first stand-in who can, else the superior role."""
    instead = _stand_in(absent, barred, roster)
    if instead.person is not None or not stage.superior or not absent:
        return instead
    of_area = area.served_by.get(stage.superior, "") if area else ""
    people = [each for each in roster.with_role(stage.superior) if each.number not in barred and _can(each, roster)]
    fits = [each for each in people if each.number == of_area] or people
    if len(fits) != 1:
        return ChosenPerson(None)
    title, cause = roster.role_words(stage.superior), _cause(next(iter(absent)), barred, roster)
    return ChosenPerson(fits[0], _SUPERIOR.filled(cause=cause, role=title))


def _stand_in(absent: Collection[Person], barred: Collection[str], roster: Roster) -> ChosenPerson:
    for person in absent:
        other = roster.stand_in_of(person)
        if other is not None and other.number not in barred:
            cause = _cause(person, barred, roster)
            return ChosenPerson(other, STANDS_IN.filled(cause=cause, who=other.name))
    return ChosenPerson(None)


def _cause(person: Person, barred: Collection[str], roster: Roster) -> Localized:
    """Say why *person* does not do it himself."""
    words = _HIS_OWN if person.number in barred else _HAS_LEFT
    begins, ends = (day.isoformat() if day else "" for day in (person.away_from, person.away_to))
    if words is _HAS_LEFT and person.is_away_on(roster.day):
        words = _AWAY
    term = Localized(f"（{begins}至{ends}）", f" ({begins} to {ends})")
    why, other = words.filled(name=person.name, term=term), _barred_stand_in(person, barred, roster)
    if other is None:
        return why
    too = _BARRED_TOO.filled(other=other.name)
    return Localized(why.zh + too.zh, why.en + too.en)


def _barred_stand_in(person: Person, barred: Collection[str], roster: Roster) -> Person | None:
    """Return who stands in for *person*, and may not do this himself."""
    other = roster.stand_in_of(person)
    return other if other is not None and other.number in barred else None
