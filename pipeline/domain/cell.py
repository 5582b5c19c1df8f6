"""A cell as a file holds it, before anything is converted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows no value: an error (``#N/A``) or a formula that was never calculated (``=A1+1``)."""

    text: str


Raw = str | int | float | bool | date | datetime | time | timedelta | Broken | None
"""A cell as the file holds it."""
