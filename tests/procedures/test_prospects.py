"""潜在客户, played through: contacted by plan, won by registration, given up only with leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.rebuild import rebuild
from schemas.language.catalogue import declared_procedures
from schemas.roster.samples import AREAS
from tests.tools.office import Office

PEOPLE = [("K01", "王建国", "客户经理"), ("K02", "李秀英", "客户经理"), ("S01", "赵敏", "市场经理")]
SHEET = "潜在客户"
KEY = "QZ260001"


def prospect(**more: Any) -> dict[str, Any]:
    return {
        "prospect_name": "新星副食",
        "prospect_phone": "13932820088",
        "prospect_weight": "重要",
        "prospect_kind": "潜在客户",
        "inner_findings": "夫妻店",
        "outer_findings": "临近学校",
        "next_contact": "2026-11-03",
        "prospect_owner": "王建国",
    } | more


def contact(answer: str = "继续跟进", **more: Any) -> dict[str, Any]:
    return {
        "step_reached": "需求确认",
        "contact_found": "愿意了解",
        "prospect_answer": answer,
        "contacted_on": "2026-11-03",
        "contacted_by": "王建国",
    } | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["prospects", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    office.drop("prospect", prospect(), prospect(prospect_name="老刘烟酒", prospect_phone=None, prospect_kind="老客户"))
    office.run("2026-11-02 09:00")
    return office


def test_a_prospect_is_contacted_by_plan_and_won_when_he_is_registered(office: Office) -> None:
    assert office.record(SHEET, KEY)["应办结日"] == "2026-11-03"
    office.answer("K01", {KEY: contact(next_contact="2026-11-10")})
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["应办结日"], record["到达步骤"]) == ("待联系", "2026-11-10", "需求确认")

    shop = {"licence_no": "131123100018", "customer_name": "新星副食店", "principal": "张三喜"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("registration", shop)
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["转为客户编号"]) == ("已转为客户", "131123100018")
    assert office.figures("统计 潜在客户", "潜在客户转化")[0] == ["重要潜在客户", 1, 1, 0, 1]


def test_two_rows_of_one_prospect_that_disagree_are_told_by_his_name(office: Office) -> None:
    found = prospect(prospect_name="城南副食", prospect_phone="13932820077")
    other = found | {"prospect_owner": "李秀英"}
    office.drop("prospect", found, other)
    office.run("2026-11-03 09:00")
    told = [each for each in office.exceptions() if "出现两次" in each]
    assert len(told) == 2
    assert all("这次交来的表中“城南副食”出现两次" in each and "QZ26" not in each for each in told)


def test_giving_up_needs_leave_that_is_not_ones_own(office: Office) -> None:
    office.answer("K01", {KEY: contact("放弃")})
    office.run("2026-11-03 09:00")
    said = {"drop_answer": "退回", "drop_reason": "再试一次"}
    office.drop("prospect_drop", {"prospect_no": KEY, **said, "drop_by": "李秀英"})
    office.run("2026-11-03 10:00")
    assert "“新星副食”的“放弃审核”应由“市场经理”办理，“李秀英”不是该岗位的在岗人员" in office.exceptions()
    office.answer("S01", {KEY: {**said, "drop_by": "赵敏"}})
    office.run("2026-11-03 11:00")
    rows = {row["潜在客户编号"]: row for row in office.worklist("K01", "潜客联系")}
    assert rows[KEY]["退回原因"] == "再试一次"


def given_up(office: Office) -> None:
    office.answer("K01", {KEY: contact("放弃")})
    office.run("2026-11-03 09:00")
    office.answer("S01", {KEY: {"drop_answer": "同意", "drop_by": "赵敏"}})
    office.run("2026-11-03 11:00")


def test_who_was_given_up_and_is_listed_for_another_day_is_somebodys_again(office: Office) -> None:
    given_up(office)
    office.drop("prospect", prospect(next_contact="2027-03-01", outer_findings="临近学校"))
    office.run("2027-02-22 09:00")
    rows = {row["潜在客户编号"]: row["当前状态"] for row in office.master(SHEET)}
    assert rows == {KEY: "已放弃", "QZ260002": "待联系", "QZ270001": "待联系"}
    assert "QZ270001" in [row["潜在客户编号"] for row in office.worklist("K01", "潜客联系")]


def test_a_cumulative_list_opens_nobody_anew_who_was_given_up(office: Office) -> None:
    given_up(office)
    more = prospect(prospect_name="东关小卖部", prospect_phone="13932820066")
    office.drop(
        "prospect", prospect(inner_findings="有证"), prospect(prospect_name="老刘烟酒", prospect_phone=None), more
    )
    office.run("2026-11-04 09:00")
    rows = {row["潜在客户编号"]: row["当前状态"] for row in office.master(SHEET)}
    assert rows == {KEY: "已放弃", "QZ260002": "待联系", "QZ260003": "待联系"}


@pytest.mark.parametrize(
    ("weight", "named", "due", "told"),
    [
        ("重要", "2026-11-30", "2026-11-30", False),  # the 3rd and the 30th: twice in November
        ("重要", "2026-12-01", "2026-11-30", True),
        ("一般", "2026-12-31", "2026-12-31", False),  # once in November, once in December
        ("一般", "2027-05-01", "2026-12-31", True),
    ],
)
def test_the_next_contact_is_due_as_often_as_the_manual_has_it(
    tmp_path: Path, weight: str, named: str, due: str, told: bool
) -> None:
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(prospect_weight=weight))
    office.run("2026-11-02 09:00")
    office.answer("K01", {KEY: contact(next_contact=named)})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, KEY)["应办结日"] == due
    sentence = f"下次联系日期 {named} 太晚：上次 2026-11-03，重要的每月至少联系两次，一般的一次，最迟 {due}"
    assert office.exceptions() == [sentence] * told


def test_what_is_late_is_the_market_managers_to_see(office: Office) -> None:
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, KEY)["时限提醒"] == "逾期 2 天"
    assert "逾期情况" in office.tasks("S01")


def test_going_on_needs_a_day(office: Office) -> None:
    office.answer("K01", {KEY: contact(next_contact=None)})
    office.run("2026-11-03 09:00")
    assert any("是否继续跟进为“继续跟进”" in sentence for sentence in office.exceptions())


@pytest.mark.parametrize(("day", "told"), [("2026-11-02", True), ("2026-11-03", True), ("2026-11-04", False)])
def test_the_next_contact_lies_after_this_one(office: Office, day: str, told: bool) -> None:
    office.answer("K01", {KEY: contact(next_contact=day)})
    office.run("2026-11-03 09:00")
    assert [each for each in office.exceptions() if "联系日期" in each] == [f"下次联系日期“{day}”不晚于联系日期"] * told
    # a plan that cannot be leaves the contact out: the one of the 3rd is still to be made
    assert office.record(SHEET, KEY)["应办结日"] == ("2026-11-03" if told else "2026-11-04")
    assert (office.record(SHEET, KEY)["联系情况"] is None) is told


@pytest.mark.parametrize(("weight", "due"), [("重要", "2026-11-30"), ("一般", "2026-12-31")])
def test_after_a_refused_giving_up_the_next_contact_lies_ahead(tmp_path: Path, weight: str, due: str) -> None:
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(prospect_weight=weight))
    office.run("2026-11-02 09:00")
    office.answer("K01", {KEY: contact("放弃")})  # on the 3rd, without a next one
    office.run("2026-11-03 09:00")
    office.answer("S01", {KEY: {"drop_answer": "退回", "drop_reason": "再试一次", "drop_by": "赵敏"}})
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, KEY)
    # November has one contact, that of the 3rd: it still asks for one of the important one, December for the other's
    assert (record["当前状态"], record["应办结日"]) == ("待联系", due)
    assert record["时限提醒"] != "逾期 1 天"


def test_a_prospect_that_registers_while_giving_up_is_judged_is_a_customer(office: Office) -> None:
    office.answer("K01", {KEY: contact("放弃")})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审核放弃"
    shop = {"licence_no": "131123100018", "customer_name": "新星副食店", "principal": "张三喜"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("registration", shop)
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["转为客户编号"]) == ("已转为客户", "131123100018")


@pytest.mark.parametrize(
    ("mine", "converted"),
    [
        ({"prospect_licence": "131123100018"}, "131123100018"),
        ({"prospect_name": "张记副食"}, "131123100018"),
        ({"prospect_licence": "131123100026"}, None),
    ],
    ids=["licence", "name", "neither"],
)
def test_a_registration_is_known_by_licence_or_name(
    tmp_path: Path, mine: dict[str, Any], converted: str | None
) -> None:
    office = Office(tmp_path, ["prospects", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    office.drop("prospect", prospect(prospect_phone=None, **mine))
    shop = {"licence_no": "131123100018", "customer_name": "张记副食", "principal": "张三喜"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("registration", shop)
    office.run("2026-11-02 09:00")
    assert office.record(SHEET, KEY)["转为客户编号"] == converted


def test_a_former_customer_is_won_back_by_a_new_licence_not_by_the_cancelled_one(office: Office) -> None:
    old = {"licence_no": "131123100026", "customer_name": "老刘烟酒", "principal": "刘大有"}
    old |= {"contact_phone": "13932820077", "shop_address": "周窝镇周窝村15号", "valid_until": "2029-03-04"}
    office.drop("registration", old)
    office.drop("change_sheet", {"licence_no": "131123100026", "change_kind": "注销", "effective_on": "2026-11-02"})
    office.drop("prospect", prospect(prospect_name="刘记烟酒", prospect_phone="13932820077", prospect_kind="老客户"))
    office.run("2026-11-03 09:00")
    assert office.record("客户", "131123100026")["当前状态"] == "已注销"
    assert office.record(SHEET, "QZ260003")["当前状态"] == "待联系"
    assert office.record(SHEET, "QZ260003")["转为客户编号"] is None

    office.drop("registration", {**old, "licence_no": "131123100034", "customer_name": "刘记烟酒"})
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, "QZ260003")
    assert (record["当前状态"], record["转为客户编号"]) == ("已转为客户", "131123100034")


def test_its_sheets_are_known_among_those_of_all_procedures(tmp_path: Path) -> None:
    office = Office(tmp_path, [each.code for each in declared_procedures() if not each.roster], PEOPLE)
    office.drop("prospect", prospect(prospect_phone=None))
    office.run("2026-11-02 09:00")
    office.drop("prospect_contact", {"prospect_no": KEY, **contact("放弃")})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审核放弃"
    decided = {"drop_answer": "同意", "drop_by": "赵敏"}
    office.drop("prospect_drop", {"prospect_no": KEY, **decided})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已放弃"


def test_switched_off_it_leaves_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, ["new_customer"], PEOPLE)
    office.run("2026-11-02 09:00")
    assert SHEET not in office.pages()
    assert not list(office.settings.outbox.rglob("*潜在客户*")) and SHEET not in office.page()


def test_who_says_otherwise_than_its_owner_is_asked_and_has_a_receipt_and_once_it_is_his_the_head_reads_of_it(
    office: Office,
) -> None:
    office.drop(
        "prospect", prospect(prospect_no=KEY, prospect_owner="李秀英", prospect_weight="一般"), name="潜客.xlsx"
    )
    office.run("2026-11-03 09:00")
    letter = office.mails("K02")[-1]
    assert "收到 1 行：采用 0，没有变化 1（《潜客.xlsx》）" in letter
    assert "重要程度：您填“一般”，台账中是“重要”" in letter
    assert office.record(SHEET, KEY)["重要程度"] == "重要"

    office.choose("以我为准", "重要程度")
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["重要程度"] == "一般"
    assert "李秀英 2026-11-03 把重要程度“重要”改为“一般”" in office.mails("S01")[-1]
    assert "您 2026-11-02 填的重要程度“重要”，李秀英 2026-11-03 改为“一般”" in office.mails("K01")[-1]


def test_two_prospects_of_one_name_are_told_until_one_is_given_up(office: Office) -> None:
    office.drop("prospect", prospect(prospect_phone="13932820011", prospect_owner="李秀英", next_contact="2026-11-09"))
    office.run("2026-11-03 09:00")
    told = "“新星副食”和 QZ260001 的名称相同，可能是同一件"
    readers = sorted(row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told)
    assert readers == ["李秀英", "赵敏"]
    given_up(office)
    assert told not in office.exceptions()


def test_contacts_are_counted_by_month_and_a_month_with_too_few_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop(
        "prospect",
        prospect(next_contact="2026-10-28"),
        prospect(prospect_name="老刘烟酒", prospect_weight="一般", next_contact="2026-10-28"),
    )
    office.run("2026-10-26 09:00")
    office.answer("K01", {KEY: contact(contacted_on="2026-11-03", next_contact="2026-11-16")})
    office.run("2026-11-03 17:00")
    # twice a month with the important one, once with the other one
    assert office.worklist_tables("K01", "本期还差")["本月联系潜在客户"] == [
        {"潜在客户": "老刘烟酒", "应有": 1, "已有": 0, "还差": 1, "完成": 0},
        {"潜在客户": "新星副食", "应有": 2, "已有": 1, "还差": 1, "完成": 0.5},
    ]
    office.answer("K01", {KEY: contact(contacted_on="2026-12-02", next_contact="2026-12-15")})
    office.run("2026-12-02 17:00")
    told = {row["问题"] for row in office.open_exceptions() if "应联系" in row["问题"]}
    assert told == {"“新星副食”2026-11 应联系 2 次，只联系了 1 次", "“老刘烟酒”2026-11 应联系 1 次，只联系了 0 次"}
    assert {row["由谁处理"] for row in office.open_exceptions() if "应联系" in row["问题"]} == {"王建国", "赵敏"}
    # October: both were listed in its last week, nothing is asked for
    assert office.figures("统计", "潜在客户联系按月") == [
        ["2026-11", 2, 1, 0, 0],
        ["2026-12", 2, 1, 0, 0],
    ]
    office.run("2027-01-11 09:00")  # of December by now, and until that is noted
    assert {each[6:13] for each in office.exceptions() if "应联系" in each} == {"2026-12"}


def test_what_is_known_of_a_prospect_is_asked_for_before_and_after_the_first_talk(tmp_path: Path) -> None:
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(inner_findings=None, outer_findings=None))
    office.run("2026-11-02 09:00")
    assert office.exceptions() == []
    office.run("2026-11-03 08:00")
    assert office.exceptions() == ["“新星副食”还没有写内部情况"]
    office.answer("K01", {KEY: contact(step_reached="初次接触", inner_findings="夫妻店", next_contact="2026-11-04")})
    office.run("2026-11-03 09:00")
    assert office.exceptions() == []
    office.answer("K01", {KEY: contact(contacted_on="2026-11-04", next_contact="2026-11-10")})
    office.run("2026-11-04 09:00")
    assert [(row["由谁处理"], row["问题"]) for row in office.open_exceptions()] == [
        ("王建国", "“新星副食”还没有写外部情况")
    ]


def test_a_prospect_taken_for_a_customer_of_another_name_is_told(office: Office) -> None:
    shop = {"licence_no": "131123100018", "customer_name": "张记副食", "principal": "张三喜"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("registration", shop)
    office.run("2026-11-03 09:00")
    told = "“新星副食”的电话和客户 131123100018 张记副食 相同，已转为该客户，名称不同"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["王建国"]


def registered(office: Office, at: str, **more: Any) -> None:
    shop = {"licence_no": "131123100018", "customer_name": "甲铺", "principal": "张三喜"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"} | more
    office.drop("registration", shop)
    office.run(at)


@pytest.mark.parametrize("licences", [("131123100018", "131123100026"), (None, None)], ids=["two licences", "none"])
def test_of_two_shops_with_one_phone_the_one_that_registers_is_won(
    tmp_path: Path, licences: tuple[str | None, str | None]
) -> None:
    """One owner, two shops, one phone: that 甲铺 is registered says nothing of 乙铺."""
    office = Office(tmp_path, ["prospects", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    one, other = (
        prospect(prospect_name=name, prospect_licence=licence)
        for name, licence in zip(("甲铺", "乙铺"), licences, strict=True)
    )
    office.drop("prospect", one, other)
    office.run("2026-11-02 09:00")
    registered(office, "2026-11-03 09:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已转为客户"
    record = office.record(SHEET, "QZ260002")
    assert (record["当前状态"], record["转为客户编号"], record["当前办理人"]) == ("待联系", None, "王建国")


def test_a_month_that_is_over_keeps_its_count_when_a_prospect_becomes_a_customer(tmp_path: Path) -> None:
    """Listed in October, contacted twice in November, as often as an important one is; registered in December."""
    office = Office(tmp_path, ["prospects", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    office.drop("prospect", prospect(next_contact="2026-11-03"))
    office.run("2026-10-26 09:00")
    for day, following in (("2026-11-03", "2026-11-16"), ("2026-11-16", "2026-11-30")):
        office.answer("K01", {KEY: contact(contacted_on=day, next_contact=following)})
        office.run(f"{day} 17:00")
    registered(office, "2026-12-02 09:00", customer_name="新星副食")
    assert office.record(SHEET, KEY)["当前状态"] == "已转为客户"
    assert office.figures("统计 潜在客户", "潜在客户联系按月") == [["2026-11", 1, 2, 1, 1]]


@pytest.mark.parametrize(("weight", "due"), [("重要", "2026-11-27"), ("一般", "2026-11-30")])
def test_the_first_contact_is_due_as_often_as_the_manual_has_it_too(tmp_path: Path, weight: str, due: str) -> None:
    """Listed on 11-02 for June: of an important one two contacts still fit into November, on Friday the 27th and Monday the 30th."""
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(prospect_weight=weight, next_contact="2027-06-20"))
    office.run("2026-11-02 09:00")
    record = office.record(SHEET, KEY)
    assert (record["最迟联系日期"], record["应办结日"]) == (due, due)


def test_a_contact_from_before_it_was_listed_makes_nobody_late(tmp_path: Path) -> None:
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect())
    office.run("2026-11-02 09:00")
    office.answer("K01", {KEY: contact(contacted_on="2026-10-01", next_contact="2026-11-30")})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, KEY)["应办结日"] == "2026-11-27"  # and another one on the 30th: two in November


def test_two_prospects_of_one_licence_are_told(tmp_path: Path) -> None:
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(prospect_licence="131123100018"))
    office.run("2026-11-02 09:00")
    office.drop(
        "prospect",
        prospect(prospect_name="重潜", prospect_phone=None, prospect_licence="131123100018", prospect_owner="李秀英"),
    )
    office.run("2026-11-02 10:00")
    told = {row["由谁处理"] for row in office.open_exceptions() if "许可证号相同" in str(row["问题"])}
    assert told == {"赵敏", "李秀英"}


def test_of_the_month_in_whose_first_half_an_important_one_was_listed_two_contacts_are_due(tmp_path: Path) -> None:
    """Listed on the 13th, two; on the 16th, one: half a month is left."""
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(next_contact="2026-11-16"))
    office.run("2026-11-13 09:00")
    office.drop("prospect", prospect(prospect_name="老刘烟酒", next_contact="2026-11-18"))
    office.run("2026-11-16 09:00")
    assert {row["潜在客户"]: row["应有"] for row in office.worklist_tables("K01", "本期还差")["本月联系潜在客户"]} == {
        "老刘烟酒": 1,
        "新星副食": 2,
    }
    office.answer("K01", {KEY: contact(contacted_on="2026-11-16", next_contact="2026-11-27")})
    office.run("2026-11-16 17:00")
    office.run("2026-12-01 09:00")
    told = {row["问题"] for row in office.open_exceptions() if "应联系" in row["问题"]}
    assert told == {"“新星副食”2026-11 应联系 2 次，只联系了 1 次"}


def won(tmp_path: Path) -> Office:
    """The prospect 甲铺 of November 2, registered as a customer on the 3rd."""
    office = Office(tmp_path, ["prospects", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    office.drop("prospect", prospect(prospect_name="甲铺", next_contact="2026-11-16"))
    office.run("2026-11-02 09:00")
    registered(office, "2026-11-03 09:00")
    return office


def test_a_prospect_who_became_a_customer_stays_one_where_that_customer_is_cancelled(tmp_path: Path) -> None:
    """He was won; that the shop closes later makes no prospect of him, and no contradiction of state and answer."""
    office = won(tmp_path)
    ended = {"licence_no": "131123100018", "change_kind": "注销", "effective_on": "2026-11-10", "handled_by": "李敏"}
    office.drop("change_sheet", ended)
    office.run("2026-11-10 09:00")
    office.run("2026-11-11 09:00")
    assert office.record("客户", "131123100018")["当前状态"] == "已注销"
    record = office.record(SHEET, KEY)
    assert [record[each] for each in ("当前状态", "是否已入网", "转为客户编号")] == [
        "已转为客户",
        "是",
        "131123100018",
    ]


def test_a_prospect_whose_registered_shop_is_not_found_is_followed_up_again(tmp_path: Path) -> None:
    office = won(tmp_path)
    assert office.record(SHEET, KEY)["当前状态"] == "已转为客户"
    visited = {
        "licence_no": "131123100018",
        "verdict": "查无此户",
        "verified_on": "2026-11-04",
        "verified_by": "王建国",
    }
    office.drop("verification", visited)
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, KEY)
    assert [record[each] for each in ("当前状态", "是否已入网", "转为客户编号")] == ["待联系", "查无此户", None]
    (row,) = office.worklist("K01", "潜客联系")
    assert row["退回原因"] == "登记的客户查无此户，继续跟进"


@pytest.mark.parametrize(
    ("weight", "listed", "contacts", "due"),
    [
        ("重要", "2026-01-28", ("2026-01-30",), "2026-02-27"),  # February has two, on the 27th and the worked Saturday
        ("重要", "2026-01-28", ("2026-01-30", "2026-02-14"), "2026-02-28"),  # one of February's two is lacking
        ("重要", "2026-01-28", ("2026-01-30", "2026-02-14", "2026-02-20"), "2026-03-30"),
        ("重要", "2026-03-03", ("2026-03-31",), "2026-04-29"),  # March is over with one
        ("一般", "2026-01-12", ("2026-01-31",), "2026-02-28"),
        ("一般", "2026-03-02", (), "2026-03-31"),
        ("一般", "2026-03-03", ("2026-03-10",), "2026-04-30"),
        ("一般", "2026-03-20", (), "2026-03-31"),  # listed in the second half: one
        ("一般", "2026-03-27", (), "2026-04-30"),  # in the last week: none
    ],
)  # fmt: skip
def test_who_keeps_every_day_has_kept_every_month(
    tmp_path: Path, weight: str, listed: str, contacts: tuple[str, ...], due: str
) -> None:
    """001, 5.3.2: twice a month, or once. Whoever names no day has the last one on which the month is still kept."""
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(prospect_weight=weight, next_contact="2026-12-31"))
    office.run(f"{listed} 09:00")
    for day in contacts:
        office.answer("K01", {KEY: contact(contacted_on=day, next_contact="2026-12-31")})
        office.run(f"{day} 17:00")
    assert office.record(SHEET, KEY)["最迟联系日期"] == due
    last = max((listed, *contacts))
    told = f"下次联系日期 2026-12-31 太晚：上次 {last}，重要的每月至少联系两次，一般的一次，最迟 {due}"
    assert told in office.exceptions()


def test_a_contact_that_was_forgotten_before_the_last_one_counts_and_the_last_one_stands(tmp_path: Path) -> None:
    """5.3.2: two contacts a month. November has those of the 3rd and, handed in on December 2nd, the 17th, which had been forgotten."""
    office = Office(tmp_path, ["prospects"], PEOPLE)
    office.drop("prospect", prospect(), prospect(prospect_name="老刘烟酒", prospect_phone=None))
    office.run("2026-11-02 09:00")
    both = ("QZ260001", "QZ260002")
    last = contact(contacted_on="2026-11-24", next_contact="2026-12-08", step_reached="方案报价")
    office.answer("K01", dict.fromkeys(both, last))
    office.run("2026-11-25 09:00")
    office.run("2026-12-01 09:00")
    missed = {f"“{name}”2026-11 应联系 2 次，只联系了 1 次" for name in ("新星副食", "老刘烟酒")}
    assert missed <= set(office.exceptions())
    forgotten = contact(contacted_on="2026-11-17", next_contact="2026-11-24", contact_found="不在家")
    office.drop("prospect_contact", {"prospect_no": both[0]} | forgotten, name="补登记.xlsx")
    office.answer("K01", {both[1]: forgotten})
    office.run("2026-12-02 09:00")
    assert office.exceptions() == []
    for key in both:
        record = office.record(SHEET, key)
        assert record["历次联系日期"] == "2026-11-17、2026-11-24"
        assert (record["到达步骤"], record["联系日期"], record["下次联系日期"], record["联系情况"]) == (
            "方案报价",
            "2026-11-24",
            "2026-12-08",
            "愿意了解",
        )
    assert office.figures("统计", "潜在客户联系按月")[0] == ["2026-11", 2, 4, 2, 1.0]
    office.drop("prospect_contact", {"prospect_no": both[0]} | forgotten, name="补登记.xlsx")
    office.run("2026-12-03 09:00")
    assert office.record(SHEET, both[0])["历次联系日期"] == "2026-11-17、2026-11-24"
    rebuilt = rebuild(office.settings)
    assert (rebuilt.compared, rebuilt.differing) == (True, {})
