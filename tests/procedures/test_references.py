"""What a record points at exists, final records included, and is open where it has to be; else its cell says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_customer_care import CAMPAIGN, PEOPLE
from tests.tools.office import Office

APPROVED = {"campaign_answer": "同意", "campaign_approver": "赵敏"}


def guest(campaign: str) -> dict[str, str]:
    return {"campaign_no": campaign, "guest_name": "惠民超市"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["customer_care"], PEOPLE)
    office.drop("care_campaign", CAMPAIGN)
    office.run("2026-11-02 09:00")
    return office


def test_a_guest_of_a_campaign_that_there_is_not_is_told_at_its_cell(office: Office) -> None:
    name = office.drop("campaign_guest", guest("HD9999"))
    office.run("2026-11-03 09:00")
    (row,) = office.master("未解决的异常")
    assert row["问题"] == "活动编号“HD9999”不在“客户活动”中"
    assert name in row.values() and any(str(cell).startswith(("A", "B", "C")) for cell in row.values())

    office.run("2026-11-20 09:00")  # told as long as it is so
    assert "活动编号“HD9999”不在“客户活动”中" in office.exceptions()


def test_a_guest_is_told_before_any_campaign_is_known(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care"], PEOPLE)
    office.drop("campaign_guest", guest("HD9999"))
    office.run("2026-11-03 09:00")
    assert office.exceptions() == ["活动编号“HD9999”不在“客户活动”中"]


def test_a_guest_of_a_campaign_that_nobody_has_approved_is_told(office: Office) -> None:
    office.drop("campaign_guest", guest("HD2601"))
    office.run("2026-11-03 09:00")
    assert office.exceptions() == ["活动编号“HD2601”在“客户活动”中现为“待审批”"]


def test_one_that_is_open_when_it_is_pointed_at_is_right_for_good(office: Office) -> None:
    office.answer("S01", {"HD2601": APPROVED})
    office.run("2026-11-03 09:00")
    office.drop("campaign_guest", guest("HD2601"))
    office.run("2026-11-04 09:00")
    assert office.exceptions() == []


def test_what_points_into_a_procedure_that_is_not_in_force_is_taken_as_it_stands(tmp_path: Path) -> None:
    office = Office(tmp_path, ["spares"], [("SB01", "石师傅", "设备操作人员"), ("SB02", "简工", "点检员")])
    spare = {"spare_no": "BJ0001", "spare_name": "轴承", "spare_for": "SB0001", "spare_lies": "柜", "least_stock": 0}
    office.drop("spare_part", spare | {"spare_listed_by": "简工"})
    office.run("2026-11-03 09:00")
    assert [row["适用设备编号"] for row in office.master("备件台账")] == ["SB0001"]
    assert office.exceptions() == []
