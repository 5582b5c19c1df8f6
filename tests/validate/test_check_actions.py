from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.checked import Checked
from pipeline.domain.extract import Extract
from pipeline.domain.place import cell_name, pack
from pipeline.domain.rulebook import Rulebook
from pipeline.validate.check_actions import check_deeds
from schemas.language import Layout
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context
from tests.schemas.test_forms import TODAY

CATALOGUE = load_catalogue()
CUSTOMERS = CATALOGUE.register("customers")
FORM = CATALOGUE.form("change_sheet")
COLUMNS = {
    "许可证号": "A",
    "变更类型": "B",
    "变更项目": "C",
    "变更后内容": "D",
    "生效日期": "E",
    "原因": "F",
    "经办人": "G",
}


def change(*rows: tuple[Any, ...]) -> Checked:
    """Judge rows of 变更项目 and 变更后内容, and of 变更类型 when a third cell is given."""
    cells = [
        ["131123100018", row[2] if len(row) > 2 else "变更", row[0], row[1], "2026-11-20", None, "李敏"] for row in rows
    ]
    codes = [field.code for field in FORM]
    extract = Extract(
        FORM.code,
        "sha",
        "变更.xlsx",
        "表1",
        Layout.LIST,
        [pack(at, 0) for at in range(1, len(rows) + 1)],
        {code: [row[at] for row in cells] for at, code in enumerate(codes)},
        {code: [pack(row, at) for row in range(1, len(rows) + 1)] for at, code in enumerate(codes)},
    )
    return check_deeds(CUSTOMERS, FORM, [extract], Context(TODAY))


def told(checked: Checked) -> list[tuple[str, str]]:
    book = Rulebook(CATALOGUE)
    return [(found.cell, book.word(found, "zh").sentence) for found in checked.findings]


@pytest.mark.parametrize(
    ("item", "value", "held"),
    [
        ("联系电话", "139 3282 9999", {"contact_phone": "13932829999"}),
        ("手机号码", 13932829999, {"contact_phone": "13932829999"}),
        ("企业（字号）名称", "惠民便利店", {"customer_name": "惠民便利店"}),
        ("业态", "便利", {"trade_type": "convenience"}),
        ("订货日", "星期三", {"order_day": "wed"}),
        ("有效期止", "2028年3月4日", {"valid_until": "2028-03-04"}),
        ("有效期限", "2025-01-05至2030-01-04", {"valid_from": "2025-01-05", "valid_until": "2030-01-04"}),
        (
            "1、联系电话\n2、经营地址",
            "1、13932829999\n2、武强县周窝镇周窝村15号",
            {"contact_phone": "13932829999", "shop_address": "武强县周窝镇周窝村15号"},
        ),
        ("联系电话、负责人", "13932829999；李四", {"contact_phone": "13932829999", "principal": "李四"}),
    ],
)
def test_a_new_value_is_read_as_the_field_that_the_row_names(item: str, value: Any, held: dict[str, str]) -> None:
    (record,) = change((item, value)).records

    assert record.values == held
    assert {cell_name(record.cells[code]) for code in held} == {"D2"}
    assert (record.action["change_kind"], record.action["effective_on"]) == ("changed", "2026-11-20")


@pytest.mark.parametrize(
    ("item", "value", "cell", "sentence"),
    [
        ("联系电话", "1393282", "D2", "联系电话“1393282”不是完整的电话号码"),
        ("身份证号", 131123198001010013, "D2", "身份证号被存成了数字"),
        ("客户档位", "31", "D2", "客户档位“31”超出范围"),
        ("招牌颜色", "红", "C2", "变更项目“招牌颜色”不是表上的栏目"),
        ("许可证号", "131123100026", "C2", "“许可证号”是台账的编号，不能变更"),
        ("档案号", "2026-0009", "C2", "“档案号”由程序填写，不能变更"),
        ("审核结论", "通过", "C2", "“审核结论”由“审核”环节填写，不能在这里变更"),
        ("核实人", "王一", "C2", "“核实人”由“核实”环节填写，不能在这里变更"),
        ("联系电话\n负责人", "13932829999", "D2", "要变更 2 项，变更后内容却有 1 行，对不上"),
        ("联系电话\n手机号码", "13932829999\n13932829998", "D2", "要变更 1 项，变更后内容却有 2 行，对不上"),
        ("联系电话", None, "D2", "变更后内容没有填写：变更类型为“变更”时必填"),
        ("备注\n负责人", "/\n李四", "D2", "变更后内容没有填写"),
    ],
)
def test_what_cannot_be_changed_so_is_told_at_its_cell_and_stays_out(
    item: str, value: Any, cell: str, sentence: str
) -> None:
    checked = change((item, value))

    ((where, what),) = told(checked)
    assert where == cell
    assert what.startswith(sentence)
    assert checked.records == []
    assert len(checked.rejected) == 1


def test_a_row_is_whole_or_not_at_all() -> None:
    checked = change(("联系电话\n负责人", "1393282\n李四"), ("负责人", "李四"))

    assert [cell_name(record.row) for record in checked.records] == ["A3"]
    assert [cell for cell, _ in told(checked)] == ["D2"]


def test_a_label_that_is_nearly_right_is_not_guessed_but_named() -> None:
    (finding,) = change(("经营地扯", "武强县周窝镇")).findings

    assert "经营地址" in Rulebook(CATALOGUE).word(finding, "zh").fix
    assert "Shop address" in Rulebook(CATALOGUE).word(finding, "en").fix


def test_a_pause_needs_no_item_and_changes_no_value() -> None:
    (record,) = change((None, None, "歇业")).records

    assert (record.values, record.action["change_kind"]) == ({}, "suspended")


def test_the_repair_of_a_new_value_is_told_at_its_cell() -> None:
    checked = change(("有效期止", "28-3-4"))

    assert told(checked) == [("D2", "有效期止“28-3-4”按 2028-03-04 录入")]
    assert checked.records[0].repaired
