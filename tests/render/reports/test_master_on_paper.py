"""A master of fifty customers on paper: on A4, to be read, and no more pages than it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from stdnum.cn import ric, uscc

from pipeline.domain import embedded_metadata
from pipeline.render.xlsx.workbook import Book, Chart, Table, TableColumn, WorkbookSheet
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Kind
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS
from tests.tools.office import Office
from tests.tools.paper import Printed, is_a4

CUSTOMERS = 50
VILLAGES = ("周窝镇周窝村", "武强镇平安街", "东孙庄镇吉家屯", "豆村镇豆村", "北代镇北代村", "街关镇街关村")
PEOPLE = [
    ("K01", "王建国", "客户经理"),
    ("K02", "李秀英", "客户经理"),
    ("K03", "刘洋", "客户经理"),
    ("S01", "赵敏", "市场经理"),
]


def registered(number: int) -> Cells:
    person = f"131123{1960 + number % 40}0312{number:03}"
    company = f"92131123MA0A{number:05}"
    return {
        "licence_no": f"1311231{number:05d}",
        "customer_name": f"武强县惠民第{number}便利店",
        "principal": "张三喜",
        "resident_id": person + ric.calc_check_digit(person + "0"),
        "credit_code": company + uscc.calc_check_digit(company),
        "contact_phone": f"139328200{number:02d}",
        "shop_address": f"武强县{VILLAGES[number % 6]}{number}号临街门市",
        "area_of_shop": VILLAGES[number % 6].partition("镇")[0] + "镇",
        "market_type": "乡村",
        "trade_type": "便利店",
        "valid_from": "2024-03-05",
        "valid_until": "2029-03-04",
        "registered_on": "2026-11-02",
        "filled_by": "李敏",
        "remarks": "门市临街，门前可停车",
    }


def visited(number: int, by: str) -> Cells:
    return {
        "verdict": "属实",
        "market_type": "乡村",
        "trade_type": "便利店",
        "trading_district": "居民区",
        "shop_scale": "中",
        "order_way": "网上订货",
        "pay_way": "电子结算",
        "order_day": "周三",
        "delivery_route": f"{number % 9:02}线",
        "customer_grade": number % 30 + 1,
        "policy_told": "已完成",
        "supply_told": "已完成",
        "ordering_told": "已完成",
        "verified_on": "2026-11-03",
        "verified_by": by,
        "verification_note": "证照齐全，亮证经营",
    }


def content(folder: Path) -> bytes:
    office = Office(folder, ["new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    office.drop("registration", *(registered(number) for number in range(10, 10 + CUSTOMERS)))
    office.run("2026-11-02 09:00")
    for person, name, _ in PEOPLE[:3]:
        keys = [row["许可证号"] for row in office.worklist(person, "核实")]
        office.answer(person, {key: visited(int(key[-5:]), name) for key in keys})
    office.run("2026-11-03 09:00")
    keys = [row["许可证号"] for row in office.worklist("S01", "审核")]
    passed = {"conclusion": "通过", "opinion": "资料齐全", "reviewed_on": "2026-11-04", "reviewed_by": "赵敏"}
    office.answer("S01", dict.fromkeys(keys[:30], passed))
    office.run("2026-11-04 09:00")
    return (office.settings.outbox / "master.xlsx").read_bytes()


def test_fifty_customers_are_eight_pages_of_a4_that_can_be_read(
    tmp_path: Path, print_all: Callable[[Mapping[str, bytes]], dict[str, Printed]]
) -> None:
    made = content(tmp_path)

    paper = print_all({"master": made})["master"]

    assert all(is_a4(size) for size in paper.sizes())
    assert paper.least_letters() >= 7
    texts = paper.texts()
    customers = [text for text in texts if "经营地址" in text]
    assert "\n".join(customers).count("便利店") >= CUSTOMERS
    for text in customers:  # each page begins with the labels, and tells which of how many it is
        for label in ("许可证号", "客户名称", "当前状态", "当前办理人", "应办结日", "经营地址", "联系电话"):
            assert label in text.replace(" ", "")
    for page, text in enumerate(texts, 1):
        assert f"第{page}页，共{len(texts)}页" in text.replace(" ", "")
    assert paper.pages <= 8


def test_what_is_not_printed_is_a_click_away_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(content(tmp_path))
    book = openpyxl.load_workbook(path)
    sheet = book["客户"]

    (table,) = sheet.tables.values()
    header, first, *_ = sheet[table.ref]
    found = {str(cell.value): cell for cell in header}
    row = {label: first[at].value for at, label in enumerate(found)}
    assert row["身份证号"] == registered(10)["resident_id"] and row["统一社会信用代码"] == registered(10)["credit_code"]
    assert (
        row["备注"] == "门市临街，门前可停车" and row["说明"] == "证照齐全，亮证经营" and row["审核意见"] == "资料齐全"
    )

    sizes = {at: size for size in sheet.column_dimensions.values() for at in range(size.min, size.max + 1)}
    folded = {label for label, cell in found.items() if cell.column in sizes and sizes[cell.column].hidden}
    assert {"备注", "来源出处", "表外栏目", "说明"} <= folded
    assert not folded & {"许可证号", "客户名称", "当前状态", "当前办理人", "应办结日", "经营地址", "联系电话"}
    assert all(sizes[found[label].column].outlineLevel == 1 for label in folded)
    assert embedded_metadata.SHEET in book.sheetnames


def test_a_statistic_of_many_columns_goes_on_beside_in_letters_that_can_be_read(
    print_all: Callable[[Mapping[str, bytes]], dict[str, Printed]],
) -> None:
    columns = (TableColumn("月份"), *(TableColumn(f"第{at}项按时完成率", Kind.NUMBER) for at in range(1, 19)))
    rows = [[f"2026-{month:02}", *range(month, month + 18)] for month in range(1, 13)]
    wide = Table("figures", columns, rows, heading="各项考核", chart=Chart("各项考核", (1, 2)))
    made = write(Book((WorkbookSheet("统计", (wide,)),), {}))

    paper = print_all({"wide": made})["wide"]

    assert all(is_a4(size) for size in paper.sizes())
    assert paper.least_letters() >= 7
    whole = "".join(paper.texts()).replace(" ", "").replace("\n", "")
    assert all(f"第{at}项" in whole for at in range(1, 19))
    assert paper.pages <= 3
