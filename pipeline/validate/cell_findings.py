"""The findings of one form in one run: one cause, one finding."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.rulebook import found
from pipeline.validate.fillers import Fillers, with_filler
from pipeline.validate.stack import Stack
from schemas.language import Field, Rule, Severity


class CellFindings:
    """Collects findings by cell: after an error nothing more is said of a cell, and a repair gives way to it.

    A cell may serve two fields (both ends of a range) or many rows (who filled the sheet): it is spoken of once.
    Nothing is said of *silent* rows, nor of *unsaid* cells (row and field), unless the whole row is judged.
    """

    def __init__(self, stack: Stack, silent: Collection[int], unsaid: Collection[tuple[int, str]] = ()) -> None:
        self._stack = stack
        self._silent = silent
        self._unsaid = unsaid
        self._positions = {field.code: at for at, field in enumerate(stack.form)}
        self._cells: dict[tuple[object, ...], list[tuple[int, int, Finding]]] = {}
        self.refused: set[int] = set()
        """Rows that stay out."""

    def add(self, row: int, field: Field, rule: str, **details: object) -> None:
        """Add a finding by one of the program's own rules at the cell of *field* in *row*."""
        if row not in self._silent and (row, field.code) not in self._unsaid:
            self._place(row, field, found(rule, **self._about(row, field), **details))

    def add_unfinished(self, row: int, field: Field) -> None:
        """Tell of a silent *row*, in which who and when stand alone, that *field* is blank."""
        self._place(row, field, found("worklist.row_unfinished", **self._about(row, field)))

    def add_unsigned(self, row: int, field: Field, changed: Field) -> None:
        """Tell of a silent *row*, in which what its step asks to change was *changed*, that *field* is blank."""
        self._place(row, field, found("worklist.row_unsigned", **self._about(row, field), changed=changed.label))

    def add_own(self, row: int, field: Field, rule: Rule, *, whole_row: bool = False) -> None:
        """Add a finding by one of the form's own rules; with *whole_row* it looks at several cells."""
        if row not in self._silent and (whole_row or (row, field.code) not in self._unsaid):
            self._place(row, field, Finding(rule=rule.code, severity=rule.severity, **self._about(row, field)))

    def refuse(self, row: int) -> None:
        """Keep *row* out for a reason that was told of its whole sheet."""
        if row not in self._silent:
            self.refused.add(row)

    def listed(self) -> list[Finding]:
        """Return the findings by row and field, each with who filled the row where several have filled the sheet."""
        ordered = sorted((each for held in self._cells.values() for each in held), key=lambda each: each[:2])
        fillers = Fillers(self._stack)
        return [with_filler(finding, fillers.of(row)) for row, _, finding in ordered]

    def _place(self, row: int, field: Field, finding: Finding) -> None:
        cell = self._cell(row, field)
        held = self._cells.get(cell, [])
        is_error = finding.severity is Severity.ERROR
        if is_error:
            self.refused.add(row)
        if any(other.severity is Severity.ERROR or other.rule == finding.rule for _, _, other in held):
            return
        self._cells[cell] = [*([] if is_error else held), (row, self._positions[field.code], finding)]

    def _cell(self, row: int, field: Field) -> tuple[object, ...]:
        """Return what tells the cell from all others; a field without a cell is known by its row."""
        extract, _ = self._stack.locate(row)
        own = (self._stack.cell(row, field),) if field.code in extract.cells else (row, field.code)
        return extract.submission, extract.file, extract.sheet, *own

    def _about(self, row: int, field: Field) -> dict[str, Any]:
        extract, _ = self._stack.locate(row)
        return {
            "submission": extract.submission,
            "file": extract.file,
            "sheet": extract.sheet,
            "cell": cell_name(self._stack.cell(row, field)),
            "form": self._stack.form.code,
            "field": field.code,
            "value": self._stack.written(row, field),
            "key": self._stack.key(row),
        }
