"""One dropped file, as the ledger remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.json_values import JsonRead

TAKEN_BACK = "taken back"
"""Fate of a file whose rows were undone: dropped again, it is read again."""


@dataclass(frozen=True, slots=True)
class Submission:
    """``name`` as it lay in the inbox, ``archived`` where it lies now (below the outbox), ``rows`` by fate."""

    sha256: str
    name: str
    sender: str
    run: int
    day: date
    fate: str  # read, refused, taken back
    archived: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    ignored: Sequence[JsonRead] = ()
    """Rows that are no data: sheet, row, reason, text."""
    restated: Sequence[str] = ()
    """Records, as ``register/key``, of which it said what stood already: it builds on those who said it first."""
