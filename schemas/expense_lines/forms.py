"""The forms of a month's lines: what each customer bought and was spent on him, and whose turn it is to list them."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Rule, Severity, checks, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, FormModel, Number, Text, field, form, row_rule
from schemas.language.work import NO, YES

# fmt: off
NO_SALES = Rule(
    "expenses.no_sales", Severity.WARNING, Localized("没有采购却列了费用 {value} 元，不计入可付金额", "{value} yuan though nothing was bought: not payable"),
    Localized("采购金额写错的改正；确无采购的删去费用；补付已付月份的，填更正月份", "Correct the purchases; take the expense out where there were none, or give the month that is paid which it mends"), "120")
MORE_THAN_SOLD = Rule(
    "expenses.more_than_sold", Severity.WARNING, Localized("维护费用 {value} 元比采购金额还多", "{value} yuan is more than was bought"),
    Localized("核对两个金额，写错的改正；确实如此的选“知道了”", "Check both amounts; note it where it is so"), "120")
BELOW_ZERO = Rule(
    "expenses.below_zero", Severity.ERROR, Localized("维护费用“{value}”是负数，没有写更正哪个月", "The expense {value} is below zero, and no month is given that it mends"),
    Localized("冲减已付月份多付的，填更正月份；否则改正金额", "Give the month that is paid which it mends, or correct the amount"), "-120")
MENDS_NONE = Rule(
    "expenses.mends_none", Severity.ERROR, Localized("更正月份“{value}”不早于费用月份", "“{value}” is not before the month of this line"),
    Localized("更正的是以前已付的月份；本月的直接改这一行", "A line mends an earlier month; what is wrong in its own is corrected in its line"))
_PAID = ("是否收到货款", "货款是否到账", "货款到账", "是否回款", "是否到账", "是否收款", "货款是否收回", "货款是否结清", "货款是否已收", "是否已收货款", "货款收到否", "货款是否收讫", "货款是否到位", "货款是否付清", "款项是否到账", "是否到款", "是否结清", "收款情况", "货款回收情况")


class ExpenseLine(FormModel, form=form("expense_line", "月客户采购及费用统计表", "Purchases and expenses of a month")):
    line_no: Text = fields.number("费用行号", "Expense No", "2026-10-惠民超市", given=True)
    expense_month: Text = field("费用月份", "Month of expenses", kind=Kind.MONTH, required=True, tests=[checks.not_future()], example="2026-10")
    line_customer: Text = fields.text("采购客户", "Customer", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE)
    purchases: Number = fields.amount("采购金额", "Purchases")
    payment_received: Text = field("货款是否收到", "Payment received", aliases=_PAID, required=True, options=(YES, NO))
    line_expense: Number = field("维护费用", "Expense", kind=Kind.NUMBER, required=True, example="120", aliases=("费用", "费用金额", "客情费用", "客户维护费"))
    line_mends: Text = field("更正月份", "Mends the month", kind=Kind.MONTH, help=Localized("补付或冲减以前已付月份的差额时填", "Where the line pays or takes back what a paid month got wrong"))
    line_by: Text = fields.filled_by("统计人", "Listed by")


    @row_rule(NO_SALES, at="line_expense")
    def of_something_sold(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """An expense is for something that was sold."""
        return ~((frame["purchases"] == 0) & (frame["line_expense"] > 0) & frame["line_mends"].isna())

    @row_rule(MORE_THAN_SOLD, at="line_expense")
    def no_more_than_sold(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """An expense is a part of what was sold."""
        return ~((frame["purchases"] > 0) & (frame["line_expense"] > frame["purchases"]) & frame["line_mends"].isna())

    @row_rule(BELOW_ZERO, at="line_expense")
    def takes_back_of_a_month(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """Only what was paid too much is taken back."""
        return ~((frame["line_expense"] < 0) & frame["line_mends"].isna())

    @row_rule(MENDS_NONE, at="line_mends")
    def mends_an_earlier_month(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A line mends a month that is over."""
        return ~(frame["line_mends"] >= frame["expense_month"])


_NO = ("费用统计编号", "Listing No", "TJ2026-10-K01")


class ListingDue(FormModel, form=form("expense_listing_due", "费用统计任务", "Expenses to list")):  # the program opens it
    listing_no: Text = fields.number(*_NO)
    listing_month: Text = field("统计月份", "Month to list", kind=Kind.MONTH)
    listing_person: Text = field("统计责任人", "To be listed by", means=FieldRole.TITLE)
    listing_due: Date = field("统计期限", "Due", kind=Kind.DATE)


class NothingToList(FormModel, form=form("expense_nothing", "本月无费用登记表", "Nothing to list")):
    listing_no: Text = fields.number(*_NO)
    nothing_why: Text = fields.text("无费用的原因", "Why there is nothing", "本月没有客户采购", help=Localized("当月内已交齐的，写“当月已交齐”", "Say so, too, where all was handed in within the month"))
    nothing_on: Date = fields.done_on("无费用登记日期", "Said on")
    nothing_by: Text = fields.done_by("无费用登记人", "Said by")


class ListingEnded(Ended, form=form("expense_listing_ended", "费用统计作废单", "Listing ended")):
    listing_no: Text = fields.number(*_NO)
