"""What a month's plan of visits lacks: contacts of each customer, shares of time, what each visit is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Localized, Option
from schemas.language.work import NO, YES, Parameter, RecordView, RegisterView
from schemas.language.workdays import workdays_of
from schemas.tier_keeping import tiers_in
from schemas.visit_owners import IMPORTANT, NOT_CHECKED, ONLY_SHARE, STOPPED, changed_in, stood
from schemas.visit_owners.crowded_days import MOST


# fmt: off
def _contacts(code: str, zh: str, en: str, least: int) -> Parameter:
    return Parameter(code, Localized(f"{zh}每月至少联系次数", f"Contacts a month, {en}"), least, 0, 31)


OF_KEY_ACCOUNTS = _contacts("visit_key_contacts", "重点客户", "key accounts", 2)
OF_OTHERS = _contacts("visit_contacts", "其他客户", "others", 1)
OF_TIER = {tier: _contacts(f"visit_{tier}_contacts", f"{zh}客户", tier, least) for tier, zh, least in (("diamond", "钻石", 2), ("platinum", "白金", 2), ("gold", "黄金", 1), ("vip", " VIP ", 1))}
HOURS = Parameter("visit_day_hours", Localized("每个工作日的工时", "Working hours of a day"), 8, 1, 24)
TIME = Parameter("visit_time_share", Localized("拜访时间占工作时间至少（%）", "Visiting over working time, %"), 0, 0, 100)
KEY_TIME = Parameter("visit_key_share", Localized("重点客户占拜访时间至少（%）", "Key accounts over visiting time, %"), 80, 0, 100)
OF_KEY_SHARE, OF_WORK_SHARE = Localized("重点客户占拜访时间", "Key accounts over visiting time"), Localized("拜访时间占工作时间", "Visiting over working time")
PARAMETERS = (OF_KEY_ACCOUNTS, OF_OTHERS, *OF_TIER.values(), HOURS, MOST, TIME, KEY_TIME)
_UNSAID = "没有写明"  # said beside what the plan lacks; it fits all the same
_TO_SAY = {"planned_weeks": "周次", "plan_purpose": "巡访目的", "plan_route": "巡访路线", "plan_solution": "解决问题的方案"}
_NO_HOURS = f"{_UNSAID}计划工时，占比未核"  # who writes less has not shown that the share is there: whoever approves reads that


def plan_gaps(held: RegisterView, visitor: str, month: str, lines: list[RecordView], today: date) -> Iterator[str]:
    """What a plan lacks: contacts of each customer of this manager, the shares of time."""
    visits = {each.values["plan_customer"]: each.values["planned_visits"] for each in lines}
    those = ((each, stood(each, month, today)) for each in held["visit_customers"].values())
    customers = [(each, kind) for each, (kind, owner) in those if owner == visitor]
    for each, kind in customers:
        due, planned = contacts_due(held, each, kind, month), visits.get(each.key, 0)
        if changed_in(each, month):  # what was planned by who had it before counts
            others = held.holding("visit_plan_lines", "plan_customer", each.key)
            planned = sum(line.values["planned_visits"] for line in others if line.values["plan_month"] == month)
        if planned < due:
            yield f"“{each.key}”计划 {planned} 次，应至少 {due} 次"
    for each in lines:
        said, most = each.get("planned_hours", 0), each.values["planned_visits"] * held.parameter(MOST.code)
        if said > most:
            yield f"“{each.values['plan_customer']}”计划 {each.values['planned_visits']} 次却要 {said:g} 小时，最多 {most:g} 小时"
    if unsaid := [word for code, word in _TO_SAY.items() if not all(each.get(code) for each in lines)]:
        whose = sorted(str(each.values["plan_customer"]) for each in lines if not all(each.get(code) for code in _TO_SAY))
        yield f"{_UNSAID}{'、'.join(unsaid)}：{'、'.join(whose)}"
    keys = important_customers(held, month, today)
    asked = any(each.key in keys for each, _ in customers)  # who has no key customer cannot give them a share of his time
    if any("planned_hours" not in each.values for each in lines):
        if asked or held.parameter(TIME.code):
            yield _NO_HOURS
        return
    whole = sum(each.values["planned_hours"] for each in lines)
    of_keys = sum(each.values["planned_hours"] for each in lines if each.values["plan_customer"] in keys)
    working = len(workdays_of(month)) * held.parameter(HOURS.code)
    for part, base, bound, words in ((of_keys, whole, KEY_TIME, OF_KEY_SHARE.zh), (whole, working, TIME, OF_WORK_SHARE.zh)):
        if base and part * 100 < held.parameter(bound.code) * base and (asked or bound is TIME):
            yield f"{words} {part * 100 / base:.1f}%，低于 {held.parameter(bound.code):g}%"


def important_customers(held: RegisterView, month: str, today: date) -> set[str]:
    """Return the customers that were important in *month*, old or prospective."""
    return {key for key, each in held["visit_customers"].items() if stood(each, month, today)[0] in IMPORTANT}


def contacts_due(held: RegisterView, customer: RecordView, kind: str, month: str) -> int:
    """Return the contacts in *month* that are due by class (*kind*), or by the tier in force then where that asks for more, the lesser of
    two; none of who is visited no more.
    """
    if kind == STOPPED.code:
        return 0
    of_class = OF_KEY_ACCOUNTS if kind in IMPORTANT else OF_OTHERS
    those = next((tiers_in(each, month) for each in held.holding("tiers", "tier_customer", customer.key)), {""})
    of_tiers = min(held.parameter(OF_TIER.get(tier, of_class).code) for tier in those)
    return int(max(held.parameter(of_class.code), of_tiers))


def fitness(gaps: list[str]) -> Option:
    """Return how a plan with these *gaps* fits: not, but for a share of time, without its shares being known, or wholly."""
    short = [gap for gap in gaps if not gap.startswith(_UNSAID)]
    if not all(gap.startswith((OF_KEY_SHARE.zh, OF_WORK_SHARE.zh)) for gap in short):
        return NO
    if short:
        return ONLY_SHARE
    return NOT_CHECKED if _NO_HOURS in gaps else YES
