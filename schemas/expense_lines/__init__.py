"""月采购及费用: what each customer bought in a month and was spent on him, listed by whoever looks after him; part of
``relationship_expenses``.

Its ``manual.toml`` says what the manual gives. Ours: an account manager without any customer to list says so; a statement may be
handed in from the month's last three working days on, while what comes sooner tells nothing of the rest of the month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from schemas.expense_lines import forms
from schemas.holders import has_one_of
from schemas.language import (
    Every,
    Field,
    Kind,
    Localized,
    Recurring,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    Values,
    watching,
    work,
)
from schemas.language.closing import closed_before
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.recurring import missed_in
from schemas.language.work import (
    NO,
    YES,
    CreatedRecord,
    CreatesRecords,
    Derived,
    RecordView,
    RegisterView,
    Seen,
    months_back,
    warning,
)
from schemas.language.workdays import workday_after, workdays_of
from schemas.roster.roles import ACCOUNT_MANAGER, SALES_HEAD, STAFF_UNTIL
from schemas.tier_settings.keepers import CLOSED_CUSTOMERS

# fmt: off
COUNTED = Field("expense_counted_in", Localized("计入月份", "Counts in"), Kind.MONTH)
PAYABLE_SINCE = Field("expense_payable_since", Localized("可付起始日", "Payable since"), Kind.DATE)
LISTED = State("listed", Localized("已统计", "Listed"), final=True)
TO_LIST, HANDED_IN = State("expenses_to_list", Localized("待统计", "To list")), State("expenses_listed", Localized("已交统计", "Listed"), final=True)
NOTHING, NOT_LISTED = State("nothing_to_list", Localized("无须再列", "Nothing more to list"), final=True), missed_in("expense_listings")
LISTING_ENDED, END_LISTING = ending("expense_listings", "expense_listing_ended", SALES_HEAD.code, not_by=("listing_person",))
_TOLD_FOR = timedelta(days=7)
_LAST_WORKDAYS = 3
_LISTED_BY = 3
"""The working day of the next month by which a month is listed (第二条 1)."""


def counted(line: RecordView) -> str:
    """The month that a line counts in: its own, or a later one where that was signed before the line came."""
    return str(line.get(COUNTED.code) or line.values["expense_month"])


def has_paid(line: RecordView) -> bool:
    """Whether the customer has bought something in the month, and paid."""
    return bool(line.get("payment_received") == YES.code and line.get("purchases", 0) > 0)


def earned(line: RecordView) -> bool:
    """Whether its expense may be paid: something was sold, now or in the month that it mends, and the money has come (第一条 3)."""
    return has_paid(line) or bool(line.get("payment_received") == YES.code and line.get("line_mends"))


def paid_out(held: RegisterView, paid_on: Mapping[str, str]) -> dict[str, list[RecordView]]:
    """The lines with an expense that the payment of each month was for: its own whose money had come by then, and those of months
    paid before whose money came after their payment and by this one; *paid_on* is the day on which each month was paid, in order.
    """
    paid: dict[str, list[RecordView]] = {month: [] for month in paid_on}
    own = {month: [line for line in held.holding("expense_lines", COUNTED.code, month) if earned(line) and line.values["line_expense"] > 0] for month in paid_on}
    for month, lines in own.items():
        for line in lines:
            by = next((each for each, day in paid_on.items() if each >= month and str(line.get(PAYABLE_SINCE.code) or day) <= day), None)
            if by is not None:
                paid[by].append(line)
    return {month: paid[month] or own[month] for month in paid_on}


def _payable_since(values: Values, held: RegisterView, today: date) -> str | None:
    """The day from which on it was known that it may be paid: a payment of before was not for it."""
    line = RecordView("", values)
    return str(values.get(PAYABLE_SINCE.code) or today.isoformat()) if earned(line) else None


def _own_lines(values: Values, held: RegisterView) -> list[RecordView]:
    lines = held.holding("expense_lines", "expense_month", values.get("listing_month"))
    return [each for each in lines if each.get("line_by") == values.get("listing_person")]


def _lines_of(values: Values, held: RegisterView) -> list[str]:
    """The days on which the person's lines of the month came, from its last working days on: what comes sooner is no statement."""
    begins = workdays_of(str(values["listing_month"]))[-_LAST_WORKDAYS]
    return sorted(each.since.isoformat() for each in _own_lines(values, held) if each.since and each.since >= begins)


def _has_listed(values: Values, held: RegisterView, today: date) -> str:
    return (YES if values.get("has_listed") == YES.code or _lines_of(values, held) else NO).code


def _listed_on(values: Values, held: RegisterView, today: date) -> str | None:
    """The day on which the first line of the statement came."""
    return values.get("listed_on") or next(iter(_lines_of(values, held)), None)


def _late(held: RegisterView, today: date) -> Iterator[Seen]:
    """Who has listed after the day, for a week: the month is summed up late because of him, or anew because of a further line."""
    since = (today - _TOLD_FOR).isoformat()
    for key, each in held["expense_listings"].items():
        due = str(each.get("listing_due") or "9999")
        if today.isoformat() <= due:
            continue
        days = _lines_of(each.values, held)
        late = [day for day in days if day > due and day >= since]
        if late:
            more = min(days) <= due or each.state == NOTHING.code
            what = Localized(f"费用统计表又有 {len(late)} 行", f"{len(late)} further lines of the expenses") if more else Localized("费用统计表", "the expenses")
            about: dict[str, str | Localized] = {"month": str(each.get("listing_month")), "on": "、".join(sorted(set(late))), "due": due, "what": what}
            yield Seen(key, "listing_person", str(each.get("listing_person")), SALES_HEAD.code, about)


def _nothing_said(held: RegisterView, today: date) -> Iterator[Seen]:
    """Who has said that there is nothing to list, or nothing more, and has lines of the month: his words beside them, for a week."""
    for key, each in held["expense_listings"].items():
        if each.state == NOTHING.code and each.since and today - each.since <= _TOLD_FOR and (lines := _own_lines(each.values, held)):
            amount = sum(line.values["line_expense"] for line in lines)
            about = {"month": str(each.get("listing_month")), "why": str(each.get("nothing_why")), "count": str(len(lines)), "amount": f"{amount:.15g}"}
            yield Seen(key, "nothing_why", str(each.get("listing_person")), SALES_HEAD.code, about)


def _mending_wrong(held: RegisterView, today: date) -> Iterator[Seen]:
    """Lines that mend a month in which their customer has no line, or take more back than was listed for him there."""
    for key, each in held["expense_lines"].items():
        month, customer = str(each.get("line_mends") or ""), str(each.get("line_customer"))
        if not month:
            continue
        of_month = [one for one in held.holding("expense_lines", "line_customer", customer) if one.values["expense_month"] == month]
        back, listed = -each.values["line_expense"], sum(one.values["line_expense"] for one in of_month)
        if not of_month or back > listed:
            what = Localized(f"冲减 {back:.15g} 元，那个月列的只有 {listed:.15g} 元", f"{back:.15g} yuan are taken back, {listed:.15g} were listed") if of_month else Localized("那个月没有这一户的费用", "he has no line in it")
            yield Seen(key, "line_mends", customer, SALES_HEAD.code, {"month": month, "what": what})


def _late_start(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The month before for every account manager, where the first lines of all came after the day for it: in use it was, so that who
    was late is named and the others are asked.
    """
    month = months_back(today, 2)[0]
    due = workday_after(month, _LISTED_BY)
    if held["expense_listings"] or today <= due or not held.holding("expense_lines", "expense_month", month):
        return
    for number, person in held["people"].items():
        begins, ends = str(person.get("serves_from") or ""), str(person.get(STAFF_UNTIL[2]) or "9999")
        if has_one_of(person, ACCOUNT_MANAGER) and begins <= due.isoformat() <= ends:
            name = str(person.get("staff_name"))
            whose = name if len(held.holding("people", "staff_name", name)) == 1 else number
            yield CreatedRecord(f"TJ{month}-{number}", {"listing_month": month, "listing_due": due.isoformat(), "listing_person": whose})


LINES = Register(
    "expense_lines", Localized("月采购及费用", "Purchases and expenses"), forms=(describe(forms.ExpenseLine),), states=(LISTED,), manager=SALES_HEAD.code,
    stages=(Stage("list_expense", Localized("费用统计", "List"), ACCOUNT_MANAGER.code, "expense_line", expects_role=True, transitions=(Transition(LISTED.code),)),),
    numbered=work.Numbered("{expense_month}-{line_customer}"), derived=(Derived(PAYABLE_SINCE, look=_payable_since),), looks_at=("customers",),
    watches=(watching.not_among("expenses.no_customer", "expense_lines", "line_customer", (("customers", "customer_name"),), "line_by", SALES_HEAD.code, counts=lambda each: bool(each.values["line_expense"])),
             closed_before("expenses.closed_line", "expense_lines", "line_customer", "expense_month", CLOSED_CUSTOMERS, "line_by", (SALES_HEAD.code,)),
             warning("expenses.mending_wrong", Localized("“{value}”更正 {month}，{what}", "“{value}”: mends {month}; {what}"), Localized("核对客户、更正月份和金额", "Check customer, month and amount"), _mending_wrong)),
    sealed=Sealed("expense_months", "{expense_month}", ("at_sales", "at_finance", "to_pay", "paid"), ("line_expense",),
                  reopens="to_sum", final=("paid",), period="expense_month", counted_in=COUNTED))
LISTINGS = Register(
    "expense_listings", Localized("费用统计任务", "Expenses to list"), manager=SALES_HEAD.code, kept=True, looks_at=("expense_lines", "people"),
    forms=tuple(map(describe, (forms.ListingDue, forms.NothingToList, forms.ListingEnded))),
    states=(TO_LIST, HANDED_IN, NOTHING, NOT_LISTED, LISTING_ENDED),
    recurs=(Recurring(Every.MONTH, ACCOUNT_MANAGER.code, "listing_due", "TJ{period}-{holder}", workday=_LISTED_BY, shift=-1, period="listing_month",
                      each=True, person="listing_person", once_used=("expense_lines", "expense_requests"), missed=NOT_LISTED.code),),
    opens=(CreatesRecords(_late_start),),
    stages=(
        Stage("list_month", Localized("费用统计任务", "List the month"), ACCOUNT_MANAGER.code, "expense_nothing", TO_LIST.code, due_by="listing_due", whom="listing_person",
            task=Localized("交上月的月客户采购及费用统计表；没有费用、或月底前早已交齐的，在这里说明", "Hand in the lines of last month; say here where there are none, or all were handed in well before its end"),
            transitions=(Transition(HANDED_IN.code, known=(("has_listed", (YES.code,)),), by_itself=True), Transition(NOTHING.code))),
        END_LISTING),
    derived=(
        Derived(Field("has_listed", Localized("是否已交统计表", "Has listed"), Kind.CHOICE, options=(YES, NO)), look=_has_listed),
        Derived(Field("listed_on", Localized("统计表交来日期", "Listed on"), Kind.DATE), look=_listed_on)),
    watches=(
        warning("expenses.nothing_said", Localized("{value} {month} 写的是“{why}”，他的统计表已有 {count} 行，共 {amount} 元", "{value} says of {month} “{why}”, and has {count} lines of {amount} yuan"),
            Localized("已交齐的知悉即可；说没有费用的，问清这几行", "Where that was all, it is for you to know; else ask about the lines"), _nothing_said, asks=False),
        warning("expenses.listed_late", Localized("{value} {month} 的{what} {on} 才交来，应于 {due} 以前", "{value} listed {what} of {month} on {on}, due by {due}"),
        Localized("汇总因此晚了的，责任在统计人；催其按时交", "Where the summary was late because of that, it is not the clerk's doing"), _late, asks=False)))
