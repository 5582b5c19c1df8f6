"""What a workbook of ours brings back in its hidden sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.domain.embedded_metadata import SHEET, sheet_entry
from pipeline.domain.extract import Known
from pipeline.read.formats.grid import Grid, as_text
from schemas.language import Form

SKIPPED = "skip:"
"""Carried before the title of a sheet that only explains."""


def metadata_of(grids: Sequence[Grid]) -> dict[str, str]:
    """Return what the hidden sheet carries, nothing when there is none."""
    grid = next((each for each in grids if each.title == SHEET), None)
    if grid is None:
        return {}
    return {as_text(row[0]): as_text(row[1]) for row in grid.rows if len(row) > 1 and as_text(row[0])}


def stage_form(metadata: Mapping[str, str], title: str, known: Known) -> Form | None:
    """Return the form that the worklist's sheet called *title* is to be filled for, None when it only informs."""
    code = metadata.get(sheet_entry(title))
    return next((form for form in known.forms if form.code == code), None)
