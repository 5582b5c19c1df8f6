"""会议决议: what a meeting has resolved is looked back at in the next one of its series, until it is achieved.

``manual.toml`` says what the manual gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import (
    Against,
    Comparison,
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
    work,
)
from schemas.language.ending import Ended, ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.sealing import Sealed
from schemas.language.work import (
    Derived,
    FigureRows,
    Measure,
    Numbered,
    RecordView,
    Refers,
    RegisterView,
    Statistic,
    by_month,
)
from schemas.meeting_notes import HELD
from schemas.roster.roles import DEPARTMENT_HEAD, MEETING_STAFF, SUPERVISOR

IS_ACHIEVED = Option("resolution_achieved", Localized("已达成", "Achieved"), ("达成", "完成"))
NOT_YET = Option("resolution_not_yet", Localized("未达成", "Not yet"), ("部分达成", "未完成"))
_STILL_TO_COME = Localized("要到 {on} 才开", "is only held on {on}")
_UNCONFIRMED = Localized("定在 {on}，没有确认", "of {on} was never confirmed")
_NO_MINUTES = Localized("定在 {on}，没有纪要", "of {on} has no minutes")
_CALLED_OFF = Localized("已取消", "was called off")
_NO = ("决议编号", "Resolution No", "JY2611001")


class MeetingResolution(FormModel, form=form("meeting_resolution", "会议决议登记表", "Resolution of a meeting")):
    resolution_no: Text = fields.number(*_NO, given=True)
    resolved_in: Text = fields.text("形成决议的会议编号", "Resolved in", "HY2611001", kind=Kind.CODE)
    resolution_text: Text = fields.text("决议事项", "Resolution", "11 月 12 日前检修管道", means=FieldRole.TITLE)
    resolution_owner: Text = fields.text("决议责任人", "Whose it is", "施雯")
    resolution_by: Date = fields.day("决议完成期限", "To be done by", example="2026-11-12")
    resolution_listed_by: Text = fields.filled_by("决议登记人", "Listed by", "文静")


class ResolutionReview(FormModel, form=form("resolution_review", "决议回顾表", "Resolution looked back at")):
    resolution_no: Text = fields.number(*_NO)
    resolution_result: Text = field("决议达成情况", "Result", required=True, options=(IS_ACHIEVED, NOT_YET))
    resolution_progress: Text = fields.text("决议进程", "Progress", "已检修 12 栋")
    resolution_problem: Text = fields.reason("未达成原因分析", "Why not", "resolution_result", NOT_YET.code)
    resolution_by: Date = fields.day("决议完成期限", "To be done by", required=False, example="2026-11-19")
    resolution_reviewed_on: Date = fields.done_on("决议回顾日期", "Looked back on")
    resolution_reviewed_by: Text = fields.done_by("决议回顾人", "Looked back by", "施雯")


class ResolutionEnded(Ended, form=form("resolution_ended", "决议作废单", "Resolution ended")):
    resolution_no: Text = fields.number(*_NO)


TO_REVIEW = State("resolution_to_review", Localized("待回顾", "To look back at"))
ACHIEVED = State("resolution_done", Localized("已达成", "Achieved"), final=True)
RESOLUTION_ENDED, END_RESOLUTION = ending(
    "meeting_resolutions", "resolution_ended", SUPERVISOR.code, not_by=("resolution_owner",)
)


def _series(values: Values, held: RegisterView, today: date) -> str | None:
    meeting = held["meetings"].get(str(values.get("resolved_in")))
    return str(meeting.get("meeting_series")) if meeting else None


def _resolved_on(values: Values, held: RegisterView, today: date) -> str | None:
    meeting = held["meetings"].get(str(values.get("resolved_in")))
    return str(meeting.values["meeting_at"])[:10] if meeting else None


def _never_held(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Resolutions of a meeting that is still to come; of one whose day has come without its being confirmed, or is over
    without minutes, or that was called off: until it is held, or the resolution ended.
    """
    for key, each in held["meeting_resolutions"].items():
        meeting = held["meetings"].get(str(each.get("resolved_in")))
        on = str(each.get("resolved_on") or "")
        if meeting is None or meeting.state == HELD.code or each.state == RESOLUTION_ENDED.code:
            continue
        if on > today.isoformat():
            why = _STILL_TO_COME.filled(on=on)
        elif meeting.state == ended("meetings"):
            why = _CALLED_OFF
        elif not meeting.get("confirmed_at"):
            why = _UNCONFIRMED.filled(on=on)
        elif str(meeting.get("minutes_by_day") or "9999") < today.isoformat():
            why = _NO_MINUTES.filled(on=on)
        else:
            continue
        yield work.Seen(
            key, "resolved_in", str(each.values["resolved_in"]), MEETING_STAFF.code, {"why": why}, _lister(each)
        )


def _lister(each: RecordView) -> str:
    return str(each.get("resolution_listed_by") or "")


def _due_before(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Resolutions to be done before the day on which they were made."""
    for key, each in held["meeting_resolutions"].items():
        by, on = str(each.get("resolution_by") or ""), str(each.get("resolved_on") or "")
        if each.state == TO_REVIEW.code and by and by < on:
            yield work.Seen(key, "resolution_by", by, MEETING_STAFF.code, {"on": on}, _lister(each))


def _limit_past(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Resolutions that were looked back at as not yet achieved, and whose limit lies before that day."""
    for key, each in held["meeting_resolutions"].items():
        by, on = str(each.get("resolution_by") or ""), str(each.get("resolution_reviewed_on") or "")
        if each.state == TO_REVIEW.code and by and by < on:
            person = str(each.get("resolution_reviewed_by") or "")
            yield work.Seen(key, "resolution_by", by, MEETING_STAFF.code, {"on": on}, person)


def _outside(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Resolutions looked back at on a day on which no later meeting of their series was: of the meetings that are planned, and
    of the department's own of each week where the series is called as those are.
    """
    for key, each in held["meeting_resolutions"].items():
        reviewed, series = str(each.get("resolution_reviewed_on") or ""), each.get("resolution_series")
        meeting = held["meetings"].get(str(each.get("resolved_in"))) if reviewed else None
        if meeting is None:
            continue
        of_series = held.holding("meetings", "meeting_series", series)
        at = str(meeting.values["meeting_at"])
        moments = [str(one.values["meeting_at"]) for one in of_series if one.state != ended("meetings")]
        if _is_weekly(str(series)):
            weekly = held["planning_meetings"].values()
            moments += [str(one.get("planning_met_on") or one.get("planning_meets_on")) for one in weekly]
        days = {moment[:10] for moment in moments if moment > at}
        if days and reviewed not in days:
            yield work.Seen(key, "resolution_reviewed_on", reviewed, details={"series": str(series)})


def _is_weekly(series: str) -> bool:
    """Tell whether a *series* is that of a planning department's own meetings."""
    return "企划" in series and "例会" in series


def _review_at(values: Values, held: RegisterView, today: date) -> str | None:
    """When the series meets next, after the meeting that has resolved it or has last looked back at it, and not before it came
    to be looked back at: listed late, or opened again; while no such meeting is planned, the day by which it is to be done.
    """
    meeting = held["meetings"].get(str(values.get("resolved_in")))
    if meeting is None or values.get("resolution_result") == IS_ACHIEVED.code:
        return None
    reviewed = values.get("resolution_reviewed_on")
    own = held["meeting_resolutions"].get(str(values.get("resolution_no")))
    opened = own.since.isoformat() if own is not None and own.since and own.state == TO_REVIEW.code else ""
    since = max(str(meeting.values["meeting_at"]), f"{reviewed}T24" if reviewed else "", opened)
    series = held.holding("meetings", "meeting_series", meeting.get("meeting_series"))
    later = (str(each.values["meeting_at"]) for each in series if each.state != ended("meetings"))
    return min((at for at in later if at > since), default=values.get("resolution_by"))


def _by_month(held: RegisterView, today: date) -> FigureRows:
    months = by_month(held["meeting_resolutions"].values(), "resolution_by", today)
    return [[month, len(those), sum(each.state == ACHIEVED.code for each in those)] for month, those in months.items()]


PROCEDURE = Procedure(
    "resolutions",
    Localized("会议决议", "Resolutions"),
    about=Localized(
        "会议决议在下次会议上回顾，未达成的分析原因",
        "Resolutions are looked back at in the next meeting, with the reason where one is not achieved",
    ),
    roles=(MEETING_STAFF, SUPERVISOR, DEPARTMENT_HEAD),  # who is to see to a resolution heads a department, as a rule
    registers=(
        Register(
            "meeting_resolutions",
            Localized("会议决议", "Resolutions"),
            forms=tuple(map(describe, (MeetingResolution, ResolutionReview, ResolutionEnded))),
            states=(TO_REVIEW, ACHIEVED, RESOLUTION_ENDED),
            manager=SUPERVISOR.code,
            looks_at=("meetings", "planning_meetings"),
            refers=(Refers("resolved_in", "meetings"),),
            stages=(
                Stage(
                    "list_resolution",
                    Localized("决议登记", "List"),
                    MEETING_STAFF.code,
                    "meeting_resolution",
                    transitions=(Transition(TO_REVIEW.code),),
                ),
                Stage(
                    "review_resolution",
                    Localized("决议回顾", "Look back"),
                    MEETING_STAFF.code,
                    "resolution_review",
                    TO_REVIEW.code,
                    due_by="review_due",
                    against=(Against("resolution_reviewed_on", Comparison.NOT_BEFORE, "resolved_on"),),
                    whom="resolution_owner",
                    renews=("resolution_by",),
                    spread=True,
                    task=Localized(
                        "下次会议上回顾进程，未达成的分析原因",
                        "Tell of it at the next meeting; say why where it is not achieved",
                    ),
                    transitions=fields.decided(
                        "resolution_result", ACHIEVED, TO_REVIEW, IS_ACHIEVED, NOT_YET, calls=True
                    ),
                ),
                END_RESOLUTION,
            ),
            numbered=Numbered("JY{yy}{month}{serial:03d}", ("resolved_in", "resolution_text")),
            derived=(
                Derived(Field("resolution_series", Localized("决议会议系列", "Series")), look=_series),
                Derived(Field("resolved_on", Localized("决议形成日期", "Resolved on"), Kind.DATE), look=_resolved_on),
                Derived(Field("review_at", Localized("回顾期限", "Look back by"), Kind.MOMENT), look=_review_at),
                Derived(
                    Field(
                        "review_due", Localized("最迟回顾日期", "Look back on"), Kind.DATE
                    ),  # in the course of that meeting
                    look=lambda values, held, today: str(_review_at(values, held, today) or "")[:10] or None,
                ),
            ),
            told=("resolution_text", "resolution_owner", "resolution_by"),
            told_to=("resolution_owner",),
            sealed=Sealed(
                register="meeting_resolutions",
                key="{resolution_no}",
                states=(ACHIEVED.code,),
                fixed=("resolution_text", "resolution_owner", "resolution_by"),
                reopens=TO_REVIEW.code,
            ),
            watches=(
                work.warning(
                    "resolutions.never_held",
                    Localized("形成决议的会议 {value} {why}", "The meeting {value} that has resolved it {why}"),
                    Localized(
                        "核对会议编号；会议补确认、补纪要，没有开的把决议作废",
                        "Check the number of the meeting; confirm it, write its minutes, or end what was not resolved",
                    ),
                    _never_held,
                ),
                work.warning(
                    "resolutions.due_before",
                    Localized(
                        "决议完成期限 {value} 早于形成决议的那天 {on}",
                        "To be done by {value}, before the day on which it was resolved, {on}",
                    ),
                    Localized("改正完成期限；会议编号写错的改正编号", "Correct the day, or the number of the meeting"),
                    _due_before,
                ),
                work.warning(
                    "resolutions.limit_past",
                    Localized(
                        "{on} 回顾时未达成，完成期限却是 {value}",
                        "It was not achieved when looked back at on {on}, and was to be done by {value}",
                    ),
                    Localized("与责任人定新的完成期限，填在决议回顾表上", "Agree on a new day and give it"),
                    _limit_past,
                ),
                work.warning(
                    "resolutions.outside",
                    Localized(
                        "决议回顾日期 {value} 那天没有“{series}”会议",
                        "Looked back at on {value}, when “{series}” did not meet",
                    ),
                    Localized(
                        "在下次会议上回顾；日期写错的改正", "Look back at it in the next meeting; mend a wrong day"
                    ),
                    _outside,
                ),
            ),
            statistics=(
                Statistic(
                    "resolutions_by_month",
                    Localized("决议按完成期限", "Resolutions by month"),
                    Localized("月份", "Month"),
                    (Measure(Localized("决议", "Resolutions")), Measure(Localized("已达成", "Achieved"))),
                    _by_month,
                ),
            ),
        ),
    ),
)
