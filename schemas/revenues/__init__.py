"""Revenues of customers, a line a month: what tiers are made of; ``schemas/tiers/manual.toml`` says where it is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from schemas.language import FieldRole, Kind, Localized, Register, Stage, State, Transition, checks, fields
from schemas.language.closing import closed_before
from schemas.language.model import FormModel, Number, Text, describe, field, form
from schemas.language.work import Numbered, RecordView, RegisterView, Seen, month_of, months_back, warning
from schemas.language.workdays import workdays_of
from schemas.roster.roles import FINANCE
from schemas.tier_settings import GROUPS
from schemas.tier_settings.keepers import CLOSED_CUSTOMERS, CUSTOMERS

_BOOKED_BY = 10
"""Working day by which a month's revenues are booked: ours."""
BOOKED = State("revenue_booked", Localized("已入账", "Booked"), final=True)


class Revenue(FormModel, form=form("revenue", "客户销售收入表", "Revenues", titles=("销售收入表", "客户收入表"))):
    revenue_no: Text = fields.number("收入行号", "Revenue No", "惠民超市-2026-10", given=True)
    revenue_customer: Text = fields.text(
        "收入客户",
        "Customer",
        "惠民超市",
        kind=Kind.CODE,
        names="customers",
        aliases=("客户名称",),
        means=FieldRole.TITLE,
    )
    revenue_month: Text = field(
        "收入月份",
        "Month",
        kind=Kind.MONTH,
        aliases=("月份",),
        required=True,
        tests=[checks.not_future()],
        example="2026-10",
    )
    revenue_amount: Number = field(
        "收入金额", "Amount", kind=Kind.NUMBER, aliases=("金额",), required=True, ge=0, example="18600"
    )
    revenue_group: Text = field("客户组别", "Group", options=GROUPS)


def _month(line: RecordView) -> str:
    return str(line.values["revenue_month"])


def month_end_before(day: date) -> date:
    """Return the last day of the month before that of *day*."""
    return day.replace(day=1) - timedelta(days=1)


def is_booking_over(today: date) -> bool:
    """Tell whether the day is past by which last month's revenues are booked: what is not there counts as nil from then on."""
    return today > workdays_of(month_of(today))[_BOOKED_BY - 1]


def unbooked_customers(held: RegisterView, today: date) -> set[str]:
    """Return the customers with revenues of whom nothing of the month before this one is booked."""
    booked = held.holding("revenues", "revenue_month", month_of(month_end_before(today)))
    return _customers(held["revenues"].values()) - _customers(booked)


def _customers(lines: Iterable[RecordView]) -> set[str]:
    return {str(each.values["revenue_customer"]) for each in lines}


def _not_booked(held: RegisterView, today: date) -> Iterator[Seen]:
    """The newest line, where the tenth working day is over and nothing at all of the month before is booked: for finance."""
    last = month_end_before(today)
    if held["revenues"] and is_booking_over(today) and not held.holding("revenues", "revenue_month", month_of(last)):
        newest = max(held["revenues"].values(), key=lambda each: (_month(each), each.key))
        if _month(newest) == months_back(last, 2)[0]:
            yield Seen(newest.key, "revenue_month", month_of(last), FINANCE.code)


def _two_groups(held: RegisterView, today: date) -> Iterator[Seen]:
    """Of the last twelve full months and this one, each that names another group of its customer than the one before."""
    words = {each.code: each.words for each in GROUPS}
    months = months_back(today, 13)
    named = [each for each in held["revenues"].values() if each.get("revenue_group") and _month(each) in months]
    before: dict[str, RecordView] = {}
    for each in sorted(named, key=_month):
        customer, group = str(each.values["revenue_customer"]), str(each.values["revenue_group"])
        last = before.get(customer)
        if last is not None and last.values["revenue_group"] != group:
            said: dict[str, str | Localized] = {"customer": customer, "month": _month(each), "other": _month(last)}
            said["group"] = words[str(last.values["revenue_group"])]
            yield Seen(each.key, "revenue_group", words[group].zh, FINANCE.code, said)
        before[customer] = each


REVENUES = Register(
    "revenues",
    Localized("客户收入", "Revenues"),
    forms=(describe(Revenue),),
    states=(BOOKED,),
    stages=(
        Stage(
            "book_revenue",
            Localized("收入登记", "Book"),
            FINANCE.code,
            "revenue",
            transitions=(Transition(BOOKED.code),),
        ),
    ),
    numbered=Numbered("{revenue_customer}-{revenue_month}"),
    looks_at=(CUSTOMERS,),
    watches=(
        closed_before(
            "tiers.closed_revenue",
            "revenues",
            "revenue_customer",
            "revenue_month",
            CLOSED_CUSTOMERS,
            "",
            (FINANCE.code,),
        ),
        warning(
            "tiers.not_booked",
            Localized(
                "{value} 的收入一笔也没有登记，级别按没有收入算", "Nothing of {value} is booked: tiers count it as nil"
            ),
            Localized("登记这个月的收入；确实没有收入的选“知道了”", "Book the month; note it where there was none"),
            _not_booked,
        ),
        warning(
            "tiers.two_groups",
            Localized(
                "“{customer}”{month} 填的是{value}，{other} 是{group}",
                "“{customer}” is of {value} in {month}, of {group} in {other}",
            ),
            Localized(
                "写错的改正；确是换了组的选“知道了”，VIP 起点按最近一月的组别算",
                "Correct what is wrong; note it where the group has changed: the latest month's bound holds",
            ),
            _two_groups,
        ),
    ),
)


def group_by_customer(lines: Iterable[RecordView]) -> dict[str, str]:
    """Return by customer the group that his latest month names."""
    named = sorted((each for each in lines if each.get("revenue_group")), key=_month)
    return {each.values["revenue_customer"]: each.values["revenue_group"] for each in named}


def revenue_of_months(lines: Iterable[RecordView], months: Collection[str]) -> dict[str, float]:
    """Return by customer what he brought in in *months*, in yuan."""
    sums: dict[str, float] = defaultdict(float)
    for each in lines:
        if each.values["revenue_month"] in months:
            sums[each.values["revenue_customer"]] += each.values["revenue_amount"]
    return {customer: round(amount, 2) for customer, amount in sums.items()}
