"""What an office sets in tables that it drops like any other sheet: days off, numbers of procedures, who approves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.doctor import examine
from pipeline.outside.calendar import known_until
from tests.tools.office import Office

PEOPLE = [("C1", "钱客服", "客户中心"), ("C2", "孙主管", "主管"), ("A01", "李敏", "系统管理员")]
NEXT = known_until() + 1
"""The first year whose holidays the program does not know by itself."""
UNKNOWN = f"还不知道 {NEXT} 年的节假日，{NEXT} 年的期限只按周一至周五计算"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["first_contact"], PEOPLE)


def doctors_word(office: Office, at: str) -> str:
    checks = examine(office.settings, office.catalogue, date.fromisoformat(at))
    return next(str((each.problem or each.note).zh) for each in checks if each.what.en == "holidays")


def test_from_december_on_the_next_years_holidays_are_asked_for(office: Office) -> None:
    assert not office.run(f"{NEXT - 1}-11-30 09:00").unknown_holidays
    assert doctors_word(office, f"{NEXT - 1}-11-30") == f"已知到 {NEXT - 1} 年"

    assert office.run(f"{NEXT - 1}-12-01 09:00").unknown_holidays == NEXT
    assert f"不知道 {NEXT} 年的节假日" in doctors_word(office, f"{NEXT - 1}-12-01")


def test_the_administrator_is_told_by_mail(tmp_path: Path) -> None:
    office = Office(tmp_path, ["first_contact"], PEOPLE, clerk="clerk@example.com")
    office.run(f"{NEXT - 1}-12-01 09:00")
    assert sum(UNKNOWN in text.replace("\n", "") for text in office.mails("clerk")) == 1
    office.run(f"{NEXT - 1}-12-02 09:00")  # told once, though it stays in every letter
    assert sum(UNKNOWN in text.replace("\n", "") for text in office.mails("clerk")) == 1
    assert office.exceptions() == []


def test_the_offices_own_table_supplies_them_and_deadlines_go_by_it(office: Office) -> None:
    days = [(1, "放假"), (2, "放假"), (3, "放假"), (4, "放假"), (9, "补班")]
    office.drop("holiday_table", *({"holiday_on": f"{NEXT}-01-{day:02d}", "holiday_kind": kind} for day, kind in days))
    assert not office.run(f"{NEXT - 1}-12-30 09:00").unknown_holidays
    assert doctors_word(office, f"{NEXT - 1}-12-30") == f"已知到 {NEXT - 1} 年，另有“节假日表”中的 5 天"

    # Thursday 31 December; off up to Monday 4 January: the next working day is Tuesday, where Friday would be without
    office.drop("matter", matter(f"{NEXT - 1}-12-31 09:00"))
    office.run(f"{NEXT - 1}-12-31 10:00")
    assert [row["应办结日"] for row in office.master("客户信息登记")] == [f"{NEXT}-01-05"]


def matter(at: str) -> dict[str, str]:
    return {
        "matter_source": "来电",
        "received_at": at,
        "matter_customer": "惠民超市",
        "matter_text": "冰柜不制冷",
        "solved_at_once": "是",
        "first_receiver": "钱客服",
    }


# parameters -----------------------------------------------------------------------------------------------------------

QUESTION = {
    "question_source": "论坛",
    "question_project": "金色家园",
    "question_topic": "其他咨询",
    "question_dispute": "明确",
    "asker": "业主张先生",
    "question_text": "何时交房",
    "collected_by": "钱客服",
}


def asked(at: str, **more: str) -> dict[str, str]:
    return {**QUESTION, "asked_at": at, **more}


def setting(name: str, value: object, since: str, of: str = "") -> dict[str, object]:
    said = {"parameter_name": name, "parameter_value": value, "parameter_from": since}
    return said | ({"parameter_of": of} if of else {})


def test_a_value_of_the_sheet_holds_from_its_day_on_the_declared_one_before(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    office.drop("parameter_table", setting("网上问题几小时内回复", 48, "2026-11-10", "网上客户信息管理"))
    office.drop("online_question", asked("2026-11-09 15:00"), asked("2026-11-10 15:00", question_text="停水"))
    office.run("2026-11-10 16:00")
    # 24 hours for Monday's question, 48 for Tuesday's, though both are entered on Tuesday
    due = {row["提问内容"]: row["最迟回复时间"] for row in office.master("网上问题")}
    assert due == {"何时交房": "2026-11-10 15:00", "停水": "2026-11-12 15:00"}


def test_the_settings_hold_below_the_sheet(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], PEOPLE, **{"parameters.question_reply_hours": 12})
    office.drop("parameter_table", setting("网上问题几小时内回复", "36", "2026-11-10"))
    office.drop("online_question", asked("2026-11-09 15:00"), asked("2026-11-10 15:00", question_text="停水"))
    office.run("2026-11-10 16:00")
    due = {row["提问内容"]: row["最迟回复时间"] for row in office.master("网上问题")}
    assert due == {"何时交房": "2026-11-10 03:00", "停水": "2026-11-12 03:00"}


@pytest.mark.parametrize(("share", "called"), [(None, 3), (100, 10), (0, 0)])
def test_the_share_that_is_called_back_is_the_offices(office: Office, share: int | None, called: int) -> None:
    if share is not None:
        office.drop("parameter_table", setting("报修回访比例（%）", share, "2026-11-01", "首接负责制"))
    office.drop("matter", *(matter("2026-11-02 09:30") | {"matter_customer": f"户{at}"} for at in range(10)))
    office.run("2026-11-02 10:00")
    keys = [row["首接编号"] for row in office.master("客户信息登记")]
    steps = [
        {"matter_kind": "报修", "matter_nature": "一般", "matter_handler": "钱客服", "dispatched_by": "钱客服"},
        {
            "handling_result": "已处理",
            "handling": "上门",
            "handled_on": "2026-11-02",
            "matter_handled_by": "钱客服",
        },
        {"answer_told": "已修好", "answer_told_on": "2026-11-02", "answer_told_by": "钱客服"},
    ]
    for at, said in enumerate(steps, 11):
        office.answer("C1", dict.fromkeys(keys, said))
        office.run(f"2026-11-02 {at}:00")
    drawn = [row["是否回访"] for row in office.master("客户信息登记")]
    assert drawn.count("是") >= called if share is None else drawn.count("是") == called


def test_hours_by_priority_are_the_offices(tmp_path: Path) -> None:
    office = Office(tmp_path, ["it_service"], [("IT01", "马工", "运维工程师"), ("IT02", "齐主管", "运维主管")])
    office.drop("parameter_table", setting("优先级紧急的响应小时数", 0.5, "2026-11-01", "运维服务"))
    ticket = {"ticket_kind": "事件", "reported_from": "营销部", "ticket_text": "登不上", "ticket_by": "马工"}
    ticket |= {"reported_at": "2026-11-02 09:00"}
    office.drop(
        "it_ticket", {**ticket, "ticket_priority": "紧急"}, {**ticket, "ticket_priority": "高", "ticket_text": "慢"}
    )
    office.run("2026-11-02 09:05")
    due = {row["优先级"]: row["最迟响应时间"] for row in office.master("运维单")}
    assert due == {"紧急": "2026-11-02 09:30", "高": "2026-11-02 11:00"}


def test_what_cannot_be_set_stays_out_and_is_told_at_its_cell(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    name = "网上问题几小时内回复"
    office.drop(
        "parameter_table",
        setting(name, "很多", "2026-11-01"),
        setting(name, 0, "2026-11-02"),
        setting("回访比例", 30, "2026-11-03"),
        setting(name, 30, "2026-11-04", "人员与辖区"),
        setting(name, "1,000", "2026-11-05"),
    )
    office.drop("online_question", asked("2026-11-06 15:00"))
    summary = office.run("2026-11-06 16:00")
    said = office.exceptions()
    for value in ("很多", "0", "1,000"):
        assert f"参数值“{value}”不是这个参数可以取的值" in said
    assert any("参数名称“回访比例”" in each for each in said)
    assert "所属流程写的是“人员与辖区”，这个参数不是它的" in said
    assert summary.rows.rejected == 5
    assert [row["最迟回复时间"] for row in office.master("网上问题")] == ["2026-11-07 15:00"]


def test_a_question_whose_hour_nobody_knows_counts_from_the_end_of_its_day(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    office.drop("online_question", asked("2026-11-02"))
    office.run("2026-11-02 16:00")
    (row,) = office.master("网上问题")
    assert row["最迟回复时间"] == "2026-11-03 18:00"  # the day ends at 18:00; 24 hours on

    office.run("2026-11-03 17:59")
    assert office.master("网上问题")[0]["时限提醒"] == "今天 18:00 前"
    office.run("2026-11-03 18:01")
    assert office.master("网上问题")[0]["时限提醒"] == "18:00 起逾期"


def test_when_the_day_ends_is_the_offices(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    office.drop("parameter_table", setting("下班时间（几点，24 小时制）", 17.5, "2026-11-01"))
    office.drop("online_question", asked("2026-11-02"))
    office.run("2026-11-02 16:00")
    assert office.master("网上问题")[0]["最迟回复时间"] == "2026-11-03 17:30"


def test_declarations_count_by_the_offices_days_too(tmp_path: Path) -> None:
    """A complaint of Monday, 2 November, is to be solved by Tuesday; the office is closed on that day: by Wednesday. The sheet
    that says so comes with the complaint.
    """
    office = Office(tmp_path, ["complaints"], [("TS01", "陈静", "投诉专员"), ("TS03", "高建军", "总经理")])
    office.drop("holiday_table", {"holiday_on": "2026-11-03", "holiday_kind": "放假"})
    office.drop(
        "complaint",
        {"complained_on": "2026-11-02", "complainant": "惠民超市", "complaint_cause": "其他", "complaint_text": "晚到"}
        | {"demand": "道歉", "taken_by": "陈静"},
    )
    office.run("2026-11-02 09:00")
    assert office.record("客户投诉", "261101")["应办结日"] == "2026-11-04"
