"""A step taken after its day is read of by whoever watches over it: as overdue, where a run lay between, else once, when it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_complaints import PEOPLE as OF_COMPLAINTS
from tests.procedures.test_complaints import approval, complaint, solution
from tests.procedures.test_customer_care import CONTACT, GIVEN
from tests.procedures.test_customer_care import PEOPLE as OF_CARE
from tests.procedures.test_equipment import FAULT, equipment, fault
from tests.procedures.test_equipment import PEOPLE as OF_EQUIPMENT
from tests.procedures.test_first_contact import PEOPLE as OF_CONTACTS
from tests.procedures.test_first_contact import handled, matter, sent
from tests.procedures.test_relationship_expenses import PEOPLE as OF_EXPENSES
from tests.procedures.test_relationship_expenses import line
from tests.tools.office import Office


def told(office: Office) -> list[tuple[object, object]]:
    rows = office.master("未解决的异常") if office.exceptions() else []
    return sorted((row["由谁处理"], row["问题"]) for row in rows if "应在" in str(row["问题"]))


@pytest.mark.parametrize(
    ("done", "run", "said"),
    [
        ("2026-11-03", "2026-11-03", ""),
        ("2026-11-03", "2026-11-04", ""),  # done on its day, and read by the run of the next morning
        ("2026-11-04", "2026-11-04", "2026-11-04 才办"),
        ("2026-11-03", "2026-11-05", "2026-11-05 才交来"),  # whoever dates back hands in late
    ],
)
def test_a_complaint_that_is_solved_after_a_working_day_is_told_to_the_manager_though_no_run_lay_between(
    tmp_path: Path, done: str, run: str, said: str
) -> None:
    """003 客户投诉管理制度, 第四条 3: a solution within one working day; complained on Monday 11-02, due on 11-03."""
    office = Office(tmp_path, ["complaints"], OF_COMPLAINTS)
    office.drop("complaint", complaint())
    office.run("2026-11-02 09:00")
    office.answer("TS01", {"261101": solution(proposed_on=done)})
    office.run(f"{run} 09:00")
    assert office.record("客户投诉", "261101")["当前状态"] == "待审批"
    sentence = f"“惠民超市”的“提出方案”应在 2026-11-03 以前办，{said}"
    assert told(office) == ([("周岚", sentence)] if said else [])
    assert not said or any(sentence in mail for mail in office.mails("TS02"))


def test_what_was_told_as_overdue_is_not_told_again_when_it_is_done(tmp_path: Path) -> None:
    office = Office(tmp_path, ["complaints"], OF_COMPLAINTS)
    office.drop("complaint", complaint())
    office.run("2026-11-02 09:00")
    office.run("2026-11-04 09:00")
    assert "逾期情况" in office.tasks("TS02")
    office.answer("TS01", {"261101": solution(proposed_on="2026-11-04")})
    office.run("2026-11-04 16:00")
    assert (office.record("客户投诉", "261101")["当前状态"], told(office)) == ("待审批", [])


def test_a_birthday_on_a_saturday_that_is_wished_on_monday_is_told_to_the_market_manager(tmp_path: Path) -> None:
    """001 目标客户信息及关系管理, 5.3.3: on the day. Born on a 7 November, in 2026 a Saturday, between two runs."""
    office = Office(tmp_path, ["customer_care"], OF_CARE)
    office.drop("care_contact", CONTACT | {"born_on": "1980-11-07"})
    office.run("2026-11-02 09:00")
    office.run("2026-11-06 09:00")
    office.answer("K01", {"GH0001-2026-生日": GIVEN | {"cared_on": "2026-11-09"}})
    office.run("2026-11-09 09:00")
    assert office.record("关怀提醒", "GH0001-2026-生日")["当前状态"] == "已关怀"
    assert told(office) == [("赵敏", "“惠民超市 张三喜生日”的“客户关怀”应在 2026-11-07 以前办，2026-11-09 才办")]


def test_who_says_after_the_third_working_day_that_he_has_no_expenses_is_told_to_the_head_of_sales(
    tmp_path: Path,
) -> None:
    """003 客户关系维护费用管理制度, 第二条 1: by 11-04. The slip of Thursday the 5th comes before that day's run."""
    office = Office(tmp_path, ["relationship_expenses"], [*OF_EXPENSES, ("K01", "王建国", "客户经理")])
    office.drop("expense_line", line("甲店", 100, "是"))  # October is used: everybody is asked for it
    office.run("2026-10-12 09:00")
    office.run("2026-11-02 09:00")
    office.run("2026-11-04 09:00")
    said = {"nothing_why": "没有客户采购", "nothing_on": "2026-11-05", "nothing_by": "王建国"}
    office.answer("K01", {"TJ2026-10-K01": said})
    office.run("2026-11-05 09:00")
    assert office.record("费用统计任务", "TJ2026-10-K01")["当前状态"] == "无须再列"
    (row,) = told(office)
    assert row[0] == "孙强"
    assert str(row[1]).endswith("应在 2026-11-04 以前办，2026-11-05 才办")


def test_what_was_late_stays_told_for_a_week_however_its_record_goes_on(tmp_path: Path) -> None:
    office = Office(tmp_path, ["complaints"], OF_COMPLAINTS)
    office.drop("complaint", complaint())
    office.run("2026-11-02 09:00")
    office.answer("TS01", {"261101": solution(proposed_on="2026-11-04")})
    office.run("2026-11-04 09:00")
    sentence = "“惠民超市”的“提出方案”应在 2026-11-03 以前办，2026-11-04 才办"
    office.answer("TS03", {"261101": approval("高建军", "退回", "再查") | {"approved_on": "2026-11-04"}})
    office.run("2026-11-04 10:00")
    assert told(office) == [("周岚", sentence)]
    office.run("2026-11-10 09:00")
    assert told(office) == [("周岚", sentence)]
    office.run("2026-11-11 09:00")
    assert told(office) == []


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("2026-11-03 13:00", ""),  # within the minute
        ("2026-11-03", ""),  # nobody knows whether it was after the hour
        ("2026-11-03 13:01", "2026-11-03 13:01 才办"),
        ("2026-11-04 08:30", "2026-11-04 08:30 才办"),
    ],
)
def test_what_is_done_after_its_hour_is_told_to_the_head_though_no_run_lay_between(
    tmp_path: Path, ended: str, said: str
) -> None:
    """003 设备运行维护管理制度, 2.4.2, 2.5.2: at once, by the program within four hours: of a fault of 09:00 by 13:00."""
    office = Office(tmp_path, ["equipment", "equipment_faults"], OF_EQUIPMENT)
    office.drop("equipment_record", equipment())
    office.run("2026-11-02 09:00")
    office.drop("equipment_fault", fault("未排除", fault_at="2026-11-03 09:00"))
    office.run("2026-11-03 09:10")
    cleared = {"duty_text": "加油", "duty_result": "已排除", "fault_duty_by": "云师傅", "duty_ended_at": ended}
    office.answer("SB04", {FAULT: cleared})
    office.run(f"{max(ended[:10], '2026-11-03')} 19:00")
    assert office.record("设备异常", FAULT)["当前状态"] == "待分析"
    sentence = f"“轴承过热”的“运行人员处理”应在 2026-11-03 13:00 以前办，{said}"
    assert told(office) == ([("齐主任", sentence)] if said else [])


@pytest.mark.parametrize(("done", "day"), [("2026-11-02 15:00", "2026-11-02"), ("2026-11-03 09:00", "2026-11-03")])
def test_what_a_watch_of_its_register_tells_to_be_late_is_told_once(tmp_path: Path, done: str, day: str) -> None:
    """001 首接负责: urgent, come at 09:30: four hours, by 13:30."""
    office = Office(tmp_path, ["first_contact"], OF_CONTACTS)
    office.drop("matter", matter())
    office.run("2026-11-02 10:00")
    office.answer("KF01", {"SJ2611001": sent("报修")})
    office.run("2026-11-02 10:30")
    office.answer("KF02", {"SJ2611001": handled() | {"handled_on": done}})
    office.run(f"{day} 16:00")
    assert office.record("客户信息登记", "SJ2611001")["当前状态"] == "待答复"
    late = [each for each in office.exceptions() if "2026-11-02 13:30" in each or "应在" in each]
    assert late == [f"期限 2026-11-02 13:30，{done} 才办"]
