"""What a register may declare beyond forms and stages: numbers that the program gives, records that it opens, what it
watches, what it counts. All are pure functions of what stands in the registers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.form import Kind, Rule, Values, Words


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as declarations see it."""

    key: str
    values: Values
    state: str = ""
    owner: str = ""
    """Staff number of who has it, "" when nobody."""
    since: date | None = None
    """First day in ``state``."""
    due: date | None = None
    opened: date | None = None
    """The day on which the record was opened."""


Held = Mapping[str, Mapping[str, Standing]]
"""Records by register code and key: those of the register itself and of the registers that it ``looks_at``."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """How the program makes the key of a row that bears none.

    ``pattern`` is a ``str.format`` template over the row's values by field code, ``year``, ``month`` (of ``day`` when it
    is a field of the row, else of the run's day) and ``serial``. With a serial, a row is the record whose ``same`` fields
    all are equal, or a new one; the serial restarts whenever the rest changes. Without one the key is composed.
    """

    pattern: str
    same: tuple[str, ...] = ()
    day: str = ""
    """Code of a field that holds the day which the number is taken from."""
    prefix: Callable[[Values], str] | None = None
    """Gives ``prefix`` to the pattern."""

    @property
    def serial(self) -> bool:
        """Whether the key is a running number; otherwise it is composed of the row's values."""
        return "{serial" in self.pattern


@dataclass(frozen=True, slots=True)
class Route:
    """The role that does a stage when each named field holds one of the given values."""

    role: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """A record that the program opens, or keeps as it should be, in the register that declares it."""

    key: str
    values: Values
    state: str = ""
    """The state in which it begins; "" is the register's first."""
    why: Words | None = None
    """Told in its history."""


@dataclass(frozen=True, slots=True)
class Opens:
    """Records that follow from others: ``find`` returns every one that should stand on a day.

    One that is not there is opened; with ``follows`` one that is there gets the values that ``find`` says (a computed
    register: tiers), and otherwise is left as it is.
    """

    find: Callable[[Held, date], Iterable[Opening]]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that a watch has found. ``details`` fill the rule's sentence."""

    key: str
    field: str = ""
    value: str = ""
    role: str = ""
    """Who is told: the holder of this role, else whoever manages the register."""
    details: Mapping[str, str | Words] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule over whole registers, judged anew in every run: what it finds is open as long as it finds it."""

    rule: Rule
    look: Callable[[Held, date], Iterable[Seen]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a statistic."""

    label: Words
    kind: Kind = Kind.INTEGER
    percent: bool = False
    """A share between 0 and 1, shown as a percentage."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """A table with a native chart: ``rows`` returns what each holds, a name first, then a value a measure (None: no
    answer). Option codes may be given as ``Words``.
    """

    code: str
    title: Words
    group: Words
    """What the first column holds."""
    measures: tuple[Measure, ...]
    rows: Callable[[Held, date], Sequence[Sequence[Any]]]
    chart: bool = True
