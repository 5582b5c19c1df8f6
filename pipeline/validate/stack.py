"""All extracts of one form end to end: rows are counted through, columns are plain lists of stored values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.validate.as_written import quote
from pipeline.validate.outcome import Repaired, StoredValue, WrongValue
from schemas.language import Field, Form


@dataclass(slots=True)
class FieldColumn:
    """One field of all rows. ``values`` holds None for a blank and for what is ``wrong``; rows are the stack's."""

    values: list[StoredValue | None] = field(default_factory=list)
    repaired: dict[int, Repaired] = field(default_factory=dict)
    wrong: dict[int, WrongValue] = field(default_factory=dict)


class Stack:
    """The extracts of *form*, and where each of their rows stands."""

    def __init__(self, form: Form, extracts: Sequence[Extract]) -> None:
        self.form = form
        self.extracts = extracts
        self.starts = list(accumulate((len(extract) for extract in extracts), initial=0))
        self.columns: dict[str, FieldColumn] = {}
        self._owners = [number for number, extract in enumerate(extracts) for _ in extract.rows]

    def __len__(self) -> int:
        return self.starts[-1]

    def locate(self, row: int) -> tuple[Extract, int]:
        """Return the extract of *row* and the row's number in it."""
        owner = self._owners[row]
        return self.extracts[owner], row - self.starts[owner]

    def raw(self, row: int, field: Field) -> Raw:
        """Return the cell of *field* as the file holds it, None where the sheet lacks the field."""
        extract, at = self.locate(row)
        column = extract.values.get(field.code)
        return column[at] if column is not None else None

    def cell(self, row: int, field: Field) -> int:
        """Return the packed cell of *field*, the record's first cell where the sheet lacks the field."""
        extract, at = self.locate(row)
        column = extract.cells.get(field.code)
        return column[at] if column is not None else extract.rows[at]

    def written(self, row: int, field: Field) -> str:
        """Return the cell of *field* as a finding quotes it."""
        return quote(self.raw(row, field))

    def key(self, row: int) -> str:
        """Return the record's converted key, "" when it has none."""
        value = self.columns[self.form.key.code].values[row]
        return "" if value is None else str(value)
