"""Hours and days between moments: how long a step took, by when it is to be done, whether it was done in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from schemas.language.context import context
from schemas.language.field import Field, Kind, Option, Values
from schemas.language.model import Column, Verdict
from schemas.language.parameters import DAY_ENDS_AT, Parameter, Settable, SetValue
from schemas.language.words import Localized
from schemas.language.work import (
    NO,
    YES,
    Derived,
    FigureRows,
    Measure,
    RecordView,
    RegisterView,
    Seen,
    Statistic,
    Watch,
    by_month,
    share_with,
    warning,
)
from schemas.language.workdays import next_workday, workdays_later

_TOLD_DAYS = 7
FILLED_LATER = Option("filled_later", Localized("补录", "Filled in later"))
"""What was done in time, as a sheet says that came too late to be: it counts for itself."""


def parse_moment(text: object) -> datetime | None:
    """Return a stored moment; a day alone is its beginning; None for a blank."""
    return datetime.fromisoformat(str(text)) if text else None


def hours_between(start: object, end: object) -> float | None:
    """Return the hours between two stored moments, None when one is blank."""
    first, last = parse_moment(start), parse_moment(end)
    return (last - first).total_seconds() / 3600 if first and last else None


def hours_taken(start: object, end: object) -> float | None:
    """Return the hours from *start* to *end* for a mean; None when one is blank, only one of them names an hour, or what is
    written cannot be: an end before its start.
    """
    if is_whole_day(start) is not is_whole_day(end):
        return None
    hours = hours_between(start, end)
    return hours if hours is not None and hours >= 0 else None


def is_whole_day(moment: object) -> bool:
    """Tell whether a stored *moment* is a day without an hour."""
    return len(str(moment or "")) == len("2026-11-02")


def is_over(began: Column, hours: Column) -> Verdict:
    """Tell for each row whether what *began* (a moment) and took so many *hours* is over by now; True where it is a day without an
    hour, either is blank, or it has not begun itself: one cause, one finding.
    """
    import pandas as pd

    now = datetime.combine(context().today, context().latest)

    known = began.notna() & hours.notna()

    def holds(start: str, length: float) -> bool:
        first = datetime.fromisoformat(start)
        return is_whole_day(start) or first > now or first + timedelta(hours=length) <= now

    judged = [
        not there or holds(str(start), float(length)) for there, start, length in zip(known, began, hours, strict=True)
    ]
    return pd.Series(judged, index=began.index, dtype=bool)


def days_taken(start: object, end: object) -> int | None:
    """Return the days from *start* to *end* for a mean, None as in ``hours_taken``."""
    hours = hours_taken(str(start or "")[:10], str(end or "")[:10])
    return None if hours is None else round(hours / 24)


def after_hours(
    code: str, words: Localized, starts: str, hours: Settable | Mapping[str, Settable], by: str = "", anew: str = ""
) -> Derived:
    """Return the derived field *code*: the moment *hours* after the one in field *starts*; of a day without an hour, after
    the end of that working day.

    Where a table gives the hours, it is *by* what that field holds. Hours that the office sets are those of the day on
    which it starts. From the moment in field *anew*, where that is later (``LedAnew``).
    """

    def moment(start: datetime, whole_day: bool, count: float, ends_at: float) -> datetime:
        return start + timedelta(hours=count + (ends_at if whole_day else 0))

    return _hours_from(code, words, starts, hours, by, moment, anew)


def later_start(starts: object, anew: object) -> str:
    """Return from when hours count: the stored moment that *starts* them, or the later one at which the record was led *anew*; ""
    where nothing starts them.
    """
    return max(str(starts), str(anew or "")) if starts else ""


def after_workdays(code: str, words: Localized, starts: str, days: Settable) -> Derived:
    """Return the derived field *code*: the end of the working day that is *days* working days after the day in field *starts*."""

    def moment(start: datetime, whole_day: bool, count: float, ends_at: float) -> datetime:
        return datetime.combine(workdays_later(start.date(), int(count)), time()) + timedelta(hours=ends_at)

    return _hours_from(code, words, starts, days, "", moment)


def _hours_from(
    code: str,
    words: Localized,
    starts: str,
    hours: Settable | Mapping[str, Settable],
    by: str,
    moment: Callable[[datetime, bool, float, float], datetime],
    anew: str = "",
) -> Derived:
    """Return the derived field *code*: the *moment* that hangs on a start, whether it is a whole day, the hours, and the
    hour at which the working day ends.
    """

    def set_by(value: SetValue) -> Callable[[Values], str | None]:
        def compute(values: Values) -> str | None:
            begun = later_start(values.get(starts), values.get(anew))
            settable = hours.get(str(values.get(by))) if isinstance(hours, Mapping) else hours
            if not begun or settable is None:
                return None
            count = float(value(settable.code, begun)) if isinstance(settable, Parameter) else settable
            start, whole_day = datetime.fromisoformat(begun), is_whole_day(begun)
            return moment(start, whole_day, count, float(value(DAY_ENDS_AT.code, begun))).isoformat(timespec="minutes")

        return compute

    declared = [DAY_ENDS_AT, *(each for each in _all_of(hours) if isinstance(each, Parameter))]
    values = {each.code: each.value for each in declared}
    return Derived(Field(code, words, Kind.MOMENT), set_by(lambda code, on: values[code]), set_by=set_by)


def _all_of(hours: Settable | Mapping[str, Settable]) -> Iterable[Settable]:
    return hours.values() if isinstance(hours, Mapping) else (hours,)


def came_late(rule: str, register: str, done: str, due: str, role: str) -> Watch:
    """Return the watch over duties of *register* that were, as their sheet says, done in time, but of which the sheet came more
    than a working day after that: told for a week, for *role* to ask.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            made, by, came = str(each.get(done) or "")[:10], str(each.get(due) or "")[:10], each.since
            if not made or not by or came is None or made > by or (today - came).days > _TOLD_DAYS:
                continue
            if came > next_workday(date.fromisoformat(by)):
                yield Seen(key, done, made, role, {"by": by, "came": came.isoformat()})

    return warning(
        rule,
        Localized(
            "写的是 {value} 办的（期限 {by}），{came} 才交来",
            "Said to be done on {value} (due {by}), but it came on {came}",
        ),
        Localized(
            "核实是否当时办的；当天的事当天交", "Ask whether it was done then; what is done is handed in that day"
        ),
        look,
        of_due=(due,),
    )


def in_time(
    code: str,
    words: Localized,
    done: str,
    due: str,
    undone: tuple[tuple[str, tuple[str, ...]], ...] = (),
    asked: tuple[str, str] | None = None,
    missed: str = "",
) -> tuple[Derived, Derived]:
    """Return the derived field *code*: whether the moment in *done* is not after that in *due* (``YES``, ``NO``), or was only
    said so by a sheet that came on a later day (``FILLED_LATER``; of what is due on a day without an hour, after the next working
    day: an office may run in the morning only); and before it the field with the day on which it came.
    Blank where it was done without an hour on the very day: nobody knows. *undone* names fields with the values that say that it
    was not done after all: handed back, sent on, not as it should be. *asked* are the fields of when it was asked for, and of from
    when its time counts (``counts_from``): where these differ it came too late to be in time for whoever asked. The field
    *missed* is filled where it was seen not to be there: then nobody waits for the next working day.
    """
    came = f"{code}_said_on"

    def done_at(values: Values) -> Any:
        return None if any(values.get(field) in answers for field, answers in undone) else values.get(done)

    def compute(values: Values) -> str | None:
        made, by = done_at(values), values.get(due)
        left = hours_between(made, by)
        unknown = is_whole_day(made) and not is_whole_day(by) and str(made) == str(by)[:10]
        if left is None or unknown:
            return None
        waits = is_whole_day(by) and not (missed and values.get(missed))
        last = next_workday(date.fromisoformat(str(by))).isoformat() if waits else str(by)[:10]
        later = str(values.get(came) or "") > last
        if asked is not None:
            later |= str(values.get(asked[0])) != str(values.get(asked[1]))
        return (NO if left < 0 else FILLED_LATER if later else YES).code

    def said_on(values: Values, held: RegisterView, today: date) -> str | None:
        return _entered(str(done_at(values) or "")[:10], str(values.get(came) or ""), today)

    words_of_day = Localized(f"{words.zh}：登记日", f"{words.en}: entered on")
    return (
        Derived(Field(came, words_of_day, Kind.DATE), look=said_on),
        Derived(Field(code, words, Kind.CHOICE, options=(YES, NO, FILLED_LATER)), compute),
    )


def share_in_time(
    records: Iterable[RecordView], code: str, due: str, today: date, over: tuple[str, ...] = ()
) -> float | None:
    """Return the share of those *records* that were done in time, as field *code* (of ``in_time``) says: what is not done once
    the day in field *due* is past is not in time, unless its state is one of *over*.
    """

    def is_missed(each: RecordView) -> bool:
        by = str(each.get(due) or "")[:10]
        return bool(by) and by < today.isoformat() and not each.get(f"{code}_said_on") and each.state not in over

    return share_with(records, code, YES.code, missed=is_missed)


def known_on(code: str, words: Localized, day: str) -> Derived:
    """Return the derived field *code*: the day on which a record was first there; blank where the field *day* is."""

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        return str(values.get(code) or today.isoformat()) if values.get(day) else None

    return Derived(Field(code, words, Kind.DATE), look=look)


def entered_on(code: str, words: Localized, day: str) -> Derived:
    """Return the derived field *code*: the day on which what field *day* says now came, of a step that is done again and again;
    blank where that is.
    """

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        return _entered(str(values.get(day) or "")[:10], str(values.get(code) or ""), today)

    return Derived(Field(code, words, Kind.DATE), look=look)


def _entered(made: str, known: str, today: date) -> str | None:
    """The day on which it was said that something was *made* on a day: the one *known*, unless that lies before it."""
    return (known if known >= made and known else today.isoformat()) if made else None


def counts_from(code: str, words: Localized, at: str, known: str) -> Derived:
    """Return the derived field *code*: when the time that somebody has for what came to him begins: at the moment (or day) in
    field *at*, or on the day in field *known* (``known_on``), where it came more than a working day later: nobody could act before.
    """

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        since, came = str(values.get(at) or ""), str(values.get(known) or today.isoformat())
        return (came if came > next_workday(date.fromisoformat(since[:10])).isoformat() else since) if since else None

    return Derived(Field(code, words, Kind.MOMENT), look=look)


def filled_later(rule: str, register: str, told: Mapping[str, tuple[str, str]], role: str) -> Watch:
    """Return the watch that tells *role*, for a week, what a sheet of *register* said to be done in time, though it came only
    after the day on which it was due (``in_time``): by field of ``in_time``, the fields *told* of when it was done and due.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            for code, (done, due) in told.items():
                came = str(each.get(f"{code}_said_on") or "")
                if came <= str(each.get(due) or "")[:10]:  # what came late itself is another matter (came_in_late)
                    continue
                if each.get(code) == FILLED_LATER.code and (today - date.fromisoformat(came)).days <= _TOLD_DAYS:
                    said = {"by": str(each.get(due)).replace("T", " "), "came": came}
                    yield Seen(key, done, str(each.get(done)).replace("T", " "), role, said)

    return warning(
        rule,
        Localized(
            "写的是 {value} 办的（期限 {by}），{came} 才登记，按补录计，不算及时",
            "Said to be done on {value} (due {by}), but entered on {came}: it counts as filled in later, not as in time",
        ),
        Localized(
            "核实是否当时办的；当天的事当天交", "Ask whether it was done then; what is done is handed in that day"
        ),
        look,
        of_due=tuple(due for _, due in told.values()),
    )


def done_late(rule: str, register: str, told: Mapping[str, tuple[str, str]], role: str, until: str = "") -> Watch:
    """Return the watch that tells *role*, for a week, what was done in *register* after it was due, *told* as in
    ``filled_later``: whoever looks only at what is open never hears of an hour that was missed. Once the field *until* is filled
    it was looked at.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            for code, (done, due) in told.items() if not (until and each.get(until)) else ():
                came = str(each.get(f"{code}_said_on") or "")
                if each.get(code) == NO.code and came and (today - date.fromisoformat(came)).days <= _TOLD_DAYS:
                    said = {"by": str(each.get(due)).replace("T", " ")}
                    yield Seen(key, done, str(each.get(done)).replace("T", " "), role, said)

    return warning(
        rule,
        Localized("期限 {by}，{value} 才办", "Due {by}, but done only on {value}"),
        Localized("问清原因；有时限的按时限办", "Ask why: what has its hours is done within them"),
        look,
        of_due=tuple(due for _, due in told.values()),
    )


def not_in_time(
    prefix: str, register: str, told: Mapping[str, tuple[str, str]], role: str, until: str = ""
) -> tuple[Watch, Watch]:
    """Return the watches ``filled_later`` and ``done_late`` of *register*, their codes begin with *prefix*, point included."""
    return (
        filled_later(f"{prefix}filled_later", register, told, role),
        done_late(f"{prefix}done_late", register, told, role, until),
    )


def slow_between(
    rule: str,
    register: str,
    moments: tuple[str, str],
    about: str,
    most: Parameter,
    known: str,
    role: str,
    says: Localized,
    fix: Localized,
) -> Watch:
    """Return the watch that tells *role*, for a week from the day in field *known* (``known_on``), of records in which the second
    of two *moments* (fields) is more than *most* minutes after the first; *says* calls them ``minutes``, and what stands in field
    *about* ``what``. A day without an hour tells nothing.
    """
    first, second = moments

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            hours = hours_taken(each.get(first), each.get(second)) if not is_whole_day(each.get(first)) else None
            if hours is None or (today - date.fromisoformat(str(each.get(known) or today))).days > _TOLD_DAYS:
                continue
            if (minutes := round(hours * 60)) > held.parameter(most.code, str(each.get(first))):
                said = {"what": str(each.get(about) or key), "minutes": str(minutes)}
                yield Seen(key, second, str(each.get(second)).replace("T", " "), role, said)

    return warning(rule, says, fix, look)


def filled_later_by_month(code: str, title: Localized, register: str, day: str, *codes: str) -> Statistic:
    """Return the statistic of what was filled in later in *register*, by month of the field *day*; no rows without any. *codes*
    are fields of ``in_time``.
    """

    def rows(held: RegisterView, today: date) -> FigureRows:
        counted = {
            month: sum(each.get(code) == FILLED_LATER.code for each in those for code in codes)
            for month, those in by_month(held[register].values(), day, today).items()
        }
        return [[month, count] for month, count in counted.items()] if any(counted.values()) else []

    return Statistic(code, title, Localized("月份", "Month"), (Measure(FILLED_LATER.words),), rows)
