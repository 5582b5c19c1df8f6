"""A new number that is no new customer: linked where person and place are the same, else asked in the customer's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.customers import SHOP
from tests.tools.office import Office

KEY, NEW = "131123100018", "131123100115"
PERSON = "131123198003120013"
PEOPLE = [("K01", "王建国", "客户经理"), ("S01", "赵敏", "市场经理"), ("A01", "李敏", "系统管理员")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["new_customer"], PEOPLE)
    area = {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"}
    office.drop("area_list", area)
    return office


def registered(office: Office, day: str, **more: Any) -> None:
    office.drop("registration", {**SHOP, "filled_by": "李敏", **more})
    office.run(f"2026-11-{day} 09:00")


def test_the_same_person_at_the_same_place_is_linked_years_before_the_end(office: Office) -> None:
    registered(office, "02", resident_id=PERSON, valid_until="2029-03-04")
    registered(office, "03", resident_id=PERSON, licence_no=NEW, valid_until="2031-11-02", customer_name="好邻居")

    new, old = office.record("客户", NEW), office.record("客户", KEY)
    assert (new["上一许可证号"], new["当前状态"]) == (KEY, "待核实")
    assert (old["换证后许可证号"], old["当前状态"], old["当前办理人"]) == (NEW, "已换证", None)
    assert office.has_worklist("S01") is False or "疑似重复客户核对" not in office.tasks("S01")


def test_what_cannot_be_known_is_asked_and_the_answer_links_both(office: Office) -> None:
    registered(office, "02", valid_until="2029-03-04")  # nobody's number: person and place are not known to be one
    registered(office, "03", licence_no=NEW, valid_until="2031-11-02")
    assert office.record("客户", NEW)["上一许可证号"] is None
    (asked,) = office.worklist("S01", "疑似重复客户核对")
    pair = f"{KEY}-{NEW}"
    assert pair in asked.values()

    office.answer("S01", {pair: {"same_or_not": "同一户换证", "judged_on": "2026-11-03", "judged_by": "赵敏"}})
    office.run("2026-11-03 15:00")

    new, old = office.record("客户", NEW), office.record("客户", KEY)
    assert (new["上一许可证号"], new["当前状态"], new["当前办理人"]) == (KEY, "待核实", "王建国")
    assert (old["换证后许可证号"], old["当前状态"]) == (NEW, "已换证")
    assert office.record("疑似重复", pair)["当前状态"] == "已按换证关联"
    assert office.exceptions() == []
    assert [row["许可证号"] for row in office.worklist("K01", "核实")] == [NEW]

    office.run("2026-11-04 09:00")
    assert "疑似重复客户核对" not in office.tasks("S01")
    assert office.exceptions() == []


def test_the_advice_on_a_number_changed_in_the_master_works(office: Office) -> None:
    registered(office, "02", resident_id=PERSON, valid_until="2029-03-04")
    office.edit_master("客户", KEY, {"许可证号": NEW})
    office.run("2026-11-03 09:00")
    registered(office, "04", resident_id=PERSON, licence_no=NEW, valid_until="2031-11-02")  # as advised
    assert office.record("客户", NEW)["上一许可证号"] == KEY


def test_a_visit_and_the_renewal_after_it_give_the_same_in_one_batch(office: Office) -> None:
    registered(office, "02", resident_id=PERSON, valid_until="2029-03-04")
    visit = {"verdict": "查无此户", "verified_on": "2026-11-03", "verified_by": "王建国"}
    office.answer("K01", {KEY: visit})
    office.drop(
        "registration",
        {**SHOP, "filled_by": "李敏", "resident_id": PERSON, "licence_no": NEW, "valid_until": "2031-11-02"},
    )
    office.run("2026-11-03 09:00")
    old = office.record("客户", KEY)
    assert (old["核实日期"], old["当前状态"]) == ("2026-11-03", "已换证")
    assert office.record("客户", NEW)["上一许可证号"] == KEY
    assert [each for each in office.exceptions() if "认作" not in each] == []
