"""Who has a role by the sheet of staff, and who is over the areas of whom by that of areas, for declarations that ask it of a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schemas.language import Field, Localized, Option, Values
from schemas.language.work import Derived, RecordView, RegisterView


def has_one_of(person: RecordView, *roles: Option) -> bool:
    """Tell whether *person*, a record of the sheet of staff, has one of *roles*, as his first or a further one."""
    called = {name for role in roles for name in (role.code, *role.names)}
    return bool(called & {str(person.get("staff_role")), *str(person.get("staff_also") or "").split("、")})


def holds_role(held: RegisterView, name: str, role: Option) -> bool:
    """Tell whether somebody of that *name*, or number, has *role* on the sheet of staff, beside others or alone."""
    known = [*held.holding("people", "staff_name", name), *filter(None, (held["people"].get(name),))] if name else []
    return any(has_one_of(each, role) for each in known)


def names_of(held: RegisterView, role: Option, day: date) -> str | None:
    """Return the names of all who have *role* on that *day* by the sheet of staff, beside others or alone; None where nobody has."""
    on = day.isoformat()
    there = [
        str(each.get("staff_name"))
        for each in held["people"].values()
        if has_one_of(each, role) and str(each.get("serves_from") or on) <= on <= str(each.get("serves_to") or on)
    ]
    return "、".join(there) or None


def reported_to(
    code: str, words: Localized, role: Option, handed_in: tuple[str, ...], goes_up: Callable[[Values], bool]
) -> Derived:
    """Return the derived field *code*: the names of those with *role*, who read a report that *goes_up* to them, as they were when it was
    handed in: one of these fields is filled.
    """

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        if not goes_up(values):
            return None
        known = values.get(code) if any(values.get(each) for each in handed_in) else None
        return str(known) if known else names_of(held, role, today)

    return Derived(Field(code, words), look=look)


def stood_in(held: RegisterView, name: str, whom: str, day: date) -> bool:
    """Tell whether *name* stood in, by the sheet of staff, for *whom* on that *day*; either may be a name or a number."""
    people = held["people"]
    called = {name} | {str(each.get("staff_name")) for key, each in people.items() if key == name}
    called |= {each.key for each in held.holding("people", "staff_name", name)}
    absent = [*held.holding("people", "staff_name", whom), *filter(None, (people.get(whom),))] if whom else []
    on = day.isoformat()
    return any(
        str(each.get("staff_stand_in") or "") in called
        and str(each.get("staff_away_from") or on) <= on <= str(each.get("staff_away_to") or on)
        for each in absent
    )


def named_holder(code: str, words: Localized, name: str, role: Option) -> Derived:
    """Return the derived field *code*: who stands in the field *name*, where he has *role*; else blank, and it is for who has it."""

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        said = str(values.get(name) or "")
        return said if holds_role(held, said, role) else None

    return Derived(Field(code, words), look=look)


def market_manager_over(code: str, words: Localized, name: str) -> Derived:
    """Return the derived field *code*: the staff number of the market manager over the areas that who stands in the field *name*
    serves; blank where it is not one alone, and any of them may do it.
    """

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        who = str(values.get(name) or "")
        numbers = {who, *(each.key for each in held.holding("people", "staff_name", who))} if who else set()
        areas = (each for each in held["areas"].values() if each.get("account_manager_no") in numbers)
        managers = {str(each.get("market_manager_no") or "") for each in areas}
        return managers.pop() or None if len(managers) == 1 else None

    return Derived(Field(code, words), look=look)
