"""Days of one record held against those of another that it follows from: what cannot have been done by then is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language.durations import known_on
from schemas.language.field import Field, Kind, Values
from schemas.language.telling import is_recent
from schemas.language.words import Localized
from schemas.language.work import Derived, RegisterView, Seen, Watch, warning
from schemas.language.workdays import next_workday

_TOLD_FOR = timedelta(days=30)
_BEFORE = Localized("先批后办；日期写错的改正", "It is approved before; correct the day where it is wrong")


def before_foregoing(
    rule: str, of: tuple[str, str], foregoing: tuple[str, str, str], says: Localized, fix: Localized, role: str
) -> Watch:
    """Return the watch that tells *role* of records whose day lies before that of the record they follow from.

    *of* is their register and the field of their day; *foregoing* the field that names the other record, its register, the
    field of its day. *says* calls the two days ``value`` and ``since``, the other record ``other``. Where either day is blank
    nothing is told.
    """
    register, day = of
    reference, other, since = foregoing

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            followed = held[other].get(str(each.get(reference)))
            done, begun = str(each.get(day) or "")[:10], str(followed.get(since) or "")[:10] if followed else ""
            if done and begun and done < begun:
                yield Seen(key, day, done, role, {"other": str(each.get(reference)), "since": begun})

    return warning(rule, says, fix, look)


def done_before_step(
    rule: str,
    register: str,
    done: str,
    step: tuple[str, Localized],
    known: tuple[str, Localized],
    role: str,
    *,
    states: tuple[str, ...] = (),
) -> tuple[Derived, Watch]:
    """Return the field *known* (code, label): the day on which a step came, and the watch that tells *role*, for a week, of records
    in which what follows it was done (field *done*) more than a working day before: nobody had approved it yet.

    *step* are the field that says who has taken the step, which bears no day of its own, and what it is called. *states* are those
    in which a record stands that has both behind it, where it may be sent back for the step: in others *done* is of a round before.
    """
    signed, title = step
    code, label = known

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            day, came = str(each.get(done) or "")[:10], str(each.get(code) or "")
            noted_since = came > str(each.since)  # the step was taken before its coming was noted
            if not (day and came and is_recent(each, today)) or noted_since or (states and each.state not in states):
                continue
            if next_workday(date.fromisoformat(day)).isoformat() < came:
                yield Seen(key, done, day, role, {"what": key, "step": title, "since": came})

    return known_on(code, label, signed), warning(
        rule,
        Localized(
            "{what} 的{label}是 {value}，“{step}”{since} 才办",
            "{label} of {what} is {value}, while the step “{step}” was taken on {since}",
        ),
        Localized(
            "核对日期，写错的改正；确是没有批就先办的，问清原因",
            "Correct the day where it is wrong; else ask why it was done before it was approved",
        ),
        look,
    )


def approved_late(
    rule: str,
    register: str,
    day: str,
    answer: tuple[str, str],
    known: tuple[str, Localized],
    whom: tuple[str, str],
    says: Localized,
    *,
    fix: Localized = _BEFORE,
    due: str = "",
) -> tuple[Derived, Watch]:
    """Return the field *known* (code, label): the day on which the approval of a record came, whose sheet names none; and the watch
    that tells, for a month, of records approved after the *day* of what they are for: it was done before anybody had said that it may.

    *answer* are the field of the decision and the code of its approval, *whom* the role that reads it and the field of whoever had
    planned it, who does, too. *says* calls the days ``value`` and ``approved``. *due* is the field of the day by which it is decided
    on, where that is the same day: its lateness is told here alone.
    """
    decision, granted = answer
    code, label = known
    role, planner = whom

    def came(values: Values, held: RegisterView, today: date) -> str | None:
        return str(values.get(code) or today.isoformat()) if values.get(decision) == granted else None

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        since = (today - _TOLD_FOR).isoformat()
        for key, each in held[register].items():
            on, approved = str(each.get(day) or "")[:10], str(each.get(code) or "")
            if on and approved > on and approved >= since:
                said = {"approved": approved}
                yield Seen(key, day, on, role, said)
                yield Seen(key, day, on, details=said, person=str(each.get(planner)))

    return Derived(Field(code, label, Kind.DATE), look=came), warning(
        rule, says, fix, look, of_due=(due,) if due else ()
    )
