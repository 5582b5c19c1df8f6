"""请假: asked half a day ahead, in writing or by telephone with the slip afterwards, with somebody who stands in.

``manual.toml`` says what the manual gives. Ours: half a day is four hours by the clock, and who decides reads where they were no
hours of work; a working day for the decision;
the slip of a leave asked by telephone on the working day after it.
"""

from __future__ import annotations

from datetime import date

from schemas.language import (
    Field,
    FieldRole,
    Kind,
    Localized,
    Procedure,
    Register,
    Rule,
    Sealed,
    Severity,
    Stage,
    Transition,
    Values,
    answers,
    checks,
    durations,
    fields,
    naming,
    watching,
    work,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form, row_rule
from schemas.language.work import NO, YES, Derived, FigureRows, Measure, Numbered, RegisterView, Statistic
from schemas.language.workdays import next_workday
from schemas.leave_notes import (
    ALLOWED,
    BY_TELEPHONE,
    GRANTED,
    HALF_A_DAY,
    IN_WRITING,
    NOT_GRANTED,
    TO_DECIDE,
    TO_HAND_IN,
    WATCHES,
    has_role,
    person_named,
)
from schemas.leave_stand_ins import STAND_IN_AWAY, STANDS_IN
from schemas.roster.roles import GENERAL_MANAGER, PLANNER, PLANNING_HEAD, STAFF_UNTIL

LONGEST = 31
"""Days above which a leave is asked about: ours, as mostly a year is wrong."""

NOBODY_ABOVE = Localized(
    "总经理请假，没有上级审批，登记备查", "The general manager's leave: nobody is above him, it is noted"
)
_NO = ("请假编号", "Leave No", "QJ2611001")
LATE = Rule(
    "leave.late",
    Severity.ERROR,
    Localized("书面请假没有提前半天提出", "Leave in writing is asked for less than half a day ahead"),
    Localized(
        "来不及的先打电话报备：提出方式填“电话报备”，事后补交假条",
        "Where it is too late, telephone first: write 电话报备, and hand the slip in afterwards",
    ),
)
NO_LENGTH = Rule(
    "leave.no_length",
    Severity.ERROR,
    Localized("请假结束时间就是开始时间，没有时长", "The leave ends as it begins"),
    Localized(
        "写明请到几点；请一整天的，起止都只写日期", "Say when it ends; of a whole day both are days without an hour"
    ),
)
SELF = Rule(
    "leave.self",
    Severity.ERROR,
    Localized("代理人就是请假人自己", "Whoever asks for leave is named as his own stand-in"),
    Localized("写明由哪位同事代理工作", "Name the colleague who stands in"),
)


class LeaveAsked(FormModel, form=form("leave_request", "请假单", "Request for leave", titles=("请假申请表",))):
    leave_no: Text = fields.number(*_NO, given=True)
    leave_person: Text = fields.filled_by("请假人", "Who asks", "花策")
    leave_why: Text = fields.text("请假事由", "Why", "家事", means=FieldRole.TITLE)
    leave_from: Text = fields.moment("请假开始时间", "From", "2026-11-05 09:00", trends=False)
    leave_to: Text = fields.moment("请假结束时间", "To", "2026-11-05 18:00", trends=False)
    leave_asked_at: Text = fields.moment("请假提出时间", "Asked at", "2026-11-04 14:00", means=FieldRole.CAME_ON)
    leave_way: Text = field("提出方式", "How it was asked", required=True, options=(IN_WRITING, BY_TELEPHONE))
    leave_matters: Text = field(
        "期间有无重要活动或事项", "Something important meanwhile", required=True, options=(YES, NO)
    )
    leave_stand_in: Text = field("工作代理人", "Stand-in", required_when={"leave_matters": (YES.code,)}, example="文思")
    leave_handed_over: Text = field(
        "书面交代的工作",
        "What is handed over",
        required_when={"leave_matters": (YES.code,)},
        example="双十一海报付印",
        tests=[answers.not_denied()],
    )
    leave_phone: Text = fields.phone("请假期间联系电话", "Telephone meanwhile", "13932820018", required=True)

    @row_rule(LATE, at="leave_asked_at")
    def half_a_day_ahead(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """What is asked in writing is asked half a day ahead."""
        import pandas as pd

        begins, asked = (pd.to_datetime(frame[code], errors="coerce") for code in ("leave_from", "leave_asked_at"))
        return (frame["leave_way"] != IN_WRITING.code) | ~(begins - asked < HALF_A_DAY)

    ends_after_it_begins = checks.in_order("leave_from", "leave_to")

    @row_rule(NO_LENGTH, at="leave_to")
    def has_a_length(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """It does not end at the moment at which it begins; a day without an hour is a whole one."""
        return ~((frame["leave_from"] == frame["leave_to"]) & (frame["leave_to"].str.len() > len("2026-11-05")))

    @row_rule(SELF, at="leave_stand_in")
    def somebody_else(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """Nobody stands in for himself."""
        stand_in, person = (
            frame[code].map(person_named, na_action="ignore") for code in ("leave_stand_in", "leave_person")
        )
        return ~(stand_in == person)


class LeaveDecision(FormModel, form=form("leave_decision", "请假审批表", "Decision on a leave")):
    leave_no: Text = fields.number(*_NO)
    leave_decision: Text = fields.decision("请假审批结论", "Decision")
    leave_remark: Text = fields.reason("请假审批意见", "Remark", "leave_decision")
    leave_decided_at: Text = field(
        "请假审批时间",
        "Decided at",
        kind=Kind.MOMENT,
        tests=[checks.not_future()],
        example="2026-11-04 16:00",
        means=FieldRole.DONE_ON,
    )
    leave_decided_by: Text = fields.done_by("请假审批人", "Decided by", "齐经理")


class LeaveSlip(FormModel, form=form("leave_slip", "补交假条登记表", "Slip handed in afterwards")):
    leave_no: Text = fields.number(*_NO)
    slip_on: Date = fields.done_on("假条补交日期", "Handed in on")
    slip_by: Text = fields.done_by("假条补交人", "Handed in by", "花策")


class LeaveEnded(Ended, form=form("leave_ended", "销假作废单", "Leave called off")):
    leave_no: Text = fields.number(*_NO)


CALLED_OFF, CALL_OFF = ending("leaves", "leave_ended", PLANNING_HEAD.code, tells=("leave_person", "leave_stand_in"))


def _slip_by(values: Values) -> str | None:
    ends = str(values.get("leave_to") or "")[:10]
    return next_workday(date.fromisoformat(ends)).isoformat() if ends else None


def _decide_by(values: Values) -> str | None:
    """When the leave begins, where that is sooner than a working day from its being asked; else the days of the stage hold."""
    begins, asked = str(values.get("leave_from") or ""), str(values.get("leave_asked_at") or "")
    if not begins or not asked or begins <= asked:
        return None
    return begins if begins[:10] <= next_workday(date.fromisoformat(asked[:10])).isoformat() else None


def _is_above_all(values: Values, held: RegisterView, today: date) -> str:
    """Whether it is the general manager who asks, whom nobody of the office is above: none but his subordinates could decide."""
    return (YES if has_role(held, values.get("leave_person"), GENERAL_MANAGER) else NO).code


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(held["leaves"].values(), "leave_from", today).items():
        ways = [each.get("leave_way") == BY_TELEPHONE.code for each in those]
        rows.append([month, len(those), sum(ways), sum(each.state == NOT_GRANTED.code for each in those)])
    return rows


_COUNTED = tuple(
    Measure(Localized(*words)) for words in (("请假", "Asked"), ("电话报备", "By telephone"), ("不准", "Not granted"))
)
_SIGNED = (ALLOWED.code, TO_HAND_IN.code, GRANTED.code, NOT_GRANTED.code)
_FIXED = ("leave_person", "leave_why", "leave_from", "leave_to", "leave_matters", "leave_stand_in", "leave_handed_over")

PROCEDURE = Procedure(
    "leave",
    Localized("请假", "Leave"),
    about=Localized(
        "提前半天书面请假，来不及的电话报备、事后补假条，有要事的交代给代理人",
        "Asked half a day ahead in writing, else by telephone with a slip afterwards; what matters is handed to a stand-in",
    ),
    roles=(PLANNER, PLANNING_HEAD, GENERAL_MANAGER),
    registers=(
        Register(
            "leaves",
            Localized("请假", "Leave"),
            forms=tuple(map(describe, (LeaveAsked, LeaveDecision, LeaveSlip, LeaveEnded))),
            states=(TO_DECIDE, ALLOWED, TO_HAND_IN, GRANTED, NOT_GRANTED, CALLED_OFF),
            manager=PLANNING_HEAD.code,
            looks_at=("people", "activity_budgets"),
            called="leave_person",
            told=("leave_way",),
            stages=(
                Stage(
                    "ask_leave",
                    Localized("请假", "Ask"),
                    PLANNER.code,
                    "leave_request",
                    transitions=(Transition(TO_DECIDE.code),),
                ),
                Stage(
                    "decide_leave",
                    Localized("请假审批", "Decide"),
                    PLANNING_HEAD.code,
                    "leave_decision",
                    TO_DECIDE.code,
                    days=1,
                    due_by="leave_decide_by",
                    strict=True,
                    spread=True,
                    superior=GENERAL_MANAGER.code,
                    not_by=("leave_person",),
                    tells=("leave_stand_in",),
                    transitions=(
                        Transition(
                            ALLOWED.code, known=(("leave_above", (YES.code,)),), by_itself=True, why=NOBODY_ABOVE
                        ),
                        *fields.decided("leave_decision", ALLOWED, NOT_GRANTED, back=False),
                    ),
                    task=Localized("看是否有人代理，再批", "See whether somebody stands in, and decide"),
                ),
                Stage(
                    "sort_leave",
                    Localized("核对提出方式", "Sort"),
                    PLANNING_HEAD.code,
                    state=ALLOWED.code,
                    transitions=(
                        Transition(TO_HAND_IN.code, known=(("leave_way", (BY_TELEPHONE.code,)),)),
                        Transition(GRANTED.code, known=(("leave_way", (IN_WRITING.code,)),)),
                    ),
                ),
                Stage(
                    "hand_slip_in",
                    Localized("补交假条", "Hand the slip in"),
                    PLANNER.code,
                    "leave_slip",
                    TO_HAND_IN.code,
                    days=1,  # of what was asked for when it was over
                    due_by="slip_due",
                    whom="leave_person",
                    transitions=(Transition(GRANTED.code),),
                    task=Localized("电话请的假，事后补交书面假条", "Hand in the slip of a leave asked by telephone"),
                ),
                CALL_OFF,
            ),
            sealed=Sealed("leaves", "{leave_no}", _SIGNED, _FIXED, TO_DECIDE.code),
            numbered=Numbered(
                "QJ{yy}{month}{serial:03d}",
                ("leave_person", "leave_from"),
                "leave_from",
                over=(NOT_GRANTED.code,),
                again="leave_asked_at",
            ),
            derived=(
                Derived(
                    Field(
                        "leave_above",
                        Localized("请假人是总经理", "Asked by the general manager"),
                        Kind.CHOICE,
                        options=(YES, NO),
                    ),
                    look=_is_above_all,
                ),
                Derived(Field("leave_decide_by", Localized("审批期限", "Decide by"), Kind.MOMENT), _decide_by),
                durations.known_on("leave_known_on", Localized("请假登记日", "Entered on"), "leave_from"),
                Derived(Field("slip_due", Localized("补假条期限", "Slip by"), Kind.DATE), _slip_by),
            ),
            watches=(
                STANDS_IN,
                STAND_IN_AWAY,
                *WATCHES,
                naming.nobody_known(
                    "leave.unknown_person",
                    "leaves",
                    ("leave_person",),
                    (TO_DECIDE.code,),
                    "leave_person",
                    PLANNING_HEAD.code,
                    STAFF_UNTIL,
                ),
                watching.too_far_off(
                    "leave.very_long",
                    "leaves",
                    (TO_DECIDE.code,),
                    ("leave_from", "leave_to"),
                    LONGEST,
                    Localized(
                        "请假 {since} 至 {value}，长达 {days} 天", "Leave from {since} to {value}: that is {days} days"
                    ),
                    Localized(
                        "核对年月，写错的让请假人改；确需这样长的照批",
                        "Check year and month, and have a wrong day mended; else decide",
                    ),
                    PLANNING_HEAD.code,
                ),
            ),
            statistics=(
                Statistic(
                    "leaves_by_month",
                    Localized("请假按月", "Leave by month"),
                    Localized("月份", "Month"),
                    _COUNTED,
                    _by_month,
                ),
            ),
        ),
    ),
)
