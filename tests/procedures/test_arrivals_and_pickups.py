"""入库出库, played through: orders become tasks when goods are ready, quantities are held against order and plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [("CK01", "钱仓", "仓管员"), ("CK02", "吴芳", "计划员"), ("CK03", "郑强", "仓储主管")]


def arrival(number: str, **more: Any) -> dict[str, Any]:
    return {
        "arrival_no": number,
        "load_kind": "集装箱",
        "pickup_state": "可提货",
        "arrival_product": "P-203",
        "arrival_quantity": 120,
        "expected_on": "2026-11-03",
        "by_phone": "否",
        "arrival_by": "吴芳",
    } | more


def stored(quantity: float, check: str = "相符", **more: Any) -> dict[str, Any]:
    return {"store_check": check, "stored_quantity": quantity, "stored_on": "2026-11-03", "stored_by": "钱仓"} | more


def pick(number: str, **more: Any) -> dict[str, Any]:
    return {
        "pick_no": number,
        "pick_customer": "惠民超市",
        "pick_product": "P-203",
        "pick_quantity": 20,
        "pick_on": "2026-11-04",
        "by_phone": "否",
        "pick_by": "吴芳",
    } | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["arrivals_and_pickups"], PEOPLE)


def test_goods_are_stored_when_they_are_ready_then_shipped_and_counted(office: Office) -> None:
    plan = {"plan_kind": "日计划", "plan_day": "2026-11-03", "plan_product": "P-203", "plan_quantity": 100}
    office.drop("production_plan", plan, {**plan, "plan_kind": "变更", "plan_quantity": 120})
    office.drop(
        "arrival_order", arrival("RK1", pickup_state="未到港"), arrival("RK2", load_kind="LP", arrival_quantity=5)
    )
    office.drop("pick_order", pick("CK1"))
    office.run("2026-11-02 09:00")
    assert office.record("入库任务", "RK1")["当前状态"] == "未到可提"
    assert [row["到货单号"] for row in office.worklist("CK01", "入库")] == ["RK2"]

    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(115), "RK2": stored(5), "CK1": {}})
    office.run("2026-11-03 10:00")
    assert office.record("入库任务", "RK1")["当前状态"] == "已入库"
    office.answer("CK01", {"CK1": {"shipped_quantity": 20, "shipped_on": "2026-11-03", "shipped_by": "钱仓"}})
    office.run("2026-11-03 11:00")
    assert office.record("出库任务", "CK1")["当前状态"] == "已出库"
    assert office.exceptions() == ["到货单 120，实收 115"]

    office.run("2026-11-04 09:00")  # the day is over: 115 + 5 are the 120 of the changed plan
    assert office.exceptions() == ["到货单 120，实收 115"]
    assert office.figures("统计", "出入库按月") == [["2026-11", 120, 20, 1]]


def test_what_is_off_the_plan_or_overdrawn_is_told(office: Office) -> None:
    office.drop(
        "production_plan",
        {"plan_kind": "日计划", "plan_day": "2026-11-02", "plan_product": "P-203", "plan_quantity": 100},
    )
    office.drop("pick_order", pick("CK1"))
    office.run("2026-11-02 09:00")
    office.answer("CK01", {"CK1": {"shipped_quantity": 20, "shipped_on": "2026-11-02", "shipped_by": "钱仓"}})
    office.run("2026-11-03 09:00")
    assert sorted(office.exceptions()) == ["P-203 2026-11-02 计划 100，实际入库 0", "P-203 出库比入库多 20"]


def test_what_does_not_fit_goes_to_the_planner_and_comes_back(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(118, "不符", store_reason="少 2 箱")})
    office.run("2026-11-03 10:00")
    (row,) = office.worklist("CK02", "差异处理")
    assert row["退回原因"] == "少 2 箱"
    office.answer("CK02", {"RK1": {"clearing": "供方补发", "cleared_by": "吴芳"}})
    office.run("2026-11-03 11:00")
    assert office.tasks("CK01") == ["入库"]


def test_only_the_keeper_stores_and_what_is_late_is_the_heads_to_see(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.drop("stored_goods", {"arrival_no": "RK1", **stored(120, stored_by="吴芳")})
    office.run("2026-11-05 09:00")
    assert "“RK1”的“入库”应由“仓管员”办理，“吴芳”不是该岗位的在岗人员" in office.exceptions()
    assert office.record("入库任务", "RK1")["时限提醒"] == "逾期 2 天"
    assert "逾期情况" in office.tasks("CK03")


def test_an_order_by_telephone_needs_its_record(office: Office) -> None:
    call = {"called_at": "2026-11-02 9:20", "caller": "张三喜", "call_content": "提 20 箱", "call_taken_by": "吴芳"}
    office.drop("phone_record", call)
    office.drop(
        "pick_order",
        pick("CK1", by_phone="是", phone_record_no="DH2611001"),
        pick("CK2", by_phone="是"),
        pick("CK3", by_phone="是", phone_record_no="DH2611009"),
    )
    office.run("2026-11-02 10:00")
    assert [row["来电时间"] for row in office.master("电话记录")] == ["2026-11-02 09:20"]
    assert [row["提货单号"] for row in office.master("出库任务")] == ["CK1", "CK3"]
    said = office.exceptions()
    assert "电话记录编号“DH2611009”不在“电话记录”中" in said
    assert any("电话记录编号" in sentence and "是否电话通知为“是”" in sentence for sentence in said)


def test_a_quantity_that_was_written_wrong_is_corrected_in_the_master_as_the_advice_says(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(118)})
    office.run("2026-11-03 10:00")
    (told,) = office.master("未了异常")
    assert (told["问题"], told["怎样改"]) == ("到货单 120，实收 118", "核对单据和实物，数量写错的在总表中改正")

    office.edit_master("入库任务", "RK1", {"实收数量": 120})
    office.run("2026-11-03 11:00")
    assert office.exceptions() == []
    assert office.record("入库任务", "RK1")["实收数量"] == 120
