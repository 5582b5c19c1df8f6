"""客户活动: campaigns with their approval, guests and report; part of ``customer_care``.

Its ``manual.toml`` says what the manuals give. Ours: a campaign is reported when it was held, within five days
(``campaign_report_days``); its cost may be off its budget by ten per cent (``campaign_budget_percent``); who was invited and
who came is counted; it is approved before its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from schemas.care_campaigns import forms
from schemas.holders import market_manager_over
from schemas.language import (
    Field,
    Kind,
    Localized,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    Values,
    fields,
    watching,
    work,
)
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.ordering import approved_late
from schemas.language.parameters import SetValue
from schemas.language.work import (
    NO,
    YES,
    Derived,
    FigureRows,
    Measure,
    Numbered,
    Parameter,
    Refers,
    RegisterView,
    Statistic,
)
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER

REPORT_DAYS = Parameter(
    "campaign_report_days", Localized("活动结束后几天内总结", "Days to report a campaign"), 5, 0, 60
)
OFF_BUDGET = Parameter(
    "campaign_budget_percent", Localized("活动费用可偏离预算百分之几", "Percent off a budget"), 10, 0, 100
)
TO_REVIEW = State("campaign_to_review", Localized("待审批", "To decide"))
CALLED_OFF, CALL_OFF = ending("care_campaigns", "campaign_ended", MARKET_MANAGER.code, begins="campaign_on")
TO_PLAN = State("campaign_to_plan", Localized("待修改", "To plan anew"))
TO_HOLD = State("campaign_to_hold", Localized("待举办", "To hold"))
HELD = State("campaign_held", Localized("已举办", "Held"), final=True)
INVITED = State("invited", Localized("已登记", "Listed"), final=True)


def _report_by(value: SetValue) -> Callable[[Values], str]:
    def compute(values: Values) -> str:
        on = str(values["campaign_on"])
        return (date.fromisoformat(on) + timedelta(days=float(value(REPORT_DAYS.code, on)))).isoformat()

    return compute


def _held(values: Values, held: RegisterView, today: date) -> str:
    return (YES if values["campaign_on"] <= today.isoformat() else NO).code


def _off_budget(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Campaigns whose cost is further from the budget than it may be, without a word why."""
    for key, each in held["care_campaigns"].items():
        cost, budget = each.get("campaign_cost"), each.values["campaign_budget"]
        percent = held.parameter(OFF_BUDGET.code)
        if cost is not None and not each.get("cost_reason") and round(abs(cost - budget) * 100, 6) > budget * percent:
            details = {"budget": f"{budget:.15g}", "percent": f"{percent:.15g}"}
            yield work.Seen(key, "campaign_cost", f"{cost:.15g}", details=details)


def _came_early(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["campaign_guests"].items():
        campaign = held["care_campaigns"].get(str(each.get("campaign_no")))
        on = str(campaign.get("campaign_on") or "") if campaign else ""
        if campaign and each.get("guest_came") == YES.code and on > today.isoformat():
            said = {"on": on, "guest": str(each.get("guest_name"))}
            yield work.Seen(key, "guest_came", campaign.key, MARKET_MANAGER.code, said, str(campaign.get("planned_by")))


def _attendance(held: RegisterView, today: date) -> FigureRows:
    rows = []
    for key, campaign in sorted(held["care_campaigns"].items()):
        guests = held.holding("campaign_guests", "campaign_no", key)
        came = sum(each.get("guest_came") == YES.code for each in guests)
        rows.append([campaign.values["campaign_name"], len(guests), came, work.share(came, len(guests))])
    return rows


_NOT_HELD = Localized("活动日期还没有到，举办以后再总结", "It has not been held yet: report when it is over")
_REPORT_BY = Field("report_by", Localized("最迟总结日期", "Report by"), Kind.DATE)
_SAID_OFF = Localized(
    "实际费用 {value}，预算 {budget}，相差超过 {percent}%", "{value} spent of {budget}: off by over {percent} %"
)
_FIX_OFF = Localized(
    "核对费用：写错的改正，确实不同的选“知道了”；以后总结时写明费用差异说明",
    "Check the cost: correct it, or note it where it is right; say why in the report",
)

APPROVED_ON, APPROVED_LATE = approved_late(
    "care.approved_late",
    "care_campaigns",
    "campaign_on",
    ("campaign_answer", fields.APPROVED.code),
    ("campaign_approved_on", Localized("活动批准登记日", "Approval entered on")),
    (MARKET_MANAGER.code, "planned_by"),
    Localized("活动在 {value}，{approved} 才批", "It was held on {value}, and approved on {approved} only"),
)

# fmt: off
CAMPAIGNS = Register(
    "care_campaigns", Localized("客户活动", "Campaigns"), looks_at=("campaign_guests", "people", "areas"),
    forms=tuple(map(describe, (forms.Campaign, forms.CampaignReview, forms.CampaignPlan, forms.CampaignReport, forms.CampaignEnded))),
    states=(TO_REVIEW, TO_PLAN, TO_HOLD, HELD, CALLED_OFF),
    sealed=Sealed("care_campaigns", "{campaign_no}", (TO_HOLD.code, HELD.code), ("campaign_name", "campaign_on", "campaign_budget", "plan_changes"), TO_REVIEW.code, final=(HELD.code,)),
    stages=(
        Stage("plan_campaign", Localized("活动策划", "Plan"), ACCOUNT_MANAGER.code, "care_campaign", expects_role=True, transitions=(Transition(TO_REVIEW.code),)),
        Stage(
            "review_campaign", Localized("活动审批", "Decide"), MARKET_MANAGER.code, "campaign_review", TO_REVIEW.code, days=2, whom="campaign_reviewer",
            strict=True, not_by=("planned_by",), task=Localized("审批下列活动", "Decide on these campaigns"),
            transitions=fields.decided("campaign_answer", TO_HOLD, TO_PLAN),
        ),
        Stage(
            "replan_campaign", Localized("方案修改", "Plan anew"), ACCOUNT_MANAGER.code, "campaign_plan_again", TO_PLAN.code,
            days=3, whom="planned_by", anew=True, transitions=(Transition(TO_REVIEW.code),), task=Localized("按退回原因修改方案", "Plan it anew"),
        ),
        Stage(
            "report_campaign", Localized("活动总结", "Report"), ACCOUNT_MANAGER.code, "campaign_report", TO_HOLD.code,
            due_by="report_by", whom="planned_by", task=Localized("活动结束后总结", "Report when it is over"),
            transitions=(Transition("", known=(("campaign_over", (NO.code,)),), why=_NOT_HELD), Transition(HELD.code)),
        ),
        CALL_OFF,
    ),
    derived=(
        market_manager_over("campaign_reviewer", Localized("活动审批人工号", "Decided on by"), "planned_by"),
        Derived(_REPORT_BY, _report_by(lambda code, on: REPORT_DAYS.value), set_by=_report_by),
        APPROVED_ON,
        Derived(Field("campaign_over", Localized("是否已到活动日期", "Day has come"), Kind.CHOICE, options=(YES, NO)), look=_held),
    ),
    watches=(
        work.warning("care.off_budget", _SAID_OFF, _FIX_OFF, _off_budget),
        watching.day_has_come("care.unapproved", "care_campaigns", (TO_REVIEW.code, TO_PLAN.code), "campaign_on",
                             Localized("活动日期 {value} 已到，活动还没有批", "The campaign of {value} is due, and nobody has approved it"),
                             Localized("马上审批，或改期；不办了的交客户活动作废单", "Decide at once, or put it off; where it is called off, hand in its end"), MARKET_MANAGER.code),
        APPROVED_LATE,
        watching.same_again("care.same_campaign", "care_campaigns", ("campaign_name", "campaign_on"), Localized("名称和日期", "name and day"), "planned_by"),
    ),
    manager=MARKET_MANAGER.code, numbered=Numbered("HD{yy}{serial:02d}", ("campaign_name", "campaign_on"), "campaign_on"),
    statistics=(
        Statistic(
            "attendance", Localized("活动到场", "Attendance"), Localized("活动", "Campaign"),
            (Measure(Localized("邀请", "Invited")), Measure(Localized("到场", "Came")), work.rate("到场率", "Share")),
            _attendance,
        ),
    ),
)
GUESTS = Register(
    "campaign_guests", Localized("活动邀请", "Guests"), forms=(describe(forms.Invitation),), states=(INVITED,),
    stages=(Stage("invite_guest", Localized("活动邀请", "Invite"), ACCOUNT_MANAGER.code, "campaign_guest", transitions=(Transition(INVITED.code),)),),
    numbered=Numbered("{campaign_no}-{guest_name}"), looks_at=("care_campaigns", "customers"), manager=MARKET_MANAGER.code,
    watches=(
        work.warning("care.came_early", Localized("活动 {value} 要到 {on} 才办，{guest}已记为到场", "Campaign {value} is held on {on} only, and {guest} is said to have come"),
                     Localized("活动以后再记到场；日期写错的改正", "Say who came when it is over; correct the day where it is wrong"), _came_early),
        watching.not_among("care.guest_unknown", "campaign_guests", "guest_name", (("customers", "customer_name"),), "", MARKET_MANAGER.code),
    ),
    refers=(Refers("campaign_no", "care_campaigns", (TO_HOLD.code, HELD.code), always=True),),
)
