"""A record that was entered by mistake, or that nobody needs, is ended with a reason: it nags no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.test_first_contact import PEOPLE, SHEET, matter, sent
from tests.tools.office import Office

KEY = "SJ2611001"


def ended(by: str, **more: Any) -> dict[str, Any]:
    return {"matter_no": KEY, "end_reason": "重复登记", "ended_on": "2026-11-03", "ended_by": by} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A matter that waits for 吴刚, a day late."""
    office = Office(tmp_path, ["first_contact"], PEOPLE)
    office.drop("matter", matter())
    office.run("2026-11-02 10:00")
    office.answer("KF01", {KEY: sent("报修")})
    office.run("2026-11-02 11:00")
    return office


@pytest.mark.parametrize("who", ["吴刚", "郝主管"])
def test_whoever_has_it_or_watches_over_it_ends_it_with_a_reason(office: Office, who: str) -> None:
    office.run("2026-11-05 09:00")
    assert office.tasks("KF02") == ["处理"] and "逾期情况" in office.tasks("KF03")

    office.drop("matter_ended", ended(who))
    office.run("2026-11-05 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已作废"
    assert (office.tasks("KF02"), office.tasks("KF03"), office.exceptions()) == ([], [], [])

    office.run("2026-11-30 09:00")
    assert (office.tasks("KF02"), office.tasks("KF03"), office.exceptions()) == ([], [], [])


def test_nobody_else_may_and_not_without_a_reason(office: Office) -> None:
    office.drop("matter_ended", ended("周婷"))
    assert office.run("2026-11-03 10:00").rows.rejected == 1
    assert any("“作废”应由“主管”办理，“周婷”不是该岗位的在岗人员" in each for each in office.exceptions())

    office.drop("matter_ended", ended("吴刚", end_reason=""))
    assert office.run("2026-11-03 11:00").rows.rejected == 1
    assert office.record(SHEET, KEY)["当前状态"] == "待处理"


def test_what_is_ended_takes_no_step_any_more(office: Office) -> None:
    office.drop("matter_ended", ended("吴刚"))
    office.run("2026-11-03 10:00")
    said = {"handling_result": "已处理", "handling": "上门", "handled_on": "2026-11-03", "matter_handled_by": "吴刚"}
    office.drop("matter_handling", {"matter_no": KEY, **said})
    office.run("2026-11-03 11:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已作废"


def test_a_duty_of_a_day_that_was_none_is_ended_and_not_opened_again(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], [("C1", "钱客服", "客户中心"), ("C2", "孙主管", "主管")])
    office.run("2026-11-03 09:00")
    office.drop(
        "site_look_ended",
        {"look_no": "CK2026-11-03", "end_reason": "停电", "ended_on": "2026-11-03", "ended_by": "钱客服"},
    )
    office.run("2026-11-03 10:00")
    office.run("2026-11-03 11:00")
    assert [(row["查看编号"], row["当前状态"]) for row in office.master("网站查看")] == [("CK2026-11-03", "已作废")]
    assert office.tasks("C1") == []
