"""How far a meeting has come: what was done before it, for which day, and what nobody has done; part of ``meetings``."""

from __future__ import annotations

from datetime import date

from schemas.language import Field, Kind, Localized, Values, fields
from schemas.language.work import Derived, RegisterView

STEPS = {"confirm": Localized("会议确认", "Confirm"), "book": Localized("预约会议室", "Book a room")}
STEPS["recheck"] = Localized("会前复核", "Check again")
STEPS_DONE = {"confirm": "confirmed_at", "book": "booked_at", "recheck": "rechecked_at"}
"""By step the field that says when it was done."""
COMING, READY, OVER = fields.options(
    ("meeting_coming", "会前准备中", "Being prepared"),
    ("meeting_ready", "会前已备齐", "Prepared"),
    ("meeting_over", "开会日期已过", "Its day is past"),
)


def made_for(what: str, zh: str, en: str, done: str, after: str) -> Derived:
    """For which hour a step was taken: as the meeting stood until the next step (field *after*), which may put it off."""

    def compute(values: Values) -> str | None:
        is_over = str(values.get(after) or "") >= str(values.get(done) or "9999")
        return (is_over and values.get(f"{what}_for")) or values.get("meeting_at") if values.get(done) else None

    return Derived(Field(f"{what}_for", Localized(zh, en), Kind.MOMENT), compute)


def rechecked_for(values: Values) -> str | None:
    """For which hour it was checked once more: for the one of the room, unless that was booked anew since."""
    done, booked = values.get("rechecked_at"), str(values.get("booked_at") or "")
    stands = values.get("recheck_for") if done and str(done) < booked else values.get("book_for")
    return stands or values.get("meeting_at") if done else None


def lacking(values: Values) -> list[str]:
    """The steps before a meeting that nobody has taken for its day; what the last check itself moves needs no new confirmation."""

    def is_of_another_day(what: str) -> bool:
        done_for = str(values.get(f"{what}_for") or "")[:10]
        return what != "confirm" and done_for not in ("", str(values.get("meeting_at"))[:10])

    return [what for what, done in STEPS_DONE.items() if not values.get(done) or is_of_another_day(what)]


def is_put_off(values: Values) -> bool:
    """Whether the room was booked for another day."""
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
