"""What is told before goods come or go: plans of production, held against what was stored, and records of calls.

Registers and fields that the procedure of arrivals is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.announced.forms import CHANGE, MONTHLY, DeliveryPlan, PhoneRecord
from schemas.language import Localized, Option, Register, Stage, State, Transition, Values
from schemas.language.model import describe
from schemas.language.work import Numbered, Refers, RegisterView, Seen, month_of, warning
from schemas.language.workdays import next_workday

PLANNER = Option("planner", Localized("计划员", "Planner"), ("单证员", "客户中心单证员"))
HEAD = Option("warehouse_head", Localized("仓储主管", "Warehouse head"), ("客户中心主管",))
PLANNED = State("planned", Localized("已登记", "Listed"), final=True)
RECORDED = Refers("phone_record_no", "phone_records", always=True)
"""Of what came by telephone."""
_ENTERED = ("production_plans", "inbound_tasks", "outbound_tasks")
"""Registers of what is entered of a call."""
_ASKED_FOR = timedelta(days=30)

FIX = Localized(
    "核对单据和实物，数量写错的在总表中改正",
    "Check papers and goods; a quantity that is wrong is corrected in the master",
)


def _period(values: Values) -> str:
    """What a plan is for: its day, or the whole month."""
    day = str(values["plan_day"])
    return month_of(day) if values.get("plan_kind") == MONTHLY.code else day


def plans_over(held: RegisterView, today: date) -> dict[tuple[str, str], float]:
    """Quantity by product and period, of those that are over; the last change stands instead of the plan of its day, or of
    its month where that alone was planned.
    """
    every = held["production_plans"].values()
    known = {
        (each.values["plan_product"], _period(each.values)) for each in every if each.get("plan_kind") != CHANGE.code
    }
    by_day = {(product, month_of(period)) for product, period in known if period != month_of(period)}
    found: dict[tuple[str, str], float] = {}
    for each in sorted(every, key=lambda one: (one.get("plan_kind") == CHANGE.code, one.values["plan_day"])):
        product, period = each.values["plan_product"], _period(each.values)
        month = (product, month_of(period))
        period = month[1] if month in known and month not in by_day else period
        if period < today.isoformat()[: len(period)]:
            found[product, period] = each.values["plan_quantity"]
    return found


def goods_stored(held: RegisterView) -> dict[tuple[str, str], float]:
    """Quantity stored, by product and day."""
    stored: dict[tuple[str, str], float] = defaultdict(float)
    for each in held["inbound_tasks"].values():
        if each.get("stored_on"):
            stored[each.values["arrival_product"], each.values["stored_on"]] += each.values["stored_quantity"]
    return stored


def stored_by(held: RegisterView) -> dict[tuple[str, str], float]:
    """What was stored of a product, by day and by month."""
    stored: dict[tuple[str, str], float] = defaultdict(float)
    for (product, day), quantity in goods_stored(held).items():
        stored[product, day] += quantity
        stored[product, month_of(day)] += quantity
    return stored


def _off_plan(held: RegisterView, today: date) -> Iterator[Seen]:
    stored = stored_by(held)
    for (product, period), quantity in sorted(plans_over(held, today).items()):
        there = stored.get((product, period), 0)
        if there != quantity:
            details = {"plan": f"{quantity:.15g}", "day": period, "product": product}
            yield Seen(f"{product} {period}", "plan_quantity", f"{there:.15g}", details=details)


def _changes_nothing(held: RegisterView, today: date) -> Iterator[Seen]:
    """Changes of a plan that nobody has listed: neither of that day nor of its month."""
    every = held["production_plans"]
    planned = {
        (each.values["plan_product"], _period(each.values))
        for each in every.values()
        if each.get("plan_kind") != CHANGE.code
    }
    for key, each in every.items():
        product, day = each.values["plan_product"], str(each.values["plan_day"])
        if each.get("plan_kind") == CHANGE.code and not planned & {(product, day), (product, month_of(day))}:
            yield Seen(key, "plan_day", day, PLANNER.code, {"product": product})


_SAID_OFF_PLAN = Localized(
    "{product} {day} 计划 {plan}，实际入库 {value}", "{product} on {day}: {plan} planned, {value} stored"
)

OFF_PLAN = warning("arrivals.off_plan", _SAID_OFF_PLAN, FIX, _off_plan)
NO_SUCH_PLAN = warning(
    "arrivals.no_such_plan",
    Localized(
        "{product} {value} 的计划变更没有对应的月计划或日计划",
        "A change of the plan of {product} for {value}, of which no plan is listed",
    ),
    Localized("核对产品和日期；漏登的计划补登记", "Check product and day, or list the plan"),
    _changes_nothing,
)
PLANS = Register(
    "production_plans",
    Localized("生产计划", "Plans"),
    forms=(describe(DeliveryPlan),),
    states=(PLANNED,),
    stages=(
        Stage(
            "list_plan",
            Localized("计划登记", "List"),
            PLANNER.code,
            "production_plan",
            transitions=(Transition(PLANNED.code),),
        ),
    ),
    numbered=Numbered("{plan_product}-{prefix}-{plan_kind}", prefix=_period),
    looks_at=("inbound_tasks",),
    manager=HEAD.code,
    watches=(OFF_PLAN, NO_SUCH_PLAN),
    refers=(RECORDED,),
)


def _called_later(held: RegisterView, today: date) -> Iterator[Seen]:
    """Calls that came on a day after the papers which are said to have been written from them."""
    for register, day in (("inbound_tasks", "arrival_told_on"), ("outbound_tasks", "pick_listed_on")):
        for key, each in held[register].items():
            call = held["phone_records"].get(str(each.get("phone_record_no") or ""))
            came, written = str(call.get("called_at") or "") if call else "", str(each.get(day) or "")
            if written and came[:10] > written:
                about = {"paper": key, "day": written}
                for role, person in ((HEAD.code, ""), ("", str(call.get("call_taken_by") if call else ""))):
                    yield Seen(
                        str(each.get("phone_record_no")), "called_at", came.replace("T", " "), role, about, person
                    )


def _not_entered(held: RegisterView, today: date) -> Iterator[Seen]:
    """Calls, of a month, that no plan or order names a working day later: who listed them, or a planner, has still to enter them."""
    for key, call in held["phone_records"].items():
        came = date.fromisoformat(str(call.values["called_at"])[:10])
        waits = next_workday(came) < today <= came + _ASKED_FOR
        if waits and not any(held.holding(register, "phone_record_no", key) for register in _ENTERED):
            about = {"caller": str(call.get("caller")), "content": str(call.get("call_content"))}
            at = str(call.values["called_at"]).replace("T", " ")
            yield Seen(key, "called_at", at, PLANNER.code, about, str(call.get("call_taken_by") or ""))


PHONE_RECORDS = Register(
    "phone_records",
    Localized("电话记录", "Telephone records"),
    forms=(describe(PhoneRecord),),
    states=(PLANNED,),
    stages=(
        Stage(
            "note_call",
            Localized("电话记录", "Note"),
            PLANNER.code,
            "phone_record",
            expects_role=True,
            transitions=(Transition(PLANNED.code),),
        ),
    ),
    manager=HEAD.code,
    looks_at=_ENTERED,
    watches=(
        warning(
            "arrivals.not_entered",
            Localized(
                "{caller} {value} 的电话“{content}”还没有开单",
                "Nothing was entered of what {caller} said by telephone on {value}: “{content}”",
            ),
            Localized(
                "按电话记录登记计划、到货或提货，写明电话记录编号；不用开单的选“知道了”",
                "Enter the plan, arrival or pick-up it is about, with the number of the call; note it where there is none",
            ),
            _not_entered,
        ),
        warning(
            "arrivals.called_later",
            Localized(
                "{paper} {day} 就开了单，所据电话 {value} 才来",
                "{paper} was written on {day}, by a call that came on {value}",
            ),
            Localized(
                "核对开单日期、来电时间和电话记录编号",
                "Check the day, the hour of the call and the number of its record",
            ),
            _called_later,
        ),
    ),
    numbered=Numbered("DH{yy}{month}{serial:03d}", same=("called_at", "caller"), day="called_at"),
)
