"""Who does a stage for a record: whom its area names for the stage's role, else the one person who has the role."""

from __future__ import annotations

from pipeline.domain.roster import Area, Person, Roster
from schemas.form import Stage


def choose_person(stage: Stage, area: Area | None, roster: Roster) -> Person | None:
    """Return the person in force for *stage* in *area*; None when there is none, or nothing tells among several."""
    named = area.served_by.get(stage.role, "") if area else ""
    if named:
        return roster.people.get(named)
    holders = roster.with_role(stage.role)
    return holders[0] if len(holders) == 1 else None
