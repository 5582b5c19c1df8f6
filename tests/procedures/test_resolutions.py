"""会议决议: whoever is to see to one can be on the roster, though no other procedure is in force."""

from __future__ import annotations

from pathlib import Path

from tests.procedures.test_meetings import RESOLUTIONS, resolved, review
from tests.tools.office import Office

PEOPLE = [("HW01", "文静", "会务人员"), ("HW02", "施雯", "部门负责人"), ("HW03", "郝主管", "主管")]


def test_the_head_of_a_department_looks_back_at_his_own_resolution(tmp_path: Path) -> None:
    office = Office(tmp_path, ["meetings", "resolutions"], PEOPLE)
    resolved(office)
    assert office.record(RESOLUTIONS, "JY2611001")["当前办理人"] == "施雯"
    office.answer("HW02", {"JY2611001": review("2026-11-12", "已达成")})
    office.run("2026-11-12 15:30")
    assert office.record(RESOLUTIONS, "JY2611001")["当前状态"] == "已达成"
    assert not [each for each in office.exceptions() if "施雯" in each]
