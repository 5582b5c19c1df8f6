"""A customer that procedures know by name alone is one, however the name's brackets, blanks and letters are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

SPELLINGS = ["惠民超市（南店）", "惠民超市(南店)", "惠民 超市（南店）"]
PEOPLE = [
    ("FJ01", "孙总", "总经理"),
    ("FJ02", "马经理", "经理"),
    ("FJ03", "孙强", "销售主管"),
    ("FJ04", "王建国", "客户经理"),
    ("FJ05", "何敏", "费用专员"),
    ("FJ06", "许会计", "财务"),
]


def test_revenues_in_any_spelling_make_one_tier_which_is_decided_on_as_its_paper_writes_it(tmp_path: Path) -> None:
    office = Office(tmp_path, ["tiers"], PEOPLE)
    months = ("2026-08", "2026-09", "2026-10")
    office.drop(
        "revenue",
        *(
            {"revenue_customer": name, "revenue_month": month, "revenue_amount": 6_000}
            for name, month in zip(SPELLINGS, months, strict=True)
        ),
        {"revenue_customer": "abc店", "revenue_month": "2026-10", "revenue_amount": 20_000},
    )
    office.run("2026-11-02 09:00")
    sums = {row["分级客户"]: row["近 12 个月收入"] for row in office.master("客户分级")}
    assert sorted(sums.values()) == [18_000, 20_000]

    def decided(name: str) -> dict[str, Any]:
        return {"tier_customer": name, "tier_answer": "同意", "confirmed_tier": "VIP", "tier_confirmed_by": "孙强"}

    office.drop("tier_confirmation", decided(SPELLINGS[0]), decided("Abc店"))
    office.run("2026-11-03 09:00")
    assert [line for line in office.exceptions() if "没有登记" in line] == []
    assert {row["核定级别"] for row in office.master("客户分级")} == {"VIP"}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_months_line_in_another_spelling_is_the_same_line(tmp_path: Path, spelling: str) -> None:
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)

    def line(customer: str, expense: float) -> dict[str, Any]:
        return {
            "expense_month": "2026年10月",
            "line_customer": customer,
            "purchases": 5000,
            "payment_received": "是",
            "line_expense": expense,
            "line_by": "何敏",
        }

    office.drop("expense_line", line(SPELLINGS[0], 300))
    office.run("2026-11-02 09:00")
    office.drop("expense_line", line(spelling, 350))
    office.run("2026-11-02 10:00")
    (row,) = office.master("月采购及费用")
    assert row["维护费用"] == 350
