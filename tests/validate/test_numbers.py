from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.extract import Raw
from pipeline.validate.numbers import convert_integer, convert_number
from pipeline.validate.outcome import DITTO, Repaired, Wrong

WAYS = ["{0}", " {0}\xa0", "{0:,}", "{0}元", "¥{0}", "￥{0:,}", "{0}.0", "'{0}", "{0:,}.00元"]
full_width = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@given(st.integers(-(10**14), 10**14), st.sampled_from(WAYS), st.booleans())
@settings(max_examples=150)
def test_every_plain_writing_of_a_number_means_it_silently(number: int, way: str, wide: bool) -> None:
    written = way.format(number)
    written = written.translate(full_width) if wide else written

    assert convert_integer(written) == number
    assert convert_number(written) == float(number)


@given(
    st.integers(1, 99_999), st.sampled_from([("万", 10**4), ("千", 10**3), ("亿", 10**8)]), st.sampled_from(["", "元"])
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
    ],
)
def test_counts(raw: Raw, number: object) -> None:
    assert convert_integer(raw) == number


@pytest.mark.parametrize(
    "raw",
    [
        "十几",
        "12左右",
        "1,2",
        "1-2",
        "10以上",
        "约5",
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
    assert convert_integer(raw) == Wrong("value.number")
    assert convert_number(raw) == Wrong("value.number")


@pytest.mark.parametrize("raw", [12.5, "12.5", "1.23456万"])
def test_a_count_is_whole(raw: Raw) -> None:
    assert convert_integer(raw) == Wrong("value.whole")


@pytest.mark.parametrize(("raw", "outcome"), [(None, None), ("/", None), ("", None), ("同上", DITTO), ("0", 0), (0, 0)])
def test_nothing_is_not_zero(raw: Raw, outcome: object) -> None:
    assert convert_integer(raw) == outcome
