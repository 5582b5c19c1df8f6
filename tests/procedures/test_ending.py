"""A record that was entered by mistake, or that nobody needs, is ended with a reason: it nags no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.test_activity_budgets import PEOPLE as BUDGET_PEOPLE
from tests.procedures.test_activity_budgets import spent
from tests.procedures.test_first_contact import PEOPLE, SHEET, matter, sent
from tests.procedures.test_meetings import PEOPLE as MEETING_PEOPLE
from tests.procedures.test_meetings import meeting
from tests.tools.office import Office

KEY = "SJ2611001"


def ended(by: str, **more: Any) -> dict[str, Any]:
    return {"matter_no": KEY, "end_reason": "重复登记", "ended_on": "2026-11-03", "ended_by": by} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A matter that waits for 吴刚, a day late."""
    office = Office(tmp_path, ["first_contact"], PEOPLE)
    office.drop("matter", matter())
    office.run("2026-11-02 10:00")
    office.answer("KF01", {KEY: sent("报修")})
    office.run("2026-11-02 11:00")
    return office


@pytest.mark.parametrize("who", ["吴刚", "郝主管"])
def test_whoever_has_it_or_watches_over_it_ends_it_with_a_reason(office: Office, who: str) -> None:
    office.run("2026-11-05 09:00")
    assert office.tasks("KF02") == ["处理"] and "逾期情况" in office.tasks("KF03")

    office.drop("matter_ended", ended(who))
    office.run("2026-11-05 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已作废"
    assert (office.tasks("KF02"), office.tasks("KF03"), office.exceptions()) == ([], [], [])

    office.run("2026-11-30 09:00")
    assert (office.tasks("KF02"), office.tasks("KF03"), office.exceptions()) == ([], [], [])


def test_nobody_else_may_and_not_without_a_reason(office: Office) -> None:
    office.drop("matter_ended", ended("周婷"))
    assert office.run("2026-11-03 10:00").rows.rejected == 1
    assert any("“作废”应由“主管”办理，“周婷”不是该岗位的在岗人员" in each for each in office.exceptions())

    office.drop("matter_ended", ended("吴刚", end_reason=""))
    assert office.run("2026-11-03 11:00").rows.rejected == 1
    assert office.record(SHEET, KEY)["当前状态"] == "待处理"


def test_what_is_ended_takes_no_step_any_more(office: Office) -> None:
    office.drop("matter_ended", ended("吴刚"))
    office.run("2026-11-03 10:00")
    said = {"handling_result": "已处理", "handling": "上门", "handled_on": "2026-11-03", "matter_handled_by": "吴刚"}
    office.drop("matter_handling", {"matter_no": KEY, **said})
    office.run("2026-11-03 11:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已作废"


def test_a_duty_of_a_day_that_was_none_is_ended_and_not_opened_again(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], [("C1", "钱客服", "客户中心"), ("C2", "孙主管", "主管")])
    office.run("2026-11-03 09:00")
    office.drop(
        "site_look_ended",
        {"look_no": "CK2026-11-03", "end_reason": "停电", "ended_on": "2026-11-03", "ended_by": "钱客服"},
    )
    office.run("2026-11-03 10:00")
    office.run("2026-11-03 11:00")
    assert [(row["查看编号"], row["当前状态"]) for row in office.master("网站查看")] == [("CK2026-11-03", "已作废")]
    assert office.tasks("C1") == []


def test_who_had_it_who_worked_on_it_and_who_watches_read_who_ended_it_and_why(office: Office) -> None:
    """周婷 took it in and sent it to 吴刚; 郝主管 watches over the register. 吴刚 ends it, whose own it is: the others read it."""
    office.drop("matter_ended", ended("郝主管", end_reason="客户撤诉"))
    office.run("2026-11-03 10:00")
    told = f"{KEY}：作废（郝主管 2026-11-03），理由：客户撤诉"
    assert told in office.mails("KF01")[-1] and told in office.mails("KF02")[-1]
    assert not any("客户撤诉" in each for each in office.mails("KF03"))


def test_whoever_ends_what_he_has_is_read_of_by_who_watches(office: Office) -> None:
    office.drop("matter_ended", ended("吴刚", end_reason="客户撤诉"))
    office.run("2026-11-03 10:00")
    assert f"{KEY}：作废（吴刚 2026-11-03），理由：客户撤诉" in office.mails("KF03")[-1]


def test_what_was_approved_is_ended_by_the_role_that_decides_alone(tmp_path: Path) -> None:
    """25,000 of 20,000 yuan: 花策 has to explain 25 %; neither he nor the head of his department may make it vanish."""
    office = spent(tmp_path, 25000)
    said = {"budget_no": "YS2611001", "end_reason": "重复登记", "ended_on": "2026-11-05"}
    for by in ("花策", "齐经理"):
        office.drop("budget_ended", {**said, "ended_by": by})
        assert office.run("2026-11-05 09:00").rows.rejected == 1
    assert office.record("活动费用", "YS2611001")["当前状态"] == "待说明偏差"
    told = "在“预算审批”时由“总经理”决定，只有该岗位能作废，“齐经理”不能"
    assert any(told in each for each in office.exceptions())

    office.drop("budget_ended", {**said, "ended_by": "高总"})
    office.run("2026-11-05 10:00")
    assert office.record("活动费用", "YS2611001")["当前状态"] == "已作废"
    for person in ("QH01", "QH02"):
        assert "作废（高总 2026-11-05），理由：重复登记" in office.mails(person)[-1]


def test_what_lies_with_the_superior_for_approval_is_not_withdrawn_behind_his_back(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], BUDGET_PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    over = {"budget_no": "YS2611001", "end_reason": "改期", "ended_on": "2026-11-02", "ended_by": "齐经理"}
    office.drop("budget_ended", over)
    office.run("2026-11-02 10:00")
    assert office.tasks("QH03") == ["预算审批"]


def test_a_meeting_that_has_begun_is_not_called_off_by_whoever_owes_its_minutes(tmp_path: Path) -> None:
    office = Office(tmp_path, ["meetings"], MEETING_PEOPLE)
    office.drop("meeting_plan", meeting("2026-11-12 15:00"))
    office.run("2026-11-02 09:00")
    key = office.master("会议")[0]["会议编号"]
    over = {"meeting_no": key, "end_reason": "不开了", "ended_on": "2026-11-13", "ended_by": "文静"}
    office.drop("meeting_ended", over)
    assert office.run("2026-11-13 09:00").rows.rejected == 1  # it was to be held on the 12th
    assert office.record("会议", key)["当前状态"] != "已作废"
    office.drop("meeting_ended", {**over, "ended_by": "郝主管"})
    office.run("2026-11-13 10:00")
    assert office.record("会议", key)["当前状态"] == "已作废"
