"""入库出库: arrival orders become inbound tasks, pick-up orders outbound ones, and quantities are held against the plan.

``manual.toml`` says what the manual gives. Ours: a plan is held against what was stored when its day, or its month, is
over; a month of which no day was planned counts by its own plan; an inbound task begins when the goods are ready to be
picked up; what is done about a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.announced import FIX, HEAD, PHONE_RECORDS, PLANNER, PLANS, RECORDED, goods_stored, plans_over, stored_by
from schemas.arrivals_and_pickups import forms
from schemas.language import (
    Against,
    Comparison,
    Field,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
    telling,
    work,
)
from schemas.language.model import describe
from schemas.language.work import Derived, FigureRows, Measure, RegisterView, Seen, Statistic, warning
from schemas.language.workdays import workdays_later

WAITED_FOR = 3
"""Working days after the day on which goods were expected, before it is told that they have not come."""
KEEPER = Option("warehouse_keeper", Localized("仓管员", "Warehouse keeper"), ("库管员",))
NOT_READY = State("not_ready", Localized("未到可提", "Not ready"))
TO_STORE = State("to_store", Localized("待入库", "To store"))
TO_CLEAR = State("to_clear", Localized("差异待处理", "To clear"))
STORED = State("stored", Localized("已入库", "Stored"), final=True)
TO_SHIP = State("to_ship", Localized("待出库", "To ship"))
SHIPPED = State("shipped", Localized("已出库", "Shipped"), final=True)


def _unlike(register: str, done: str, asked: str, explained: str, *, at_most: bool = False) -> work.WatchFunction:
    """What was done in another quantity than asked for, unless the field *explained* says why; where it is *at_most* that, more all the same."""

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            there, wanted = each.get(done), each.values[asked]
            if there is not None and there != wanted and not (each.get(explained) and (there < wanted or not at_most)):
                yield Seen(key, done, f"{there:.15g}", details={"ordered": f"{wanted:.15g}"})

    return look


def _store_by(values: Values) -> str | None:
    """When the goods are expected; what is to be stored once complete, when the rest is."""
    again = values.get("clearing_way") == forms.STORED_AGAIN.code
    return (values.get("refill_on") if again else None) or values.get("expected_on")


def _not_come(held: RegisterView, today: date) -> Iterator[Seen]:
    """What was expected some working days ago, and cannot be picked up yet: the keeper is asked for nothing meanwhile."""
    for key, each in held["inbound_tasks"].items():
        by = str(each.values["expected_on"])
        if each.state == NOT_READY.code and workdays_later(date.fromisoformat(by), WAITED_FOR) < today:
            for role in (HEAD.code, PLANNER.code):
                yield Seen(key, "expected_on", by, role, {"product": each.values["arrival_product"]})


def _overdrawn(held: RegisterView, today: date) -> Iterator[Seen]:
    stock: dict[str, float] = defaultdict(float)
    for (product, _), quantity in goods_stored(held).items():
        stock[product] += quantity
    last: dict[str, str] = {}
    for key, each in sorted(held["outbound_tasks"].items()):
        if each.get("shipped_quantity"):
            stock[each.values["pick_product"]] -= each.values["shipped_quantity"]
            last[each.values["pick_product"]] = key
    for product, left in stock.items():
        if left < 0:
            yield Seen(last[product], "shipped_quantity", f"{-left:g}", details={"product": product})


def _too_much(held: RegisterView, today: date) -> Iterator[Seen]:
    """Orders for more than there is, and will have come by their day; earlier ones have theirs first."""
    there: dict[str, float] = defaultdict(float)
    for (product, _), quantity in goods_stored(held).items():
        there[product] += quantity
    for each in held["outbound_tasks"].values():
        there[each.values["pick_product"]] -= each.get("shipped_quantity") or 0
    waiting = [each for each in held["outbound_tasks"].items() if each[1].state == TO_SHIP.code]
    coming = [each for each in held["inbound_tasks"].values() if each.state in (NOT_READY.code, TO_STORE.code)]
    for key, each in sorted(waiting, key=lambda one: (one[1].values["pick_on"], one[0])):
        product, wanted, by = (each.values[code] for code in ("pick_product", "pick_quantity", "pick_on"))
        expected = sum(
            one.values["arrival_quantity"]
            for one in coming
            if one.values["arrival_product"] == product and one.values["expected_on"] <= by
        )
        left = max(there[product] + expected, 0)
        if wanted > left:
            for role in (PLANNER.code, HEAD.code):
                yield Seen(key, "pick_quantity", f"{wanted:.15g}", role, {"product": product, "left": f"{left:.15g}"})
        there[product] -= wanted


def _by_month(held: RegisterView, today: date) -> FigureRows:
    """What came and went, and how much of the plan was stored: of each product on the very days, or in the very months, of which
    the plan is over.
    """
    months: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    stored = stored_by(held)
    for (_, day), quantity in goods_stored(held).items():
        months[work.month_of(day)][0] += quantity
    for each in held["outbound_tasks"].values():
        months[work.month_of(each.get("shipped_on"))][1] += each.get("shipped_quantity", 0)
    planned = plans_over(held, today)
    by_day = {(product, work.month_of(period)) for product, period in planned if period != work.month_of(period)}
    for (product, period), quantity in planned.items():
        if period != work.month_of(period) or (product, period) not in by_day:
            months[work.month_of(period)][2] += quantity
            months[work.month_of(period)][3] += stored.get((product, period), 0)
    return [
        [month, come, gone, work.share(as_planned, plan)]
        for month, (come, gone, plan, as_planned) in sorted(months.items())
        if month
    ]


_SAID_DIFFERS = Localized("到货单 {ordered}，实收 {value}", "{ordered} on the order, {value} received")
_SAID_OVERDRAWN = Localized("{product} 出库比入库多 {value}", "{product}: {value} more shipped than stored")
DIFFERS = warning(
    "arrivals.differs",
    _SAID_DIFFERS,
    FIX,
    _unlike("inbound_tasks", "stored_quantity", "arrival_quantity", "clearing"),
)
_WHY_LESS = Localized(
    "核对单据和实物：数量写错的在总表中改正，确实不同的选“知道了”；以后出库时写明差异说明",
    "Check papers and goods: correct a wrong quantity in the master, note a right one; say why when it is shipped",
)
_SAID_UNLIKE = Localized("提货单 {ordered}，实发 {value}", "{ordered} on the order, {value} shipped")
UNLIKE = warning(
    "arrivals.shipped_differs",
    _SAID_UNLIKE,
    _WHY_LESS,
    _unlike("outbound_tasks", "shipped_quantity", "pick_quantity", "ship_reason", at_most=True),
)
_SAID_NOT_COME = Localized(
    "{product} 预计 {value} 到货，还没有到", "{product} was expected on {value} and has not come"
)
_ASK_FOR_IT = Localized("催问到货情况，改预计到货日期；不来的与供方核销", "Ask about it and give a new day")
NOT_COME = warning("arrivals.not_come", _SAID_NOT_COME, _ASK_FOR_IT, _not_come)
TOO_MUCH = warning(
    "arrivals.too_much",
    Localized(
        "提货单要 {product} {value}，现有和当天前到货的只有 {left}",
        "{value} of {product} are ordered, {left} are there or will have come by then",
    ),
    Localized("与客户商定数量或改期；数量写错的更正", "Agree on another quantity or day, or correct the order"),
    _too_much,
)
OVERDRAWN = warning("arrivals.overdrawn", _SAID_OVERDRAWN, FIX, _overdrawn)


_HELD_BACK = (("pickup_state", (forms.AT_SEA.code, forms.HELD_UP.code)),)
"""What was ready when it was announced, and is not after all."""
_NOT_TO_BE_HAD = Localized(
    "提货状态是“{pickup_state}”，可提货以后再按实收入库",
    "It is “{pickup_state}”: nothing is taken in before it can be picked up",
)


# fmt: off
PROCEDURE = Procedure(
    "arrivals_and_pickups", Localized("入库出库", "Arrivals and pick-ups"),
    about=Localized("到货单成入库任务，提货单成出库任务，数量与计划核对",
                "Arrival orders become inbound tasks, pick-up orders outbound ones; quantities are held against the plan"),
    roles=(KEEPER, PLANNER, HEAD),
    registers=(
        PLANS, PHONE_RECORDS,
        Register(
            "inbound_tasks", Localized("入库任务", "Inbound tasks"), manager=HEAD.code, told=("arrival_quantity", "expected_on"),
            derived=(Derived(Field("store_by", Localized("入库期限", "Store by"), Kind.DATE), _store_by),),
            forms=tuple(map(describe, (forms.ArrivalOrder, forms.StoredGoods, forms.Cleared))),
            states=(NOT_READY, TO_STORE, TO_CLEAR, STORED),
            stages=(
                Stage("tell_arrival", Localized("到货通知", "Tell"), PLANNER.code, "arrival_order", expects_role=True, transitions=(Transition(NOT_READY.code),)),
                Stage(
                    "wait_ready", Localized("等待可提", "Wait"), HEAD.code, state=NOT_READY.code,
                    transitions=(Transition(TO_STORE.code, known=(("pickup_state", (forms.READY.code,)),)),),
                ),
                Stage(
                    "store_goods", Localized("入库", "Store"), KEEPER.code, "stored_goods", TO_STORE.code, days=1, due_by="store_by",
                    spread=True, strict=True, task=Localized("清点入库，与到货单不符的写明差异", "Count and store; say what differs"),
                    against=(Against("stored_quantity", Comparison.SAME, "arrival_quantity", (("store_check", (forms.AS_ORDERED.code,)),)),),
                    transitions=(Transition(NOT_READY.code, known=_HELD_BACK, by_itself=True),
                                 *fields.decided("store_check", STORED, TO_CLEAR, forms.AS_ORDERED, forms.NOT_AS_ORDERED, calls=True)),
                ),
                Stage(
                    "clear_arrival", Localized("差异处理", "Clear"), PLANNER.code, "arrival_cleared", TO_CLEAR.code, days=2, against=(Against("refill_on", Comparison.NOT_BEFORE, "stored_on"),),
                    spread=True, task=Localized("查清差异：按实收入库，或补齐后再入库", "Clear the difference"),
                    transitions=(Transition("", when=(("clearing_way", (forms.ACCEPTED.code,)),), known=_HELD_BACK, why=_NOT_TO_BE_HAD),
                                 *fields.decided("clearing_way", STORED, TO_STORE, forms.ACCEPTED, forms.STORED_AGAIN, back=False)),
                ),
            ),
            count_by=("load_kind", "pickup_state"), refers=(RECORDED,),
            looks_at=("production_plans", "outbound_tasks"), watches=(DIFFERS, NOT_COME, telling.done_before_day("arrivals.stored_early", "inbound_tasks", "store_by", "stored_on", HEAD.code, (TO_STORE.code,))),
            statistics=(
                Statistic(
                    "goods_by_month", Localized("出入库按月", "Goods by month"), Localized("月份", "Month"),
                    (Measure(Localized("入库", "Stored"), Kind.NUMBER), Measure(Localized("出库", "Shipped"), Kind.NUMBER),
                     work.rate("计划完成", "Of the plan")),
                    _by_month,
                ),
            ),
        ),
        Register(
            "outbound_tasks", Localized("出库任务", "Outbound tasks"), manager=HEAD.code, told=("pick_quantity",),
            forms=(describe(forms.PickOrder), describe(forms.Shipped)), states=(TO_SHIP, SHIPPED),
            stages=(
                Stage("take_pick_order", Localized("提货登记", "List"), PLANNER.code, "pick_order", expects_role=True, transitions=(Transition(TO_SHIP.code),)),
                Stage(
                    "ship_goods", Localized("出库", "Ship"), KEEPER.code, "shipped_goods", TO_SHIP.code, days=1, due_by="pick_on",
                    spread=True, strict=True, transitions=(Transition(SHIPPED.code),), task=Localized("按提货单出库", "Ship by the order"),
                ),
            ),
            refers=(RECORDED,), looks_at=("inbound_tasks",),
            watches=(UNLIKE, OVERDRAWN, TOO_MUCH, telling.done_before_day("arrivals.shipped_early", "outbound_tasks", "pick_on", "shipped_on", HEAD.code)),
        ),
    ),
)
