"""A value that somebody had said and that somebody else's paper has replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.language import Localized

BLANK = Localized("（空）", "(blank)")
"""How a value is said that was taken away."""


@dataclass(frozen=True, slots=True)
class ReplacedValue:
    """Whoever said ``before`` on the day ``said`` is told that it is ``after`` now, by whom, when and where."""

    number: int
    """Of the event that replaced it."""
    person: str
    """Staff number of who is told, "" for the clerk."""
    register: str
    key: str
    title: str
    field: str
    label: Localized
    private: bool
    before: Localized
    said: date | None
    after: Localized
    by: str
    on: date
    watched: bool = False
    """Who is told had not said it: he watches over it, or was named there."""
    nameless: bool = False
    """Nobody is named as who had said it: whoever is told need not be the one."""

    @property
    def item(self) -> str:
        """What names it among all that mails have told."""
        return f"replaced/{self.number}/{self.field}"
