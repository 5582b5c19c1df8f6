"""物业管理处: what a property office does each day, week, quarter and year, by the calendar.

``manual.toml`` says what the manual gives. What is found goes on in ``matters_to_mend``. Ours: each head of an office has
duties of his own, on working days unless the office sets that days off count, too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from schemas.language import (
    Every,
    Localized,
    Procedure,
    Recurring,
    Register,
    Stage,
    State,
    Transition,
    durations,
    telling,
    watching,
    work,
)
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.recurring import missed_in
from schemas.language.work import NO, YES, FigureCell, FigureRows, Measure, Parameter, RegisterView, Statistic
from schemas.property_office import forms
from schemas.roster.roles import PROPERTY_HEAD, STATION_HEAD

TO_SORT = State("duty_to_sort", Localized("待分类", "To sort"))
TO_PATROL = State("estate_to_patrol", Localized("待巡视", "To patrol"))
TO_LOG = State("day_to_log", Localized("待记录", "To log"))
TO_CHECK = State("duty_to_check", Localized("待检查", "To check"))
TO_REPORT = State("duty_to_report", Localized("待编制", "To write"))
DONE = State("duty_done", Localized("已完成", "Done"), final=True)
DUTY_MISSED = missed_in("property_duties")
DUTY_ENDED, END_DUTY = ending("property_duties", "property_duty_ended", STATION_HEAD.code, not_by=("duty_person",))
DAYS_OFF = Parameter(
    "property_days_off", Localized("管理处休息日也巡视（1 为是）", "Property duties on days off, too: 1"), 0, 0, 1
)
_RHYTHMS = {Every.DAY: "each_day", Every.WEEK: "each_week", Every.QUARTER: "each_quarter", Every.YEAR: "each_year"}

SHEETS = {"as_patrol": TO_PATROL, "as_log": TO_LOG, "as_check": TO_CHECK, "as_report": TO_REPORT}


def _again(every: Every, letters: str, sheet: str, title: str, *, shift: int = 0) -> Recurring:
    """A duty of each head of an office; its letters tell it apart from the others of the same period."""
    values = (("duty_title", title), ("duty_rhythm", _RHYTHMS[every]), ("duty_sheet", sheet))
    missed = "" if sheet == "as_report" else DUTY_MISSED.code  # a look is over with its day, a report is still wanted
    once = Recurring(every, PROPERTY_HEAD.code, "duty_by", f"{letters}{{period}}-{{holder}}", values, shift=shift)
    return replace(once, each=True, person="duty_person", all_days=DAYS_OFF, missed=missed)


DUTIES = (
    _again(Every.DAY, "XS", "as_patrol", "巡视小区：违章、隐患、卫生、设施、管道"),
    _again(Every.DAY, "RZ", "as_log", "协助收费、接待投诉、解答咨询、内务"),
    _again(Every.WEEK, "LD", "as_check", "检查每栋楼房公共设施"),
    _again(Every.WEEK, "FW", "as_check", "了解房屋使用：空房户、新住户"),
    _again(Every.WEEK, "ZF", "as_check", "走访住户"),
    _again(Every.WEEK, "LX", "as_check", "联系居委会、产权单位"),
    _again(Every.QUARTER, "FY", "as_report", "清理各项费用并编制报表"),
    _again(Every.QUARTER, "BY", "as_report", "编制季保养计划和报表"),
    _again(Every.QUARTER, "FC", "as_check", "打开粪池、井盖检查淤塞"),
    _again(Every.QUARTER, "LH", "as_check", "组织绿化集中管理"),
    _again(Every.YEAR, "NB", "as_report", "编制下一年维修保养计划", shift=1),
)


def _done_by(code: str, zh: str, en: str, form: str, state: State, asked: Localized) -> Stage:
    return Stage(
        code,
        Localized(zh, en),
        PROPERTY_HEAD.code,
        form,
        state.code,
        due_by="duty_by",
        whom="duty_person",
        transitions=(Transition(DONE.code),),
        task=asked,
    )


def _duties_by_month(held: RegisterView, today: date) -> FigureRows:
    every = held["property_duties"].values()  # what is due today is counted once it is done
    due = (each for each in every if each.get("duty_by", "") < today.isoformat() or each.state == DONE.code)
    months = work.by_month(due, "duty_by", today)
    rows: list[list[FigureCell]] = []
    for month, those in months.items():
        in_time = sum(each.get("duty_in_time") == YES.code for each in those)
        done, missed = (sum(each.state == state.code for each in those) for state in (DONE, DUTY_MISSED))
        rows.append([month, len(those), done, missed, work.share(in_time, len(those))])
    return rows


_COUNTED = tuple(Measure(Localized(*each)) for each in (("应办", "Due"), ("已办", "Done"), ("未做", "Missed")))
SAME_REPORT = watching.same_again("property.same_report", "property_duties", ("report_no",), Localized("报表计划编号", "number of the report"), "duty_person")  # fmt: skip
NOT_KEPT = telling.bad_answer("property.not_kept", "property_duties", ("office_kept", NO), ("duty_person", "duty_by"), Localized("{what} {note} 没有做内务整理", "{what} did not keep the office in order on {note}"), Localized("每日都要整理；问清原因，看过选“知道了”", "It is a duty of each day: ask why, and note it"), (STATION_HEAD.code,))  # fmt: skip
FOUND_IN_CHECK = telling.bad_answer("property.found_in_check", "property_duties", ("check_result", forms.TO_MEND, forms.TO_COLLECTOR), ("duty_title", "check_text"), Localized("“{what}”发现：{note}（{value}）", "{what}: {note} ({value})"), Localized("看处置是否妥当、要不要协助；看过选“知道了”", "See whether it is in right hands and needs help; note it"), (STATION_HEAD.code,))  # fmt: skip
FORMS = tuple(map(describe, (forms.PropertyDuty, forms.PropertyPatrol, forms.PropertyLog, forms.PropertyCheck, forms.PropertyReport, forms.DutyEnded)))  # fmt: skip
PROPERTY_DUTIES = Register(
    "property_duties",
    Localized("管理处事项", "Duties"),
    kept=True,
    forms=FORMS,
    states=(TO_SORT, TO_PATROL, TO_LOG, TO_CHECK, TO_REPORT, DONE, DUTY_MISSED, DUTY_ENDED),
    manager=STATION_HEAD.code,
    told_new=("duty_person", "report_no", "report_text"),
    recurs=DUTIES,
    stages=(
        Stage(
            "sort_duty",
            Localized("分类", "Sort"),
            STATION_HEAD.code,
            state=TO_SORT.code,
            transitions=tuple(
                Transition(state.code, known=(("duty_sheet", (sheet,)),)) for sheet, state in SHEETS.items()
            ),
        ),
        _done_by(
            "patrol_estate",
            "小区巡视",
            "Patrol",
            "property_patrol",
            TO_PATROL,
            Localized(
                "五项逐项巡视，能处理的当场处理，重大的上报站长",
                "Look at all five points; what is grave goes to the station",
            ),
        ),
        _done_by(
            "log_day",
            "当日工作",
            "Log",
            "property_log",
            TO_LOG,
            Localized("记录当日收费、接待、咨询和内务", "Log fees, callers, questions and the office"),
        ),
        _done_by(
            "check_estate",
            "检查走访",
            "Check",
            "property_check",
            TO_CHECK,
            Localized(
                "检查、走访后写明情况，要整改的写明期限", "Say what was found; give a day where it is to be mended"
            ),
        ),
        _done_by(
            "write_report",
            "报表计划",
            "Report",
            "property_report",
            TO_REPORT,
            Localized("编制后登记编号和要点", "Write it, and register its number"),
        ),
        END_DUTY,
    ),
    derived=durations.in_time("duty_in_time", Localized("是否按期", "In time"), "duty_done_on", "duty_by"),
    watches=(
        durations.came_late("property.came_late", "property_duties", "duty_done_on", "duty_by", STATION_HEAD.code),
        durations.done_late(
            "property.done_late", "property_duties", {"duty_in_time": ("duty_done_on", "duty_by")}, STATION_HEAD.code
        ),
        SAME_REPORT,
        NOT_KEPT,
        FOUND_IN_CHECK,
    ),
    count_by=("duty_rhythm",),
    statistics=(
        Statistic(
            "property_duties_by_month",
            Localized("管理处事项按月", "Duties by month"),
            Localized("月份", "Month"),
            (*_COUNTED, work.rate("按期率", "In time")),
            _duties_by_month,
        ),
    ),
)
PROCEDURE = Procedure(
    "property_office",
    Localized("物业管理处", "Property office"),
    about=Localized(
        "每日巡视五项，每周、每季、每年各有事项，到期要办",
        "Five points are looked at each day; the week, the quarter and the year have duties of their own",
    ),
    roles=(PROPERTY_HEAD, STATION_HEAD),
    parameters=(DAYS_OFF,),
    goes_on_in=("matters_to_mend",),
    registers=(PROPERTY_DUTIES,),
)
