"""客户关系维护费: what is spent on keeping customers is asked for before, listed by month, signed three times, then paid.

The manual: special fees are asked for before the contract is signed; the month's statement and summary by the 3rd working
day; checked by clerk, sales head and finance in that order by the 8th, a missing signature makes it void; paid from the
9th, only for payments received; at most 3,000 yuan in advance a person; gifts likewise; nobody approves his own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language import Field, Kind, Localized, Option, Procedure, Register, Sealed, Stage, State, Transition, Values, fields, work  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatedRecord, Derived, FigureRows, RegisterView, Seen, warning
from schemas.relationship_expenses import forms
from schemas.roster.roles import FINANCE, SALES_HEAD

CLERK = Option("expense_clerk", Localized("费用专员", "Expense clerk"), ("费用经办",))
TO_GRANT = State("to_grant", Localized("待批", "To decide"))
GRANTED = State("granted", Localized("已批", "Granted"), final=True)
NOT_GRANTED = State("not_granted", Localized("未批", "Not granted"), final=True)
TO_SETTLE = State("to_settle", Localized("待核销", "To settle"))
SETTLED = State("settled", Localized("已核销", "Settled"), final=True)
LISTED = State("listed", Localized("已统计", "Listed"), final=True)
TO_SUM = State("to_sum", Localized("待汇总", "To sum up"))
TO_CHECK = State("to_check", Localized("待经办核对", "With the clerk"))
AT_SALES = State("at_sales", Localized("待销售主管审核", "With the sales head"))
AT_FINANCE = State("at_finance", Localized("待财务审核", "With finance"))
TO_PAY = State("to_pay", Localized("待付款", "To pay"))
PAID = State("paid", Localized("已付款", "Paid"), final=True)

COUNTED = Field("expense_counted_in", Localized("计入月份", "Counts in"), Kind.MONTH)
_PASSED, _BACK = (fields.APPROVED.code,), (fields.RETURNED.code,)
_ADVANCE, _OTHERS = (forms.ADVANCE.code,), (forms.SPECIAL.code, forms.GIFT.code)


def _eighth(values: Values, day: int = 8) -> str:
    year, month = map(int, str(values["expense_month"]).split("-"))
    return date(year + month // 12, month % 12 + 1, day).isoformat()


def _void(values: Values, held: RegisterView, today: date) -> str | None:
    signed = all(values.get(code) for code in ("clerk_signed", "sales_signed", "finance_signed"))
    return YES.code if not signed and today.isoformat() > _eighth(values) else None


def _open_to_pay(values: Values, held: RegisterView, today: date) -> str:
    return (YES if today.isoformat() >= _eighth(values, 9) else NO).code


def _payable(values: Values, held: RegisterView, today: date) -> float:
    lines = held.holding("expense_lines", COUNTED.code, values["expense_month"])
    return float(sum(each.values["line_expense"] for each in lines if each.get("payment_received") == YES.code))


def _months(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    last = work.month_of(today.replace(day=1) - timedelta(days=1))
    months = {str(each.get(COUNTED.code) or each.get("expense_month")) for each in held["expense_lines"].values()}
    if months or held["expense_requests"]:
        yield from (CreatedRecord(month, {}) for month in sorted({last, *(month for month in months if month <= last)}))


def _listed(held: RegisterView) -> dict[str, float]:
    """What the lines of each month add up to."""
    totals: dict[str, float] = defaultdict(float)
    for each in held["expense_lines"].values():
        totals[each.values.get(COUNTED.code) or each.values["expense_month"]] += each.values["line_expense"]
    return totals


def _differing(held: RegisterView, today: date) -> Iterator[Seen]:
    totals = _listed(held)
    for key, month in held["expense_months"].items():
        said = month.get("month_total")
        if said is not None and abs(said - totals[key]) >= 0.01:
            yield Seen(key, "month_total", f"{said:g}", details={"lines": f"{totals[key]:g}"})


def _overpaid(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, month in held["expense_months"].items():
        if month.get("paid_amount", 0) > month.get("payable_amount", 0):
            details = {"payable": f"{month.get('payable_amount', 0):g}"}
            yield Seen(key, "paid_amount", f"{month.values['paid_amount']:g}", FINANCE.code, details)


def _advanced(held: RegisterView, today: date) -> Iterator[Seen]:
    sums: dict[str, float] = defaultdict(float)
    for key, each in sorted(held["expense_requests"].items()):
        if each.state in (TO_GRANT.code, TO_SETTLE.code) and each.get("expense_kind") == forms.ADVANCE.code:
            person = each.values["requested_by"]
            sums[person] += each.values["requested_amount"]
            if sums[person] > forms.MOST_ADVANCED:
                yield Seen(key, "requested_by", person, details={"sum": f"{sums[person]:g}"})


def _by_month(held: RegisterView, today: date) -> FigureRows:
    listed, months = _listed(held), held["expense_months"]
    return [
        [month, listed.get(month, 0), months[month].get("payable_amount"), months[month].get("paid_amount")]
        for month in work.months_back(today, 12)
        if month in months
    ]


def _check(code: str, zh: str, en: str, role: Option, at: State, to: State, answer: str) -> Stage:
    """One of the three signatures: refused once the month is void, and nobody signs for what he has summed up."""
    why = Localized("8 日前签字不全，本月已作废", "Void: not signed by the 8th")
    # fmt: off
    return Stage(
        f"expense_{code}_stage", Localized(zh, en), role.code, f"expense_{code}_check", at.code, due_by="check_by",
        strict=True, not_by=() if role is CLERK else ("summed_by",),
        task=Localized("8 日前审核签字，退回的写明原因", "Check and sign by the 8th, or return it with a reason"),
        transitions=(
            Transition("", known=(("void", (YES.code,)),), why=why),
            *fields.decided(answer, to, TO_SUM),
        ),
    )
    # fmt: on


# fmt: off
REQUESTS = Register(
    "expense_requests", Localized("费用申请", "Requests"), manager=SALES_HEAD.code, count_by=("expense_kind",),
    forms=(describe(forms.Request), describe(forms.Grant), describe(forms.AdvanceSettlement)),
    states=(TO_GRANT, GRANTED, NOT_GRANTED, TO_SETTLE, SETTLED),
    stages=(
        Stage("ask_expense", Localized("费用申请", "Ask"), CLERK.code, "expense_request", transitions=(Transition(TO_GRANT.code),)),
        Stage(
            "grant_expense", Localized("费用审批", "Decide"), SALES_HEAD.code, "expense_grant", TO_GRANT.code, days=2,
            strict=True, not_by=("requested_by",), task=Localized("审批下列费用申请", "Decide on these requests"),
            transitions=(
                Transition(NOT_GRANTED.code, when=(("expense_answer", _BACK),), back=True),
                Transition(TO_SETTLE.code, when=(("expense_answer", _PASSED),), known=(("expense_kind", _ADVANCE),)),
                Transition(GRANTED.code, when=(("expense_answer", _PASSED),), known=(("expense_kind", _OTHERS),)),
            ),
        ),
        Stage(
            "settle_advance", Localized("预支核销", "Settle"), FINANCE.code, "advance_settlement", TO_SETTLE.code, days=20,
            strict=True, not_by=("requested_by",), task=Localized("核销下列预支", "Settle these advances"),
            transitions=(Transition(SETTLED.code),),
        ),
    ),
    numbered=work.Numbered("FY{yy}{month}{serial:02d}", ("requested_on", "expense_customer", "expense_use"), "requested_on"),
    watches=(
        warning(
            "expenses.advanced",
            Localized("“{value}”预支合计 {sum} 元，超过 3000 元", "“{value}” has {sum} yuan in advance, above 3,000"),
            Localized("先核销已预支的，再批新的", "Have earlier advances settled first"),
            _advanced,
        ),
    ),
)
LINES = Register(
    "expense_lines", Localized("月采购及费用", "Purchases and expenses"), forms=(describe(forms.ExpenseLine),), states=(LISTED,),
    stages=(Stage("list_expense", Localized("费用统计", "List"), CLERK.code, "expense_line", transitions=(Transition(LISTED.code),)),),
    numbered=work.Numbered("{expense_month}-{line_customer}"),
    sealed=Sealed("expense_months", "{expense_month}", (AT_SALES.code, AT_FINANCE.code, TO_PAY.code, PAID.code), ("line_expense",),
                  reopens=TO_CHECK.code, final=(PAID.code,), period="expense_month", counted_in=COUNTED),
)
MONTHS = Register(
    "expense_months", Localized("费用月报", "Months of expenses"), manager=SALES_HEAD.code,
    kept=True, looks_at=("expense_lines", "expense_requests"), opens=(work.CreatesRecords(_months),),
    forms=tuple(map(describe, (forms.ExpenseMonth, forms.Summary, forms.ClerkCheck, forms.SalesCheck, forms.FinanceCheck,
                               forms.Payment))),
    states=(TO_SUM, TO_CHECK, AT_SALES, AT_FINANCE, TO_PAY, PAID),
    stages=(
        Stage(
            "sum_month", Localized("费用汇总", "Sum up"), CLERK.code, "expense_summary", TO_SUM.code, by_workday=3,
            task=Localized("次月第 3 个工作日前汇总", "Sum up by the 3rd working day of the next month"),
            transitions=(Transition(TO_CHECK.code),),
        ),
        _check("clerk", "经办核对", "Clerk's check", CLERK, TO_CHECK, AT_SALES, "clerk_check"),
        _check("sales", "销售审核", "Sales head's check", SALES_HEAD, AT_SALES, AT_FINANCE, "sales_check"),
        _check("finance", "财务审核", "Finance's check", FINANCE, AT_FINANCE, TO_PAY, "finance_check"),
        Stage(
            "pay_month", Localized("费用付款", "Pay"), FINANCE.code, "expense_payment", TO_PAY.code, strict=True,
            task=Localized("9 日起付款，只付货款已收的", "Pay from the 9th, only where the customer has paid"),
            transitions=(
                Transition("", known=(("may_pay", (NO.code,)),), why=Localized("9 日起才能付款", "Paid from the 9th on")),
                Transition(PAID.code),
            ),
        ),
    ),
    derived=(
        Derived(Field("check_by", Localized("审核期限", "Check by"), Kind.DATE), _eighth),
        Derived(Field("void", Localized("是否作废", "Void"), Kind.CHOICE, options=(YES, NO)), look=_void),
        Derived(Field("may_pay", Localized("可否付款", "May be paid"), Kind.CHOICE, options=(YES, NO)), look=_open_to_pay),
        Derived(Field("payable_amount", Localized("可付金额", "Payable"), Kind.NUMBER), look=_payable),
        Derived(Field("lines_total", Localized("各行合计", "Sum of the lines"), Kind.NUMBER), look=lambda values, held, _: _listed(held)[values["expense_month"]]),
    ),
    watches=(
        warning("expenses.differs",
                Localized("汇总 {value} 元，各行合计 {lines} 元，不相等", "The summary says {value}, its lines {lines}"),
                Localized("核对统计表和汇总表", "Compare the lines with the summary"), _differing),
        warning(
            "expenses.overpaid",
            Localized("付款 {value} 元，货款已收的只有 {payable} 元", "{value} was paid, {payable} was payable"),
            Localized("追回多付的部分", "Claim back what was paid too much"),
            _overpaid,
        ),
    ),
    statistics=(
        work.Statistic(
            "expenses_by_month", Localized("费用按月", "Expenses by month"), Localized("月份", "Month"),
            tuple(work.Measure(Localized(*words), Kind.NUMBER) for words in (("费用", "Listed"), ("可付", "Payable"), ("已付", "Paid"))),
            _by_month,
        ),
    ),
)
PROCEDURE = Procedure(
    "relationship_expenses", Localized("客户关系维护费", "Relationship expenses"),
    about=Localized("费用事先申请，按月统计汇总，经办、销售主管、财务依次签字后付款",
                    "Expenses are asked for before, summed up by month, signed by clerk, sales head and finance, then paid"),
    roles=(CLERK, SALES_HEAD, FINANCE), registers=(REQUESTS, LINES, MONTHS),
)
