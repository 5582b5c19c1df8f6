"""What happened to somebody's work without his doing: told once, in the next mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from schemas.language import Localized

TOLD_FOR = timedelta(days=3)
"""What happened on a Friday is still told on Monday."""


@dataclass(frozen=True, slots=True)
class WorkNotice:
    """One sentence for one reader."""

    code: str
    """What tells it apart from all others of that reader."""
    says: Localized

    @property
    def item(self) -> str:
        """What names it among all that mails have told."""
        return f"notice/{self.code}"
