"""Labels under one that spans them: whose they are is said above, and the word that there are several says nothing."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from pipeline.settings.known_forms import known_forms
from schemas.language.catalogue import load_catalogue

VALUES = {
    "店名": ("惠民超市", "平安商店"),
    "老板": ("张三喜", "李四光"),
    "店址": ("武强县周窝镇周窝村12号", "武强县周窝镇周窝村13号"),
    "住址": ("武强县周窝镇周窝村1号", "武强县周窝镇周窝村3号"),
    "所在乡镇": ("周窝镇", "周窝镇"),
    "身份证": ("131123197001011232", "131123197203045678"),
    "电话": ("13932820018", "13932820026"),
}
OWN = {
    "店名": "customer_name",
    "老板": "principal",
    "店址": "shop_address",
    "所在乡镇": "area_of_shop",
    "身份证": "resident_id",
    "电话": "contact_phone",
}


def read_under(parent: str, *labels: str, beside: tuple[str, ...] = ()) -> Reading:
    """What is read of a registration of two shops with *labels* merged under *parent*, and others *beside* them."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["武强县新入网户名单"])
    page.append(["许可证号", "有效期至", *beside, parent])
    page.append([None] * (2 + len(beside)) + [*labels])
    first = 3 + len(beside)
    page.merge_cells(start_row=2, end_row=2, start_column=first, end_column=first - 1 + len(labels))
    for column in range(1, first):
        page.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    for row, number in enumerate(("131123100018", "131123100026")):
        page.append([number, "2029-03-04", *(VALUES[label][row] for label in (*beside, *labels))])
    held = io.BytesIO()
    book.save(held)
    return read_file("名单.xlsx", held.getvalue(), "hash", known_forms(load_catalogue()))


@pytest.mark.parametrize(
    "parent",
    [
        "店家情况",
        "店铺信息",
        "客户情况",
        "经营户基本情况",
        "商户概况",
        "零售户资料",
        "基本情况",
        "基本信息",
        "门店简况",
    ],
)
def test_what_a_group_says_of_the_customer_is_the_customer_s(parent: str) -> None:
    reading = read_under(parent, *OWN)
    (extract,) = reading.extracts
    assert {code: extract.values[code] for code in OWN.values()} == {
        code: [*VALUES[label]] for label, code in OWN.items()
    }
    assert [each for each in reading.findings if each.rule.startswith(("column", "header"))] == []


@pytest.mark.parametrize(
    "parent", ["配偶情况", "担保人情况", "送货员情况", "房东概况", "紧急联系人资料", "丈夫信息", "代办", "家庭情况"]
)
def test_what_a_group_says_of_somebody_else_is_not(parent: str) -> None:
    (extract,) = read_under(parent, "电话", "身份证", "住址", beside=("店名", "老板", "店址", "所在乡镇")).extracts
    assert not {"contact_phone", "resident_id"} & set(extract.values)
    assert extract.values["shop_address"] == [*VALUES["店址"]]
