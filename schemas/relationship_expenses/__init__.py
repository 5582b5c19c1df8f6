"""客户关系维护费: what is spent on keeping customers is asked for before, listed by month, signed three times, then paid.

``manual.toml`` says what the manual gives: what is asked for before, the working days of a month, the signatures, the
limit of an advance. Ours: nobody approves his own; 20 working days to settle an advance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.language import Against, Field, Comparison, Kind, Localized, Option, Procedure, Register, Sealed, Stage, State, Transition, Values, fields, telling, work  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatedRecord, Derived, FigureRows, RecordView, RegisterView, Seen, warning
from schemas.relationship_expenses import forms
from schemas.roster.roles import FINANCE, SALES_HEAD

# fmt: off

CLERK = Option("expense_clerk", Localized("费用专员", "Expense clerk"), ("费用经办", "销售文员"))
TO_GRANT, GRANTED = State("to_grant", Localized("待批", "To decide")), State("granted", Localized("已批", "Granted"), final=True)
NOT_GRANTED, TO_SETTLE = State("not_granted", Localized("未批", "Not granted"), final=True), State("to_settle", Localized("待核销", "To settle"))
SETTLED, REST = State("settled", Localized("已核销", "Settled"), final=True), State("advance_rest_to_check", Localized("核对余款", "Rest to look at"))
LISTED, TO_SUM = State("listed", Localized("已统计", "Listed"), final=True), State("to_sum", Localized("待汇总", "To sum up"))
TO_CHECK, AT_SALES = State("to_check", Localized("待经办核对", "With the clerk")), State("at_sales", Localized("待销售主管审核", "With the sales head"))
AT_FINANCE, TO_PAY = State("at_finance", Localized("待财务审核", "With finance")), State("to_pay", Localized("待付款", "To pay"))
PAID, TO_ASK = State("paid", Localized("已付款", "Paid"), final=True), State("spot_to_ask", Localized("待抽查", "To ask"))
ASKED = State("spot_asked", Localized("已抽查", "Asked"), final=True)

_YUAN, _HOUSES = Localized("元", "yuan"), Localized("户", "customers")
COUNTED = Field("expense_counted_in", Localized("计入月份", "Counts in"), Kind.MONTH)
_PASSED, _BACK = (fields.APPROVED.code,), (fields.RETURNED.code,)
_OPEN = (TO_GRANT.code, TO_SETTLE.code)
_ADVANCE, _OTHERS = (forms.ADVANCE.code,), (forms.SPECIAL.code, forms.GIFT.code)


def _counted(line: RecordView) -> str:
    """The month that a line counts in: its own, or a later one where that was signed before the line came."""
    return str(line.get(COUNTED.code) or line.values["expense_month"])


def _fees(held: RegisterView) -> Iterator[tuple[str, str, float]]:
    """Special fees and gifts that were granted: month, the month in which they may be paid ("" as yet), amount. A special
    fee waits for the customer's money.
    """
    for each in held["expense_requests"].values():
        if each.state == GRANTED.code:
            month = work.month_of(each.values["granted_on"])
            lines = held.holding("expense_lines", "line_customer", each.values["expense_customer"])
            paid = [_counted(one) for one in lines if one.get("payment_received") == YES.code]
            later = min((one for one in paid if one >= month), default="")
            due = month if each.get("expense_kind") == forms.GIFT.code else later
            yield month, due, each.values["requested_amount"]


def _fees_of(values: Values, held: RegisterView, today: date) -> float:
    return float(sum(amount for month, _, amount in _fees(held) if month == values["expense_month"]))


def _payable(values: Values, held: RegisterView, today: date) -> float:
    lines = held.holding("expense_lines", COUNTED.code, values["expense_month"])
    fees = sum(amount for _, due, amount in _fees(held) if due == values["expense_month"])
    return float(fees + sum(each.values["line_expense"] for each in lines if each.get("payment_received") == YES.code))


def _lines_total(values: Values, held: RegisterView, today: date) -> float:
    return _listed(held).get(values["expense_month"], 0)


def _over_limit(values: Values, held: RegisterView, today: date) -> str | None:
    """Whether an advance, after those of the same person that are open or were asked for before, is above the limit."""
    if values.get("expense_kind") != forms.ADVANCE.code:
        return None
    own, others = values["request_no"], _advances(held, values["requested_by"])
    before = [each for each in others if each.key != own and (each.state == TO_SETTLE.code or each.key < own)]
    total = values["requested_amount"] + sum(_rest(each.values) or 0 for each in before)
    return (YES if total > forms.MOST_ADVANCED else NO).code


def _rest(values: Values) -> float | None:
    """What is still owed of an advance: what was neither settled nor given back."""
    said = values["requested_amount"] - values.get("settled_amount", 0) - values.get("given_back", 0)
    return said if values.get("expense_kind") == forms.ADVANCE.code else None


def _advances(held: RegisterView, person: str) -> list[RecordView]:
    those = held.holding("expense_requests", "requested_by", person)
    return [each for each in those if each.state in _OPEN and each.get("expense_kind") == forms.ADVANCE.code]


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
            paid = {one.values["line_customer"] for one in lines if one.get("payment_received") == YES.code}
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


def _advanced(held: RegisterView, today: date) -> Iterator[Seen]:
    sums: dict[str, float] = defaultdict(float)
    for key, each in sorted(held["expense_requests"].items()):
        if each.state in _OPEN and each.get("expense_kind") == forms.ADVANCE.code:
            person = each.values["requested_by"]
            sums[person] += _rest(each.values) or 0
            if sums[person] > forms.MOST_ADVANCED:
                yield Seen(key, "requested_by", person, details={"sum": f"{sums[person]:.15g}"})


def _by_month(held: RegisterView, today: date) -> FigureRows:
    listed, months = _listed(held), held["expense_months"]
    return [[month, listed.get(month, 0), months[month].get("payable_amount"), months[month].get("paid_amount")] for month in work.months_back(today, 12) if month in months]


def _check(code: str, zh: str, en: str, role: Option, at: State, to: State, answer: str) -> Stage:
    """One of the three signatures: nobody signs for what he has summed up."""
    return Stage(
        f"expense_{code}_stage", Localized(zh, en), role.code, f"expense_{code}_check", at.code, by_workday=8, strict=True,
        not_by=() if role is CLERK else ("summed_by",), transitions=fields.decided(answer, to, TO_SUM),
        task=Localized("次月第 8 个工作日前审核签字，退回的写明原因", "Check and sign by the 8th working day, or return it with a reason"))


REQUESTS = Register(
    "expense_requests", Localized("费用申请", "Requests"), manager=SALES_HEAD.code, count_by=("expense_kind",),
    forms=(describe(forms.Request), describe(forms.Grant), describe(forms.AdvanceSettlement)),
    states=(TO_GRANT, GRANTED, NOT_GRANTED, TO_SETTLE, REST, SETTLED),
    stages=(
        Stage("ask_expense", Localized("费用申请", "Ask"), CLERK.code, "expense_request", transitions=(Transition(TO_GRANT.code),)),
        Stage("grant_expense", Localized("费用审批", "Decide"), SALES_HEAD.code, "expense_grant", TO_GRANT.code, days=2, strict=True,
            not_by=("requested_by",), task=Localized("审批下列费用申请", "Decide on these requests"),
            transitions=(
                Transition(NOT_GRANTED.code, when=(("expense_answer", _BACK),), back=True),
                Transition(
                    "", when=(("expense_answer", _PASSED),), known=(("over_limit", (YES.code,)),),
                    why=Localized("连同未核销的预支超过每人 3000 元，先核销再批", "With open advances above 3,000: settle those first")),
                Transition(TO_SETTLE.code, when=(("expense_answer", _PASSED),), known=(("expense_kind", _ADVANCE),)),
                Transition(GRANTED.code, when=(("expense_answer", _PASSED),), known=(("expense_kind", _OTHERS),))),
        ),
        Stage("settle_advance", Localized("预支核销", "Settle"), FINANCE.code, "advance_settlement", TO_SETTLE.code, days=20, strict=True,
            not_by=("requested_by",), against=(Against("settled_amount", Comparison.AT_MOST, "requested_amount"),), task=Localized("核销下列预支，余款没有还清的仍待核销", "Settle these advances; what is left of one stays owed"), transitions=(Transition(REST.code),)),
        Stage("look_at_rest", Localized("核对余款", "Look at the rest"), SALES_HEAD.code, state=REST.code, transitions=(Transition(TO_SETTLE.code, known=(("rest_owed", (YES.code,)),)), Transition(SETTLED.code, known=(("rest_owed", (NO.code,)),))))),
    sealed=Sealed("expense_requests", "{request_no}", (GRANTED.code, TO_SETTLE.code, SETTLED.code), ("expense_kind", "expense_customer", "requested_amount", "expense_use"), TO_GRANT.code, final=(SETTLED.code,)),
    numbered=work.Numbered("FY{yy}{month}{serial:02d}", ("requested_on", "expense_customer", "expense_use"), "requested_on"),
    derived=(Derived(Field("over_limit", Localized("是否超预支限额", "Above the limit"), Kind.CHOICE, options=(YES, NO)), look=_over_limit), Derived(Field("advance_rest", Localized("预支余款（元）", "Rest of the advance"), Kind.NUMBER), _rest),
        Derived(Field("rest_owed", Localized("余款是否未清", "Rest is owed"), Kind.CHOICE, options=(YES, NO)), lambda values: (YES if (_rest(values) or 0) >= 0.01 else NO).code)),
    watches=(
        warning("expenses.advanced", Localized("“{value}”预支合计 {sum} 元，超过 3000 元", "“{value}” has {sum} yuan in advance, above 3,000"),
            Localized("先核销已预支的，再批新的", "Have earlier advances settled first"), _advanced),),
)
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
