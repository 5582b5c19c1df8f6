"""What an office has set in tables that it hands in as any other sheet: days off, numbers of procedures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pipeline.domain.record import RecordState
from schemas.language import NO_TEXT, Catalogue, FieldRole, Localized, Register
from schemas.language.work import WORKED_DAY

Fetch = Callable[[str], Mapping[str, RecordState]]
"""Returns the records of a register, by its code."""


def own_days(catalogue: Catalogue, fetch: Fetch) -> dict[date, bool]:
    """Return the days of which the office has said whether they are worked."""
    days: dict[date, bool] = {}
    for register in _holding(catalogue, FieldRole.CALENDAR_DAY):
        day, kind = register.meaning(FieldRole.CALENDAR_DAY), register.meaning(FieldRole.DAY_KIND)
        if day is None or kind is None:
            continue
        for entry in fetch(register.code).values():
            days[date.fromisoformat(str(entry.values[day.code]))] = entry.values.get(kind.code) == WORKED_DAY.code
    return days


def calendar_title(catalogue: Catalogue) -> Localized:
    """Return what the sheet of days off is called; no words where there is none."""
    return next((each.base.title for each in _holding(catalogue, FieldRole.CALENDAR_DAY)), NO_TEXT)


def _holding(catalogue: Catalogue, means: FieldRole) -> list[Register]:
    """Return the roster's registers that have a field used as *means*: what is set goes by it, as by people and areas."""
    every = [register for each in catalogue.procedures if each.roster for register in each.registers]
    return [register for register in every if register.meaning(means)]
