"""The forms of arrivals and pick-ups: plans, orders, telephone records, what was stored and shipped."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, fields
from schemas.language.model import Date, FormModel, Number, Text, field, form
from schemas.language.work import NO, YES

MONTHLY = Option("monthly_plan", Localized("月计划", "Month"))
DAILY = Option("daily_plan", Localized("日计划", "Day"))
CHANGE = Option("plan_change", Localized("计划变更", "Change"), ("变更",))
CONTAINER = Option("container", Localized("集装箱", "Container"), ("货柜",))
CASE = Option("case", Localized("CASE", "CASE"), ("散箱",))
LP = Option("lp", Localized("LP", "LP"), ("托盘",))
READY = Option("ready", Localized("可提货", "Ready"), ("已放行",))
AT_SEA = Option("at_sea", Localized("未到港", "Not arrived"), ("在途",))
HELD_UP = Option("held_up", Localized("查验中", "Held up"), ("待查验",))
AS_ORDERED = Option("as_ordered", Localized("相符", "As ordered"), ("一致",))
NOT_AS_ORDERED = Option("not_as_ordered", Localized("不符", "Not as ordered"), ("有差异",))


_CALLED = (
    "电话通知",
    "是否为电话通知",
    "是否电话告知",
    "是否电话联系",
    "是否用电话通知",
    "是否电话通知过",
    "电话通知与否",
    "是否已电话通知",
)


_RECORDS = ("电话记录单号", "电话记录单", "电话记录", "来电记录编号", "电话登记编号", "电话单号", "电话记录序号")


def _product() -> Text:
    return fields.text("产品型号", "Product", "P-203", kind=Kind.CODE)  # type: ignore[no-any-return]


def _by_phone() -> Text:
    return field("是否电话通知", "By telephone", aliases=_CALLED, required=True, options=(YES, NO))  # type: ignore[no-any-return]


def _phone_record() -> Text:
    needed = {"by_phone": (YES.code,)}
    help = Localized("电话通知的，先填电话记录单", "An order by telephone needs its record first")
    return field(  # type: ignore[no-any-return]
        "电话记录编号",
        "Telephone record",
        aliases=_RECORDS,
        kind=Kind.CODE,
        required_when=needed,
        example="DH2611001",
        help=help,
    )


class DeliveryPlan(
    FormModel,
    form=form("production_plan", "生产计划表", "Production plan", titles=("月生产计划", "日生产计划", "生产计划变更")),
):
    plan_no: Text = fields.number("计划编号", "Plan No", "P-203-2026-11-03-日计划", given=True)
    plan_kind: Text = field("计划类别", "Kind of plan", required=True, options=(MONTHLY, DAILY, CHANGE))
    plan_day: Date = fields.day("计划日期", "Day")
    plan_product: Text = _product()
    plan_quantity: Number = fields.amount("计划数量", "Quantity", example="120")


class PhoneRecord(FormModel, form=form("phone_record", "电话记录单", "Telephone record")):
    phone_record_no: Text = fields.number("电话记录编号", "Record No", "DH2611001", given=True)
    called_at: Text = fields.moment("来电时间", "Called at", "2026-11-02 09:20")
    caller: Text = fields.text("来电人", "Caller", "张三喜", means=FieldRole.TITLE)
    call_content: Text = fields.text("来电内容", "What was said", "P-203 提 20 箱")
    call_taken_by: Text = fields.filled_by("电话记录人", "Taken by")


class ArrivalOrder(
    FormModel, form=form("arrival_order", "到货通知单", "Arrival order", titles=("到货单", "集装箱到货通知单"))
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
    arrival_product: Text = _product()
    arrival_quantity: Number = fields.amount(
        "到货数量", "Quantity", aliases=("预计到货数量", "预到数量", "应到数量"), example="120"
    )
    expected_on: Date = fields.day("预计到货日期", "Expected on")
    by_phone: Text = _by_phone()
    phone_record_no: Text = _phone_record()
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
    clearing: Text = fields.text("差异处理结果", "How it was cleared", "供方补发 2 箱")
    cleared_by: Text = fields.done_by("差异处理人", "Cleared by")


class PickOrder(FormModel, form=form("pick_order", "客户提货单", "Pick-up order")):
    pick_no: Text = fields.number("提货单号", "Pick-up No", "CK20261104", aliases=("出库单号",))
    pick_customer: Text = fields.text("提货客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    pick_product: Text = _product()
    pick_quantity: Number = fields.amount(
        "提货数量", "Quantity", aliases=("计划提货数量", "申请提货数量"), example="20"
    )
    pick_on: Date = fields.day("提货日期", "On", aliases=("预计提货日期", "计划提货日期", "约定提货日期"))
    by_phone: Text = _by_phone()
    phone_record_no: Text = _phone_record()
    pick_by: Text = fields.filled_by("提货登记人", "Listed by")


class Shipped(FormModel, form=form("shipped_goods", "出库记录表", "Goods shipped")):
    pick_no: Text = fields.number("提货单号", "Pick-up No", "CK20261104")
    shipped_quantity: Number = fields.amount("实发数量", "Shipped", example="20")
    shipped_on: Date = fields.done_on("出库日期", "Shipped on")
    shipped_by: Text = fields.done_by("出库人", "Shipped by")
