"""The findings of one form in one run: one cause, one finding."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.rulebook import found
from pipeline.validate.stack import Stack
from schemas.form import Field, Rule, Severity


class CellFindings:
    """Collects findings by cell: after an error nothing more is said of the cell, and a repair gives way to it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._positions = {field.code: at for at, field in enumerate(stack.form)}
        self._cells: dict[tuple[int, int | str], list[tuple[int, Finding]]] = {}
        self.refused: set[int] = set()
        """Rows that stay out."""

    def add(self, row: int, field: Field, rule: str, **details: Any) -> None:
        """Add a finding by one of the program's own rules at the cell of *field* in *row*."""
        self._place(row, field, found(rule, **self._about(row, field), **details))

    def add_own(self, row: int, field: Field, rule: Rule) -> None:
        """Add a finding by one of the form's own rules."""
        self._place(row, field, Finding(rule=rule.code, severity=rule.severity, **self._about(row, field)))

    def has_error(self, row: int, field: Field) -> bool:
        """Tell whether the cell of *field* in *row* has an error already."""
        return any(finding.severity is Severity.ERROR for _, finding in self._cells.get(self._cell(row, field), ()))

    def refuse(self, row: int) -> None:
        """Keep *row* out for a reason that was told of its whole sheet."""
        self.refused.add(row)

    def listed(self, silent: Collection[int]) -> list[Finding]:
        """Return the findings by row and field, without those of the *silent* rows."""
        ordered = sorted(
            ((row, position, finding) for (row, _), held in self._cells.items() for position, finding in held),
            key=lambda each: each[:2],
        )
        return [finding for row, _, finding in ordered if row not in silent]

    def _place(self, row: int, field: Field, finding: Finding) -> None:
        cell = self._cell(row, field)
        held = self._cells.get(cell, [])
        if self.has_error(row, field) or any(other.rule == finding.rule for _, other in held):
            return
        if finding.severity is Severity.ERROR:
            self.refused.add(row)
            held = []
        self._cells[cell] = [*held, (self._positions[field.code], finding)]

    def _cell(self, row: int, field: Field) -> tuple[int, int | str]:
        """A cell that two fields share is one; a field without a cell is known by itself."""
        extract, _ = self._stack.locate(row)
        return row, self._stack.cell(row, field) if field.code in extract.cells else field.code

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
