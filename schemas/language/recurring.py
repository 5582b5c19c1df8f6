"""Duties that come again: a declaration opens a record each day, week, month, quarter or year, to be done by its day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas.language.field import Stored
from schemas.language.parameters import Settable
from schemas.language.words import Localized


class Every(StrEnum):
    """How often a duty comes again."""

    DAY = "day"
    WEEK = "week"  # begins on Monday
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Recurring:
    """A record that the program opens in the register that declares it, once a period, in the state in which that register's
    records begin; whoever has ``role`` does it like any other stage, for which the field ``due`` says by when
    (``Stage.due_by``).

    Of days only working days count, unless ``all_days``. Nothing is opened as long as nobody has the role; what fell into
    days without a run is opened by the next one. A record that people have opened under the same key stands for it.
    """

    every: Every
    role: str
    due: str
    """Code of the date field that is given the day by which it is to be done."""
    key: str
    """``str.format`` template of the key, over ``values``, the fields below, ``period``, ``holder`` (a staff number with
    ``each``, else "") and ``due``: different for each period, and for each holder.
    """
    values: tuple[tuple[str, Stored], ...] = ()
    """What else it holds, by field code."""
    step: Settable = 1
    """Every so many periods: 2 with ``Every.DAY`` is every other working day; 0, where an office sets it, is never."""
    workday: int = -1
    """Due on this working day of the period, the first being 1, the last -1; of a day it is the day itself."""
    ahead: int = 0
    """Opened at the most so many days before it is due; 0 is when its period begins."""
    month: int = 0
    """Of a quarter or a year: ``workday`` is one of its month of this number, the first being 1; 0 is the whole period."""
    shift: int = 0
    """The period that it is about, against the one in which it falls due: -1 is the one before, as in a monthly report."""
    period: str = ""
    """Code of a field that is given the period it is about: 2026-11-02 (a day, or the Monday of a week), 2026-11, 2026-Q4,
    2026.
    """
    each: bool = False
    """One for each holder of the role, else one for the office."""
    person: str = ""
    """With ``each``: code of the field that is given the holder's name, or his number where the name is not his alone
    (``Stage.whom``).
    """
    all_days: bool = False
    once_used: str = ""
    """Code of a register: nothing is opened before it holds a record, where the role is one of other procedures too."""
    why: Localized | None = None
    """Told in its history."""
