"""Who works here and who serves what, on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.language import Localized


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

    def has_role(self, *roles: str) -> bool:
        """Tell whether one of *roles* is the person's."""
        return self.role in roles or any(role in roles for role in self.also)

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

    def __post_init__(self) -> None:
        """Index the areas by their names, in the order of their codes."""
        named: dict[str, tuple[Area, ...]] = {}
        for _, area in sorted(self.areas.items()):
            for name in dict.fromkeys((area.code, area.name, *area.aliases)):
                named[name] = (*named.get(name, ()), area)
        object.__setattr__(self, "by_name", named)

    def role_words(self, role: str) -> Localized:
        """Return what *role* is called; its code when no sheet offers it."""
        return self.roles.get(role, Localized(role, role))

    def with_role(self, role: str) -> tuple[Person, ...]:
        """Return those in force who have *role*, by number."""
        return tuple(person for _, person in sorted(self.people.items()) if person.has_role(role))

    def named(self, name: str) -> Person | None:
        """Return the one person in force of that name or number; None when there is none, or more than one."""
        if name in self.people:
            return self.people[name]
        found = [person for person in self.people.values() if person.name == name]
        return found[0] if len(found) == 1 else None
