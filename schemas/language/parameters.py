"""What an office may set of a procedure: numbers, and what it may choose, each with the declared value as default."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from schemas.language.field import Option
from schemas.language.words import Localized

ParameterValue: TypeAlias = float | str
"""A number, or an option's code."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of a procedure that an office may set, or one of ``options``: on its sheet of parameters from a day on
    (``FieldRole.PARAMETER``), below it in the settings, ``parameters.<code> = value``.

    ``words`` are no other parameter's.
    """

    code: str
    words: Localized
    value: ParameterValue
    """Unless the office says otherwise."""
    least: float = 0
    most: float = 1e9
    options: tuple[Option, ...] = ()
    """What may be chosen; ``value`` is then the code of one, and what is set is its wording or code."""

    def parse(self, text: str) -> ParameterValue | None:
        """Return what *text* sets: a number within the bounds, as it is written with or without commas, or an option's code.

        None when it is neither.
        """
        said = unicodedata.normalize("NFKC", text).strip()
        if self.options:
            names = ((each.code, (each.code, each.words.zh, each.words.en, *each.aliases)) for each in self.options)
            return next((code for code, known in names if said in known), None)
        if not _NUMBER.fullmatch(said):
            return None
        number = float(said.replace(",", ""))
        return number if self.least <= number <= self.most else None

    @property
    def number(self) -> float:
        """The declared value as a number."""
        return float(self.value)


_NUMBER = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")

Settable: TypeAlias = int | Parameter
"""A number that stands where it is declared, or one that the office may set."""

SetValue: TypeAlias = Callable[[str, str], ParameterValue]
"""Returns the value of a parameter, by its code, as it held on a stored day or moment; "" is today."""


def declared_number(settable: Settable) -> float:
    """Return the number unless the office says otherwise."""
    return settable.number if isinstance(settable, Parameter) else settable


DAY_BEGINS_AT = Parameter(
    "day_begins_at", Localized("上班时间（几点，24 小时制）", "Hour at which the working day begins"), 8, 0, 23
)
"""What is due hours ahead is due in working hours."""
DAY_ENDS_AT = Parameter(
    "day_ends_at", Localized("下班时间（几点，24 小时制）", "Hour at which the working day ends"), 18, 1, 24
)
"""A deadline in hours from a day without an hour counts from there."""
