"""入库出库: arrival orders become inbound tasks, pick-up orders outbound ones, and quantities are held against the plan.

``manual.toml`` says what the manual gives. Ours: a plan of a day counts when that day is over, the month's where no
day of it was planned; an inbound task begins when the goods are ready to be picked up; what is done about a
difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.arrivals_and_pickups import forms
from schemas.language import Kind, Localized, Option, Procedure, Register, Stage, State, Transition, fields
from schemas.language.model import describe
from schemas.language.work import (
    FigureRows,
    Measure,
    Numbered,
    Refers,
    RegisterView,
    Seen,
    Statistic,
    month_of,
    rate,
    share,
    warning,
)

KEEPER = Option("warehouse_keeper", Localized("仓管员", "Warehouse keeper"), ("库管员",))
PLANNER = Option("planner", Localized("计划员", "Planner"))
HEAD = Option("warehouse_head", Localized("仓储主管", "Warehouse head"))

PLANNED = State("planned", Localized("已登记", "Listed"), final=True)
NOT_READY = State("not_ready", Localized("未到可提", "Not ready"))
TO_STORE = State("to_store", Localized("待入库", "To store"))
TO_CLEAR = State("to_clear", Localized("差异待处理", "To clear"))
STORED = State("stored", Localized("已入库", "Stored"), final=True)
TO_SHIP = State("to_ship", Localized("待出库", "To ship"))
SHIPPED = State("shipped", Localized("已出库", "Shipped"), final=True)


def _planned(held: RegisterView, today: date) -> dict[tuple[str, str], float]:
    """Quantity by product and day, a change instead of the day's plan, of days that are over."""
    plans: dict[tuple[str, str], float] = {}
    for kind in (forms.DAILY.code, forms.CHANGE.code):
        for each in held["production_plans"].values():
            if each.get("plan_kind") == kind and each.values["plan_day"] < today.isoformat():
                plans[each.values["plan_product"], each.values["plan_day"]] = each.values["plan_quantity"]
    return plans


def _arrived(held: RegisterView) -> dict[tuple[str, str], float]:
    arrived: dict[tuple[str, str], float] = defaultdict(float)
    for each in held["inbound_tasks"].values():
        if each.get("stored_on"):
            arrived[each.values["arrival_product"], each.values["stored_on"]] += each.values["stored_quantity"]
    return arrived


def _off_plan(held: RegisterView, today: date) -> Iterator[Seen]:
    arrived = _arrived(held)
    for (product, day), quantity in sorted(_planned(held, today).items()):
        there = arrived.get((product, day), 0)
        if there != quantity:
            details = {"plan": f"{quantity:g}", "day": day, "product": product}
            yield Seen(f"{product} {day}", "plan_quantity", f"{there:g}", details=details)


def _differing(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["inbound_tasks"].items():
        if (
            each.get("stored_quantity") is not None
            and each.values["stored_quantity"] != each.values["arrival_quantity"]
        ):
            details = {"ordered": f"{each.values['arrival_quantity']:g}"}
            yield Seen(key, "stored_quantity", f"{each.values['stored_quantity']:g}", details=details)


def _overdrawn(held: RegisterView, today: date) -> Iterator[Seen]:
    stock: dict[str, float] = defaultdict(float)
    for (product, _), quantity in _arrived(held).items():
        stock[product] += quantity
    last: dict[str, str] = {}
    for key, each in sorted(held["outbound_tasks"].items()):
        if each.get("shipped_quantity"):
            stock[each.values["pick_product"]] -= each.values["shipped_quantity"]
            last[each.values["pick_product"]] = key
    for product, left in stock.items():
        if left < 0:
            yield Seen(last[product], "shipped_quantity", f"{-left:g}", details={"product": product})


def _by_month(held: RegisterView, today: date) -> FigureRows:
    months: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (_, day), quantity in _arrived(held).items():
        months[month_of(day)][0] += quantity
    for each in held["outbound_tasks"].values():
        months[month_of(each.get("shipped_on"))][1] += each.get("shipped_quantity", 0)
    for (_, day), quantity in _planned(held, today).items():
        months[month_of(day)][2] += quantity
    return [[month, come, gone, share(come, plan)] for month, (come, gone, plan) in sorted(months.items()) if month]


_FIX = Localized(
    "核对单据和实物，数量写错的在总表中改正",
    "Check papers and goods; a quantity that is wrong is corrected in the master",
)
_SAID_OFF_PLAN = Localized(
    "{product} {day} 计划 {plan}，实际入库 {value}", "{product} on {day}: {plan} planned, {value} stored"
)
_SAID_DIFFERS = Localized("到货单 {ordered}，实收 {value}", "{ordered} on the order, {value} received")
_SAID_OVERDRAWN = Localized("{product} 出库比入库多 {value}", "{product}: {value} more shipped than stored")
OFF_PLAN = warning("arrivals.off_plan", _SAID_OFF_PLAN, _FIX, _off_plan)
DIFFERS = warning("arrivals.differs", _SAID_DIFFERS, _FIX, _differing)
OVERDRAWN = warning("arrivals.overdrawn", _SAID_OVERDRAWN, _FIX, _overdrawn)

# fmt: off
PROCEDURE = Procedure(
    "arrivals_and_pickups", Localized("入库出库", "Arrivals and pick-ups"),
    about=Localized("到货单成入库任务，提货单成出库任务，数量与计划核对",
                "Arrival orders become inbound tasks, pick-up orders outbound ones; quantities are held against the plan"),
    roles=(KEEPER, PLANNER, HEAD),
    registers=(
        Register(
            "production_plans", Localized("生产计划", "Plans"), forms=(describe(forms.DeliveryPlan),), states=(PLANNED,),
            stages=(Stage("list_plan", Localized("计划登记", "List"), PLANNER.code, "production_plan", transitions=(Transition("planned"),)),),
            numbered=Numbered("{plan_product}-{plan_day}-{plan_kind}"), looks_at=("inbound_tasks",),
            manager=HEAD.code, watches=(OFF_PLAN,),
        ),
        Register(
            "phone_records", Localized("电话记录", "Telephone records"), forms=(describe(forms.PhoneRecord),), states=(PLANNED,),
            stages=(Stage("note_call", Localized("电话记录", "Note"), PLANNER.code, "phone_record", transitions=(Transition("planned"),)),),
            numbered=Numbered("DH{yy}{month}{serial:03d}", same=("called_at", "caller"), day="called_at"),
        ),
        Register(
            "inbound_tasks", Localized("入库任务", "Inbound tasks"), manager=HEAD.code,
            forms=tuple(map(describe, (forms.ArrivalOrder, forms.StoredGoods, forms.Cleared))),
            states=(NOT_READY, TO_STORE, TO_CLEAR, STORED),
            stages=(
                Stage("tell_arrival", Localized("到货通知", "Tell"), PLANNER.code, "arrival_order", transitions=(Transition(NOT_READY.code),)),
                Stage(
                    "wait_ready", Localized("等待可提", "Wait"), HEAD.code, state=NOT_READY.code,
                    transitions=(Transition(TO_STORE.code, known=(("pickup_state", (forms.READY.code,)),)),),
                ),
                Stage(
                    "store_goods", Localized("入库", "Store"), KEEPER.code, "stored_goods", TO_STORE.code, due_by="expected_on",
                    spread=True, strict=True, task=Localized("清点入库，与到货单不符的写明差异", "Count and store; say what differs"),
                    transitions=fields.decided("store_check", STORED, TO_CLEAR, forms.AS_ORDERED, forms.NOT_AS_ORDERED),
                ),
                Stage(
                    "clear_arrival", Localized("差异处理", "Clear"), PLANNER.code, "arrival_cleared", TO_CLEAR.code, days=2,
                    spread=True, transitions=(Transition(TO_STORE.code),), task=Localized("查清差异，处理后再入库", "Clear the difference"),
                ),
            ),
            count_by=("load_kind", "pickup_state"), refers=(Refers("phone_record_no", "phone_records"),),
            looks_at=("production_plans", "outbound_tasks"), watches=(DIFFERS,),
            statistics=(
                Statistic(
                    "goods_by_month", Localized("出入库按月", "Goods by month"), Localized("月份", "Month"),
                    (Measure(Localized("入库", "Stored"), Kind.NUMBER), Measure(Localized("出库", "Shipped"), Kind.NUMBER),
                     rate("计划完成", "Of the plan")),
                    _by_month,
                ),
            ),
        ),
        Register(
            "outbound_tasks", Localized("出库任务", "Outbound tasks"), manager=HEAD.code,
            forms=(describe(forms.PickOrder), describe(forms.Shipped)), states=(TO_SHIP, SHIPPED),
            stages=(
                Stage("take_pick_order", Localized("提货登记", "List"), PLANNER.code, "pick_order", transitions=(Transition(TO_SHIP.code),)),
                Stage(
                    "ship_goods", Localized("出库", "Ship"), KEEPER.code, "shipped_goods", TO_SHIP.code, due_by="pick_on",
                    spread=True, strict=True, transitions=(Transition(SHIPPED.code),), task=Localized("按提货单出库", "Ship by the order"),
                ),
            ),
            refers=(Refers("phone_record_no", "phone_records"),), looks_at=("inbound_tasks",),
            watches=(OVERDRAWN,),
        ),
    ),
)
