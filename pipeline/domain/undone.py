"""What was taken back, or would be."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.json_values import JsonObject
from pipeline.domain.record import Event
from pipeline.domain.submission import Submission


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo takes back: events by record, of which sheets. ``number`` is its own run, 0 when only asked."""

    number: int
    undone_run: int
    """The run that is taken back, 0 when it was one sheet."""
    submissions: tuple[Submission, ...]
    events: tuple[Event, ...]

    @property
    def records(self) -> int:
        """How many records change by it."""
        return len({(event.register, event.key) for event in self.events})

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        return {"run": self.number, "records": self.records, "events": len(self.events)}
