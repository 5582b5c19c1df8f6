"""紧急和重大的客户信息: an urgent matter has its hours, a major one two who decide before it is handled; part of ``first_contact``.

Its ``manual.toml`` says what the manual gives. Ours: an urgent matter that is dispatched after its day is due on the day on which it
was; that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from schemas.language import Localized, Option, Values, durations, work
from schemas.language.parameters import SetValue
from schemas.language.work import Derived, Parameter, RegisterView, Seen
from schemas.language.workdays import next_workday
from schemas.roster.roles import SUPERVISOR

URGENT = Option("urgent", Localized("紧急", "Urgent"))
MAJOR = Option("major", Localized("重大", "Major"))
URGENT_HOURS = Parameter("urgent_hours", Localized("紧急事项几小时内处理", "Hours to handle what is urgent"), 4, 1, 72)
_GIVEN, _SOLVED = "matter_given_on", "major_solved_day"
_NOT_MINE = "not_mine"
_TOLD_FOR = timedelta(days=7)


_URGENT = durations.after_hours(
    "handle_by",
    Localized("紧急事项最迟处理时间", "Urgent: handle by"),
    "received_at",
    {"urgent": URGENT_HOURS},
    "matter_nature",
)
_URGENT_UNTIL = durations.after_hours(
    "urgent_until", Localized("紧急事项时限", "Urgent: until"), "received_at", {"urgent": URGENT_HOURS}, "matter_nature"
)
_IN_TIME = durations.in_time(
    "handled_in_time",
    Localized("紧急事项按时处理", "Urgent: handled in time"),
    "handled_on",
    "urgent_until",
    (("handling_result", (_NOT_MINE,)),),
)


def _in_time_at_first(values: Values) -> str | None:
    """What was handled in time stays so, however long it takes once it is opened again."""
    return values.get("handled_in_time") if values.get("called_back_on") else _IN_TIME[1].compute(values)


def _first_time(value: SetValue) -> Callable[[Values], str | None]:
    """By when it is to be handled: what was dispatched only after that day on the day on which it was; what is opened again has the
    working days of all others, its hours are over.
    """
    by = _URGENT.set_by(value) if _URGENT.set_by else _URGENT.compute

    def compute(values: Values) -> str | None:
        until = None if values.get("called_back_on") else by(values)
        return max(str(until), str(values.get(_GIVEN) or "")) if until else None

    return compute


URGENT_TIMES = (
    durations.known_on(_GIVEN, Localized("派发登记日", "Dispatched on"), "dispatched_by"),
    Derived(_URGENT.field, set_by=_first_time),
    *(_URGENT_UNTIL, _IN_TIME[0], replace(_IN_TIME[1], compute=_in_time_at_first)),
)
MAJOR_SOLVED = (durations.known_on(_SOLVED, Localized("重大投诉定办法日", "Decided on"), "major_solved_by"),)


def _given_late(held: RegisterView, today: date) -> Iterator[Seen]:
    """Urgent matters that were dispatched on a day after their hours were over, until they are handled."""
    for key, each in held["first_contacts"].items():
        until, given = str(each.get("urgent_until") or ""), str(each.get(_GIVEN) or "")
        if until and until[:10] < given and each.state == "to_handle" and not each.get("called_back_on"):
            about = {"what": str(each.get("matter_customer")), "given": given}
            yield Seen(key, "handle_by", until.replace("T", " "), SUPERVISOR.code, about)


def _handled_before(held: RegisterView, today: date) -> Iterator[Seen]:
    """Major matters that were handled before the head of the project had said how, for a week."""
    for key, each in held["first_contacts"].items():
        solved, done = str(each.get(_SOLVED) or ""), str(each.get("handled_on") or "")
        lately = each.since is not None and today - each.since <= _TOLD_FOR
        seen = (
            next_workday(date.fromisoformat(done[:10])).isoformat() if done else ""
        )  # his word may come with the next day's sheets
        if solved and done and seen < solved and lately and not each.get("called_back_on"):
            about = {"what": str(each.get("matter_customer")), "solved": solved}
            yield Seen(key, "handled_on", done.replace("T", " "), SUPERVISOR.code, about)


GIVEN_LATE = work.warning(
    "contact.given_late",
    Localized(
        "“{what}”是紧急事项，最迟 {value} 处理，{given} 才派发",
        "“{what}” is urgent, to be handled by {value}, and was dispatched on {given} only",
    ),
    Localized("马上督办；紧急的接到就派发", "See that it is done at once: what is urgent is dispatched when it comes"),
    _given_late,
)
HANDLED_BEFORE = work.warning(
    "contact.handled_before",
    Localized(
        "“{what}”是重大投诉，{solved} 才定处理办法，处理时间却是 {value}",
        "“{what}” is a major complaint, decided on {solved}, and handled on {value} already",
    ),
    Localized(
        "核对处理时间；确在定办法以前处理的，问清按什么处理", "Check the time; where it was so, ask on whose word"
    ),
    _handled_before,
)
