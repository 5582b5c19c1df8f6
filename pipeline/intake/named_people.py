"""One person, however a paper names him: a staff number where a name is meant is the name, so that nobody is two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.domain.cell import Raw
from pipeline.domain.extract import CellObservation, Extract
from pipeline.domain.roster import Roster
from pipeline.validate.as_written import as_written
from schemas.language import FieldRole, Form, Kind, Localized, Register

_SIGNED = (FieldRole.ACTOR, FieldRole.SUBMITTER)


def with_names_of_staff(
    register: Register, form: Form, extracts: Sequence[Extract], roster: Roster, staff: Localized
) -> list[Extract]:
    """Return *extracts* of *form* with the name of whoever is named by his staff number, which is told as a repair; where two
    bear that name the number stays. *staff* is what the register of people is called.

    A field names a person that is signed, or by which a step is given, barred or told.
    """
    of_stages = {code for each in register.stages for code in (each.whom, *each.not_by, *each.tells) if code}
    codes = [
        each.code for each in form if each.kind is not Kind.LIST and (each.means in _SIGNED or each.code in of_stages)
    ]
    names = {
        number.casefold(): person.name
        for number, person in roster.everyone.items()
        if person.name not in ("", number) and roster.known_as(person.name) == person
    }
    found = list(extracts)
    for at, extract in enumerate(found):
        for code in codes:
            if code in extract.values:
                found[at] = _named(found[at], code, names, staff)
    return found


def _named(extract: Extract, code: str, names: Mapping[str, str], staff: Localized) -> Extract:
    column = extract.values[code]
    meant: dict[Raw, str] = {raw: names.get(as_written(raw).strip().casefold(), "") for raw in set(column)}
    if not any(meant.values()):
        return extract
    seen = {
        row: CellObservation("repair.name", {"before": as_written(raw).strip(), "after": meant[raw], "register": staff})
        for row, raw in zip(extract.rows, column, strict=True)
        if meant[raw]
    }
    return replace(
        extract,
        values={**extract.values, code: [meant[raw] or raw for raw in column]},
        observations={**extract.observations, code: {**extract.observations.get(code, {}), **seen}},
    )
