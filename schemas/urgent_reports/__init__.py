"""急报: what is out of the ordinary at a customer's is reported at once, answered, done.

``manual.toml`` says what the manual gives. Ours: a report is answered within 24 hours, which begin with the day on
which it came where that is more than a working day late, and done within 2 working days.
"""

from __future__ import annotations

from datetime import date

from schemas.language import (
    Localized,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    telling,
    watching,
)
from schemas.language.durations import after_hours, counts_from, in_time, known_on, not_in_time, share_in_time
from schemas.language.model import describe
from schemas.language.work import FigureRows, Measure, Numbered, RegisterView, Statistic, by_month, rate
from schemas.roster.roles import ACCOUNT_MANAGER, GENERAL_MANAGER, OFFICE_HEAD
from schemas.urgent_reports import forms

TO_ANSWER = State("urgent_to_answer", Localized("待批示", "To answer"))
TO_DO = State("urgent_to_do", Localized("待处理", "To do"))
DONE = State("urgent_done", Localized("已处理", "Done"), final=True)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    months = by_month(held["visit_urgents"].values(), "urgent_at", today)
    return [
        [
            month,
            len(those),
            sum(each.state == DONE.code for each in those),
            share_in_time(those, "urgent_in_time", "urgent_answer_by", today),
        ]
        for month, those in months.items()
    ]


URGENT = Register(
    "visit_urgents",
    Localized("紧急情况", "Urgent reports"),
    manager=OFFICE_HEAD.code,
    forms=tuple(map(describe, (forms.UrgentReport, forms.UrgentAnswer, forms.UrgentDone))),
    states=(TO_ANSWER, TO_DO, DONE),
    stages=(
        Stage(
            "report_urgent",
            Localized("急报", "Report"),
            ACCOUNT_MANAGER.code,
            "visit_urgent",
            superior=OFFICE_HEAD.code,  # what he cannot solve himself he reports, too
            expects_role=True,
            transitions=(Transition(TO_ANSWER.code),),
        ),
        Stage(
            "answer_urgent",
            Localized("急报批示", "Answer"),
            OFFICE_HEAD.code,
            "visit_urgent_answer",
            TO_ANSWER.code,
            due_by="urgent_answer_by",
            strict=True,
            not_by=("urgent_by",),
            superior=GENERAL_MANAGER.code,  # 通报上级处理: of what a head has reported himself
            task=Localized("24 小时内批示", "Answer within 24 hours"),
            transitions=(Transition(TO_DO.code),),
        ),
        Stage(
            "do_urgent",
            Localized("急报处理", "Do"),
            ACCOUNT_MANAGER.code,
            "visit_urgent_done",
            TO_DO.code,
            days=2,
            whom="urgent_by",
            task=Localized("按批示处理", "Do as answered"),
            transitions=(Transition(DONE.code),),
        ),
    ),
    numbered=Numbered("JB{yy}{month}{serial:02d}", ("urgent_customer", "urgent_at", "urgent_text"), "urgent_at"),
    derived=(
        known_on("urgent_known_on", Localized("急报登记日", "Entered on"), "urgent_at"),
        counts_from("urgent_counts_from", Localized("批示起算时间", "Counts from"), "urgent_at", "urgent_known_on"),
        after_hours("urgent_answer_by", Localized("最迟批示时间", "Answer by"), "urgent_counts_from", 24),
        *in_time("urgent_in_time", Localized("批示及时", "Answered in time"), "urgent_answered_at", "urgent_answer_by"),
    ),
    statistics=(
        Statistic(
            "urgents_by_month",
            Localized("急报按月", "Urgent reports by month"),
            Localized("月份", "Month"),
            (
                Measure(Localized("急报", "Reports")),
                Measure(Localized("已处理", "Done")),
                rate("24 小时内批示率", "Answered in 24 hours"),
            ),
            _by_month,
        ),
    ),
    looks_at=("visit_customers", "customers"),
    watches=(
        *not_in_time(
            "urgent.", "visit_urgents", {"urgent_in_time": ("urgent_answered_at", "urgent_answer_by")}, OFFICE_HEAD.code
        ),
        watching.not_among(
            "urgent.unknown_customer",
            "visit_urgents",
            "urgent_customer",
            (("visit_customers", "visit_customer"), ("customers", "customer_name")),
            "urgent_by",
            OFFICE_HEAD.code,
            over=(DONE.code,),
        ),
        watching.same_again(
            "urgent.same_again",
            "visit_urgents",
            ("urgent_customer", "urgent_at", "urgent_text"),
            Localized("客户、时间和情况", "customer, moment and text"),
            "urgent_by",
            over=(DONE.code,),
            since="urgent_known_on",
            fix=watching.ANSWER_BOTH,
        ),
        telling.came_in_late(
            "urgent.came_late", "visit_urgents", "urgent_at", "urgent_by", OFFICE_HEAD.code, "urgent_known_on"
        ),
    ),
)
PROCEDURE = Procedure(
    "urgent_reports",
    Localized("急报", "Urgent reports"),
    about=Localized(
        "拜访中遇到的急事当天报，24 小时内批示，按批示处理",
        "What is urgent at a customer's is reported at once, answered within 24 hours, done",
    ),
    roles=(ACCOUNT_MANAGER, OFFICE_HEAD, GENERAL_MANAGER),
    registers=(URGENT,),
)
