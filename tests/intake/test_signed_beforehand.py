"""A worklist bears its reader's name where it asks who did it: that alone says nothing, whatever else is left blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_leave import KEY, PEOPLE, SHEET, leave
from tests.tools.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two leaves wait for their decision."""
    office = Office(tmp_path, ["leave"], PEOPLE)
    office.drop(
        "leave_request", leave(), leave(leave_why="看病", leave_from="2026-11-09 09:00", leave_to="2026-11-09 18:00")
    )
    office.run("2026-11-04 14:30")
    return office


def test_whoever_decides_finds_the_own_name_there_and_only_decides(office: Office) -> None:
    assert [row["请假审批人"] for row in office.worklist("QH02", "请假审批")] == ["齐经理", "齐经理"]

    office.answer("QH02", {KEY: {"leave_decision": "同意"}})
    office.run("2026-11-04 15:00")
    decided, waiting = office.master(SHEET)
    assert (decided["当前状态"], decided["请假审批人"]) == ("准假", "齐经理")
    assert (waiting["当前状态"], waiting["请假审批人"]) == ("待审批", None)
    assert office.exceptions() == []


def test_handed_back_as_it_was_it_says_nothing(office: Office) -> None:
    office.answer("QH02", {})
    office.run("2026-11-04 15:00")
    assert [row["当前状态"] for row in office.master(SHEET)] == ["待审批", "待审批"]
    assert office.exceptions() == []


def test_another_name_and_nothing_else_may_be_forgotten(office: Office) -> None:
    office.answer("QH02", {KEY: {"leave_decided_by": "高总"}})
    office.run("2026-11-04 15:00")
    assert [row["当前状态"] for row in office.master(SHEET)] == ["待审批", "待审批"]
    (told,) = office.exceptions()
    assert "请假审批结论" in told


def test_a_colleague_who_fills_it_in_writes_the_own_name(office: Office) -> None:
    office.answer("QH02", {KEY: {"leave_decision": "同意", "leave_decided_by": "高总"}})
    office.run("2026-11-04 15:00")
    assert "请假审批" in str(office.exceptions())  # who is no head of the department decides nothing


def test_where_name_and_day_are_all_that_is_asked_neither_is_there_beforehand(tmp_path: Path) -> None:
    office = Office(tmp_path, ["leave"], PEOPLE)
    office.drop("leave_request", leave("2026-11-05 08:30", leave_way="电话报备"))
    office.run("2026-11-05 09:00")
    office.answer("QH02", {KEY: {"leave_decision": "同意"}})
    office.run("2026-11-05 10:00")
    (row,) = office.worklist("QH01", "补交假条")
    assert (row["假条补交日期"], row["假条补交人"]) == (None, None)
    office.answer("QH01", {})
    office.run("2026-11-09 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待补假条"


def test_of_two_who_bear_one_name_the_number_stands_there(tmp_path: Path) -> None:
    office = Office(tmp_path, ["leave"], [*PEOPLE, ("QH05", "齐经理", "总经理")])
    office.drop("leave_request", leave())
    office.run("2026-11-04 14:30")
    assert [row["请假审批人"] for row in office.worklist("QH02", "请假审批")] == ["QH02"]
    office.answer("QH02", {KEY: {"leave_decision": "同意"}})
    office.run("2026-11-04 15:00")
    assert office.record(SHEET, KEY)["当前状态"] == "准假"
