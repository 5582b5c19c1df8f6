import pytest

from tests.read.sheets import read, records, rules

ROW = "900002 | 甲店 | 张三"


def test_of_two_columns_for_one_field_the_better_label_has_it_and_the_other_is_told() -> None:
    reading = read("店铺编码 | 单位名称 | 门店名称 | 掌柜\n900002 | 甲店公司 | 甲店 | 张三")
    (extract,) = reading.extracts
    assert records(extract) == [{"no": "900002", "name": "甲店", "keeper": "张三"}]
    assert extract.notes == {"单位名称": ["甲店公司"]}
    assert rules(reading) == [("column.unknown", "B1")]


def test_a_column_without_values_does_not_compete() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 手机 | 电话\n900002 | 甲店 | 张三 | | 13900000001")
    assert records(reading.extracts[0])[0]["tel"] == "13900000001"
    assert rules(reading) == []


def test_an_empty_unknown_column_is_no_finding() -> None:
    reading = read(f"店铺编码 | 店铺名称 | 掌柜 | 经度\n{ROW} |")
    assert rules(reading) == []


def test_a_name_of_several_fields_is_asked_with_all_of_them_and_samples() -> None:
    reading = read(f"店铺编码 | 店铺名称 | 掌柜 | 日期\n{ROW} | 2026-01-02\n900003 | 乙店 | 李四 | 2026-01-03")
    (finding,) = reading.findings
    assert (finding.rule, finding.cell, finding.value) == ("header.ambiguous", "D1", "日期")
    details = dict(finding.details)
    assert details["@offered"].startswith("since,until,filed")
    assert details["@samples"] == "2026-01-02、2026-01-03"


def test_fields_that_have_their_column_are_no_candidates() -> None:
    reading = read(f"店铺编码 | 店铺名称 | 掌柜 | 租期起 | 填报日 | 日期\n{ROW} | 2026-01-02 | 2026-01-03 | 2027-01-01")
    (finding,) = reading.findings
    assert dict(finding.details)["@offered"].startswith("until")
    assert "until" not in reading.extracts[0].values


def test_values_that_cannot_be_the_fields_are_not_taken_by_its_name() -> None:
    reading = read(f"店铺编码 | 店铺名称 | 掌柜 | 手机号\n{ROW} | 有\n900003 | 乙店 | 李四 | 无")
    assert "tel" not in reading.extracts[0].values
    assert [rule for rule, _ in rules(reading)] == ["header.ambiguous"]


@pytest.mark.parametrize(
    "below",
    [
        "合计 | 2 户 | 3 | 4",
        "填报日：2026-11-19 | | | 填报者：",
        "备注：以上属实 | | | 李敏",
        "掌柜（签字）： | | | 李敏",
    ],
)
def test_lines_below_the_records_say_nothing_of_a_column(below: str) -> None:
    reading = read(f"店铺编码 | 店铺名称 | 掌柜 | 手机号码\n{ROW} | 13900000001\n900003 | 乙店 | 李四 | -\n{below}")
    assert records(reading.extracts[0])[0]["tel"] == "13900000001"
    assert rules(reading) == []


def test_a_slip_in_the_key_is_taken_only_where_the_numbers_tell() -> None:
    assert rules(read(f"店铺编玛 | 店铺名称 | 掌柜\n{ROW}")) == [("header.misspelt", "A1")]
    assert "header.missing" in [rule for rule, _ in rules(read("店铺编玛 | 店铺名称 | 掌柜\n甲-1 | 甲店 | 张三"))]


def test_two_things_in_one_column_are_parted_or_asked() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜及电话\n900002 | 甲店 | 张三 13900000001")
    assert records(reading.extracts[0]) == [{"no": "900002", "name": "甲店", "keeper": "张三", "tel": "13900000001"}]
    assert rules(reading) == []
    reading = read("店铺编码 | 店铺名称 | 掌柜及电话\n900002 | 甲店 | 张三 13900000001\n900003 | 乙店 | 李四")
    assert rules(reading) == [("header.ambiguous", "C1")]
    assert reading.extracts[0].notes == {"掌柜及电话": ["张三 13900000001", "李四"]}


def test_two_things_in_one_cell_of_a_card() -> None:
    reading = read("店铺编码 | 900002 | 店铺名称 | 甲店\n掌柜及电话 | 张三 13900000001 | 镇街 | 东镇")
    assert records(reading.extracts[0]) == [
        {"no": "900002", "name": "甲店", "keeper": "张三", "tel": "13900000001", "town": "东镇"}
    ]
