"""The figures of visits: a manager's month counted from plans and logs, customers not reached, bounds that are missed."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chinese_calendar import is_workday

from schemas.language import Localized
from schemas.language.work import (
    CreatedRecord,
    FigureCell,
    FigureRows,
    Parameter,
    RecordView,
    RegisterView,
    Seen,
    WatchFunction,
    month_of,
    months_back,
    share,
)
from schemas.visiting.forms import KEY_ACCOUNT


def _contacts(code: str, zh: str, en: str, least: int) -> Parameter:
    return Parameter(code, Localized(f"{zh}每月至少联系次数", f"Contacts a month, {en}"), least, 0, 31)


OF_KEY_ACCOUNTS = _contacts("visit_key_contacts", "重点客户", "key accounts", 2)
OF_OTHERS = _contacts("visit_contacts", "其他客户", "others", 1)
OF_TIER = {
    tier: _contacts(f"visit_{tier}_contacts", f"{zh}客户", tier, least)
    for tier, zh, least in (("diamond", "钻石", 2), ("platinum", "白金", 2), ("gold", "黄金", 1), ("vip", " VIP ", 1))
}
HOURS = Parameter("visit_day_hours", Localized("每个工作日的工时", "Working hours of a day"), 8, 1, 24)
TIME = Parameter(
    "visit_time_share", Localized("拜访时间占工作时间至少（%）", "Visiting over working time, %"), 0, 0, 100
)
KEY_TIME = Parameter(
    "visit_key_share", Localized("重点客户占拜访时间至少（%）", "Key accounts over visiting time, %"), 80, 0, 100
)
PARAMETERS = (OF_KEY_ACCOUNTS, OF_OTHERS, *OF_TIER.values(), HOURS, TIME, KEY_TIME)


@dataclass(frozen=True, slots=True)
class MonthOfVisits:
    """What one manager did in a month; visits beyond the plan do not count as kept."""

    planned: int
    kept: int
    not_reached: int
    hours: float
    of_working_time: float | None
    of_key_accounts: float | None


def plans(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """One plan a month and manager, as large as its lines."""
    lines: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in held["visit_plan_lines"].values():
        lines[each.values["plan_month"], each.values["plan_visitor"]].append(each.values["planned_visits"])
    for (month, visitor), counts in lines.items():
        said = {"plan_month": month, "plan_visitor": visitor}
        yield CreatedRecord(f"{month}-{visitor}", {**said, "plan_customers": len(counts), "plan_visits": sum(counts)})


def _logs(held: RegisterView, month: str) -> list[RecordView]:
    return [each for each in held["visit_logs"].values() if month_of(each.values["visit_began"]) == month]


def shortfalls(held: RegisterView, month: str) -> list[tuple[RecordView, int, int]]:
    """Customers contacted less than is due in *month* by class, or by tier where that asks for more; made and due."""
    tiers = {each.get("tier_customer"): str(each.get("confirmed_tier")) for each in held["tiers"].values()}
    made = Counter(each.values["visited_customer"] for each in _logs(held, month))
    found = []
    for key, customer in held["visit_customers"].items():
        of_class = OF_KEY_ACCOUNTS if customer.get("visit_class") == KEY_ACCOUNT.code else OF_OTHERS
        of_tier = OF_TIER.get(tiers.get(key, ""), of_class)
        due = int(max(held.parameter(of_class.code), held.parameter(of_tier.code)))
        if made[key] < due and month_of(customer.since) <= month:
            found.append((customer, made[key], due))
    return found


def months(held: RegisterView, month: str) -> dict[str, MonthOfVisits]:
    """What each manager did in *month*, by name."""
    planned: dict[str, Counter[str]] = defaultdict(Counter)
    for each in held["visit_plan_lines"].values():
        if each.values["plan_month"] == month:
            planned[each.values["plan_visitor"]][each.values["plan_customer"]] += each.values["planned_visits"]
    logs: dict[str, list[RecordView]] = defaultdict(list)
    for each in _logs(held, month):
        logs[each.values["visited_by"]].append(each)
    missing = Counter(customer.values["visit_owner"] for customer, _, _ in shortfalls(held, month))
    keys = {key for key, each in held["visit_customers"].items() if each.get("visit_class") == KEY_ACCOUNT.code}
    working = working_days(month) * held.parameter(HOURS.code)
    return {n: _month(planned[n], logs[n], missing[n], keys, working) for n in sorted({*planned, *logs, *missing})}


def _month(plan: Counter[str], logs: list[RecordView], missing: int, keys: set[str], working: float) -> MonthOfVisits:
    made = Counter(each.values["visited_customer"] for each in logs)
    hours = float(sum(each.values["visit_hours"] for each in logs))
    of_keys = float(sum(each.values["visit_hours"] for each in logs if each.values["visited_customer"] in keys))
    kept = sum(min(count, made[customer]) for customer, count in plan.items())
    return MonthOfVisits(plan.total(), kept, missing, hours, share(hours, working), share(of_keys, hours))


def working_days(month: str) -> int:
    """The working days of *month*; Monday to Friday where its public holidays are not given out yet."""
    year, number = map(int, month.split("-"))
    days = [date(year, number, day + 1) for day in range(calendar.monthrange(year, number)[1])]
    try:
        return sum(map(is_workday, days))
    except NotImplementedError:
        return sum(day.weekday() < 5 for day in days)


def by_manager(held: RegisterView, today: date) -> FigureRows:
    """This month and the one before, a manager a row."""
    rows: list[list[FigureCell]] = []
    for month in months_back(today, 2) if held["visit_plan_lines"] or held["visit_logs"] else ():
        for name, each in months(held, month).items():
            row = [each.planned, each.kept, share(each.kept, each.planned), each.not_reached, each.hours]
            rows.append([f"{month} {name}", *row, each.of_working_time, each.of_key_accounts])
    return rows


def too_few_contacts(held: RegisterView, today: date) -> Iterator[Seen]:
    """Customers contacted less than is due in the month that has ended."""
    month = months_back(today, 2)[0]
    for customer, made, due in shortfalls(held, month) if held["visit_customers"] else ():
        details = {"month": month, "made": str(made), "due": str(due)}
        yield Seen(customer.key, "visit_customer", customer.key, details=details)


def below(bound: Parameter, figure: str) -> WatchFunction:
    """Return what finds the managers whose *figure* was below its *bound* in the month that has ended."""

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        month, least = months_back(today, 2)[0], held.parameter(bound.code)
        for name, each in months(held, month).items() if held["visit_plans"] else ():
            part, key = getattr(each, figure), f"{month}-{name}"
            if part is not None and part * 100 < least and key in held["visit_plans"]:
                details = {"month": month, "share": f"{part * 100:.1f}", "least": f"{least:g}"}
                yield Seen(key, "plan_visitor", name, details=details)

    return look
