"""Text fit to be shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.redaction import mask, mask_numbers, one_line, plain


def test_nothing_invisible_is_left() -> None:
    assert plain("a\x00b\u202ec\udcffd") == "a�b�c�d"
    assert one_line(" 第一行\r\n 第二行\u2028三 ") == "第一行 第二行 三"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13932810018打不通", "电话139****0018打不通"),
        ("139 3281 0018、139-3281-0019", "139****0018、139****0019"),
        ("身份证13112319800101001X。", "身份证131123****001X。"),
        ("131123800101001", "131123****001"),
        ("许可证 131123100018", "许可证 131123100018"),
        ("档位 12，2026-11-23", "档位 12，2026-11-23"),
    ],
)
def test_phones_and_identity_numbers_are_masked_wherever_they_stand(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


def test_a_private_value_is_masked_however_it_is_written() -> None:
    assert mask("1393281001") == "13****01"
    assert mask("１３９３２８１００１８") == "１３****１８"
    assert mask("12") == "****"
    assert mask("") == ""


@given(st.text(min_size=1))
def test_a_mask_shows_at_most_half(value: str) -> None:
    shown = mask(value)
    assert "****" in shown
    assert len(shown) - 4 <= len(value) / 2


@given(
    st.from_regex(re.compile("1[3-9][0-9]{9}", re.ASCII), fullmatch=True), st.sampled_from(["", " ", "，", "电话", "("])
)
def test_no_mobile_number_survives(number: str, around: str) -> None:
    assert number not in mask_numbers(f"{around}{number}{around}")
