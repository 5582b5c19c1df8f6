"""What declarations count in the registers of a day: statistics, and what the running period still asks of each person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.office_tables import own_days
from pipeline.domain.outlooks import Ahead, look_ahead
from pipeline.domain.record import RecordState
from pipeline.domain.register_views import Registers, figures
from pipeline.domain.roster import Roster
from schemas.language import Catalogue
from schemas.language.parameters import ParameterValue
from schemas.language.work import FigureRows
from schemas.language.workdays import office_days


@dataclass(frozen=True, slots=True)
class Counted:
    """``figures`` by statistic, ``ahead`` by staff number."""

    figures: Mapping[str, FigureRows]
    ahead: Mapping[str, Sequence[Ahead]]


def count_all(
    catalogue: Catalogue,
    fetch: Callable[[str], Mapping[str, RecordState]],
    parameters: Mapping[str, ParameterValue],
    roster: Roster,
    day: date,
) -> Counted:
    """Return what is counted on *day* in the registers that *fetch* returns by code."""
    held = Registers(catalogue, fetch, parameters, day)
    with office_days(own_days(catalogue, fetch)):
        return Counted(figures(catalogue, held, day), look_ahead(catalogue, held, roster, day))
