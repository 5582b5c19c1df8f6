"""What a worklist takes as it is typed, key by key, in LibreOffice."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from schemas.roster.samples import AREAS
from tests.circle.editors import Calc, press_keys
from tests.tools.office import Office

KNOWN_PHONE, KNOWN_ID = "13932820088", "131123198003120013"
SHOP = {"licence_no": "131123100018", "customer_name": "新星副食店", "principal": "张三喜", "resident_id": KNOWN_ID}
SHOP |= {"contact_phone": KNOWN_PHONE, "shop_address": "武强镇平安街12号", "valid_until": "2029-03-04"}


@pytest.fixture(scope="module")
def worklist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if why := Calc.missing():
        pytest.skip(why)
    people = [
        ("K01", "王建国", "客户经理"),
        ("K02", "李秀英", "客户经理"),
        ("K03", "刘洋", "客户经理"),
        ("S01", "赵敏", "市场经理"),
    ]
    office = Office(tmp_path_factory.mktemp("typing"), ["new_customer"], people)
    office.drop("area_list", *AREAS.records)
    office.drop("registration", SHOP)
    office.run("2026-11-02 09:00")
    (path,) = (
        each
        for each in (office.settings.outbox / "worklists").iterdir()
        if "核实" in openpyxl.load_workbook(each).sheetnames
    )
    return path


def test_what_cannot_be_is_refused_and_what_can_is_taken(worklist: Path) -> None:
    page = openpyxl.load_workbook(worklist)["核实"]
    head = next(row for row in page.iter_rows() if any(cell.value == "核实日期*" for cell in row))
    at = {str(cell.value).strip("*"): f"{cell.column_letter}{cell.row + 1}" for cell in head}
    tried = [  # in this order: the field, what is typed, what then stands there
        ("核实日期", "上午", ""),
        ("核实日期", "11.24", ""),
        ("核实日期", "2150-01-01", ""),
        ("核实日期", "2026-13-40", ""),
        ("核实日期", "2020-01-02", "2020-01-02"),
        ("客户档位", "很大", ""),
        ("客户档位", "12", "12"),
        ("核实结果", "对", ""),
        ("核实结果", "属实", "属实"),
        ("联系电话", "123", KNOWN_PHONE),
        ("联系电话", "没有电话了", KNOWN_PHONE),
        ("联系电话", "0318-3832100", "0318-3832100"),
        ("身份证号", "13112319800312001", KNOWN_ID),
        ("身份证号", "13112319751120012X", "13112319751120012X"),
        ("说明", "去过两次", "去过两次"),
    ]
    assert press_keys(worklist, "核实", [(at[label], text) for label, text, _ in tried]) == [
        left for _, _, left in tried
    ]
