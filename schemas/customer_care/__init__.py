"""客户关怀: birthdays, anniversaries and public holidays ahead; campaigns with invitations and attendance; what was given.

``manual.toml`` says what the manuals give. Ours: seven days ahead (``care_days_ahead``); who was invited and who came
is counted; the market manager watches over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from chinese_calendar.constants import holidays

from schemas.language import (
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    fields,
    work,
)
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form
from schemas.language.work import (
    NO,
    YES,
    CreatedRecord,
    CreatesRecords,
    FigureRows,
    Measure,
    Numbered,
    Parameter,
    Refers,
    RegisterView,
    Statistic,
)
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER

BIRTHDAY = Option("birthday", Localized("生日", "Birthday"))
ANNIVERSARY = Option("anniversary", Localized("纪念日", "Anniversary"), ("开业纪念日",))
HOLIDAY = Option("holiday", Localized("节日", "Public holiday"))
AHEAD = Parameter("care_days_ahead", Localized("提前几天提醒关怀", "Days ahead to be told"), 7, 1, 60)
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


class Contact(FormModel, form=form("care_contact", "客户关怀信息表", "Whom to care for", titles=("客户关怀档案",))):
    contact_no: Text = fields.number("关怀编号", "Care No", "GH0001", given=True)
    care_customer: Text = fields.text("关怀客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    contact_name: Text = fields.text("联系人姓名", "Contact", "张三喜")
    born_on: Date = fields.day("出生日期", "Born on", required=False, trends=True, example="1980-03-12")
    opened_on: Date = fields.day("开业日期", "Opened on", required=False, trends=True, example="2015-11-08")
    care_person: Text = fields.filled_by("关怀责任人", "Cared for by", "王建国", aliases=("关怀人", "关怀人员"))


class Occasion(FormModel, form=form("care_occasion", "关怀提醒", "Occasion")):  # the program opens it
    occasion_no: Text = fields.number("提醒编号", "Occasion No", "GH0001-2026-生日")
    occasion_name: Text = field("关怀事由", "Occasion", means=FieldRole.TITLE)
    occasion_kind: Text = field("关怀类别", "Kind of occasion", options=(BIRTHDAY, ANNIVERSARY, HOLIDAY))
    occasion_on: Date = field("关怀日期", "On", kind=Kind.DATE)
    occasion_person: Text = field("关怀办理人", "By")


class CareGiven(FormModel, form=form("care_given", "客户关怀记录表", "What was given")):
    occasion_no: Text = fields.number("提醒编号", "Occasion No", "GH0001-2026-生日")
    care_deed: Text = fields.text("关怀方式", "What was done", "上门祝贺")
    given_item: Text = field("赠送物品", "Given", example="贺卡、茶叶")
    given_value: Number = fields.amount("赠送金额", "Its value", required=False, example="60")
    cared_on: Date = fields.done_on("办理关怀日期", "Done on")
    cared_by: Text = fields.done_by("关怀人", "Done by")


class Campaign(FormModel, form=form("care_campaign", "客户活动方案表", "Campaign", titles=("客户活动策划表",))):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601", given=True)
    campaign_name: Text = fields.text("活动名称", "Campaign", "重阳答谢会", means=FieldRole.TITLE)
    campaign_on: Date = fields.day("活动日期", "On")
    campaign_budget: Number = fields.amount("活动预算", "Budget")
    planned_by: Text = fields.filled_by("活动策划人", "Planned by")


class CampaignReview(FormModel, form=form("campaign_review", "客户活动审批表", "Decision on a campaign")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")
    campaign_answer: Text = fields.decision("活动审批结论", "Decision")
    campaign_reason: Text = fields.reason("活动审批意见", "Remark", "campaign_answer")
    campaign_approver: Text = fields.done_by("活动审批人", "Decided by")


class CampaignPlan(FormModel, form=form("campaign_plan_again", "客户活动方案修改表", "Campaign, planned anew")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")
    plan_changes: Text = fields.text("方案修改内容", "What has changed", "缩减场地")
    plan_changed_by: Text = fields.done_by("方案修改人", "Changed by")


class CampaignReport(FormModel, form=form("campaign_report", "客户活动总结表", "Report of a campaign")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")
    campaign_cost: Number = fields.amount("实际费用", "Cost")
    campaign_result: Text = fields.text("活动效果", "Result", "到场 30 户")
    reported_by: Text = fields.done_by("活动总结人", "Reported by")


class Invitation(
    FormModel, form=form("campaign_guest", "活动邀请签到表", "Invitations and attendance", titles=("活动签到表",))
):
    invitation_no: Text = fields.number("邀请编号", "Invitation No", "HD2601-惠民超市", given=True)
    campaign_no: Text = fields.text("活动编号", "Campaign No", "HD2601", kind=Kind.CODE)
    guest_name: Text = fields.text("受邀客户", "Guest", "惠民超市", names="customers", means=FieldRole.TITLE)
    guest_came: Text = field("是否到场", "Came", options=(YES, NO))


KNOWN = State("known", Localized("在关怀", "Cared for"), final=True)
AHEAD_STATE = State("ahead", Localized("待关怀", "Ahead"))
CARED = State("cared", Localized("已关怀", "Done"), final=True)
TO_REVIEW = State("campaign_to_review", Localized("待审批", "To decide"))
TO_PLAN = State("campaign_to_plan", Localized("待修改", "To plan anew"))
TO_HOLD = State("campaign_to_hold", Localized("待举办", "To hold"))
HELD = State("campaign_held", Localized("已举办", "Held"), final=True)
INVITED = State("invited", Localized("已登记", "Listed"), final=True)


def _on(month_day: str, year: int) -> date:
    month, day = int(month_day[5:7]), int(month_day[8:10])
    return date(year, month, 28) if (month, day) == (2, 29) and year % 4 else date(year, month, day)


def _occasions(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    last = today + timedelta(days=int(held.parameter(AHEAD.code)))
    if not held["care_contacts"]:
        return
    for key, each in held["care_contacts"].items():
        for kind, code in ((BIRTHDAY, "born_on"), (ANNIVERSARY, "opened_on")):
            for year in {today.year, last.year} if each.get(code) else ():
                on = _on(each.values[code], year)
                if today <= on <= last:
                    name = f"{each.values['care_customer']} {each.values['contact_name']}{kind.words.zh}"
                    yield _opening(f"{key}-{year}-{kind.words.zh}", name, kind, on, each.values["care_person"])
    days: dict[tuple[int, str], date] = {}
    for on, name in holidays.items():
        days[on.year, name] = min(on, days.get((on.year, name), on))
    for (year, name), on in days.items():
        if today <= on <= last and name in _NAMES:
            yield _opening(f"{_NAMES[name]}-{year}", _NAMES[name], HOLIDAY, on, None)


def _opening(key: str, name: str, kind: Option, on: date, person: str | None) -> CreatedRecord:
    values = {"occasion_name": name, "occasion_kind": kind.code, "occasion_on": on.isoformat()}
    return CreatedRecord(key, {**values, "occasion_person": person})


def _given(held: RegisterView, today: date) -> FigureRows:
    months: dict[str, list[work.RecordView]] = defaultdict(list)
    for each in held["care_occasions"].values():
        months[work.month_of(each.get("occasion_on"))].append(each)
    return [
        [
            month,
            len(those),
            sum(each.state == CARED.code for each in those),
            sum(each.get("given_value", 0) for each in those),
        ]
        for month, those in sorted(months.items())[-12:]
    ]


def _attendance(held: RegisterView, today: date) -> FigureRows:
    rows = []
    for key, campaign in sorted(held["care_campaigns"].items()):
        guests = held.holding("campaign_guests", "campaign_no", key)
        came = sum(each.get("guest_came") == YES.code for each in guests)
        rows.append([campaign.values["campaign_name"], len(guests), came, work.share(came, len(guests))])
    return rows


# fmt: off
PROCEDURE = Procedure(
    "customer_care", Localized("客户关怀", "Care"),
    about=Localized("生日、纪念日、节日提前提醒，活动邀请签到，赠送有据",
                "Birthdays, anniversaries and holidays are told ahead; campaigns, guests and gifts are on record"),
    roles=(ACCOUNT_MANAGER, MARKET_MANAGER), parameters=(AHEAD,),
    registers=(
        Register(
            "care_contacts", Localized("关怀对象", "Contacts"), forms=(describe(Contact),), states=(KNOWN,),
            stages=(Stage("note_contact", Localized("关怀登记", "Note"), ACCOUNT_MANAGER.code, "care_contact", transitions=(Transition("known"),)),),
            numbered=Numbered("GH{serial:04d}", same=("care_customer", "contact_name")),
        ),
        Register(
            "care_occasions", Localized("关怀提醒", "Occasions"), kept=True, looks_at=("care_contacts",),
            forms=(describe(Occasion), describe(CareGiven)), states=(AHEAD_STATE, CARED), opens=(CreatesRecords(_occasions),),
            stages=(
                Stage(
                    "give_care", Localized("客户关怀", "Care"), MARKET_MANAGER.code, "care_given", AHEAD_STATE.code,
                    due_by="occasion_on", whom="occasion_person", transitions=(Transition(CARED.code),),
                    task=Localized("在关怀日期前办理下列关怀，送了什么如实登记", "See to these in time, and note what was given"),
                ),
            ),
            manager=MARKET_MANAGER.code, count_by=("occasion_kind",),
            statistics=(
                Statistic(
                    "care_by_month", Localized("关怀按月", "Care by month"), Localized("月份", "Month"),
                    (Measure(Localized("应关怀", "Occasions")), Measure(Localized("已关怀", "Done")), Measure(Localized("赠送金额", "Given"), Kind.NUMBER)),
                    _given,
                ),
            ),
        ),
        Register(
            "care_campaigns", Localized("客户活动", "Campaigns"), looks_at=("campaign_guests",),
            forms=tuple(map(describe, (Campaign, CampaignReview, CampaignPlan, CampaignReport))),
            states=(TO_REVIEW, TO_PLAN, TO_HOLD, HELD),
            stages=(
                Stage("plan_campaign", Localized("活动策划", "Plan"), ACCOUNT_MANAGER.code, "care_campaign", transitions=(Transition(TO_REVIEW.code),)),
                Stage(
                    "review_campaign", Localized("活动审批", "Decide"), MARKET_MANAGER.code, "campaign_review", TO_REVIEW.code, days=2,
                    strict=True, not_by=("planned_by",), task=Localized("审批下列活动", "Decide on these campaigns"),
                    transitions=fields.decided("campaign_answer", TO_HOLD, TO_PLAN),
                ),
                Stage(
                    "replan_campaign", Localized("方案修改", "Plan anew"), ACCOUNT_MANAGER.code, "campaign_plan_again", TO_PLAN.code,
                    days=3, whom="planned_by", transitions=(Transition(TO_REVIEW.code),), task=Localized("按退回原因修改方案", "Plan it anew"),
                ),
                Stage(
                    "report_campaign", Localized("活动总结", "Report"), ACCOUNT_MANAGER.code, "campaign_report", TO_HOLD.code,
                    due_by="campaign_on", whom="planned_by", transitions=(Transition(HELD.code),),
                    task=Localized("活动结束后总结", "Report when it is over"),
                ),
            ),
            manager=MARKET_MANAGER.code, numbered=Numbered("HD{yy}{serial:02d}", ("campaign_name", "campaign_on"), "campaign_on"),
            statistics=(
                Statistic(
                    "attendance", Localized("活动到场", "Attendance"), Localized("活动", "Campaign"),
                    (Measure(Localized("邀请", "Invited")), Measure(Localized("到场", "Came")), work.rate("到场率", "Share")),
                    _attendance,
                ),
            ),
        ),
        Register(
            "campaign_guests", Localized("活动邀请", "Guests"), forms=(describe(Invitation),), states=(INVITED,),
            stages=(Stage("invite_guest", Localized("活动邀请", "Invite"), ACCOUNT_MANAGER.code, "campaign_guest", transitions=(Transition(INVITED.code),)),),
            numbered=Numbered("{campaign_no}-{guest_name}"), refers=(Refers("campaign_no", "care_campaigns", (TO_HOLD.code, HELD.code)),),
        ),
    ),
)
