"""The roster's registers → people and areas in force on a day, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipeline.assign.gaps import ROLE
from pipeline.domain.finding import Finding
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Area, Person, Roster
from pipeline.domain.rulebook import found
from schemas.language import Catalogue, FieldRole, Form, Localized, Option, Register, Stored, StoredValues

NOTHING_LEFT = Localized("", "")
"""What a gap in the roster leaves undone, before the open records are known."""


def build_roster(catalogue: Catalogue, entries: Mapping[str, Mapping[str, RecordState]], day: date) -> Roster:
    """Return the roster on *day* from the *entries* of the roster's registers, by register and key."""
    everyone: dict[str, Person] = {}
    areas: dict[str, Area] = {}
    for register in catalogue.roster.registers:
        held = entries.get(register.code, {})
        if register.meaning(FieldRole.PERSON_NO):
            everyone |= {key: _person(register.base, entry.values) for key, entry in held.items()}
        if register.meaning(FieldRole.AREA_CODE):
            areas |= {key: _area(register.base, entry.values) for key, entry in held.items()}
    return Roster(
        day=day,
        people={number: person for number, person in everyone.items() if person.serves_on(day)},
        areas={code: area for code, area in areas.items() if area.in_force_on(day)},
        everyone=everyone,
        roles={option.code: option.words for option in _role_options(catalogue)},
    )


def _role_options(catalogue: Catalogue) -> Iterator[Option]:
    for register in catalogue.roster.registers:
        field = register.meaning(FieldRole.PERSON_ROLE)
        yield from field.options if field else ()


def judge_roster(catalogue: Catalogue, roster: Roster) -> list[Finding]:
    """Return what stands in the way of assigning: nobody in force, one name in two areas, no roster at all, a further
    role that there is not. Who is away and still named is one finding, whatever areas name him.
    """
    people, areas = _register(catalogue, FieldRole.PERSON_NO), _register(catalogue, FieldRole.AREA_CODE)
    by_area = any(register.lies_somewhere for register in catalogue.registers)
    findings = [
        found("roster.empty", form=register.base.code, what=register.base.title)
        for register, held in ((people, roster.people), *([(areas, roster.areas)] if by_area else []))
        if not held
    ]
    sheets = {"staff_form": people.base.title, "area_form": areas.base.title}
    findings += _overlaps(areas.base, roster)
    findings += _strange_roles(people.base, roster)
    findings += _strange_stand_ins(people.base, roster)
    away: dict[str, list[tuple[Area, Localized]]] = {}
    for code, area in sorted(roster.areas.items()):
        for field in areas.base.fields:
            number = area.served_by.get(field.serves, "") if field.serves else ""
            about: dict[str, Stored] = {"form": areas.base.code, "field": field.code, "key": code, "value": number}
            role = _role(people.base, field.serves)
            gap = {"area": area.name, "role": role, ROLE: field.serves}
            if field.serves and not number:
                findings.append(found("roster.nobody", left=NOTHING_LEFT, **gap, **sheets, **about))
            elif number in roster.everyone and number not in roster.people:
                if roster.stand_in_of(roster.everyone[number]) is not None:
                    continue
                away.setdefault(number, []).append((area, role))
            elif number and number not in roster.people:
                findings.append(found("roster.stranger", number=number, left=NOTHING_LEFT, **gap, **sheets, **about))
    return [*findings, *(_away(people.base, roster.everyone[number], named, sheets) for number, named in away.items())]


def _away(
    form: Form, person: Person, named: Sequence[tuple[Area, Localized]], sheets: Mapping[str, Localized]
) -> Finding:
    ends = form.meaning(FieldRole.ENDS)
    areas = "、".join(dict.fromkeys(area.name for area, _ in named))
    return found(
        "roster.away",
        form=form.code,
        field=ends.code if ends else "",
        key=person.number,
        value=person.ends.isoformat() if person.ends else "",
        name=person.name,
        number=person.number,
        areas=areas,
        left=NOTHING_LEFT,
        **sheets,
    )


def area_title(catalogue: Catalogue) -> Localized:
    """Return what the sheet of areas is called."""
    return _register(catalogue, FieldRole.AREA_CODE).base.title


def staff_title(catalogue: Catalogue) -> Localized:
    """Return what the sheet of staff is called."""
    return _register(catalogue, FieldRole.PERSON_NO).base.title


def begins_later(register: Register, entry: RecordState, day: date) -> bool:
    """Tell whether what *entry* says is in force only after *day*: until then what stood before it holds."""
    starts = _held(register.base, entry.values, FieldRole.STARTS)
    return bool(starts) and date.fromisoformat(starts) > day


def _strange_roles(form: Form, roster: Roster) -> Iterator[Finding]:
    roles, also = form.meaning(FieldRole.PERSON_ROLE), form.meaning(FieldRole.PERSON_ROLES)
    for number, person in sorted(roster.people.items()):
        for name in person.strange_roles:
            yield found(
                "roster.unknown_role",
                form=form.code,
                field=also.code if also else "",
                key=number,
                value=name,
                name=person.name,
                roles="、".join(option.words.zh for option in (roles.options if roles else ())),
                staff_form=form.title,
            )


def _strange_stand_ins(form: Form, roster: Roster) -> Iterator[Finding]:
    """Yield a finding for whoever names a stand-in who is nobody in force, or himself; or is away and names nobody."""
    stand_in = form.meaning(FieldRole.STAND_IN)
    for number, person in sorted(roster.everyone.items()):
        if person.away_to is not None and person.away_to < roster.day:
            continue
        about = {
            "form": form.code,
            "field": stand_in.code if stand_in else "",
            "key": number,
            "name": person.name,
            "staff_form": form.title,
        }
        other = roster.named(person.stand_in) if person.stand_in else None
        if person.stand_in and (other is None or other.number == number):
            yield found("roster.no_stand_in", value=person.stand_in, **about)
        elif not person.stand_in and (person.away_from or person.away_to) and number in roster.people:
            begins, ends = (day.isoformat() if day else "" for day in (person.away_from, person.away_to))
            yield found("roster.nobody_stands_in", begins=begins, ends=ends, **about)


def _overlaps(form: Form, roster: Roster) -> Iterator[Finding]:
    owners: dict[str, list[Area]] = {}
    for _, area in sorted(roster.areas.items()):
        for name in dict.fromkeys((area.name, *area.aliases)):
            owners.setdefault(name, []).append(area)
    name_field = form.meaning(FieldRole.AREA_NAME)
    for name, sharing in owners.items():
        if len(sharing) > 1:
            yield found(
                "roster.overlap",
                form=form.code,
                field=name_field.code if name_field else "",
                key=sharing[-1].code,
                value=name,
                name=name,
                area_form=form.title,
                areas="、".join(f"{area.name}（{area.code}）" for area in sharing),
            )


def _register(catalogue: Catalogue, means: FieldRole) -> Register:
    return next(register for register in catalogue.roster.registers if register.meaning(means))


def _role(form: Form, code: str) -> Localized:
    field = form.meaning(FieldRole.PERSON_ROLE)
    option = field.option(code) if field else None
    return option.words if option else Localized(code, code)


def _person(form: Form, values: StoredValues) -> Person:
    def held(means: FieldRole) -> str:
        return _held(form, values, means)

    further, strange = _further_roles(form, held(FieldRole.PERSON_ROLES))

    return Person(
        number=held(FieldRole.PERSON_NO),
        name=held(FieldRole.PERSON_NAME),
        role=held(FieldRole.PERSON_ROLE),
        email=held(FieldRole.PERSON_EMAIL),
        starts=_day(held(FieldRole.STARTS)),
        ends=_day(held(FieldRole.ENDS)),
        also=further,
        strange_roles=strange,
        stand_in=held(FieldRole.STAND_IN),
        away_from=_day(held(FieldRole.AWAY_FROM)),
        away_to=_day(held(FieldRole.AWAY_TO)),
    )


def _further_roles(form: Form, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the roles that *text* names, and the names that are no role's."""
    field = form.meaning(FieldRole.PERSON_ROLE)
    names = {name: option.code for option in (field.options if field else ()) for name in option.names}
    parts = list(_split(text))
    return tuple(names[part] for part in parts if part in names), tuple(part for part in parts if part not in names)


def _area(form: Form, values: StoredValues) -> Area:
    return Area(
        code=_held(form, values, FieldRole.AREA_CODE),
        name=_held(form, values, FieldRole.AREA_NAME),
        aliases=tuple(_split(_held(form, values, FieldRole.AREA_ALIASES))),
        served_by={field.serves: str(values.get(field.code, "")) for field in form.fields if field.serves},
        starts=_day(_held(form, values, FieldRole.STARTS)),
        ends=_day(_held(form, values, FieldRole.ENDS)),
    )


def _held(form: Form, values: StoredValues, means: FieldRole) -> str:
    field = form.meaning(means)
    return str(values.get(field.code, "")) if field else ""


def _split(text: str) -> Iterable[str]:
    return (part for part in text.split("、") if part)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
