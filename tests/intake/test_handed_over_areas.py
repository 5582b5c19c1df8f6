"""An area changes hands, as an office meets it: the roster sheet is dropped on the second day."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, customers, drop, new_office, shops, told

FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 4)
TOWN = "131123102"
"""周窝镇, where the shop is; K02 李秀英 serves it."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    for sheet in (PEOPLE, AREAS, shops(SHOP)):
        drop(found, sheet)
    run(found, today=FIRST)
    return found


def area(**changes: str) -> Filled:
    (row,) = [row for row in AREAS.records if row["area_code"] == TOWN]
    return Filled("辖区调整.xlsx", "area_list", ({**row, **changes},))


def staff(number: str, **changes: str) -> Filled:
    (row,) = [row for row in PEOPLE.records if row["staff_no"] == number]
    return Filled("人员调整.xlsx", "staff_list", ({**row, **changes},))


def who(settings: Settings) -> tuple[object, object]:
    shop = customers(settings)[str(SHOP["licence_no"])]
    return shop["当前办理人"], shop["分配依据"]


@pytest.mark.parametrize("starts", ["2026-11-04", "2026-10-01"])
def test_from_today_or_earlier_open_work_moves_at_once(settings: Settings, starts: str) -> None:
    drop(settings, area(account_manager_no="K01", in_force_from=starts))

    run(settings, today=SECOND)

    assert who(settings) == ("王建国", "周窝镇（经营地址）；由李秀英转来：辖区换人")
    assert not (settings.outbox / "worklists" / "K02-李秀英.xlsx").exists()
    assert "核实" in openpyxl.load_workbook(settings.outbox / "worklists" / "K01-王建国.xlsx").sheetnames


def test_a_later_day_is_waited_for(settings: Settings) -> None:
    drop(settings, area(account_manager_no="K01", in_force_from="2026-11-10"))

    run(settings, today=SECOND)
    assert who(settings) == ("李秀英", "周窝镇（经营地址）")
    assert told(settings) == []

    run(settings, today=date(2026, 11, 10))
    assert who(settings) == ("王建国", "周窝镇（经营地址）；由李秀英转来：辖区换人")


def test_who_leaves_loses_the_work_the_day_after_the_last(settings: Settings) -> None:
    drop(settings, staff("K02", serves_to="2026-11-04"))

    run(settings, today=SECOND)
    assert who(settings)[0] == "李秀英"

    run(settings, today=date(2026, 11, 5))
    assert who(settings) == (None, "原由李秀英办理，已离岗，尚无人接办")
    ((_, sentence),) = told(settings)
    assert "李秀英（K02）今天不在岗，周窝镇、东孙庄镇 仍写着由李秀英负责；有 1 件待办没人接手：惠民超市" in sentence

    drop(settings, area(account_manager_no="K03"))
    run(settings, today=date(2026, 11, 5))
    assert who(settings)[0] == "刘洋"
    ((_, sentence),) = told(settings)
    assert sentence.startswith("李秀英（K02）今天不在岗，东孙庄镇 仍写着由李秀英负责")
    assert "待办" not in sentence


def test_one_departure_is_one_finding_that_lists_what_it_leaves_open(settings: Settings) -> None:
    more = [
        {**SHOP, "licence_no": f"1311231000{number}", "customer_name": name, "contact_phone": f"139328200{number}"}
        for number, name in ((26, "福来超市"), (34, "新民超市"), (42, "平安商店"))
    ]
    drop(settings, shops(*more, name="周窝.xlsx"))
    run(settings, today=FIRST)
    drop(settings, staff("K02", serves_to="2026-11-03"))

    run(settings, today=SECOND)

    ((_, sentence),) = told(settings)
    assert "李秀英（K02）" in sentence
    assert "周窝镇、东孙庄镇" in sentence
    assert "4 件待办没人接手：" in sentence
    assert all(name in sentence for name in ("惠民超市", "福来超市", "新民超市", "平安商店"))

    handed = tuple({**row, "account_manager_no": "K01"} for row in AREAS.records)
    drop(settings, Filled("辖区调整.xlsx", "area_list", handed))
    run(settings, today=SECOND)
    assert told(settings) == []


def test_an_area_that_names_nobody_is_told_with_the_records_that_wait_for_somebody(settings: Settings) -> None:
    more: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
    drop(settings, shops(more))
    drop(settings, area(account_manager_no="K99"))

    run(settings, today=SECOND)

    sentences = [sentence for _, sentence in told(settings)]
    assert len(sentences) == 1, sentences
    assert "K99" in sentences[0]
    assert "2 件待办没人接手" in sentences[0]


def test_closed_work_keeps_its_name_and_who_left_can_have_done_nothing_since(settings: Settings) -> None:
    drop(settings, staff("K02", serves_to="2026-11-03"))
    handed = tuple({**row, "account_manager_no": "K01"} for row in AREAS.records)
    drop(settings, Filled("辖区调整.xlsx", "area_list", handed))
    visit: Cells = {
        "licence_no": SHOP["licence_no"],
        "verdict": "查无此户",
        "verified_on": "2026-11-03",
        "verified_by": "李秀英",
    }
    drop(settings, Filled("核实.xlsx", "verification", (visit,)))

    run(settings, today=SECOND)
    shop = customers(settings)[str(SHOP["licence_no"])]
    assert (shop["当前状态"], shop["核实人"], shop["当前办理人"]) == ("待审核", "李秀英", "赵敏")
    assert told(settings) == []  # she was there on the day of the visit

    second: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
    drop(settings, shops(second))
    run(settings, today=SECOND)
    drop(
        settings,
        Filled("迟到.xlsx", "verification", ({**visit, "licence_no": "131123100026", "verified_on": "2026-11-04"},)),
    )
    run(settings, today=SECOND)
    ((cell, sentence),) = told(settings)
    assert "李秀英" in sentence
    assert "2026-11-04" in sentence
    assert cell


def test_a_shop_that_comes_with_the_sheet_on_which_its_manager_leaves_is_not_given_to_him(settings: Settings) -> None:
    new: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
    earlier, later = drop(settings, shops(new, name="新户.xlsx")), drop(settings, staff("K02", serves_to="2026-11-03"))
    os.utime(earlier, (1_793_000_000, 1_793_000_000))
    os.utime(later, (1_793_000_060, 1_793_000_060))

    run(settings, today=SECOND)

    shop = customers(settings)["131123100026"]
    assert (shop["当前状态"], shop["当前办理人"]) == ("待分配", None)
    assert any("周窝镇" in sentence for _, sentence in told(settings))
