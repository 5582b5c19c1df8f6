"""What its own author changes once others have gone on from it, or once all is over, is told to whoever signed and whoever watches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_new_customer import FOUND, KEY, PASSED, PEOPLE
from tests.tools.customers import SHOP
from tests.tools.office import Office

HEAD = "与您有关的内容有改动"
BEFORE, AFTER = "武强县周窝镇周窝村12号", "武强县周窝镇周窝村15号"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, ("C01", "李敏", "系统管理员")])
    area = {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"}
    office.drop("area_list", area)
    office.drop("registration", SHOP | {"shop_address": BEFORE, "filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    return office


def verified(office: Office) -> None:
    office.answer("K01", {KEY: FOUND})
    office.run("2026-11-03 09:00")


def archived(office: Office) -> None:
    verified(office)
    office.answer("S01", {KEY: PASSED | {"reviewed_by": "赵敏"}})
    office.run("2026-11-03 10:00")
    assert office.record("客户", KEY)["当前状态"] == "已归档"


def moved(office: Office, on: str) -> None:
    office.drop("registration", SHOP | {"shop_address": AFTER, "filled_by": "李敏"})
    office.run(f"{on} 16:00")
    assert office.record("客户", KEY)["经营地址"] == AFTER


def told(office: Office, on: str) -> dict[str, int]:
    """By person how many of the mails tell of the change."""
    said = f"李敏 {on} 把经营地址“{BEFORE}”改为“{AFTER}”"
    return {who: sum(HEAD in mail and said in mail for mail in office.mails(who)) for who in ("C01", "K01", "S01")}


def test_a_slip_put_right_before_anybody_has_gone_on_is_told_to_nobody(office: Office) -> None:
    moved(office, "2026-11-03")
    assert told(office, "2026-11-03") == {"C01": 0, "K01": 0, "S01": 0}


def test_who_went_there_reads_of_what_its_author_changes_afterwards(office: Office) -> None:
    verified(office)
    moved(office, "2026-11-03")
    assert told(office, "2026-11-03") == {"C01": 0, "K01": 1, "S01": 1}
    office.run("2026-11-04 09:00")
    assert told(office, "2026-11-03") == {"C01": 0, "K01": 1, "S01": 1}  # once, and not each day


def test_who_has_signed_reads_of_it_long_after_all_is_over(office: Office) -> None:
    archived(office)
    moved(office, "2026-11-20")
    assert told(office, "2026-11-20") == {"C01": 0, "K01": 1, "S01": 1}


def test_what_nobody_watches_over_is_told_to_who_watches_over_the_rest_of_the_procedure(tmp_path: Path) -> None:
    """Revenues have no manager of their own; the tiers that are worked out of them have."""
    office = Office(tmp_path, ["tiers"], [("T1", "何敏", "财务"), ("T2", "周岚", "经理"), ("T3", "高建军", "总经理")])
    line = {"revenue_customer": "惠民超市", "revenue_month": "2026-10"}
    for day, amount in (("02", 1000), ("03", 1500)):
        office.drop("revenue", line | {"revenue_amount": amount}, name="收入.xlsx")
        office.run(f"2026-11-{day} 09:00")
    said = "“1000”（没有写明是谁填的），收入.xlsx 2026-11-03 改为“1500”"
    assert [sum(said in mail for mail in office.mails(who)) for who in ("T1", "T2")] == [0, 1]
