"""会议管理: confirmed a day or two ahead, the room booked and all rechecked hours before, minutes afterwards.

``manual.toml`` says what the manuals give. What a meeting resolves goes on in ``resolutions``. Ours: minutes on the next
working day, and none before the last meeting's resolutions are looked back at.
"""

from __future__ import annotations

from datetime import date

from schemas.language import Field, Kind, Localized, Procedure, Register, Stage, State, Transition, Values, work
from schemas.language.ending import ended, ending
from schemas.language.flow import Against, Comparison
from schemas.language.lead_times import timing_ahead
from schemas.language.model import describe
from schemas.language.sealing import Sealed
from schemas.language.work import NO, YES, Derived, FigureRows, Measure, Numbered, RecordView, RegisterView
from schemas.language.workdays import next_workday
from schemas.meeting_course import (
    COMING,
    DUE,
    OVER,
    READY,
    SEEN,
    STEPS,
    WINDOWS,
    booked_for,
    confirmed_for,
    course,
    due_once_moved,
    is_put_off,
    lacking,
    not_done,
    rechecked_for,
    steps_seen,
    timed_once_moved,
)
from schemas.meeting_notes import EARLY, HELD, IN_WINDOW, LATE, TO_BOOK, TO_CONFIRM, TO_RECHECK, TO_WRITE, WATCHES
from schemas.meetings import forms
from schemas.resolutions import IS_ACHIEVED
from schemas.roster.roles import MEETING_STAFF, SUPERVISOR

CONCERNED = ("meeting_organiser", "meeting_chair", "attendees", "attendees_asked")
FIXED = (TO_BOOK.code, TO_RECHECK.code, HELD.code)
CALLED_OFF, CALL_OFF = ending("meetings", "meeting_ended", SUPERVISOR.code, tells=CONCERNED, begins="meeting_at")


def _timing(what: str, zh: str, en: str, done: str, at: str = "meeting_at") -> Derived:
    """Whether a step was taken as long before the meeting (field *at*) as it is to be."""
    words = Localized(f"{zh}是否按时", f"{en} in time")
    return timing_ahead(f"{what}_timing", words, done, at, WINDOWS[what], (EARLY, IN_WINDOW, LATE))


def _minutes_by(values: Values) -> str | None:
    at = str(values.get("meeting_at") or "")[:10]
    return next_workday(date.fromisoformat(at)).isoformat() if at else None


def _unreviewed(values: Values, held: RegisterView, today: date) -> str:
    """Whether what an earlier meeting of the series has resolved was not looked back at since."""
    at = str(values["meeting_at"])

    def waits(each: RecordView) -> bool:
        over = each.state == ended("meeting_resolutions") or each.get("resolution_result") == IS_ACHIEVED.code
        own = each.get("resolved_in") == values["meeting_no"]  # for the next one
        return (
            not over
            and not own
            and each.get("review_at", "9999") <= at
            and each.get("resolution_reviewed_on", "") < at[:10]
        )

    of_series = held.holding("meeting_resolutions", "resolution_series", values.get("meeting_series"))
    return (YES if any(map(waits, of_series)) else NO).code


def _by_month(held: RegisterView, today: date) -> FigureRows:
    def is_over(each: RecordView) -> bool:
        return each.state != ended("meetings") and each.values["meeting_at"] < f"{today}"

    def share(those: list[RecordView], what: str) -> float | None:
        done = [each for each in those if each.get(f"{what}_timing") and what not in lacking(each.values)]
        missed = [each for each in those if is_over(each) and what in lacking(each.values)]
        kept = sum(each.get(f"{what}_timing") == IN_WINDOW.code for each in done)
        return work.share(kept, len(done) + len(missed))

    def row(month: str, those: list[RecordView]) -> list[work.FigureCell]:
        kept = [share(those, what) for what in WINDOWS]
        return [month, len(those), sum(each.state == HELD.code for each in those), *kept]

    return [row(month, those) for month, those in work.by_month(held["meetings"].values(), "meeting_at", today).items()]


def _ahead(what: str, code: str, form: str, state: State, to: State, *against: Against) -> Stage:
    over = Transition(TO_WRITE.code, known=(("meeting_course", (OVER.code,)),), by_itself=True, why=PASSED)
    stands = Transition(TO_WRITE.code, known=(("meeting_course", (READY.code,)),), by_itself=True, why=STANDS)
    ways, task, by, whom = (Transition(to.code), over, stands), ASKED[what], f"{what}_by", "meeting_organiser"
    anew = ("meeting_at",) if what == "confirm" else ()  # that is what it is for
    title, role = STEPS[what], MEETING_STAFF.code
    once_more = () if what == "confirm" else (TO_WRITE.code,)  # for another hour, where no run lay between
    return Stage(
        code,
        title,
        role,
        form,
        state.code,
        0,
        ways,
        task,
        by,
        whom=whom,
        against=against,
        renews=anew,
        between=once_more,
    )


ASKED = {
    "confirm": Localized("提前 1–2 天确定主题、时间、地点、参会人员", "A day or two ahead: topic, time, place, people"),
    "book": Localized("提前 4–8 小时预约会议室", "Book the room 4 to 8 hours ahead"),
    "recheck": Localized(
        "提前 2–4 小时再确认，有变更的告知参会人员", "Check again 2 to 4 hours ahead; tell of changes"
    ),
    "minutes": Localized(
        "会上先回顾上次决议，会后写纪要、登记决议；没有开成的由主管取消",
        "Look back at the last resolutions; write minutes; what was not held the supervisor calls off",
    ),
}
PASSED = Localized("开会日期已过，会前步骤不再办", "Its day is past: what was to be done before is asked for no more")
PLAN = Localized("会议计划", "Plan")
ROOM_ANEW = Localized(
    "会议改了时间：按新时间重新预约会议室，会前再复核",
    "It was moved: book a room for its new hour, and check once more",
)
STANDS = Localized("会前步骤已备齐，复核不用再做", "All before it is done: that check stands")
PUT_OFF = Localized("会议改期，重新确认", "It was put off, and is confirmed anew")
_NO_CHANGE = tuple(
    Against(code, Comparison.SAME, code, (("meeting_changed", (NO.code,)),)) for code in ("meeting_at", "meeting_place")
)
# fmt: off
MEETINGS = Register(
    "meetings",
    Localized("会议", "Meetings"),
    forms=tuple(map(describe, (forms.Meeting, forms.MeetingConfirmed, forms.RoomBooked, forms.Rechecked, forms.Minutes, forms.MeetingEnded))),
    states=(TO_CONFIRM, TO_BOOK, TO_RECHECK, TO_WRITE, HELD, CALLED_OFF),
    manager=SUPERVISOR.code,
    told=("meeting_at", "meeting_place", "meeting_room", "attendees"),
    told_to=CONCERNED,
    looks_at=("meeting_resolutions", "people"),
    stages=(
        Stage("plan_meeting", PLAN, MEETING_STAFF.code, "meeting_plan", transitions=(Transition(TO_CONFIRM.code),)),
        _ahead("confirm", "confirm_meeting", "meeting_confirmed", TO_CONFIRM, TO_BOOK),
        _ahead("book", "book_room", "meeting_room", TO_BOOK, TO_RECHECK),
        _ahead("recheck", "recheck_meeting", "meeting_rechecked", TO_RECHECK, TO_WRITE, *_NO_CHANGE),
        Stage(
            "write_minutes",
            Localized("会议纪要", "Minutes"),
            MEETING_STAFF.code,
            "meeting_minutes",
            TO_WRITE.code,
            due_by="minutes_by_day",
            against=(Against("minutes_on", Comparison.NOT_BEFORE, "meeting_at"),),
            whom="meeting_organiser",
            task=ASKED["minutes"],
            transitions=(
                Transition(
                    "",
                    known=(("unreviewed", (YES.code,)),),
                    why=Localized(
                        "上次会议的决议还没有逐项回顾", "The last meeting's resolutions have not been looked back at"
                    ),
                ),
                Transition(HELD.code),
                Transition(
                    TO_BOOK.code, known=(("put_off_late", (YES.code,)),), by_itself=True, back=True, why=ROOM_ANEW
                ),
                Transition(TO_CONFIRM.code, known=(("meeting_course", (COMING.code,)),), by_itself=True, why=PUT_OFF),
            ),
        ),
        CALL_OFF,
    ),
    sealed=Sealed("meetings", "{meeting_no}", FIXED, ("meeting_topic", "meeting_at"), TO_CONFIRM.code, (HELD.code,)),
    numbered=Numbered("HY{yy}{month}{serial:03d}", ("meeting_series", "meeting_topic", "meeting_at"), "meeting_at"),
    derived=(
        *(  # what the dues of the room hang on comes first
            Derived(Field(code, Localized(zh, en), Kind.MOMENT), made_for)
            for code, zh, en, made_for in (
                ("confirm_for", "所确认的会议时间", "Confirmed for", confirmed_for),
                ("book_for", "会议室所约时间", "Booked for", booked_for),
                ("recheck_for", "所复核的会议时间", "Checked for", rechecked_for),
            )
        ),
        Derived(Field(SEEN, Localized("记下的预约和复核时间", "Booking and check as noted")), steps_seen),
        DUE["confirm"], due_once_moved(DUE["book"]), DUE["recheck"],
        _timing("confirm", "会议确认", "Confirmed", "confirmed_at", "confirm_for"),
        timed_once_moved(_timing("book", "会议室预约", "Booked", "booked_at", "book_for")),
        _timing("recheck", "会前复核", "Checked", "rechecked_at"),
        Derived(  # whoever was asked once hears of it, where it is moved and confirmed anew, too
            Field("attendees_asked", Localized("通知过的参会人员", "Asked to come"), Kind.LIST),
            lambda values: values.get("attendees") or values.get("attendees_asked"),
        ),
        Derived(Field("minutes_by_day", Localized("纪要期限", "Minutes by"), Kind.DATE), _minutes_by),
        Derived(
            Field("meeting_course", Localized("会议进程", "Course"), Kind.CHOICE, options=(COMING, READY, OVER)),
            look=course,
        ),
        Derived(
            Field(
                "put_off_late", Localized("是否复核时改期", "Put off when rechecked"), Kind.CHOICE, options=(YES, NO)
            ),
            look=lambda values, held, today: (
                (YES if is_put_off(values) and course(values, held, today) == COMING.code else NO).code
            ),
        ),
        Derived(Field("steps_missed", Localized("未做的会前步骤", "Steps not taken")), look=not_done),
        Derived(Field("unreviewed", Localized("上次决议未回顾", "Last resolutions not looked back at"), Kind.CHOICE, options=(YES, NO)), look=_unreviewed),
    ),
    watches=WATCHES,
    count_by=("meeting_series",),
    statistics=(
        work.Statistic(
            "meetings_by_month",
            Localized("会议按月", "Meetings by month"),
            Localized("月份", "Month"),
            (Measure(Localized("会议", "Meetings")), Measure(Localized("已召开", "Held")),
             work.rate("确认按时率", "Confirmed in time"), work.rate("预约按时率", "Booked in time"), work.rate("复核按时率", "Checked in time")),
            _by_month,
        ),
    ),
)
PROCEDURE = Procedure(
    "meetings",
    Localized("会议管理", "Meetings"),
    about=Localized(
        "会前确认、预约会议室、复核各有时限，上次决议没有回顾的不写纪要",
        "Meetings are confirmed, booked and rechecked ahead; there are no minutes before the last resolutions are looked back at",
    ),
    roles=(MEETING_STAFF, SUPERVISOR),
    parameters=tuple(each for lead in WINDOWS.values() for each in (lead.least, lead.most)),
    registers=(MEETINGS,),
)
