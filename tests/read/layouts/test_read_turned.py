import pytest

from tests.read.sheets import places, read, records, rules


def test_fields_down_and_records_across() -> None:
    reading = read(
        """
开店登记表 | | |
项目 | 第一户 | 第二户 |
店铺编码 | 900002 | 900003 |
店铺名称 | 甲 | 乙 |
掌柜 | 张 | 王 |
店铺电话 | | 139 |
填报者：李敏 | | |
"""
    )
    (extract,) = reading.extracts
    assert extract.layout == "turned"
    assert records(extract) == [
        {"no": "900002", "name": "甲", "keeper": "张", "filer": "李敏"},
        {"no": "900003", "name": "乙", "keeper": "王", "tel": "139", "filer": "李敏"},
    ]
    assert places(extract, "no") == ["B3", "C3"]
    assert places(extract, "tel") == ["B6", "C6"]
    assert rules(reading) == []


@pytest.mark.parametrize(
    "below",
    [
        "填报日：2026-11-19\n掌柜（签字）：",
        "掌柜（签字）：\n填报日：2026-11-19",
        "填报日：2026-11-19\n填报者：李敏\n掌柜（签字）：",
    ],
)
def test_lines_of_day_and_signature_below_are_no_fields_of_the_records(below: str) -> None:
    reading = read(f"店铺编码 | 900002 | 900003\n店铺名称 | 甲 | 乙\n掌柜 | 张 | 王\n附言 | | 新\n{below}")
    (extract,) = reading.extracts
    assert (extract.values["no"], extract.values["keeper"]) == (["900002", "900003"], ["张", "王"])
    assert extract.values["filed"] == ["2026-11-19", "2026-11-19"]
    assert rules(reading) == []


def test_a_line_between_the_labels_is_of_all_records() -> None:
    reading = read("店铺编码 | 900002 | 900003\n填报日：2026-11-19\n店铺名称 | 甲 | 乙\n掌柜 | 张 | 王")
    (extract,) = reading.extracts
    assert (extract.values["no"], extract.values["keeper"]) == (["900002", "900003"], ["张", "王"])
    assert extract.values["filed"] == ["2026-11-19", "2026-11-19"]


@pytest.mark.parametrize("between", ["开业 | x | y\n电费 | 3 | 4\n面积 | 30 | 40\n", "\n\n\n"])
def test_labels_that_no_form_knows_or_blank_rows_between_part_no_record_from_its_others(between: str) -> None:
    reading = read(f"店铺编码 | 900002 | 900003\n店铺名称 | 甲 | 乙\n{between}掌柜 | 张 | 王")
    (extract,) = reading.extracts
    assert (extract.values["no"], extract.values["keeper"]) == (["900002", "900003"], ["张", "王"])


def test_misspelt_first_label_and_extra_last_row() -> None:
    reading = read(
        "店铺编玛 | 900002 | 900003\n店铺名称 | 甲 | 乙\n掌柜 | 张 | 王\n店铺电话 | 138 | 139\n面积 | 30 | 40"
    )
    (extract,) = reading.extracts
    assert extract.values["no"] == ["900002", "900003"]
    assert extract.notes == {"面积": ["30", "40"]}
    assert rules(reading) == [("header.misspelt", "A1"), ("column.unknown", "A5")]


def test_a_page_that_explains_the_labels_is_no_list() -> None:
    reading = read(
        {
            "表": "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张",
            "怎么填": "栏目 | 必填 | 填写说明 | 示例\n店铺编码 | 是 | 六位 | 900001\n店铺名称 | 是 | 招牌 | 样板店\n掌柜 | 是 | 姓名 | 甲",
        }
    )
    assert [extract.sheet for extract in reading.extracts] == ["表"]
