"""What went before today: the last runs, findings that came and went, steps that people took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.json_values import JsonRead

WEEKS = 8
"""How far back trends go."""
STEPS_DAYS = 30
"""How far back steps are counted."""


@dataclass(frozen=True, slots=True)
class RunSeen:
    """A run that brought news, with its tally as the ledger keeps it."""

    number: int
    day: date
    summary: JsonRead


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """A finding of the last weeks, or one that is still open: enough for a trend."""

    rule: str
    owner: str
    opened: date
    closed: date | None


@dataclass(frozen=True, slots=True)
class Trends:
    """``runs`` newest first; ``steps`` counts by actor's name what led records on in the last ``STEPS_DAYS``."""

    runs: Sequence[RunSeen] = ()
    findings: Sequence[FindingSeen] = ()
    steps: Mapping[str, int] = field(default_factory=dict)
