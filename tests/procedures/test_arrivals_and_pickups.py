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
        "arrival_told_on": "2026-11-02",
        "arrival_by": "吴芳",
    } | more


def stored(quantity: float, check: str = "相符", **more: Any) -> dict[str, Any]:
    return {"store_check": check, "stored_quantity": quantity, "stored_on": "2026-11-03", "stored_by": "钱仓"} | more


def test_a_pick_up_order_says_how_it_is_delivered(office: Office) -> None:
    """5.3.3: kind, quantity and 配送状态 are entered."""
    office.drop("pick_order", pick("CK1", delivery_state=""))
    office.run("2026-11-02 09:00")
    assert office.master("出库任务") == []
    assert any("配送状态" in each for each in office.exceptions())


def pick(number: str, **more: Any) -> dict[str, Any]:
    return {
        "pick_no": number,
        "pick_customer": "惠民超市",
        "pick_product": "P-203",
        "delivery_state": "自提",
        "pick_quantity": 20,
        "pick_on": "2026-11-04",
        "by_phone": "否",
        "pick_listed_on": "2026-11-02",
        "pick_by": "吴芳",
    } | more


def test_a_call_that_came_after_the_papers_written_from_it_is_told(office: Office) -> None:
    """5.2.3, 5.3.3: the planner enters what a call has said. It came on Monday, 11-02; the order of the Friday before names it."""
    call = {"called_at": "2026-11-02 16:00", "caller": "张三喜", "call_content": "提 20 箱", "call_taken_by": "吴芳"}
    office.drop("phone_record", call)
    of_call = {"by_phone": "是", "phone_record_no": "DH2611001"}
    office.drop("pick_order", pick("CK1", **of_call, pick_listed_on="2026-10-30"), pick("CK2", **of_call))
    office.run("2026-11-02 17:00")
    rows = [(row["由谁处理"], row["问题"]) for row in office.exceptions() and office.open_exceptions()]
    said = "CK1 2026-10-30 就开了单，所据电话 2026-11-02 16:00 才来"
    assert sorted(row for row in rows if "所据电话" in str(row[1])) == [("吴芳", said), ("郑强", said)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["arrivals_and_pickups"], PEOPLE)


def test_goods_are_stored_when_they_are_ready_then_shipped_and_counted(office: Office) -> None:
    plan = {
        "plan_kind": "日计划",
        "plan_day": "2026-11-03",
        "plan_product": "P-203",
        "plan_quantity": 100,
        "by_phone": "否",
    }
    office.drop("production_plan", plan, {**plan, "plan_kind": "变更", "plan_quantity": 120})
    office.drop(
        "arrival_order", arrival("RK1", pickup_state="未到港"), arrival("RK2", load_kind="LP", arrival_quantity=5)
    )
    office.drop("pick_order", pick("CK1", pick_on="2026-11-03"))
    office.run("2026-11-02 09:00")
    assert office.record("入库任务", "RK1")["当前状态"] == "未到可提"
    assert [row["到货单号"] for row in office.worklist("CK01", "入库")] == ["RK2"]

    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(115, "不符", store_reason="少 5"), "RK2": stored(5), "CK1": {}})
    office.run("2026-11-03 10:00")
    assert office.exceptions() == ["到货单 120，实收 115"]
    cleared = {"clearing_way": "按实收入库", "clearing": "供方确认只发 115", "cleared_by": "吴芳"}
    office.answer("CK02", {"RK1": cleared})
    office.run("2026-11-03 10:30")
    assert office.record("入库任务", "RK1")["当前状态"] == "已入库"
    office.answer("CK01", {"CK1": {"shipped_quantity": 20, "shipped_on": "2026-11-03", "shipped_by": "钱仓"}})
    office.run("2026-11-03 11:00")
    assert office.record("出库任务", "CK1")["当前状态"] == "已出库"
    office.run("2026-11-04 09:00")  # the day is over: 115 + 5 are the 120 of the changed plan
    assert office.exceptions() == []
    assert office.figures("统计", "出入库按月") == [["2026-11", 120, 20, 1]]


def test_what_is_off_the_plan_or_overdrawn_is_told(office: Office) -> None:
    office.drop(
        "production_plan",
        {
            "plan_kind": "日计划",
            "plan_day": "2026-11-02",
            "plan_product": "P-203",
            "plan_quantity": 100,
            "by_phone": "否",
        },
    )
    office.drop("pick_order", pick("CK1", pick_on="2026-11-02"))
    office.run("2026-11-02 09:00")
    office.answer("CK01", {"CK1": {"shipped_quantity": 20, "shipped_on": "2026-11-02", "shipped_by": "钱仓"}})
    office.run("2026-11-03 09:00")
    assert sorted(office.exceptions()) == ["P-203 2026-11-02 计划 100，实际入库 0", "P-203 出库比入库多 20"]


def test_an_order_for_more_than_there_will_be_by_its_day_is_told_when_it_is_listed(office: Office) -> None:
    """120 come on the 3rd: CK1 takes 100 on the 4th, of the 20 left CK2 wants 30; CK3 comes a day too early for any."""
    office.drop("arrival_order", arrival("RK1"))
    office.drop(
        "pick_order",
        pick("CK1", pick_quantity=100),
        pick("CK2", pick_quantity=30),
        pick("CK3", pick_quantity=5, pick_on="2026-11-02", pick_product="P-9"),
    )
    office.run("2026-11-02 09:00")
    told = ["提货单要 P-203 30，现有和当天前到货的只有 20", "提货单要 P-9 5，现有和当天前到货的只有 0"]
    assert sorted(set(office.exceptions())) == told
    assert {row["由谁处理"] for row in office.open_exceptions()} == {"吴芳", "郑强"}
    office.drop("pick_order", pick("CK2", pick_quantity=20), name="改.xlsx")
    office.run("2026-11-02 10:00")
    assert set(office.exceptions()) == {told[1]}


def test_nothing_is_announced_of_no_goods_stored_before_its_notice_or_picked_up_before_its_order(
    office: Office,
) -> None:
    office.drop("arrival_order", arrival("RK1"), arrival("RK2", arrival_quantity=0))
    office.drop("pick_order", pick("CK1"), pick("CK2", pick_on="2026-10-01"), pick("CK3", pick_quantity=0))
    office.run("2026-11-02 09:00")
    assert [row["到货单号"] for row in office.master("入库任务")] == ["RK1"]
    assert [row["提货单号"] for row in office.master("出库任务")] == ["CK1"]
    office.answer("CK01", {"RK1": stored(120, stored_on="2026-09-01"), "CK1": shipped(20, shipped_on="2026-09-30")})
    office.run("2026-11-03 09:00")
    said = office.exceptions()
    assert any("2026-09-01" in each and "开单日期" in each for each in said)
    assert any("2026-09-30" in each and "开单日期" in each for each in said)
    office.answer("CK01", {"RK1": stored(120), "CK1": shipped(20)})
    office.run("2026-11-03 10:00")
    assert office.figures("统计", "出入库按月") == [["2026-11", 120, 20, None]]  # no September, no other month


def test_a_key_of_a_plan_says_what_kind_of_plan_it_is_and_a_change_of_none_is_told(office: Office) -> None:
    office.drop(
        "production_plan",
        plan("日计划", "2026-11-03", 100),
        plan("计划变更", "2026-11-03", 120),
        plan("计划变更", "2026-11-09", 50, "P9"),
    )
    office.run("2026-11-02 09:00")
    keys = [row["计划编号"] for row in office.master("生产计划")]
    assert keys == ["P-203-2026-11-03-日计划", "P-203-2026-11-03-计划变更", "P9-2026-11-09-计划变更"]
    assert office.exceptions() == ["P9 2026-11-09 的计划变更没有对应的月计划或日计划"]


def test_what_does_not_fit_goes_to_the_planner_and_comes_back(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(118, "不符", store_reason="少 2 箱")})
    office.run("2026-11-03 10:00")
    (row,) = office.worklist("CK02", "差异处理")
    assert row["退回原因"] == "少 2 箱"
    again = {"clearing_way": "补齐后再入库", "clearing": "供方补发", "cleared_by": "吴芳"}
    office.answer("CK02", {"RK1": again})
    office.run("2026-11-03 11:00")
    assert office.tasks("CK02") == ["差异处理"]  # when will the rest come?
    office.answer("CK02", {"RK1": again | {"refill_on": "2026-10-06"}})
    office.run("2026-11-03 11:30")
    assert office.tasks("CK02") == ["差异处理"]
    assert [each for each in office.exceptions() if "补货到货日期“2026-10-06”" in each]  # before it was counted
    office.answer("CK02", {"RK1": again | {"refill_on": "2026-11-06"}})
    office.run("2026-11-03 12:00")
    assert office.tasks("CK01") == ["入库"]
    assert office.record("入库任务", "RK1")["应办结日"] == "2026-11-06"
    assert not [each for each in office.exceptions() if "就办了" in each]  # what was counted on the 3rd was not early


def test_the_rest_does_not_come_before_it_was_found_missing_and_nobody_is_late_for_a_day_that_is_over(
    office: Office,
) -> None:
    """Found on Tuesday the 3rd. Cleared on Monday the 9th, of the rest that came on Friday the 6th: stored by Tuesday the 10th."""
    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(118, "不符", store_reason="少 2 箱")})
    office.run("2026-11-03 10:00")
    again = {"clearing_way": "补齐后再入库", "clearing": "供方补发", "cleared_by": "吴芳"}
    office.drop("arrival_cleared", {"arrival_no": "RK1", **again, "refill_on": "2026-11-02"})
    office.run("2026-11-04 09:00")
    assert office.record("入库任务", "RK1")["当前状态"] == "差异待处理"
    assert "补货到货日期“2026-11-02”早于入库日期“2026-11-03”" in office.exceptions()
    office.drop("arrival_cleared", {"arrival_no": "RK1", **again, "refill_on": "2026-11-06"})
    office.run("2026-11-09 09:00")
    record = office.record("入库任务", "RK1")
    assert (record["当前状态"], record["应办结日"], record["时限提醒"]) == ("待入库", "2026-11-10", None)


def test_what_goes_out_before_the_day_of_its_order_is_told_to_the_head_of_the_warehouse(office: Office) -> None:
    store(office, "P-203", 100)
    office.drop("pick_order", pick("CK1", pick_on="2026-11-20"), pick("CK2", pick_on="2026-11-04"))
    office.run("2026-11-03 11:00")
    office.answer("CK01", dict.fromkeys(("CK1", "CK2"), shipped(20, shipped_on="2026-11-04")))
    office.run("2026-11-04 09:00")
    (row,) = office.open_exceptions()
    assert (row["问题"], row["由谁处理"]) == ("CK1 定在 2026-11-20，2026-11-04 就办了", "郑强")
    assert row["问题"] in office.mails("CK03")[-1]


def test_what_is_stored_before_it_was_expected_is_told_to_the_head_of_the_warehouse(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1", expected_on="2026-11-20"), arrival("RK2"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", dict.fromkeys(("RK1", "RK2"), stored(120)))
    office.run("2026-11-03 10:00")
    (row,) = office.open_exceptions()
    assert (row["问题"], row["由谁处理"]) == ("RK1 定在 2026-11-20，2026-11-03 就办了", "郑强")
    assert row["问题"] in office.mails("CK03")[-1]


def test_whether_a_plan_came_by_telephone_is_asked_as_of_every_order(office: Office) -> None:
    """5.1.2: what is told by telephone has its record; where nobody says whether it was, nobody can know."""
    office.drop("production_plan", plan("日计划", "2026-11-09", 80) | {"by_phone": ""})
    office.run("2026-11-02 09:00")
    assert office.exceptions() == ["是否电话通知没有填写"]


def test_what_cannot_be_picked_up_after_all_waits_and_is_not_taken_in(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1"))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(118, "不符", store_reason="少 2 箱")})
    office.run("2026-11-03 10:00")
    office.drop("arrival_order", arrival("RK1", pickup_state="查验中"))
    cleared = {"arrival_no": "RK1", "clearing_way": "按实收入库", "clearing": "只发 118", "cleared_by": "吴芳"}
    office.drop("arrival_cleared", cleared)
    office.run("2026-11-03 11:00")
    assert office.record("入库任务", "RK1")["当前状态"] == "差异待处理"
    assert any("提货状态是“查验中”" in str(row["怎样改"]) for row in office.open_exceptions())
    office.drop("arrival_order", arrival("RK2"), arrival("RK3"))
    office.run("2026-11-03 12:00")
    office.drop("arrival_order", arrival("RK2", pickup_state="查验中"))
    office.run("2026-11-03 13:00")
    assert [row["到货单号"] for row in office.worklist("CK01", "入库")] == ["RK3"]


def test_orders_and_calls_are_the_planners_to_write_down(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1", arrival_by="钱仓"), arrival("RK2"))
    call = {"called_at": "2026-11-02 9:20", "caller": "张三喜", "call_content": "提 20 箱", "call_taken_by": "路人"}
    office.drop("phone_record", call)
    office.run("2026-11-03 09:00")
    assert set(office.exceptions()) == {
        "“RK1”的“到货通知”应由计划员办理，表上填的是“钱仓”",
        "“张三喜”的“电话记录”应由计划员办理，表上填的是“路人”",
    }
    assert {"郑强", "钱仓"} <= {row["由谁处理"] for row in office.open_exceptions()}


def test_a_call_that_nobody_enters_is_told_a_working_day_later_until_a_paper_names_it(office: Office) -> None:
    """5.3.2: what is said by telephone is entered. Called on Monday, November 2; told from Wednesday on."""
    call = {"called_at": "2026-11-02 09:20", "caller": "张三喜", "call_content": "提 20 箱", "call_taken_by": "吴芳"}
    office.drop("phone_record", call)
    office.run("2026-11-02 10:00")
    office.run("2026-11-03 09:00")
    assert office.exceptions() == []
    office.run("2026-11-04 09:00")
    told = "张三喜 2026-11-02 09:20 的电话“提 20 箱”还没有开单"
    rows = [(row["由谁处理"], row["问题"]) for row in office.exceptions() and office.open_exceptions()]
    assert rows == [("吴芳", told)]
    of_call = {"by_phone": "是", "phone_record_no": "DH2611001", "pick_listed_on": "2026-11-04"}
    office.drop("pick_order", pick("CK1", **of_call))
    office.run("2026-11-04 10:00")
    assert told not in office.exceptions()


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
    office.answer("CK01", {"RK1": stored(118, "不符", store_reason="少 2")})
    office.run("2026-11-03 10:00")
    (told,) = office.master("未解决的异常")
    assert (told["问题"], told["怎样改"]) == ("到货单 120，实收 118", "核对单据和实物，数量写错的在总表中改正")

    office.edit_master("入库任务", "RK1", {"实收数量": 120})
    office.run("2026-11-03 11:00")
    assert office.exceptions() == []
    assert office.record("入库任务", "RK1")["实收数量"] == 120


@pytest.mark.parametrize(("quantity", "more"), [(78, {}), (90, {"store_reason": "多 10 箱"})])
def test_another_quantity_is_no_match_whatever_was_ticked(
    office: Office, quantity: float, more: dict[str, Any]
) -> None:
    office.drop("arrival_order", arrival("RK1", arrival_quantity=80), arrival("RK2", arrival_quantity=80))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"RK1": stored(quantity, **more), "RK2": stored(80)})
    office.run("2026-11-03 10:00")
    assert office.exceptions() == [f"按本行的答复，实收数量应与到货数量“80”相同，却填了“{quantity}”"]
    assert [office.record("入库任务", key)["当前状态"] for key in ("RK1", "RK2")] == ["待入库", "已入库"]


def shipped(quantity: float, **more: Any) -> dict[str, Any]:
    return {"shipped_quantity": quantity, "shipped_on": "2026-11-03", "shipped_by": "钱仓"} | more


def test_what_was_shipped_is_held_against_the_order(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1"))
    office.drop("pick_order", *(pick(f"CK{at}", pick_on="2026-11-03") for at in range(1, 6)))
    office.run("2026-11-03 09:00")
    done = {"CK1": shipped(18), "CK2": shipped(22), "CK3": shipped(20), "CK4": shipped(19, ship_reason="破损 1 箱")}
    done["CK5"] = shipped(23, ship_reason="客户多要 3 箱")  # that is no reason to hand out more than was ordered
    office.answer("CK01", {"RK1": stored(120), **done})
    office.run("2026-11-03 10:00")
    # 2 too few and 2 too many are told; of CK4 it is said why, of CK5, too, which is more
    assert sorted(office.exceptions()) == ["提货单 20，实发 18", "提货单 20，实发 22", "提货单 20，实发 23"]

    office.edit_master("出库任务", "CK1", {"实发数量": 20})
    office.run("2026-11-03 11:00")
    assert sorted(office.exceptions()) == ["提货单 20，实发 22", "提货单 20，实发 23"]


def plan(kind: str, day: str, quantity: float, product: str = "P-203") -> dict[str, Any]:
    return {"plan_kind": kind, "plan_day": day, "plan_product": product, "plan_quantity": quantity, "by_phone": "否"}


def store(office: Office, product: str, quantity: float) -> None:
    """Goods of a product are stored on 3 November as ordered."""
    key = f"RK-{product}"
    office.drop("arrival_order", arrival(key, arrival_product=product, arrival_quantity=quantity))
    office.run("2026-11-03 09:00")
    office.answer("CK01", {key: stored(quantity)})
    office.run("2026-11-03 10:00")


def test_a_months_plan_is_held_against_the_month_when_it_is_over(office: Office) -> None:
    office.drop("production_plan", plan("月计划", "2026-11-01", 300), plan("月计划", "2026-11-01", 80, "P-9"))
    store(office, "P-203", 280)
    store(office, "P-9", 80)
    office.run("2026-11-30 09:00")
    assert office.exceptions() == []

    office.run("2026-12-01 09:00")
    assert office.exceptions() == ["P-203 2026-11 计划 300，实际入库 280"]
    # 360 of 380: no day was planned, so the months' plans count
    (row,) = office.figures("统计", "出入库按月")
    assert row == ["2026-11", 360, 0, pytest.approx(0.9474, abs=0.0001)]


def test_what_was_stored_counts_for_the_plan_of_its_own_day_and_product(office: Office) -> None:
    """100 planned for the 3rd, 100 for the 4th; 100 of it and 50 of what nobody planned are stored on the 3rd: on the 3rd no day
    is over; on the 4th one is, fulfilled; on the 5th half of 200 is there.
    """
    office.drop("production_plan", plan("日计划", "2026-11-03", 100), plan("日计划", "2026-11-04", 100))
    store(office, "P-203", 100)
    store(office, "P-9", 50)
    assert office.figures("统计", "出入库按月") == [["2026-11", 150, 0, None]]
    for day, share in (("04", 1), ("05", 0.5)):
        office.run(f"2026-11-{day} 09:00")
        assert office.figures("统计", "出入库按月") == [["2026-11", 150, 0, share]]


def test_a_month_of_planned_days_counts_by_its_days_and_is_held_against_both(office: Office) -> None:
    office.drop("production_plan", plan("月计划", "2026-11-01", 300), plan("日计划", "2026-11-03", 280))
    store(office, "P-203", 280)
    office.run("2026-12-01 09:00")
    assert office.exceptions() == ["P-203 2026-11 计划 300，实际入库 280"]
    assert office.figures("统计", "出入库按月") == [["2026-11", 280, 0, 1]]


def test_a_months_plan_that_comes_again_or_is_adjusted_is_one_plan(office: Office) -> None:
    office.drop("production_plan", plan("月计划", "2026-11-01", 300), plan("月计划", "2026-11-01", 80, "P-9"))
    office.run("2026-11-02 09:00")
    office.drop("production_plan", plan("月计划", "2026-11-02", 280), plan("生产计划调整", "2026-11-10", 100, "P-9"))
    store(office, "P-203", 280)
    store(office, "P-9", 80)
    office.run("2026-12-01 09:00")
    assert office.exceptions() == ["P-9 2026-11 计划 100，实际入库 80"]


def test_a_plan_or_an_order_by_telephone_is_told_until_its_record_is_there(office: Office) -> None:
    office.drop("production_plan", plan("日计划", "2026-11-09", 80) | {"by_phone": "是"})
    office.drop(
        "production_plan", plan("日计划", "2026-11-10", 80) | {"by_phone": "是", "phone_record_no": "DH2611001"}
    )
    office.drop("arrival_order", arrival("RK1", by_phone="是", phone_record_no="DH2611002"))
    office.run("2026-11-02 09:00")  # nobody has written down any call yet
    said = office.exceptions()
    assert {"电话记录编号“DH2611001”不在“电话记录”中", "电话记录编号“DH2611002”不在“电话记录”中"} <= set(said)
    assert any("电话记录编号" in each and "是否电话通知为“是”" in each for each in said)
    assert [row["计划日期"] for row in office.master("生产计划")] == ["2026-11-10"]

    call = {"called_at": "2026-11-02 9:20", "caller": "张三喜", "call_content": "80 箱", "call_taken_by": "吴芳"}
    office.drop("phone_record", call, {**call, "call_content": "到货 120 箱", "called_at": "2026-11-02 9:30"})
    office.run("2026-11-02 10:00")
    assert not [each for each in office.exceptions() if "不在“电话记录”中" in each]


@pytest.mark.parametrize(("said", "kind"), [("LP件", "LP"), ("国产零配件", "LP"), ("拼箱", "CASE")])
def test_the_manuals_own_words_for_what_arrives_are_known(office: Office, said: str, kind: str) -> None:
    office.drop("arrival_order", arrival("RK1", load_kind=said))
    office.run("2026-11-02 09:00")
    assert office.record("入库任务", "RK1")["装载方式"] == kind


def test_a_notice_that_is_changed_to_what_came_keeps_the_difference_told(office: Office) -> None:
    """120 were announced and 100 came: the notice, resent with 100, hides nothing from 郑强, who is told 120 → 100."""
    office.drop("arrival_order", arrival("DH1"), name="到货.xlsx")
    office.run("2026-11-03 09:00")
    office.answer("CK01", {"DH1": stored(100, "不符", store_reason="少 20")})
    office.run("2026-11-03 10:00")
    office.drop("arrival_order", arrival("DH1", arrival_quantity=100), name="到货.xlsx")
    office.run("2026-11-03 11:00")
    assert office.tasks("CK02") == ["差异处理"]
    (line,) = [each for each in office.mails("CK03")[-1].splitlines() if "“120”" in each]
    assert "“100”" in line and "吴芳" in line


def test_what_never_comes_is_told_three_working_days_after_its_day(office: Office) -> None:
    """Expected on Tuesday the 3rd: Friday the 6th is the third working day after it, on Monday the 9th it is told."""
    office.drop("arrival_order", arrival("RK1", pickup_state="未到港"))
    office.run("2026-11-03 09:00")
    office.run("2026-11-06 09:00")
    assert office.exceptions() == []
    office.run("2026-11-09 09:00")
    told = "P-203 预计 2026-11-03 到货，还没有到"
    assert set(office.exceptions()) == {told}
    assert told in office.mails("CK03")[-1] and told in office.mails("CK02")[-1]


def test_goods_are_expected_no_earlier_than_their_order_is_made_out(office: Office) -> None:
    office.drop("arrival_order", arrival("RK1", expected_on="2026-10-30"), arrival("RK2", expected_on="2026-11-02"))
    office.run("2026-11-02 09:00")
    assert [row["到货单号"] for row in office.master("入库任务")] == ["RK2"]
    assert any("2026-10-30" in said and "早于" in said for said in office.exceptions())
