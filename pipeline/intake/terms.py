"""What a run goes by when it takes papers in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.assign.assign_records import DueDate
from pipeline.merge.resume_paused import Prolong
from schemas.language import Language, Localized
from schemas.language.context import OFFICE_ZONE


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run goes by: the day, the county, the language of reasons, the deadlines."""

    day: date
    run: int
    county: str
    language: Language
    due: DueDate
    area_form: Localized
    """What the sheet of areas is called."""
    staff_form: Localized
    """What the sheet of staff is called."""
    prolong: Prolong = lambda due, stopped, resumed: due
    """How a deadline is moved by a pause."""
    full_evaluation: bool = True
    """The first run of a day: what hangs on the day is judged anew, whatever was handed in."""
    spoken_of: frozenset[tuple[str, str]] = frozenset()
    """Form and key of records that earlier papers of this run were about, and nothing was wrong."""
    parameters: Mapping[str, float] = field(default_factory=dict)
    """Numbers of procedures that the office has set."""
    zone: str = OFFICE_ZONE
    """Of the office's clocks."""
