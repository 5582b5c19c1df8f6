"""客户关系维护费: what is spent on keeping customers is asked for before, listed by month, signed three times, then paid.

``manual.toml`` says what the manual gives: what is asked for before, the working days of a month, the signatures, the
limit of an advance. Ours: the month is summed up on the day on which its lines are due.
"""

from __future__ import annotations


from schemas import expense_signatures
from schemas.expense_lines import LINES, LISTINGS
from schemas.expense_advances import CLERK
from schemas.expense_requests import REQUESTS
from schemas.expense_spot_checks import SPOT_CHECKS
from schemas.language import Against, Comparison, Kind, Localized, Option, Procedure, Register, Sealed, Stage, State, Transition, fields, work  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import warning
from schemas.relationship_expenses import figures, forms
from schemas.roster.roles import ACCOUNT_MANAGER, FINANCE, MANAGER, SALES_HEAD

# fmt: off

TO_SUM = State("to_sum", Localized("待汇总", "To sum up"))
TO_CHECK, AT_SALES = State("to_check", Localized("待经办核对", "With the clerk")), State("at_sales", Localized("待销售主管审核", "With the sales head"))
AT_FINANCE, TO_PAY = State("at_finance", Localized("待财务审核", "With finance")), State(figures.TO_PAY, Localized("待付款", "To pay"))
PAID = State(figures.PAID, Localized("已付款", "Paid"), final=True)

_UNEQUAL = Localized(
    "费用合计 {month_total} 元，各行合计 {lines_total} 元（特殊费用及礼品 {fees_total} 元），不相等，退回重新汇总",
    "the total says {month_total}, the lines {lines_total} (fees and gifts {fees_total}): return it to be summed up anew")


_NO_MORE = Localized("汇总和各行不再相等，重新汇总签字", "the total is no longer what the lines come to: sum up and sign anew")


def _unequal(field: str, *answers: str) -> Transition:
    """Nothing is signed or paid while the total is not what the lines come to."""
    return Transition("", when=((field, answers),) if answers else (), known=(("total_is_of", (figures.DIFFERS.code,)),), why=_UNEQUAL)


def _check(code: str, zh: str, en: str, role: Option, at: State, to: State, answer: str) -> Stage:
    """One of the three signatures: nobody signs for what he has summed up."""
    return Stage(
        f"expense_{code}_stage", Localized(zh, en), role.code, f"expense_{code}_check", at.code, by_workday=8, strict=True,
        not_by=() if role is CLERK else ("summed_by",), rather_not_by=("summed_by",) if role is CLERK else (), transitions=(_unequal(answer, fields.APPROVED.code), *fields.decided(answer, to, TO_SUM)),
        task=Localized("次月第 8 个工作日前审核签字，退回的写明原因", "Check and sign by the 8th working day, or return it with a reason"))


MONTHS = Register(
    "expense_months", Localized("费用月报", "Months of expenses"), manager=SALES_HEAD.code, kept=True, looks_at=("expense_lines", "expense_requests", "expense_listings"),
    opens=(work.CreatesRecords(figures.months_to_sum),), sealed=Sealed("expense_months", "{expense_month}", (AT_SALES.code, AT_FINANCE.code, TO_PAY.code, PAID.code), ("customers_counted", "month_total"), TO_CHECK.code, final=(PAID.code,)),
    forms=tuple(map(describe, (forms.ExpenseMonth, forms.Summary, forms.ClerkCheck, forms.SalesCheck, forms.FinanceCheck, forms.Payment))),
    states=(TO_SUM, TO_CHECK, AT_SALES, AT_FINANCE, TO_PAY, PAID),
    stages=(
        Stage("sum_month", Localized("费用汇总", "Sum up"), CLERK.code, "expense_summary", TO_SUM.code, 1, by_workday=3,
            task=Localized("次月第 3 个工作日前汇总", "Sum up by the 3rd working day of the next month"), transitions=(Transition(TO_CHECK.code),)),
        _check("clerk", "经办核对", "Clerk's check", CLERK, TO_CHECK, AT_SALES, "clerk_check"),
        _check("sales", "销售审核", "Sales head's check", SALES_HEAD, AT_SALES, AT_FINANCE, "sales_check"),
        _check("finance", "财务审核", "Finance's check", FINANCE, AT_FINANCE, TO_PAY, "finance_check"),
        Stage("pay_month", Localized("费用付款", "Pay"), FINANCE.code, "expense_payment", TO_PAY.code, due_by="pay_by", strict=True,
            against=(Against("paid_amount", Comparison.AT_MOST, "payable_amount"),), task=Localized("次月第 9 个工作日起付款，只付货款已收的", "Pay from the 9th working day, only where the customer has paid"),
            transitions=(_unequal("paid_on"), Transition(TO_SUM.code, known=(("total_is_of", (figures.DIFFERS.code,)),), by_itself=True, back=True, why=_NO_MORE), Transition(PAID.code))),
    ),
    derived=(*figures.FIGURES, expense_signatures.AWAITED),
    watches=(
        figures.PAID_BEFORE,
        warning("expenses.differs", Localized("汇总 {value} {unit}，各行合计 {lines} {unit}{beside}，不相等", "The summary says {value} {unit}, its lines {lines}{beside}"),
            Localized("核对统计表和汇总表", "Compare the lines with the summary"), figures.differing),
        *expense_signatures.WATCHES,
        warning("expenses.unsigned", Localized("{month} 的汇总没有签完，其中特殊费用 {value} 元不随以后的月份兑付", "The summary of {month} lacks signatures: its special fees, {value} yuan, are not paid with a later month"),
            Localized("先把 {month} 汇总、签完；签完后转入以后的月份", "Have that month summed up and signed: then they are carried on"), figures.unsigned),
        warning("expenses.overpaid", Localized("付款 {value} 元，货款已收的只有 {payable} 元", "{value} was paid, {payable} was payable"), Localized("追回多付的部分", "Claim back what was paid too much"), figures.overpaid),
        warning("expenses.carried", Localized("已付月份还有 {value} 元没有付（货款在付款后才到，或没有付足），计入 {month} 的可付金额", "{value} yuan of months that are paid became payable afterwards: it counts in {month}"),
            Localized("知悉即可，不要在已付的月份再付", "For you to know: do not pay it in a month that is paid"), figures.carried, asks=False),
    ),
    statistics=(
        work.Statistic(
            "expenses_by_month", Localized("费用按月", "Expenses by month"), Localized("月份", "Month"),
            tuple(work.Measure(Localized(*words), Kind.NUMBER) for words in (("费用", "Listed"), ("可付", "Payable"), ("已付", "Paid"))), figures.sums_by_month),))
PROCEDURE = Procedure(
    "relationship_expenses", Localized("客户关系维护费", "Relationship expenses"),
    about=Localized("费用事先申请，按月统计汇总，经办、销售主管、财务依次签字后付款", "Expenses are asked for before, summed up by month, signed by clerk, sales head and finance, then paid"),
    roles=(CLERK, SALES_HEAD, FINANCE, ACCOUNT_MANAGER, MANAGER), registers=(REQUESTS, LINES, LISTINGS, MONTHS, SPOT_CHECKS))
