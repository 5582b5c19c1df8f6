"""What the running period still asks for: what is due, what has been made, so that nobody learns of it when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from schemas.language.words import Localized
from schemas.language.work import RegisterView


@dataclass(frozen=True, slots=True)
class Owed:
    """One line: what a person owes of a subject until the period's end, both numbers in the outlook's unit."""

    person: str
    """Name or staff number; of whoever is on no roster nothing is shown."""
    subject: str | Localized
    due: float
    made: float

    @property
    def missing(self) -> float:
        """What is still to be made, 0 when enough has been."""
        return max(0, self.due - self.made)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A table on the worklist of everybody who owes something; ``owed`` returns its lines for the period of a day."""

    code: str
    title: Localized
    of: Localized
    """What the first column holds."""
    owed: Callable[[RegisterView, date], Iterable[Owed]]
    percent: bool = False
    """The numbers are shares between 0 and 1."""
