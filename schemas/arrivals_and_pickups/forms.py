"""The forms of arrivals and pick-ups: orders, what was stored and shipped."""

from __future__ import annotations

from schemas.announced.forms import by_phone, phone_record, product
from schemas.language import FieldRole, Kind, Localized, Option, checks, fields
from schemas.language.model import Date, FormModel, Number, Text, field, form

CONTAINER = Option("container", Localized("集装箱", "Container"), ("货柜",))
CASE = Option("case", Localized("CASE", "CASE"), ("散箱", "拼箱"))
LP = Option("lp", Localized("LP", "LP"), ("LP件", "国产件", "国产零配件"))
READY = Option("ready", Localized("可提货", "Ready"), ("已放行",))
AT_SEA = Option("at_sea", Localized("未到港", "Not arrived"), ("在途",))
HELD_UP = Option("held_up", Localized("查验中", "Held up"), ("待查验",))
AS_ORDERED = Option("as_ordered", Localized("相符", "As ordered"), ("一致",))
ACCEPTED = Option("accepted_as_come", Localized("按实收入库", "Taken as it came"), ("按实收数量入库",))
STORED_AGAIN = Option("stored_again", Localized("补齐后再入库", "Stored anew once complete"), ("再入库", "补发后入库"))
NOT_AS_ORDERED = Option("not_as_ordered", Localized("不符", "Not as ordered"), ("有差异",))


class ArrivalOrder(
    FormModel,
    form=form(
        "arrival_order",
        "到货通知单",
        "Arrival order",
        titles=("到货单", "集装箱到货通知单", "集装箱到货单", "CASE到货单", "LP件到货单"),
    ),
):
    arrival_no: Text = fields.number("到货单号", "Arrival No", "RK20261103", aliases=("入库单号",))
    load_kind: Text = field(
        "装载方式",
        "Load",
        aliases=("装运方式", "装货方式", "包装方式", "运输方式"),
        required=True,
        options=(CONTAINER, CASE, LP),
    )
    pickup_state: Text = field("提货状态", "Pick-up state", required=True, options=(READY, AT_SEA, HELD_UP))
    arrival_product: Text = product()
    arrival_quantity: Number = fields.amount(
        "到货数量", "Quantity", aliases=("预计到货数量", "预到数量", "应到数量"), example="120", gt=0
    )
    arrival_told_on: Date = fields.day("开单日期", "Made out on", trends=True, means=FieldRole.CAME_ON)
    expected_on: Date = fields.day("预计到货日期", "Expected on")
    by_phone: Text = by_phone()
    phone_record_no: Text = phone_record()
    comes_later = checks.in_order("arrival_told_on", "expected_on", trends=True)
    arrival_by: Text = fields.filled_by("到货通知人", "Told by")


class StoredGoods(FormModel, form=form("stored_goods", "入库记录表", "Goods stored")):
    arrival_no: Text = fields.number("到货单号", "Arrival No", "RK20261103")
    store_check: Text = field("入库核对", "Checked", required=True, options=(AS_ORDERED, NOT_AS_ORDERED))
    store_reason: Text = fields.reason("入库差异说明", "What differs", "store_check", NOT_AS_ORDERED.code)
    stored_quantity: Number = fields.amount("实收数量", "Received", example="120")
    stored_on: Date = fields.done_on("入库日期", "Stored on")
    stored_by: Text = fields.done_by("入库人", "Stored by")


class Cleared(FormModel, form=form("arrival_cleared", "到货差异处理表", "Difference cleared")):
    arrival_no: Text = fields.number("到货单号", "Arrival No", "RK20261103")
    clearing_way: Text = field("差异处理方式", "How it goes on", required=True, options=(ACCEPTED, STORED_AGAIN))
    refill_on: Date = field("补货到货日期", "The rest comes on", kind=Kind.DATE, required_when={"clearing_way": (STORED_AGAIN.code,)}, example="2026-11-10")  # fmt: skip
    clearing: Text = fields.text("差异处理结果", "How it was cleared", "供方补发 2 箱")
    cleared_by: Text = fields.done_by("差异处理人", "Cleared by")


class PickOrder(FormModel, form=form("pick_order", "客户提货单", "Pick-up order", titles=("CASE提货单", "LP提货单"))):
    pick_no: Text = fields.number("提货单号", "Pick-up No", "CK20261104", aliases=("出库单号",))
    pick_customer: Text = fields.text("提货客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    pick_product: Text = product()
    pick_quantity: Number = fields.amount(
        "提货数量", "Quantity", aliases=("计划提货数量", "申请提货数量"), example="20", gt=0
    )
    pick_listed_on: Date = fields.day("开单日期", "Made out on", trends=True, means=FieldRole.CAME_ON)
    pick_on: Date = fields.day("提货日期", "On", aliases=("预计提货日期", "计划提货日期", "约定提货日期"))
    delivery_state: Text = fields.text("配送状态", "Delivery", "自提")
    by_phone: Text = by_phone()
    phone_record_no: Text = phone_record()
    pick_by: Text = fields.filled_by("提货登记人", "Listed by")

    picked_up_later = checks.in_order("pick_listed_on", "pick_on", trends=True)


class Shipped(FormModel, form=form("shipped_goods", "出库记录表", "Goods shipped")):
    pick_no: Text = fields.number("提货单号", "Pick-up No", "CK20261104")
    shipped_quantity: Number = fields.amount("实发数量", "Shipped", example="20")
    ship_reason: Text = field("出库差异说明", "Why it differs", example="破损 2 箱")
    shipped_on: Date = fields.done_on("出库日期", "Shipped on")
    shipped_by: Text = fields.done_by("出库人", "Shipped by")
