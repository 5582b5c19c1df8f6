"""A row of a worklist that was kept out: its person finds it on the next worklist, filled as he filled it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.domain.finding import OpenFinding

Typed = str | int | float | date


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """``form`` is the step's, ``token`` what the row was handed in with: it stands upon the record as it was then.

    ``cells`` hold by field what was typed, as a true day or number where it was one, else as the text that it was. Of what the
    register holds only what was corrected is among them.
    """

    form: str
    token: str
    cells: Mapping[str, Typed]
    findings: tuple[OpenFinding, ...]
    wrong: Mapping[str, tuple[OpenFinding, ...]]
    """By field, what is wrong there: the findings, those that are about several cells at each of them."""
