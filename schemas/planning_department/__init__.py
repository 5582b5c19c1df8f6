"""企划部: a meeting each Monday, everybody's plan of the week before it, the plans of year, half-year and quarter.

``manual.toml`` says what the manuals give. Ours: the plans of half-years and quarters stand by the end of their first
month and of the quarter before; the general manager has three working days for a plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from schemas.language import Every, Field, Kind, Localized, Procedure, Recurring, Register, Route, Sealed, Stage, State, Transition, Values, durations, fields, work  # fmt: skip
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.parameters import SetValue
from schemas.language.recurring import missed_in
from schemas.language.telling import missed_by_month
from schemas.language.work import YES, Derived, FigureRows, Measure, Parameter, RegisterView, Statistic
from schemas.planning_department import forms
from schemas.planning_people import DERIVED, MEETING_DAY, MORE_CAME
from schemas.planning_people.last_meeting import LAST_RESOLVED, LOOKING_BACK
from schemas.planning_people.last_week import LAST_WEEK, WEEK_WATCHES
from schemas.planning_people.schemes import APPROVAL, DECIDE_DAYS, SCHEME_WATCHES
from schemas.roster.roles import GENERAL_MANAGER, PLANNER, PLANNING_HEAD

MEETS_AT = Parameter(
    "planning_meets_at", Localized("企划部例会几点（24 小时制）", "Hour of the planning meeting"), 10, 0, 23
)
TO_PLAN = State("week_to_plan", Localized("待提交", "To hand in"))
PLANNED = State("week_planned", Localized("已提交", "Handed in"), final=True)
WEEK_MISSED, MEETING_MISSED = missed_in("planning_weeks"), missed_in("planning_meetings")
WEEK_ENDED, END_WEEK = ending("planning_weeks", "planning_week_ended", PLANNING_HEAD.code, not_by=("week_person",))
TO_MEET = State("planning_to_meet", Localized("待召开", "To meet"))
MET = State("planning_met", Localized("已召开", "Met"), final=True)
MEETING_ENDED, END_MEETING = ending(
    "planning_meetings", "planning_meeting_ended", PLANNING_HEAD.code, tells=("planning_people",), owed=True
)
TO_WRITE = State("scheme_to_write", Localized("待编制", "To write"))
TO_APPROVE = State("scheme_to_approve", Localized("待审批", "To decide"))
IN_FORCE = State("scheme_in_force", Localized("已批准", "Approved"), final=True)
SCHEME_ENDED, END_SCHEME = ending("planning_schemes", "planning_scheme_ended", GENERAL_MANAGER.code, owed=True)


def _before_the_meeting(code: str, day: str) -> Derived:
    """The hour of the meeting on the day in field *day*."""

    def set_by(value: SetValue) -> Callable[[Values], str | None]:
        def compute(values: Values) -> str | None:
            on = values.get(day)
            return f"{on}T{int(float(value(MEETS_AT.code, str(on)))):02d}:00" if on else None

        return compute

    words = Localized("例会时间", "Meeting at")
    return Derived(Field(code, words, Kind.MOMENT), set_by(lambda code, on: MEETS_AT.value), set_by=set_by)


def _weeks(held: RegisterView, today: date) -> FigureRows:
    due = (each for each in held["planning_weeks"].values() if str(each.get("week_due", "9999")) <= today.isoformat())
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(due, "week_due", today).items():
        in_time = sum(each.get("week_in_time") == YES.code for each in those)
        finished = work.share_with(those, "last_week", forms.ALL_DONE.code)
        missed = sum(each.state == WEEK_MISSED.code for each in those)
        rows.append([month, len(those), missed, work.share(in_time, len(those)), finished])
    return rows


def _scheme(every: Every, letters: str, title: str, *, month: int = 0, step: int = 1, shift: int = 0) -> Recurring:
    values = (("scheme_title", title),)
    key = f"{letters}{{period}}"
    return Recurring(every, PLANNING_HEAD.code, "scheme_due", key, values, step=step, month=month, shift=shift)


def _period(values: Values) -> str | None:
    """What a scheme is for, in words: its title is that of all of its kind."""
    found = _PERIOD.search(str(values.get("scheme_no") or ""))
    if found is None:
        return None
    year, part = found[1], found[2] or ""
    if part.startswith("Q") and not str(values["scheme_no"]).startswith("BN"):
        return f"{year} 年第 {part[1:]} 季度"
    return f"{year} 年" + {"H1": "上半年", "H2": "下半年", "Q1": "上半年", "Q3": "下半年"}.get(part, "")


_PERIOD = re.compile(r"([0-9]{4})(?:-([QH][1-4]))?$")
"""At the end of a scheme's number; a half-year was called by its first quarter once."""
WEEKS = Register(
    "planning_weeks",
    Localized("每周工作计划", "Plans of the week"),
    kept=True,
    forms=(describe(forms.PlanningWeek), describe(forms.WeekPlan), describe(forms.WeekEnded)),
    states=(TO_PLAN, PLANNED, WEEK_MISSED, WEEK_ENDED),
    manager=PLANNING_HEAD.code,
    told_new=("this_week", "last_week", "left_over_why"),
    recurs=(
        Recurring(
            Every.WEEK,
            PLANNER.code,
            "week_due",
            "ZJ{period}-{holder}",
            workday=1,
            ahead=3,  # from Friday on: before the meeting of Monday
            each=True,
            person="week_person",
            missed=WEEK_MISSED.code,
        ),
    ),
    stages=(
        Stage(
            "plan_week",
            Localized("周计划", "Plan of the week"),
            PLANNER.code,
            "week_plan",
            TO_PLAN.code,
            due_by="week_meets_at",
            open_until="week_meets_at",
            whom="week_person",
            transitions=(Transition(PLANNED.code),),
            task=Localized(
                "例会前提交本周计划和上周完成情况，未完成的写明原因",
                "Before the meeting: this week's plan, last week's result",
            ),
        ),
        END_WEEK,
    ),
    derived=(
        _before_the_meeting("week_meets_at", "week_due"),
        *durations.in_time(
            "week_in_time", Localized("例会前提交", "Before the meeting"), "week_handed_at", "week_meets_at"
        ),
        *LAST_WEEK,
    ),
    watches=WEEK_WATCHES,
    statistics=(
        durations.filled_later_by_month(
            "planning_weeks_filled_later",
            Localized("周计划补录按月", "Plans of the week filled in later by month"),
            "planning_weeks",
            "week_due",
            "week_in_time",
        ),
        Statistic(
            "planning_weeks_by_month",
            Localized("周计划按月", "Plans of the week by month"),
            Localized("月份", "Month"),
            (
                Measure(Localized("应交", "Due")),
                Measure(Localized("未交", "Missed")),
                work.rate("例会前提交率", "In time"),
                work.rate("上周完成率", "Done"),
            ),
            _weeks,
        ),
    ),
)
MEETINGS = Register(
    "planning_meetings",
    Localized("企划部例会", "Planning meetings"),
    kept=True,
    forms=(describe(forms.PlanningMeeting), describe(forms.PlanningMinutes), describe(forms.PlanningMeetingEnded)),
    states=(TO_MEET, MET, MEETING_MISSED, MEETING_ENDED),
    manager=PLANNING_HEAD.code,
    recurs=(
        Recurring(
            Every.WEEK, PLANNING_HEAD.code, "planning_meets_on", "LH{period}", workday=1, missed=MEETING_MISSED.code
        ),
    ),
    stages=(
        Stage(
            "hold_planning_meeting",
            Localized("例会", "Meet"),
            PLANNING_HEAD.code,
            "planning_minutes",
            TO_MEET.code,
            due_by="planning_meets_on",
            routes=(Route(PLANNER.code, (("planning_has_clerk", (YES.code,)),)),),
            spread=True,
            transitions=(Transition(MET.code),),
            task=Localized(
                "每周一上午 10 点例会，先回顾上次决议", "Meet on Monday at ten; look back at the last resolutions first"
            ),
        ),
        END_MEETING,
    ),
    statistics=(
        missed_by_month(
            "planning_meetings_missed",
            Localized("例会未开按月", "Planning meetings not held by month"),
            "planning_meetings",
            "planning_meets_on",
            MEETING_MISSED.code,
            "planning_met_on",
        ),
    ),
    looks_at=("people",),
    derived=(_before_the_meeting("planning_meeting_at", "planning_meets_on"), LAST_RESOLVED, *DERIVED),
    watches=(MORE_CAME, *MEETING_DAY, *LOOKING_BACK),
)
SCHEMES = Register(
    "planning_schemes",
    Localized("策划方案及预算", "Plans and budgets"),
    kept=True,
    forms=tuple(
        describe(each) for each in (forms.PlanningScheme, forms.SchemeWritten, forms.SchemeApproval, forms.SchemeEnded)
    ),
    states=(TO_WRITE, TO_APPROVE, IN_FORCE, SCHEME_ENDED),
    manager=GENERAL_MANAGER.code,
    recurs=(
        _scheme(Every.YEAR, "ND", "下一年度营销策划方案及预算", month=11, shift=1),
        _scheme(Every.QUARTER, "BN", "半年度营销方案及预算调整", month=1, step=2),
        _scheme(Every.QUARTER, "JD", "下季度营销方案及预算调整", shift=1),
    ),
    stages=(
        Stage(
            "write_scheme",
            Localized("方案编制", "Write"),
            PLANNING_HEAD.code,
            "scheme_written",
            TO_WRITE.code,
            due_by="scheme_due",
            strict=True,
            anew=True,
            transitions=(Transition(TO_APPROVE.code),),
            task=Localized(
                "编制方案和费用预算；年度的在 11 月底前",
                "Write plan and budget; that of the year by the end of November",
            ),
        ),
        Stage(
            "approve_scheme",
            Localized("方案审批", "Decide"),
            GENERAL_MANAGER.code,
            "scheme_approval",
            TO_APPROVE.code,
            days=DECIDE_DAYS,
            due_by="scheme_decide_by",
            strict=True,
            not_by=("scheme_by",),
            transitions=fields.decided("scheme_decision", IN_FORCE, TO_WRITE),
            task=Localized("审批方案和费用", "Decide on plan and budget"),
        ),
        END_SCHEME,
    ),
    sealed=Sealed(
        "planning_schemes", "{scheme_no}", (IN_FORCE.code,), ("scheme_text", "scheme_budget"), TO_APPROVE.code
    ),
    derived=(
        Derived(Field("scheme_period", Localized("方案时期", "Period")), _period),
        *durations.in_time("scheme_in_time", Localized("方案按期", "In time"), "scheme_on", "scheme_due"),
        *APPROVAL,
    ),
    watches=SCHEME_WATCHES,
)
PROCEDURE = Procedure(
    "planning_department",
    Localized("企划部", "Planning department"),
    about=Localized(
        "每周一例会，会前交周计划，年度方案及预算 11 月底前出台",
        "A meeting each Monday with everybody's plan before it; next year's plan and budget by the end of November",
    ),
    roles=(PLANNER, PLANNING_HEAD, GENERAL_MANAGER),
    parameters=(MEETS_AT,),
    registers=(WEEKS, MEETINGS, SCHEMES),
)
