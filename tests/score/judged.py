"""What a tool said about one file: in the same words for every tool, so that all are scored alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """One error. ``cell`` as Excel shows it, "" when the tool named none; ``field`` by code, "" when it named none."""

    sheet: str
    cell: str
    field: str = ""
    rule: str = ""


@dataclass(slots=True)
class Judged:
    """Errors, and accepted records (converted values by field code) by sheet."""

    errors: list[Said] = field(default_factory=list)
    doubts: list[Said] = field(default_factory=list)
    """Warnings about values."""
    records: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
