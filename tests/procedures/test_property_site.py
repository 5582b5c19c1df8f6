"""物业网站信息, played through: every other working day a look, every question answered in two working days."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [
    ("XZ01", "宁秘书", "行政秘书"),
    ("XZ02", "杜部长", "部门负责人"),
    ("XZ03", "覃主管", "行政部主管"),
    ("XZ04", "管经理", "经理"),
]
SHEET, KEY = "网帖问题", "WT2611001"
DRAFTED = {"draft_result": "已拟回复", "draft_text": "周五前", "drafted_by": "杜部长"}
AGREED = {"review_answer": "同意", "reply_reviewed_by": "管经理"}


def post(found: str = "2026-11-05", **more: Any) -> dict[str, Any]:
    said = {"post_place": "公共论坛", "post_text": "电梯何时修好", "post_found_on": found}
    return said | {"post_department": "设备部", "post_head": "杜部长", "post_found_by": "宁秘书"} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["property_site"], PEOPLE)


def test_an_office_may_have_its_forums_looked_at_over_days_off_too(tmp_path: Path) -> None:
    """4.1.1: every two days at least. from Friday, 6 November, to Tuesday, the weekend counted: one of the two rows of days."""
    office = Office(tmp_path, ["property_site"], PEOPLE, **{"parameters.site_round_days_off": 1})
    for day in ("06", "07", "08", "09", "10"):
        office.run(f"2026-11-{day} 09:00")
    days = [int(str(row["应浏览日期"])[-2:]) for row in office.master("论坛浏览")]
    assert days in ([6, 8, 10], [7, 9])


def test_the_forums_are_looked_at_every_other_working_day(office: Office) -> None:
    for day in ("02", "03", "04", "05", "06", "09", "10"):
        office.run(f"2026-11-{day} 09:00")
    days = [row["应浏览日期"] for row in office.master("论坛浏览")]
    # “至少每2日”: Monday, Wednesday, Friday, and Monday again
    assert days == ["2026-11-02", "2026-11-04", "2026-11-06", "2026-11-09"]
    assert "逾期情况" in office.tasks("XZ03")
    key = f"LL{days[-1]}"
    said = {"round_result": "有新帖，已登记", "round_on": days[-1], "round_done_by": "宁秘书"}
    office.answer("XZ01", {key: said})
    office.run("2026-11-10 10:00")
    assert any("新帖数" in each for each in office.exceptions())
    office.answer("XZ01", {key: said | {"round_count": 2}})
    office.run("2026-11-10 11:00")
    assert office.record("论坛浏览", key)["当前状态"] == "已浏览"


def test_the_forums_are_looked_at_before_days_off_where_the_first_day_after_them_is_too_late(tmp_path: Path) -> None:
    """“至少每2日”, Monday, 2 November, off: Tuesday, Thursday, and Friday, as from Thursday to Monday there are four days."""
    office = Office(tmp_path, ["property_site"], PEOPLE)
    office.drop("holiday_table", {"holiday_on": "2026-11-02", "holiday_kind": "放假"})
    for day in ("02", "03", "04", "05", "06", "09", "10"):
        office.run(f"2026-11-{day} 09:00")
    days = [row["应浏览日期"] for row in office.master("论坛浏览")]
    assert days == ["2026-11-03", "2026-11-05", "2026-11-06", "2026-11-09"]


def test_a_look_that_is_written_down_a_week_later_as_made_on_its_day_is_told_and_counted(office: Office) -> None:
    """4.1.1: of four days one was looked at in time, one is said to have been, on a sheet that came on the 10th, two are missed."""
    for day in ("02", "03", "04", "05", "06", "09"):
        office.run(f"2026-11-{day} 09:00")
        if day == "04":
            said = {"round_result": "没有新帖", "round_on": "2026-11-04", "round_done_by": "宁秘书"}
            office.answer("XZ01", {"LL2026-11-04": said})
    said = {"round_no": "LL2026-11-02", "round_result": "没有新帖", "round_on": "2026-11-02", "round_done_by": "宁秘书"}
    office.drop("site_round_done", said)
    office.run("2026-11-10 09:00")
    told = "写的是 2026-11-02 办的（期限 2026-11-02），2026-11-10 才交来"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["覃主管"]
    (month,) = office.figures("统计", "论坛浏览未做按月")
    assert (month[0], month[1], month[2], month[4]) == ("2026-11", 4, 1, 1)


def test_a_question_is_drafted_read_and_answered_in_two_working_days(office: Office) -> None:
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, KEY)["网帖回复期限"] == "2026-11-09"  # found on Thursday: Friday, Monday
    assert office.tasks("XZ02") == ["拟复"]
    office.answer("XZ02", {KEY: DRAFTED})
    office.run("2026-11-05 10:00")
    office.answer("XZ04", {KEY: AGREED})
    office.run("2026-11-06 10:00")
    office.answer("XZ01", {KEY: {"posted_on": "2026-11-09", "posted_by": "宁秘书"}})
    office.run("2026-11-09 10:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["网帖按时回复"]) == ("已回复", "是")
    assert office.figures("统计", "网帖按月") == [["2026-11", 1, 1, 1]]


def test_a_reply_posted_by_its_own_day_before_it_was_read_is_told_to_the_head(office: Office) -> None:
    """4.1.4: the manager reads it first. Read on Monday the 9th, posted on Thursday the 5th, as the sheet of the 9th says."""
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {KEY: DRAFTED})
    office.run("2026-11-06 10:00")
    office.answer("XZ04", {KEY: AGREED})
    office.run("2026-11-09 10:00")
    office.answer("XZ01", {KEY: {"posted_on": "2026-11-05", "posted_by": "宁秘书"}})
    office.run("2026-11-09 16:00")
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才办" in str(row["问题"])]
    assert told == [("覃主管", f"{KEY} 的网帖回复日期是 2026-11-05，“回复审阅”2026-11-09 才办")]


def test_nobody_reviews_his_own_draft_as_a_stand_in(tmp_path: Path) -> None:
    """By 4.1.4 the reply is read before it is posted: the manager is away, and who stands in has drafted it."""
    office = Office(tmp_path, ["property_site"], PEOPLE)
    said = {"staff_no": "XZ04", "staff_name": "管经理", "staff_role": "经理", "staff_email": "XZ04@example.com"}
    away = {"staff_stand_in": "杜部长", "staff_away_from": "2026-11-05", "staff_away_to": "2026-11-10"}
    office.drop("staff_list", said | away)
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {KEY: DRAFTED})
    office.run("2026-11-05 10:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["当前办理人"]) == ("待审阅", None)
    told = "“电梯何时修好”没有人可办“审阅”：管经理（2026-11-05至2026-11-10）不在岗，代办人杜部长也不能办自己经手的"
    assert told in office.exceptions()


def test_what_no_department_can_answer_is_discussed_and_goes_back_there(office: Office) -> None:
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {KEY: {"draft_result": "无法回复", "draft_reason": "须公司定", "drafted_by": "杜部长"}})
    office.run("2026-11-05 10:00")
    assert [row["退回原因"] for row in office.worklist("XZ03", "商议")] == ["须公司定"]
    assert [row["被退回"] for row in office.worklist("XZ03", "今日概览")] == [
        0
    ]  # he is called: nothing of his came back
    office.answer("XZ03", {KEY: {"draft_text": "正在研究", "discussed_by": "覃主管"}})
    office.run("2026-11-05 11:00")
    office.answer("XZ04", {KEY: {"review_answer": "退回", "review_why": "太含糊", "reply_reviewed_by": "管经理"}})
    office.run("2026-11-05 12:00")
    assert [row["退回原因"] for row in office.worklist("XZ03", "商议")] == ["太含糊"]
    assert [row["被退回"] for row in office.worklist("XZ03", "今日概览")] == [1]


def test_a_draft_that_the_manager_returns_goes_back_to_the_department_that_made_it(office: Office) -> None:
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {KEY: DRAFTED})
    office.run("2026-11-05 10:00")
    office.answer("XZ04", {KEY: {"review_answer": "退回", "review_why": "太含糊", "reply_reviewed_by": "管经理"}})
    office.run("2026-11-05 11:00")
    assert [row["退回原因"] for row in office.worklist("XZ02", "拟复")] == ["太含糊"]
    assert office.record(SHEET, KEY)["当前办理人"] == "杜部长"
    office.answer("XZ02", {KEY: {"draft_result": "无法回复", "draft_reason": "须公司定", "drafted_by": "杜部长"}})
    office.run("2026-11-05 12:00")
    assert [row["退回原因"] for row in office.worklist("XZ03", "商议")] == ["须公司定"]


def test_a_reply_that_is_changed_after_the_manager_has_read_it_is_read_again(office: Office) -> None:
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {KEY: DRAFTED})
    office.run("2026-11-05 10:00")
    office.answer("XZ04", {KEY: AGREED})
    office.run("2026-11-05 11:00")
    office.edit_master(SHEET, KEY, {"拟复内容": "下月"})
    office.run("2026-11-05 12:00")
    (row,) = office.worklist("XZ04", "审阅")
    assert "周五前→下月" in row["退回原因"] and office.record(SHEET, KEY)["回复审阅结论"] is None


def test_who_drafts_is_the_head_of_a_department(office: Office) -> None:
    office.drop("site_post", post(post_head="覃主管"))
    office.run("2026-11-05 09:00")
    assert "“覃主管”不是“部门负责人、管理处主任”的人" in office.exceptions()


def test_the_head_of_a_property_office_answers_like_that_of_a_department(office: Office) -> None:
    """3.0: 各部门(管理处) give the answers."""
    head = {"staff_no": "GL01", "staff_name": "温主任", "staff_role": "管理处主任", "staff_email": "wen@example.com"}
    office.drop("staff_list", head)
    office.drop("site_post", post(post_department="管理处", post_head="温主任"))
    office.run("2026-11-05 09:00")
    assert office.exceptions() == []
    assert [row["网帖编号"] for row in office.worklist("GL01", "拟复")] == [KEY]


def test_an_answer_that_is_late_is_told_and_counted(office: Office) -> None:
    office.drop("site_post", post("2026-11-02"))
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, KEY)["时限提醒"] == "逾期 1 天"


def test_a_question_that_lies_with_the_manager_is_ended_by_the_manager_alone(office: Office) -> None:
    office.drop("site_post", post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {KEY: DRAFTED})
    office.run("2026-11-05 10:00")
    over = {"post_no": KEY, "end_reason": "帖子已删", "ended_on": "2026-11-05"}
    office.drop("site_post_ended", {**over, "ended_by": "覃主管"})
    office.run("2026-11-05 11:00")
    assert office.tasks("XZ04") == ["审阅"]
    assert any("在“审阅”时由“经理”决定，只有该岗位能作废，“覃主管”不能" in each for each in office.exceptions())
    office.drop("site_post_ended", {**over, "ended_by": "管经理"})
    office.run("2026-11-05 12:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已作废"
    assert "作废（管经理 2026-11-05），理由：帖子已删" in office.mails("XZ02")[-1]


def test_a_look_that_found_more_than_was_listed_is_told(office: Office) -> None:
    office.run("2026-11-02 09:00")
    office.run("2026-11-03 09:00")
    (key,) = (row["浏览编号"] for row in office.master("论坛浏览"))
    looked = {"round_result": "有新帖，已登记", "round_count": 2, "round_on": "2026-11-03", "round_done_by": "宁秘书"}
    office.answer("XZ01", {key: looked})
    office.drop("site_post", post("2026-11-03"))
    office.run("2026-11-03 17:00")
    said = "2026-11-03 查看说有 2 条，只登记了 1 条"
    office.run("2026-11-04 09:00")
    assert said not in office.exceptions()  # there is time until the end of the next working day
    office.run("2026-11-05 09:00")
    assert said in office.exceptions()
    assert any(said in mail for mail in office.mails("XZ03"))
    office.drop("site_post", post("2026-11-03", post_text="门禁失灵"))
    office.run("2026-11-05 10:00")
    assert said not in office.exceptions()


def test_what_was_late_when_it_came_says_so(office: Office) -> None:
    office.drop("site_post", post("2026-10-27"))  # to be answered by the 29th
    office.run("2026-11-02 09:00")
    (row,) = office.worklist("XZ02", "拟复")
    assert row["时限提醒"] == "逾期 4 天，来时已过期，新"
