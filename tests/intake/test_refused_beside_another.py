"""A row that was refused keeps its reason, whatever else comes in of its record: another copy of the worklist, another change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procedures import test_new_customer as customers
from tests.procedures import test_property_office as property_office
from tests.tools.customers import SHOP
from tests.tools.office import Office

KEY, LOG = customers.KEY, property_office.LOG
DONE = property_office.DONE


def log(**more: Any) -> dict[str, Any]:
    return {"fees_helped": 3, "received": 2, "advised": 4, "office_kept": "是", **DONE} | more


@pytest.mark.parametrize("together", [True, False])
def test_a_copy_on_which_the_refused_row_stands_as_it_was_says_nothing_to_its_correction(
    tmp_path: Path, together: bool
) -> None:
    office = Office(tmp_path, ["property_office", "matters_to_mend"], property_office.PEOPLE)
    office.run("2026-11-03 08:00")
    office.answer("WY01", {LOG: log(fees_helped=-3)})
    office.run("2026-11-03 09:00")
    # on two copies of one worklist: the row is put right, but for its day; another row is done
    office.answer("WY01", {LOG: log(duty_done_on="2026-11-02")})
    office.answer("WY01", {"ZF2026-11-02-WY01": property_office.check("正常", check_text="通道畅通")})
    if not together:
        later = sorted(office.settings.inbox.glob("*任务表*"))[-1]
        content = later.read_bytes()
        later.unlink()
        office.run("2026-11-03 10:00")
        office.put("又一份.xlsx", content)
    office.run("2026-11-03 11:00")
    (told,) = office.exceptions()
    assert "2026-11-02" in told and "-3" not in told
    (row,) = office.worklist("WY01", "当日工作")
    assert (row["协助收费户数"], str(row["事项办理日期"])[:10]) == (3, "2026-11-02")
    office.answer("WY01", {LOG: log()})
    office.run("2026-11-03 12:00")
    assert (office.exceptions(), office.record("管理处事项", LOG)["协助收费户数"]) == ([], 3)


def change(item: str, value: str, **more: Any) -> dict[str, Any]:
    said = {"licence_no": KEY, "change_kind": "变更", "change_item": item, "changed_to": value, "change_reason": "x"}
    return said | {"effective_on": "2026-11-03", "handled_by": "李敏"} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["new_customer"], [*customers.PEOPLE, ("A01", "李敏", "系统管理员")])
    area = {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"}
    office.drop("area_list", area)
    office.drop("registration", SHOP)
    office.run("2026-11-02 09:00")
    return office


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    "wrong", [change("许可证号", "131123100077"), change("不存在的栏", "y")], ids=["a key", "no field"]
)
def test_a_refused_change_is_not_over_for_another_change_of_its_customer(
    office: Office, wrong: dict[str, Any], together: bool
) -> None:
    office.drop("change_sheet", wrong, name="一.xlsx")
    if not together:
        office.run("2026-11-03 09:00")
    office.drop("change_sheet", change("负责人", "张大"), name="二.xlsx")
    office.run("2026-11-03 10:00")
    assert office.record("客户", KEY)["负责人"] == "张大"
    (row,) = office.open_exceptions()
    assert row["文件"] == "一.xlsx"
    office.drop("change_sheet", change("不存在的栏二", "z"), name="三.xlsx")  # nor for another one that is refused
    office.run("2026-11-04 09:00")
    assert sorted(row["文件"] for row in office.open_exceptions()) == ["一.xlsx", "三.xlsx"]


@pytest.mark.parametrize("name", ["一.xlsx", "改好.xlsx"])
@pytest.mark.parametrize("together", [True, False])
def test_a_refused_change_is_over_when_it_comes_right(office: Office, name: str, together: bool) -> None:
    office.drop("change_sheet", change("甲乙丙", "13932819999"), name="零.xlsx" if together else name)
    if not together:
        office.run("2026-11-03 09:00")
        assert len(office.exceptions()) == 1
    office.drop("change_sheet", change("联系电话", "13932819999"), name=name)
    office.run("2026-11-03 10:00")
    assert (office.exceptions(), office.record("客户", KEY)["联系电话"]) == ([], "13932819999")
