"""拜访: a month's visits are planned and approved, logged, counted.

``manual.toml`` says what the manuals give. Ours: a plan is decided on in 2 working days; a working day has 8 hours; no bound
on visiting over working time until the office sets one; calls and customers who come are contacts too; contacts by tier.
"""

from __future__ import annotations

from schemas.language import Kind, Localized, Outlook, Procedure, Register, Sealed, Stage, State, Transition, fields, telling, naming  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatesRecords, Measure, Numbered, Refers, Statistic, rate, warning  # fmt: skip
from schemas.roster.roles import ACCOUNT_MANAGER, OFFICE_HEAD, STAFF_UNTIL
from schemas.visit_owners import LISTED, MADE_FOR, OF_PLANS, OF_VISITS, ONLY_SHARE, is_visited
from schemas.visit_owners.crowded_days import crowded_days
from schemas.visit_owners.plan_gaps import KEY_TIME, PARAMETERS, TIME
from schemas.visiting import figures, forms

# fmt: off
TO_VISIT = State("to_visit", Localized("在巡访", "Visited"), final=True)
PLANNED = State("visit_planned", Localized("已列入", "Planned"))  # not final: a customer who is on no list stays a finding
TO_APPROVE = State("plan_to_approve", Localized("待审批", "To decide"))
TO_REVISE = State("plan_to_revise", Localized("待修改", "To revise"))
APPROVED = State("plan_approved", Localized("已批准", "Approved"))  # not final: what changes asks again
LOGGED = State("visit_logged", Localized("已登记", "Logged"))  # likewise

_LACKING = Localized("计划不足：{plan_gaps}。请退回修改", "The plan lacks: {plan_gaps}. Return it")
_SHARE = Localized("占比不够：{plan_gaps}。请退回修改；确有理由的填“例外同意”，写明理由", "A share is too low: {plan_gaps}. Return the plan, or approve it by exception and say why")
_NO_EXCEPTION = Localized("计划没有不足，不用例外：同意的填“同意”", "The plan lacks nothing: approve it without an exception")

CUSTOMERS = Register(
    "visit_customers", Localized("巡访客户", "To visit"), forms=(describe(forms.VisitCustomer),), states=(TO_VISIT,), manager=OFFICE_HEAD.code,
    looks_at=("visit_logs", "tiers", "people", "customers"), count_by=("visit_class",), told=("visit_class", "visit_owner"), told_to=("visit_owner",),
    derived=(LISTED,),
    stages=(Stage("list_visit_customer", Localized("列入巡访", "List"), ACCOUNT_MANAGER.code, "visit_customer_list", expects_role=True, transitions=(Transition(TO_VISIT.code),)),),
    watches=(
        warning("visiting.contacts", Localized("“{value}”{month} 只联系 {made} 次，应至少 {due} 次", "“{value}”: {made} contacts in {month}, {due} are due"),
            Localized("联系过没有登记的补登记；没有联系的，写明原因报主任，这个月不要再漏", "Enter contacts that were made; where there were none say why, and see to them this month"), figures.too_few_contacts),
        naming.keeper_gone("visiting.keeper_gone", "visit_customers", "visit_owner", OFFICE_HEAD.code, STAFF_UNTIL,
            Localized("在总表“巡访客户”中改写巡访责任人，把总表放进收件夹", "Put into the master who visits it now, and drop that in the inbox"), is_visited),
        telling.no_plan("visiting.no_plan", ("visit_customers", "visit_owner"), ("visit_plan_lines", "plan_month", "plan_visitor"), OFFICE_HEAD.code, is_visited)),
    outlooks=(Outlook("contacts_ahead", Localized("本月联系次数", "Contacts of this month"), Localized("客户", "Customer"), figures.contacts_ahead),),
)
LINES = Register(
    "visit_plan_lines", Localized("巡访计划明细", "Planned visits"), forms=(describe(forms.PlanLine),), states=(PLANNED,),
    stages=(Stage("plan_visits_stage", Localized("巡访计划", "Plan"), ACCOUNT_MANAGER.code, "visit_plan", expects_role=True, transitions=(Transition(PLANNED.code),)),),
    numbered=Numbered("{plan_month}-{plan_visitor}-{plan_customer}"), refers=(Refers("plan_customer", "visit_customers"),),
    sealed=Sealed("visit_plans", "{plan_month}-{plan_visitor}", (APPROVED.code,), ("planned_visits", "planned_hours", "planned_weeks", "plan_purpose", "plan_route", "plan_solution"), reopens=TO_APPROVE.code),
    looks_at=("visit_customers",),
    watches=OF_PLANS,
    outlooks=(Outlook("week_ahead", Localized("本周应访", "To visit this week"), Localized("客户", "Customer"), figures.week_ahead),))
PLANS = Register(
    "visit_plans", Localized("巡访计划", "Plans"), kept=True, looks_at=("visit_plan_lines", "visit_logs", "visit_customers", "tiers"),
    forms=tuple(map(describe, (forms.VisitPlan, forms.PlanApproval, forms.PlanRevised))), states=(TO_APPROVE, TO_REVISE, APPROVED),
    stages=(
        Stage(
            "approve_plan", Localized("计划审批", "Decide"), OFFICE_HEAD.code, "visit_plan_approval", TO_APPROVE.code, days=2, strict=True,
            not_by=("plan_visitor",), task=Localized("审批月度巡访计划，退回的写明原因", "Decide on the month's plans; say why where returned"),
            transitions=(
                Transition("", when=(("plan_answer", (fields.APPROVED.code, forms.BY_EXCEPTION.code)),), known=(("plan_fits", (NO.code,)),), why=_LACKING),
                Transition("", when=(("plan_answer", (fields.APPROVED.code,)),), known=(("plan_fits", (ONLY_SHARE.code,)),), why=_SHARE),
                Transition("", when=(("plan_answer", (forms.BY_EXCEPTION.code,)),), known=(("plan_fits", (YES.code,)),), why=_NO_EXCEPTION),
                *fields.decided("plan_answer", APPROVED, TO_REVISE), Transition(APPROVED.code, when=(("plan_answer", (forms.BY_EXCEPTION.code,)),))),
        ),
        # lines that are taken back are no change that a seal sees
        Stage("reopen_plan", Localized("计划变动", "Changed"), OFFICE_HEAD.code, state=APPROVED.code, transitions=(Transition(TO_APPROVE.code, known=(("plan_changed", (YES.code,)),)),)),
        Stage(
            "revise_plan", Localized("计划修改", "Revise"), ACCOUNT_MANAGER.code, "visit_plan_revised", TO_REVISE.code, days=1, whom="plan_visitor", anew=True,
            task=Localized("改好计划表重新交来，再填这里", "Hand in the plan anew, then fill this"), transitions=(Transition(TO_APPROVE.code),)),
    ),
    manager=OFFICE_HEAD.code, opens=(CreatesRecords(figures.plans, follows=True),),
    watches=(
        telling.acted_unapproved("visiting.unapproved", ("visit_logs", "visit_began", "visited_by"), ("visit_plans", "plan_month", "plan_visitor"), APPROVED.code, OFFICE_HEAD.code),
        warning("visiting.time",
            Localized("“{value}”{month} 拜访时间占工作时间 {share}%，低于 {least}%", "“{value}” in {month}: {share} % of the working time, below {least} %"),
            Localized("调整本月安排", "Plan this month accordingly"), figures.below(TIME, "of_working_time")),
        warning("visiting.key_time",
            Localized("“{value}”{month} 重点客户占拜访时间 {share}%，低于 {least}%", "“{value}” in {month}: {share} % for key accounts, below {least} %"),
            Localized("多拜访重点客户", "Visit key accounts more"), figures.below(KEY_TIME, "of_key_accounts")),
    ),
    statistics=(
        Statistic(
            "visits_by_manager", Localized("巡访考核", "Visits by manager"), Localized("月份和拜访人", "Month and manager"),
            (Measure(Localized("计划", "Planned")), Measure(Localized("按计划完成", "Kept")), rate("计划完成率", "Plan kept"),
                Measure(Localized("未达联系户数", "Not reached")), Measure(Localized("拜访工时", "Hours"), Kind.NUMBER), rate("占工作时间", "Of working time"),
                rate("重点客户占比", "For key accounts")),
            figures.by_manager),
    ),
    outlooks=(Outlook("shares_ahead", Localized("本月拜访时间", "Time of this month"), Localized("占比", "Share"), figures.shares_ahead, percent=True),),
)
LOGS = Register(
    "visit_logs", Localized("拜访", "Visit logs"), forms=(describe(forms.Diary),), states=(LOGGED,), count_by=("visit_way",), manager=OFFICE_HEAD.code, told=("visited_customer", "visit_began", "visit_hours", "visit_way"),
    told_new=("visited_by", "visit_began", "visit_hours", "visit_way", "visit_talk", "visit_said", "visit_market", "visit_effect", "visit_settled"),
    stages=(Stage("log_visit", Localized("拜访登记", "Log"), ACCOUNT_MANAGER.code, "visit_diary", expects_role=True, transitions=(Transition(LOGGED.code),)),),
    numbered=Numbered("BF{yy}{month}{serial:03d}", ("visited_customer", "visit_began", "visited_by"), "visit_began"),
    refers=(Refers("visited_customer", "visit_customers"),), looks_at=("visit_customers", "people"), derived=(MADE_FOR,),
    watches=(
        *OF_VISITS,

        warning("visiting.day", Localized("{name} {day} 的拜访合计 {value} 小时，超过 {most} 小时", "{name} has {value} hours of visits on {day}, above {most}"),
            Localized("核对拜访时长", "Check the hours"), crowded_days),
        telling.overlapping("visiting.overlap", "visit_logs", "visit_began", "visit_hours", "visited_by", "visited_customer"),
        telling.came_in_late("visiting.came_late", "visit_logs", "visit_began", "visited_by", OFFICE_HEAD.code)),
)
PROCEDURE = Procedure(
    "visiting", Localized("拜访", "Visits"),
    about=Localized("月度计划经审批，拜访有日志，联系次数和时间按月考核", "The month is planned and approved, visits are logged, contacts and time are counted"),
    roles=(ACCOUNT_MANAGER, OFFICE_HEAD), parameters=PARAMETERS, registers=(CUSTOMERS, LINES, PLANS, LOGS))
