from __future__ import annotations

import pytest

from pipeline.validate.numerals import numeral, year_in_numerals


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0), ("两", 2), ("十", 10), ("十五", 15), ("二十", 20), ("一百零三", 103), ("一百二", 120), ("一百二十", 120), ("三百五", 350),
        ("一千二", 1200), ("一千零二", 1002), ("一万二", 12_000), ("一万零五", 10_005), ("二十五万", 250_000), ("壹仟贰佰叁拾肆", 1234),
        ("三亿五千万", 350_000_000),
        ("三五", None), ("十几", None), ("一二", None), ("百", None), ("万", None), ("一百零", None), ("十百", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_in_numerals(text: str, number: int | None) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize(
    ("text", "year"), [("二〇二六", 2026), ("二零二六", 2026), ("贰零贰陆", 2026), ("二0二六", 2026), ("二六", None)]
)
def test_a_year_digit_by_digit(text: str, year: int | None) -> None:
    assert year_in_numerals(text) == year
