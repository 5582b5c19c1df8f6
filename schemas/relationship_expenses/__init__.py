"""客户关系维护费: what is spent on keeping customers is asked for before, listed by month, signed three times, then paid.

``manual.toml`` says what the manual gives: what is asked for before, the working days of a month, the signatures, the
limit of an advance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.expense_requests import CLERK, GRANTED, REQUESTS
from schemas.expense_requests.forms import GIFT
from schemas.language import Against, Field, Comparison, Kind, Localized, Option, Procedure, Register, Sealed, Stage, State, Transition, Values, fields, telling, work  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import YES, CreatedRecord, Derived, FigureRows, RecordView, RegisterView, Seen, warning
from schemas.relationship_expenses import forms
from schemas.roster.roles import FINANCE, SALES_HEAD

# fmt: off

LISTED, TO_SUM = State("listed", Localized("已统计", "Listed"), final=True), State("to_sum", Localized("待汇总", "To sum up"))
TO_CHECK, AT_SALES = State("to_check", Localized("待经办核对", "With the clerk")), State("at_sales", Localized("待销售主管审核", "With the sales head"))
AT_FINANCE, TO_PAY = State("at_finance", Localized("待财务审核", "With finance")), State("to_pay", Localized("待付款", "To pay"))
PAID, TO_ASK = State("paid", Localized("已付款", "Paid"), final=True), State("spot_to_ask", Localized("待抽查", "To ask"))
ASKED = State("spot_asked", Localized("已抽查", "Asked"), final=True)

_YUAN, _HOUSES = Localized("元", "yuan"), Localized("户", "customers")
COUNTED = Field("expense_counted_in", Localized("计入月份", "Counts in"), Kind.MONTH)


def _counted(line: RecordView) -> str:
    """The month that a line counts in: its own, or a later one where that was signed before the line came."""
    return str(line.get(COUNTED.code) or line.values["expense_month"])


def _earned(line: RecordView) -> bool:
    """Whether its expense may be paid: something was sold, and the money for it has come (第一条 3)."""
    return bool(line.get("payment_received") == YES.code and line.get("purchases", 0) > 0)


def _fees(held: RegisterView) -> Iterator[tuple[str, str, float]]:
    """Special fees and gifts that were granted: month, the month in which they may be paid ("" as yet), amount. A special
    fee waits for the customer's money.
    """
    for each in held["expense_requests"].values():
        if each.state == GRANTED.code:
            month = work.month_of(each.values["granted_on"])
            lines = held.holding("expense_lines", "line_customer", each.values["expense_customer"])
            paid = [_counted(one) for one in lines if _earned(one)]
            later = min((one for one in paid if one >= month), default="")
            due = month if each.get("expense_kind") == GIFT.code else later
            yield month, due, each.values["requested_amount"]


def _fees_of(values: Values, held: RegisterView, today: date) -> float:
    return float(sum(amount for month, _, amount in _fees(held) if month == values["expense_month"]))


def _payable(values: Values, held: RegisterView, today: date) -> float:
    lines = held.holding("expense_lines", COUNTED.code, values["expense_month"])
    fees = sum(amount for _, due, amount in _fees(held) if due == values["expense_month"])
    return float(fees + sum(each.values["line_expense"] for each in lines if _earned(each)))


def _lines_total(values: Values, held: RegisterView, today: date) -> float:
    return _listed(held).get(values["expense_month"], 0)


def _months(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The months that are over in which something was used, or became payable."""
    months = {_counted(each) for each in held["expense_lines"].values()}
    months |= {month for fee in _fees(held) for month in fee[:2] if month}
    yield from (CreatedRecord(month, {}) for month in sorted(months) if month < work.month_of(today))


def _spot_checks(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """Three customers of each month that was paid, drawn once."""
    for month, each in held["expense_months"].items():
        if each.state == PAID.code:
            lines = held.holding("expense_lines", COUNTED.code, month)
            paid = {one.values["line_customer"] for one in lines if _earned(one)}
            known = [one.values["spot_customer"] for one in held.holding("expense_spot_checks", "expense_month", month)]
            for customer in known or sorted(paid, key=lambda name: work.lot(name, month))[: forms.SPOT_CHECKS]:
                yield CreatedRecord(f"{month}-{customer}", {"expense_month": month, "spot_customer": customer})


def _listed(held: RegisterView) -> dict[str, float]:
    """What the lines of each month add up to."""
    totals: dict[str, float] = defaultdict(float)
    for each in held["expense_lines"].values():
        totals[_counted(each)] += each.values["line_expense"]
    return totals


def _differing(held: RegisterView, today: date) -> Iterator[Seen]:
    totals, counted = _listed(held), Counter(map(_counted, held["expense_lines"].values()))
    for key, month in held["expense_months"].items():
        for code, lines, unit in (("month_total", totals[key], _YUAN), ("customers_counted", counted[key], _HOUSES)):
            said = month.get(code)
            if said is not None and abs(said - lines) >= 0.01:
                yield Seen(key, code, f"{said:.15g}", details={"lines": f"{lines:.15g}", "unit": unit})


def _overpaid(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, month in held["expense_months"].items():
        if month.get("paid_amount", 0) > month.get("payable_amount", 0):
            details = {"payable": f"{month.get('payable_amount', 0):.15g}"}
            yield Seen(key, "paid_amount", f"{month.values['paid_amount']:.15g}", FINANCE.code, details)


def _own_checks(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months whose first check was signed by who had summed them up: told to who signs next, while it lies there."""
    for key, month in held["expense_months"].items():
        if month.state == AT_SALES.code and month.get("clerk_signed") == month.get("summed_by"):
            yield Seen(key, "clerk_signed", str(month.get("clerk_signed")), SALES_HEAD.code)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    listed, months = _listed(held), held["expense_months"]
    return [[month, listed.get(month, 0), months[month].get("payable_amount"), months[month].get("paid_amount")] for month in work.months_back(today, 12) if month in months]


def _check(code: str, zh: str, en: str, role: Option, at: State, to: State, answer: str) -> Stage:
    """One of the three signatures: nobody signs for what he has summed up."""
    return Stage(
        f"expense_{code}_stage", Localized(zh, en), role.code, f"expense_{code}_check", at.code, by_workday=8, strict=True,
        not_by=() if role is CLERK else ("summed_by",), transitions=fields.decided(answer, to, TO_SUM),
        task=Localized("次月第 8 个工作日前审核签字，退回的写明原因", "Check and sign by the 8th working day, or return it with a reason"))


LINES = Register(
    "expense_lines", Localized("月采购及费用", "Purchases and expenses"), forms=(describe(forms.ExpenseLine),), states=(LISTED,),
    stages=(Stage("list_expense", Localized("费用统计", "List"), CLERK.code, "expense_line", transitions=(Transition(LISTED.code),)),),
    numbered=work.Numbered("{expense_month}-{line_customer}"),
    sealed=Sealed("expense_months", "{expense_month}", (AT_SALES.code, AT_FINANCE.code, TO_PAY.code, PAID.code), ("line_expense",),
                  reopens=TO_CHECK.code, final=(PAID.code,), period="expense_month", counted_in=COUNTED))
MONTHS = Register(
    "expense_months", Localized("费用月报", "Months of expenses"), manager=SALES_HEAD.code, kept=True, looks_at=("expense_lines", "expense_requests"),
    opens=(work.CreatesRecords(_months),),
    forms=tuple(map(describe, (forms.ExpenseMonth, forms.Summary, forms.ClerkCheck, forms.SalesCheck, forms.FinanceCheck, forms.Payment))),
    states=(TO_SUM, TO_CHECK, AT_SALES, AT_FINANCE, TO_PAY, PAID),
    stages=(
        Stage("sum_month", Localized("费用汇总", "Sum up"), CLERK.code, "expense_summary", TO_SUM.code, by_workday=3,
            task=Localized("次月第 3 个工作日前汇总", "Sum up by the 3rd working day of the next month"), transitions=(Transition(TO_CHECK.code),)),
        _check("clerk", "经办核对", "Clerk's check", CLERK, TO_CHECK, AT_SALES, "clerk_check"),
        _check("sales", "销售审核", "Sales head's check", SALES_HEAD, AT_SALES, AT_FINANCE, "sales_check"),
        _check("finance", "财务审核", "Finance's check", FINANCE, AT_FINANCE, TO_PAY, "finance_check"),
        Stage("pay_month", Localized("费用付款", "Pay"), FINANCE.code, "expense_payment", TO_PAY.code, strict=True,
            against=(Against("paid_amount", Comparison.AT_MOST, "payable_amount"),), task=Localized("次月第 9 个工作日起付款，只付货款已收的", "Pay from the 9th working day, only where the customer has paid"),
            transitions=(Transition(PAID.code),)),
    ),
    derived=(
        Derived(Field("lines_total", Localized("各行合计", "Sum of the lines"), Kind.NUMBER), look=_lines_total),
        Derived(Field("fees_total", Localized("特殊费用及礼品", "Special fees and gifts"), Kind.NUMBER), look=_fees_of),
        Derived(Field("payable_amount", Localized("可付金额", "Payable"), Kind.NUMBER), look=_payable)),
    watches=(
        warning("expenses.differs", Localized("汇总 {value} {unit}，各行合计 {lines} {unit}，不相等", "The summary says {value} {unit}, its lines {lines}"),
            Localized("核对统计表和汇总表", "Compare the lines with the summary"), _differing),
        warning("expenses.own_check", Localized("汇总和经办核对都是{value}一人签的", "{value} has both summed up and checked"),
            Localized("逐行核对后再签字，或退回另请人核对", "Check line by line before you sign, or return it"), _own_checks),
        warning("expenses.overpaid", Localized("付款 {value} 元，货款已收的只有 {payable} 元", "{value} was paid, {payable} was payable"), Localized("追回多付的部分", "Claim back what was paid too much"), _overpaid),
    ),
    statistics=(
        work.Statistic(
            "expenses_by_month", Localized("费用按月", "Expenses by month"), Localized("月份", "Month"),
            tuple(work.Measure(Localized(*words), Kind.NUMBER) for words in (("费用", "Listed"), ("可付", "Payable"), ("已付", "Paid"))), _by_month),))
SPOT_CHECKS = Register(
    "expense_spot_checks", Localized("费用抽查", "Spot checks"), manager=SALES_HEAD.code, kept=True, looks_at=("expense_months", "expense_lines"),
    opens=(work.CreatesRecords(_spot_checks),), states=(TO_ASK, ASKED), forms=(describe(forms.SpotCheckDue), describe(forms.SpotCheck)),
    watches=(telling.bad_answer("expenses.denied", "expense_spot_checks", ("spot_answer", forms.DENIED), ("spot_customer", "spot_note"),
                                Localized("抽查不符：“{what}”{note}", "Spot check denied by “{what}”: {note}"),
                                Localized("查明这笔费用的去向，追回或补付", "Find out where it went: claim it back, or pay it"), (FINANCE.code, CLERK.code)),),
    stages=(
        Stage("ask_spot", Localized("费用抽查", "Ask the customer"), SALES_HEAD.code, "expense_spot_check", TO_ASK.code, days=5, strict=True,
            task=Localized("向抽中的客户核实是否收到", "Ask these customers whether they have received it"), transitions=(Transition(ASKED.code),)),))
PROCEDURE = Procedure(
    "relationship_expenses", Localized("客户关系维护费", "Relationship expenses"),
    about=Localized("费用事先申请，按月统计汇总，经办、销售主管、财务依次签字后付款", "Expenses are asked for before, summed up by month, signed by clerk, sales head and finance, then paid"),
    roles=(CLERK, SALES_HEAD, FINANCE), registers=(REQUESTS, LINES, MONTHS, SPOT_CHECKS))
