from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Known
from pipeline.read.read_file import read_file
from pipeline.validate.numbers import convert_counted, convert_integer, convert_number
from pipeline.validate.outcome import DITTO, Repaired, WrongValue
from tests.read.sheets import as_bytes, workbook
from tests.validate.visits import FORM, judge

WAYS = ["{0}", " {0}\xa0", "{0:,}", "{0}元", "¥{0}", "￥{0:,}", "{0}.0", "'{0}", "{0:,}.00元"]
WORDED = ["1200元整", "人民币1200元", "RMB 1,200", "￥1200元整", "1200块", "1200块钱", "壹仟贰佰元整", "人民币壹仟贰佰圆整", "一千二", "一千二百元",
          "1千2", "1200元（壹仟贰佰元整）", "共1200元", "合计：1200"]  # fmt: skip
full_width = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@given(st.integers(-(10**14), 10**14), st.sampled_from(WAYS), st.booleans())
@settings(max_examples=150)
def test_every_plain_writing_of_a_number_means_it_silently(number: int, way: str, wide: bool) -> None:
    written = way.format(number)
    written = written.translate(full_width) if wide else written

    assert convert_integer(written) == number
    assert convert_number(written) == float(number)


@given(
    st.integers(1, 99_999),
    st.sampled_from([("百", 100), ("千", 10**3), ("万", 10**4), ("百万", 10**6), ("千万", 10**7), ("亿", 10**8)]),
    st.sampled_from(["", "元"]),
)
@settings(max_examples=50)
def test_a_scale_is_multiplied_out_exactly_and_told(hundredths: int, scale: tuple[str, int], unit: str) -> None:
    outcome = convert_integer(f"{hundredths / 100:.2f}{scale[0]}{unit}")
    expected = hundredths * scale[1] // 100

    assert outcome == Repaired(expected, "repair.number", str(expected))


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (12, 12),
        (12.0, 12),
        ("12档", Repaired(12, "repair.number", "12")),
        ("1.5E+3", 1500),
        ("30 户", Repaired(30, "repair.number", "30")),
        ("约5", Repaired(5, "repair.number", "5")),
        ("12左右", Repaired(12, "repair.number", "12")),
        ("大约 3 万元", Repaired(30_000, "repair.number", "30000")),
        *((each, Repaired(1200, "repair.number", "1200")) for each in WORDED),
        ("约三件", Repaired(3, "repair.number", "3")),
        ("３", 3),
        ("3 条", Repaired(3, "repair.number", "3")),
        ("3(件)", Repaired(3, "repair.number", "3")),
        ("3（万元）", Repaired(30_000, "repair.number", "30000")),
        ("一百零三", Repaired(103, "repair.number", "103")),
        ("三亿五千万", Repaired(350_000_000, "repair.number", "350000000")),
        ("零", Repaired(0, "repair.number", "0")),
    ],
)
def test_counts(raw: Raw, number: object) -> None:
    assert convert_integer(raw) == number


@pytest.mark.parametrize(
    "raw",
    [
        "十几",
        "十来个",
        "三五",
        "两三件",
        "12OO",
        "1200（美元）",
        "1200元（壹仟叁佰元整）",
        "50%",
        "(1,200)",
        "半",
        "1,2",
        "1-2",
        "10以上",
        "约十几",
        "约10以上",
        "abc",
        True,
        date(1900, 1, 12),
        "9" * 16,
        1e300,
        float("nan"),
        "1.5.2",
    ],
)
def test_what_is_no_number_is_a_fault(raw: Raw) -> None:
    assert convert_integer(raw) == WrongValue("value.number")
    assert convert_number(raw) == WrongValue("value.number")


@pytest.mark.parametrize("raw", [12.5, "12.5", "1.23456万"])
def test_a_count_is_whole(raw: Raw) -> None:
    assert convert_integer(raw) == WrongValue("value.whole")


@pytest.mark.parametrize(("raw", "outcome"), [(None, None), ("/", None), ("", None), ("同上", DITTO), ("0", 0), (0, 0)])
def test_nothing_is_not_zero(raw: Raw, outcome: object) -> None:
    assert convert_integer(raw) == outcome


def test_amounts_on_a_sheet_are_read_and_what_was_interpreted_is_told_at_its_cell() -> None:
    amounts = ["1.2万", "３万元", "1,234.5", "约3万", "12 000", "#800", "1.2萬左右", "三五万", "1～2万", "-", "100000"]
    rows = [f"{at} | 满意 | 2026-11-02 | 王一 | {amount}" for at, amount in enumerate(amounts)]
    content = as_bytes(workbook("\n".join(["编号 | 态度 | 日期 | 走访人 | 花费", *rows])))
    checked = judge(*read_file("走访.xlsx", content, "sha", Known((FORM,), {})).extracts)

    assert {record.key: record.values.get("spent") for record in checked.records} == {
        "0": 12_000.0,
        "1": 30_000.0,
        "2": 1_234.5,
        "3": 30_000.0,
        "4": 12_000.0,
        "5": 800.0,
        "6": 12_000.0,
        "9": None,
    }
    assert [(each.cell, each.rule, dict(each.details).get("after")) for each in checked.findings] == [
        ("E2", "repair.number", "12000"),
        ("E3", "repair.number", "30000"),
        ("E5", "repair.number", "30000"),
        ("E8", "repair.number", "12000"),
        ("E9", "value.number", None),
        ("E10", "value.number", None),
        ("E12", "value.range", None),
    ]


def test_money_in_words_keeps_its_cents() -> None:
    assert convert_number("12元5角") == Repaired(12.5, "repair.number", "12.5")
    assert convert_number("壹拾贰元叁角肆分") == Repaired(12.34, "repair.number", "12.34")


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("３", "3"),
        ("3.0", "3"),
        (3.0, "3"),
        ("1,000", "1000"),
        ("3 条", Repaired("3", "repair.number", "3")),
        ("约3件", Repaired("3", "repair.number", "3")),
        ("三", Repaired("3", "repair.number", "3")),
        ("还不知道", "还不知道"),
        ("2%", "2%"),
        ("/", None),
        ("同上", DITTO),
    ],
)
def test_a_text_that_holds_a_count_has_it_as_digits_and_any_word_as_written(raw: Raw, stored: object) -> None:
    assert convert_counted(raw) == stored
