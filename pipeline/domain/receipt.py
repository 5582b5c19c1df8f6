"""What became of one dropped file, row by row: whoever handed it in is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Receipt:
    """``file`` is its name as it was dropped; rows by fate."""

    file: str
    accepted: int = 0
    unchanged: int = 0
    rejected: int = 0
    refused: bool = False
    """Nothing could be taken from it."""
    known: bool = False
    """It is the very file that came before."""
    answers: int = 0
    """Cells in which something that was asked is answered."""
    submission: str = ""
    on_worklist: int = 0
    """How many of the rejected rows stand, as they were filled, on the worklist of whoever handed them in."""

    @property
    def rows(self) -> int:
        """How many rows of data it holds."""
        return self.accepted + self.unchanged + self.rejected

    @classmethod
    def of(
        cls,
        file: str,
        outcomes: Iterable[str],
        *,
        refused: bool,
        known: bool = False,
        answers: int = 0,
        submission: str = "",
    ) -> Receipt:
        """Return the receipt for a *file* whose rows came to *outcomes*."""
        count = Counter(outcomes)
        return cls(file, count["accepted"], count["unchanged"], count["rejected"], refused, known, answers, submission)
