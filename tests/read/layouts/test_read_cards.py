import pytest

from tests.read.sheets import ignored, places, read, records, rules


def test_values_to_the_right_of_their_labels() -> None:
    reading = read(
        """
开店登记表 | | |
店铺编码 | 900002 | 店铺 名称： | 甲店
掌柜（签字） | 张三 | 店铺电话 | #13900000001
租赁期限 | 2024-1-1至2025-1-1 | 附言 |
"""
    )
    (extract,) = reading.extracts
    assert extract.layout == "card"
    assert records(extract) == [
        {
            "no": "900002",
            "name": "甲店",
            "keeper": "张三",
            "tel": 13900000001.0,
            "since": "2024-1-1至2025-1-1",
            "until": "2024-1-1至2025-1-1",
        }
    ]
    assert places(extract, "tel") == ["D3"]
    assert places(extract, "hint") == ["D4"]
    assert rules(reading) == []


def test_values_in_merged_cells() -> None:
    reading = read(
        "店铺编码 | | 900002 | |\n店铺名称 | | 甲店 | |\n掌柜 | | | 店铺电话 | 139",
        *("A1:B1", "C1:E1", "A2:B2", "C2:E2", "A3:B3"),
    )
    assert records(reading.extracts[0]) == [{"no": "900002", "name": "甲店", "tel": "139"}]


def test_values_below_their_labels() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜\n900002 | 甲店 | 张\n店铺电话 | 镇街 | 附言\n139 | | 新店")
    assert records(reading.extracts[0]) == [
        {"no": "900002", "name": "甲店", "keeper": "张", "tel": "139", "hint": "新店"}
    ]
    assert places(reading.extracts[0], "tel") == ["A4"]


def test_label_and_value_in_one_cell() -> None:
    reading = read("店铺编码：900002 | 店铺名称：甲店\n掌 柜： 张三 | 店铺电话：\n店铺类型：☑大店 □小店 | 附言：")
    assert records(reading.extracts[0]) == [{"no": "900002", "name": "甲店", "keeper": "张三", "size": "☑大店 □小店"}]
    assert places(reading.extracts[0], "keeper") == ["A2"]


def test_boxes_in_cells_of_their_own_are_one_answer() -> None:
    reading = read("店铺编码 | 900002 | |\n店铺名称 | 甲 | 掌柜 | 张\n店铺类型 | □大店 | ☑小店 |")
    assert records(reading.extracts[0])[0]["size"] == "□大店 ☑小店"


def test_several_cards_below_each_other_share_what_stands_once() -> None:
    card = "店铺编码 | {} | 店铺名称 | {}\n掌柜 | {} | 店铺电话 | \n | | |\n"
    reading = read(card.format("900002", "甲", "张") + card.format("900003", "乙", "王") + "填报者：李敏 | | |")
    (extract,) = reading.extracts
    assert [(each["no"], each["keeper"], each["filer"]) for each in records(extract)] == [
        ("900002", "张", "李敏"),
        ("900003", "王", "李敏"),
    ]


def test_cards_side_by_side() -> None:
    reading = read(
        """
店铺编码 | 900002 | | 店铺编码 | 900003
店铺名称 | 甲 | | 店铺名称 | 乙
掌柜 | 张 | | 掌柜 | 王
"""
    )
    assert [(each["no"], each["keeper"]) for extract in reading.extracts for each in records(extract)] == [
        ("900002", "张"),
        ("900003", "王"),
    ]


def test_a_misspelt_label_of_a_card() -> None:
    reading = read("店铺编码 | 900002\n店铺名程 | 甲\n掌柜 | 张")
    assert rules(reading) == [("header.misspelt", "A2")]
    assert records(reading.extracts[0])[0]["name"] == "甲"


def test_a_blank_card_is_known_but_empty() -> None:
    reading = read("店铺编码 | | 店铺名称 |\n掌柜 | | 店铺电话 |")
    assert rules(reading) == [("sheet.blank", "")]
    assert not reading.refused


def test_a_value_that_reads_like_the_label_of_another_form_is_a_value() -> None:
    reading = read("店铺编码 | 900002 | 走访结论 | 电话\n走访日期 | @2025-03-05 | 走访者 | 丙")
    assert records(reading.extracts[0])[0]["seen"] == "电话"


def test_cards_left_blank_in_a_row_are_no_list() -> None:
    reading = read("店铺编码：900002 | 店铺名称：甲\n掌柜：张 | 镇街：东镇\n店铺电话： | 附言：")
    assert records(reading.extracts[0]) == [{"no": "900002", "name": "甲", "keeper": "张", "town": "东镇"}]


def test_stacked_rows_of_labels_with_a_misspelt_one() -> None:
    reading = read("店铺编码 | 店铺名程 | 镇街\n900002 | 甲 | 东镇\n掌柜 | 店铺电话 | 附言\n张 | 139 |")
    assert records(reading.extracts[0]) == [
        {"no": "900002", "name": "甲", "town": "东镇", "keeper": "张", "tel": "139"}
    ]


def test_what_no_form_knows_is_kept_as_a_note() -> None:
    reading = read(
        "店铺编码 | 900002 | 经度 | 115.9\n店铺名称 | 甲 | 掌柜 | 张\n门头：木制 | | 店铺电话 | 139\n审核： | 王 | |"
    )
    (extract,) = reading.extracts
    assert extract.notes == {"经度": ["115.9"], "门头": ["木制"]}
    assert [(finding.rule, finding.cell) for finding in reading.findings] == [
        ("column.unknown", "C1"),
        ("column.unknown", "A3"),
    ]


def test_of_two_labels_for_one_field_the_better_is_taken_and_the_other_told() -> None:
    reading = read("店铺编码 | 900002 | 招牌（字号）名称 | 乙\n店铺名称 | 甲 | 掌柜 | 张\n店铺电话 | 139 | 手机 | 138")
    (extract,) = reading.extracts
    (shop,) = records(extract)
    assert (shop["name"], shop["tel"]) == ("甲", "139")
    assert extract.notes == {"招牌（字号）名称": ["乙"], "手机": ["138"]}
    assert {(each.rule, each.value) for each in reading.findings} == {
        ("column.unknown", "招牌（字号）名称"),
        ("column.unknown", "手机"),
    }


def test_a_value_that_stands_twice_is_told_nowhere() -> None:
    reading = read("店铺编码 | 900002 | 店铺名称 | 甲\n掌柜 | 张 | 招牌（字号）名称 | 甲")
    assert reading.findings == []
    assert reading.extracts[0].notes == {}


def test_unknown_labels_after_the_last_known_one_are_kept_as_notes() -> None:
    reading = read("店铺编码 | 900002 | 店铺名称 | 甲\n掌柜 | 张 | |\n经度 | 115.9 | 纬度 | 38.0\n门头：红底 | | |")
    assert reading.extracts[0].notes == {"经度": ["115.9"], "纬度": ["38.0"], "门头": ["红底"]}
    found = [(finding.rule, finding.value, finding.cell) for finding in reading.findings]
    assert found == [
        ("column.unknown", "经度", "A3"),
        ("column.unknown", "纬度", "C3"),
        ("column.unknown", "门头", "A4"),
    ]


def test_labels_after_the_last_known_one_stop_at_signatures_and_at_the_next_card() -> None:
    card = "店铺编码 | {} | 店铺名称 | {}\n掌柜 | {} | |\n经度 | {} | |\n"
    reading = read(
        card.format("900002", "甲", "张", "115.9")
        + card.format("900003", "乙", "王", "116.1")
        + "审核人： | 赵敏 | 日期： | 2025年3月4日\n路长： | 孙 | |"
    )
    assert reading.extracts[0].notes == {"经度": ["115.9", "116.1"]}
    assert ignored(reading) == [(7, "signature")]


def test_titles_and_notes_around_a_card_are_listed_as_ignored() -> None:
    reading = read("开店登记表 |\n店铺编码 | 900002\n店铺名称 | 甲\n掌柜 | 张\n注：一式两份 |\n（盖章） |")
    assert ignored(reading) == [(1, "title"), (5, "note"), (6, "signature")]


def test_unknown_labels_below_the_last_values_are_kept_when_values_stand_below() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲店 | 张\n店铺电话 | 镇街 | 附言\n139 | | 新店\n经度 | 纬度 |\n115.9 | 38.0 |"
    )
    assert reading.extracts[0].notes == {"经度": ["115.9"], "纬度": ["38.0"]}


def test_a_label_left_blank_does_not_take_the_title_of_the_next_card() -> None:
    card = "开店登记表 |\n店铺编码：{} | 店铺名称：{}\n店铺电话：{} | 掌柜：{}\n"
    reading = read(card.format("900002", "甲", "", "张") + card.format("900003", "乙", "139", "王"))
    assert [each.get("tel") for each in records(reading.extracts[0])] == [None, "139"]


@pytest.mark.parametrize(
    "card",
    [
        "店铺编玛 | 900002\n店铺名称 | 甲\n掌柜 | 张",
        "店铺名称 | 甲 | 掌柜 | 张\n店铺编玛 | 900002 | 店铺电话 |",
        "店铺编玛：900002\n店铺名称：甲\n掌柜：张",
        "店铺编玛 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n店铺电话 | 镇街 | 附言\n139 | 东镇 | 新",
    ],
)
def test_a_slip_in_the_label_of_the_key_is_taken_where_its_number_tells(card: str) -> None:
    reading = read(card)
    assert [rule for rule, _ in rules(reading)] == ["header.misspelt"]
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002"]


def test_a_slip_in_the_label_of_the_key_over_something_else_is_not() -> None:
    reading = read("店铺编玛 | 二十号\n店铺名称 | 甲\n掌柜 | 张\n店铺电话 | 139")
    assert "header.missing" in [rule for rule, _ in rules(reading)]


@pytest.mark.parametrize(
    ("card", "cell", "cells"),
    [
        ("店铺编码 | 900002\n店铺名称 | 甲\n掌柜 | 张\n店铺电话 | 13900000002 | 13900000003", "C4", "C4"),
        (
            "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n店铺电话 | 镇街 | 附言\n13900000002 | 东镇 | 新\n13900000003 | 西镇 | 旧\n13900000004",
            "A5",
            "A5、A6",
        ),
        ("店铺编码 | 900002 | 店铺名称 | 甲\n掌柜 | 张 | 租期起 | 2025-03-04\n | | | 2026-03-04", "D3", "D3"),
        ("店铺编码：900002 | 店铺名称：甲\n掌柜：张 |\n店铺电话 | 13900000002 | 0318-3818749", "C3", "C3"),
    ],
)
def test_a_second_value_beside_the_first_is_told(card: str, cell: str, cells: str) -> None:
    reading = read(card)
    found = next(each for each in reading.findings if each.rule == "card.left_over")
    assert (found.cell, dict(found.details)["cells"]) == (cell, cells)


@pytest.mark.parametrize(
    "card",
    [
        "店铺编码 | 900002 | 六位数字\n店铺名称 | 甲 | 与招牌一致\n掌柜 | 张\n店铺电话 | 13900000002 | 例：13900000000",
        "店铺编码 | 900002\n店铺名称 | 甲\n掌柜 | 张\n店铺电话 | 13900000002 | 备用 | 13900000003",
        "店铺编码 | 900002\n店铺名称 | 甲\n掌柜 | 张\n店铺电话 | 13900000002\n备用 | 13900000003",
        "店铺编码 | 店铺名称 | 掌柜 | 店铺电话\n900002 | 甲 | 张 | 13900000002\n镇街 | 租期起 | 租期止 | 附言\n东镇 | 2025-03-04 | 2026-03-04 | 新",
        "店铺编码 | 900002 | 店铺编码 | 900003\n店铺名称 | 甲 | 店铺名称 | 乙\n掌柜 | 张 | 掌柜 | 王\n店铺电话 | 139 | 店铺电话 | 138",
    ],
)
def test_what_stands_beside_a_value_otherwise_is_no_second_one(card: str) -> None:
    assert "card.left_over" not in {rule for rule, _ in rules(read(card))}
