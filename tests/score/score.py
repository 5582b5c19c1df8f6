"""Holds what a tool said against the truth, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from tests.score.judged import Judged, Said
from tests.score.truth import Case, Table


@dataclass(slots=True)
class Score:
    """Sums over all files."""

    faults: int = 0
    found: int = 0
    """Faults of which an error told that names their cell."""
    false: int = 0
    """Errors at cells, rows or sheets without a fault."""
    named: int = 0
    """Errors that name a cell."""
    errors: int = 0
    right: int = 0
    """Records without a fault."""
    accepted: int = 0
    equal: int = 0
    """Accepted records of which every value equals the truth."""
    wrong: int = 0
    """Records with a fault that were accepted, and records that nobody wrote."""
    misses: list[str] = field(default_factory=list)
    """What went wrong, one line each."""

    def add(self, other: Score) -> None:
        """Add the numbers of *other*."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def score(case: Case, judged: Judged, keys: dict[str, str], *, doubts: bool = False) -> Score:
    """Return the score of one file. *keys* holds the key field of each form; *doubts* counts warnings about values too."""
    result = Score(errors=len(judged.errors), named=sum(bool(said.cell) for said in judged.errors))
    errors = list(judged.errors)
    single = len({table.sheet for table in case.tables}) == 1
    for table in case.tables:
        for fault in table.faults:
            result.faults += 1
            about = [said for said in errors if said.cell in fault.cells and (single or said.sheet == table.sheet)]
            if about:
                result.found += 1
                errors = [said for said in errors if said not in about]
            else:
                result.misses.append(
                    f"not found: {fault.kind} of {fault.field} at {_cells(table, fault.cells)}: {fault.written}"
                )
        _compare(result, table, judged, keys[table.form], single=single)
    result.false = len(errors)
    result.misses += [f"false error: {_told(said)}" for said in errors]
    if doubts:
        values = {(table.sheet, cell) for table in case.tables for cell in table.cells}
        sheets = {table.sheet for table in case.tables}
        for said in judged.doubts:
            sheet = next(iter(sheets)) if single else said.sheet
            if (sheet, said.cell) in values:
                result.misses.append(f"false warning: {_told(said)}")
    return result


def _compare(result: Score, table: Table, judged: Judged, key: str, *, single: bool) -> None:
    """Count the records of *table*: a record is known by its key, and forms by the fields they hold."""
    read: dict[Any, dict[str, Any]] = {}
    for sheet, values in judged.records:
        if key in values and (single or sheet == table.sheet):
            read.setdefault(values[key], values)
    result.right += len(table.right)
    for values in table.right:
        found = read.pop(values[key], None)
        if found is None:
            result.misses.append(f"not accepted: {table.form} {values[key]}")
            continue
        result.accepted += 1
        if found == values:
            result.equal += 1
        else:
            differing = sorted(code for code in {*found, *values} if found.get(code) != values.get(code))
            shown = ", ".join(f"{code} {found.get(code)!r}, meant {values.get(code)!r}" for code in differing)
            result.misses.append(f"not equal: {table.form} {values[key]}: {shown}")


def surplus(cases: Sequence[Case], judged: dict[int, Judged]) -> int:
    """Return how many records were accepted beyond those that are right."""
    return sum(
        max(0, len(judged[case.seed].records) - sum(len(table.right) for table in case.tables)) for case in cases
    )


def _cells(table: Table, cells: frozenset[str]) -> str:
    return f"{table.sheet}!{'/'.join(sorted(cells))}"


def _told(said: Said) -> str:
    return f"{said.rule} {said.field} at {said.sheet}!{said.cell}"
