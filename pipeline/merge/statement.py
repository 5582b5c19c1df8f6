"""What a row's cells stand upon, and whom a cell would replace: the three-way merge of one value.

The register still at the base: the statement is applied. Moved on to the same value: nothing is to do. Moved on to another
one, said by somebody else: a conflict, which waits for one answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.domain.record import Event


@dataclass(frozen=True, slots=True)
class StatementBase:
    """Of a row of a sender's own sheet: who says it, as which submissions that voice has spoken of the record before, and
    what it has said in each field (None: a blank). ``set_back``: what it says anew it means, also where it had said the
    same before.
    """

    author: str = ""
    voice: frozenset[str] = frozenset()
    earlier: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    made: datetime | None = None
    """When the sheet was saved, of a row of changes; None of others."""
    waiting: Mapping[str, datetime] = field(default_factory=dict)
    """Of a row of changes: the fields that it was to change so before, when it was refused, and since when."""
    set_back: bool = False

    def is_own(self, event: Event, code: str) -> bool:
        """Tell whether what *event* set in field *code* is this voice's own, so that it may go on from there."""
        return (
            event.submission in self.voice
            or (bool(self.author) and event.actor == self.author)
            or event.values[code] in self.earlier.get(code, ())
        )


def last_setter(events: Sequence[Event], code: str) -> Event | None:
    """Return the newest of *events* (in order) that set field *code*, by a sheet or by the program; None when none did."""
    return next((event for event in reversed(events) if code in event.values), None)
