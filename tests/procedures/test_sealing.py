"""A signature fixes the lines that stood when it was given: what comes later is of the next period, or asks for it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures import test_relationship_expenses as expenses
from tests.procedures import test_visiting as visiting
from tests.procedures.test_relationship_expenses import line, october, signed
from tests.tools.office import Office

MONTHS, LINES = "费用月报", "月采购及费用"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """October's 300 and 200 yuan are summed up and signed by the clerk, the sales head and finance."""
    office = Office(tmp_path, ["relationship_expenses"], expenses.PEOPLE)
    october(office)
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    return office


def test_a_line_after_the_signatures_counts_in_the_next_month_and_says_so(office: Office) -> None:
    office.drop("expense_line", line("大客户", 9999, "是"))
    office.run("2026-11-05 09:00")
    record = office.record(MONTHS, "2026-10")
    assert (record["当前状态"], record["可付金额"], record["各行合计"]) == ("待付款", 300, 500)  # not 10,299
    assert office.record(LINES, "2026-10-大客户")["计入月份"] == "2026-11"
    assert "“大客户”的费用月份是 2026-10，该期已签字，本行计入 2026-11" in office.exceptions()

    office.run("2026-12-01 09:00")
    assert office.record(MONTHS, "2026-11")["可付金额"] == 9999


def test_a_line_that_changes_asks_for_all_signatures_anew(office: Office) -> None:
    office.drop("expense_line", line("惠民超市", 400, "是"))
    office.run("2026-11-05 09:00")
    record = office.record(MONTHS, "2026-10")
    assert (record["当前状态"], record["经办签字"], record["财务签字"]) == ("待经办核对", None, None)
    (row,) = office.worklist("FY01", "经办核对")
    assert row["退回原因"] == "签字后有改动：惠民超市，请重新签字"
    assert (row["各行合计"], row["费用合计"]) == (600, 500)  # the signer sees the sum, and what was summed up before


def test_that_the_customer_has_paid_is_no_change_of_what_was_signed(office: Office) -> None:
    office.drop("expense_line", line("平安街烟酒店", 200, "是"))
    office.run("2026-11-05 09:00")
    record = office.record(MONTHS, "2026-10")
    assert (record["当前状态"], record["可付金额"]) == ("待付款", 500)


def test_what_is_paid_is_not_changed_any_more(office: Office) -> None:
    office.run("2026-11-13 09:00")
    office.answer("FY03", {"2026-10": {"paid_amount": 300, "paid_on": "2026-11-13", "paid_by": "许会计"}})
    office.run("2026-11-13 10:00")
    assert office.record(MONTHS, "2026-10")["当前状态"] == "已付款"
    office.drop("expense_line", line("惠民超市", 400, "是"))
    summary = office.run("2026-11-13 11:00")
    assert summary.rows.rejected == 1
    assert any("不能再改：“2026-10”已签字办结" in each for each in office.exceptions())
    assert office.record(MONTHS, "2026-10")["各行合计"] == 500


@pytest.mark.parametrize(
    ("said", "visits"),
    [
        ({"plan_customer": "惠民超市", "planned_visits": 8}, 10),  # 8, 1 and 1, where it was 2, 1 and 1
        ({"plan_customer": "新客户", "planned_visits": 3}, 7),  # a line more
    ],
)
def test_an_approved_plan_that_changes_is_decided_on_again(
    tmp_path: Path, said: dict[str, object], visits: int
) -> None:
    office = visiting.begin(tmp_path)
    office.answer("BF01", {visiting.PLAN_NO: visiting.APPROVED})
    office.run("2026-11-03 09:00")
    assert office.record("巡访计划", visiting.PLAN_NO)["当前状态"] == "已批准"

    office.drop("visit_plan", {"plan_month": "2026年11月", "plan_visitor": "王建国", **said})
    office.run("2026-11-04 09:00")
    (row,) = office.worklist("BF01", "计划审批")
    assert (row["计划总次数"], str(row["退回原因"])[:6]) == (visits, "签字后有改动")
