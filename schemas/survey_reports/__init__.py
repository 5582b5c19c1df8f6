"""满意度调查报告: what a survey has found goes to the superior, and the next one is not forgotten; part of ``satisfaction``, whose
``manual.toml`` says where that is from. Ours: five working days for the report, half a year between surveys.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language import Localized, Register, Stage, State, Transition
from schemas.language.model import describe
from schemas.language.telling import is_recent
from schemas.language.work import (
    CreatedRecord,
    CreatesRecords,
    Parameter,
    RegisterView,
    Seen,
    mean,
    month_of,
    months_back,
    warning,
)
from schemas.language.workdays import workdays_later
from schemas.roster.roles import MANAGER, SUPERVISOR
from schemas.survey_reports import forms
from schemas.survey_reports.items import SCORES

EVERY = Parameter("survey_every_months", Localized("隔几个月没有安排调查就提醒（0 为不提醒）", "Months without a survey before it is told (0: never)"), 6, 0, 60)  # fmt: skip
TO_WRITE = State("survey_report_to_write", Localized("待写报告", "To write"))
WRITTEN = State("survey_report_written", Localized("已上交", "Handed up"), final=True)
_DAYS_TO_WRITE, _LOOKED_BACK = 5, timedelta(days=30)


def _due(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """A report on each survey that is over, with its figures, until it is written: of none from long before the first report."""
    for month, survey in held["survey_rounds"].items():
        last, drawn = (
            date.fromisoformat(str(survey.values["survey_due"])),
            held.holding("surveys", "survey_month", month),
        )
        old = today - last > _LOOKED_BACK and month not in held["survey_reports"]
        if last >= today or old or not drawn:
            continue
        asked = [each for each in drawn if each.state == "surveyed"]
        said = {
            "survey_report_due": workdays_later(last, _DAYS_TO_WRITE).isoformat(),
            "report_asked": len(asked),
            "report_mean": mean(each.get(code) for each in asked for code in SCORES),
            "report_low": sum(key.startswith(month) for key in held["low_scores"]),
        }
        yield CreatedRecord(month, said)


def _handed_up(held: RegisterView, today: date) -> Iterator[Seen]:
    """Reports of this week, for the superior."""
    for key, each in held["survey_reports"].items():
        if each.state == WRITTEN.code and is_recent(each, today):
            said = {
                "asked": f"{each.get('report_asked', 0)}",
                "mean": f"{each.get('report_mean', 0):.3g}",
                "low": f"{each.get('report_low', 0)}",
            }
            said |= {"found": str(each.get("survey_found")), "proposed": str(each.get("survey_proposed"))}
            yield Seen(key, "survey_found", key, MANAGER.code, said)


def _none_planned(held: RegisterView, today: date) -> Iterator[Seen]:
    """The last survey, where it lies as many months back as an office lets pass between two."""
    months, rounds = int(held.parameter(EVERY.code)), held["survey_rounds"]
    if months and rounds and max(rounds) <= months_back(today, months + 1)[0]:
        yield Seen(max(rounds), "survey_month", max(rounds), SUPERVISOR.code, {"months": str(months)})


NONE_PLANNED = warning(
    "satisfaction.none_planned",
    Localized(
        "{value} 以后没有再安排满意度调查，已满 {months} 个月",
        "No survey has been planned since {value}, {months} months ago",
    ),
    Localized(
        "交下一次的满意度调查计划表；间隔由参数表定",
        "Hand in the plan of the next one; the table of parameters says how often",
    ),
    _none_planned,
)


def _never_planned(held: RegisterView, today: date) -> Iterator[Seen]:
    """No survey at all, for as many months as an office lets pass between two since the program came to know its first customer."""
    months = int(held.parameter(EVERY.code))
    if not months or held["survey_rounds"]:
        return
    long_ago = months_back(today, months + 1)[0]
    known = [(each.since, each.key, "customer_tier") for each in held["tiers"].values() if each.since]
    registered = filter(None, held.column("customers", "registered_on").values())
    if min(registered, default="9999")[:7] <= long_ago:  # there may be a hundred thousand of them
        known += [(each.since, each.key, "customer_name") for each in held["customers"].values() if each.since]
    if known and month_of(min(known)[0]) <= long_ago:
        since, key, field = min(known)
        yield Seen(key, field, month_of(since), SUPERVISOR.code, {"months": str(months)})


NEVER_PLANNED = warning(
    "satisfaction.never_planned",
    Localized(
        "{value} 起有客户，还没有安排过满意度调查，已满 {months} 个月",
        "There are customers since {value}, {months} months ago, and no survey has been planned",
    ),
    Localized(
        "交满意度调查计划表；间隔由参数表定",
        "Hand in the plan of one; the table of parameters says how often",
    ),
    _never_planned,
)
REPORTS = Register(
    "survey_reports",
    Localized("满意度调查报告", "Reports on surveys"),
    kept=True,
    manager=MANAGER.code,
    looks_at=("survey_rounds", "surveys", "low_scores"),
    opens=(CreatesRecords(_due, follows=True),),
    forms=tuple(map(describe, (forms.ReportDue, forms.SurveyReport))),
    states=(TO_WRITE, WRITTEN),
    stages=(
        Stage(
            "write_survey_report",
            Localized("满意度调查报告", "Report"),
            SUPERVISOR.code,
            "survey_report",
            TO_WRITE.code,
            due_by="survey_report_due",
            strict=True,
            task=Localized("分析调查结果，写报告上交", "Say what the survey has found, and hand it up"),
            transitions=(Transition(WRITTEN.code),),
        ),
    ),
    watches=(
        warning(
            "satisfaction.reported",
            Localized(
                "{value} 满意度调查：已调查 {asked} 户，平均 {mean} 分，低分 {low} 户；{found}；建议：{proposed}",
                "Survey of {value}: {asked} customers, {mean} on the mean, {low} with a low score; {found}; proposed: {proposed}",
            ),
            Localized("知悉；明细见总表“调查问卷”", "For you to know; the details are in the master"),
            _handed_up,
            asks=False,
        ),
    ),
)
