"""请假, played through: half a day ahead, or by telephone with the slip afterwards, with somebody else who stands in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [
    ("QH01", "花策", "企划专员"),
    ("QH02", "齐经理", "企划部经理"),
    ("QH03", "高总", "总经理"),
    ("QH04", "文思", "企划专员"),
]
SHEET, KEY = "请假", "QJ2611001"


def leave(asked: str = "2026-11-04 14:00", **more: Any) -> dict[str, Any]:
    said = {
        "leave_person": "花策",
        "leave_why": "家事",
        "leave_from": "2026-11-05 09:00",
        "leave_to": "2026-11-06 18:00",
    }
    said |= {"leave_asked_at": asked, "leave_way": "书面", "leave_matters": "否", "leave_phone": "13932820018"}
    return said | more


def decided(by: str, answer: str = "同意", **more: Any) -> dict[str, Any]:
    return {"leave_decision": answer, "leave_decided_by": by} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["leave"], PEOPLE)


@pytest.mark.parametrize(
    ("asked", "way", "taken"),
    [
        ("2026-11-05 05:00", "书面", True),  # four hours ahead
        ("2026-11-05 05:01", "书面", False),
        ("2026-11-05 08:59", "电话报备", True),
    ],
)
def test_what_is_asked_in_writing_is_asked_half_a_day_ahead(office: Office, asked: str, way: str, taken: bool) -> None:
    office.drop("leave_request", leave(asked, leave_way=way))
    office.run("2026-11-05 09:00")
    assert len(office.master(SHEET)) == taken
    assert ("书面请假没有提前半天提出" in office.exceptions()) is not taken


@pytest.mark.parametrize(
    ("asked", "begins", "latest"),
    [
        (
            "2026-11-04 15:01",
            "2026-11-05 09:00",
            "2026-11-04 15:00",
        ),  # work is from 8 to 18: an hour of that day, three before
        ("2026-11-04 15:00", "2026-11-05 09:00", ""),
        (
            "2026-11-08 20:00",
            "2026-11-09 10:00",
            "2026-11-06 16:00",
        ),  # on Sunday, of Monday: two hours, and two of Friday
        ("2026-11-05 10:00", "2026-11-05 14:00", ""),
    ],
)
def test_half_a_day_in_which_nobody_works_is_told_to_who_decides(
    office: Office, asked: str, begins: str, latest: str
) -> None:
    office.drop("leave_request", leave(asked, leave_from=begins, leave_to="2026-11-13 18:00"))
    office.run(f"{asked[:10]} 20:30")
    told = [each for each in office.exceptions() if "不足半天" in each]
    assert told == ([f"{asked} 才提出，按上班时间不足半天（最迟 {latest}）"] if latest else [])
    assert sum("不足半天" in mail for mail in office.mails("QH02")) == len(told)


def test_a_leave_granted_when_it_had_begun_is_told_to_who_asked_and_to_the_superior(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-03 09:00"))
    office.run("2026-11-03 10:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-06 09:00")
    told = "请假 2026-11-05 09:00 开始，2026-11-06 才批准"
    rows = [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told]
    assert sorted(map(str, rows)) == ["花策", "高总"]
    office.run("2026-11-14 09:00")
    assert told not in office.exceptions()


@pytest.mark.parametrize(("at", "late"), [("2026-11-05 08:50", False), ("2026-11-05 17:00", True)])
def test_the_hour_of_a_decision_tells_whether_the_leave_had_begun(office: Office, at: str, late: bool) -> None:
    office.drop("leave_request", leave("2026-11-03 09:00"))
    office.run("2026-11-03 10:00")
    office.answer("QH02", {KEY: decided("齐经理", leave_decided_at=at)})
    office.run("2026-11-05 17:30")
    assert office.record(SHEET, KEY)["当前状态"] == "准假"
    told = [each for each in office.exceptions() if "才批准" in each]
    assert told == (["请假 2026-11-05 09:00 开始，2026-11-05 17:00 才批准"] * 2 if late else [])


@pytest.mark.parametrize("begins", ["2026-11-05 14:00", "2026-11-05"])
def test_a_decision_without_its_hour_on_the_day_of_the_leave_is_asked_for_it(office: Office, begins: str) -> None:
    office.drop("leave_request", leave("2026-11-03 09:00", leave_from=begins, leave_to="2026-11-06"))
    office.run("2026-11-03 10:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-05 17:30")
    assert office.record(SHEET, KEY)["当前状态"] == "准假"
    (row,) = [row for row in office.open_exceptions() if "没有写几点批的" in str(row["问题"])]
    assert (row["问题"], row["由谁处理"]) == (f"请假 {begins} 开始，当天才批准，没有写几点批的", "齐经理")

    office.edit_master(SHEET, KEY, {"请假审批时间": "2026-11-05 17:00"})
    office.run("2026-11-05 18:00")
    told = f"请假 {begins} 开始，2026-11-05 17:00 才批准"
    assert [each for each in office.exceptions() if "批准" in each] == [told] * 2


def test_a_leave_of_a_whole_day_is_granted_before_the_days_work_begins(office: Office) -> None:
    """The office works from 8: granted at 7:50 it was before, at 8:10 after."""
    for asked, at in (("2026-11-05", "07:50"), ("2026-11-06", "08:10")):
        office.drop("leave_request", leave("2026-11-03 09:00", leave_from=asked, leave_to=asked))
        office.run(f"{asked} 07:00")
        (key,) = [row["请假编号"] for row in office.worklist("QH02", "请假审批")]
        office.answer("QH02", {key: decided("齐经理", leave_decided_at=f"{asked} {at}")})
        office.run(f"{asked} 09:00")
    told = [each for each in office.exceptions() if "才批准" in each]
    assert told == ["请假 2026-11-06 开始，2026-11-06 08:10 才批准"] * 2


def test_a_decision_that_comes_a_day_after_the_hour_it_bears_and_after_the_leave_began_is_told(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-03 09:00"))
    office.run("2026-11-03 10:00")
    office.answer("QH02", {KEY: decided("齐经理", leave_decided_at="2026-11-04 17:00")})
    office.run("2026-11-05 17:30")
    told = "请假 2026-11-05 09:00 开始，审批 2026-11-05 才交来（写的审批时间是 2026-11-04 17:00）"
    rows = [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told]
    assert sorted(map(str, rows)) == ["花策", "高总"]


def test_a_leave_that_has_come_undecided_is_told_to_the_superior(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-03 09:00"))
    office.run("2026-11-03 10:00")
    office.run("2026-11-04 09:00")
    told = "请假 2026-11-05 已到，还没有批"
    assert told not in office.exceptions()
    office.run("2026-11-05 09:00")
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["高总"]


def test_a_leave_asked_for_in_time_on_its_own_day_is_told_to_the_superior_where_nobody_signed(office: Office) -> None:
    """Asked for at 08:30 from 14:00 on, half a day ahead: it is over, and the head has not signed it."""
    office.drop("leave_request", leave("2026-11-05 08:30", leave_from="2026-11-05 14:00", leave_to="2026-11-05 18:00"))
    office.run("2026-11-05 09:00")
    told = "请假 2026-11-05 已到，还没有批"
    assert told not in office.exceptions()  # there is time until 14:00
    office.run("2026-11-06 09:00")
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["高总"]
    assert told in office.mails("QH03")[-1]


def test_a_leave_of_the_head_that_waits_for_the_superior_is_his_to_decide(office: Office) -> None:
    """The head may not grant his own leave: who reads that it has come is not told to urge him."""
    office.drop("leave_request", leave("2026-11-03 09:00", leave_person="齐经理"))
    office.run("2026-11-03 10:00")
    office.run("2026-11-05 09:00")
    (row,) = [row for row in office.open_exceptions() if row["问题"] == "请假 2026-11-05 已到，还没有批"]
    assert row["由谁处理"] == "高总"
    assert "在您待办里的请审批" in str(list(row.values()))


def test_a_leave_of_nobody_known_and_one_of_a_year_are_told_to_who_decides(office: Office) -> None:
    office.drop(
        "leave_request",
        leave(leave_person="张三"),
        leave(leave_from="2026-11-06 08:00", leave_to="2027-11-06 18:00"),
    )
    office.run("2026-11-04 15:00")
    told = {row["问题"]: row["由谁处理"] for row in office.open_exceptions()}
    assert told["QJ2611001 的请假人“张三”不在人员表在岗人员中"] == "齐经理"
    assert told["请假 2026-11-06 至 2027-11-06，长达 365 天"] == "齐经理"


def test_a_decision_of_an_hour_to_come_is_not_taken(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-03 09:00"))
    office.run("2026-11-03 10:00")
    office.answer("QH02", {KEY: decided("齐经理", leave_decided_at="2026-11-04 09:00")})
    office.run("2026-11-03 11:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审批"
    assert "请假审批时间“2026-11-04 09:00”还没有到" in office.exceptions()


def test_the_slip_of_a_leave_that_came_in_long_after_is_due_on_the_next_working_day(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-05 08:30", leave_way="电话报备"))
    office.run("2026-11-12 09:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-12 10:00")
    record = office.record(SHEET, KEY)
    # Monday the 9th was past when it was asked for: the working day after Thursday
    assert (record["当前状态"], record["补假条期限"], record["应办结日"]) == ("待补假条", "2026-11-09", "2026-11-13")


def test_what_was_asked_by_telephone_has_its_slip_afterwards(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-05 08:30", leave_way="电话报备"))
    office.run("2026-11-05 09:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-05 10:00")
    record = office.record(SHEET, KEY)
    # back on Friday evening: the slip on Monday
    assert (record["当前状态"], record["应办结日"]) == ("待补假条", "2026-11-09")
    office.answer("QH01", {KEY: {"slip_on": "2026-11-09", "slip_by": "花策"}})
    office.run("2026-11-09 09:00")
    assert office.record(SHEET, KEY)["当前状态"] == "准假"


def test_a_slip_that_comes_after_its_day_is_told_though_no_run_lay_between(office: Office) -> None:
    """Back on Friday evening, 11-06, the slip is due on Monday; it is dated Tuesday, and comes with Tuesday's first run."""
    office.drop("leave_request", leave("2026-11-05 08:30", leave_way="电话报备"))
    office.run("2026-11-05 09:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-05 10:00")
    office.answer("QH01", {KEY: {"slip_on": "2026-11-10", "slip_by": "花策"}})
    office.run("2026-11-10 09:00")
    told = "“花策”的“补交假条”应在 2026-11-09 以前办，2026-11-10 才办"
    assert told in office.exceptions()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"leave_matters": "是", "leave_handed_over": "付印"}, "工作代理人"),
        ({"leave_matters": "是", "leave_stand_in": "文思"}, "书面交代的工作"),
        ({"leave_matters": "是", "leave_stand_in": "花策", "leave_handed_over": "付印"}, "代理人就是请假人自己"),
        ({"leave_matters": "是", "leave_stand_in": "花 策", "leave_handed_over": "付印"}, "代理人就是请假人自己"),
        (
            {"leave_matters": "是", "leave_stand_in": "花策（本人）", "leave_handed_over": "付印"},
            "代理人就是请假人自己",
        ),
        ({"leave_phone": ""}, "请假期间联系电话"),
        ({"leave_to": "2026-11-04 18:00"}, "早于同一行应在它前面的日期"),
        ({"leave_to": "2026-11-05 09:00"}, "请假结束时间就是开始时间，没有时长"),
    ],
)
def test_what_matters_is_handed_to_somebody_else(office: Office, said: dict[str, str], sentence: str) -> None:
    office.drop("leave_request", leave(**said))
    office.run("2026-11-04 15:00")
    assert office.master(SHEET) == []
    assert [sentence in each for each in office.exceptions()] == [True]


def test_the_head_does_not_grant_his_own_leave(office: Office) -> None:
    office.drop("leave_request", leave(leave_person="齐经理"))
    office.run("2026-11-04 15:00")
    assert office.record(SHEET, KEY)["当前办理人"] == "高总"
    office.answer("QH03", {KEY: decided("高总", "退回", leave_remark="那天开会")})
    office.run("2026-11-04 16:00")
    assert office.record(SHEET, KEY)["当前状态"] == "不准"
    assert office.figures("统计", "请假按月") == [["2026-11", 1, 0, 1]]


def test_that_the_roster_knows_nothing_of_it_is_told_until_it_does(office: Office) -> None:
    office.drop("leave_request", leave(leave_matters="是", leave_stand_in="文思", leave_handed_over="付印"))
    office.run("2026-11-04 15:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-04 16:00")
    told = "花策 2026-11-05至2026-11-06请假，人员表里没有写不在岗，工作还没有转给文思"
    assert told in office.exceptions()

    said = {"staff_no": "QH01", "staff_name": "花策", "staff_role": "企划专员", "staff_email": "QH01@example.com"}
    away = {"staff_stand_in": "文思", "staff_away_from": "2026-11-05", "staff_away_to": "2026-11-06"}
    office.drop("staff_list", said | away)
    office.run("2026-11-04 17:00")
    assert told not in office.exceptions()


def test_who_was_refused_may_ask_again_for_the_same_day(office: Office) -> None:
    office.drop("leave_request", leave())
    office.run("2026-11-04 15:00")
    office.answer("QH02", {KEY: decided("齐经理", "退回", leave_remark="那天开会")})
    office.run("2026-11-04 16:00")
    office.drop("leave_request", leave("2026-11-04 17:00", leave_why="孩子住院"))
    office.run("2026-11-04 17:30")
    assert [(row["请假编号"], row["当前状态"]) for row in office.master(SHEET)] == [
        (KEY, "不准"),
        ("QJ2611002", "待审批"),
    ]
    assert [row["请假事由"] for row in office.worklist("QH02", "请假审批")] == ["孩子住院"]


def test_what_was_called_off_may_be_asked_for_anew(office: Office) -> None:
    office.drop("leave_request", leave())
    office.run("2026-11-04 15:00")
    ended = {"leave_no": KEY, "end_reason": "改期", "ended_on": "2026-11-04", "ended_by": "齐经理"}
    office.drop("leave_ended", ended)
    office.run("2026-11-04 16:00")
    office.drop("leave_request", leave("2026-11-04 16:30", leave_to="2026-11-05 18:00"))
    office.run("2026-11-04 17:00")
    assert sorted(str(row["当前状态"]) for row in office.master(SHEET)) == ["已作废", "待审批"]


def test_a_stand_in_is_there_and_of_the_office(office: Office) -> None:
    cares = {"leave_matters": "是", "leave_handed_over": "付印"}
    office.drop("leave_request", leave(**cares, leave_stand_in="文思"), leave(leave_person="文思"))
    office.run("2026-11-04 15:00")
    assert office.exceptions() == ["工作代理人“文思”那几天也请假"]

    office.drop(
        "leave_ended", {"leave_no": "QJ2611002", "end_reason": "改期", "ended_on": "2026-11-04", "ended_by": "齐经理"}
    )
    office.drop(
        "leave_request",
        leave(leave_from="2026-11-09 09:00", leave_to="2026-11-09 18:00", **cares, leave_stand_in="外甥"),
    )
    office.run("2026-11-04 16:00")
    assert office.exceptions() == ["工作代理人“外甥”不在人员表上"]


def test_a_slip_that_a_colleague_hands_in_is_told(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-05 08:30", leave_way="电话报备"))
    office.run("2026-11-05 09:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-05 10:00")
    office.drop("leave_slip", {"leave_no": KEY, "slip_on": "2026-11-06", "slip_by": "文思"})
    office.run("2026-11-06 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "准假"
    told = "“花策”的“补交假条”应由花策办理，表上填的是“文思”"
    assert set(office.exceptions()) == {told}
    assert told in office.mails("QH01")[-1]  # whose it was should know that it was done for him


def test_who_stands_in_is_part_of_what_was_granted(office: Office) -> None:
    cares = {"leave_matters": "是", "leave_handed_over": "付印", "leave_stand_in": "文思"}
    office.drop("leave_request", leave(**cares), name="请假.xlsx")
    office.run("2026-11-04 15:00")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-04 16:00")
    office.drop("leave_request", leave(leave_matters="否"), name="请假.xlsx")
    office.run("2026-11-04 17:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审批"
    assert "是→否" in str(office.worklist("QH02", "请假审批")[0]["退回原因"])


def test_who_asked_and_who_stands_in_read_what_was_decided_once_it_is(office: Office) -> None:
    office.drop("leave_request", leave(leave_matters="是", leave_stand_in="文思", leave_handed_over="海报付印"))
    office.run("2026-11-04 14:30")
    assert "家事" not in str(office.mails("QH01") + office.mails("QH04"))
    office.drop("leave_decision", {"leave_no": KEY, **decided("齐经理")})
    office.run("2026-11-04 16:00")
    told = f"花策 {KEY}：请假审批：同意（齐经理 2026-11-04）"
    for person in ("QH01", "QH04"):
        assert "与您有关的审批或作废" in office.mails(person)[-1]
        assert told in office.mails(person)[-1]
    assert told not in str(office.mails("QH02"))
    letters = len(office.mails("QH01"))
    office.run("2026-11-04 17:00")
    assert len(office.mails("QH01")) == letters


def test_a_refusal_is_told_with_its_reason(office: Office) -> None:
    office.drop("leave_request", leave())
    office.run("2026-11-04 14:30")
    office.answer("QH02", {KEY: decided("齐经理", "退回", leave_remark="双十一前人手不够")})
    office.run("2026-11-04 16:00")
    assert f"花策 {KEY}：请假审批：退回（齐经理 2026-11-04），理由：双十一前人手不够" in office.mails("QH01")[-1]


@pytest.mark.parametrize(
    ("asked", "begins", "due"),
    [
        ("2026-11-04 08:00", "2026-11-04 14:00", "2026-11-04"),
        ("2026-11-04 08:00", "2026-11-09 09:00", "2026-11-05"),  # a working day after it came in
    ],
)
def test_a_leave_is_decided_on_before_it_begins(office: Office, asked: str, begins: str, due: str) -> None:
    office.drop("leave_request", leave(asked, leave_from=begins, leave_to="2026-11-10 18:00"))
    office.run("2026-11-04 08:30")
    assert office.record(SHEET, KEY)["应办结日"] == due


@pytest.mark.parametrize(("folder", "told"), [("花策", True), ("齐经理", False)])
def test_whose_name_stands_under_a_decision_in_anothers_folder_reads_of_it_and_so_does_the_manager(
    office: Office, folder: str, told: bool
) -> None:
    office.drop("leave_request", leave())
    office.run("2026-11-04 14:30")
    (office.settings.inbox / folder).mkdir()
    office.drop("leave_decision", {"leave_no": KEY, **decided("齐经理")}, name=f"{folder}/批.xlsx")
    office.run("2026-11-04 16:00")
    assert office.record(SHEET, KEY)["当前状态"] == "准假"
    sentence = "花策交来的表上“请假审批”签的是齐经理的名字（1 行），已按齐经理办理登记"
    assert (sentence in str(office.mails("QH02"))) is told


def test_who_asked_reads_that_the_approval_has_lapsed_when_it_was_changed_and_no_longer_that_it_stands(
    office: Office,
) -> None:
    office.drop("leave_request", leave())
    office.run("2026-11-04 14:30")
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-04 15:00")
    assert "请假审批：同意" in office.mails("QH01")[-1]
    office.drop("leave_request", leave(leave_no=KEY, leave_to="2026-11-13 18:00"))
    office.run("2026-11-04 16:00")
    letter = office.mails("QH01")[-1]
    assert "请假审批：原来的已作废，要重新审批" in letter
    assert "请假结束时间 2026-11-06 18:00→2026-11-13 18:00" in letter
    assert "请假审批：同意" not in letter


def test_a_refused_approval_is_told_to_whoever_signed_it_and_not_to_whoever_has_it_to_do(office: Office) -> None:
    office.drop("leave_request", leave(leave_person="齐经理"))
    office.run("2026-11-04 14:30")
    office.drop("leave_decision", {"leave_no": KEY, **decided("齐经理")})
    office.run("2026-11-04 15:00")
    told = "不能由本人办理"
    assert told in str(office.mails("QH02"))
    assert told not in str(office.mails("QH03"))


def test_a_request_in_writing_that_comes_when_the_leave_has_begun_is_told_to_who_decides(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-02 14:00", leave_from="2026-11-03 09:00", leave_to="2026-11-04 18:00"))
    office.run("2026-11-04 09:00")
    told = "请假 2026-11-03 已开始，书面请假单 2026-11-04 才交来（写的提出时间是 2026-11-02 14:00）"
    assert told in office.exceptions()
    assert told in office.mails("QH02")[-1]


@pytest.mark.parametrize(
    ("asked", "begins", "told"),
    [
        ("2026-11-04 17:00", "2026-11-05 08:00", True),
        ("2026-11-04 17:00", "2026-11-05", True),  # a whole day begins with it
        ("2026-11-05 08:00", "2026-11-05 12:00", False),  # four hours ahead is eight o'clock: it may have come then
        ("2026-11-04 17:00", "2026-11-06 08:00", False),
    ],
)
def test_a_request_in_writing_that_comes_on_the_morning_on_which_the_leave_begins_is_told_to_who_decides(
    office: Office, asked: str, begins: str, *, told: bool
) -> None:
    """Half a day is four hours: what begins before noon would have had to come before eight, or the day before."""
    office.drop("leave_request", leave(asked, leave_from=begins, leave_to="2026-11-06 18:00"))
    office.run("2026-11-05 14:10")
    said = f"请假 {begins} 开始，书面请假单 2026-11-05 当天才交来（写的提出时间是 {asked}）"
    assert office.exceptions() == ([said] if told else [])
    assert (said in "".join(office.mails("QH02"))) is told
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-05 15:00")
    assert said not in office.exceptions()


def test_a_leave_of_one_whole_day_has_a_length(office: Office) -> None:
    office.drop("leave_request", leave(leave_from="2026-11-06", leave_to="2026-11-06"))
    office.run("2026-11-04 15:00")
    assert (len(office.master(SHEET)), office.exceptions()) == (1, [])


def test_that_a_leave_is_no_longer_by_telephone_is_told_to_the_head(office: Office) -> None:
    office.drop("leave_request", leave("2026-11-05 08:30", leave_way="电话报备"))
    office.run("2026-11-05 09:00")
    office.drop(
        "leave_request", leave("2026-11-05 08:30", leave_no=KEY, leave_way="书面", leave_from="2026-11-05 14:00")
    )
    office.run("2026-11-05 10:00")
    assert f"花策 {KEY}：花策 2026-11-05 把提出方式“电话报备”改为“书面”" in office.mails("QH02")[-1]


@pytest.mark.parametrize(("by", "told"), [("花策", True), ("文思", False)])
def test_an_activity_of_ones_own_on_a_day_of_leave_is_something_important(tmp_path: Path, by: str, told: bool) -> None:
    office = Office(tmp_path, ["leave", "activity_budgets"], PEOPLE)
    activity = {"promoted_activity": "双十一", "promoted_on": "2026-11-06", "budget_amount": 9000}
    office.drop("activity_budget", activity | {"budget_made_on": "2026-11-02", "budget_by": by})
    office.drop("leave_request", leave())
    office.run("2026-11-04 14:30")
    sentence = "请假期间没有填重要事项，但 2026-11-06 有他自己的活动“双十一”"
    assert (sentence in office.exceptions()) is told


@pytest.mark.parametrize(
    ("asked", "on", "late"),
    [
        ("2026-11-05 08:59", "2026-11-05", False),  # a minute before it begins
        ("2026-11-05 09:00", "2026-11-05", True),
        ("2026-11-05 08:30", "2026-11-09", False),  # back on Friday evening: the slip on Monday
        ("2026-11-05 08:30", "2026-11-10", True),
    ],
)
def test_a_call_or_its_sheet_that_comes_too_late_is_told_to_whoever_decides_and_whoever_asked(
    office: Office, asked: str, on: str, late: bool
) -> None:
    office.drop("leave_request", leave(asked, leave_way="电话报备"))
    office.run(f"{on} 18:00")
    told = f"请假 2026-11-05 09:00 开始，{asked} 才电话报备，{on} 交来"
    said = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions()] if late else []
    assert sorted(said) == ([("花策", told), ("齐经理", told)] if late else [])
    assert office.exceptions() == ([told, told] if late else [])
    assert ("才电话报备" in "".join(office.mails("QH01"))) is late  # the requester reads of it
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run(f"{on} 19:00")
    assert office.exceptions() == []


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("2026-11-06 13:00", "2026-11-07 18:00", True),
        ("2026-11-06", "2026-11-06", True),  # a whole day
        ("2026-11-06 18:00", "2026-11-06 20:00", False),  # just as the first is over
    ],
)
def test_leaves_of_one_person_at_once_are_told_to_who_decides(
    office: Office, begins: str, ends: str, *, told: bool
) -> None:
    office.drop("leave_request", leave(), leave(leave_from=begins, leave_to=ends, leave_why="看病"))
    office.run("2026-11-04 15:00")
    said = f"花策在同一时间已请过假（{KEY}，2026-11-05 09:00 至 2026-11-06 18:00）"
    assert office.exceptions() == ([said] if told else [])
    assert (said in "".join(office.mails("QH02"))) is told
    office.answer("QH02", {"QJ2611002": decided("齐经理", "退回", leave_remark="重复")})
    office.run("2026-11-04 16:00")
    assert office.exceptions() == []


def test_who_stands_in_reads_what_is_to_be_done_and_how_long_until_the_leave_is_over(office: Office) -> None:
    """四 1 4): the work is handed over in writing. On leave on Thursday and Friday, November 5 and 6."""
    cares = {"leave_matters": "是", "leave_handed_over": "海报周四付印，找老赵", "leave_stand_in": "文思"}
    office.drop("leave_request", leave(**cares))
    office.run("2026-11-04 15:00")
    assert office.exceptions() == []
    office.answer("QH02", {KEY: decided("齐经理")})
    office.run("2026-11-04 16:00")
    told = "花策请假（2026-11-05 09:00 至 2026-11-06 18:00），由您代理：海报周四付印，找老赵"
    assert told in office.mails("QH04")[-1]
    assert told not in "".join(office.mails("QH02"))
    office.run("2026-11-09 09:00")
    assert told not in office.exceptions()


def test_two_who_stand_in_for_each_other_are_told_until_one_names_somebody_else(office: Office) -> None:
    cares = {"leave_matters": "是", "leave_handed_over": "付印"}
    office.drop(
        "leave_request",
        leave(**cares, leave_stand_in="文 思（同事）", leave_from="2026-11-05", leave_to="2026-11-05"),
        leave(**cares, leave_stand_in="QH01", leave_person="文思", leave_to="2026-11-05 18:00"),
    )
    both = {"工作代理人“文 思（同事）”那几天也请假", "工作代理人“花策”那几天也请假"}
    office.run("2026-11-04 15:00")
    assert set(office.exceptions()) == both
    assert all(each in "".join(office.mails("QH02")) for each in both)
    office.answer("QH02", {key: decided("齐经理") for key in (KEY, "QJ2611002")})
    office.run("2026-11-04 16:00")
    office.run("2026-11-05 09:00")
    # granted, and still nobody does their work: each is to name another one, and the roster is not advised
    assert set(office.exceptions()) == both
    assert "工作代理人“文 思（同事）”那几天也请假" in "".join(office.mails("QH01"))
    office.drop(
        "leave_request",
        leave(**cares, leave_no=KEY, leave_stand_in="齐经理", leave_from="2026-11-05", leave_to="2026-11-05"),
    )
    office.run("2026-11-05 10:00")
    assert [each for each in office.exceptions() if "代理人" in each] == ["工作代理人“花策”那几天也请假"]


@pytest.mark.parametrize("said", ["没有交代", "未交接"])
def test_that_nothing_was_handed_over_hands_nothing_over(office: Office, said: str) -> None:
    office.drop("leave_request", leave(leave_matters="是", leave_stand_in="文思", leave_handed_over=said))
    office.run("2026-11-04 15:00")
    assert office.master(SHEET) == []
    assert office.exceptions() == [f"书面交代的工作填的是“{said}”，就是没有做"]


@pytest.mark.parametrize(("way", "state"), [("书面", "准假"), ("电话报备", "待补假条")])
def test_the_general_managers_leave_is_noted_and_put_before_nobody(office: Office, way: str, state: str) -> None:
    office.drop("leave_request", leave(leave_person="高总", leave_way=way))
    office.run("2026-11-04 15:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["请假审批人"], office.tasks("QH02")) == (state, None, [])
    # his subordinate cannot refuse it either
    refused = {"leave_no": KEY, **decided("齐经理", "退回", leave_remark="要开会")}
    office.drop("leave_decision", refused)
    office.run("2026-11-04 16:00")
    assert office.record(SHEET, KEY)["当前状态"] == state


def test_a_general_manager_who_is_so_beside_another_role_is_above_all_too(tmp_path: Path) -> None:
    office = Office(tmp_path, ["leave"], [*PEOPLE[:2], ("QH05", "柳青", "企划专员、总经理")])
    office.drop("leave_request", leave(leave_person="QH05"), leave(leave_person="花策"))
    office.run("2026-11-04 15:00")
    assert [row["当前状态"] for row in office.master(SHEET)] == ["准假", "待审批"]


def test_what_is_wrong_in_a_row_is_told_to_whoever_filled_it_on_a_sheet_of_several(office: Office) -> None:
    """花策's row stands first; 文思's is late, and the slip that 文思 hands in is of no leave."""
    office.drop(
        "leave_request",
        leave("2026-11-03 09:00"),
        leave("2026-11-05 08:00", leave_person="文思"),
    )
    office.run("2026-11-03 10:00")
    (row,) = office.open_exceptions()
    assert (row["由谁处理"], row["编号"]) == ("文思", None)
    slip = {"slip_on": "2026-11-03"}
    office.drop(
        "leave_slip",
        slip | {"leave_no": KEY, "slip_by": "花策"},
        slip | {"leave_no": "QJ2611009", "slip_by": "文思"},
    )
    office.run("2026-11-03 11:00")
    told = {row["表中写法"]: row["由谁处理"] for row in office.open_exceptions() if row["工作表"] == "补交假条登记表"}
    assert told == {KEY: "花策", "QJ2611009": "文思"}


@pytest.mark.parametrize("asked", ["2026-11-02 14:00", "2026-11-03 10:30"])
def test_a_refused_slip_handed_in_again_with_other_days_is_decided_on_anew(office: Office, asked: str) -> None:
    """Asked at two in the afternoon, refused the next morning at half past nine; the same number, other days."""
    office.drop("leave_request", leave("2026-11-02 14:00"))
    office.run("2026-11-02 15:00")
    office.answer("QH02", {KEY: decided("齐经理", "退回", leave_remark="本周忙", leave_decided_at="2026-11-03 09:30")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "不准"
    days = {"leave_from": "2026-11-10 09:00", "leave_to": "2026-11-10 18:00"}
    office.drop("leave_request", {"leave_no": KEY} | leave(asked, **days))
    office.run("2026-11-03 11:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["请假开始时间"], record["当前办理人"]) == (
        "待审批",
        "2026-11-10 09:00",
        "齐经理",
    )
    assert not any("先后不对" in each for each in office.exceptions())
    assert [row["请假编号"] for row in office.worklist("QH02", "请假审批")] == [KEY]


def test_a_leave_that_waits_is_called_by_whose_it_is(office: Office) -> None:
    """Two leave for the same reason: who decides reads of both by name, in the list of what is late, too."""
    office.drop("leave_request", leave("2026-11-03 09:00"))
    office.run("2026-11-03 10:00")
    office.run("2026-11-05 08:00")
    assert f"花策 {KEY}" in office.mails("QH02")[-1]
    assert f"家事 {KEY}" not in "".join(office.mails("QH02"))
    office.drop("leave_slip", {"leave_no": KEY, "slip_on": "2026-11-04", "slip_by": "花策"})
    office.run("2026-11-05 08:30")
    assert any("“花策”现为“待审批”" in each for each in office.exceptions())
