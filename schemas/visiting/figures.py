"""The figures of visits: a manager's month counted from plans and logs, customers not reached, bounds that are missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.language import Localized, Owed
from schemas.language.work import NO, YES, CreatedRecord, FigureCell, FigureRows, Parameter, RecordView, RegisterView, Seen, WatchFunction, month_of, months_back, share  # fmt: skip
from schemas.language.workdays import workdays_of
from schemas.visit_owners import IMPORTANT, ONLY_SHARE, changed_in, owes, stood
from schemas.visit_owners.crowded_days import MOST
from schemas.visit_owners.weeks import week_of, weeks_of


# fmt: off
def _contacts(code: str, zh: str, en: str, least: int) -> Parameter:
    return Parameter(code, Localized(f"{zh}每月至少联系次数", f"Contacts a month, {en}"), least, 0, 31)


OF_KEY_ACCOUNTS = _contacts("visit_key_contacts", "重点客户", "key accounts", 2)
OF_OTHERS = _contacts("visit_contacts", "其他客户", "others", 1)
OF_TIER = {tier: _contacts(f"visit_{tier}_contacts", f"{zh}客户", tier, least) for tier, zh, least in (("diamond", "钻石", 2), ("platinum", "白金", 2), ("gold", "黄金", 1), ("vip", " VIP ", 1))}
HOURS = Parameter("visit_day_hours", Localized("每个工作日的工时", "Working hours of a day"), 8, 1, 24)
TIME = Parameter("visit_time_share", Localized("拜访时间占工作时间至少（%）", "Visiting over working time, %"), 0, 0, 100)
KEY_TIME = Parameter("visit_key_share", Localized("重点客户占拜访时间至少（%）", "Key accounts over visiting time, %"), 80, 0, 100)
_OF_KEYS, _OF_WORK = Localized("重点客户占拜访时间", "Key accounts over visiting time"), Localized("拜访时间占工作时间", "Visiting over working time")
PARAMETERS = (OF_KEY_ACCOUNTS, OF_OTHERS, *OF_TIER.values(), HOURS, MOST, TIME, KEY_TIME)


@dataclass(frozen=True, slots=True)
class MonthOfVisits:
    """What one manager did in a month; visits beyond the plan do not count as kept."""

    planned: int
    kept: int
    not_reached: int
    hours: float
    of_working_time: float | None
    of_key_accounts: float | None  # None where he has no key customer


def plans(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """One plan a month and manager, as large as its lines; what was approved stays beside it."""
    lines: dict[tuple[str, str], list[RecordView]] = defaultdict(list)
    for each in held["visit_plan_lines"].values():
        lines[each.values["plan_month"], each.values["plan_visitor"]].append(each)
    for (month, visitor), those in lines.items():
        key, content, gaps = f"{month}-{visitor}", _content(those), list(_gaps(held, visitor, month, those, today))
        plan = held["visit_plans"].get(key)
        sealed = str(plan.get("plan_content", content)) if plan and plan.state == "plan_approved" else content
        said: dict[str, str | int | None] = {"plan_month": month, "plan_visitor": visitor, "plan_content": sealed}
        said |= {"plan_customers": len(those), "plan_visits": sum(each.values["planned_visits"] for each in those)}
        short = {gap.startswith((_OF_KEYS.zh, _OF_WORK.zh)) for gap in gaps if gap != _NO_HOURS}
        fits, changed = NO if False in short else ONLY_SHARE if short else YES, (NO if sealed == content else YES).code
        yield CreatedRecord(key, said | {"plan_gaps": "；".join(gaps) or None, "plan_fits": fits.code, "plan_changed": changed})


def _content(lines: list[RecordView]) -> str:
    hours = {each.key: f" {each.values['planned_hours']:g} 小时" for each in lines if "planned_hours" in each.values}
    return "、".join(f"{each.values['plan_customer']} {each.values['planned_visits']} 次{hours.get(each.key, '')}" for each in sorted(lines, key=lambda line: line.key))


def _gaps(held: RegisterView, visitor: str, month: str, lines: list[RecordView], today: date) -> Iterator[str]:
    """What a plan lacks: contacts of each customer of this manager, the shares of time."""
    visits = {each.values["plan_customer"]: each.values["planned_visits"] for each in lines}
    those = ((each, stood(each, month, today)) for each in held["visit_customers"].values())
    customers = [(each, kind) for each, (kind, owner) in those if owner == visitor]
    for each, kind in customers:
        due, planned = _due(held, each, kind), visits.get(each.key, 0)
        if changed_in(each, month):  # what was planned by who had it before counts
            others = held.holding("visit_plan_lines", "plan_customer", each.key)
            planned = sum(line.values["planned_visits"] for line in others if line.values["plan_month"] == month)
        if planned < due:
            yield f"“{each.key}”计划 {planned} 次，应至少 {due} 次"
    if any("planned_hours" not in each.values for each in lines):
        yield _NO_HOURS
        return
    whole, keys = sum(each.values["planned_hours"] for each in lines), _important(held, month, today)
    asked = any(each.key in keys for each, _ in customers)  # who has no key customer cannot give them a share of his time
    of_keys = sum(each.values["planned_hours"] for each in lines if each.values["plan_customer"] in keys)
    working = len(workdays_of(month)) * held.parameter(HOURS.code)
    for part, base, bound, words in ((of_keys, whole, KEY_TIME, _OF_KEYS.zh), (whole, working, TIME, _OF_WORK.zh)):
        if base and part * 100 < held.parameter(bound.code) * base and (asked or bound is TIME):
            yield f"{words} {part * 100 / base:.1f}%，低于 {held.parameter(bound.code):g}%"


_NO_HOURS = "没有写明计划工时，占比未核"


def _important(held: RegisterView, month: str, today: date) -> set[str]:
    return {key for key, each in held["visit_customers"].items() if stood(each, month, today)[0] in IMPORTANT}


def _due(held: RegisterView, customer: RecordView, kind: str) -> int:
    """Contacts a month that are due by class (*kind*), or by tier where that asks for more."""
    of_class = OF_KEY_ACCOUNTS if kind in IMPORTANT else OF_OTHERS
    tier = next((str(each.get("confirmed_tier")) for each in held.holding("tiers", "tier_customer", customer.key)), "")
    of_tier = OF_TIER.get(tier, of_class)
    return int(max(held.parameter(of_class.code), held.parameter(of_tier.code)))


def _logs(held: RegisterView, month: str) -> list[RecordView]:
    return [each for each in held["visit_logs"].values() if month_of(each.values["visit_began"]) == month]


def shortfalls(held: RegisterView, month: str, today: date) -> list[tuple[RecordView, str, int, int]]:
    """Customers contacted less than is due in *month*; whose they were then, contacts made and due."""
    made = Counter(each.values["visited_customer"] for each in _logs(held, month))
    were = {key: stood(each, month, today) for key, each in held["visit_customers"].items() if owes(each, month)}
    those = [
        (held["visit_customers"][key], owner, made[key], _due(held, held["visit_customers"][key], kind))
        for key, (kind, owner) in were.items()
    ]
    return [each for each in those if each[2] < each[3]]


def months(held: RegisterView, month: str, today: date) -> dict[str, MonthOfVisits]:
    """What each manager did in *month*, by name."""
    planned: dict[str, Counter[str]] = defaultdict(Counter)
    for each in held["visit_plan_lines"].values():
        plan = held["visit_plans"].get(f"{month}-{each.values['plan_visitor']}")
        if each.values["plan_month"] == month and plan is not None and plan.state == "plan_approved":  # else it binds nobody
            planned[each.values["plan_visitor"]][each.values["plan_customer"]] += each.values["planned_visits"]
    logs: dict[str, list[RecordView]] = defaultdict(list)
    for_others: dict[str, list[RecordView]] = defaultdict(list)
    for each in _logs(held, month):
        logs[each.values["visited_by"]].append(each)
        for_others[str(each.get("visited_for") or "")].append(each)
    missing = Counter(owner for _, owner, _, _ in shortfalls(held, month, today))
    keys = _important(held, month, today)
    asked, working = {stood(held["visit_customers"][key], month, today)[1] for key in keys}, len(workdays_of(month)) * held.parameter(HOURS.code)
    done = {n: _month(planned[n], logs[n], for_others[n], missing[n], keys, working) for n in sorted({*planned, *logs, *missing})}
    return {name: each if name in asked else replace(each, of_key_accounts=None) for name, each in done.items()}


def _month(plan: Counter[str], logs: list[RecordView], by_stand_in: list[RecordView], missing: int, keys: set[str], working: float) -> MonthOfVisits:
    """What somebody did: his hours are those of his own *logs*, his plan is kept by his stand-in's visits, too."""
    made = Counter(each.values["visited_customer"] for each in (*logs, *by_stand_in))
    hours = float(sum(each.values["visit_hours"] for each in logs))
    of_keys = float(sum(each.values["visit_hours"] for each in logs if each.values["visited_customer"] in keys))
    kept = sum(min(count, made[customer]) for customer, count in plan.items())
    return MonthOfVisits(plan.total(), kept, missing, hours, share(hours, working), share(of_keys, hours))


def by_manager(held: RegisterView, today: date) -> FigureRows:
    """Twelve months, a manager a row."""
    rows: list[list[FigureCell]] = []
    for month in months_back(today, 12) if held["visit_plan_lines"] or held["visit_logs"] else ():
        for name, each in months(held, month, today).items():
            row = [each.planned, each.kept, share(each.kept, each.planned), each.not_reached, each.hours]
            rows.append([f"{month} {name}", *row, each.of_working_time, each.of_key_accounts])
    return rows


def too_few_contacts(held: RegisterView, today: date) -> Iterator[Seen]:
    """Customers contacted less than is due in the month that has ended."""
    month = months_back(today, 2)[0]
    for customer, owner, made, due in shortfalls(held, month, today) if held["visit_customers"] else ():
        for person in ("", owner):
            yield Seen(customer.key, "visit_customer", customer.key, details={"month": month, "made": str(made), "due": str(due)}, person=person)


def contacts_ahead(held: RegisterView, today: date) -> Iterator[Owed]:
    """The contacts that the running month still asks for."""
    month = month_of(today)
    made = Counter(each.values["visited_customer"] for each in _logs(held, month))
    for key, each in held["visit_customers"].items():
        if owes(each, month):
            yield Owed(each.values["visit_owner"], key, _due(held, each, str(each.get("visit_class"))), made[key])


def week_ahead(held: RegisterView, today: date) -> Iterator[Owed]:
    """The visits that plans name for the running week."""
    month, monday, week = month_of(today), today - timedelta(days=today.weekday()), week_of(today)
    made = Counter(each.values["visited_customer"] for each in _logs(held, month) if each.values["visit_began"][:10] >= monday.isoformat())
    for each in held["visit_plan_lines"].values():
        if each.values["plan_month"] == month and (due := (weeks_of(str(each.get("planned_weeks") or "")) or ()).count(week)):
            yield Owed(each.values["plan_visitor"], each.values["plan_customer"], due, made[each.values["plan_customer"]])


def shares_ahead(held: RegisterView, today: date) -> Iterator[Owed]:
    """The shares of time that the running month still asks for: of what has been logged, of the whole month's hours."""
    for name, each in months(held, month_of(today), today).items():
        for words, bound, part in ((_OF_KEYS, KEY_TIME, each.of_key_accounts), (_OF_WORK, TIME, each.of_working_time)):
            if part is not None:
                yield Owed(name, words, held.parameter(bound.code) / 100, part)


def below(bound: Parameter, figure: str) -> WatchFunction:
    """Return what finds the managers whose *figure* was below its *bound* in the month that has ended."""

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        month, least = months_back(today, 2)[0], held.parameter(bound.code)
        for name, each in months(held, month, today).items() if held["visit_plans"] else ():
            part, key = getattr(each, figure), f"{month}-{name}"
            if part is not None and part * 100 < least and key in held["visit_plans"]:
                details = {"month": month, "share": f"{part * 100:.1f}", "least": f"{least:g}"}
                yield Seen(key, "plan_visitor", name, details=details)

    return look
