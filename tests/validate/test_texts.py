from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import DITTO, Repaired, WrongValue
from pipeline.validate.texts import convert_code, convert_list, convert_text

codes = st.from_regex(r"[A-Z0-9]{4,18}", fullmatch=True, alphabet=st.characters(codec="ascii")).filter(
    lambda text: "E" not in text
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (" 惠民超市\u3000", "惠民超市"),
        ("惠民\n超市", "惠民超市"),
        ("周窝村\r\n12号", "周窝村12号"),
        ("Hui Min\nMarket", "Hui Min Market"),
        ("惠民\xa0超市", "惠民超市"),
        ("惠民 超市", "惠民 超市"),
        ("\u200b惠民超市\ufeff", "惠民超市"),
        ("'03线", "03线"),
        ("①号店（总店）", "①号店（总店）"),
        ("Ｋ歌吧", "Ｋ歌吧"),
        (3.0, "3"),
        (2.5, "2.5"),
        (date(2025, 3, 3), "2025-03-03"),
        ("无名小店", "无名小店"),
        ("=1+1", "=1+1"),
        ("无", None),
        ("——", None),
        ("N/A", None),
        (None, None),
        ("〃", DITTO),
        ("同上。", DITTO),
        (" 同上 ", DITTO),
        ("（同上）", DITTO),
        ("上同", DITTO),
        ("同上一行", DITTO),
        ("”", DITTO),
        ("“ ”", DITTO),
        ("同上海路", "同上海路"),
        ("________________", None),
        ("（    ）", None),
        ("……", None),
        ("(null)", None),
        ("\\N", None),
        ("<NA>", None),
        ("无。", None),
        ("（无）", None),
        ("\u2066惠民\u2069超市\ufe0f", "惠民超市"),
    ],
)
def test_free_text_keeps_what_was_typed_and_loses_what_was_not(raw: Raw, text: object) -> None:
    assert convert_text(raw) == text


@given(codes)
@settings(max_examples=60)
def test_a_code_means_the_same_however_it_was_typed(code: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for written in (code, f" {code} ", f"'{code}", wide, code.lower(), f"{code[:2]} {code[2:]}", f"{code}\n"):
        assert convert_code(written) == code


@given(st.integers(0, 10**15 - 1))
@settings(max_examples=60)
def test_a_code_stored_as_a_number_is_written_out_and_told(number: int) -> None:
    for raw in (number, float(number)):
        assert convert_code(raw) == Repaired(str(number), "repair.code", str(number))


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (131123198001010013, WrongValue("value.digits_lost")),
        (1.31123198001010e17, WrongValue("value.digits_lost")),
        ("1.31123E+17", WrongValue("value.digits_lost")),
        ("1.31123E+11", WrongValue("value.digits_lost")),
        ("1.31123100018E+11", Repaired("131123100018", "repair.code", "131123100018")),
        ("131123100018.0", Repaired("131123100018", "repair.code", "131123100018")),
        ("2E5", "2E5"),  # a code like any other
        (131123.5, WrongValue("value.code_number")),
        (-5, WrongValue("value.code_number")),
        (date(2026, 1, 2), WrongValue("value.code_date")),
        ("0012", "0012"),
        ("2026-0001", "2026-0001"),
        ("/", None),
        ("同上", DITTO),
    ],
)
def test_codes_that_a_workbook_changed(raw: Raw, outcome: object) -> None:
    assert convert_code(raw) == outcome


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("城关镇、平安街", "城关镇、平安街"),
        ("城关镇，平安街; 老街/城关镇", "城关镇、平安街、老街"),
        ("城关镇\n平安街\n", "城关镇、平安街"),
        ("、", None),
        ("/", None),
        (" ", None),
    ],
)
def test_a_list_is_told_apart_however_it_is_separated(raw: Raw, stored: object) -> None:
    assert convert_list(raw) == stored


@pytest.mark.parametrize("convert", [convert_text, convert_list])
def test_what_no_cell_can_hold_is_told_and_not_cut(convert: Callable[[Raw], object]) -> None:
    assert convert("店" * 32_767) == "店" * 32_767
    assert convert("店" * 32_768) == WrongValue("value.too_long")
    assert convert("🏪" * 16_384) == WrongValue("value.too_long"), "each sign counts two in a workbook"
