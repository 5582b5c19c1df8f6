"""A customer who is closed for good: what comes of later days in his name is told, and nobody is asked about him any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.roster.samples import AREAS
from tests.tools.customers import SHOP
from tests.tools.office import Office

PEOPLE = [
    ("S01", "赵敏", "市场经理"),
    ("K01", "王建国", "客户经理"),
    ("D01", "李敏", "系统管理员"),
    ("FY01", "何敏", "费用专员"),
    ("FY02", "孙强", "销售主管"),
    ("FY03", "许会计", "财务"),
    ("TS02", "周岚", "经理"),
    ("MY01", "周婷", "客户中心"),
    ("MY02", "郝主管", "主管"),
]
SHOPS = {"甲店": "131123100018", "乙店": "131123100026"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """甲店 and 乙店 have brought in 30,000 each and are VIP; 甲店 is closed on 11-04."""
    used = ["new_customer", "tiers", "satisfaction", "relationship_expenses"]
    office = Office(tmp_path, used, PEOPLE, **{"parameters.survey_vip_share": 100})
    office.drop("area_list", *AREAS.records)
    for at, (name, key) in enumerate(SHOPS.items()):
        own = {"customer_name": name, "licence_no": key, "contact_phone": f"1393282001{at}", "filled_by": "李敏"}
        office.drop("registration", SHOP | own | {"shop_address": f"武强县武强镇平安街{at + 1}号"})
    office.drop("revenue", *(revenue(name, "2026-10", 30_000) for name in SHOPS))
    office.run("2026-11-02 09:00")
    vip = {"tier_answer": "同意", "confirmed_tier": "VIP", "tier_confirmed_by": "孙强"}
    office.answer("FY02", dict.fromkeys(SHOPS, vip))
    office.run("2026-11-03 09:00")
    cancelled = {"licence_no": SHOPS["甲店"], "change_kind": "注销", "effective_on": "2026-11-04", "handled_by": "李敏"}
    office.drop("change_sheet", cancelled)
    office.run("2026-11-04 09:00")
    return office


def revenue(name: str, month: str, amount: float) -> dict[str, Any]:
    return {"revenue_customer": name, "revenue_month": month, "revenue_amount": amount}


def request(name: str, on: str) -> dict[str, Any]:
    said = {"expense_kind": "礼品", "expense_customer": name, "requested_amount": 300, "expense_use": f"{on} 节日"}
    return said | {"requested_on": on, "requested_by": "王建国"}


def told(office: Office, about: str) -> set[tuple[str, str]]:
    office.exceptions()
    rows = office.open_exceptions()
    return {(str(row["问题"]), str(row["由谁处理"])) for row in rows if about in str(row["问题"])}


def test_what_is_asked_for_after_a_customer_was_closed_is_told_to_who_asks_and_who_decides(office: Office) -> None:
    office.drop(
        "expense_request", request("甲店", "2026-11-05"), request("乙店", "2026-11-05"), request("甲店", "2026-11-03")
    )
    claim = {"claim_unit": "销售一部", "claim_ground": "长期供货", "claim_on": "2026-11-05", "claim_by": "孙强"}
    office.drop("key_account_claim", claim | {"claim_customer": "甲店"}, claim | {"claim_customer": "乙店"})
    office.run("2026-11-05 09:00")
    said = "“甲店”2026-11-04 已注销，{} 却在其后".format
    late = next(
        str(row["申请编号"])
        for row in office.master("费用申请")
        if (row["费用客户"], str(row["申请日期"])[:10]) == ("甲店", "2026-11-05")
    )
    assert told(office, "已注销") == {
        (said(late), "孙强"),
        (said(late), "王建国"),
        (said("甲店-销售一部"), "周岚"),
        (said("甲店-销售一部"), "孙强"),
    }


def test_lines_and_revenues_of_later_months_are_told_and_those_of_its_own_are_not(office: Office) -> None:
    """Closed in November: what was bought and brought in that month is his."""
    line = {
        "purchases": 5000,
        "payment_received": "是",
        "line_expense": 100,
        "line_by": "王建国",
        "line_customer": "甲店",
    }
    months = ("2026-11", "2026-12")
    office.drop("expense_line", *(line | {"expense_month": month} for month in months))
    office.drop("revenue", *(revenue("甲店", month, 100) for month in months))
    office.run("2026-12-01 09:00")
    said = "“甲店”2026-11-04 已注销，{} 却在其后".format
    assert told(office, "已注销") == {
        (said("2026-12-甲店"), "孙强"),
        (said("2026-12-甲店"), "王建国"),
        (said("甲店-2026-12"), "许会计"),
    }


def test_nobody_is_asked_about_a_customer_that_is_closed(office: Office) -> None:
    """All of the VIP customers are asked, and reported to the unit above: of the two one is left."""
    notices = {str(row["报备客户"]): row["当前状态"] for row in office.master("级别报备")}
    assert notices == {"甲店": "无须报备", "乙店": "待报备"}
    office.drop("survey_round", {"survey_month": "2026-11", "survey_due": "2026-11-20", "survey_planned_by": "郝主管"})
    office.run("2026-11-05 09:00")
    assert [row["受访客户"] for row in office.master("调查问卷")] == ["乙店"]


def test_an_expense_of_somebody_who_is_registered_nowhere_is_told_to_who_listed_it(office: Office) -> None:
    listed = {"expense_month": "2026-10", "purchases": 5000, "payment_received": "是", "line_expense": 100}
    office.drop(
        "expense_line", *({**listed, "line_customer": shop, "line_by": "王建国"} for shop in ("乙店", "没登记店"))
    )
    office.run("2026-11-05 09:00")
    assert told(office, "“没登记店”不在客户登记中") == {("“没登记店”不在客户登记中", "王建国")}
    assert told(office, "“乙店”不在客户登记中") == set()


def test_revenues_of_a_name_that_a_customer_had_before_are_told_until_they_stand_by_the_present_one(
    office: Office,
) -> None:
    """乙店 is 乙新店 from 11-05: its 30,000 stand by the former name, and by the present one once they are booked there."""
    renamed = {"licence_no": SHOPS["乙店"], "change_kind": "变更", "change_item": "客户名称", "changed_to": "乙新店"}
    office.drop("change_sheet", renamed | {"effective_on": "2026-11-05", "handled_by": "李敏"})
    office.run("2026-11-05 09:00")
    assert told(office, "“乙店”不在客户登记中") == {("“乙店”不在客户登记中", "许会计")}
    assert told(office, "“甲店”不在客户登记中") == set()  # closed, and registered

    office.drop("revenue", revenue("乙店", "2026-10", 0), revenue("乙新店", "2026-10", 30_000))
    office.run("2026-11-06 09:00")
    tiers = {str(row["分级客户"]): (row["应列级别"], row["近 12 个月收入"]) for row in office.master("客户分级")}
    assert tiers == {"甲店": ("VIP", 30_000), "乙店": ("未列级", 0), "乙新店": ("VIP", 30_000)}
    assert told(office, "不在客户登记中") == set()
