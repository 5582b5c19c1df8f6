"""What becomes of one cell: its stored value, None for a blank, a repair, a fault, or the wish to repeat the cell above.

Converters answer with these; they are pure functions of the cell, so that equal cells are converted once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from pipeline.domain.cell import Raw
from schemas.language import Localized

StoredValue = str | int | float


@dataclass(frozen=True, slots=True)
class Repaired:
    """The program understood *value* although it was written otherwise; *after* is what a person is shown.

    None is a blank: what was written there says that there is nothing.
    """

    value: StoredValue | None
    rule: str
    after: str | Localized


@dataclass(frozen=True, slots=True)
class WrongValue:
    """The cell holds no such value. *details* fill the rule's sentence."""

    rule: str
    details: Mapping[str, str | Localized] = field(default_factory=dict)


class Ditto(Enum):
    """The cell repeats the one above."""

    ABOVE = 0


DITTO: Final = Ditto.ABOVE

Conversion = StoredValue | Repaired | WrongValue | Ditto | None
Convert = Callable[[Raw], Conversion]
