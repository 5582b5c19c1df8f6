"""客户关怀: birthdays, anniversaries and public holidays ahead; campaigns with invitations and attendance; what was given.

``manual.toml`` says what the manuals give. Ours: seven days ahead (``care_days_ahead``), and what passed within a month
of days without a run is still asked; a campaign is reported when it was held, within five days (``campaign_report_days``);
its cost may be off its budget by ten per cent (``campaign_budget_percent``); who was invited and who came is counted; the
market manager watches over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from chinese_calendar.constants import holidays

from schemas.language import (
    Against,
    Comparison,
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    Values,
    fields,
    work,
)
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form
from schemas.language.parameters import SetValue
from schemas.language.work import (
    DAY_OFF,
    NO,
    YES,
    CreatedRecord,
    CreatesRecords,
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

BIRTHDAY = Option("birthday", Localized("生日", "Birthday"))
ANNIVERSARY = Option("anniversary", Localized("纪念日", "Anniversary"), ("开业纪念日",))
HOLIDAY = Option("holiday", Localized("节日", "Public holiday"))
OWN_DAY = Option("own_day", Localized("重要日子", "A day that matters"))
_ID_LENGTH = 18
BY_ID = Parameter(
    "care_birthdays_by_id", Localized("按登记的身份证号提醒生日", "Birthdays from the ID"), NO.code, options=(NO, YES)
)
AHEAD = Parameter("care_days_ahead", Localized("提前几天提醒关怀", "Days ahead to be told"), 7, 1, 60)
REPORT_DAYS = Parameter(
    "campaign_report_days", Localized("活动结束后几天内总结", "Days to report a campaign"), 5, 0, 60
)
OFF_BUDGET = Parameter(
    "campaign_budget_percent", Localized("活动费用可偏离预算百分之几", "Percent off a budget"), 10, 0, 100
)
_LOOK_BACK = timedelta(days=30)
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}
_SAME_EACH_YEAR = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
"""Festivals that are known before the days off of their year are."""


class Contact(FormModel, form=form("care_contact", "客户关怀信息表", "Whom to care for", titles=("客户关怀档案",))):
    contact_no: Text = fields.number("关怀编号", "Care No", "GH0001", given=True)
    care_customer: Text = fields.text("关怀客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    contact_name: Text = fields.text("联系人姓名", "Contact", "张三喜")
    born_on: Date = fields.day("出生日期", "Born on", required=False, trends=True, example="1980-03-12")
    opened_on: Date = fields.day("开业日期", "Opened on", required=False, trends=True, example="2015-11-08")
    care_day: Date = fields.day("重要日期", "A day that matters", required=False, example="2018-06-01")
    care_day_name: Text = field("重要日期说明", "What day it is", example="合作纪念日")
    care_person: Text = fields.filled_by("关怀责任人", "Cared for by", "王建国", aliases=("关怀人", "关怀人员"))


class Occasion(FormModel, form=form("care_occasion", "关怀提醒", "Occasion")):  # the program opens it
    occasion_no: Text = fields.number("提醒编号", "Occasion No", "GH0001-2026-生日")
    occasion_name: Text = field("关怀事由", "Occasion", means=FieldRole.TITLE)
    occasion_kind: Text = field("关怀类别", "Kind of occasion", options=(BIRTHDAY, ANNIVERSARY, HOLIDAY, OWN_DAY))
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
    cost_reason: Text = field("费用差异说明", "Why it costs more or less", example="临时增加 10 户")
    campaign_result: Text = fields.text("活动效果", "Result", "到场 30 户")
    reported_by: Text = fields.done_by("活动总结人", "Reported by")


class Invitation(
    FormModel, form=form("campaign_guest", "活动邀请签到表", "Invitations and attendance", titles=("活动签到表",))
):
    invitation_no: Text = fields.number("邀请编号", "Invitation No", "HD2601-惠民超市", given=True)
    campaign_no: Text = fields.text("活动编号", "Campaign No", "HD2601", kind=Kind.CODE)
    guest_name: Text = fields.text(
        "受邀客户", "Guest", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE
    )
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
    """The occasions ahead, in the next year as well, and those of late that passed without a run: none from before anybody
    was noted.
    """
    last, earliest = today + timedelta(days=int(held.parameter(AHEAD.code))), today - _LOOK_BACK
    contacts = held["care_contacts"]
    for key, each in contacts.items():
        first = max(earliest, each.since or earliest)
        for kind, code in ((BIRTHDAY, "born_on"), (ANNIVERSARY, "opened_on"), (OWN_DAY, "care_day")):
            for year in range(first.year, last.year + 1) if each.get(code) else ():
                on = _on(each.values[code], year)
                if first <= on <= last:
                    called = each.get("care_day_name", kind.words.zh) if kind is OWN_DAY else kind.words.zh
                    name = f"{each.values['care_customer']} {each.values['contact_name']}{called}"
                    yield _opening(f"{key}-{year}-{kind.words.zh}", name, kind, on, each.values["care_person"])
    if held.chosen(BY_ID.code) == YES.code:
        yield from _by_id(held, earliest, last)
    begun = min((each.since or earliest for each in contacts.values()), default=last)
    for (year, name), on in _festivals(held, last.year).items() if contacts else ():
        if max(earliest, begun) <= on <= last:
            yield _opening(f"{name}-{year}", name, HOLIDAY, on, None)


def _by_id(held: RegisterView, earliest: date, last: date) -> Iterator[CreatedRecord]:
    """Birthdays of the customers' principals, read off their ID, with the office's leave: who has a contact of his own is known."""
    noted = {(each.get("care_customer"), each.get("contact_name")) for each in held["care_contacts"].values()}
    for key, each in held["customers"].items():
        number, name, principal = (str(each.get(code) or "") for code in ("resident_id", "customer_name", "principal"))
        if len(number) != _ID_LENGTH or (name, principal) in noted:
            continue
        born, first = f"{number[6:10]}-{number[10:12]}-{number[12:14]}", max(earliest, each.since or earliest)
        for year in range(first.year, last.year + 1):
            if first <= (on := _on(born, year)) <= last:
                told = f"{name} {principal}{BIRTHDAY.words.zh}"
                yield _opening(f"{key}-{year}-{BIRTHDAY.words.zh}", told, BIRTHDAY, on, each.get("verified_by"))


def _festivals(held: RegisterView, last_year: int) -> dict[tuple[int, str], date]:
    """The first day of each festival by year and name: as given out, as the office's own table says, or the same each year."""
    said = [(on, _NAMES[name]) for on, name in holidays.items() if name in _NAMES]
    named = [each for each in held["holidays"].values() if each.get("holiday_name") in _NAMES.values()]
    off = [each.values for each in named if each.get("holiday_kind") == DAY_OFF.code]
    said += [(date.fromisoformat(each["holiday_on"]), each["holiday_name"]) for each in off]
    days: dict[tuple[int, str], date] = {}
    for on, name in said:
        days[on.year, name] = min(on, days.get((on.year, name), on))
    for year in (last_year - 1, last_year):
        days |= {(year, name): date(year, *day) for name, day in _SAME_EACH_YEAR.items()}
    return days


def _opening(key: str, name: str, kind: Option, on: date, person: str | None) -> CreatedRecord:
    values = {"occasion_name": name, "occasion_kind": kind.code, "occasion_on": on.isoformat()}
    return CreatedRecord(key, {**values, "occasion_person": person})


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


_NOT_HELD = Localized("活动日期还没有到，举办以后再总结", "It has not been held yet: report when it is over")
_REPORT_BY = Field("report_by", Localized("最迟总结日期", "Report by"), Kind.DATE)
_SAID_OFF = Localized(
    "实际费用 {value}，预算 {budget}，相差超过 {percent}%", "{value} spent of {budget}: off by over {percent} %"
)
_FIX_OFF = Localized(
    "核对费用：写错的改正，确实不同的选“知道了”；以后总结时写明费用差异说明",
    "Check the cost: correct it, or note it where it is right; say why in the report",
)

# fmt: off
PROCEDURE = Procedure(
    "customer_care", Localized("客户关怀", "Care"),
    about=Localized("生日、纪念日、节日提前提醒，活动邀请签到，赠送有据",
                "Birthdays, anniversaries and holidays are told ahead; campaigns, guests and gifts are on record"),
    roles=(ACCOUNT_MANAGER, MARKET_MANAGER), parameters=(AHEAD, BY_ID, REPORT_DAYS, OFF_BUDGET),
    registers=(
        Register(
            "care_contacts", Localized("关怀对象", "Contacts"), forms=(describe(Contact),), states=(KNOWN,),
            stages=(Stage("note_contact", Localized("关怀登记", "Note"), ACCOUNT_MANAGER.code, "care_contact", transitions=(Transition("known"),)),),
            numbered=Numbered("GH{serial:04d}", same=("care_customer", "contact_name")),
        ),
        Register(
            "care_occasions", Localized("关怀提醒", "Occasions"), kept=True, looks_at=("care_contacts", "holidays", "customers"),
            forms=(describe(Occasion), describe(CareGiven)), states=(AHEAD_STATE, CARED), opens=(CreatesRecords(_occasions, follows=True, settled=(CARED.code,)),),
            stages=(
                Stage(
                    "give_care", Localized("客户关怀", "Care"), MARKET_MANAGER.code, "care_given", AHEAD_STATE.code,
                    due_by="occasion_on", eve=True, whom="occasion_person", against=(Against("cared_on", Comparison.NOT_BEFORE, "care_from"),), transitions=(Transition(CARED.code),),
                    task=Localized("在关怀日期前办理下列关怀，送了什么如实登记", "See to these in time, and note what was given"),
                ),
            ),
            manager=MARKET_MANAGER.code, count_by=("occasion_kind",),
            # ours: what was given longer ago was given for the last time, not for this one
            derived=(Derived(Field("care_from", Localized("最早办理日期", "Not before"), Kind.DATE), lambda values: (date.fromisoformat(str(values["occasion_on"])) - timedelta(days=AHEAD.most)).isoformat()),),
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
            sealed=Sealed("care_campaigns", "{campaign_no}", (TO_HOLD.code, HELD.code), ("campaign_name", "campaign_on", "campaign_budget"), TO_REVIEW.code, final=(HELD.code,)),
            stages=(
                Stage("plan_campaign", Localized("活动策划", "Plan"), ACCOUNT_MANAGER.code, "care_campaign", transitions=(Transition(TO_REVIEW.code),)),
                Stage(
                    "review_campaign", Localized("活动审批", "Decide"), MARKET_MANAGER.code, "campaign_review", TO_REVIEW.code, days=2,
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
            ),
            derived=(
                Derived(_REPORT_BY, _report_by(lambda code, on: REPORT_DAYS.value), set_by=_report_by),
                Derived(Field("campaign_over", Localized("是否已到活动日期", "Day has come"), Kind.CHOICE, options=(YES, NO)), look=_held),
            ),
            watches=(work.warning("care.off_budget", _SAID_OFF, _FIX_OFF, _off_budget),),
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
            numbered=Numbered("{campaign_no}-{guest_name}"), refers=(Refers("campaign_no", "care_campaigns", (TO_HOLD.code, HELD.code), always=True),),
        ),
    ),
)
