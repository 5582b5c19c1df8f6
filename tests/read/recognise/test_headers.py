import pytest

from pipeline.read.read_file import read_file
from pipeline.settings.known_forms import known_forms
from schemas.language.catalogue import load_catalogue
from tests.read.sheets import read, records, rules
from tests.score.column_sheets import sheet

SHOP = {"no": "900002", "name": "甲店", "keeper": "张三", "tel": "13900000001"}


@pytest.mark.parametrize(
    ("sheet", "merges"),
    [
        (
            "店铺编码 | 店铺名称 | 掌柜信息 | \n | | 掌柜姓名 | 联系电话\n900002 | 甲店 | 张三 | 13900000001",
            ("A1:A2", "B1:B2", "C1:D1"),
        ),
        (  # not merged
            "店铺编码 | 店铺名称 | 掌柜 | \n | | 掌柜姓名 | 电话\n900002 | 甲店 | 张三 | 13900000001",
            (),
        ),
        (  # three rows
            "店铺信息 | | 人员 |\n店铺编码 | 店铺名称 | 掌柜 | \n | | 掌柜姓名 | 手机号\n900002 | 甲店 | 张三 | 13900000001",
            ("A1:B1", "C1:D1", "A2:A3", "B2:B3", "C2:D2"),
        ),
        (  # labels broken over two rows
            "店铺 | 店铺 | 掌柜 | 店铺\n编码 | 名称 | 姓名 | 电话\n900002 | 甲店 | 张三 | 13900000001",
            (),
        ),
        (  # broken within their cells
            "店铺\\n编码 | 店铺\\n名称 | 掌\\n柜 | 店铺\\n电话\n900002 | 甲店 | 张三 | 13900000001",
            (),
        ),
    ],
)
def test_labels_over_several_rows(sheet: str, merges: tuple[str, ...]) -> None:
    reading = read(sheet, *merges)
    assert [records(each) for each in reading.extracts] == [[SHOP]]
    assert rules(reading) == []


def test_who_stands_above_says_whose_it_is() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 掌柜 | 送货员 | \n | | | 姓名 | 电话\n900002 | 甲店 | 张三 | 李四 | 13900000009",
        *("A1:A2", "B1:B2", "C1:C2", "D1:E1"),
    )
    (extract,) = reading.extracts
    assert records(extract) == [{"no": "900002", "name": "甲店", "keeper": "张三"}]
    assert rules(reading) == [("column.unknown", "D2"), ("column.unknown", "E2")]


def test_words_that_stand_on_many_sheets_make_no_header() -> None:
    reading = read("日期 | 数量 | 电话\n2026-11-02 | 3 | 13900000001")
    assert [rule for rule, _ in rules(reading)] == ["sheet.foreign"]


def test_a_name_that_some_other_form_may_mean_by_its_key_begins_no_second_table() -> None:
    form = load_catalogue().form("registration")
    labels = {"principal": "姓名"}
    content, codes = sheet(form, labels)
    reading = read_file("台账.xlsx", content, "0" * 64, known_forms(load_catalogue()))
    assert [each.form for each in reading.extracts] == ["registration"]
    assert rules(reading) == []
    assert len(reading.extracts[0].cells) == len(codes)
