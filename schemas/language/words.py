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

    def filled(self, **slots: object) -> Localized:
        """Return the wording with its ``{slots}`` filled; a slot that is ``Localized`` in the language of each."""
        zh = {name: slot.zh if isinstance(slot, Localized) else slot for name, slot in slots.items()}
        en = {name: slot.en if isinstance(slot, Localized) else slot for name, slot in slots.items()}
        return Localized(self.zh.format(**zh), self.en.format(**en))


NO_TEXT = Localized("", "")
"""No wording."""
