"""满意度调查: a sample of customers is asked, low scores are followed up, means have their number of answers.

``manual.toml`` says what the manual gives: what is asked about. Ours: marks from 1 to 5, a sample by tier and its
shares (``survey_*_share``), a score under 3 opens a case; 4 and 5 are satisfied; a low score is handled in 3 working
days and called back in 2 by somebody else; the last day of a survey lies ahead and in its month, and a supervisor plans it. Without tiers (the procedure is switched off) the registered customers are
asked.
"""

from __future__ import annotations

from datetime import timedelta

from schemas.language import (
    Against,
    Comparison,
    Kind,
    Localized,
    Procedure,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    fields,
    watching,
)
from schemas.language.model import describe
from schemas.language.work import CreatesRecords, Measure, Statistic, rate, warning
from schemas.roster.roles import CUSTOMER_CENTRE, MANAGER, SUPERVISOR
from schemas.satisfaction import figures, forms
from schemas.survey_reports import EVERY, NEVER_PLANNED, NONE_PLANNED, REPORTS
from schemas.survey_reports.items import SCORES

PLANNED = State("survey_planned", Localized("已安排", "Planned"), final=True)
TO_ASK = State("to_survey", Localized("待调查", "To ask"))
ASKED = State(figures.ASKED, Localized("已调查", "Asked"), final=True)
UNANSWERED = State("survey_unanswered", Localized("未答", "Not answered"), final=True)
TO_HANDLE = State("low_to_handle", Localized("待处理", "To handle"))
TO_CONFIRM = State("low_to_confirm", Localized("待回访", "To call back"))
CLOSED = State("low_closed", Localized("已改进", "Improved"), final=True)


def _number(zh: str, en: str) -> Measure:
    return Measure(Localized(zh, en), Kind.NUMBER)


# fmt: off
ROUNDS = Register(
    "survey_rounds", Localized("满意度调查", "Surveys"), forms=(describe(forms.Round),), states=(PLANNED,),
    stages=(Stage("plan_survey", Localized("调查计划", "Plan"), SUPERVISOR.code, "survey_round", strict=True, transitions=(Transition(PLANNED.code),)),), manager=SUPERVISOR.code,
    watches=(
        warning("satisfaction.past", Localized("调查截止日期 {value} 在 {planned} 交计划时已过", "To be done by {value}, which was past when it was planned on {planned}"),
                Localized("改正截止日期", "Correct the day"), figures.past_when_planned),
        warning("satisfaction.month", Localized("{month} 的调查，截止日期 {value} 不在当月", "The survey of {month} is to be done by {value}, which is in another month"),
                Localized("核对月份和截止日期；确要跨月的选“知道了”", "Check month and day; note it where it is meant so"), figures.of_another_month),
        NONE_PLANNED, NEVER_PLANNED,
    ), looks_at=("tiers", "customers"),
)
SURVEYS = Register(
    "surveys", Localized("调查问卷", "Answers"), kept=True, looks_at=("survey_rounds", "tiers", "customers"), opens=(CreatesRecords(figures.sample, follows=True, settled=(ASKED.code, UNANSWERED.code)),),
    forms=tuple(map(describe, (forms.Survey, forms.Answers))), states=(TO_ASK, ASKED, UNANSWERED), manager=SUPERVISOR.code, count_by=("survey_tier",), told=tuple(SCORES),
    watches=(warning("satisfaction.nobody_drawn", Localized("{value} 的调查没有抽到客户，没有人可问", "Nobody was drawn for the survey of {value}"),
                     Localized("登记了客户或收入，再抽；截止日期已过的先改截止日期；不用调查的选“知道了”", "They are drawn once customers are known; put its last day off where that is past; note it where there is none"), figures.nobody_drawn),
        watching.still_blank("satisfaction.partly", "surveys", [describe(forms.Answers).field(code) for code in ("survey_way", *SCORES)], "survey_customer", (ASKED.code,), "surveyed_by", SUPERVISOR.code,
                             Localized("漏填的在总表补写；客户没有回答的选“知道了”", "Put into the master what was forgotten; note it where the customer gave none"), within=timedelta(days=30))),
    stages=(Stage("ask_customer", Localized("满意度调查", "Ask"), CUSTOMER_CENTRE.code, "survey_answers", TO_ASK.code, due_by="survey_due", spread=True,
                  strict=True, task=Localized("逐户调查，五项各打 1–5 分，意见照实记", "Ask each customer for five scores from 1 to 5, and note what is said"),
                  against=(Against("surveyed_on", Comparison.NOT_BEFORE, "survey_drawn_on"),), open_until="survey_due",
                  transitions=(Transition(UNANSWERED.code, when=(("unanswered_why", (forms.NOT_REACHED.code, forms.DECLINED.code)),)), Transition(ASKED.code))),),
    statistics=(
        Statistic("satisfaction_by_item", Localized("满意度", "Satisfaction"), Localized("项目和月份", "Item and month"),
                  (Measure(Localized("答题数", "Answers")), _number("平均分", "Mean"), rate("满意率", "Satisfied"),
                   Measure(Localized("低分数", "Low")), _number("比上次", "Change")), figures.by_item),
        Statistic("satisfaction_by_tier", Localized("满意度按级别", "Satisfaction by tier"), Localized("级别", "Tier"),
                  (Measure(Localized("抽中", "Drawn")), Measure(Localized("已调查", "Asked")), rate("回收率", "Answered"),
                   Measure(Localized("答题数", "Answers")), _number("平均分", "Mean")), figures.satisfaction_by_tier),
    ),
)
LOW_SCORES = Register(
    "low_scores", Localized("低分跟进", "Low scores"), kept=True, looks_at=("surveys",), opens=(CreatesRecords(figures.low_scores),), manager=SUPERVISOR.code, count_by=("low_measure",),
    forms=tuple(map(describe, (forms.Low, forms.LowHandled, forms.LowConfirmed))), states=(TO_HANDLE, TO_CONFIRM, CLOSED),
    sealed=Sealed("low_scores", "{survey_no}", (CLOSED.code,), ("low_cause", "low_measure", "low_action"), TO_CONFIRM.code),
    stages=(
        Stage("handle_low_score", Localized("低分处理", "Handle"), CUSTOMER_CENTRE.code, "low_score_handling", TO_HANDLE.code, days=3, spread=True,
              task=Localized("查明低分原因，采取措施", "Find the cause and do something about it"), anew=True, transitions=(Transition(TO_CONFIRM.code),)),
        Stage("confirm_low_score", Localized("低分回访", "Call back"), SUPERVISOR.code, "low_score_confirmation", TO_CONFIRM.code, days=2, strict=True,
              not_by=("low_handled_by",), task=Localized("回访客户，不认可的重新处理", "Call back; where the customer does not agree it is handled again"),
              transitions=fields.decided("low_answer", CLOSED, TO_HANDLE, forms.SETTLED, forms.UNSETTLED)),
    ),
)
PROCEDURE = Procedure(
    "satisfaction", Localized("满意度调查", "Satisfaction"),
    about=Localized("按级别抽样调查，低于 3 分的跟进到客户认可", "A sample by tier is asked; a score under 3 is followed up until the customer agrees"),
    roles=(CUSTOMER_CENTRE, SUPERVISOR, MANAGER), parameters=(*figures.SHARES.values(), EVERY), registers=(ROUNDS, SURVEYS, LOW_SCORES, REPORTS),
)
