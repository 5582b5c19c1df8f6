"""Revenues of customers, a line a month: what tiers are made of; ``schemas/tiers/manual.toml`` says where it is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from schemas.language import FieldRole, Kind, Localized, Register, Stage, State, Transition, checks, fields
from schemas.language.model import FormModel, Number, Text, describe, field, form
from schemas.language.work import Numbered, RecordView
from schemas.roster.roles import FINANCE
from schemas.tier_settings import GROUPS

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
)


def revenue_of_months(lines: Iterable[RecordView], months: Collection[str]) -> dict[str, float]:
    """Return by customer what he brought in in *months*, in yuan."""
    sums: dict[str, float] = defaultdict(float)
    for each in lines:
        if each.values["revenue_month"] in months:
            sums[each.values["revenue_customer"]] += each.values["revenue_amount"]
    return {customer: round(amount, 2) for customer, amount in sums.items()}
