"""A decision on what somebody had asked for, of which he is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.language import Localized


@dataclass(frozen=True, slots=True)
class Decision:
    """``by`` has taken the step ``stage`` on the day ``on`` with ``answer``, blank where the step gives none."""

    number: int
    """Of the event that tells of it."""
    key: str
    title: str
    stage: Localized
    answer: Localized
    reason: str
    by: str
    on: date
    lapsed: bool = False
    """What it decided on was changed since: it is to be made again."""

    @property
    def item(self) -> str:
        """What names it among all that mails have told."""
        return f"decided/{self.number}" + ("/lapsed" if self.lapsed else "")
