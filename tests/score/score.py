"""Holds what a tool said against the truth, and counts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from tests.score.judged import Judged, Said
from tests.score.truth import Case, Fault, Table


@dataclass(slots=True)
class Score:
    """Sums over files."""

    faults: int = 0
    found: int = 0
    """Faults with an error anywhere in their record."""
    named: int = 0
    """Faults with an error at their own cell."""
    false: int = 0
    """Errors at cells, rows or sheets without a fault."""
    right: int = 0
    """Records without a fault."""
    accepted: int = 0
    """Of these, the ones accepted."""
    equal: int = 0
    """Of these, the ones of which every value equals the truth."""
    wrong: int = 0
    """Records accepted that have a fault, or that nobody wrote."""
    misses: list[str] = field(default_factory=list)
    """What went wrong, one line each."""

    def add(self, other: Score) -> None:
        """Add the sums of *other*."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def score(case: Case, judged: Judged, keys: dict[str, str]) -> Score:
    """Return the score of one file. *keys* holds the key field of each form."""
    total = Score()
    single = len({table.sheet for table in case.tables}) == 1  # a text file's sheet has no name to go by
    left = list(judged.errors)
    accepted: list[dict[str, Any]] = [values for _, values in judged.records]
    for table in case.tables:
        on_sheet = [said for said in judged.errors if single or said.sheet == table.sheet]
        for fault in table.faults:
            left = _find(total, table, fault, on_sheet, left)
        here = [values for sheet, values in judged.records if single or sheet == table.sheet]
        taken = _compare(total, table, here, keys.get(table.form, ""))
        accepted = [values for values in accepted if not any(values is each for each in taken)]
    total.false = len(left)
    total.wrong = len(accepted)
    total.misses += [f"false error: {_told(said)}" for said in left]
    total.misses += [f"should not be accepted: {values}" for values in accepted]
    total.misses += [f"false warning: {_told(said)}" for said in judged.doubts if _is_value(case, said, single=single)]
    return total


def _find(total: Score, table: Table, fault: Fault, errors: list[Said], left: list[Said]) -> list[Said]:
    """Count one fault; return the errors that are still to be explained."""
    at_cell = [said for said in errors if said.cell in fault.cells]
    total.faults += 1
    total.named += bool(at_cell)
    total.found += any(said.cell in fault.record for said in errors)
    if not at_cell:
        where = f"{table.sheet}!{'/'.join(sorted(fault.cells))}"
        total.misses.append(f"not found: {fault.kind} of {fault.field} at {where}: {fault.written}")
    return [said for said in left if said not in at_cell]


def _compare(total: Score, table: Table, records: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Count the right records of *table*, known by their key; return those that were accepted."""
    by_key = {values[key]: values for values in reversed(records) if key in values}
    taken = []
    total.right += len(table.right)
    for meant in table.right:
        found = by_key.get(meant[key])
        if found is None:
            total.misses.append(f"not accepted: {table.form} {meant[key]}")
            continue
        taken.append(found)
        total.accepted += 1
        if found == meant:
            total.equal += 1
        else:
            differing = sorted(code for code in {*found, *meant} if found.get(code) != meant.get(code))
            shown = ", ".join(f"{code} {found.get(code)!r}, meant {meant.get(code)!r}" for code in differing)
            total.misses.append(f"not equal: {table.form} {meant[key]}: {shown}")
    return taken


def _is_value(case: Case, said: Said, *, single: bool) -> bool:
    return any(said.cell in table.cells for table in case.tables if single or said.sheet == table.sheet)


def _told(said: Said) -> str:
    return f"{said.rule} {said.field} at {said.sheet}!{said.cell}"
