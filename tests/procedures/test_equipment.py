"""设备台账、设备异常处理、备件管理, played through: who operates what, who comes when it fails, what lies there to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [
    ("SB01", "石师傅", "设备操作人员"),
    ("SB02", "简工", "点检员"),
    ("SB03", "齐主任", "设备主管"),
    ("SB04", "云师傅", "设备运行人员"),
    ("SB05", "金师傅", "设备操作人员"),
]
EQUIPMENT, FAULTS, SPARES, FAULT = "设备台账", "设备异常", "备件台账", "YC2611001"


def equipment(**more: Any) -> dict[str, Any]:
    said = {"equipment_no": "SB0001", "equipment_name": "1 号循环泵", "equipment_place": "换热站"}
    said |= {
        "equipment_operator": "石师傅",
        "equipment_inspector": "简工",
        "equipment_spares": "轴承",
        "spares_place": "备件柜",
    }
    return said | {"in_use_from": "2026-11-01", "check_cycle": 7, "equipment_listed_by": "简工"} | more


def check(on: str, state: str = "运行正常", **more: Any) -> dict[str, Any]:
    said = {"check_state": state, "upkeep_done": "加油", "equipment_checked_on": on, "equipment_checked_by": "石师傅"}
    return said | more


def fault(result: str, **more: Any) -> dict[str, Any]:
    said = {"faulty_equipment": "SB0001", "fault_text": "轴承过热", "fault_at": "2026-11-03 21:30", "first_aid": "停机"}
    return said | {"first_result": result, "shift_note": "已告知", "fault_by": "石师傅"} | more


def move(kind: str, quantity: float, at: str, **more: Any) -> dict[str, Any]:
    said = {"moved_spare": "BJ0001", "move_kind": kind, "moved_quantity": quantity, "moved_at": f"2026-11-{at}"}
    return said | ({"moved_for": "换轴承"} if kind == "领用" else {}) | {"moved_by": "石师傅"} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["equipment", "equipment_faults", "spares"], PEOPLE)
    office.drop("equipment_record", equipment(), equipment(equipment_no="SB0002", equipment_operator="金师傅"))
    office.run("2026-11-02 09:00")
    return office


def test_each_piece_is_looked_at_by_its_operator_every_so_many_days(office: Office) -> None:
    # in use from 1 November, every 7 days
    record = office.record(EQUIPMENT, "SB0001")
    assert (record["下次点检日期"], record["当前状态"], office.tasks("SB01")) == ("2026-11-08", "在用", [])
    office.run("2026-11-09 09:00")
    assert office.record(EQUIPMENT, "SB0001")["时限提醒"] == "逾期 1 天"
    assert [row["设备编号"] for row in office.worklist("SB01", "点检维护")] == ["SB0001"]
    assert [row["设备编号"] for row in office.worklist("SB05", "点检维护")] == ["SB0002"]

    office.answer("SB01", {"SB0001": check("2026-11-09", "运行异常", check_found="轴承温度偏高")})
    office.run("2026-11-09 10:00")
    record = office.record(EQUIPMENT, "SB0001")
    assert (record["当前状态"], record["下次点检日期"], office.tasks("SB01")) == ("在用", "2026-11-16", [])
    assert office.figures("统计 设备台账", "设备按操作人员") == [["石师傅", 1, 0, 0, 1], ["金师傅", 1, 1, 0, 0]]
    # the one that was checked waits for its next day: nobody has it to do, and it lacks nobody
    assert office.figures("统计 设备台账", "设备台账：按当前办理人") == [["金师傅", 1, 1]]
    (found,) = office.master(FAULTS)  # what a check finds goes to the people on duty
    assert (found["设备异常现象"], found["异常设备编号"], found["当前办理人"]) == ("轴承温度偏高", "SB0001", "云师傅")
    office.run("2026-11-16 09:00")
    assert office.record(EQUIPMENT, "SB0001")["时限提醒"] == "今天到期"


def test_what_is_wrong_is_said_and_a_piece_out_of_use_is_looked_at_no_more(office: Office) -> None:
    office.run("2026-11-09 09:00")
    office.answer("SB01", {"SB0001": check("2026-11-09", "运行异常")})
    office.run("2026-11-09 10:00")
    assert any("点检异常情况" in each for each in office.exceptions())
    ended = {"equipment_no": "SB0001", "end_reason": "报废", "ended_on": "2026-11-09", "ended_by": "齐主任"}
    office.drop("equipment_retired", ended)
    office.run("2026-11-09 11:00")
    office.run("2026-11-20 09:00")
    assert office.record(EQUIPMENT, "SB0001")["当前状态"] == "已作废"
    assert office.tasks("SB01") == []


def test_what_the_operator_clears_at_once_is_only_recorded(office: Office) -> None:
    office.drop("equipment_fault", fault("已排除"))
    office.run("2026-11-03 22:00")
    assert office.record(FAULTS, FAULT)["当前状态"] == "已关闭"


def test_what_nobody_clears_goes_on_to_the_inspector_who_says_why(office: Office) -> None:
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    assert office.record(FAULTS, FAULT)["运行人员到场时限"] == "2026-11-04 01:30"  # four hours after 21:30
    failed = {"duty_text": "加油", "duty_result": "未排除", "duty_reason": "轴承坏", "fault_duty_by": "云师傅"}
    office.answer("SB04", {FAULT: failed | {"duty_ended_at": "2026-11-03 22:30"}})
    office.run("2026-11-03 23:00")
    assert [row["退回原因"] for row in office.worklist("SB02", "抢修")] == ["轴承坏"]
    (row,) = office.worklist("SB02", "今日概览")
    assert (row["任务页"], row["件数"], row["被退回"]) == ("抢修", 1, 0)  # he was called: nothing of his came back
    repaired = {"repair_text": "换轴承", "runs_again_at": "2026-11-04 02:00", "repaired_by": "简工"}
    office.answer("SB02", {FAULT: repaired})
    office.run("2026-11-04 08:00")
    why = {"fault_cause": "润滑不足", "fault_prevented": "勤加油", "fault_analysed_on": "2026-11-04"}
    office.answer("SB02", {FAULT: why | {"fault_analysed_by": "简工"}})
    office.run("2026-11-04 10:00")
    assert office.record(FAULTS, FAULT)["当前状态"] == "已关闭"
    # one fault, none cleared at once, 21:30 to 02:00
    assert office.figures("统计 设备异常处理", "设备异常按月") == [["2026-11", 1, 0, 4.5]]


def test_stock_is_what_was_counted_put_in_and_taken_out_and_what_runs_short_is_told(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 2, "spare_listed_by": "简工"})
    office.drop("spare_move", move("入库", 3, "02 09:00"), move("领用", 1, "02 10:00"))
    office.run("2026-11-02 11:00")
    assert office.record(SPARES, "BJ0001")["现有库存"] == 2
    assert office.exceptions() == []

    office.drop("spare_move", move("领用", 1, "02 12:00"))
    office.run("2026-11-02 13:00")
    assert office.exceptions() == ["“轴承 6308”库存 1，低于最低库存 2"]
    office.drop("spare_move", move("领用", 2, "03 09:00"))
    office.run("2026-11-03 10:00")
    assert office.exceptions() == ["“轴承 6308”到 2026-11-03 09:00 领用比入库多 1"]
    office.drop("spare_move", move("入库", 5, "03 11:00"))  # what comes later does not explain it
    office.run("2026-11-03 11:30")
    assert office.exceptions() == ["“轴承 6308”到 2026-11-03 09:00 领用比入库多 1"]
    office.drop("spare_move", move("盘点", 4, "03 12:00"), move("领用", 1, "03 13:00"))
    office.run("2026-11-03 14:00")
    assert (office.record(SPARES, "BJ0001")["现有库存"], office.exceptions()) == (3, [])


def test_two_who_take_out_a_spare_at_one_time_are_two_moves(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 0, "spare_listed_by": "简工"})
    taken = move("领用", 1, "02 10:00")
    office.drop("spare_move", move("入库", 5, "02 09:00"), taken, taken | {"moved_by": "金师傅", "moved_quantity": 2})
    office.run("2026-11-02 12:00")
    assert [(row["收发经手人"], row["收发数量"]) for row in office.master("备件收发")] == [
        ("石师傅", 5),
        ("石师傅", 1),
        ("金师傅", 2),
    ]


def test_a_spare_moved_by_somebody_who_has_nothing_to_do_with_equipment_is_told(tmp_path: Path) -> None:
    """003 设备运行维护 2.4.9: whoever runs, keeps up, inspects or heads the equipment moves its parts, nobody of another department."""
    office = Office(
        tmp_path,
        ["equipment", "equipment_faults", "spares"],
        [*PEOPLE, ("D01", "方晴", "档案管理员"), ("M01", "李敏", "系统管理员")],
    )
    office.drop("equipment_record", equipment())
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 0, "spare_listed_by": "简工"})
    office.run("2026-11-02 09:00")
    theirs = [
        move("入库", 1, f"02 09:0{at}", moved_by=who) for at, who in enumerate(["石师傅", "云师傅", "简工", "齐主任"])
    ]
    office.drop("spare_move", *theirs)
    office.run("2026-11-02 10:00")
    assert not any("收发登记" in each for each in office.exceptions())
    office.drop("spare_move", move("入库", 1, "02 10:00", moved_by="李敏"))
    office.run("2026-11-02 11:00")
    said = "“BJ0001”的“收发登记”应由设备操作人员、设备运行人员、点检员、设备主管办理，表上填的是“李敏”"
    assert readers(office, said) == ["李敏", "齐主任"]
    assert office.record(SPARES, "BJ0001")["现有库存"] == 5  # it is taken: the part was moved


def test_equipment_and_spares_that_are_not_listed_are_told(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承", "spare_for": "SB0009", "spare_lies": "柜", "least_stock": 0}
    office.drop("spare_part", spare | {"spare_listed_by": "简工"})
    office.drop("equipment_fault", fault("已排除", faulty_equipment="SB0009"))
    office.drop("spare_move", move("入库", 1, "02 09:00", moved_spare="BJ0009"))
    office.drop("spare_move", move("领用", 1, "02 10:00", moved_to="SB0009"))
    office.run("2026-11-03 22:00")
    assert len([each for each in office.exceptions() if "SB0009" in each or "BJ0009" in each]) == 4


def test_a_check_before_the_last_one_does_not_take_its_place(office: Office) -> None:
    office.run("2026-11-09 09:00")
    office.answer("SB01", {"SB0001": check("2026-11-09")})
    office.run("2026-11-09 10:00")
    office.run("2026-11-16 09:00")
    office.answer("SB01", {"SB0001": check("2026-11-08")})
    office.run("2026-11-16 10:00")
    assert office.record(EQUIPMENT, "SB0001")["点检日期"] == "2026-11-09"
    assert "点检日期“2026-11-08”早于上次的点检日期“2026-11-09”，先后不对" in office.exceptions()


def test_what_is_for_a_role_that_two_have_is_told_to_both(tmp_path: Path) -> None:
    office = Office(tmp_path, ["equipment", "spares"], [*PEOPLE, ("SB06", "田工", "点检员")])
    office.drop("equipment_record", equipment())
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 2, "spare_listed_by": "简工"})
    office.drop("spare_move", move("入库", 1, "02 09:00"))
    office.run("2026-11-02 11:00")
    for person in ("SB02", "SB06"):
        assert "“轴承 6308”库存 1，低于最低库存 2" in office.mails(person)[-1]


def test_rounds_that_nobody_made_are_counted(office: Office) -> None:
    office.run(
        "2026-11-23 09:00"
    )  # due on the 8th, every 7 days: those of the 8th and the 15th are missed, the 22nd's is late
    assert office.figures("统计", "设备按操作人员") == [["石师傅", 1, 1, 2, 0], ["金师傅", 1, 1, 2, 0]]
    office.answer("SB01", {"SB0001": check("2026-11-23")})
    office.run("2026-11-23 10:00")
    assert office.figures("统计", "设备按操作人员")[0] == ["石师傅", 1, 0, 0, 0]


def test_one_fault_reported_twice_in_the_same_minute_is_told(office: Office) -> None:
    office.drop("equipment_fault", fault("已排除"))
    office.run("2026-11-03 22:00")
    office.drop("equipment_fault", fault("已排除", fault_no="YC2611009", fault_text="轴承很热", fault_by="金师傅"))
    office.drop("equipment_fault", fault("已排除", faulty_equipment="SB0002"))
    office.run("2026-11-03 22:30")
    told = "“SB0001”和 YC2611001 的设备和发生时间相同，可能是同一件"
    assert sorted((row["由谁处理"], row["问题"]) for row in office.open_exceptions()) == [
        ("金师傅", told),
        ("齐主任", told),
    ]


def test_two_who_report_one_fault_at_once_keep_nobody_from_it(office: Office) -> None:
    """Each on his own sheet, neither with a number: as in two runs it is one fault, and whose words were replaced reads so."""
    office.drop("equipment_fault", fault("未排除", fault_at="2026-11-03 08:00"), name="石.xlsx")
    second = fault("未排除", fault_at="2026-11-03 08:00", fault_text="轴承 90 度", fault_by="金师傅")
    office.drop_anew("equipment_fault", second, name="金.xlsx")
    office.run("2026-11-03 09:00")
    assert [row["设备异常编号"] for row in office.worklist("SB04", "运行人员处理")] == [FAULT]
    assert office.exceptions() == []
    assert any("“轴承过热”，金师傅 2026-11-03 改为“轴承 90 度”" in mail for mail in office.mails("SB01"))


def retired(office: Office, at: str, by: str = "齐主任") -> None:
    ended = {"equipment_no": "SB0001", "end_reason": "报废", "ended_on": at[:10], "ended_by": by}
    office.drop("equipment_retired", ended)
    office.run(at)


def readers(office: Office, sentence: str) -> list[Any]:
    return sorted(row["由谁处理"] for row in office.open_exceptions() if row["问题"] == sentence)


def test_an_operator_does_not_retire_his_own_machine(office: Office) -> None:
    office.run("2026-11-09 09:00")  # he has it to check
    retired(office, "2026-11-09 10:00", "石师傅")
    assert office.record(EQUIPMENT, "SB0001")["当前状态"] == "待点检"
    retired(office, "2026-11-09 11:00")
    assert office.record(EQUIPMENT, "SB0001")["当前状态"] == "已作废"


def test_equipment_out_of_use_has_no_faults_and_needs_no_spares(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承", "spare_for": "SB0001", "spare_lies": "柜", "least_stock": 0}
    office.drop("spare_part", spare | {"spare_listed_by": "简工"})
    office.drop("spare_move", move("入库", 5, "02 09:00"))
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    assert office.exceptions() == []
    retired(office, "2026-11-04 09:00")
    assert readers(office, "设备“SB0001”已停用，这条异常还没有关闭") == ["齐主任"]
    office.drop("equipment_fault", fault("已排除", fault_at="2026-11-04 14:00"))
    used = move("领用", 1, "04 15:00", moved_to="SB0001")
    office.drop("spare_move", move("领用", 1, "04 14:30"), used, move("领用", 1, "04 16:00", moved_to="SB0002"))
    office.run("2026-11-04 17:00")
    assert readers(office, "领用了备件“BJ0001”，它适用的设备 SB0001 已停用") == ["齐主任"]
    assert (
        len([each for each in office.exceptions() if "“SB0001”" in each and "已作废" in each]) == 2
    )  # fault and spare


def test_a_check_may_come_before_it_is_due(office: Office) -> None:
    # every 7 days from 1 November: due on Sunday the 8th, taken from Thursday the 5th on
    office.run("2026-11-04 09:00")
    assert office.tasks("SB01") == []
    office.run("2026-11-05 09:00")
    assert office.record(EQUIPMENT, "SB0001")["应办结日"] == "2026-11-08"
    office.answer("SB01", {"SB0001": check("2026-11-06")})
    office.run("2026-11-06 17:00")
    record = office.record(EQUIPMENT, "SB0001")
    assert (record["当前状态"], record["下次点检日期"]) == ("在用", "2026-11-13")


def test_a_check_between_two_rounds_is_recorded_and_what_it_found_is_dealt_with(office: Office) -> None:
    """Every 7 days from 1 November. On the 3rd nothing is due: what was found then is a fault, and the next check is on the 10th.
    A check of a day before the last one is none.
    """
    found = check("2026-11-03", "运行异常", check_found="漏油")
    office.drop("equipment_check", {"equipment_no": "SB0001", **found}, name="点检.xlsx")
    office.run("2026-11-03 17:00")
    record = office.record(EQUIPMENT, "SB0001")
    assert (record["当前状态"], record["点检日期"], record["下次点检日期"]) == ("在用", "2026-11-03", "2026-11-10")
    assert [row["设备异常现象"] for row in office.master(FAULTS)] == ["漏油"]
    office.drop("equipment_check", {"equipment_no": "SB0001", **check("2026-11-04")}, name="点检二.xlsx")
    office.drop("equipment_check", {"equipment_no": "SB0001", **check("2026-11-02")}, name="点检三.xlsx")
    office.run("2026-11-04 17:00")
    record = office.record(EQUIPMENT, "SB0001")
    assert (record["点检日期"], record["下次点检日期"]) == ("2026-11-04", "2026-11-11")
    assert any("点检三" in str(row["文件"]) for row in office.open_exceptions())


def test_who_runs_it_does_not_inspect_it_and_it_does_not_fail_before_its_use(office: Office) -> None:
    office.drop("equipment_record", equipment(equipment_no="SB0003", equipment_inspector="石师傅"))
    office.drop("equipment_fault", fault("已排除", fault_at="2026-10-30 08:00"))
    office.run("2026-11-03 09:00")
    assert readers(office, "岗位操作人员和设备点检员都是“石师傅”") == ["齐主任"]
    assert readers(office, "异常发生在 2026-10-30，设备“SB0001”2026-11-01 才启用") == ["石师傅"]


def test_what_a_check_found_has_its_first_aid_and_shift_note_from_who_is_on_duty(office: Office) -> None:
    office.run("2026-11-09 09:00")
    office.answer("SB01", {"SB0001": check("2026-11-09", "运行异常", check_found="异响")})
    office.run("2026-11-09 10:00")
    (row,) = office.worklist("SB04", "运行人员处理")
    key = str(row["设备异常编号"])
    assert {"紧急处理情况", "交接班记录"} <= set(row)
    cleared = {"duty_text": "加油", "duty_result": "已排除", "duty_ended_at": "2026-11-09 11:00"}
    sheet = {"fault_no": key, **cleared, "fault_duty_by": "云师傅"}
    office.drop("fault_on_duty", sheet, name="运行.xlsx")
    office.run("2026-11-09 12:00")
    told = "“异响”没有写紧急处理情况或交接班记录"
    assert readers(office, told) == ["云师傅"]
    office.edit_master(FAULTS, key, {"紧急处理情况": "停机", "交接班记录": "已告知夜班"})
    office.run("2026-11-09 13:00")
    record = office.record(FAULTS, key)
    assert (record["紧急处理情况"], record["交接班记录"], told in office.exceptions()) == ("停机", "已告知夜班", False)


def test_the_inspector_is_called_for_at_once_on_a_holiday_too(office: Office) -> None:
    office.drop("equipment_fault", fault("未排除", fault_at="2026-11-07 20:00"))  # a Saturday
    office.run("2026-11-07 20:30")
    failed = {"duty_text": "加油", "duty_result": "未排除", "duty_reason": "轴承坏", "fault_duty_by": "云师傅"}
    office.answer("SB04", {FAULT: failed | {"duty_ended_at": "2026-11-07 21:00"}})
    office.run("2026-11-07 21:10")
    assert office.record(FAULTS, FAULT)["抢修时限"] == "2026-11-08 01:00"  # four hours after nine in the evening
    mail = office.mails("SB02")[-1]
    assert "抢修" in mail and "11 月 8 日 01:00" in mail, mail
    office.run("2026-11-08 08:00")
    assert office.record(FAULTS, FAULT)["时限提醒"] == "01:00 起逾期"
    assert "逾期 7 小时" in office.mails("SB02")[-1]


def test_a_count_that_differs_from_the_book_is_told_with_who_and_when_and_is_counted(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 0, "spare_listed_by": "简工"})
    office.drop("spare_move", move("盘点", 10, "02 08:00"), move("领用", 2, "02 09:00"), move("盘点", 8, "02 10:00"))
    office.drop("spare_move", move("盘点", 5, "03 10:00"))  # 8 in the book, 3 are missing
    office.run("2026-11-03 11:00")
    assert readers(office, "石师傅 2026-11-03 10:00 盘点 BJ0001 为 5，账面 8，差 -3") == ["简工"]
    assert len(office.exceptions()) == 1
    assert {row["收发时间"]: row["盘点差异"] for row in office.master("备件收发")}["2026-11-03 10:00"] == -3
    office.run("2026-12-10 09:00")
    assert office.figures("统计 备件管理", "备件收发按月") == [["2026-11", 0, 1, 3, 1]]


def test_a_spare_that_is_used_on_another_machine_than_it_is_for_is_told(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 0, "spare_listed_by": "简工"})
    office.drop("spare_move", move("入库", 5, "02 07:00"), move("领用", 1, "02 08:00", moved_to="SB0001"))
    office.drop("spare_move", move("领用", 1, "02 08:30", moved_to="SB0002"))
    office.run("2026-11-02 10:00")
    told = "石师傅 2026-11-02 08:30 把 BJ0001 用于 SB0002，它适用的设备是 SB0001"
    assert (readers(office, told), office.exceptions()) == (["简工"], [told])
    office.drop("spare_part", spare | {"spare_for": "SB0002", "least_stock": 0, "spare_listed_by": "简工"})
    office.run("2026-11-02 11:00")
    assert office.exceptions() == ["石师傅 2026-11-02 08:00 把 BJ0001 用于 SB0001，它适用的设备是 SB0002"]


def test_the_stock_of_a_spare_that_is_ended_is_told_as_the_register_and_as_its_moves_have_it(office: Office) -> None:
    """3 put in and 5 taken out are -2 when it is ended; another one taken out, it is -3 by the moves, and a count of 0 settles it."""
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 0, "spare_listed_by": "简工"})
    office.drop("spare_move", move("入库", 3, "02 07:00"), move("领用", 5, "02 08:00"))
    office.run("2026-11-02 10:00")
    ended = {"spare_no": "BJ0001", "end_reason": "不用了", "ended_on": "2026-11-02", "ended_by": "齐主任"}
    office.drop("spare_ended", ended)
    office.run("2026-11-02 11:00")
    told = "备件“轴承 6308”已停用，台账上还有 -2，按收发记录是 -2"
    assert (readers(office, told), office.exceptions()) == (["齐主任"], [told])
    office.drop("spare_move", move("领用", 1, "03 08:00"))
    office.run("2026-11-03 09:00")
    assert "备件“轴承 6308”已停用，台账上还有 -2，按收发记录是 -3" in office.exceptions()
    office.drop("spare_move", move("盘点", 0, "03 10:00"))
    office.run("2026-11-03 11:00")
    assert not [each for each in office.exceptions() if "台账上还有" in each]


def test_a_repair_with_a_spare_that_nobody_took_out_is_told_where_both_name_it(office: Office) -> None:
    spare = {"spare_for": "SB0001", "spare_lies": "备件柜", "least_stock": 0, "spare_listed_by": "简工"}
    office.drop("spare_part", {"spare_no": "BJ0001", "spare_name": "轴承 6308"} | spare)
    office.drop("spare_part", {"spare_no": "BJ0002", "spare_name": "机械密封"} | spare)
    office.drop("spare_move", move("入库", 5, "02 09:00"), move("领用", 1, "02 10:00"))  # before the fault
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    failed = {"duty_text": "加油", "duty_result": "未排除", "duty_reason": "轴承坏", "fault_duty_by": "云师傅"}
    office.answer("SB04", {FAULT: failed | {"duty_ended_at": "2026-11-03 22:30"}})
    office.run("2026-11-03 23:00")
    repaired = {"repair_text": "换轴承", "repair_spares": "轴承6308一套", "runs_again_at": "2026-11-04 02:00"}
    office.answer("SB02", {FAULT: repaired | {"repaired_by": "简工"}})
    office.run("2026-11-04 08:00")
    assert office.exceptions() == []  # the day is not over
    office.run("2026-11-05 08:00")
    told = "抢修写明用了“轴承6308一套”，备件 BJ0001 轴承 6308 从 2026-11-03 起没有领用记录"
    assert (readers(office, told), office.exceptions()) == (["简工"], [told])
    office.drop("spare_move", move("领用", 1, "04 01:00"))
    office.run("2026-11-05 09:00")
    assert office.exceptions() == []


def test_one_line_of_spares_that_stands_twice_is_told(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承", "spare_for": "SB0001", "spare_lies": "柜", "least_stock": 0}
    office.drop("spare_part", spare | {"spare_listed_by": "简工"})
    office.drop("spare_move", move("入库", 5, "02 09:00"), move("领用", 1, "02 10:00"))
    office.run("2026-11-02 11:00")
    office.drop("spare_move", move("领用", 1, "02 10:00", move_no="SF2611009"), move("领用", 1, "02 10:30"))
    office.run("2026-11-02 12:00")
    told = "“BJ0001”和 SF2611002 的备件、类别、数量和时间相同，可能是同一件"
    assert (readers(office, told), set(office.exceptions())) == (["石师傅", "齐主任"], {told})


def test_whoever_inspects_the_piece_is_called_and_says_why(tmp_path: Path) -> None:
    # two inspectors; both pieces are 田工's, whoever of the two has less to do
    office = Office(tmp_path, ["equipment", "equipment_faults"], [*PEOPLE, ("SB06", "田工", "点检员")])
    office.drop("equipment_record", equipment(equipment_inspector="田工"))
    office.drop("equipment_record", equipment(equipment_no="SB0002", equipment_inspector="田工"))
    office.drop("equipment_fault", *(fault("未排除", fault_at=f"2026-11-03 2{at}:30") for at in (0, 1)))
    office.drop("equipment_fault", fault("未排除", faulty_equipment="SB0002"))
    office.run("2026-11-03 22:00")
    failed = {"duty_text": "加油", "duty_result": "未排除", "duty_reason": "轴承坏", "fault_duty_by": "云师傅"}
    cleared = {"duty_text": "加油", "duty_result": "已排除", "fault_duty_by": "云师傅"}
    numbers = [str(row["设备异常编号"]) for row in office.worklist("SB04", "运行人员处理")]
    ended = {"duty_ended_at": "2026-11-03 22:30"}
    office.answer("SB04", {each: (cleared if each == numbers[0] else failed) | ended for each in numbers})
    office.run("2026-11-03 23:00")
    assert [row["当前办理人"] for row in office.master(FAULTS)] == ["田工"] * 3
    assert (len(office.worklist("SB06", "抢修")), len(office.worklist("SB06", "故障分析"))) == (2, 1)

    # another one is named, then one who is nobody of the office: it is with the post, and that is told
    office.edit_master(EQUIPMENT, "SB0002", {"设备点检员": "简工"})
    office.run("2026-11-04 08:00")
    theirs = {
        row["设备异常编号"]: row["当前办理人"] for row in office.master(FAULTS) if row["异常设备编号"] == "SB0002"
    }
    assert list(theirs.values()) == ["简工"]
    office.edit_master(EQUIPMENT, "SB0002", {"设备点检员": "袁工"})
    office.run("2026-11-04 09:00")
    assert any("“袁工”不在人员表中" in each for each in office.exceptions())


def test_a_check_that_is_handed_in_in_the_first_run_of_its_day_is_taken(office: Office) -> None:
    # due on Sunday the 8th, taken from Thursday the 5th on; nobody has run it since the 2nd
    office.drop("equipment_check", {"equipment_no": "SB0001", **check("2026-11-05")})
    office.run("2026-11-05 09:00")
    record = office.record(EQUIPMENT, "SB0001")
    assert (record["点检日期"], record["下次点检日期"], office.exceptions()) == ("2026-11-05", "2026-11-12", [])


def test_a_check_before_the_piece_was_in_use_is_refused(office: Office) -> None:
    office.run("2026-11-09 09:00")
    office.answer("SB01", {"SB0001": check("2026-10-20")})  # in use from 1 November
    office.run("2026-11-09 10:00")
    assert any("2026-10-20" in each for each in office.exceptions())
    assert office.record(EQUIPMENT, "SB0001")["下次点检日期"] == "2026-11-08"


def test_what_is_said_of_a_fault_of_retired_equipment_settles_it(office: Office) -> None:
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    retired(office, "2026-11-04 09:00")
    told = "设备“SB0001”已停用，这条异常还没有关闭"
    assert told in office.exceptions()
    office.drop("equipment_record", equipment(equipment_no="SB0003"))  # it runs on under a new number
    office.edit_master(FAULTS, FAULT, {"异常设备编号": "SB0003"})
    office.run("2026-11-04 10:00")
    assert told not in office.exceptions()


def test_nothing_is_neither_put_in_nor_taken_out(office: Office) -> None:
    spare = {"spare_no": "BJ0001", "spare_name": "轴承 6308", "spare_for": "SB0001", "spare_lies": "备件柜"}
    office.drop("spare_part", spare | {"least_stock": 0, "spare_listed_by": "简工"})
    office.drop("spare_move", move("领用", 0, "02 09:00"), move("入库", 0, "02 09:10"), move("盘点", 0, "02 09:20"))
    office.run("2026-11-02 10:00")
    assert [row["收发类别"] for row in office.master("备件收发")] == ["盘点"]
    refused = [said for said in office.exceptions() if said == "入库或领用的数量是 0，等于没有收发"]
    assert len(refused) == 2


def test_a_fault_that_was_not_cleared_after_all_is_told_to_the_head(office: Office) -> None:
    office.drop("equipment_fault", fault("已排除"))
    office.run("2026-11-04 09:00")
    assert office.record(FAULTS, FAULT)["当前状态"] == "已关闭"
    office.edit_master(FAULTS, FAULT, {"紧急处理结果": "未排除"})
    office.run("2026-11-04 10:00")
    said = "“轴承过热”办结以后才改为“未排除”，没有人去处理"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["齐主任"]


def test_an_inspector_whom_nobody_knows_is_told_before_anything_fails(office: Office) -> None:
    office.drop("equipment_record", equipment(equipment_no="SB0003", equipment_inspector="简功"))
    office.run("2026-11-02 10:00")
    said = "SB0003 的设备点检员“简功”不在人员表在岗人员中"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["简工"]


def test_nothing_is_out_of_use_before_it_was_in_use(office: Office) -> None:
    ended = {"equipment_no": "SB0001", "end_reason": "报废", "ended_by": "齐主任"}
    office.drop("equipment_retired", ended | {"ended_on": "2026-10-31"})
    office.run("2026-11-03 09:00")
    assert office.record(EQUIPMENT, "SB0001")["当前状态"] == "在用"
    assert [each for each in office.exceptions() if "作废日期“2026-10-31”" in each]
    office.drop("equipment_retired", ended | {"ended_on": "2026-11-01"})
    office.run("2026-11-03 10:00")
    assert office.record(EQUIPMENT, "SB0001")["当前状态"] == "已作废"


def test_a_fault_that_came_back_on_its_own_sheet_is_open_again(office: Office) -> None:
    office.drop("equipment_fault", fault("已排除"), name="异常.xlsx")
    office.run("2026-11-03 22:00")
    assert office.record(FAULTS, FAULT)["当前状态"] == "已关闭"
    office.drop("equipment_fault", fault("未排除", fault_no=FAULT), name="异常.xlsx")
    office.run("2026-11-03 22:30")
    assert office.record(FAULTS, FAULT)["当前状态"] == "待运行人员处理"
    assert [row["设备异常编号"] for row in office.worklist("SB04", "运行人员处理")] == [FAULT]
    office.drop("equipment_fault", fault("已排除", fault_no=FAULT), name="异常.xlsx")
    office.run("2026-11-03 23:00")
    assert (office.record(FAULTS, FAULT)["当前状态"], office.tasks("SB04")) == ("已关闭", [])


def test_what_is_open_again_or_given_to_another_has_its_hours_from_then(office: Office) -> None:
    """It ran again at 21:30 on the 3rd, and fails at nine on the 5th, of which the duty staff hear at nine: four hours, till 13:00.
    At eleven it goes to the inspector instead, who has four hours from then, till 15:00.
    """
    office.drop("equipment_fault", fault("已排除"), name="异常.xlsx")
    office.run("2026-11-03 22:00")
    office.drop("equipment_fault", fault("未排除", fault_no=FAULT), name="异常.xlsx")
    office.run("2026-11-05 09:00")
    record = office.record(FAULTS, FAULT)
    assert [record[each] for each in ("运行人员到场时限", "应办结日", "呼叫点检员时间")] == [
        "2026-11-05 13:00",
        "2026-11-05",
        None,
    ]
    office.drop("equipment_fault", fault("未排除", fault_no=FAULT, fault_told="点检员"), name="异常.xlsx")
    office.run("2026-11-05 11:00")
    record = office.record(FAULTS, FAULT)
    assert [record[each] for each in ("当前办理人", "抢修时限", "应办结日")] == [
        "简工",
        "2026-11-05 15:00",
        "2026-11-05",
    ]
    office.run("2026-11-05 15:01")
    assert office.record(FAULTS, FAULT)["时限提醒"] == "15:00 起逾期"


def test_nobody_has_called_the_inspector_where_the_people_on_duty_cleared_it(office: Office) -> None:
    """2.1.1.3: he is called where they cannot clear it; he says afterwards why it failed, all the same."""
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    cleared = {"duty_text": "加油", "duty_result": "已排除", "fault_duty_by": "云师傅"}
    office.answer("SB04", {FAULT: cleared | {"duty_ended_at": "2026-11-03 22:30"}})
    office.run("2026-11-03 23:00")
    record = office.record(FAULTS, FAULT)
    assert [record[each] for each in ("当前状态", "呼叫点检员时间", "抢修时限")] == ["待分析", None, None]


def test_what_others_have_worked_on_goes_no_other_way_by_its_first_sheet(office: Office) -> None:
    office.drop("equipment_fault", fault("未排除"), name="异常.xlsx")
    office.run("2026-11-03 22:00")
    failed = {"duty_text": "加油", "duty_result": "未排除", "duty_reason": "轴承坏", "fault_duty_by": "云师傅"}
    office.answer("SB04", {FAULT: failed | {"duty_ended_at": "2026-11-03 22:30"}})
    office.run("2026-11-03 23:00")
    office.drop("equipment_fault", fault("已排除", fault_no=FAULT), name="异常.xlsx")
    office.run("2026-11-03 23:30")
    assert office.record(FAULTS, FAULT)["当前状态"] == "待抢修"


def test_the_operator_calls_the_inspector_himself(office: Office) -> None:
    """“不能处理时应及时通知有关设备运行人员或点检员”: called at 21:30, he has four hours, until 01:30."""
    office.drop("equipment_fault", fault("未排除", fault_told="点检员"))
    office.run("2026-11-03 22:00")
    record = office.record(FAULTS, FAULT)
    assert [record[each] for each in ("当前状态", "当前办理人", "抢修时限")] == ["待抢修", "简工", "2026-11-04 01:30"]
    repaired = {"repair_text": "换轴承", "runs_again_at": "2026-11-03 23:00", "repaired_by": "简工"}
    office.answer("SB02", {FAULT: repaired})
    office.run("2026-11-03 23:30")
    assert (office.record(FAULTS, FAULT)["当前状态"], office.exceptions()) == ("待分析", [])
    why = {"fault_cause": "润滑不足", "fault_prevented": "勤加油", "fault_analysed_on": "2026-11-04"}
    office.answer("SB02", {FAULT: why | {"fault_analysed_by": "简工"}})
    office.run("2026-11-04 09:00")
    assert (office.record(FAULTS, FAULT)["当前状态"], office.exceptions()) == ("已关闭", [])


def test_an_inspector_who_came_before_the_people_on_duty_has_repaired_it(office: Office) -> None:
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    repaired = {"repair_text": "换轴承", "runs_again_at": "2026-11-03 23:00", "repaired_by": "简工"}
    office.drop("fault_repaired", {"fault_no": FAULT, **repaired})
    office.run("2026-11-03 23:30")
    assert (office.record(FAULTS, FAULT)["当前状态"], office.tasks("SB04")) == ("待分析", [])
    assert office.tasks("SB02") == ["故障分析"]


def test_a_wrong_answer_that_called_the_inspector_is_ended_and_listed_anew_whichever_way_it_is_tried(
    office: Office,
) -> None:
    """It was advised to mend it in the master, and there to fill it in on a worklist on which it stood no more."""
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    failed = {"duty_text": "加油", "duty_result": "未排除", "duty_reason": "轴承坏", "fault_duty_by": "云师傅"}
    office.answer("SB04", {FAULT: failed | {"duty_ended_at": "2026-11-03 22:30"}})
    office.run("2026-11-03 23:00")
    right = {"fault_no": FAULT, **failed, "duty_result": "已排除", "duty_ended_at": "2026-11-03 22:40"}
    office.drop("fault_on_duty", right)
    office.run("2026-11-03 23:10")
    office.edit_master(FAULTS, FAULT, {"运行人员处理结果": "已排除"})
    office.run("2026-11-03 23:20")
    assert office.record(FAULTS, FAULT)["当前状态"] == "待抢修"
    advice = {row["怎样改"] for row in office.open_exceptions()}
    assert advice == {
        "这一步的结论已经办过，不能直接改：交“设备异常作废单”，再重新登记；若号码写错，请改正",
        "交“设备异常作废单”，再重新登记",
    }


@pytest.mark.parametrize(
    ("said", "due"),
    [
        (
            {"in_use_from": "2019-05-01"},
            "2026-11-09",
        ),  # in use for years: its cycle begins when it is entered, on 11-02
        ({"in_use_from": "2019-05-01", "last_check": "2026-10-30"}, "2026-11-06"),
        ({"in_use_from": "2019-05-01", "last_check": "2026-10-20"}, "2026-10-27"),  # and that is late
        ({"in_use_from": "2026-10-31"}, "2026-11-07"),  # entered two days after it was taken into use
    ],
)
def test_a_piece_in_use_for_long_begins_its_cycle_when_it_is_entered(
    tmp_path: Path, said: dict[str, Any], due: str
) -> None:
    office = Office(tmp_path, ["equipment"], PEOPLE[:3])
    office.drop("equipment_record", equipment(**said))
    office.run("2026-11-02 09:00")
    assert office.record(EQUIPMENT, "SB0001")["下次点检日期"] == due
    missed = office.figures("统计", "设备按操作人员")[0][3]
    assert missed == 0
    office.run("2026-11-20 09:00")
    assert office.record(EQUIPMENT, "SB0001")["下次点检日期"] == due


def test_the_inspector_is_asked_where_spares_lie(tmp_path: Path) -> None:
    office = Office(tmp_path, ["equipment"], PEOPLE[:3])
    blank = equipment(equipment_no="SB0002", equipment_name="2 号泵", equipment_spares="", spares_place="")
    office.drop("equipment_record", equipment(spares_place=""), blank)
    office.run("2026-11-02 09:00")
    asked = {(row["问题"], row["由谁处理"]) for row in office.open_exceptions() if "还没有写" in str(row["问题"])}
    assert asked == {("“1 号循环泵”还没有写：备件存放处", "简工"), ("“2 号泵”还没有写：主要备件、备件存放处", "简工")}
    office.drop("equipment_record", equipment(), blank | {"equipment_spares": "轴承", "spares_place": "备件柜"})
    office.run("2026-11-02 10:00")
    assert office.exceptions() == []


def test_a_check_that_is_written_down_days_later_is_told_and_not_again_when_the_next_is_due(office: Office) -> None:
    """Due on Sunday 11-08 and written as of that day, it comes on Thursday 11-12. The next is due on 11-15, asked for from 11-12."""
    office.run("2026-11-11 09:00")
    office.answer("SB01", {"SB0001": check("2026-11-08")})
    office.answer("SB05", {"SB0002": check("2026-11-12") | {"equipment_checked_by": "金师傅"}})
    office.run("2026-11-12 09:00")
    assert office.record(EQUIPMENT, "SB0001")["下次点检日期"] == "2026-11-15"
    assert office.exceptions()
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才交来" in str(row["问题"])]
    assert told == [("齐主任", "石师傅 2026-11-12 才交来 1 条，最早的是 2026-11-08 的")]
    office.run("2026-11-20 09:00")
    assert not [each for each in office.exceptions() if "才交来" in each]


def test_nobody_but_an_inspector_is_called_to_repair_and_who_is_none_is_told(tmp_path: Path) -> None:
    """2.1.1.3: 应及时呼叫点检员进厂处理. 云师傅 runs it, and is named as its inspector: the repair is 简工's, or 田工's."""
    office = Office(tmp_path, ["equipment", "equipment_faults"], [*PEOPLE, ("SB06", "田工", "点检员")])
    office.drop("equipment_record", equipment(equipment_inspector="云师傅"))
    office.run("2026-11-02 09:00")
    said = "“云师傅”不是“点检员”的人"
    assert {(row["由谁处理"], row["问题"]) for row in office.open_exceptions()} == {("齐主任", said), ("简工", said)}
    office.drop("equipment_fault", fault("未排除", fault_told="点检员"))
    office.run("2026-11-03 22:00")
    owner = office.record(FAULTS, FAULT)["当前办理人"]
    assert owner in ("简工", "田工")
    assert "抢修" not in office.tasks("SB04")
    told = f"“轴承过热”的本设备点检员“云师傅”不是“点检员”的人，“抢修”由{owner}办理"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["齐主任"]
    office.drop("equipment_record", equipment(equipment_inspector="田工"))
    office.run("2026-11-03 22:10")
    assert (office.record(FAULTS, FAULT)["当前办理人"], office.exceptions()) == ("田工", [])


def test_an_operator_who_is_none_is_told(office: Office) -> None:
    """2.1.1.1: 生产岗位操作人员负责日常维护. 简工 inspects it."""
    office.drop(
        "equipment_record", equipment(equipment_no="SB0003", equipment_operator="简工", equipment_inspector="简工")
    )
    office.run("2026-11-02 10:00")
    said = "“简工”不是“设备操作人员”的人"
    assert {row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said} == {"齐主任", "简工"}
    office.drop("equipment_record", equipment(equipment_no="SB0003", equipment_operator="金师傅"))
    office.run("2026-11-02 11:00")
    assert office.exceptions() == []


def test_a_check_of_before_the_last_one_does_not_bring_the_next_one_forward(tmp_path: Path) -> None:
    """Last checked on 10-30, as the list says: the next is due on 11-06. A sheet of 10-23 comes on the 5th."""
    office = Office(tmp_path, ["equipment"], PEOPLE[:3])
    office.drop("equipment_record", equipment(in_use_from="2019-05-01", last_check="2026-10-30"))
    office.run("2026-11-04 09:00")
    office.drop("equipment_check", {"equipment_no": "SB0001", **check("2026-10-23")})
    office.run("2026-11-05 09:00")
    assert office.record(EQUIPMENT, "SB0001")["下次点检日期"] == "2026-11-06"
    assert office.figures("统计", "设备按操作人员")[0][3] == 0


def test_nothing_is_due_before_it_is_in_use(office: Office) -> None:
    """In use from Tuesday 12-01, every 7 days: due on 12-08, though it was looked at on 10-30; that contradicts its first day."""
    office.drop("equipment_record", equipment(equipment_no="SB0009", in_use_from="2026-12-01", last_check="2026-10-30"))
    office.run("2026-11-02 10:00")
    assert not any(row["设备编号"] == "SB0009" for row in office.master(EQUIPMENT))
    assert office.exceptions() == ["登记前上次点检日期“2026-10-30”早于同一行应在它前面的日期"]
    office.drop("equipment_record", equipment(equipment_no="SB0009", in_use_from="2026-10-01", last_check="2026-10-30"))
    office.run("2026-11-02 11:00")
    assert office.record(EQUIPMENT, "SB0009")["下次点检日期"] == "2026-11-06"
    office.drop("equipment_record", equipment(equipment_no="SB0010", in_use_from="2026-12-01"))
    office.run("2026-11-02 12:00")
    assert office.record(EQUIPMENT, "SB0010")["下次点检日期"] == "2026-12-08"
    office.run("2026-11-23 09:00")
    assert office.record(EQUIPMENT, "SB0010")["当前状态"] == "在用"


def spare(number: str, name: str, **more: Any) -> dict[str, Any]:
    said = {
        "spare_no": number,
        "spare_name": name,
        "spare_for": "SB0001",
        "spare_lies": "备件柜 2 层",
        "least_stock": 1,
    }
    return said | {"spare_listed_by": "简工"} | more


def test_who_repairs_is_told_where_the_machine_stands_and_which_spares_lie_where(office: Office) -> None:
    """2.1.2.2: 及时提供备件和资材的存放信息. Of two bearings one is taken out meanwhile; another machine's seal is not shown."""
    office.drop("spare_part", spare("BJ0001", "轴承 6308"), spare("BJ0002", "机械密封", spare_for="SB0002"))
    office.drop("spare_move", move("入库", 2, "02 10:00"))
    office.run("2026-11-02 11:00")
    office.drop("equipment_fault", fault("未排除"))
    office.run("2026-11-03 22:00")
    (row,) = office.worklist("SB04", "运行人员处理")
    labels = ("异常设备名称", "异常设备安装位置", "异常设备主要备件", "异常设备备件存放处", "异常设备现有备件")
    assert [row[each] for each in labels] == [
        "1 号循环泵",
        "换热站",
        "轴承",
        "备件柜",
        "BJ0001 轴承 6308：2（备件柜 2 层）",
    ]
    said = {
        "duty_text": "不行",
        "duty_result": "未排除",
        "duty_reason": "轴承烧毁",
        "duty_ended_at": "2026-11-03 22:30",
    }
    office.answer("SB04", {FAULT: said | {"fault_duty_by": "云师傅"}})
    office.drop("spare_move", move("领用", 1, "03 23:00"))
    office.run("2026-11-03 23:30")
    (row,) = office.worklist("SB02", "抢修")
    assert [row[each] for each in labels[1:]] == ["换热站", "轴承", "备件柜", "BJ0001 轴承 6308：1（备件柜 2 层）"]
    done = {"repair_text": "更换轴承", "runs_again_at": "2026-11-04 00:30", "repaired_by": "简工"}
    office.answer("SB02", {FAULT: done})
    office.run("2026-11-04 08:00")
    office.drop("spare_move", move("入库", 5, "05 10:00"))
    office.run("2026-11-05 11:00")  # what lies there later is no matter of this fault
    assert office.record(FAULTS, FAULT)["异常设备现有备件"] == "BJ0001 轴承 6308：1（备件柜 2 层）"


def test_a_machine_that_is_checked_as_running_while_a_fault_stands_is_told(office: Office) -> None:
    """The fault of the 3rd stands; a check of its own day may have come before it, that of the 4th has not. Repaired, it is over."""
    office.drop("equipment_fault", fault("未排除"))
    office.drop("equipment_check", {"equipment_no": "SB0001", **check("2026-11-03")})
    office.run("2026-11-03 22:00")
    told = "设备“SB0001”2026-11-03 的异常“轴承过热”还没有修好，石师傅 2026-11-04 点检写的是“运行正常”"
    assert not any("点检写的是" in each for each in office.exceptions())
    office.drop("equipment_check", {"equipment_no": "SB0001", **check("2026-11-04")})
    office.run("2026-11-04 09:00")
    assert sorted(readers(office, told)) == ["简工", "齐主任"]
    repaired = {"duty_text": "换轴承", "duty_result": "已排除", "duty_ended_at": "2026-11-03 23:00"}
    office.answer("SB04", {FAULT: repaired | {"fault_duty_by": "云师傅"}})
    office.run("2026-11-04 10:00")
    assert told not in office.exceptions()


def test_a_fault_that_is_reported_days_later_is_told_to_the_head_and_one_of_the_day_before_is_not(
    office: Office,
) -> None:
    """2.1.1.2: the others are called in time. Reported on Thursday: of Tuesday, two working days late; of Wednesday evening, in time."""
    office.drop("equipment_fault", fault("已排除", fault_at="2026-11-03 08:30"))
    office.drop("equipment_fault", fault("已排除", fault_at="2026-11-04 21:00"))
    office.run("2026-11-05 09:00")
    told = "石师傅 2026-11-05 才交来 1 条，最早的是 2026-11-03 的"
    rows = [(row["由谁处理"], row["问题"]) for row in office.exceptions() and office.open_exceptions()]
    assert rows == [("齐主任", told)]
