"""The roster's registers → people and areas in force on a day, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pipeline.domain.finding import Finding
from pipeline.domain.record import Entry
from pipeline.domain.roster import Area, Person, Roster
from pipeline.domain.rulebook import found
from schemas.language import Catalogue, Form, Means, Option, Register, Words


def build_roster(catalogue: Catalogue, entries: Mapping[str, Mapping[str, Entry]], day: date) -> Roster:
    """Return the roster on *day* from the *entries* of the roster's registers, by register and key."""
    everyone: dict[str, Person] = {}
    areas: dict[str, Area] = {}
    for register in catalogue.roster.registers:
        held = entries.get(register.code, {})
        if register.meaning(Means.PERSON_NO):
            everyone |= {key: _person(register.base, entry.values) for key, entry in held.items()}
        if register.meaning(Means.AREA_CODE):
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
        field = register.meaning(Means.PERSON_ROLE)
        yield from field.options if field else ()


def judge_roster(catalogue: Catalogue, roster: Roster) -> list[Finding]:
    """Return what stands in the way of assigning: nobody in force, one name in two areas, no roster at all, a further
    role that there is not.
    """
    people, areas = _register(catalogue, Means.PERSON_NO), _register(catalogue, Means.AREA_CODE)
    by_area = any(register.lies_somewhere for register in catalogue.registers)
    findings = [
        found("roster.empty", form=register.base.code, what=register.base.title)
        for register, held in ((people, roster.people), *([(areas, roster.areas)] if by_area else []))
        if not held
    ]
    sheets = {"staff_form": people.base.title, "area_form": areas.base.title}
    findings += _overlaps(areas.base, roster)
    findings += _strange_roles(people.base, roster)
    for code, area in sorted(roster.areas.items()):
        for field in areas.base.fields:
            number = area.served_by.get(field.serves, "") if field.serves else ""
            about: dict[str, Any] = {"form": areas.base.code, "field": field.code, "key": code, "value": number}
            role = _role(people.base, field.serves)
            if field.serves and not number:
                findings.append(found("roster.nobody", area=area.name, role=role, **sheets, **about))
            elif number and number not in roster.people:
                findings.append(found("roster.stranger", area=area.name, role=role, number=number, **sheets, **about))
    return findings


def area_title(catalogue: Catalogue) -> Words:
    """Return what the sheet of areas is called."""
    return _register(catalogue, Means.AREA_CODE).base.title


def staff_title(catalogue: Catalogue) -> Words:
    """Return what the sheet of staff is called."""
    return _register(catalogue, Means.PERSON_NO).base.title


def begins_later(register: Register, entry: Entry, day: date) -> bool:
    """Tell whether what *entry* says is in force only after *day*: until then what stood before it holds."""
    starts = _held(register.base, entry.values, Means.STARTS)
    return bool(starts) and date.fromisoformat(starts) > day


def _strange_roles(form: Form, roster: Roster) -> Iterator[Finding]:
    roles, also = form.meaning(Means.PERSON_ROLE), form.meaning(Means.PERSON_ROLES)
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


def _overlaps(form: Form, roster: Roster) -> Iterator[Finding]:
    owners: dict[str, list[Area]] = {}
    for _, area in sorted(roster.areas.items()):
        for name in dict.fromkeys((area.name, *area.aliases)):
            owners.setdefault(name, []).append(area)
    name_field = form.meaning(Means.AREA_NAME)
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


def _register(catalogue: Catalogue, means: Means) -> Register:
    return next(register for register in catalogue.roster.registers if register.meaning(means))


def _role(form: Form, code: str) -> Words:
    field = form.meaning(Means.PERSON_ROLE)
    option = field.option(code) if field else None
    return option.words if option else Words(code, code)


def _person(form: Form, values: Mapping[str, Any]) -> Person:
    def held(means: Means) -> str:
        return _held(form, values, means)

    further, strange = _further_roles(form, held(Means.PERSON_ROLES))

    return Person(
        number=held(Means.PERSON_NO),
        name=held(Means.PERSON_NAME),
        role=held(Means.PERSON_ROLE),
        email=held(Means.PERSON_EMAIL),
        starts=_day(held(Means.STARTS)),
        ends=_day(held(Means.ENDS)),
        also=further,
        strange_roles=strange,
    )


def _further_roles(form: Form, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the roles that *text* names, and the names that are no role's."""
    field = form.meaning(Means.PERSON_ROLE)
    names = {
        name: option.code
        for option in (field.options if field else ())
        for name in (option.words.zh, option.words.en, *option.aliases)
    }
    parts = list(_split(text))
    return tuple(names[part] for part in parts if part in names), tuple(part for part in parts if part not in names)


def _area(form: Form, values: Mapping[str, Any]) -> Area:
    return Area(
        code=_held(form, values, Means.AREA_CODE),
        name=_held(form, values, Means.AREA_NAME),
        aliases=tuple(_split(_held(form, values, Means.AREA_ALIASES))),
        served_by={field.serves: str(values.get(field.code, "")) for field in form.fields if field.serves},
        starts=_day(_held(form, values, Means.STARTS)),
        ends=_day(_held(form, values, Means.ENDS)),
    )


def _held(form: Form, values: Mapping[str, Any], means: Means) -> str:
    field = form.meaning(means)
    return str(values.get(field.code, "")) if field else ""


def _split(text: str) -> Iterable[str]:
    return (part for part in text.split("、") if part)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
