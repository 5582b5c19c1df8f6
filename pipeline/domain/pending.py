"""A change that was handed in before its day: it waits in the ledger and takes effect by the first run of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.domain.record import Record


@dataclass(frozen=True, slots=True)
class Pending:
    """``number`` is that of the event by which it was announced: undo that, and the change never comes."""

    number: int
    register: str
    day: date
    record: Record
