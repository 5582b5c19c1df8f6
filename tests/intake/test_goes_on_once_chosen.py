"""A step that waited for a choice between two values goes on once it was made: whoever has answered need hand in nothing again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.rebuild import rebuild
from tests.procedures.test_new_customer import FOUND, KEY, PEOPLE
from tests.tools.customers import SHOP
from tests.tools.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, ("A01", "李敏", "系统管理员")])
    area = {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"}
    office.drop("area_list", area)
    office.drop("registration", SHOP | {"market_type": "城镇", "trade_type": "便利店", "filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    return office


@pytest.mark.parametrize(("choice", "market"), [("以我为准", "乡村"), ("以台账为准", "城镇")])
def test_a_sheet_of_one_s_own(office: Office, choice: str, market: str) -> None:
    office.drop("verification", {"licence_no": KEY, **FOUND}, name="核实.xlsx")
    office.run("2026-11-03 09:00")
    assert office.record("客户", KEY)["当前状态"] == "待核实"
    office.choose("以我为准", "零售业态")
    office.choose(choice, "市场类型")
    office.run("2026-11-03 10:00")
    record = office.record("客户", KEY)
    assert (record["当前状态"], record["市场类型"], record["送货线路"]) == ("待审核", market, "03线")
    assert office.exceptions() == []
    assert "《核实.xlsx》" in office.mails("K01")[-1]
    archived = [each.name for each in office.settings.archive.rglob("核实*.xlsx")]
    assert archived == ["核实.xlsx"]  # it lies where it lay

    # a ledger that is lost is built from the papers, the choice among them
    before = office.master("客户")
    rebuild(office.settings)
    office.run("2026-11-03 11:00")
    assert (office.master("客户"), office.exceptions()) == (before, [])


@pytest.mark.parametrize(("choice", "trade"), [("以我为准", "超市"), ("以台账为准", "烟酒店")])
def test_a_worklist(office: Office, choice: str, trade: str) -> None:
    office.answer("K01", {KEY: FOUND})
    worklist = next(office.settings.inbox.glob("*任务表*"))
    content = worklist.read_bytes()
    worklist.unlink()
    office.drop("registration", SHOP | {"trade_type": "烟酒店", "filled_by": "李敏"})
    office.run("2026-11-03 09:00")
    office.put("核实.xlsx", content)
    office.run("2026-11-03 10:00")
    office.choose(choice, "零售业态")
    office.run("2026-11-03 11:00")
    record = office.record("客户", KEY)
    assert (record["当前状态"], record["零售业态"], office.exceptions()) == ("待审核", trade, [])

    before = office.master("客户")
    rebuild(office.settings)
    office.run("2026-11-03 12:00")
    assert (office.master("客户"), office.exceptions()) == (before, [])
