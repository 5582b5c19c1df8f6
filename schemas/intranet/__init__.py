"""内部信息维护: departments hand in their week on Monday, the secretary posts it on Tuesday; news are posted on their day.

``manual.toml`` says what the manual gives; the news are in ``site_news``. Ours: a Monday or Tuesday that is off is moved to the next working day of its week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Every, Field, FieldRole, Kind, Localized, Procedure, Recurring, Register, Route, Stage, State, Transition, Values, durations, fields, work  # fmt: skip
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.recurring import missed_in
from schemas.language.telling import TOLD_FOR, done_on_its_day, is_recent, missed_by_month
from schemas.language.work import YES, Derived, FigureRows, Measure, RecordView, RegisterView, Seen, Statistic, warning
from schemas.roster.roles import ADMIN_HEAD, ADMIN_SECRETARY, DEPARTMENT_HEAD, PROPERTY_HEAD
from schemas.site_news import NEWS

DEPARTMENTS, OFFICES = fields.options(
    ("of_department", "部门", "Department"), ("of_property_office", "管理处", "Property office")
)
_WEEK = ("周安排编号", "Department week No", "BZ2026-11-02-XZ02")
_NOBODY = "无"
_POSTING = ("周挂网编号", "Posting No", "GW2026-11-02")


class DepartmentWeek(
    FormModel, form=form("department_week", "部门周安排任务", "A department's week")
):  # the program opens it
    department_week_no: Text = fields.number(*_WEEK)
    department_person: Text = field("部门安排负责人", "Whose department", means=FieldRole.TITLE)
    department_kind: Text = field("安排类别", "Kind", options=(DEPARTMENTS, OFFICES))
    department_period: Text = field("安排周", "Week of", kind=Kind.CODE)
    department_due: Date = field("安排提交期限", "Hand in by", kind=Kind.DATE)


class WeekHandedIn(
    FormModel, form=form("department_week_plan", "部门本周重要工作安排表", "A department's week, handed in")
):
    department_week_no: Text = fields.number(*_WEEK)
    department_text: Text = fields.text("本周重要工作", "This week", "周三电梯年检")
    department_on: Date = fields.done_on("安排提交日期", "Handed in on")
    department_by: Text = fields.done_by("安排提交人", "Handed in by", "杜部长")


class DepartmentWeekEnded(Ended, form=form("department_week_ended", "部门周安排作废单", "Department week ended")):
    department_week_no: Text = fields.number(*_WEEK)


class WeekPosting(FormModel, form=form("week_posting", "周安排挂网任务", "Week to post")):  # the program opens it
    posting_no: Text = fields.number(*_POSTING)
    posting_title: Text = field("挂网内容", "What to post", means=FieldRole.TITLE)
    posting_period: Text = field("挂网周", "Week of", kind=Kind.CODE)
    posting_due: Date = field("挂网期限", "Post by", kind=Kind.DATE)


class WeekPosted(FormModel, form=form("week_posted", "周安排挂网记录表", "Week, posted")):
    posting_no: Text = fields.number(*_POSTING)
    week_posted_on: Date = fields.done_on("周安排挂网日期", "Posted on")
    week_posted_by: Text = fields.done_by("周安排挂网人", "Posted by", "宁秘书")


class WeekPostingEnded(Ended, form=form("week_posting_ended", "周安排挂网作废单", "Posting ended")):
    posting_no: Text = fields.number(*_POSTING)


TO_HAND_IN = State("department_to_hand_in", Localized("待提交", "To hand in"))
HANDED_IN = State("department_handed_in", Localized("已提交", "Handed in"), final=True)
WEEK_ENDED, END_WEEK = ending(
    "department_weeks", "department_week_ended", ADMIN_HEAD.code, not_by=("department_person",)
)
TO_POST = State("week_to_post", Localized("待挂网", "To post"))
POSTED = State("week_is_posted", Localized("已挂网", "Posted"), final=True)
WEEK_MISSED, POSTING_MISSED = missed_in("department_weeks"), missed_in("week_postings")
POSTING_ENDED, END_POSTING = ending("week_postings", "week_posting_ended", ADMIN_HEAD.code, owed=True)


def _missing(values: Values, held: RegisterView, today: date) -> str | None:
    """Whose week is not there yet."""
    those = held.holding("department_weeks", "department_period", values.get("posting_period"))
    lacking = (each for each in those if each.state in (TO_HAND_IN.code, WEEK_MISSED.code))
    return "、".join(sorted(str(each.get("department_person")) for each in lacking)) or None


def _texts(values: Values, held: RegisterView, today: date) -> str | None:
    """What the departments have handed in for the week, each by whose it is: what is to be posted."""
    those = held.holding("department_weeks", "department_period", values.get("posting_period"))
    said = (
        (str(each.get("department_person")), each.get("department_text"))
        for each in those
        if each.state == HANDED_IN.code
    )
    return "；".join(f"{whose}：{text}" for whose, text in sorted(said)) or None


def _posted_lacking(values: Values, held: RegisterView, today: date) -> str | None:
    """Whose week was not there in the run that took the posting: what comes later on that very day no day could tell."""
    if not values.get("week_posted_on"):
        return None
    return str(values.get("week_posted_lacking") or _missing(values, held, today) or _NOBODY)


def _lacked(posting: RecordView, whose: str) -> bool:
    """Whether a week was posted without that of *whose* department it was."""
    return whose in str(posting.get("week_posted_lacking") or "").split("、")


def _posted_without(held: RegisterView, today: date) -> Iterator[Seen]:
    """Weeks that were posted before all departments had handed theirs in: who posted it and who watches over it are told."""
    for key, each in held["week_postings"].items():
        lacking, recent = str(each.get("week_missing") or ""), is_recent(each, today)
        if each.state == POSTED.code and lacking and recent:
            for person in ("", str(each.get("week_posted_by"))):
                yield Seen(key, "week_missing", lacking, person=person)


def _came_since(held: RegisterView, today: date) -> Iterator[Seen]:
    """Weeks of departments that came after that week was posted: they are to be posted, too."""
    for each in held["department_weeks"].values():
        came = str(each.get("department_in_time_said_on") or "")
        if each.state != HANDED_IN.code or not came or today - date.fromisoformat(came) > TOLD_FOR:
            continue
        for posting in held.holding("week_postings", "posting_period", each.get("department_period")):
            whose = str(each.get("department_person"))
            since = str(posting.get("week_posted_on")) < came or _lacked(posting, whose)
            if posting.state == POSTED.code and since:
                said = {"came": came, "day": str(posting.get("week_posted_on"))}
                yield Seen(posting.key, "posting_period", whose, ADMIN_SECRETARY.code, said)


def _missed_on(values: Values, held: RegisterView, today: date) -> str | None:
    """On which day the week was posted without this one."""
    those = held.holding("week_postings", "posting_period", values.get("department_period"))
    lacking = (each for each in those if _lacked(each, str(values.get("department_person"))))
    return next((str(each.get("week_posted_on")) for each in lacking), None)


def _posted_by(values: Values, held: RegisterView, today: date) -> str | None:
    """Who has posted that week: he posts again what is changed afterwards."""
    those = held.holding("week_postings", "posting_period", values.get("department_period"))
    return next((str(each.get("week_posted_by")) for each in those if each.state == POSTED.code), None)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    due = (each for each in held["department_weeks"].values() if str(each.get("department_due")) <= today.isoformat())
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(due, "department_due", today).items():
        in_time = sum(each.get("department_in_time") == YES.code for each in those)
        missed = sum(each.state == WEEK_MISSED.code for each in those)
        rows.append([month, len(those), missed, work.share(in_time, len(those))])
    return rows


WEEKS = Register(
    "department_weeks",
    Localized("部门周安排", "Departments' weeks"),
    kept=True,
    forms=(describe(DepartmentWeek), describe(WeekHandedIn), describe(DepartmentWeekEnded)),
    states=(TO_HAND_IN, HANDED_IN, WEEK_MISSED, WEEK_ENDED),
    manager=ADMIN_HEAD.code,
    recurs=tuple(
        Recurring(
            Every.WEEK,
            role.code,
            "department_due",
            "BZ{period}-{holder}",
            (("department_kind", kind.code),),
            weekday=1,
            period="department_period",
            each=True,
            person="department_person",
            missed=WEEK_MISSED.code,
        )
        # 各管理处及各部门; who is both hands in one
        for role, kind in ((DEPARTMENT_HEAD, DEPARTMENTS), (PROPERTY_HEAD, OFFICES))
    ),
    stages=(
        Stage(
            "hand_week_in",
            Localized("部门周安排", "Hand in"),
            DEPARTMENT_HEAD.code,
            "department_week_plan",
            TO_HAND_IN.code,
            due_by="department_due",
            open_until="department_due",
            whom="department_person",
            routes=(Route(PROPERTY_HEAD.code, (("department_kind", (OFFICES.code,)),)),),  # whoever has it by then
            transitions=(Transition(HANDED_IN.code),),
            task=Localized("每周一提交本周重要工作", "Hand in what matters this week, on Monday"),
        ),
        END_WEEK,
    ),
    derived=(
        Derived(
            Field("department_missed_on", Localized("挂网时还没有交", "Not there when posted"), Kind.DATE),
            look=_missed_on,
        ),
        *durations.in_time(
            "department_in_time",
            Localized("安排按时提交", "In time"),
            "department_on",
            "department_due",
            missed="department_missed_on",
        ),
        Derived(Field("department_posted_by", Localized("挂网人（已挂网的）", "Posted by")), look=_posted_by),
    ),
    looks_at=("week_postings",),
    told=("department_text",),
    told_to=("department_posted_by",),
    watches=durations.not_in_time(
        "intranet.", "department_weeks", {"department_in_time": ("department_on", "department_due")}, ADMIN_HEAD.code
    ),
    statistics=(
        durations.filled_later_by_month(
            "department_weeks_filled_later",
            Localized("部门周安排补录按月", "Weeks filled in later by month"),
            "department_weeks",
            "department_due",
            "department_in_time",
        ),
        Statistic(
            "department_weeks_by_month",
            Localized("部门周安排按月", "Departments' weeks by month"),
            Localized("月份", "Month"),
            (
                Measure(Localized("应交", "Due")),
                Measure(Localized("未交", "Missed")),
                work.rate("按时提交率", "In time"),
            ),
            _by_month,
        ),
    ),
)
POSTINGS = Register(
    "week_postings",
    Localized("周安排挂网", "Weeks posted"),
    kept=True,
    forms=(describe(WeekPosting), describe(WeekPosted), describe(WeekPostingEnded)),
    states=(TO_POST, POSTED, POSTING_MISSED, POSTING_ENDED),
    manager=ADMIN_HEAD.code,
    looks_at=("department_weeks",),
    watches=(
        *done_on_its_day("intranet.posted", "week_postings", "posting_due", "week_posted_on", ADMIN_HEAD.code),
        warning(
            "intranet.posted_without",
            Localized("周安排已挂网，{value} 还没有交", "The week was posted without what {value} did not hand in"),
            Localized("催交；交来后补挂", "Ask for it, and post it once it is there"),
            _posted_without,
        ),
        warning(
            "intranet.to_add",
            Localized(
                "{value} 的周安排 {came} 才交来，{day} 已挂网", "The week of {value} came on {came}, posted on {day}"
            ),
            Localized("请补挂；补好选“知道了”", "Post it, too, and note it"),
            _came_since,
        ),
    ),
    recurs=(
        Recurring(
            Every.WEEK,
            ADMIN_SECRETARY.code,
            "posting_due",
            "GW{period}",
            (("posting_title", "本周重要工作安排"),),
            weekday=2,
            period="posting_period",
            missed=POSTING_MISSED.code,
        ),
    ),
    stages=(
        Stage(
            "post_week",
            Localized("周安排挂网", "Post"),
            ADMIN_SECRETARY.code,
            "week_posted",
            TO_POST.code,
            due_by="posting_due",
            spread=True,
            transitions=(Transition(POSTED.code),),
            task=Localized("每周二挂网；未交的部门先催交", "Post it on Tuesday; ask for what is missing first"),
        ),
        END_POSTING,
    ),
    statistics=(
        missed_by_month(
            "week_postings_missed",
            Localized("周安排未挂网按月", "Weeks not posted by month"),
            "week_postings",
            "posting_due",
            POSTING_MISSED.code,
            "week_posted_on",
        ),
    ),
    derived=(
        Derived(Field("week_texts", Localized("各部门本周安排", "What they have handed in")), look=_texts),
        Derived(Field("week_missing", Localized("未交安排的部门", "Missing")), look=_missing),
        Derived(
            Field("week_posted_lacking", Localized("挂网时未交的部门", "Missing when posted")), look=_posted_lacking
        ),
    ),
)


PROCEDURE = Procedure(
    "intranet",
    Localized("内部信息维护", "Intranet"),
    about=Localized(
        "部门周一交本周安排，秘书周二挂网，重大新闻先审批",
        "Departments hand their week in on Monday, it is posted on Tuesday; great news are decided on first",
    ),
    roles=(ADMIN_SECRETARY, DEPARTMENT_HEAD, PROPERTY_HEAD, ADMIN_HEAD),
    registers=(WEEKS, POSTINGS, NEWS),
)
