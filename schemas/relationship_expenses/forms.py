"""The forms of relationship expenses: requests, the lines and the summary of a month, three signatures, the payment."""

from __future__ import annotations


from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, field, form, row_rule
from schemas.language.work import NO, YES
from schemas.language.workdays import workday_after

# fmt: off


SPOT_CHECKS, PAID_FROM = 3, 9
"""Customers of a month that are asked, and the working day of the next month from which it is paid: 第三条 2."""

TOO_EARLY = Rule(
    "expenses.too_early", Severity.ERROR, Localized("次月第 9 个工作日才开始付款", "Paid from the 9th working day of the next month on"),
    Localized("到期再付；日期写错的改正日期", "Pay when the day has come; correct the day where it is wrong"))
NO_SALES = Rule(
    "expenses.no_sales", Severity.WARNING, Localized("没有采购却列了费用 {value} 元，不计入可付金额", "{value} yuan though nothing was bought: not payable"),
    Localized("采购金额写错的改正；确无采购的删去费用", "Correct the purchases; take the expense out where there were none"), "120")
CONFIRMED, DENIED = (Option("spot_confirmed", Localized("属实", "Confirmed")), Option("spot_denied", Localized("不符", "Denied")))
_PAID = ("是否收到货款", "货款是否到账", "货款到账", "是否回款", "是否到账", "是否收款", "货款是否收回", "货款是否结清", "货款是否已收", "是否已收货款", "货款收到否", "货款是否收讫", "货款是否到位", "货款是否付清", "款项是否到账", "是否到款", "是否结清", "收款情况", "货款回收情况")


class ExpenseLine(FormModel, form=form("expense_line", "月客户采购及费用统计表", "Purchases and expenses of a month")):
    line_no: Text = fields.number("费用行号", "Expense No", "2026-10-惠民超市", given=True)
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, required=True, tests=[checks.not_future()], example="2026-10")
    line_customer: Text = fields.text("采购客户", "Customer", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE)
    purchases: Number = fields.amount("采购金额", "Purchases")
    payment_received: Text = field("货款是否收到", "Payment received", aliases=_PAID, required=True, options=(YES, NO))
    line_expense: Number = fields.amount("维护费用", "Expense", example="120", aliases=("费用", "费用金额", "客情费用", "客户维护费"))
    line_by: Text = fields.filled_by("统计人", "Listed by")


    @row_rule(NO_SALES, at="line_expense")
    def of_something_sold(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """An expense is for something that was sold."""
        return ~((frame["purchases"] == 0) & (frame["line_expense"] > 0))


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
