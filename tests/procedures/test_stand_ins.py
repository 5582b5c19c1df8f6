"""Somebody is away, or may not do what is his own: his stand-in does it, or the superior role, and the record says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.test_complaints import approval, complaint, solution
from tests.tools.office import Office

PEOPLE = [
    ("TS01", "陈静", "投诉专员"),
    ("TS02", "周岚", "经理、投诉专员"),
    ("TS03", "高建军", "总经理"),
    ("TS04", "沈立", "投诉专员"),
]
SHEET, KEY = "客户投诉", "261101"
WHY = "分配依据"


def proposed(folder: Path, by: str, **manager: Any) -> Office:
    """An office in which *by* has proposed how to solve a complaint; the manager's row of the staff list says *manager*."""
    office = Office(folder, ["complaints"], PEOPLE)
    if manager:
        said = {"staff_no": "TS02", "staff_name": "周岚", "staff_role": "经理", "staff_also": "投诉专员"}
        office.drop("staff_list", said | {"staff_email": "TS02@example.com"} | manager)
    office.drop("complaint", complaint())
    office.run("2026-11-02 09:00")
    office.drop("complaint_solution", {"complaint_no": KEY, **solution(by)})
    office.run("2026-11-03 09:00")
    return office


def who(office: Office) -> tuple[str, str]:
    record = office.record(SHEET, KEY)
    return record["当前办理人"], record[WHY]


def test_what_is_the_only_managers_own_goes_to_the_superior_role(tmp_path: Path) -> None:
    office = proposed(tmp_path, "周岚")
    assert who(office) == ("高建军", "按岗位（方案审批）；周岚不能办自己经手的，交上级岗位“总经理”办理")

    office.answer("TS03", {KEY: approval("高建军")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待答复"
    assert office.exceptions() == []


def test_or_to_the_stand_in_that_the_roster_names(tmp_path: Path) -> None:
    office = proposed(tmp_path, "周岚", staff_stand_in="沈立")
    assert who(office) == ("沈立", "按岗位（方案审批）；周岚不能办自己经手的，由代办人沈立办理")

    office.answer("TS04", {KEY: approval("沈立")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待答复"


def test_who_is_away_is_stood_in_for_and_has_his_work_back_afterwards(tmp_path: Path) -> None:
    office = proposed(tmp_path, "陈静", staff_stand_in="TS04", staff_away_from="2026-11-03", staff_away_to="2026-11-04")
    why = "按岗位（方案审批）；周岚（2026-11-03至2026-11-04）不在岗，由代办人沈立办理"
    assert who(office) == ("沈立", why)
    assert office.tasks("TS02") == []

    office.run("2026-11-04 09:00")
    assert who(office) == ("沈立", why)
    office.run("2026-11-05 09:00")
    assert who(office) == ("周岚", "按岗位（方案审批）；由沈立转来：代办已结束")


def test_who_has_left_is_stood_in_for_too(tmp_path: Path) -> None:
    office = proposed(tmp_path, "陈静", staff_stand_in="沈立", serves_to="2026-11-02")
    assert who(office) == ("沈立", "按岗位（方案审批）；周岚不在岗，由代办人沈立办理")


@pytest.mark.parametrize("name", ["王五", "周岚"])
def test_a_stand_in_who_is_nobody_is_told_and_the_superior_does_it(tmp_path: Path, name: str) -> None:
    office = proposed(tmp_path, "陈静", staff_stand_in=name, staff_away_from="2026-11-03", staff_away_to="2026-11-04")
    assert f"周岚的代办人“{name}”不是在岗的另一个人，没有人代办" in office.exceptions()
    assert who(office)[0] == "高建军"


def test_nobody_else_may_do_it_in_his_place(tmp_path: Path) -> None:
    office = proposed(tmp_path, "周岚", staff_stand_in="沈立")
    office.drop("solution_approval", {"complaint_no": KEY, **approval("陈静")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审批"
    assert any("应由“经理”办理，“陈静”不是该岗位的在岗人员" in each for each in office.exceptions())
