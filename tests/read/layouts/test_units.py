import pytest

from pipeline.domain.extract import Known, Reading
from pipeline.domain.rulebook import general
from pipeline.read.read_file import read_file
from schemas.language import Field, Form, Kind, Severity
from tests.read.sheets import as_bytes, rules, words, workbook

COST = Form(
    "cost",
    words("费用表"),
    (
        Field("no", words("单号"), Kind.CODE, key=True, required=True, example="1"),
        Field("shop", words("费用店"), required=True, example="甲店"),
        Field("paid", words("付款金额"), Kind.NUMBER, required=True, example="1200"),
        Field("goods", words("交货数量"), Kind.NUMBER, example="50"),
        Field("shops", words("费用户数"), Kind.INTEGER, example="12"),
        Field("hours", words("时长（小时）"), Kind.NUMBER, example="1.5"),
        Field("bad", words("不良数"), example="3"),
    ),
    "",
)


def read_costs(text: str, *merges: str, title: str = "Sheet1") -> Reading:
    content = as_bytes(workbook({title: text}, {title: merges}))
    return read_file("来件.xlsx", content, "hash", Known((COST,), {}))


def column(reading: Reading, code: str) -> list[object]:
    return reading.extracts[0].values[code]


@pytest.mark.parametrize(
    ("label", "value", "read"),
    [
        ("付款金额（万元）", "#1.2", "1.2万元"),
        ("付款金额(单位：万元)", "#1.2", "1.2万元"),
        ("付款金额（千元）", "#1.2", "1.2千元"),
        ("付款金额【百元】", "#12", "12百元"),
        ("付款金额（萬元）", "1,200", "1,200万元"),
        ("付款金额（万）", "１２", "12万"),
        ("付款金额（万元/户）", "#3", "3万元"),
        ("付款金额（元）", "#120", 120),
        ("付款金额(人民币元)", "#120", 120),
        ("付款金额（万元）", "1.2万", "1.2万"),
        ("付款金额（万元）", "12000元", "12000元"),
        ("付款金额（万元）", "#0", 0),
        ("付款金额（万元）", "十几", "十几"),
    ],
)
def test_a_number_gets_the_unit_of_its_label(label: str, value: str, read: object) -> None:
    reading = read_costs(f"单号 | 费用店 | {label}\n1 | 甲店 | {value}")
    assert column(reading, "paid") == [read]
    assert rules(reading) == []


@pytest.mark.parametrize(
    "above", ["单位：万元 | |", "费用表（万元） | |", "2026年费用表 | | 金额单位:万元", "费用表 单位为人民币万元 | | "]
)
def test_a_unit_above_the_table_is_of_the_amounts_alone(above: str) -> None:
    reading = read_costs(f"{above}\n单号 | 费用店 | 付款金额 | 费用户数\n1 | 甲店 | #1.2 | #3")
    assert (column(reading, "paid"), column(reading, "shops")) == (["1.2万元"], [3])


@pytest.mark.parametrize("title", ["费用（万元）", "Sheet1"])
def test_a_unit_in_the_sheets_name_or_below_the_table(title: str) -> None:
    below = "注：以上金额以万元为单位 | |" if title == "Sheet1" else ""
    reading = read_costs(f"单号 | 费用店 | 付款金额\n1 | 甲店 | #1.2\n{below}", title=title)
    assert column(reading, "paid") == ["1.2万元"]


def test_a_columns_own_unit_comes_before_that_of_the_sheet() -> None:
    reading = read_costs("单位：万元 | |\n单号 | 费用店 | 付款金额（元）\n1 | 甲店 | #120")
    assert column(reading, "paid") == [120]


def test_a_unit_in_the_label_over_several_columns() -> None:
    text = "单号 | 费用店 | 金额（千元） | \n | | 付款金额 | 交货数量\n1 | 甲店 | #1.5 | #3"
    reading = read_costs(text, "A1:A2", "B1:B2", "C1:D1")
    assert column(reading, "paid") == ["1.5千元"]


def test_a_unit_on_a_card() -> None:
    reading = read_costs("单号 | 1\n费用店 | 甲店\n付款金额（万元） | #1.2")
    assert column(reading, "paid") == ["1.2万元"]


@pytest.mark.parametrize(
    ("label", "rule", "value"),
    [
        ("交货数量（箱）", "header.unit", 3),
        ("交货数量（件）", "", 3),
        ("交货数量（千条）", "", "3千条"),
        ("交货数量（％）", "header.unit_wrong", None),
        ("时长（小时）", "", 3),
        ("时长（分钟）", "header.unit_wrong", None),
        ("费用户数（户）", "", 3),
        ("费用户数（百户）", "", "3百户"),
        ("不良数（%）", "header.unit_wrong", None),
        ("不良数（千条）", "", "3千条"),
    ],
)
def test_other_units_are_applied_or_told(label: str, rule: str, value: object) -> None:
    reading = read_costs(f"单号 | 费用店 | 付款金额 | {label}\n1 | 甲店 | #120 | #3")
    code = next(each.code for each in COST.fields if each.label.zh[:3] == label[:3])
    assert column(reading, code) == [value]
    assert rules(reading) == ([(rule, "D1")] if rule else [])
    assert rule != "header.unit_wrong" or general(rule).severity is Severity.ERROR


def test_an_organisation_is_no_unit() -> None:
    reading = read_costs("单位：县分公司万元店 | |\n单号 | 费用店 | 付款金额\n1 | 甲店 | #120")
    assert column(reading, "paid") == [120]
