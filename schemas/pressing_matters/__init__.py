"""紧急和重大的客户信息: an urgent matter has its hours, a major one two who decide before it is handled; part of ``first_contact``.

Its ``manual.toml`` says what the manual gives. Ours: an urgent matter that is dispatched after its day is due on the day on which it
was; that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from schemas.language import Field, Kind, Localized, Option, Values, durations, work
from schemas.language.ordering import done_before_step
from schemas.language.parameters import SetValue
from schemas.language.work import Derived, Parameter, RegisterView, Seen
from schemas.roster.roles import SUPERVISOR

URGENT = Option("urgent", Localized("紧急", "Urgent"))
MAJOR = Option("major", Localized("重大", "Major"))
URGENT_HOURS = Parameter("urgent_hours", Localized("紧急事项几小时内处理", "Hours to handle what is urgent"), 4, 1, 72)
_GIVEN = "matter_given_on"
_NOT_MINE, _WAITS = "not_mine", "to_classify"


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


def _given_on(values: Values, held: RegisterView, today: date) -> str | None:
    """The day on which it was dispatched; of what was handed back, the day on which it is dispatched anew."""
    record = held["first_contacts"].get(str(values.get("matter_no")))
    if not values.get("dispatched_by") or (record is not None and record.state == _WAITS):
        return None
    return str(values.get(_GIVEN) or today.isoformat())


URGENT_TIMES = (
    Derived(Field(_GIVEN, Localized("派发登记日", "Dispatched on"), Kind.DATE), look=_given_on),
    Derived(_URGENT.field, set_by=_first_time),
    *(_URGENT_UNTIL, _IN_TIME[0], replace(_IN_TIME[1], compute=_in_time_at_first)),
)


def _given_late(held: RegisterView, today: date) -> Iterator[Seen]:
    """Urgent matters that were dispatched on a day after their hours were over, until they are handled."""
    for key, each in held["first_contacts"].items():
        until, given = str(each.get("urgent_until") or ""), str(each.get(_GIVEN) or "")
        if until and until[:10] < given and each.state == "to_handle" and not each.get("called_back_on"):
            about = {"what": str(each.get("matter_customer")), "given": given}
            yield Seen(key, "handle_by", until.replace("T", " "), SUPERVISOR.code, about)


GIVEN_LATE = work.warning(
    "contact.given_late",
    Localized(
        "“{what}”是紧急事项，最迟 {value} 处理，{given} 才派发",
        "“{what}” is urgent, to be handled by {value}, and was dispatched on {given} only",
    ),
    Localized("马上督办；紧急的接到就派发", "See that it is done at once: what is urgent is dispatched when it comes"),
    _given_late,
)
MAJOR_SOLVED, HANDLED_BEFORE = done_before_step(
    "contact.handled_before",
    "first_contacts",
    "handled_on",
    ("major_solved_by", Localized("重大投诉处理", "Solve")),
    ("major_solved_known", Localized("重大投诉处理交来日期", "Solved on")),
    SUPERVISOR.code,
    states=("to_tell_customer", "told", "to_call_back", "matter_closed"),
)
