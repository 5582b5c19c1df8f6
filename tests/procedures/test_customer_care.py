"""客户关怀, played through: what lies ahead, what was given, who came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [("K01", "王建国", "客户经理"), ("K02", "李秀英", "客户经理"), ("S01", "赵敏", "市场经理")]
CONTACT = {"care_customer": "惠民超市", "contact_name": "张三喜", "born_on": "1980-11-05", "care_person": "王建国"}
GIVEN = {
    "care_deed": "上门祝贺",
    "given_item": "茶叶",
    "given_value": 60,
    "cared_on": "2026-11-04",
    "cared_by": "王建国",
}
CAMPAIGN = {"campaign_name": "答谢会", "campaign_on": "2026-11-20", "campaign_budget": 3000, "planned_by": "王建国"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["customer_care"], PEOPLE)


def keys(office: Office) -> list[Any]:
    return [row["提醒编号"] for row in office.master("关怀提醒")]


def test_birthdays_and_anniversaries_are_told_a_week_ahead_and_what_was_given_is_kept(office: Office) -> None:
    office.drop(
        "care_contact", CONTACT, {**CONTACT, "contact_name": "李四", "born_on": None, "opened_on": "2015-11-20"}
    )
    office.run("2026-10-28 09:00")
    assert keys(office) == []

    office.run("2026-10-29 09:00")
    assert keys(office) == ["GH0001-2026-生日"]
    (row,) = office.worklist("K01", "客户关怀")
    assert (row["关怀事由"], row["应办结日"]) == ("惠民超市 张三喜生日", "2026-11-05")

    office.answer("K01", {"GH0001-2026-生日": GIVEN})
    office.run("2026-11-04 09:00")
    assert office.record("关怀提醒", "GH0001-2026-生日")["当前状态"] == "已关怀"
    assert office.figures("统计", "关怀按月") == [["2026-11", 1, 1, 60]]

    office.run("2026-11-13 09:00")
    assert keys(office) == ["GH0001-2026-生日", "GH0002-2026-纪念日"]


def test_public_holidays_ahead_are_the_managers(office: Office) -> None:
    office.drop("care_contact", CONTACT)
    office.run("2026-09-24 09:00")
    assert [row["关怀事由"] for row in office.worklist("S01", "客户关怀")] == ["中秋节", "国庆节"]


def test_days_ahead_may_be_set(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care"], PEOPLE, **{"parameters.care_days_ahead": 10})
    office.drop("care_contact", CONTACT)
    office.run("2026-10-26 09:00")
    assert keys(office) == ["GH0001-2026-生日"]


def test_a_day_that_passed_is_late_and_the_managers_to_see(office: Office) -> None:
    office.drop("care_contact", CONTACT)
    office.run("2026-11-02 09:00")
    office.run("2026-11-09 09:00")
    assert office.record("关怀提醒", "GH0001-2026-生日")["时限提醒"] == "逾期 4 天"
    assert "逾期情况" in office.tasks("S01")


def test_a_campaign_is_sent_back_planned_anew_held_and_counted(office: Office) -> None:
    office.drop("care_campaign", CAMPAIGN)
    office.run("2026-11-02 09:00")
    office.answer(
        "S01", {"HD2601": {"campaign_answer": "退回", "campaign_reason": "预算偏高", "campaign_approver": "赵敏"}}
    )
    office.run("2026-11-02 10:00")
    (row,) = office.worklist("K01", "方案修改")
    assert row["退回原因"] == "预算偏高"

    office.answer("K01", {"HD2601": {"plan_changes": "缩减场地", "plan_changed_by": "王建国"}})
    office.run("2026-11-03 09:00")
    office.drop("campaign_review", {"campaign_no": "HD2601", "campaign_answer": "同意", "campaign_approver": "李秀英"})
    office.run("2026-11-03 10:00")
    assert "“答谢会”的“活动审批”应由“市场经理”办理，“李秀英”不是该岗位的在岗人员" in office.exceptions()

    office.answer("S01", {"HD2601": {"campaign_answer": "同意", "campaign_approver": "赵敏"}})
    office.drop(
        "campaign_guest",
        {"campaign_no": "HD2601", "guest_name": "惠民超市", "guest_came": "是"},
        {"campaign_no": "HD2601", "guest_name": "平安街烟酒店", "guest_came": "否"},
        {"campaign_no": "HD2609", "guest_name": "惠民超市"},
    )
    office.run("2026-11-04 09:00")
    assert office.record("客户活动", "HD2601")["当前状态"] == "待举办"
    assert office.figures("统计", "活动到场") == [["答谢会", 2, 1, 0.5]]

    office.answer("K01", {"HD2601": {"campaign_cost": 2800, "campaign_result": "到场 1 户", "reported_by": "王建国"}})
    office.run("2026-11-20 09:00")
    assert office.record("客户活动", "HD2601")["当前状态"] == "已举办"
