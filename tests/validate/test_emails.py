from __future__ import annotations

import pytest

from pipeline.validate.emails import convert_email
from pipeline.validate.outcome import Repaired


@pytest.mark.parametrize(
    "raw",
    ["wangwu＠example.com", "wangwu@example.com；", "wangwu@example。com", "王五<wangwu@example.com>", "Wang Wu <wangwu@example.com>", "wangwu@example.com（王五）",
     "邮箱：wangwu@example.com", "mailto:wangwu@example.com", "wangwu@example.com。"],
)  # fmt: skip
def test_one_address_however_it_was_typed_is_understood_and_told(raw: str) -> None:
    assert convert_email(raw) == Repaired("wangwu@example.com", "repair.value", "wangwu@example.com")


@pytest.mark.parametrize(
    "raw", ["wangwu@example.com", "wangwu@example,com", "a@example.com,b@example.com", "不详", "wangwu"]
)
def test_an_address_and_what_may_be_another_one_stay_as_written(raw: str) -> None:
    assert convert_email(raw) == raw
