import pytest

from tests.read.sheets import ignored, places, read, records, rules

SHEET = """
东镇开店登记表 | | | |
单位：东镇街道办 | | | | 2025年3月3日
序号 | 店铺编码 | 店铺 名称* | 掌柜（姓名） | 店铺电话
#1 | 900002 | 甲店 | 张三 | #13900000001
#2 | 900003 | 乙店 | 李四 |
#3 | | | |
合 计 | #2 | | |
注：以上由各镇填写 | | | |
审核： | 王五 | | 日期： | 2025年3月4日
"""


def test_rows_between_titles_and_totals_are_the_records() -> None:
    reading = read(SHEET)
    (extract,) = reading.extracts
    assert records(extract) == [
        {"no": "900002", "name": "甲店", "keeper": "张三", "tel": 13900000001.0},
        {"no": "900003", "name": "乙店", "keeper": "李四"},
    ]
    assert places(extract, "keeper") == ["D4", "D5"]
    assert rules(reading) == []


def test_each_ignored_row_is_listed_with_its_reason() -> None:
    assert ignored(read(SHEET)) == [(1, "title"), (2, "unit"), (7, "total"), (8, "note"), (9, "signature")]


def test_a_numbered_row_that_nobody_filled_is_silent() -> None:
    assert 6 not in [row for row, _ in ignored(read(SHEET))]


def test_columns_stand_in_any_order_and_a_sheet_anywhere() -> None:
    reading = read("| | |\n| | |\n| | 掌柜 | 店铺编码 | 店铺名称\n| | 张 | 900002 | 甲店")
    assert records(reading.extracts[0]) == [{"keeper": "张", "no": "900002", "name": "甲店"}]
    assert places(reading.extracts[0], "no") == ["D4"]


def test_unknown_columns_are_kept_as_notes_and_named_each() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 掌柜 | 经度 | 纬度\n900002 | 甲 | 张 | 115.9 | 38.0\n900003 | 乙 | 王 | | 38.1"
    )
    assert reading.extracts[0].notes == {"经度": ["115.9", None], "纬度": ["38.0", "38.1"]}
    found = [(finding.rule, finding.value, finding.cell) for finding in reading.findings]
    assert found == [("column.unknown", "经度", "D1"), ("column.unknown", "纬度", "E1")]


def test_a_column_without_a_label_is_kept_under_its_letter() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 |\n900002 | 甲 | 张 | 待核")
    assert reading.extracts[0].notes == {"D": ["待核"]}


def test_one_cell_for_both_ends_of_a_range_feeds_both_fields() -> None:
    (extract,) = read("店铺编码 | 店铺名称 | 掌柜 | 租期\n900002 | 甲 | 张 | 2024-1-1至2025-1-1").extracts
    assert extract.values["since"] == extract.values["until"] == ["2024-1-1至2025-1-1"]
    assert places(extract, "since") == places(extract, "until") == ["D2"]


def test_what_stands_once_below_the_rows_fills_them_all() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n900003 | 乙 | 王\n填报者：李敏 填报日：2025-3-3 | |")
    (extract,) = reading.extracts
    assert extract.values["filer"] == ["李敏", "李敏"]
    assert extract.values["filed"] == ["2025-3-3", "2025-3-3"]
    assert places(extract, "filer") == ["A4", "A4"]


@pytest.mark.parametrize(
    "line",
    [
        "填报者：李敏    2025年3月3日 | |",
        "填报者：李敏 2025-3-3 | |",
        "填报者：李敏（综合组）2025-3-3 | |",
        "填报者： | 李敏 2025.3.3 |",
    ],
)
def test_a_day_behind_who_filled_it_is_no_part_of_the_name(line: str) -> None:
    (extract,) = read(f"店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n900003 | 乙 | 王\n{line}").extracts
    assert extract.values["filer"] == ["李敏", "李敏"]
    (day,) = set(extract.values["filed"])
    assert "".join(each for each in str(day) if each.isdigit()) == "202533"
    assert places(extract, "filed") == places(extract, "filer")


def test_a_day_with_a_label_of_its_own_beats_the_one_behind_the_name() -> None:
    below = "填报者：李敏 2025-3-3 | |\n填报日：2025-3-4 | |"
    (extract,) = read(f"店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n{below}").extracts
    assert extract.values["filed"] == ["2025-3-4"]


def test_a_column_of_its_own_beats_what_stands_once() -> None:
    reading = read("填报者：李敏 | | | \n店铺编码 | 店铺名称 | 掌柜 | 填报者\n900002 | 甲 | 张 | 赵")
    assert reading.extracts[0].values["filer"] == ["赵"]


def test_a_header_repeated_on_each_page_is_no_row() -> None:
    page = "开店登记表 | |\n店铺编码 | 店铺名称 | 掌柜\n"
    reading = read(f"{page}900002 | 甲 | 张\n{page}900003 | 乙 | 王")
    (extract,) = reading.extracts
    assert [each["no"] for each in records(extract)] == ["900002", "900003"]
    assert ignored(reading) == [(1, "title"), (4, "title"), (5, "header")]


def test_two_header_rows_under_merged_groups() -> None:
    reading = read(
        """
店铺编码 | 店铺名称 | 掌柜 | 联系 | | 租期 |
 | | | 电话 | 邮箱 | 起 | 止
900002 | 甲 | 张 | 139 | a@b | 2024-1-1 | 2025-1-1
""",
        *("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"),
    )
    assert records(reading.extracts[0]) == [
        {"no": "900002", "name": "甲", "keeper": "张", "tel": "139", "since": "2024-1-1", "until": "2025-1-1"}
    ]
    assert rules(reading) == [("column.unknown", "E2")]


def test_tables_below_each_other() -> None:
    reading = read(
        """
开店登记表 | | |
店铺编码 | 店铺名称 | 掌柜 |
900002 | 甲 | 张 |
合计 | #1 | |
 | | |
店铺走访表 | | |
单位：户 | | | 2025-03-05
店铺编码 | 走访结论 | 走访日期 | 走访者
900002 | 正常 | @2025-03-05 | 丙
"""
    )
    assert [(extract.form, len(extract)) for extract in reading.extracts] == [("shop", 1), ("visit", 1)]
    assert rules(reading) == []


def test_tables_side_by_side() -> None:
    reading = read(
        """
店铺编码 | 店铺名称 | 掌柜 | | 店铺编码 | 店铺名称 | 掌柜
900002 | 甲 | 张 | | 900004 | 丙 | 李
900003 | 乙 | 王 | | | |
"""
    )
    assert [[each["no"] for each in records(extract)] for extract in reading.extracts] == [
        ["900002", "900003"],
        ["900004"],
    ]
    assert places(reading.extracts[1], "no") == ["E2"]


def test_a_cell_merged_over_rows_counts_for_each_of_them() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 掌柜 | 镇街\n900002 | 甲 | 张 | 东镇\n900003 | 乙 | 王 |\n900004 | 丙 | 李 | 西镇",
        "D2:D3",
    )
    (extract,) = reading.extracts
    assert extract.values["town"] == ["东镇", "东镇", "西镇"]
    assert places(extract, "town") == ["D2", "D2", "D4"]


def test_a_row_marked_as_an_example_is_no_record_and_one_that_only_looks_like_it_is() -> None:
    reading = read(
        """
序号 | 店铺编码 | 店铺名称 | 掌柜 | 店铺电话
示例 | 900009 | 某店 | 某人 | 139
#1 | 900001 | 样板店 | 甲乙 | 13900000000
#2 | 900001 | 样板店 | 张 | 13900000000
"""
    )
    assert ignored(reading) == [(2, "example")]
    assert [each["keeper"] for each in records(reading.extracts[0])] == ["甲乙", "张"]


def test_a_row_without_its_key_is_still_a_record() -> None:
    reading = read("序号 | 店铺编码 | 店铺名称 | 掌柜\n#1 | | 甲 | 张\n#2 | 待补 | 乙 | 王")
    assert records(reading.extracts[0]) == [
        {"name": "甲", "keeper": "张"},
        {"no": "待补", "name": "乙", "keeper": "王"},
    ]


def test_a_row_of_column_numbers_is_no_record() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 镇街\n1 | 2 | 3 | 4\n900002 | 甲 | 张 | 东镇")
    assert ignored(reading) == [(2, "note")]
    assert len(reading.extracts[0]) == 1


def test_labels_with_gaps_over_groups() -> None:
    reading = read(
        """
店铺编码 | 面积 | 店铺名称 | 联系 | | 样数
 | | | 掌柜 | 店铺电话 |
900002 | 30 | 甲 | 张 | 139 | 2
""",
        *("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"),
    )
    assert records(reading.extracts[0]) == [{"no": "900002", "name": "甲", "keeper": "张", "tel": "139"}]


def test_lists_of_two_forms_side_by_side_when_one_lacks_its_key() -> None:
    reading = read(
        """
店铺名称 | 掌柜 | 店铺电话 | 店铺类型 | | 店铺编码 | 走访结论 | 走访日期 | 走访者
甲 | 张 | 139 | 大店 | | 900002 | 正常 | @2025-03-05 | 丙
"""
    )
    assert [extract.form for extract in reading.extracts] == ["shop", "visit"]
    assert [found for found, _ in rules(reading)] == ["header.missing"]


def test_a_title_with_the_year_repeated_over_the_keys_is_no_key() -> None:
    reading = read(
        "2025年开店登记表 | |\n店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n第 1 页 | |\n2025年开店登记表 | |"
    )
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002"]
    assert ignored(reading) == [(1, "title"), (4, "note"), (5, "title")]


def test_a_full_row_that_begins_with_a_date_or_remark_is_a_record() -> None:
    reading = read("附言 | 店铺编码 | 店铺名称 | 掌柜\n2025年3月3日 | | 甲 | 张\n注：新开 | | 乙 | 王")
    assert [each["name"] for each in records(reading.extracts[0])] == ["甲", "乙"]


def test_a_second_list_with_one_more_column_calls_it_by_its_own_label() -> None:
    head = "店铺编码 | 店铺名称 | 掌柜"
    reading = read(f"{head} |\n900002 | 甲 | 张 |\n | | |\n{head} | 经度\n900003 | 乙 | 王 | 115.9")
    assert [(records(each)[0]["no"], each.notes) for each in reading.extracts] == [
        ("900002", {}),
        ("900003", {"经度": ["115.9"]}),
    ]
    assert rules(reading) == [("column.unknown", "D4")]


def test_a_printed_page_without_the_unknown_column_goes_on_with_the_list() -> None:
    head = "店铺编码 | 店铺名称 | 掌柜"
    reading = read(f"{head} | 经度\n900002 | 甲 | 张 | 115.9\n{head} |\n900003 | 乙 | 王 |")
    (extract,) = reading.extracts
    assert extract.notes == {"经度": ["115.9", None]}


def test_a_key_merged_over_rows_that_hold_no_more_is_one_record() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n | |\n900003 | 乙 | 王", "A2:A3", "B2:B3", "C2:C3")
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002", "900003"]


def test_a_key_merged_over_two_filled_rows_gives_two_records_of_one_key_for_merging_to_judge() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 掌柜 | 店铺电话\n900002 | 甲 | 张 | 139\n | | | 138", "A2:A3", "B2:B3", "C2:C3"
    )
    assert records(reading.extracts[0]) == [
        {"no": "900002", "name": "甲", "keeper": "张", "tel": "139"},
        {"no": "900002", "name": "甲", "keeper": "张", "tel": "138"},
    ]


def test_the_two_ends_of_a_range_under_its_label() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 掌柜 | 租赁期限 |\n | | | 自 | 至\n900002 | 甲 | 张 | 2024-1-1 | 2025-1-1",
        *("A1:A2", "B1:B2", "C1:C2", "D1:E1"),
    )
    (record,) = records(reading.extracts[0])
    assert (record["since"], record["until"]) == ("2024-1-1", "2025-1-1")
    assert rules(reading) == []
