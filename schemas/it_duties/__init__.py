"""What IT people do again and again, a part of ``it_service``: patrols, backups and other routine work, reports of a month
and a year, the plan of a year, hand-overs of accounts.

The manuals say that all of it recurs, and of the reports how often; how often the rest does is ours, and the office's
to set (``EVERY``). Ours, too: the 3rd working day for the report of the month before, the 10th for that of the year.
"""

from __future__ import annotations

from datetime import date, timedelta

from schemas.holders import reported_to
from schemas.it_duties import forms
from schemas.language import (
    Every,
    Field,
    Kind,
    Localized,
    Option,
    Recurring,
    Register,
    Stage,
    State,
    Transition,
    Values,
    watching,
    work,
)
from schemas.language.durations import share_in_time
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.recurring import missed_in
from schemas.language.telling import done_on_its_day, missed_by_month
from schemas.language.work import NO, YES, Derived, Numbered, Parameter, RegisterView
from schemas.roster.roles import GENERAL_MANAGER, IT_ENGINEER, IT_HEAD

_OFTEN = {Every.DAY: "个工作日", Every.WEEK: "周", Every.MONTH: "个月", Every.QUARTER: "季", Every.YEAR: "年"}
PATROL = "网络设备"
ROUTINES = (
    ("patrol", PATROL, "Patrol of the network", Every.DAY),
    ("backup", "数据备份", "Backup of data, settings and images", Every.WEEK),
    ("security_logs", "安全日志检查", "Look at the security logs", Every.WEEK),
    ("backup_check", "备份检查", "Look at the backups", Every.MONTH),
    ("performance", "性能监测", "Measure the performance", Every.MONTH),
    ("updates", "软件和特征库更新", "Update firmware, software and signatures", Every.MONTH),
    ("weaknesses", "漏洞扫描和风险评估", "Scan for weaknesses", Every.QUARTER),
    ("cleaning", "设备清洁和连接检查", "Clean the devices, look at the connections", Every.QUARTER),
    ("policy", "安全策略审查", "Review the security policy", Every.YEAR),
)
"""What comes again, and how often unless the office says otherwise."""
EVERY = {
    code: Parameter(
        f"it_{code}_every", Localized(f"{zh}每几{_OFTEN[every]}一次（0 为不做）", f"{en}: every so many {every.value}s, 0 is never"),
        1, 0, 366) for code, zh, en, every in ROUTINES
}  # fmt: skip


NOTED = (
    (
        "it.no_figures",
        "性能监测",
        Localized(
            "把测得的性能数据补写到总表“例行工作情况”，把总表放进收件夹",
            "Put what was measured into the master, and drop that in the inbox",
        ),
    ),
    (
        "it.no_proposals",
        "漏洞扫描和风险评估",
        Localized(
            "把扫描结果和改进建议补写到总表“例行工作情况”，把总表放进收件夹",
            "Put what was found and what is proposed into the master, and drop that in the inbox",
        ),
    ),
)
"""Routine work whose record says more than that it was done."""
_ASKED_FOR = timedelta(days=30)


def _of_period(held: RegisterView, register: str, code: str, period: str) -> list[work.RecordView]:
    return [each for each in held[register].values() if str(each.get(code) or "").startswith(period)]


def _tickets(values: Values, held: RegisterView, today: date) -> int:
    return len(_of_period(held, "it_tickets", "reported_at", values["report_period"]))


def _changes(values: Values, held: RegisterView, today: date) -> int:
    return len(_of_period(held, "it_changes", "change_asked_on", values["report_period"]))


def _says_nothing(values: Values) -> str:
    """Whether there were tickets in a month whose report says nothing of how they were dealt with."""
    return (YES if values.get("report_tickets") and not values.get("month_problems") else NO).code


def _percent_in_time(code: str) -> Derived:
    due, zh, en = {
        "responded_in_time": ("respond_by", "响应", "responded to"),
        "resolved_in_time": ("resolve_by", "解决", "solved"),
    }[code]

    def look(values: Values, held: RegisterView, today: date) -> float | None:
        those = _of_period(held, "it_tickets", "reported_at", values["report_period"])
        share = share_in_time(those, code, due, today)
        return None if share is None else round(share * 100, 1)

    return Derived(
        Field(f"report_{code}", Localized(f"期间{zh}及时率（%）", f"Per cent {en} in time"), Kind.NUMBER), look=look
    )


# fmt: off
TO_PATROL = State("to_patrol", Localized("待巡检", "To patrol"))
PATROLLED = State("patrolled", Localized("已巡检", "Done"), final=True)
TO_DO = State("routine_to_do", Localized("待办理", "To do"))
DONE = State("routine_is_done", Localized("已办理", "Done"), final=True)
BEGUN = State("report_begun", Localized("已立项", "Begun"))
TO_REPORT_MONTH = State("to_report_month", Localized("待写月报", "Month to report"))
TO_REPORT_YEAR = State("to_report_year", Localized("待写年报", "Year to report"))
TO_PLAN_YEAR = State("to_plan_year", Localized("待写年度计划", "Year to plan"))
REPORTED = State("it_reported", Localized("已提交", "Handed in"), final=True, closed=True)  # what was counted stands
LOGGED = State("logged", Localized("已登记", "Logged"), final=True)
PATROL_MISSED, ROUTINE_MISSED = missed_in("patrols"), missed_in("it_routines")
PATROL_ENDED, END_PATROL = ending("patrols", "patrol_ended", IT_HEAD.code, not_by=("patrol_person",))
ROUTINE_ENDED, END_ROUTINE = ending("it_routines", "it_routine_ended", IT_HEAD.code, owed=True)
REPORT_ENDED, END_REPORT = ending("it_reports", "it_report_ended", IT_HEAD.code, owed=True)
_WHERE = {forms.MONTHLY: TO_REPORT_MONTH, forms.YEARLY: TO_REPORT_YEAR, forms.PLANNED: TO_PLAN_YEAR}


def _report(every: Every, role: str, kind: Option, workday: int, shift: int) -> Recurring:
    return Recurring(every, role, "report_due", "{report_title}-{period}", (("report_kind", kind.code), ("report_title", kind.words.zh)),
                     workday=workday, ahead=31, shift=shift, period="report_period")


PATROLS = Register(
    "patrols", Localized("巡检", "Patrols"), forms=tuple(map(describe, (forms.PatrolPlan, forms.Patrol, forms.PatrolEnded))),
    states=(TO_PATROL, PATROLLED, PATROL_MISSED, PATROL_ENDED), manager=IT_HEAD.code,
    recurs=(Recurring(Every.DAY, IT_ENGINEER.code, "patrol_on", "{patrol_place}-{patrol_on}", (("patrol_place", PATROL),), EVERY["patrol"], missed=PATROL_MISSED.code),),
    stages=(
        Stage("plan_patrol", Localized("巡检计划", "Plan"), IT_HEAD.code, "patrol_plan", transitions=(Transition(TO_PATROL.code),)),
        Stage("do_patrol", Localized("巡检", "Patrol"), IT_ENGINEER.code, "patrol_check", TO_PATROL.code, due_by="patrol_on", whom="patrol_person", spread=True,
              transitions=(Transition(PATROLLED.code),), task=Localized("按计划巡检，异常的写明", "Patrol as planned; say what is abnormal")),
        END_PATROL,
    ),
    numbered=Numbered("{patrol_place}-{patrol_on}"),
    statistics=(missed_by_month("patrols_missed", Localized("巡检未做按月", "Patrols missed by month"), "patrols", "patrol_on", PATROL_MISSED.code, "patrolled_at"),),
    watches=(*done_on_its_day("it.patrol", "patrols", "patrol_on", "patrolled_at", IT_HEAD.code),
             watching.still_blank("it.patrol_unseen", "patrols", [describe(forms.Patrol).field(code) for code in forms.POINTS], "patrol_no", (PATROLLED.code,), "patrolled_by", IT_HEAD.code,
                                  Localized("逐项看过，补写到总表，把总表放进收件夹；没有看的补看", "Look at each, put it into the master, and drop that in the inbox"), when=(("patrol_place", PATROL),), within=_ASKED_FOR)),
)
ROUTINE_WORK = Register(
    "it_routines", Localized("例行工作", "Routine work"), forms=tuple(map(describe, (forms.Routine, forms.RoutineDone, forms.RoutineEnded))), kept=True,
    states=(TO_DO, DONE, ROUTINE_MISSED, ROUTINE_ENDED), manager=IT_HEAD.code, count_by=("routine_title",),
    recurs=tuple(Recurring(every, IT_ENGINEER.code, "routine_due", "{routine_title}-{period}", (("routine_title", zh),), EVERY[code], ahead=31, missed=ROUTINE_MISSED.code)
                 for code, zh, _, every in ROUTINES if every is not Every.DAY),
    stages=(
        Stage("do_routine", Localized("例行工作", "Routine work"), IT_ENGINEER.code, "it_routine_done", TO_DO.code, due_by="routine_due", spread=True,
              transitions=(Transition(DONE.code),), task=Localized("按期办理，异常的写明", "Do it in time; say what is abnormal")),
        END_ROUTINE,
    ),
    statistics=(missed_by_month("it_routines_missed", Localized("例行工作未做按月", "Routine work missed by month"), "it_routines", "routine_due", ROUTINE_MISSED.code, "routine_at"),),
    watches=(*done_on_its_day("it.routine", "it_routines", "routine_due", "routine_at", IT_HEAD.code),
             *(watching.still_blank(rule, "it_routines", [describe(forms.RoutineDone).field("routine_text")], "routine_no", (DONE.code,), "routine_by", IT_HEAD.code, fix, when=(("routine_title", zh),), within=_ASKED_FOR)
               for rule, zh, fix in NOTED)),
)
REPORTS = Register(
    "it_reports", Localized("运维报告", "IT reports"), kept=True, looks_at=("it_tickets", "it_changes", "people"), manager=IT_HEAD.code,
    told_new=("report_tickets", "report_changes", "month_served", "month_problems", "year_served", "year_improve", "it_plan", "it_budget"), told_to=("report_goes_up_to",),
    forms=tuple(map(describe, (forms.Report, forms.MonthReport, forms.YearReport, forms.YearPlan, forms.ReportEnded))),
    states=(BEGUN, *_WHERE.values(), REPORTED, REPORT_ENDED),
    recurs=(_report(Every.MONTH, IT_ENGINEER.code, forms.MONTHLY, 3, -1), _report(Every.YEAR, IT_ENGINEER.code, forms.YEARLY, 10, -1),
            _report(Every.YEAR, IT_HEAD.code, forms.PLANNED, -1, 1)),
    stages=(
        Stage("sort_report", Localized("立项", "Sort"), IT_HEAD.code, state=BEGUN.code,
              transitions=tuple(Transition(state.code, known=(("report_kind", (kind.code,)),)) for kind, state in _WHERE.items())),
        Stage("report_month", Localized("服务月报", "Month"), IT_ENGINEER.code, "it_month_report", TO_REPORT_MONTH.code, due_by="report_due", spread=True,
              transitions=(Transition(REPORTED.code),), task=Localized("写明本月服务和问题处理情况", "Report the month's service and problems")),
        Stage("report_year", Localized("服务年报", "Year"), IT_ENGINEER.code, "it_year_report", TO_REPORT_YEAR.code, due_by="report_due", spread=True,
              transitions=(Transition(REPORTED.code),), task=Localized("总结全年服务，提出改进计划", "Report the year's service, and what is to be better")),
        Stage("plan_year", Localized("年度计划", "Plan a year"), IT_HEAD.code, "it_year_plan", TO_PLAN_YEAR.code, due_by="report_due", spread=True,
              transitions=(Transition(REPORTED.code),), task=Localized("定下一年的工作和设备预算", "Plan the next year's work and budget")),
        END_REPORT,
    ),
    watches=(watching.still_blank("it.problems_unsaid", "it_reports", [describe(forms.MonthReport).field("month_problems")], "report_no", (REPORTED.code,), "", IT_HEAD.code,
                                  Localized("这个月有运维单：问清问题怎样处理的，向用户补报；看过选“知道了”", "There were tickets that month: ask how they were dealt with, and report it to the users; note it"), when=(("problems_unsaid", YES.code),), within=_ASKED_FOR),),
    derived=(Derived(Field("report_tickets", Localized("期间运维单数", "Tickets"), Kind.INTEGER), look=_tickets),
             Derived(Field("report_changes", Localized("期间变更数", "Changes"), Kind.INTEGER), look=_changes),
             Derived(Field("problems_unsaid", Localized("问题处理情况未写", "Problems not told"), Kind.CHOICE, options=(YES, NO)), _says_nothing),
             _percent_in_time("responded_in_time"), _percent_in_time("resolved_in_time"),
             reported_to("report_goes_up_to", Localized("运维报告上报给", "Reported to"), GENERAL_MANAGER, ("year_sent_on", "it_planned_on"),
                       lambda values: values.get("report_kind") != forms.MONTHLY.code)),
)
LOGS = Register(
    "it_logs", Localized("交接备份", "Logs"), forms=(describe(forms.ServiceLog),), states=(LOGGED,), count_by=("log_kind",), manager=IT_HEAD.code,
    stages=(Stage("log_service", Localized("登记", "Log"), IT_ENGINEER.code, "it_log", expects_role=True, also_of=(IT_HEAD.code,), transitions=(Transition(LOGGED.code),)),),
    numbered=Numbered("RZ{yy}{month}{serial:03d}", ("log_kind", "log_subject", "logged_at", "logged_by"), "logged_at"),
)
