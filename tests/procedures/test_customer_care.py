"""客户关怀, played through: what lies ahead, what was given, who came."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from schemas.roster.samples import AREAS
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


def test_a_festival_is_everybodys_who_cares_for_somebody_with_the_names_of_his_customers(office: Office) -> None:
    """001, 5.3.3: one call to one customer is no word with all the others."""
    other = CONTACT | {"care_customer": "平安店", "contact_name": "李四"}
    office.drop("care_contact", CONTACT, other, other | {"care_customer": "新星副食", "care_person": "李秀英"})
    office.run("2026-09-24 09:00")
    for person, names in (("K01", "平安店、惠民超市"), ("K02", "新星副食")):
        rows = [(row["关怀事由"], row["节日关怀客户"]) for row in office.worklist(person, "客户关怀")]
        assert rows == [("中秋节", names), ("国庆节", names)]
    assert "客户关怀" not in office.tasks("S01")
    office.answer("K01", {"中秋节-2026-王建国": GIVEN | {"cared_on": "2026-09-24"}})
    office.run("2026-09-25 09:00")
    assert office.record("关怀提醒", "中秋节-2026-李秀英")["当前状态"] == "待关怀"


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


@pytest.mark.parametrize(("day", "there"), [("2026-12-25", False), ("2026-12-26", True), ("2026-12-31", True)])
def test_a_birthday_on_2_january_is_told_in_december(office: Office, day: str, there: bool) -> None:
    office.drop("care_contact", {**CONTACT, "born_on": "1980-01-02"})
    office.run(f"{day} 09:00")
    # seven days before 2 January is 26 December
    assert ("GH0001-2027-生日" in keys(office)) is there
    assert [each for each in keys(office) if "生日" in each] == ["GH0001-2027-生日"] * there


def test_new_years_day_is_told_in_december_though_its_days_off_are_not_known(office: Office) -> None:
    office.drop("care_contact", {**CONTACT, "born_on": None})
    office.run("2028-12-24 09:00")
    assert keys(office) == []
    office.run("2028-12-28 09:00")
    (row,) = office.worklist("K01", "客户关怀")
    assert (row["关怀事由"], row["应办结日"]) == ("元旦", "2029-01-01")


def test_festivals_of_the_offices_own_table_are_told(office: Office) -> None:
    office.drop("care_contact", {**CONTACT, "born_on": None})
    days = ({"holiday_on": f"2031-01-{day}", "holiday_kind": "放假", "holiday_name": "春节"} for day in (23, 24, 22))
    office.drop("holiday_table", *days)
    office.run("2031-01-16 09:00")
    assert [(row["提醒编号"], row["关怀日期"]) for row in office.master("关怀提醒")] == [
        ("春节-2031-王建国", "2031-01-22")
    ]


@pytest.mark.parametrize(
    ("on", "festival", "day"), [("2026-02-11", "春节", "2026-02-17"), ("2026-03-30", "清明节", "2026-04-05")]
)
def test_a_festival_is_on_its_own_day_not_on_the_first_day_off(
    office: Office, on: str, festival: str, day: str
) -> None:
    """2026: off from 02-15, the first of the first moon is 02-17; off from 04-04, 清明 is 04-05."""
    office.drop("care_contact", {**CONTACT, "born_on": None})
    office.run(f"{on} 09:00")
    (row,) = office.worklist("K01", "客户关怀")
    assert (row["关怀事由"], row["应办结日"]) == (festival, day)
    ended = {"occasion_no": f"{festival}-2026-王建国", "end_reason": "没有办", "ended_on": on, "ended_by": "赵敏"}
    office.drop("care_occasion_ended", ended)
    office.run(f"{on} 10:00")
    assert office.record("关怀提醒", f"{festival}-2026-王建国")["当前状态"] == "已作废"
    office.run(f"{on} 11:00")
    assert "客户关怀" not in office.tasks("K01")


def test_a_day_that_passed_without_a_run_is_asked_but_none_from_before_the_contact(office: Office) -> None:
    office.drop("care_contact", CONTACT)  # 5 November
    office.run("2026-10-20 09:00")
    office.drop("care_contact", {**CONTACT, "contact_name": "李四", "born_on": "1980-11-04"})
    office.run("2026-11-09 09:00")  # nobody ran for three weeks
    assert keys(office) == ["GH0001-2026-生日"]
    assert office.record("关怀提醒", "GH0001-2026-生日")["时限提醒"] == "逾期 4 天"


def test_a_birthday_that_is_put_right_after_it_was_cared_for_is_told_again_where_it_lies_ahead(office: Office) -> None:
    """5 November was wrong, and cared for on the 4th. Put right on the 9th: the 12th is in three days, and asked for once more;
    the 7th, put right later still, is over.
    """
    office.drop("care_contact", CONTACT)
    office.run("2026-11-02 09:00")
    office.answer("K01", {"GH0001-2026-生日": GIVEN})
    office.run("2026-11-04 09:00")
    office.drop("care_contact", {**CONTACT, "born_on": "1980-11-12"})
    office.run("2026-11-09 09:00")
    days = {row["提醒编号"]: (row["关怀日期"], row["当前状态"]) for row in office.master("关怀提醒")}
    again = "GH0001-2026-生日-2"
    assert days == {"GH0001-2026-生日": ("2026-11-05", "已关怀"), again: ("2026-11-12", "待关怀")}

    office.drop("care_contact", {**CONTACT, "born_on": "1980-11-13"})  # it was the 13th: one reminder, with its day
    office.run("2026-11-10 09:00")
    (row,) = office.worklist("K01", "客户关怀")
    assert (row["关怀事由"], row["应办结日"]) == ("惠民超市 张三喜生日", "2026-11-13")
    office.answer("K01", {again: {**GIVEN, "cared_on": "2026-11-11"}})
    office.run("2026-11-11 09:00")
    office.drop("care_contact", {**CONTACT, "born_on": "1980-11-07"})
    office.run("2026-11-11 10:00")
    assert {row["提醒编号"]: row["当前状态"] for row in office.master("关怀提醒")} == {
        "GH0001-2026-生日": "已关怀",
        again: "已关怀",
    }


def test_another_day_that_matters_is_told_each_year(office: Office) -> None:
    more = {"care_day": "2018-11-06", "care_day_name": "合作纪念日"}
    office.drop("care_contact", {**CONTACT, "born_on": None, **more})
    office.run("2026-11-02 09:00")
    (row,) = office.worklist("K01", "客户关怀")
    assert (row["关怀事由"], row["应办结日"]) == ("惠民超市 张三喜合作纪念日", "2026-11-06")


def approved(office: Office, **more: Any) -> None:
    """A campaign on 20 November is approved on the 2nd."""
    office.drop("care_campaign", CAMPAIGN | more)
    office.run("2026-11-02 09:00")
    office.answer("S01", {"HD2601": {"campaign_answer": "同意", "campaign_approver": "赵敏"}})
    office.run("2026-11-02 10:00")


def report(cost: float, **more: Any) -> dict[str, dict[str, Any]]:
    said = {"campaign_cost": cost, "campaign_result": "到场 20 户", "reported_by": "王建国"}
    return {"HD2601": said | more}


def test_a_campaign_is_reported_after_it_was_held_within_five_days(office: Office) -> None:
    approved(office)
    (row,) = office.worklist("K01", "活动总结")
    assert row["应办结日"] == "2026-11-25"
    office.answer("K01", report(3000))
    office.run("2026-11-19 09:00")
    assert office.record("客户活动", "HD2601")["当前状态"] == "待举办"
    assert "活动日期还没有到，举办以后再总结" in [row["怎样改"] for row in office.master("未解决的异常")]

    office.answer("K01", report(3000))
    office.run("2026-11-20 17:00")
    assert (office.record("客户活动", "HD2601")["当前状态"], office.exceptions()) == ("已举办", [])


def test_a_campaign_not_reported_is_late(office: Office) -> None:
    approved(office)
    office.run("2026-11-27 09:00")
    assert office.record("客户活动", "HD2601")["时限提醒"] == "逾期 2 天"
    assert "逾期情况" in office.tasks("S01")


@pytest.mark.parametrize(
    ("cost", "more", "told"),
    [
        (3300, {}, False),  # 10 % above
        (2700, {}, False),  # 10 % below
        (3301, {}, True),
        (2699, {}, True),
        (3600, {"cost_reason": "临时增加 10 户"}, False),
    ],
)
def test_a_cost_more_than_ten_percent_off_the_budget_is_told_unless_it_is_said_why(
    office: Office, cost: float, more: dict[str, Any], told: bool
) -> None:
    approved(office)
    office.answer("K01", report(cost, **more))
    office.run("2026-11-20 17:00")
    assert office.exceptions() == [f"实际费用 {cost}，预算 3000，相差超过 10%"] * told


def test_how_far_a_cost_may_be_off_is_the_offices(office: Office) -> None:
    setting = {"parameter_name": "活动费用可偏离预算百分之几", "parameter_value": 20, "parameter_from": "2026-11-01"}
    office.drop("parameter_table", setting)
    approved(office)
    office.answer("K01", report(3600))
    office.run("2026-11-20 17:00")
    assert office.exceptions() == []


def test_a_birthday_that_was_written_wrong_is_told_on_its_right_day(office: Office) -> None:
    office.drop("care_contact", CONTACT)  # 5 November
    office.run("2026-11-02 09:00")
    office.drop("care_contact", {**CONTACT, "born_on": "1980-11-15"})
    office.run("2026-11-09 09:00")
    record = office.record("关怀提醒", "GH0001-2026-生日")
    assert (record["关怀日期"], record["应办结日"], record["时限提醒"]) == ("2026-11-15", "2026-11-15", None)


def test_what_was_given_stays_what_it_was_when_the_contact_changes(office: Office) -> None:
    office.drop("care_contact", CONTACT, name="关怀档案.xlsx")
    office.run("2026-10-29 09:00")
    office.answer("K01", {"GH0001-2026-生日": GIVEN})
    office.run("2026-11-04 09:00")
    office.drop("care_contact", {**CONTACT, "contact_no": "GH0001", "born_on": "1980-11-09"})
    office.run("2026-11-05 09:00")
    record = office.record("关怀提醒", "GH0001-2026-生日")
    assert (record["关怀日期"], record["当前状态"]) == ("2026-11-05", "已关怀")
    # the contact himself has his right birthday
    assert office.record("关怀对象", "GH0001")["出生日期"] == "1980-11-09"


def test_what_was_given_last_year_is_not_given_for_this_years_day(office: Office) -> None:
    office.drop("care_contact", CONTACT)
    office.run("2026-10-29 09:00")
    office.answer("K01", {"GH0001-2026-生日": {**GIVEN, "cared_on": "2025-11-04"}})
    office.run("2026-11-04 09:00")
    assert office.record("关怀提醒", "GH0001-2026-生日")["当前状态"] == "待关怀"
    assert "办理关怀日期“2025-11-04”早于最早办理日期“2026-09-06”" in office.exceptions()  # 60 days before 5 November


def test_a_birthday_is_told_when_it_comes_near_and_once_more_on_its_eve(office: Office) -> None:
    office.drop("care_contact", {**CONTACT, "born_on": "1980-11-23"})  # a Monday in 2026
    office.run("2026-11-12 09:00")
    told = {}
    for day in ("2026-11-13", "2026-11-16", "2026-11-17", "2026-11-19", "2026-11-20", "2026-11-23"):
        before = len(office.mails("K01"))
        office.run(f"{day} 09:00")
        told[day] = len(office.mails("K01")) - before
    # a week ahead, and on Friday: the day before is a Sunday, on which nobody reads
    assert told == {
        "2026-11-13": 0,
        "2026-11-16": 1,
        "2026-11-17": 0,
        "2026-11-19": 0,
        "2026-11-20": 1,
        "2026-11-23": 0,
    }


def readers(office: Office, sentence: str) -> list[Any]:
    return sorted(row["由谁处理"] for row in office.open_exceptions() if row["问题"] == sentence)


def test_a_gift_is_asked_for_and_granted_before_it_is_given(tmp_path: Path) -> None:
    people = [*PEOPLE, ("FJ01", "周岚", "费用专员"), ("FJ02", "孙总", "销售主管")]
    office = Office(tmp_path, ["customer_care", "relationship_expenses"], people)
    office.drop("care_contact", CONTACT, {**CONTACT, "contact_name": "李四", "born_on": "1980-11-06"})
    gift = {"expense_kind": "赠送礼品", "expense_customer": "惠民超市", "requested_amount": 100, "expense_use": "生日"}
    office.drop("expense_request", gift | {"requested_on": "2026-11-02", "requested_by": "周岚"})
    office.run("2026-11-02 09:00")
    granted = {"expense_answer": "同意", "granted_by": "孙总", "granted_on": "2026-11-03"}
    office.answer("FJ02", {"FY261101": granted})
    office.run("2026-11-03 09:00")
    office.answer("K01", {"GH0001-2026-生日": GIVEN})
    office.run("2026-11-04 09:00")
    assert office.exceptions() == []  # 60 of 100
    office.answer("K01", {"GH0002-2026-生日": GIVEN | {"given_value": 50, "cared_on": "2026-11-05"}})
    office.run("2026-11-05 09:00")
    told = "“惠民超市 李四生日”赠送 50 元，连这以前的一共 110 元；这以前批过的礼品预算是 100 元"  # 110 of 100
    assert (office.exceptions(), readers(office, told)) == ([told], ["赵敏"])


def test_a_gift_that_nobody_asked_for_is_told_to_the_market_manager(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care", "relationship_expenses"], PEOPLE)
    office.drop("care_contact", CONTACT)
    office.run("2026-11-02 09:00")
    office.answer("K01", {"GH0001-2026-生日": GIVEN})
    office.run("2026-11-04 09:00")
    told = "“惠民超市 张三喜生日”赠送 60 元，连这以前的一共 60 元；这以前批过的礼品预算是 0 元"
    assert readers(office, told) == ["赵敏"]
    assert told in office.mails("S01")[-1]


def test_a_campaign_whose_day_came_without_approval_and_one_approved_afterwards_are_told(office: Office) -> None:
    office.drop("care_campaign", CAMPAIGN | {"campaign_on": "2026-11-04"})
    office.run("2026-11-03 09:00")
    assert office.exceptions() == []
    office.run("2026-11-04 09:00")
    assert readers(office, "活动日期 2026-11-04 已到，活动还没有批") == ["赵敏"]
    office.answer("S01", {"HD2601": {"campaign_answer": "同意", "campaign_approver": "赵敏"}})
    office.run("2026-11-05 09:00")
    told = "活动在 2026-11-04，2026-11-05 才批"
    assert (set(office.exceptions()), readers(office, told)) == ({told}, ["王建国", "赵敏"])


def test_a_guest_does_not_come_before_the_day(office: Office) -> None:
    approved(office)
    office.drop("campaign_guest", {"campaign_no": "HD2601", "guest_name": "惠民超市", "guest_came": "是"})
    office.run("2026-11-19 09:00")
    assert readers(office, "活动 HD2601 要到 2026-11-20 才办，惠民超市已记为到场") == ["王建国"]
    office.run("2026-11-20 17:00")
    assert office.exceptions() == []


def test_who_is_no_customer_and_who_has_no_day_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    shop = {"licence_no": "131123100018", "customer_name": "新星副食店", "principal": "李新"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("registration", shop)
    office.drop("care_contact", CONTACT, {**CONTACT, "care_customer": "新星副食店", "born_on": None})
    approved(office)
    guests = ({"campaign_no": "HD2601", "guest_name": name} for name in ("新星副食店", "路人甲"))
    office.drop("campaign_guest", *guests)
    office.run("2026-11-03 09:00")
    assert readers(office, "“惠民超市”不在客户登记中") == ["王建国"]
    assert readers(office, "“路人甲”不在客户登记中") == ["赵敏"]
    assert not [each for each in office.exceptions() if "新星副食店”不在" in each]
    assert readers(office, "“新星副食店 张三喜”没有填任何日期，不会有关怀提醒") == ["王建国"]


def test_a_campaign_that_is_called_off_ends(office: Office) -> None:
    """Returned to who planned it, its day come: called off by the manager, nobody is asked for it any more."""
    office.drop("care_campaign", CAMPAIGN | {"campaign_on": "2026-11-04"})
    office.run("2026-11-03 09:00")
    said = {"campaign_answer": "退回", "campaign_reason": "来不及", "campaign_approver": "赵敏"}
    office.answer("S01", {"HD2601": said})
    office.run("2026-11-03 10:00")
    office.run("2026-11-05 09:00")
    (line,) = [row for row in office.open_exceptions() if "还没有批" in str(row["问题"])]
    assert "客户活动作废单" in str(line["怎样改"])
    ended = {"campaign_no": "HD2601", "end_reason": "取消", "ended_on": "2026-11-05", "ended_by": "赵敏"}
    office.drop("campaign_ended", ended)
    office.run("2026-11-05 10:00")
    assert office.record("客户活动", "HD2601")["当前状态"] == "已作废"
    assert office.exceptions() == []
    assert "方案修改" not in office.tasks("K01")


def test_a_plan_that_is_changed_and_not_said_to_be_is_told_to_who_changed_it(office: Office) -> None:
    """The name stands there already: only what was changed is asked for, and until then the plan waits with him."""
    office.drop("care_campaign", CAMPAIGN)
    office.run("2026-11-02 09:00")
    said = {"campaign_answer": "退回", "campaign_reason": "预算偏高", "campaign_approver": "赵敏"}
    office.answer("S01", {"HD2601": said})
    office.run("2026-11-02 10:00")
    office.answer("K01", {"HD2601": {"plan_changed_by": "王建国"}})  # nothing but the name: another reminder
    office.run("2026-11-02 10:30")
    assert not any("改动已采用" in each for each in office.exceptions())
    office.answer("K01", {"HD2601": {"campaign_budget": 2000, "plan_changed_by": "王建国"}})
    office.run("2026-11-02 11:00")
    record = office.record("客户活动", "HD2601")
    assert (record["活动预算"], record["当前状态"]) == (2000, "待修改")
    told = "这一行改了活动预算，方案修改内容没有填：改动已采用，这一步仍为待办"
    (row,) = office.open_exceptions()
    assert (row["问题"], row["由谁处理"]) == (told, "王建国")
    assert told in office.mails("K01")[-1]
    office.answer("K01", {"HD2601": {"plan_changes": "缩减场地", "plan_changed_by": "王建国"}})  # as advised
    office.run("2026-11-02 12:00")
    record = office.record("客户活动", "HD2601")
    assert (record["活动预算"], record["当前状态"], office.exceptions()) == (2000, "待审批", [])


def test_a_sheet_of_two_columns_is_what_its_title_says_whatever_its_file_is_called(office: Office) -> None:
    """Invitations go out before anybody has come: 是否到场 is left out. “campaign” in the file's name is the English title of plans."""
    office.drop("care_campaign", CAMPAIGN)
    office.run("2026-11-02 09:00")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "活动邀请签到表"
    for row in (["活动邀请签到表"], ["活动编号", "受邀客户"], ["HD2601", "惠民超市"], ["HD2601", "二店"]):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    office.put("006_campaign_guest.xlsx", content.getvalue())
    office.run("2026-11-02 10:00")
    assert {row["受邀客户"] for row in office.master("活动邀请")} == {"惠民超市", "二店"}
    assert not any("认不出" in said for said in office.exceptions())


@pytest.mark.parametrize("before", [True, False])
def test_nobody_is_cared_for_whose_shop_is_no_more(tmp_path: Path, before: bool) -> None:
    """惠民超市's birthday is on 11-05, told from 10-29: its shop is given up before that, or when the day stands on the worklist."""
    people = [*PEOPLE, ("A01", "李敏", "系统管理员")]
    office = Office(tmp_path, ["customer_care", "new_customer"], people)
    office.drop("area_list", *AREAS.records)
    shop = {"licence_no": "131123100018", "customer_name": "惠民超市", "principal": "张三喜", "filled_by": "李敏"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("registration", shop)
    office.drop("care_contact", CONTACT)
    given_up = {"licence_no": "131123100018", "change_kind": "注销", "handled_by": "李敏"}
    day = "2026-10-27" if before else "2026-10-30"
    if not before:
        office.run("2026-10-29 09:00")
        assert office.tasks("K01") == ["客户关怀"]
    else:
        office.run("2026-10-26 09:00")
    office.drop("change_sheet", given_up | {"effective_on": day})
    office.run(f"{day} 09:00")
    office.run("2026-11-06 09:00")
    assert office.tasks("K01") == []
    assert ("关怀提醒" in office.pages() and [row["当前状态"] for row in office.master("关怀提醒")]) == (
        False if before else ["客户已注销"]
    )
    assert readers(office, "“惠民超市”已注销，不再提醒关怀") == ["王建国"]


@pytest.mark.parametrize(
    ("cared", "came", "told"),
    [
        (
            "2026-10-10",
            "2026-10-30",
            {
                "“惠民超市 张三喜生日”在 2026-11-05，写的是 2026-10-10 就办了",
                "王建国 2026-10-30 才交来 1 条，最早的是 2026-10-10 的",
            },
        ),
        ("2026-10-29", "2026-10-30", set()),  # told of from 10-29 on
        (
            "2026-11-04",
            "2026-11-09",
            {
                "王建国 2026-11-09 才交来 1 条，最早的是 2026-11-04 的",
                "“惠民超市 张三喜生日”的“客户关怀”应在 2026-11-05 以前办，2026-11-09 才交来",
            },
        ),
    ],
)
def test_a_word_of_long_before_is_not_about_this_day_and_a_late_sheet_is_told(
    office: Office, cared: str, came: str, told: set[str]
) -> None:
    """001, 5.3.3: the birthday is on 11-05, seven days ahead it stands on the worklist."""
    office.drop("care_contact", CONTACT)
    office.run("2026-10-29 09:00")
    office.answer("K01", {"GH0001-2026-生日": GIVEN | {"cared_on": cared}})
    office.run(f"{came} 09:00")
    assert office.record("关怀提醒", "GH0001-2026-生日")["当前状态"] == "已关怀"
    assert set(office.exceptions()) == told
