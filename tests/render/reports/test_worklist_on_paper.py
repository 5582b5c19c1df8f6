"""A worklist of twenty visits on paper: on A4, to be read, and no more pages than it takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl

from pipeline.render.xlsx.workbook_style import FONT_SIZE
from schemas.roster.samples import AREAS
from tests.tools.office import Office

VISITS = 20
A4_BETWEEN_MARGINS = 297 - 2 * 0.4 * 25.4  # millimetres
PIXEL = 25.4 / 96


def content(folder: Path) -> bytes:
    people = [
        ("K01", "王建国", "客户经理"),
        ("K02", "李秀英", "客户经理"),
        ("K03", "刘洋", "客户经理"),
        ("S01", "赵敏", "市场经理"),
    ]
    office = Office(folder, ["new_customer"], people)
    office.drop("area_list", *AREAS.records)
    shops = (
        {
            "licence_no": f"1311231{number:05d}",
            "customer_name": f"惠民第{number}超市",
            "principal": "张三喜",
            "contact_phone": f"139328200{number:02d}",
            "shop_address": f"周窝镇周窝村{number}号",
            "market_type": "乡村",
            "trade_type": "便利店",
            "valid_from": "2024-03-05",
            "valid_until": "2029-03-04",
        }
        for number in range(10, 10 + VISITS)
    )
    office.drop("registration", *shops)
    office.run("2026-11-02 09:00")
    (path,) = (office.settings.outbox / "worklists").glob("K*.xlsx")
    return path.read_bytes()


def test_twenty_visits_are_three_pages_of_a4_that_can_be_read(tmp_path: Path, as_pdf: Callable[[bytes], bytes]) -> None:
    made = content(tmp_path)
    (tmp_path / "worklist.xlsx").write_bytes(made)
    sheet = openpyxl.load_workbook(tmp_path / "worklist.xlsx")["核实"]
    (table,) = sheet.tables.values()
    columns = {
        at: each for each in sheet.column_dimensions.values() for at in range(each.min, each.max + 1) if not each.hidden
    }
    shown = [at for at in range(1, len(table.tableColumns) + 1) if at in columns]
    width = sum(7 * columns[at].width for at in shown) * PIXEL  # the file counts the padding, too
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    assert FONT_SIZE * min(1, A4_BETWEEN_MARGINS / width) >= 8
    # the row's name, all that is to fill, where the shop is and its telephone number are in sight
    labels = {str(sheet[table.ref][0][each - 1].value).strip("*") for each in shown}
    assert {"许可证号", "客户名称", "核实结果", "核实日期", "核实人"} <= labels
    assert len(re.findall(rb"/Type\s*/Page\b", as_pdf(made))) <= 3
