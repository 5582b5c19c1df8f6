"""Duties that come again: a declaration opens a record each day, week, month, quarter or year, to be done by its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schemas.language.field import Stored
from schemas.language.flow import State
from schemas.language.parameters import Settable, declared_number
from schemas.language.words import Localized


class Every(StrEnum):
    """How often a duty comes again."""

    DAY = "day"
    WEEK = "week"  # begins on Monday
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def start(self, day: date) -> date:
        """Return the first day of the period that *day* lies in."""
        if self is Every.DAY:
            return day
        if self is Every.WEEK:
            return day - timedelta(days=day.weekday())
        months = _MONTHS[self]
        return day.replace(month=(day.month - 1) // months * months + 1, day=1)

    def shifted(self, start: date, count: int) -> date:
        """Return the first day of the period *count* periods after the one that begins on *start*."""
        if self in (Every.DAY, Every.WEEK):
            return start + timedelta(days=count * (7 if self is Every.WEEK else 1))
        year, month = divmod(start.year * 12 + start.month - 1 + count * _MONTHS[self], 12)
        return date(year, month + 1, 1)


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def missed_in(register: str) -> State:
    """Return the state of duties of *register* that nobody has done: counted as such, and asked for no more."""
    return State(f"{register}_missed", Localized("未做", "Missed"), final=True, missed=True)


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
    """Every so many periods: 2 with ``Every.DAY`` is every other working day, and the first one after days off; 0, where an
    office sets it, is never.
    """
    days_off_count: bool = False
    """Of days: ``step`` counts those off, too. At least every other day is also the last one before days off, where the first one
    after them lies more than two days after the last time.
    """
    workday: int = -1
    """Due on this working day of the period, the first being 1, the last -1; of a day it is the day itself."""
    weekday: int = 0
    """Of a week, instead: due on its day of this number, Monday being 1; where that is off, on the next one that is worked."""
    ahead: int = 0
    """Opened at the most so many days before it is due; 0 is when its period begins. What is made ahead of its period, a plan, is
    opened as many days before it is due even where that is before the period begins.
    """
    early: int = 0
    """Of a report on the period before: so many days before that is over it is opened, and taken, already."""
    month: int = 0
    """Of a quarter or a year: ``workday`` is one of its month of this number, the first being 1; 0 is the whole period."""
    shift: int = 0
    """The period that it is about, against the one in which it falls due: -1 is the one before, as in a monthly report."""
    period: str = ""
    """Code of a field that is given the period it is about: 2026-11-02 (a day, or the Monday of a week), 2026-11, 2026-Q4,
    2026-H2 (every other quarter), 2026.
    """
    each: bool = False
    """One for each holder of the role, else one for the office."""
    person: str = ""
    """With ``each``: code of the field that is given the holder's name, or his number where the name is not his alone
    (``Stage.whom``).
    """
    all_days: Settable = False
    """Also on days that are not worked: True, or a parameter of the office that is 1."""
    once_used: tuple[str, ...] = ()
    """Codes of registers: nothing is opened before one of them holds a record, where the role is one of other procedures too; and of
    a report, nothing on a period that was over before the first of these (``shift`` below 0).
    """
    missed: str = ""
    """Code of the state (``missed_in``) in which it ends once the next one of its kind is past its day, too; "" where it is to
    be made up for, however late: a report, a plan.
    """
    why: Localized | None = None
    """Told in its history."""

    def earliest(self, due: date) -> date | None:
        """Return the first day on which what is due on *due* can be done: a look at a period is none before it has begun, a
        report on one not before it is over. None for what is made ahead of its period: a plan, what is due as it begins.
        """
        if self.shift > 0 or (self.shift == 0 and self.workday > 0):
            return None
        begins = self.every.shifted(self.every.start(due), 1 - max(1, round(declared_number(self.step))))
        return begins - timedelta(days=self.early)
