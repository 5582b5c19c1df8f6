"""File names that every system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outside.files.names import LONGEST, keep_suffix, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("K01-王建国", "K01-王建国"),
        ("a/b\\c:d*e", "a_b_c_d_e"),
        ("..", "_"),
        ("  .hidden. ", "hidden"),
        ("~$名单", "$名单"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("控制", "控制"),
        ("gpj.\u202eexe", "gpj._exe"),
        ("两\n行", "两_行"),
        ("\ud800半", "_半"),
        ("", "_"),
    ],
)
def test_what_a_name_becomes(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_forms_of_one_name_are_one_file() -> None:
    decomposed = unicodedata.normalize("NFD", "Café网点")
    assert safe_name(decomposed) == safe_name("Café网点")


def test_a_long_name_keeps_its_suffix_and_whole_letters() -> None:
    name = keep_suffix("登" * 200 + ".xlsx", ".abc")
    assert name.endswith(".abc.xlsx")
    assert len(name.encode()) <= LONGEST
    assert "\N{REPLACEMENT CHARACTER}" not in name
    assert keep_suffix("a.tar/../x.xlsx") == "a.tar_.._x.xlsx"
    assert keep_suffix("no suffix at all. really") == "no suffix at all. really"


@given(st.text())
def test_any_text_gives_one_plain_component(text: str) -> None:
    name = safe_name(text, ".xlsx")
    assert name.endswith(".xlsx")
    assert not set(name) & set('<>:"/\\|?*\n\r\x00')
    assert not name.startswith(("~$", ".", " "))
    assert len(name.encode()) <= LONGEST + 1
