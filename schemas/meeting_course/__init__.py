"""How far a meeting has come: what was done before it, for which day, and what nobody has done; part of ``meetings``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from schemas.language import Localized, Values, fields
from schemas.language.lead_times import LeadTime, due_ahead
from schemas.language.parameters import SetValue
from schemas.language.work import Derived, Parameter, RegisterView
from schemas.meeting_notes import EARLY, IN_WINDOW, LATE

STEPS = {"confirm": Localized("会议确认", "Confirm"), "book": Localized("预约会议室", "Book a room")}
STEPS["recheck"] = Localized("会前复核", "Check again")
STEPS_DONE = {"confirm": "confirmed_at", "book": "booked_at", "recheck": "rechecked_at"}
"""By step the field that says when it was done."""


def _lead(what: str, zh: str, en: str, least: int, most: int, *, workdays: bool = False) -> LeadTime:
    code, unit, unit_en = ("_days", "个工作日", "working days") if workdays else ("", "小时", "hours")
    return LeadTime(
        Parameter(
            f"meeting_{what}_latest{code}", Localized(f"{zh}最迟提前几{unit}", f"{en} {unit_en}, least"), least, 0, 90
        ),
        Parameter(
            f"meeting_{what}_first{code}", Localized(f"{zh}最早提前几{unit}", f"{en} {unit_en}, most"), most, 0, 90
        ),
        workdays,
    )


WINDOWS = {
    "confirm": _lead("confirm", "会议确认", "Confirmation", 1, 2, workdays=True),
    "book": _lead("book", "会议室预约", "Room", 4, 8),
    "recheck": _lead("recheck", "会前复核", "Last check", 2, 4),
}
"""How long ahead of a meeting each step is taken. Ours: days are working days, and hours are those in which work is done."""
DUE = {
    what: due_ahead(f"{what}_by", Localized(f"{STEPS[what].zh}期限", f"{STEPS[what].en} by"), "meeting_at", lead)
    for what, lead in WINDOWS.items()
}
COMING, READY, OVER = fields.options(
    ("meeting_coming", "会前准备中", "Being prepared"),
    ("meeting_ready", "会前已备齐", "Prepared"),
    ("meeting_over", "开会日期已过", "Its day is past"),
)


SEEN = "steps_seen"
"""The field with the booking and the check that the fields of what they were made for know."""


def _is_anew(values: Values, at: int) -> bool | None:
    """Whether the booking (0) or the check (1) is another one than was known; None where none was."""
    known, now = (str(said or "").partition("，")[::2] for said in (values.get(SEEN), steps_seen(values)))
    return known[at] != now[at] if values.get(SEEN) else None


def steps_seen(values: Values) -> str | None:
    """When the room was booked and it was checked again, as the fields of what that was made for know it."""
    both = (str(values.get(code) or "").replace("T", " ") for code in ("booked_at", "rechecked_at"))
    return "，".join(both) if values.get("booked_at") else None


def confirmed_for(values: Values) -> str | None:
    """For which hour it was confirmed: as the meeting stood until its room was booked."""
    is_over = str(values.get("booked_at") or "") >= str(values.get("confirmed_at") or "9999")
    return (is_over and values.get("confirm_for")) or values.get("meeting_at") if values.get("confirmed_at") else None


def booked_for(values: Values) -> str | None:
    """For which hour the room was booked: as the meeting stood until the check, which may move it, or is it booked anew since."""
    booked, checked = str(values.get("booked_at") or ""), str(values.get("rechecked_at") or "")
    anew = _is_anew(values, 0)
    stands = bool(checked) and (not anew if anew is not None else checked >= booked)
    return (stands and values.get("book_for")) or values.get("meeting_at") if booked else None


def rechecked_for(values: Values) -> str | None:
    """For which hour it was checked once more: for the one of the room, as that was booked then."""
    done, anew = values.get("rechecked_at"), _is_anew(values, 1)
    stands = not anew if anew is not None else bool(done) and str(done) < str(values.get("booked_at") or "")
    return (values.get("recheck_for" if stands else "book_for") or values.get("meeting_at")) if done else None


def _adjusted(due: Derived, adjust: Callable[[Values, Any], Any]) -> Derived:
    """Return *due* with what it finds *adjusted*."""
    set_by, compute = due.set_by or (lambda value: due.compute), due.compute

    def settable(value: SetValue) -> Callable[[Values], Any]:
        found = set_by(value)
        return lambda values: adjust(values, found(values))

    return Derived(due.field, lambda values: adjust(values, compute(values)), set_by=settable)


def due_once_moved(due: Derived) -> Derived:
    """Return the limit *due* of the room: where the check has moved the meeting when that was over, it is booked before it begins."""

    def adjust(values: Values, limit: Any) -> Any:
        moved = values.get("recheck_for") not in (None, values.get("meeting_at"))
        return values.get("meeting_at") if limit and moved and str(values.get("rechecked_at")) > limit else limit

    return _adjusted(due, adjust)


def timed_once_moved(timing: Derived) -> Derived:
    """Return the *timing* of the room, by the limit that ``due_once_moved`` has found."""

    def adjust(values: Values, found: Any) -> Any:
        in_time = str(values.get("booked_at")) <= str(values.get("book_by"))
        kept = found == LATE.code and values.get("book_for") == values.get("meeting_at") and in_time
        return IN_WINDOW.code if kept else found

    return _adjusted(timing, adjust)


def lacking(values: Values) -> list[str]:
    """The steps before a meeting that nobody has taken for its hour; what the last check itself moves needs no new confirmation,
    and no check again where it was not too early for the new hour of that day, too.
    """

    def is_of_another_hour(what: str) -> bool:
        done_for, at = str(values.get(f"{what}_for") or ""), str(values.get("meeting_at"))
        if what == "recheck" and done_for[:10] == at[:10] and values.get("recheck_timing") != EARLY.code:
            return False
        return what != "confirm" and done_for not in ("", at)

    return [what for what, done in STEPS_DONE.items() if not values.get(done) or is_of_another_hour(what)]


def is_put_off(values: Values) -> bool:
    """Whether the room was booked for another hour."""
    return bool(values.get("booked_at")) and "book" in lacking(values)


def course(values: Values, held: RegisterView, today: date) -> str:
    """Whether its day is past, and else whether all that comes before it is done."""
    if str(values["meeting_at"])[:10] < today.isoformat():
        return str(OVER.code)
    return str((COMING if lacking(values) else READY).code)


def not_done(values: Values, held: RegisterView, today: date) -> str | None:
    """The steps before a meeting that nobody has taken, once its day is past."""
    if course(values, held, today) != OVER.code:
        return None
    return "、".join(STEPS[what].zh for what in lacking(values)) or None
