"""活动费用预算, played through: decided before it is spent, a tenth more or less is settled, beyond it is explained and decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [("QH01", "花策", "企划专员"), ("QH02", "齐经理", "企划部经理"), ("QH03", "高总", "总经理")]
SHEET, KEY = "活动费用", "YS2611001"


def decided(answer: str = "同意", **more: Any) -> dict[str, Any]:
    return {"budget_decision": answer, "budget_decided_by": "高总"} | more


def spent(folder: Path, cost: float, **given: Any) -> Office:
    """An activity with a budget of 20,000 yuan that has cost *cost*."""
    office = Office(folder, ["activity_budgets"], PEOPLE, **given)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    office.answer("QH03", {KEY: decided()})
    office.run("2026-11-03 09:00")
    office.answer("QH01", {KEY: {"cost_amount": cost, "cost_on": "2026-11-04", "cost_by": "花策"}})
    office.run("2026-11-04 17:00")
    return office


@pytest.mark.parametrize(
    ("cost", "off", "state"),
    [
        (22000, 10, "已核销"),  # 2,000 of 20,000
        (18000, -10, "已核销"),
        (22002, 10.01, "待说明偏差"),
        (17900, -10.5, "待说明偏差"),
        (22000.01, 10.00005, "待说明偏差"),  # a fen beyond 2,000 of 20,000
        (17999.99, -10.00005, "待说明偏差"),
    ],
)
def test_a_tenth_more_or_less_is_settled(tmp_path: Path, cost: float, off: float, state: str) -> None:
    record = spent(tmp_path, cost).record(SHEET, KEY)
    assert (record["费用偏差（%）"], record["当前状态"]) == (off, state)


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ("2026-11-03", "2026-11-06"),  # Tuesday: Wednesday, Thursday, Friday
        ("2026-11-04", "2026-11-09"),  # Wednesday: Thursday, Friday, Monday; three days later is a Saturday
        ("2026-11-07", "2026-11-11"),  # held on a Saturday: Monday, Tuesday, Wednesday
    ],
)
def test_what_an_activity_has_cost_is_listed_within_three_working_days(tmp_path: Path, held: str, due: str) -> None:
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": held, "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    office.answer("QH03", {KEY: decided()})
    office.run("2026-11-02 10:00")
    record = office.record(SHEET, KEY)
    assert (record["费用登记期限"], record["应办结日"]) == (f"{due} 18:00", due)


def test_what_is_beyond_is_told_explained_and_decided(tmp_path: Path) -> None:
    office = spent(tmp_path, 25000)
    assert "实际费用比预算差 25%，超出允许的偏差" in office.exceptions()
    office.answer("QH01", {KEY: {"off_why": "加屏幕", "off_by": "花策"}})
    office.run("2026-11-05 09:00")
    assert office.exceptions() == []
    office.answer("QH03", {KEY: {"off_decision": "退回", "off_reason": "附合同", "off_decided_by": "高总"}})
    office.run("2026-11-05 10:00")
    assert [row["退回原因"] for row in office.worklist("QH01", "偏差说明")] == ["附合同"]
    office.answer("QH01", {KEY: {"off_why": "加屏幕，附合同", "off_by": "花策"}})
    office.run("2026-11-05 11:00")
    office.answer("QH03", {KEY: {"off_decision": "同意", "off_decided_by": "高总"}})
    office.run("2026-11-05 12:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已核销"
    assert office.figures("统计", "活动费用按月") == [["2026-11", 1, 20000, 25000, 0]]


def test_a_refusal_that_was_put_right_is_no_news_any_more(tmp_path: Path) -> None:
    """Sent back on 11-05 (it lies on her worklist), put right on 11-06, agreed to on 11-09: that alone is told."""
    office = spent(tmp_path, 25000)
    office.answer("QH01", {KEY: {"off_why": "加屏幕", "off_by": "花策"}})
    office.run("2026-11-05 09:00")
    office.answer("QH03", {KEY: {"off_decision": "退回", "off_reason": "附合同", "off_decided_by": "高总"}})
    office.run("2026-11-05 10:00")
    office.answer("QH01", {KEY: {"off_why": "加屏幕，附合同", "off_by": "花策"}})
    before = len(office.mails("QH01"))
    office.run("2026-11-06 09:00")
    assert "偏差审批" not in "".join(office.mails("QH01")[before:])
    office.answer("QH03", {KEY: {"off_decision": "同意", "off_decided_by": "高总"}})
    office.run("2026-11-09 09:00")
    letter = office.mails("QH01")[-1]
    assert "偏差审批：同意（高总 2026-11-09）" in letter
    assert "退回" not in letter


def test_a_budget_that_is_changed_on_the_worklist_and_not_signed_is_told_to_who_changed_it(tmp_path: Path) -> None:
    """The amount is all that is asked; what was typed is taken, and 高总 sees it once it is signed."""
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-20", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    office.answer("QH03", {KEY: decided("退回", budget_reason="太高")})
    office.run("2026-11-03 09:00")
    office.answer("QH01", {KEY: {}})  # handed in as it is: nothing was changed
    office.run("2026-11-03 10:00")
    assert office.exceptions() == []
    office.answer("QH01", {KEY: {"budget_amount": 18000}})
    office.run("2026-11-03 11:00")
    record = office.record(SHEET, KEY)
    assert (record["预算费用（元）"], record["当前状态"]) == (18000, "待修改")
    told = "这一行改了预算费用（元），预算修改人没有填：改动已采用，这一步仍为待办"
    (row,) = office.open_exceptions()
    assert (row["问题"], row["由谁处理"]) == (told, "花策")
    assert told in office.mails("QH01")[-1]
    office.answer("QH01", {KEY: {"budget_revised_by": "花策"}})  # the advice is followed
    office.run("2026-11-03 12:00")
    record = office.record(SHEET, KEY)
    assert (record["预算费用（元）"], record["当前状态"]) == (18000, "待审批")
    assert office.exceptions() == []


def test_how_far_it_may_be_off_is_the_offices(tmp_path: Path) -> None:
    office = spent(tmp_path, 22000, **{"parameters.budget_spread": 5})
    assert office.record(SHEET, KEY)["当前状态"] == "待说明偏差"


def test_nothing_is_spent_before_it_is_decided(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "路演", "promoted_on": "2026-11-04", "budget_amount": 8000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    office.drop("activity_cost", {"budget_no": KEY, "cost_amount": 8000, "cost_on": "2026-11-02", "cost_by": "花策"})
    office.run("2026-11-02 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审批"
    office.answer("QH03", {KEY: decided("退回", budget_reason="压到 6000")})
    office.run("2026-11-02 11:00")
    office.answer("QH01", {KEY: {"budget_amount": 6000, "budget_revised_by": "花策"}})
    office.run("2026-11-02 12:00")
    record = office.record(SHEET, KEY)
    assert (record["预算费用（元）"], record["当前状态"]) == (6000, "待审批")


def test_a_budget_lies_ahead_its_cost_after_and_nobody_judges_his_own_excuse(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    made = {"budget_amount": 20000, "budget_made_on": "2026-11-02", "budget_by": "花策"}
    office.drop("activity_budget", made | {"promoted_activity": "已办过", "promoted_on": "2026-11-01"})
    office.run("2026-11-02 09:00")
    assert office.master(SHEET) == []
    office.drop("activity_budget", made | {"promoted_activity": "促销（主会场）", "promoted_on": "2026-11-04"})
    office.run("2026-11-02 10:00")
    again = made | {"promoted_activity": "促销(主会场)", "promoted_on": "2026-11-04", "budget_amount": 21000}
    office.drop("activity_budget", again)
    office.run("2026-11-02 11:00")
    assert [row["预算费用（元）"] for row in office.master(SHEET)] == [21000]  # one activity in another spelling

    office.answer("QH03", {KEY: decided()})
    office.run("2026-11-03 09:00")
    cost = {"cost_amount": 30000, "cost_by": "花策"}
    office.answer("QH01", {KEY: cost | {"cost_on": "2026-11-03"}})
    office.run("2026-11-03 10:00")
    assert "费用登记日期“2026-11-03”早于推广活动日期“2026-11-04”" in office.exceptions()
    office.answer("QH01", {KEY: cost | {"cost_on": "2026-11-04"}})
    office.run("2026-11-04 10:00")
    office.drop("cost_explained", {"budget_no": KEY, "off_why": "加屏幕", "off_by": "高总"})
    office.run("2026-11-04 11:00")
    office.drop("cost_accepted", {"budget_no": KEY, "off_decision": "同意", "off_decided_by": "高总"})
    office.run("2026-11-04 12:00")
    assert office.record(SHEET, KEY)["当前状态"] == "偏差待审批"


def test_an_activity_whose_day_has_come_without_approval_is_told_and_was_due_by_then(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-03", "budget_by": "花策"})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, KEY)["应办结日"] == "2026-11-04"  # two working days would be Thursday
    assert office.exceptions() == []
    office.run("2026-11-04 09:00")
    told = "推广活动日期 2026-11-04 已到，费用还没有批：批准以前不能用"
    assert office.exceptions() == [told]
    assert told in office.mails("QH03")[-1]
    office.answer("QH03", {KEY: decided()})
    office.run("2026-11-04 10:00")
    assert office.exceptions() == []


def test_one_activity_budgeted_twice_is_told_until_one_is_ended(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-14", "budget_made_on": "2026-11-02"}
    said |= {"budget_by": "花策"}
    office.drop("activity_budget", said | {"budget_amount": 20000})
    office.run("2026-11-02 09:00")
    other = said | {"budget_no": "YS2611009", "promoted_activity": " 开业促销", "budget_amount": 20000}
    office.drop("activity_budget", other, said | {"budget_no": "YS2611010", "budget_amount": 500})
    office.run("2026-11-03 09:00")
    told = "“开业促销”和 YS2611001 的活动、日期和金额相同，可能是同一件"  # 500 yuan are another matter
    readers = sorted((row["由谁处理"], row["问题"]) for row in office.open_exceptions())
    assert readers == [("花策", told), ("齐经理", told)]
    ended = {"budget_no": "YS2611009", "end_reason": "重复登记", "ended_on": "2026-11-03", "ended_by": "高总"}
    office.drop("budget_ended", ended)
    office.run("2026-11-03 10:00")
    assert told not in office.exceptions()


def test_a_budget_of_nothing_is_told_to_who_made_it(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 0}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    assert office.record(SHEET, KEY)["预算费用（元）"] == 0
    assert office.exceptions() == ["预算费用（元）填的是 0"]
    assert "预算费用（元）填的是 0" in "".join(office.mails("QH01"))


def test_a_cost_is_not_late_before_it_could_be_listed(tmp_path: Path) -> None:
    """Held on Wednesday 11-04, approved on Tuesday 11-10: 72 hours are over, two working days are left, to the 12th."""
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-03", "budget_by": "花策"})
    office.run("2026-11-03 09:00")
    office.answer("QH03", {KEY: decided()})
    office.run("2026-11-10 09:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["应办结日"], record["时限提醒"]) == ("待登记费用", "2026-11-12", None)
    office.run("2026-11-11 09:00")
    assert office.record(SHEET, KEY)["应办结日"] == "2026-11-12"
    office.run("2026-11-16 09:00")
    assert office.record(SHEET, KEY)["时限提醒"] == "逾期 4 天"


def test_a_step_that_is_called_an_explanation_is_taken_beside_other_pages_of_a_worklist(tmp_path: Path) -> None:
    """四 4 1): the difference is explained. The page “偏差说明” lies in one workbook with “费用登记”, which is filled as well."""
    office = spent(tmp_path, 22001)
    said = {"promoted_activity": "周年促销", "promoted_on": "2026-11-05", "budget_amount": 1000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-04", "budget_by": "花策"})
    office.run("2026-11-04 18:00")
    office.answer("QH03", {"YS2611002": decided()})
    office.run("2026-11-05 09:00")
    assert office.tasks("QH01") == ["费用登记", "偏差说明"]
    cost = {"cost_amount": 1000, "cost_on": "2026-11-05", "cost_by": "花策"}
    office.answer("QH01", {KEY: {"off_why": "增加一块屏幕", "off_by": "花策"}, "YS2611002": cost})
    office.run("2026-11-05 17:00")
    assert office.exceptions() == []
    assert [row["当前状态"] for row in office.master(SHEET)] == ["偏差待审批", "已核销"]


@pytest.mark.parametrize("together", [True, False])
def test_what_is_approved_after_its_activity_is_told_once_to_who_decides_and_who_asked(
    tmp_path: Path, together: bool
) -> None:
    """The activity is on Wednesday 4 November; its budget and the approval come on Monday the 9th, in one run or two."""
    office = Office(tmp_path, ["activity_budgets"], PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    if not together:
        office.run("2026-11-03 09:00")
    office.drop("budget_decision", {"budget_no": KEY} | decided())
    office.run("2026-11-09 09:00")
    told = "推广活动日期是 2026-11-04，费用 2026-11-09 才批"
    office.exceptions()
    rows = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才" in str(row["问题"])]
    assert sorted(rows) == sorted([("花策", told), ("高总", told)])
