"""The forms of relationship expenses: requests, the lines and the summary of a month, three signatures, the payment."""

from __future__ import annotations


from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, field, form, row_rule
from schemas.language.work import NO, YES
from schemas.language.workdays import workday_after

# fmt: off


MOST_ADVANCED = 3000
"""Yuan that one person may have in advance: 第三条 2."""
SPOT_CHECKS, PAID_FROM = 3, 9
"""Customers of a month that are asked, and the working day of the next month from which it is paid: 第三条 2."""

SPECIAL = Option("special_fee", Localized("新客户特殊费用", "Special fee for a new customer"), ("特殊费用",))
GIFT = Option("gift", Localized("赠送礼品", "Gift"), ("礼品", "礼品预算"))
ADVANCE = Option("advance", Localized("预支", "Advance"), ("借支", "预支费用"))

AFTER_CONTRACT = Rule(
    "expenses.after_contract", Severity.ERROR, Localized("合同签订以后才申请的特殊费用不予受理", "A special fee asked for after the contract was signed is refused"),
    Localized("特殊费用须在合同签订前申请；日期写错的改正日期", "Ask before signing; correct the day where it is wrong"))
TOO_MUCH = Rule(
    "expenses.advance", Severity.ERROR, Localized("预支“{value}”元超过每人 3000 元的上限", "An advance of {value} yuan is more than the 3,000 of one person"),
    Localized("减到 3000 元以内", "Ask for 3,000 at the most"), "3500")
TOO_EARLY = Rule(
    "expenses.too_early", Severity.ERROR, Localized("次月第 9 个工作日才开始付款", "Paid from the 9th working day of the next month on"),
    Localized("到期再付；日期写错的改正日期", "Pay when the day has come; correct the day where it is wrong"))
CONFIRMED, DENIED = (Option("spot_confirmed", Localized("属实", "Confirmed")), Option("spot_denied", Localized("不符", "Denied")))
_PAID = ("是否收到货款", "货款是否到账", "货款到账", "是否回款", "是否到账", "是否收款", "货款是否收回", "货款是否结清", "货款是否已收", "是否已收货款", "货款收到否", "货款是否收讫", "货款是否到位", "货款是否付清", "款项是否到账", "是否到款", "是否结清", "收款情况", "货款回收情况")
_NO = ("申请编号", "Request No", "FY261101")


class Request(FormModel, form=form("expense_request", "客户费用申请表", "Request for an expense", titles=("新客户特殊费用申请表", "赠送礼品预算申请表", "费用预支申请表"))):
    request_no: Text = fields.number(*_NO, given=True)
    expense_kind: Text = field("费用类别", "Kind of expense", required=True, options=(SPECIAL, GIFT, ADVANCE))
    expense_customer: Text = fields.text("费用客户", "For customer", "惠民超市", kind=Kind.CODE, names="customers", aliases=("费用所属客户", "受益客户", "受赠客户", "费用使用客户"), means=FieldRole.TITLE)
    requested_amount: Number = fields.amount("申请金额", "Amount")
    expense_use: Text = fields.text("费用用途", "What for", "开业赞助", aliases=("费用说明", "费用使用说明", "申请说明"))
    requested_on: Date = fields.day("申请日期", "Requested on", trends=True, means=FieldRole.CAME_ON)
    contract_on: Date = fields.day("合同签订日期", "Contract signed on", required=False, example="")
    requested_by: Text = fields.filled_by("费用申请人", "Requested by")

    @row_rule(AFTER_CONTRACT, at="contract_on")
    def before_the_contract(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A special fee is asked for before the contract is signed."""
        return ~((frame["expense_kind"] == SPECIAL.code) & (frame["contract_on"] < frame["requested_on"]))

    @row_rule(TOO_MUCH, at="requested_amount")
    def within_the_limit(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """An advance stays within what one person may have."""
        return ~((frame["expense_kind"] == ADVANCE.code) & (frame["requested_amount"] > MOST_ADVANCED))


class Grant(FormModel, form=form("expense_grant", "客户费用审批表", "Decision on an expense")):
    request_no: Text = fields.number(*_NO)
    expense_answer: Text = fields.decision("费用审批结论", "Decision")
    grant_reason: Text = fields.reason("费用审批意见", "Remark", "expense_answer")
    granted_by: Text = fields.done_by("费用审批人", "Decided by", "孙总")
    granted_on: Date = fields.done_on("费用审批日期", "Decided on")


class AdvanceSettlement(FormModel, form=form("advance_settlement", "预支核销表", "Settlement of an advance")):
    request_no: Text = fields.number(*_NO)
    settled_amount: Number = fields.amount("核销金额", "Settled amount", help=Localized("累计核销的金额", "All that was settled"))
    given_back: Number = fields.amount("还回金额", "Given back", required=False)
    settled_on: Date = fields.done_on("核销日期", "Settled on")
    settled_by: Text = fields.done_by("核销人", "Settled by")


class ExpenseLine(FormModel, form=form("expense_line", "月客户采购及费用统计表", "Purchases and expenses of a month")):
    line_no: Text = fields.number("费用行号", "Expense No", "2026-10-惠民超市", given=True)
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, required=True, tests=[checks.not_future()], example="2026-10")
    line_customer: Text = fields.text("采购客户", "Customer", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE)
    purchases: Number = fields.amount("采购金额", "Purchases")
    payment_received: Text = field("货款是否收到", "Payment received", aliases=_PAID, required=True, options=(YES, NO))
    line_expense: Number = fields.amount("维护费用", "Expense", example="120", aliases=("费用", "费用金额", "客情费用", "客户维护费"))
    line_by: Text = fields.filled_by("统计人", "Listed by")


class _OfMonth(FormModel):
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, key=True, example="2026-10")


class ExpenseMonth(_OfMonth, form=form("expense_month_sheet", "费用月份", "Month of expenses")):  # the program opens it
    month_remark: Text = field("月份备注", "Remark on the month")


class Summary(_OfMonth, form=form("expense_summary", "月客户费用汇总表", "Summary of a month")):
    customers_counted: WholeNumber = field("费用户数", "Customers", kind=Kind.INTEGER, required=True, ge=0, example="12")
    month_total: Number = fields.amount("费用合计", "Total of expenses")
    summed_by: Text = fields.done_by("汇总人", "Summed up by")


class ClerkCheck(_OfMonth, form=form("expense_clerk_check", "费用经办核对表", "Clerk's check")):
    clerk_check: Text = fields.decision("经办核对结论", "Clerk's answer")
    clerk_reason: Text = fields.reason("经办核对意见", "Remark", "clerk_check")
    clerk_signed: Text = fields.done_by("经办签字", "Clerk signed")


class SalesCheck(_OfMonth, form=form("expense_sales_check", "费用销售主管审核表", "Sales head's check")):
    sales_check: Text = fields.decision("销售审核结论", "Sales head's answer")
    sales_reason: Text = fields.reason("销售审核意见", "Remark", "sales_check")
    sales_signed: Text = fields.done_by("销售主管签字", "Sales head signed")


class FinanceCheck(_OfMonth, form=form("expense_finance_check", "费用财务审核表", "Finance's check")):
    finance_check: Text = fields.decision("财务审核结论", "Finance's answer")
    finance_reason: Text = fields.reason("财务审核意见", "Remark", "finance_check")
    finance_signed: Text = fields.done_by("财务签字", "Finance signed")


class Payment(_OfMonth, form=form("expense_payment", "客户费用付款表", "Payment of expenses")):
    paid_amount: Number = fields.amount("付款金额", "Paid")
    paid_on: Date = fields.done_on("付款日期", "Paid on", example="2026-11-12")
    paid_by: Text = fields.done_by("付款人", "Paid by")

    @row_rule(TOO_EARLY, at="paid_on")
    def from_the_ninth(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A month is paid from a working day of the next one on."""
        import pandas as pd

        first = frame["expense_month"].map(lambda month: pd.Timestamp(workday_after(month, PAID_FROM)), na_action="ignore")
        return ~(pd.to_datetime(frame["paid_on"]) < pd.to_datetime(first))


class SpotCheckDue(FormModel, form=form("expense_spot_due", "费用抽查任务", "Spot check")):  # the program opens it
    spot_no: Text = fields.number("抽查编号", "Spot check No", "2026-10-惠民超市")
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, example="2026-10")
    spot_customer: Text = field("抽查客户", "Customer asked", kind=Kind.CODE, means=FieldRole.TITLE)


class SpotCheck(FormModel, form=form("expense_spot_check", "费用抽查记录表", "Record of a spot check")):
    spot_no: Text = fields.number("抽查编号", "Spot check No", "2026-10-惠民超市")
    spot_answer: Text = field("抽查结果", "Result", required=True, options=(CONFIRMED, DENIED))
    spot_note: Text = fields.reason("不符情况", "What was denied", "spot_answer", DENIED.code)
    spot_on: Date = fields.done_on("抽查日期", "Asked on")
    spot_by: Text = fields.done_by("抽查人", "Asked by")
