"""Where the books stand: how far the events have come, and which of them had been taken back by then."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.record import Event


@dataclass(frozen=True, slots=True)
class Position:
    """After the event of number *event*; ``undone`` is the last run that had taken events back by then, or any later one
    that had taken back none. Written ``<event>/<undone>``.
    """

    event: int = 0
    undone: int = 0

    @classmethod
    def parse(cls, text: str) -> Position:
        """Return the position that *text* is; what is no number in it counts as 0: somebody may have typed there."""
        event, _, undone = text.partition("/")
        return cls(int(event) if event.isdecimal() else 0, int(undone) if undone.isdecimal() else 0)

    def __str__(self) -> str:
        return f"{self.event}/{self.undone}"

    def counts(self, event: Event) -> bool:
        """Tell whether *event* had happened by then and stood."""
        return event.number <= self.event and (event.undone is None or event.undone > self.undone)
