"""Who has a role by the sheet of staff, for declarations that ask it of a name."""

from __future__ import annotations

from datetime import date

from schemas.language import Field, Localized, Option, Values
from schemas.language.work import Derived, RegisterView


def holds_role(held: RegisterView, name: str, role: Option) -> bool:
    """Tell whether somebody of that *name*, or number, has *role* on the sheet of staff, beside others or alone."""
    known = [*held.holding("people", "staff_name", name), *filter(None, (held["people"].get(name),))] if name else []
    called = {role.code, *role.names}
    return any(called & {str(each.get("staff_role")), *str(each.get("staff_also") or "").split("、")} for each in known)


def named_holder(code: str, words: Localized, name: str, role: Option) -> Derived:
    """Return the derived field *code*: who stands in the field *name*, where he has *role*; else blank, and it is for who has it."""

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        said = str(values.get(name) or "")
        return said if holds_role(held, said, role) else None

    return Derived(Field(code, words), look=look)
