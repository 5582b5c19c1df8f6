"""The forms of spot checks: what the program draws, what the customer said, what a denial turned out to be."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, fields
from schemas.language.model import Date, FormModel, Number, Text, field, form, row_rule

CONFIRMED = Option("spot_confirmed", Localized("属实", "Confirmed"))
DENIED = Option("spot_denied", Localized("不符", "Denied"))
PAID_AFTER = Option("spot_paid_after", Localized("已补付", "Paid afterwards"))
CLAIMED_BACK = Option("spot_claimed_back", Localized("已追回", "Claimed back"))
RECEIVED = Option("spot_received", Localized("确已收到", "Received after all"))

NO_AMOUNT = Rule(
    "expenses.spot_amount",
    Severity.ERROR,
    Localized("已补付或已追回，金额却是“{value}”", "Paid or claimed back, and the amount is {value}"),
    Localized(
        "写明补付或追回的金额；客户确已收到的，查实结果选“确已收到”",
        "Say how much; where the customer has it after all, say so",
    ),
)
_MOVED = (PAID_AFTER.code, CLAIMED_BACK.code)
_NO = ("抽查编号", "Spot check No", "2026-10-惠民超市")


class SpotCheckDue(FormModel, form=form("expense_spot_due", "费用抽查任务", "Spot check")):  # the program opens it
    spot_no: Text = fields.number(*_NO)
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, example="2026-10")
    spot_customer: Text = field("抽查客户", "Customer asked", kind=Kind.CODE, means=FieldRole.TITLE)
    spot_of: Text = field("经手代表", "Listed by")
    spot_paid_on: Date = field("兑付日期", "Paid on", kind=Kind.DATE)


class SpotCheck(FormModel, form=form("expense_spot_check", "费用抽查记录表", "Record of a spot check")):
    spot_no: Text = fields.number(*_NO)
    spot_answer: Text = field("抽查结果", "Result", required=True, options=(CONFIRMED, DENIED))
    spot_note: Text = fields.reason("不符情况", "What was denied", "spot_answer", DENIED.code)
    spot_on: Date = fields.done_on("抽查日期", "Asked on")
    spot_by: Text = fields.done_by("抽查人", "Asked by")


class SpotCleared(FormModel, form=form("expense_spot_cleared", "费用抽查查实表", "What a denial turned out to be")):
    spot_no: Text = fields.number(*_NO)
    spot_outcome: Text = field(
        "查实结果", "Outcome", required=True, options=(PAID_AFTER, CLAIMED_BACK, RECEIVED), example=PAID_AFTER.words.zh
    )
    spot_amount: Number = fields.amount(
        "补付或追回金额", "Paid or claimed back", required=False, required_when={"spot_outcome": _MOVED}, example="100"
    )
    spot_found: Text = fields.text("查实情况", "What was found", "代表少付 100 元，已补付")
    cleared_on: Date = fields.done_on("查实日期", "Cleared on")
    cleared_by: Text = fields.done_by("查实人", "Cleared by", "孙强")

    @row_rule(NO_AMOUNT, at="spot_amount")
    def says_how_much(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """Money that went either way has an amount."""
        return ~(frame["spot_outcome"].isin(_MOVED) & (frame["spot_amount"] == 0))
