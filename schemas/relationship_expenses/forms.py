"""The forms of relationship expenses: the summary of a month, three signatures, the payment."""

from __future__ import annotations

from schemas.language import Kind, Localized, Rule, Severity, fields
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, field, form, row_rule
from schemas.language.workdays import workday_after

# fmt: off

PAID_FROM = 9
"""The working day of the next month from which it is paid: 第三条 2."""

TOO_EARLY = Rule(
    "expenses.too_early", Severity.ERROR, Localized("次月第 9 个工作日才开始付款", "Paid from the 9th working day of the next month on"),
    Localized("到期再付；日期写错的改正日期", "Pay when the day has come; correct the day where it is wrong"))


class _OfMonth(FormModel):
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, key=True, example="2026-10")


class ExpenseMonth(_OfMonth, form=form("expense_month_sheet", "费用月份", "Month of expenses")):  # the program opens it
    month_remark: Text = field("月份备注", "Remark on the month")


class Summary(_OfMonth, form=form("expense_summary", "月客户费用汇总表", "Summary of a month")):
    customers_counted: WholeNumber = field("费用户数", "Customers", kind=Kind.INTEGER, required=True, ge=0, example="12")
    month_total: Number = field("费用合计", "Total of expenses", kind=Kind.NUMBER, required=True, example="1200", help=Localized("各行合计，或连特殊费用及礼品", "Of the lines, or with special fees and gifts"))
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
