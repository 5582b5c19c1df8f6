"""Who is over the areas of whom, by the sheet of areas, for declarations that send work to a person's own superior."""

from __future__ import annotations

from datetime import date

from schemas.language import Field, Localized, Values
from schemas.language.work import Derived, RegisterView


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
