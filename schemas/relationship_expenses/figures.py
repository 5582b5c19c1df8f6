"""What a month of expenses comes to: listed, payable, left over from months that are paid; whom to ask about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from schemas.expense_advances import GRANTED, advances_owed
from schemas.expense_lines import COUNTED, counted, earned, has_paid
from schemas.expense_requests.forms import GIFT
from schemas.language import Field, Kind, Localized, Option, Values, work
from schemas.language.ordering import done_before_step
from schemas.language.workdays import workday_after, workdays_later
from schemas.language.work import CreatedRecord, Derived, FigureRows, RegisterView, Seen
from schemas.relationship_expenses import forms
from schemas.roster.roles import FINANCE, SALES_HEAD

# fmt: off
PAID, TO_PAY = "paid", "to_pay"
OF_LINES, WITH_FEES = Option("of_lines", Localized("各行", "The lines")), Option("with_fees", Localized("各行加特殊费用及礼品", "Lines, fees and gifts"))
DIFFERS = Option("total_differs", Localized("与各行不等", "Differs from the lines"))
_CENT, _NAMED = 0.005, 3
_DAYS_TO_PAY = 5  # ours
_YUAN, _HOUSES = Localized("元", "yuan"), Localized("户", "customers")
Look = Callable[[Values, RegisterView, date], str | float | None]


def _granted(held: RegisterView) -> Iterator[tuple[str, str, float]]:
    """Special fees and gifts that were granted: month, the month in which they are due ("" as yet), amount. A special fee waits
    for the customer's money.
    """
    for each in held["expense_requests"].values():
        if each.state == GRANTED.code:
            month = work.month_of(each.values["granted_on"])
            lines = held.holding("expense_lines", "line_customer", each.values["expense_customer"])
            paid = [counted(one) for one in lines if has_paid(one)]
            later = min((one for one in paid if one >= month), default="")
            due = month if each.get("expense_kind") == GIFT.code else later
            yield month, due, each.values["requested_amount"]


def _is_signed(held: RegisterView, month: str) -> bool:
    there = held["expense_months"].get(month)
    return there is not None and there.state in (TO_PAY, PAID)


def _fees(held: RegisterView) -> Iterator[tuple[str, str, float]]:
    """The same, but that a later month pays none of a month whose summary lacks a signature (第二条 2)."""
    for month, due, amount in _granted(held):
        yield month, due if due <= month or _is_signed(held, month) else "", amount


def _lines_due(held: RegisterView, month: str) -> float:
    return float(sum(each.values["line_expense"] for each in held.holding("expense_lines", COUNTED.code, month) if earned(each)))


def _paid(held: RegisterView) -> dict[str, float]:
    return {key: each.get("paid_amount", 0) for key, each in sorted(held["expense_months"].items()) if each.state == PAID}


def left_over(held: RegisterView) -> tuple[str, float]:
    """The month after the last one paid, which it is carried into, and what all paid months still owe: goods whose money came
    afterwards, what was not paid in full; below zero where too much was paid. ("", 0) where none is paid.
    """
    paid = _paid(held)
    due = sum(_lines_due(held, month) for month in paid) + sum(amount for _, month, amount in _fees(held) if month in paid)
    return (_next(max(paid)), due - sum(paid.values())) if paid else ("", 0)


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _earned_total(values: Values, held: RegisterView, today: date) -> float:
    return _lines_due(held, values["expense_month"])


def _fees_of(values: Values, held: RegisterView, today: date) -> float:
    return float(sum(amount for month, _, amount in _fees(held) if month == values["expense_month"]))


def _fees_due(values: Values, held: RegisterView, today: date) -> float:
    return float(sum(amount for _, due, amount in _fees(held) if due == values["expense_month"]))


def _carried(values: Values, held: RegisterView, today: date) -> float:
    month, rest = left_over(held)
    return round(rest, 2) if month == values["expense_month"] and rest > _CENT else 0


def _payable(values: Values, held: RegisterView, today: date) -> float:
    return max(0, round(sum(look(values, held, today) for look in (_earned_total, _fees_due, _carried)), 2))


def _pay_by(values: Values, held: RegisterView, today: date) -> str | None:
    """Five working days from the day on which a month may be paid: the 9th working day, the one of the last signature, or whenever
    the money comes. None while it waits for one of them.
    """
    if not values.get("payable_amount") or not _is_signed(held, values["expense_month"]):
        return None
    opens = max(workday_after(values["expense_month"], forms.PAID_FROM), today)
    return values.get("pay_by") or workdays_later(opens, _DAYS_TO_PAY).isoformat()


def _lines_total(values: Values, held: RegisterView, today: date) -> float:
    return sums_listed(held).get(values["expense_month"], 0)


def _is_of(values: Values, held: RegisterView, today: date) -> str | None:
    said, lines = values.get("month_total"), _lines_total(values, held, today)
    if said is None:
        return None
    sums = ((OF_LINES, lines), (WITH_FEES, lines + _fees_of(values, held, today)))
    return next((option.code for option, amount in sums if abs(said - amount) < _CENT), DIFFERS.code)


def _advances(values: Values, held: RegisterView, today: date) -> str | None:
    return "、".join(f"{person} {amount:.15g} 元" for person, amount in advances_owed(held).items()) or None


def _figure(code: str, zh: str, en: str, look: Look, kind: Kind = Kind.NUMBER, options: tuple[Option, ...] = ()) -> Derived:
    """A figure of a month that stays what it was once the month is paid."""
    def kept(values: Values, held: RegisterView, today: date) -> str | float | None:
        own = held["expense_months"].get(values["expense_month"])
        return values[code] if own is not None and own.state == PAID and code in values else look(values, held, today)

    return Derived(Field(code, Localized(zh, en), kind, options=options), look=kept)


SIGNED_ON, PAID_BEFORE = done_before_step("expenses.paid_before", "expense_months", "paid_on", ("finance_signed", Localized("财务审核", "Finance's check")), ("finance_signed_on", Localized("财务签字交来日期", "Finance signed on")), SALES_HEAD.code)
FIGURES = (
    SIGNED_ON,
    _figure("lines_total", "各行合计", "Sum of the lines", _lines_total),
    _figure("fees_total", "特殊费用及礼品", "Special fees and gifts", _fees_of),
    _figure("total_is_of", "费用合计是", "The total is of", _is_of, Kind.CHOICE, (OF_LINES, WITH_FEES, DIFFERS)),
    _figure("earned_total", "其中货款已收", "Of which paid for", _earned_total),
    _figure("fees_due", "可付的特殊费用及礼品", "Fees and gifts payable", _fees_due),
    _figure("carried_total", "已付月份转入", "Carried from months paid", _carried),
    _figure("payable_amount", "可付金额", "Payable", _payable),
    _figure("pay_by", "最迟付款日期", "Pay by", _pay_by, Kind.DATE),
    _figure("open_advances", "未核销的预支", "Advances not settled", _advances, Kind.TEXT),
)


def months_to_sum(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The months that are over in which something was used, or became payable."""
    those = {counted(each) for each in held["expense_lines"].values()}
    those |= {month for fee in _fees(held) for month in fee[:2] if month}
    after, rest = left_over(held)
    those |= {after} if rest > _CENT else set()
    yield from (CreatedRecord(month, {}) for month in sorted(those) if month < work.month_of(today))


def sums_listed(held: RegisterView) -> dict[str, float]:
    """What the lines of each month add up to."""
    totals: dict[str, float] = defaultdict(float)
    for each in held["expense_lines"].values():
        totals[counted(each)] += each.values["line_expense"]
    return totals


def differing(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months whose summary is not what their lines come to, without special fees and gifts or with them."""
    count, whom = Counter(map(counted, held["expense_lines"].values())), {TO_PAY: FINANCE.code, "at_finance": FINANCE.code}
    totals = sums_listed(held)
    for key, month in held["expense_months"].items():
        fees = _fees_of(month.values, held, today) if month.get("month_total") is not None else 0
        for code, lines, unit, more in (("month_total", totals[key], _YUAN, fees), ("customers_counted", count[key], _HOUSES, 0)):
            said = month.get(code)
            with_fees = code == "customers_counted" and month.get("total_is_of") == WITH_FEES.code
            if said is not None and min(abs(said - lines), abs(said - lines - more)) >= _CENT and not (with_fees and said > lines):
                beside = Localized(f"（连特殊费用及礼品 {lines + more:.15g} 元）", f" ({lines + more:.15g} with fees and gifts)") if more else Localized("", "")
                yield Seen(key, code, f"{said:.15g}", whom.get(month.state, ""), {"lines": f"{lines:.15g}", "unit": unit, "beside": beside})


def carried(held: RegisterView, today: date) -> Iterator[Seen]:
    """What paid months still owe, for finance and the clerk."""
    month, rest = left_over(held)
    if rest > _CENT:
        yield from (Seen(max(_paid(held)), "payable_amount", f"{rest:.15g}", role, {"month": month}) for role in (FINANCE.code, "expense_clerk"))


def unsigned(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months that lack a signature, with fees that a later month, which is over, would pay: for finance and the sales head."""
    sums: dict[str, float] = defaultdict(float)
    for month, due, amount in _granted(held):
        if month < due < work.month_of(today) and not _is_signed(held, month):
            sums[month] += amount
    for month, amount in sums.items():
        for role in (FINANCE.code, SALES_HEAD.code) if month in held["expense_months"] else ():
            yield Seen(month, "fees_total", f"{amount:.15g}", role, {"month": month})


def overpaid(held: RegisterView, today: date) -> Iterator[Seen]:
    """More paid than may be, over all months that are paid: told at the last one."""
    _, rest = left_over(held)
    if rest < -_CENT:
        last, amount = max(_paid(held).items())
        yield Seen(last, "paid_amount", f"{amount:.15g}", FINANCE.code, {"payable": f"{max(amount + rest, 0):.15g}"})


def sums_by_month(held: RegisterView, today: date) -> FigureRows:
    """A month a row: listed, payable, paid."""
    sums, held_months = sums_listed(held), held["expense_months"]
    return [[month, sums.get(month, 0), held_months[month].get("payable_amount"), held_months[month].get("paid_amount")] for month in work.months_back(today, 12) if month in held_months]
