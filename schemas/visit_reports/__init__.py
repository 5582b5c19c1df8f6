"""拜访月报: at the end of a month each account manager sums it up, and the office head reports it upwards.

``manual.toml`` says what the manuals give. Ours: the summary is asked for in the last five days of the month and late after
the second working day of the next one, since the last day has visits, too; the report is due on the third; the counts come
from the visit logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.holders import reported_to
from schemas.language import (
    Every,
    Field,
    FieldRole,
    Kind,
    Localized,
    Procedure,
    Recurring,
    Register,
    Stage,
    State,
    Transition,
    Values,
    durations,
    fields,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.work import Derived, RegisterView, Seen, month_of, months_back, warning
from schemas.roster.roles import ACCOUNT_MANAGER, GENERAL_MANAGER, OFFICE_HEAD

_NO = ("拜访月报编号", "Visit report No", "HB2026-10-K01")


class MonthToReport(
    FormModel, form=form("visit_report_due", "拜访月报任务", "Month to report")
):  # the program opens it
    visit_report_no: Text = fields.number(*_NO)
    visit_report_kind: Text = field("月报名称", "Report", means=FieldRole.TITLE)
    visit_report_month: Text = field("汇报月份", "Month", kind=Kind.MONTH)
    visit_report_person: Text = field("汇报责任人", "By")
    visit_report_due: Date = field("月报期限", "Due", kind=Kind.DATE)


class MonthReported(FormModel, form=form("visit_report", "月度信息汇总表", "A month's visits, reported")):
    visit_report_no: Text = fields.number(*_NO)
    market_news: Text = fields.text("市场行情及竞争动向", "The market and competitors", "竞品降价 5%")
    customers_said: Text = fields.text("客户意见及建议", "What customers said", "希望周五送货")
    visit_outcome: Text = fields.text("巡访效果", "What the visits led to", "新增 3 户订货")
    visit_reported_on: Date = fields.done_on("月报提交日期", "Reported on")
    visit_reported_by: Text = fields.done_by("月报提交人", "Reported by")


class VisitReportEnded(Ended, form=form("visit_report_ended", "拜访月报作废单", "Visit report ended")):
    visit_report_no: Text = fields.number(*_NO)


TO_REPORT = State("visits_to_report", Localized("待汇报", "To report"))
REPORTED = State("visits_reported", Localized("已汇报", "Reported"), final=True)
REPORT_ENDED, END_REPORT = ending(
    "visit_reports", "visit_report_ended", OFFICE_HEAD.code, not_by=("visit_report_person",)
)
_SAID = ("market_news", "customers_said", "visit_outcome")
SUMMARY, UPWARDS = "月度信息汇总", "每月巡访情况报告"


def _visits(values: Values, held: RegisterView, today: date) -> int:
    """Visits of the month: the person's own, for the report upwards everybody's."""
    month, person = values.get("visit_report_month"), values.get("visit_report_person")
    logs = held["visit_logs"].values() if month else ()
    of_all = values.get("visit_report_kind") == UPWARDS
    return sum(
        month_of(each.get("visit_began")) == month and (of_all or each.get("visited_by") == person) for each in logs
    )


def _as_reported(values: Values, held: RegisterView, today: date) -> int | None:
    """Visits that the report knew of: what comes in later it says nothing about."""
    known: int | None = values.get("visits_reported")
    return _visits(values, held, today) if known is None and values.get("visit_reported_on") else known


def _more_visits(held: RegisterView, today: date) -> Iterator[Seen]:
    """Reports of the month before and this one after which visits of their month came in: to who has written one, and the head."""
    for key, each in held["visit_reports"].items():
        known, now = each.get("visits_reported"), each.get("visits_in_month")
        recent = str(each.get("visit_report_month")) in months_back(today, 2)
        if each.state == REPORTED.code and recent and known is not None and now is not None and now > known:
            said = {"month": str(each.get("visit_report_month")), "known": str(known), "more": str(now - known)}
            kind, name = str(each.get("visit_report_kind")), str(each.get("visit_report_person"))
            for person in (name,) if kind == UPWARDS else ("", name):  # the report upwards is the head's own
                role = "" if person else OFFICE_HEAD.code
                yield Seen(key, "visits_in_month", kind, role, said | {"name": name}, person)


def _each_month(role: str, title: str, key: str, workday: int, early: int = 0) -> Recurring:
    return Recurring(
        Every.MONTH,
        role,
        "visit_report_due",
        key,
        (("visit_report_kind", title),),
        workday=workday,
        shift=-1,
        period="visit_report_month",
        each=True,
        person="visit_report_person",
        once_used=("visit_logs",),
        early=early,
    )


PROCEDURE = Procedure(
    "visit_reports",
    Localized("拜访月报", "Visit reports"),
    about=Localized(
        "客户经理月底汇总当月拜访，办公室主任整理成报告上报",
        "Each account manager sums up a month's visits; the office head reports them upwards",
    ),
    roles=(ACCOUNT_MANAGER, OFFICE_HEAD, GENERAL_MANAGER),
    registers=(
        Register(
            "visit_reports",
            Localized("拜访月报", "Visit reports"),
            kept=True,
            forms=(describe(MonthToReport), describe(MonthReported), describe(VisitReportEnded)),
            states=(TO_REPORT, REPORTED, REPORT_ENDED),
            manager=OFFICE_HEAD.code,
            told_new=("visit_report_person", "visit_report_month", "visits_in_month", *_SAID),
            told_to=("visit_goes_up_to",),
            looks_at=("visit_logs", "people"),
            recurs=(
                _each_month(ACCOUNT_MANAGER.code, SUMMARY, "HB{period}-{holder}", 2, early=5),
                _each_month(OFFICE_HEAD.code, UPWARDS, "BG{period}-{holder}", 3),
            ),
            stages=(
                Stage(
                    "report_visits",
                    Localized("拜访月报", "Report"),
                    ACCOUNT_MANAGER.code,
                    "visit_report",
                    TO_REPORT.code,
                    due_by="visit_report_due",
                    whom="visit_report_person",
                    task=Localized("汇总当月拜访：行情、客户意见、效果", "Sum up the month's visits"),
                    transitions=(Transition(REPORTED.code),),
                ),
                END_REPORT,
            ),
            derived=(
                Derived(
                    Field("visits_in_month", Localized("当月拜访次数", "Visits in the month"), Kind.INTEGER),
                    look=_visits,
                ),
                Derived(
                    Field("visits_reported", Localized("月报所据次数", "Visits reported on"), Kind.INTEGER),
                    look=_as_reported,
                ),
                reported_to(  # of the head's; the managers' summaries are his to read
                    "visit_goes_up_to",
                    Localized("月报上报给", "Reported to"),
                    GENERAL_MANAGER,
                    ("visit_reported_on",),
                    lambda values: values.get("visit_report_kind") == UPWARDS,
                ),
                *durations.in_time(
                    "visit_report_in_time",
                    Localized("月报按时提交", "In time"),
                    "visit_reported_on",
                    "visit_report_due",
                ),
            ),
            watches=(
                *durations.not_in_time(
                    "visits.report_",
                    "visit_reports",
                    {"visit_report_in_time": ("visit_reported_on", "visit_report_due")},
                    OFFICE_HEAD.code,
                ),
                warning(
                    "visits.more_came",
                    Localized(
                        "{name} {month} 的“{value}”交来以后，又登记了 {more} 次当月的拜访（原据 {known} 次）",
                        "After {name} had handed in “{value}” of {month}, {more} more visits of it came in (it knew of {known})",
                    ),
                    Localized(
                        "内容有要补的，在总表“拜访月报”里补写；补好或没有要补的选“知道了”",
                        "Where they change what it says, add that on the master; then, or else, note it",
                    ),
                    _more_visits,
                    asks=False,
                ),
            ),
        ),
    ),
)
