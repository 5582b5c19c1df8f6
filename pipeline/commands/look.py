"""One thing that ``doctor`` looked at, and what it found."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.json_values import JsonObject
from schemas.language import Language, Localized

_SILENT = Localized("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``problem`` is empty when it is well; then ``note`` may say what was found."""

    what: Localized
    problem: Localized | None = None
    note: Localized = _SILENT

    def to_json(self, language: Language) -> JsonObject:
        """Return the plain object for ``--json``, worded in *language*."""
        said = self.problem or self.note
        return {"what": self.what.to(language), "well": self.problem is None, "said": said.to(language)}
