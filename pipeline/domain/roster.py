"""Who works here and who serves what, on a given day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.language import Localized

_NAMES_APART = re.compile(r"[、，,;；/]+")
_SPREAD = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
"""Blanks by which a name is spread over its column: 柳 青."""


def dates_in_words(begins: date | None, ends: date | None) -> str:
    """Return a time in a sentence: 2026-03-02–2026-03-20, open where an end is not known."""
    return "–".join(day.isoformat() if day else "" for day in (begins, ends))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office. Without dates in force for ever."""

    number: str
    name: str
    role: str
    email: str = ""
    starts: date | None = None
    ends: date | None = None
    also: tuple[str, ...] = ()
    """Further roles."""
    strange_roles: tuple[str, ...] = ()
    """Names given as further roles that are none's."""
    stand_in: str = ""
    """Name or number of who does his work while he is away, and what he may not do himself."""
    away_from: date | None = None
    away_to: date | None = None

    def has_role(self, *roles: str) -> bool:
        """Tell whether one of *roles* is the person's."""
        return self.role in roles or any(role in roles for role in self.also)

    def is_away_on(self, day: date) -> bool:
        """Tell whether somebody else does the person's work on *day*, both ends included."""
        return bool(self.stand_in) and self.is_absent_on(day)

    def is_absent_on(self, day: date) -> bool:
        """Tell whether the person is not there on *day*, whether or not somebody stands in, both ends included."""
        if self.away_from is None and self.away_to is None:
            return False
        return (self.away_from or day) <= day <= (self.away_to or day)

    def serves_on(self, day: date) -> bool:
        """Tell whether the person is in force on *day*, both ends included."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the county. ``served_by`` holds a staff number by role code."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    served_by: Mapping[str, str] = field(default_factory=dict)
    starts: date | None = None
    ends: date | None = None

    def in_force_on(self, day: date) -> bool:
        """Tell whether the area is in force on *day*, both ends included."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Roster:
    """The people and areas in force on ``day``."""

    day: date
    people: Mapping[str, Person] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    everyone: Mapping[str, Person] = field(default_factory=dict)
    """Also those who left or have not begun."""
    roles: Mapping[str, Localized] = field(default_factory=dict)
    """What the roles are called, by code."""

    by_name: Mapping[str, tuple[Area, ...]] = field(init=False)
    """The areas in force by code, name and other names; a name may be several areas'."""
    people_by_name: Mapping[str, tuple[Person, ...]] = field(init=False)
    """The people in force by name; a name may be several people's."""

    def __post_init__(self) -> None:
        """Index the areas by their names, in the order of their codes, and the people."""
        named: dict[str, tuple[Area, ...]] = {}
        for _, area in sorted(self.areas.items()):
            for name in dict.fromkeys((area.code, area.name, *area.aliases)):
                named[name] = (*named.get(name, ()), area)
        object.__setattr__(self, "by_name", named)
        called: dict[str, tuple[Person, ...]] = {}
        for person in self.people.values():
            called[person.name] = (*called.get(person.name, ()), person)
        object.__setattr__(self, "people_by_name", called)

    def is_of_areas(self, role: str) -> bool:
        """Tell whether any area names who has *role* there."""
        return any(role in area.served_by for area in self.areas.values())

    def callable_names(self) -> tuple[str, ...]:
        """Return what each person in force is told by: the name, or the number where the name is not his alone."""
        return tuple(
            each.name if self.named(each.name) == each else each.number for _, each in sorted(self.people.items())
        )

    def role_words(self, role: str) -> Localized:
        """Return what *role* is called; its code when no sheet offers it."""
        return self.roles.get(role, Localized(role, role))

    def with_role(self, role: str) -> tuple[Person, ...]:
        """Return those in force who have *role*, by number."""
        return tuple(person for _, person in sorted(self.people.items()) if person.has_role(role))

    def stand_in_of(self, person: Person) -> Person | None:
        """Return who stands in for *person*: in force, and not away himself; None when there is nobody."""
        other = self.named(person.stand_in) if person.stand_in else None
        return None if other is None or other.number == person.number or other.is_away_on(self.day) else other

    def known_as(self, name: str) -> Person | None:
        """Return the one person of that name or number, those in force before those who are not; None when there is none, or
        more than one.
        """
        found = self.named(name) or self.everyone.get(name)
        if found is not None:
            return found
        names = (name, _SPREAD.sub("", name))
        gone = [each for each in self.everyone.values() if each.name in names and each.number not in self.people]
        return gone[0] if len(gone) == 1 and not any(one.name in names for one in self.people.values()) else None

    def named_in(self, texts: Iterable[object]) -> list[Person]:
        """Return those in force whom *texts*, of one name or several each, name."""
        said = "、".join(str(text) for text in texts if text)
        names = (name.strip() for name in _NAMES_APART.split(said))
        each_name = (one for name in names for one in ((name,) if self.named(name) else name.split()))
        people = (self.named(name) for name in each_name)
        return list(dict.fromkeys(each for each in people if each is not None and each.number in self.people))

    def named(self, name: str) -> Person | None:
        """Return the one person in force of that name or number; None when there is none, or more than one."""
        if name in self.people:
            return self.people[name]
        found = self.people_by_name.get(name) or self.people_by_name.get(_SPREAD.sub("", name), ())
        return found[0] if len(found) == 1 else None
