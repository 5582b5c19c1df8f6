"""Text that staff read, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Localized:
    """One wording in both languages."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Return the wording in *language*."""
        return self.zh if language == "zh" else self.en


NO_TEXT = Localized("", "")
"""No wording."""
