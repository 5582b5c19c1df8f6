"""Who does a stage for a record: whom the record names, whom its area names for the role, else who has the role."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain.roster import Area, Person, Roster
from pipeline.domain.routing import role_for
from schemas.language import Stage, StoredValues

_NOTHING: StoredValues = {}
_NO_LOAD: Mapping[str, int] = {}


def choose_person(
    stage: Stage,
    area: Area | None,
    roster: Roster,
    values: StoredValues = _NOTHING,
    has: str = "",
    load: Mapping[str, int] = _NO_LOAD,
) -> Person | None:
    """Return the person in force for *stage* of a record holding *values* in *area*; None when there is none, or nothing
    tells among several.

    Where the work is spread, *has* (the staff number of who has it already) keeps it, else whoever has least by *load*.
    """
    barred = {person.number for code in stage.not_by if (person := roster.named(str(values.get(code, ""))))}
    named = roster.named(str(values.get(stage.whom, ""))) if stage.whom else None
    if named is not None and named.number not in barred:
        return named
    role = role_for(stage, values)
    of_area = area.served_by.get(role, "") if area else ""
    if of_area and of_area not in barred:
        return roster.people.get(of_area)
    holders = [person for person in roster.with_role(role) if person.number not in barred]
    if stage.spread and holders:
        keeping = [person for person in holders if person.number == has]
        return keeping[0] if keeping else min(holders, key=lambda person: (load.get(person.number, 0), person.number))
    return holders[0] if len(holders) == 1 else None
