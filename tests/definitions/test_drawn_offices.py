"""The two procedures that are drawn in Excel alone, played from their workbooks: worklists, deadlines, statistics, page, history."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.commands.history import history
from tests.definitions.drawings import FOLDER, SHIPPED, VEHICLES, drawn
from tests.tools.office import Office

CARS = [("C01", "赵师傅", "车辆管理员"), ("C02", "季主任", "用车审批人"), ("C03", "王建国", "客户经理")]
CONTRACTS = [("H01", "白文", "合同管理员"), ("H02", "时经理", "合同负责人")]


def office(folder: Path, workbook: str, people: list[tuple[str, str, str]]) -> Office:
    own = folder / "procedures"
    own.mkdir()
    shutil.copy(FOLDER / workbook, own)
    return Office(folder, (), people, procedures_folder=str(own))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_workbook_is_what_its_description_makes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == drawn(SHIPPED[name])


def test_a_car_is_asked_for_granted_and_given_back(tmp_path: Path) -> None:
    cars = office(tmp_path, "车辆使用.xlsx", CARS)
    trip = {
        "car_plate": "冀TA1021",
        "trip_purpose": "送货到龙店",
        "trip_from": "2026-11-03 08:30",
        "trip_until": "2026-11-03 17:30",
    }
    cars.drop(
        "trip_request",
        {**trip, "car_user": "王建国"},
        {**trip, "car_user": "季主任", "car_plate": "冀TA2266"},
        {**trip, "car_user": "李四", "trip_until": "2026-11-03 07:00"},
    )
    cars.run("2026-11-02 09:00")
    assert [row["用车单号"] for row in cars.master("用车")] == ["YC2611001", "YC2611002"]
    assert any("计划还车时间“2026-11-03 07:00”应晚于“计划出车时间”" in said for said in cars.exceptions())
    assert [row["用车单号"] for row in cars.worklist("C02", "用车审批")] == ["YC2611001"]  # his own he does not grant
    assert cars.record("用车", "YC2611001")["应办结日"] == "2026-11-03"

    granted = {"trip_answer": "同意", "trip_granted_on": "2026-11-02", "trip_granted_by": "季主任"}
    cars.answer("C02", {"YC2611001": granted})
    cars.run("2026-11-02 15:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "待还车"
    assert "还车登记" in cars.tasks("C01")

    back = {"mileage_out": 35210, "car_back_at": "2026-11-04 08:00", "car_taken_by": "赵师傅"}
    cars.drop("trip_return", {"trip_no": "YC2611001", **back, "mileage_back": 35190})
    cars.run("2026-11-04 09:00")
    assert any("还车里程“35190”应不小于“出车里程”" in said for said in cars.exceptions())
    assert "逾期" in str(cars.record("用车", "YC2611001")["时限提醒"])

    cars.answer("C01", {"YC2611001": {**back, "mileage_back": 35290}})
    cars.run("2026-11-04 10:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "已还车"
    assert cars.record("用车", "YC2611001")["还车里程"] == 35290
    assert cars.figures("统计", "用车按月") == [["2026-11", 2, 1, 1]]
    assert "用车按月" in cars.page()
    told = str(history(cars.settings, "YC2611001"))
    assert "用车审批" in told or "grant_car" in told


def test_the_mileage_of_a_later_sheet_is_held_against_that_of_an_earlier_one(tmp_path: Path) -> None:
    before = "|出车里程|Mileage before|mileage_out|整数||是|||35210|≥ 0\n"
    granted_by = "|用车审批人签字|"
    noted_when_granted = VEHICLES.replace(before, "").replace(granted_by, before + granted_by)
    cars = office(tmp_path, "车辆使用.xlsx", CARS)
    (tmp_path / "procedures" / "车辆使用.xlsx").write_bytes(drawn(noted_when_granted))
    trip = {
        "car_plate": "冀TA1021",
        "trip_purpose": "送货到龙店",
        "trip_from": "2026-11-03 08:30",
        "trip_until": "2026-11-03 17:30",
        "car_user": "王建国",
    }
    cars.drop("trip_request", trip)
    cars.run("2026-11-02 09:00")
    granted = {
        "trip_answer": "同意",
        "trip_granted_on": "2026-11-02",
        "trip_granted_by": "季主任",
        "mileage_out": 35210,
    }
    cars.answer("C02", {"YC2611001": granted})
    cars.run("2026-11-02 15:00")

    back = {"car_back_at": "2026-11-03 17:00", "car_taken_by": "赵师傅"}
    cars.answer("C01", {"YC2611001": {**back, "mileage_back": 35190}})
    cars.run("2026-11-03 18:00")
    assert any("35190" in said and "35210" in said for said in cars.exceptions())
    assert cars.record("用车", "YC2611001")["当前状态"] == "待还车"

    cars.answer("C01", {"YC2611001": {**back, "mileage_back": 35210}})
    cars.run("2026-11-03 19:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "已还车"


def test_a_contract_is_called_for_sixty_days_before_it_ends(tmp_path: Path) -> None:
    contracts = office(tmp_path, "合同到期.xlsx", CONTRACTS)
    entry = {
        "contract_no": "HT2026-018", "contract_title": "仓库租赁合同", "contract_partner": "惠民物业公司", "contract_kind": "租赁",
        "contract_amount": 36000, "contract_from": "2026-01-01", "contract_until": "2026-12-31", "contract_listed_by": "白文",
    }  # fmt: skip
    contracts.drop("contract_entry", entry, {**entry, "contract_no": "HT2026-019", "contract_until": "2025-12-31"})
    contracts.run("2026-10-30 09:00")
    assert any("应晚于“合同开始日期”" in said for said in contracts.exceptions())
    assert contracts.record("合同", "HT2026-018")["当前状态"] == "履行中"
    assert not contracts.has_worklist("H02") or "续签或终止" not in contracts.tasks("H02")

    contracts.run("2026-10-31 09:00")
    assert contracts.record("合同", "HT2026-018")["当前状态"] == "履行中"
    contracts.run("2026-11-01 09:00")
    assert contracts.record("合同", "HT2026-018")["当前状态"] == "待续签"
    assert contracts.record("合同", "HT2026-018")["应办结日"] == "2026-12-21"
    assert "续签或终止" in contracts.tasks("H02")

    settled = {"contract_settled_on": "2026-11-03", "contract_settled_by": "时经理", "contract_result": "续签"}
    contracts.answer("H02", {"HT2026-018": {**settled, "contract_until": "2026-11-30"}})
    contracts.run("2026-11-03 10:00")
    assert any("合同到期日期" in said and "2026-11-30" in said for said in contracts.exceptions())
    assert contracts.record("合同", "HT2026-018")["当前状态"] == "待续签"

    contracts.answer("H02", {"HT2026-018": {**settled, "contract_until": "2026-12-31"}})
    contracts.run("2026-11-03 10:30")
    assert any("合同到期日期" in said and "2026-12-31" in said for said in contracts.exceptions())
    assert contracts.record("合同", "HT2026-018")["当前状态"] == "待续签"

    contracts.answer("H02", {"HT2026-018": {**settled, "contract_until": "2027-12-31"}})
    contracts.run("2026-11-03 11:00")
    assert contracts.record("合同", "HT2026-018")["合同到期日期"] == "2027-12-31"
    assert contracts.record("合同", "HT2026-018")["当前状态"] == "履行中"
    assert contracts.figures("统计", "合同到期按年") == [["2027", 1, 1, 0, 0]]
