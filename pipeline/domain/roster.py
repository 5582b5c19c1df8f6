"""Who works here and who serves what, on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office. Without dates in force for ever."""

    number: str
    name: str
    role: str
    email: str = ""
    starts: date | None = None
    ends: date | None = None

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

    by_name: Mapping[str, tuple[Area, ...]] = field(init=False)
    """The areas in force by code, name and other names; a name may be several areas'."""

    def __post_init__(self) -> None:
        """Index the areas by their names, in the order of their codes."""
        named: dict[str, tuple[Area, ...]] = {}
        for _, area in sorted(self.areas.items()):
            for name in dict.fromkeys((area.code, area.name, *area.aliases)):
                named[name] = (*named.get(name, ()), area)
        object.__setattr__(self, "by_name", named)

    def with_role(self, role: str) -> tuple[Person, ...]:
        """Return those in force who have *role*, by number."""
        return tuple(person for _, person in sorted(self.people.items()) if person.role == role)

    def named(self, name: str) -> Person | None:
        """Return the one person in force of that name or number; None when there is none, or more than one."""
        if name in self.people:
            return self.people[name]
        found = [person for person in self.people.values() if person.name == name]
        return found[0] if len(found) == 1 else None
