"""急报: what is urgent is reported, answered within a day, done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.office import Office


def answered(at: str) -> dict[str, str]:
    return {"urgent_order": "明早上门", "urgent_answered_at": at, "urgent_answered_by": "郑主任"}


PEOPLE = [("K01", "王建国", "客户经理"), ("BF01", "郑主任", "办公室主任")]


def test_an_urgent_report_is_answered_within_a_day_and_followed(tmp_path: Path) -> None:
    office = Office(tmp_path, ["urgent_reports"], PEOPLE)
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "王建国"})
    office.run("2026-11-03 16:00")
    record = office.record("紧急情况", "JB261101")
    assert (record["最迟批示时间"], record["当前办理人"]) == ("2026-11-04 15:20", "郑主任")
    office.answer("BF01", {"JB261101": answered("2026-11-03 16:40")})
    office.run("2026-11-03 17:00")
    (row,) = office.worklist("K01", "急报处理")
    assert row["处理要求"] == "明早上门"
    assert any("急报处理" in mail for mail in office.mails("K01"))
    office.answer("K01", {"JB261101": {"urgent_result": "客户同意续约", "urgent_done_by": "王建国"}})
    office.run("2026-11-04 09:00")
    assert office.record("紧急情况", "JB261101")["当前状态"] == "已处理"


def test_a_customer_is_called_as_he_is_written(tmp_path: Path) -> None:
    office = Office(tmp_path, ["urgent_reports"], PEOPLE)
    urgent = {"urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货", "urgent_by": "王建国"}
    sheet = [{**urgent, "urgent_customer": name} for name in ("k歌之王", "ｋ吧", "Abc 超市")]
    office.drop("visit_urgent", *sheet)
    office.run("2026-11-03 16:00")
    office.drop_anew("visit_urgent", *sheet, name="再交.xlsx")  # the same once more is no other report
    office.run("2026-11-03 17:00")
    assert [row["涉及客户"] for row in office.master("紧急情况")] == ["k歌之王", "ｋ吧", "Abc 超市"]


def test_whoever_reports_does_not_answer_himself_and_a_late_answer_is_told(tmp_path: Path) -> None:
    """Reported on a Tuesday at 15:20: the 24 hours end on Wednesday at 15:20."""
    office = Office(tmp_path, ["urgent_reports"], [("BF01", "郑主任", "办公室主任")])
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "郑主任"})
    office.run("2026-11-03 16:00")
    assert office.record("紧急情况", "JB261101")["当前办理人"] is None
    assert not [line for line in office.master("紧急情况") if line["时限提醒"]]
    office.run("2026-11-04 15:30")
    assert office.record("紧急情况", "JB261101")["时限提醒"] is not None


def test_a_report_that_comes_days_later_is_told_and_the_head_has_a_working_day_for_it(tmp_path: Path) -> None:
    """Of Thursday, October 29, handed in on Monday, November 2: by Tuesday."""
    office = Office(tmp_path, ["urgent_reports"], PEOPLE)
    urgent = {"urgent_customer": "二店", "urgent_at": "2026-10-29 09:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "王建国"})
    office.run("2026-11-02 09:30")
    record = office.record("紧急情况", "JB261001")
    assert (record["当前办理人"], record["应办结日"], record["时限提醒"]) == ("郑主任", "2026-11-03", None)
    (row,) = office.open_exceptions()
    assert (row["问题"], row["由谁处理"]) == ("王建国 2026-11-02 才交来 1 条，最早的是 2026-10-29 的", "郑主任")
    # the 24 hours begin with Monday, 2 November, on which it came, at the end of that day
    assert record["最迟批示时间"] == "2026-11-03 18:00"
    office.answer("BF01", {"JB261001": answered("2026-11-03 10:00")})
    office.run("2026-11-03 11:00")
    assert office.record("紧急情况", "JB261001")["批示及时"] == "是"


def test_a_customer_of_whom_nobody_knows_is_told_to_who_reports_and_to_the_head(tmp_path: Path) -> None:
    office = Office(tmp_path, ["urgent_reports", "visiting"], PEOPLE)
    office.drop("visit_customer_list", {"visit_customer": "惠民超市", "visit_class": "老客户", "visit_owner": "王建国"})
    urgent = {"urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货", "urgent_by": "王建国"}
    office.drop("visit_urgent", *({"urgent_customer": name} | urgent for name in ("惠民超市", "会民超市")))
    office.run("2026-11-03 16:00")
    told = [row for row in office.open_exceptions() if row["问题"] == "“会民超市”不在客户登记中"]
    assert [row["由谁处理"] for row in told] == ["王建国"]
    assert not any("“惠民超市”不在" in str(row["问题"]) for row in office.open_exceptions())
    assert len(office.master("紧急情况")) == 2  # what is urgent is taken all the same


@pytest.mark.parametrize(
    ("at", "found", "share"),
    [
        ("2026-11-04 00:40", "是", 1),  # after midnight, 9 hours and 20 minutes after the report
        ("2026-11-04 15:21", "否", 0),  # a minute late
    ],
)
def test_the_hour_of_an_answer_is_its_own_and_not_that_of_the_run_that_takes_it(
    tmp_path: Path, at: str, found: str, share: int
) -> None:
    """Reported on Tuesday at 15:20, answered at night or the next day; the run that takes the answer is at 16:00, too late."""
    office = Office(tmp_path, ["urgent_reports"], PEOPLE)
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "王建国"})
    office.run("2026-11-03 16:00")
    office.answer("BF01", {"JB261101": answered(at)})
    office.run("2026-11-04 16:00")
    assert office.record("紧急情况", "JB261101")["批示及时"] == found
    assert office.figures("统计", "急报按月") == [["2026-11", 1, 0, share]]
    late = "期限 2026-11-04 15:20，2026-11-04 15:21 才办"
    assert [each for each in office.exceptions() if "才办" in each] == ([] if share else [late])


def test_an_answer_without_its_hour_or_before_the_report_is_sent_back(tmp_path: Path) -> None:
    office = Office(tmp_path, ["urgent_reports"], PEOPLE)
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "王建国"})
    office.run("2026-11-03 16:00")
    office.answer("BF01", {"JB261101": answered("")})
    office.run("2026-11-03 17:00")
    assert [each for each in office.exceptions() if "批示时间" in each]
    office.answer("BF01", {"JB261101": answered("2026-11-03 05:00")})
    office.run("2026-11-03 18:00")
    assert [each for each in office.exceptions() if "批示时间“2026-11-03 05:00”早于急报时间" in each]
    assert office.record("紧急情况", "JB261101")["当前状态"] == "待批示"


def test_one_report_that_comes_under_two_numbers_is_told_to_who_reports_and_to_the_head(tmp_path: Path) -> None:
    office = Office(tmp_path, ["urgent_reports"], PEOPLE)
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "王建国"})
    office.run("2026-11-03 16:00")
    office.drop("visit_urgent", {**urgent, "urgent_by": "王建国", "urgent_no": "J9"}, name="又交.xlsx")
    office.run("2026-11-03 16:30")
    told = [row for row in office.open_exceptions() if "可能是同一件" in row["问题"]]
    assert {row["由谁处理"] for row in told} == {"王建国", "郑主任"}
    assert all("写明同 J" in row["怎样改"] for row in told)


def test_what_the_head_of_an_office_reports_himself_goes_to_his_superior(tmp_path: Path) -> None:
    """003 第十一条: 应随时填制“巡访紧急报告”,通报上级处理."""
    office = Office(tmp_path, ["urgent_reports"], [*PEOPLE, ("GM01", "高总", "总经理")])
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "郑主任"})
    office.run("2026-11-03 16:00")
    assert office.record("紧急情况", "JB261101")["当前办理人"] == "高总"
    office.answer("GM01", {"JB261101": answered("2026-11-03 16:40") | {"urgent_answered_by": "高总"}})
    office.run("2026-11-03 17:00")
    assert office.record("紧急情况", "JB261101")["当前状态"] == "待处理"


def test_whoever_answers_what_the_head_has_reported_himself_reads_who_may(tmp_path: Path) -> None:
    """His own report lies with 高总: neither a third one nor he himself is sent to the head of the office."""
    office = Office(tmp_path, ["urgent_reports"], [*PEOPLE, ("GM01", "高总", "总经理"), ("JL01", "孙经", "经理")])
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": "郑主任"})
    office.run("2026-11-03 16:00")
    said = {"urgent_no": "JB261101", **answered("2026-11-03 16:40")}
    office.drop("visit_urgent_answer", said | {"urgent_answered_by": "孙经"})
    office.run("2026-11-03 17:00")
    assert "“惠民超市”的“急报批示”应由“总经理”办理，“孙经”不是该岗位的在岗人员" in office.exceptions()
    office.drop("visit_urgent_answer", said)
    office.run("2026-11-03 17:30")
    told = "“惠民超市”的“急报人”就是郑主任，不能由本人办理“急报批示”"
    advice = [row["怎样改"] for row in office.open_exceptions() if row["问题"] == told]
    assert advice == ["请由其他有权办理的人（总经理）填写本行"]


@pytest.mark.parametrize(("by", "told"), [("王建国", False), ("郑主任", False), ("李敏", True)])
def test_who_reports_looks_after_customers_or_heads_the_office(tmp_path: Path, by: str, *, told: bool) -> None:
    """第十一条: representatives report, and heads what they cannot solve themselves; a planner is told of."""
    office = Office(tmp_path, ["urgent_reports"], [*PEOPLE, ("JH01", "李敏", "总经理")])
    urgent = {"urgent_customer": "惠民超市", "urgent_at": "2026-11-03 15:20", "urgent_text": "拟停止订货"}
    office.drop("visit_urgent", {**urgent, "urgent_by": by})
    office.run("2026-11-03 16:00")
    said = f"“惠民超市”的“急报”应由客户经理办理，表上填的是“{by}”"
    assert (said in office.exceptions()) == told
