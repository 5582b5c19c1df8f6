from dataclasses import replace

from pipeline.domain.answer import OFFERED, SAMPLES
from tests.read.sheets import KNOWN, SHOP, VISIT, read, records, rules


def test_a_misspelt_label_is_taken_when_only_one_can_be_meant() -> None:
    reading = read("店铺编码 | 店铺名程 | 掌柜\n900002 | 甲 | 张")
    (finding,) = reading.findings
    assert (finding.rule, finding.cell, finding.value, finding.field) == ("header.misspelt", "B1", "店铺名程", "name")
    assert records(reading.extracts[0]) == [{"no": "900002", "name": "甲", "keeper": "张"}]


def test_two_candidates_are_a_finding_never_a_guess() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 日期\n900002 | 甲 | 张 | 2025-1-1")
    (finding,) = reading.findings
    assert (finding.rule, finding.cell) == ("header.ambiguous", "D1")
    assert dict(finding.details)["labels@zh"] == "租期起、租期止、填报日"
    assert not {"since", "until"} & set(reading.extracts[0].values)
    assert reading.extracts[0].notes == {"日期": ["2025-1-1"]}


def test_what_is_asked_about_a_label_shows_three_values_and_offers_what_no_column_holds() -> None:
    reading = read(
        "店铺编码 | 店铺名称 | 老板\n900002 | 甲 | 张\n900003 | 乙 | 张\n900004 | 丙 | 王\n900005 | 丁 | 李\n900006 | 戊 | 赵"
    )
    asked = dict(next(each for each in reading.findings if each.rule == "column.unknown").details)
    assert asked[SAMPLES] == "张、王、李"
    assert asked[OFFERED].split(",") == ["keeper", "tel", "town", "size", "since", "until", "filer", "filed", "hint"]


def test_of_a_label_in_doubt_its_candidates_are_offered_first() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 日期\n900002 | 甲 | 张 | 2025-1-1")
    offered = dict(reading.findings[0].details)[OFFERED].split(",")
    assert offered[:2] == ["since", "until"]
    assert "keeper" not in offered and "hint" in offered


def test_nothing_is_asked_about_a_second_column_of_a_field_nor_above_nothing() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 手机 | 店铺电话 | 经度\n900002 | 甲 | 张 | 138 | 139 |")
    (finding,) = reading.findings
    assert (finding.rule, finding.value, OFFERED in dict(finding.details)) == ("column.unknown", "手机", False)


def test_a_label_that_is_none_of_the_form_s_as_the_office_says_is_a_note_without_a_word() -> None:
    known = replace(KNOWN, forms=(replace(SHOP, foreign_labels=("租期迄", "经度")), VISIT))
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 租 期迄 | 经度\n900002 | 甲 | 张 | 2025-1-1 | 115", known=known)
    assert reading.findings == []
    assert reading.extracts[0].notes == {"租 期迄": ["2025-1-1"], "经度": ["115"]}
    card = read("店铺编码 | 900002 | 经度 | 115.9\n店铺名称 | 甲 | 掌柜 | 张", known=known)
    assert card.findings == []
    assert card.extracts[0].notes == {"经度": ["115.9"]}


def test_the_main_label_beats_an_alias() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 手机 | 店铺电话\n900002 | 甲 | 张 | 138 | 139")
    assert records(reading.extracts[0])[0]["tel"] == "139"
    assert reading.extracts[0].notes == {"手机": ["138"]}


def test_two_aliases_of_one_field_are_a_finding() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 手机 | 电话\n900002 | 甲 | 张 | 138 | 139")
    assert rules(reading) == [("header.twice", "E1")]
    assert reading.extracts[0].notes == {"手机": ["138"], "电话": ["139"]}


def test_required_labels_that_lack_are_one_finding_for_the_sheet() -> None:
    reading = read("店铺走访表 | \n店铺编码 | 走访结论\n900002 | 正常\n900003 | 正常")
    (finding,) = reading.findings
    assert (finding.rule, finding.cell) == ("header.missing", "A2")
    assert dict(finding.details)["labels@zh"] == "走访日期、走访者"
    assert len(reading.extracts[0]) == 2


def test_a_label_in_doubt_is_not_missing_too() -> None:
    reading = read("店铺编码 | 店铺名称 | 掌柜 | 掌柜姓名\n900002 | 甲 | 张 | 李")
    assert rules(reading) == [("column.unknown", "D1")]
    reading = read("店铺编码 | 招牌（字号）名称 | 招牌(字号)名称 | 掌柜\n900002 | 甲 | 乙 | 张")
    assert rules(reading) == [("header.twice", "C1")]


def test_an_unknown_sheet_names_the_nearest_form_and_what_it_lacks() -> None:
    reading = read("店铺电话 | 镇街 | 面积\n139 | 东镇 | 30")
    (finding,) = reading.findings
    assert finding.rule == "sheet.unknown"
    details = dict(finding.details)
    assert details["nearest@zh"] == "开店登记表"
    assert details["labels@zh"] == "店铺编码、店铺名称、掌柜"
    assert reading.refused


def test_a_sheet_that_fits_two_forms_is_taken_for_neither() -> None:
    reading = read("店铺编码 | 镇街\n900002 | 东镇")
    assert rules(reading) == [("sheet.two_forms", "A1")]
    assert reading.refused and not reading.extracts


def test_its_title_decides_between_two_forms() -> None:
    reading = read("店铺走访表 |\n店铺编码 | 镇街\n900002 | 东镇")
    assert [extract.form for extract in reading.extracts] == ["visit"]
