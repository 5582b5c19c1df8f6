"""What each row of a sheet of changes was to do: of one record several things may be changed, each a matter of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain.checked import RowId
from pipeline.domain.extract import Extract
from pipeline.domain.finding import DEED, Finding
from pipeline.domain.place import find_cell
from pipeline.validate.as_written import as_written
from schemas.language import FieldRole, Form

_SAID_OTHERWISE = {FieldRole.ITEM, FieldRole.ACTOR, FieldRole.REASON, FieldRole.STARTS}
"""What a row may say otherwise when it is put right, and is about the same all the same: its kind and its new value tell."""


class DeedsOfRows:
    """The rows of *extracts*, sheets of the changes that *form* tells of."""

    def __init__(self, form: Form, extracts: Sequence[Extract]) -> None:
        self._rows: dict[RowId, str] = {}
        self._cells: dict[tuple[str, str, int], str] = {}
        telling = [field.code for field in form if not field.key and field.means not in _SAID_OTHERWISE]
        for each in extracts:
            for at, row in enumerate(each.rows):
                said = "\x1f".join(as_written(each.values[code][at]).strip() for code in telling if code in each.values)
                self._rows[each.submission, each.sheet, row] = said
                for cells in each.cells.values():
                    self._cells[each.submission, each.sheet, cells[at]] = said

    def of(self, row: RowId) -> str:
        """Return what *row* was to do, "" where it is not known."""
        return self._rows.get(row, "")

    def told(self, finding: Finding) -> Finding:
        """Return *finding* with what its row was to do."""
        cell = find_cell(finding.cell)
        said = "" if cell is None else self._cells.get((finding.submission, finding.sheet, cell), "")
        return replace(finding, details=(*finding.details, (DEED, said))) if said else finding
