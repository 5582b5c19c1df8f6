"""The forms of what is announced: plans of production, telephone records; and the fields of what comes by telephone."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, fields
from schemas.language.model import Date, FormModel, Number, Text, field, form
from schemas.language.work import NO, YES

MONTHLY = Option("monthly_plan", Localized("月计划", "Month"))
DAILY = Option("daily_plan", Localized("日计划", "Day"))
CHANGE = Option("plan_change", Localized("计划变更", "Change"), ("变更", "调整", "计划调整", "生产计划调整"))

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


def product() -> Text:
    """Return the field that tells which product."""
    return fields.text("产品型号", "Product", "P-203", kind=Kind.CODE)  # type: ignore[no-any-return]


def by_phone() -> Text:
    """Return the field that tells whether it came by telephone."""
    return field(  # type: ignore[no-any-return]
        "是否电话通知", "By telephone", aliases=_CALLED, required=True, options=(YES, NO)
    )


def phone_record() -> Text:
    """Return the field that names the record of the call."""
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
    form=form(
        "production_plan",
        "生产计划表",
        "Production plan",
        titles=("月生产计划", "日生产计划", "生产计划变更", "生产计划调整"),
    ),
):
    plan_no: Text = fields.number("计划编号", "Plan No", "P-203-2026-11-03-日计划", given=True)
    plan_kind: Text = field("计划类别", "Kind of plan", required=True, options=(MONTHLY, DAILY, CHANGE))
    plan_day: Date = fields.day("计划日期", "Day")
    plan_product: Text = product()
    plan_quantity: Number = fields.amount("计划数量", "Quantity", example="120")
    by_phone: Text = by_phone()
    phone_record_no: Text = phone_record()


class PhoneRecord(FormModel, form=form("phone_record", "电话记录单", "Telephone record")):
    phone_record_no: Text = fields.number("电话记录编号", "Record No", "DH2611001", given=True)
    called_at: Text = fields.moment("来电时间", "Called at", "2026-11-02 09:20")
    caller: Text = fields.text("来电人", "Caller", "张三喜", means=FieldRole.TITLE)
    call_content: Text = fields.text("来电内容", "What was said", "P-203 提 20 箱")
    call_taken_by: Text = fields.filled_by("电话记录人", "Taken by")
