"""The figures of visits: a manager's month counted from plans and logs, customers not reached, bounds that are missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.language import Owed
from schemas.language.work import NO, YES, CreatedRecord, FigureCell, FigureRows, Parameter, RecordView, RegisterView, Seen, WatchFunction, month_of, months_back, share  # fmt: skip
from schemas.language.workdays import workdays_of
from schemas.visit_owners import owes, stood
from schemas.visit_owners.plan_gaps import (
    HOURS,
    KEY_TIME,
    OF_KEY_SHARE,
    OF_WORK_SHARE,
    TIME,
    contacts_due,
    fitness,
    important_customers,
    plan_gaps,
)
from schemas.visit_owners.weeks import week_of, weeks_of


# fmt: off
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
        if month < month_of(today) and f"{month}-{visitor}" not in held["visit_plans"]:
            continue  # it came when its month was over: nobody is asked for an approval any more
        key, content, gaps = f"{month}-{visitor}", _content(those), list(plan_gaps(held, visitor, month, those, today))
        plan = held["visit_plans"].get(key)
        sealed = str(plan.get("plan_content", content)) if plan and plan.state == "plan_approved" else content
        said: dict[str, str | int | None] = {"plan_month": month, "plan_visitor": visitor, "plan_content": sealed}
        said |= {"plan_customers": len(those), "plan_visits": sum(each.values["planned_visits"] for each in those)}
        changed = NO if sealed == content else YES
        yield CreatedRecord(key, said | {"plan_gaps": "；".join(gaps) or None, "plan_fits": fitness(gaps).code, "plan_changed": changed.code})


def _content(lines: list[RecordView]) -> str:
    return "、".join(map(_line, sorted(lines, key=lambda line: line.key)))


def _line(each: RecordView) -> str:
    hours = f" {each.values['planned_hours']:g} 小时" if "planned_hours" in each.values else ""
    more = "；".join(f"{word}：{each.get(code)}" for word, code in (("路线", "plan_route"), ("方案", "plan_solution")) if each.get(code))
    return f"{each.values['plan_customer']} {each.values['planned_visits']} 次{hours}" + (f"（{more}）" if more else "")


def _logs(held: RegisterView, month: str) -> list[RecordView]:
    return [each for each in held["visit_logs"].values() if month_of(each.values["visit_began"]) == month]


def shortfalls(held: RegisterView, month: str, today: date) -> list[tuple[RecordView, str, int, int]]:
    """Customers contacted less than is due in *month*; whose they were then, contacts made and due."""
    made = Counter(each.values["visited_customer"] for each in _logs(held, month))
    were = {key: stood(each, month, today) for key, each in held["visit_customers"].items() if owes(each, month)}
    those = [
        (held["visit_customers"][key], owner, made[key], contacts_due(held, held["visit_customers"][key], kind, month))
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
    keys = important_customers(held, month, today)
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
            yield Owed(each.values["visit_owner"], key, contacts_due(held, each, stood(each, month, today)[0], month), made[key])


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
        for words, bound, part in ((OF_KEY_SHARE, KEY_TIME, each.of_key_accounts), (OF_WORK_SHARE, TIME, each.of_working_time)):
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
