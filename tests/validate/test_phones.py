from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import DITTO
from pipeline.validate.phones import convert_phone

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True, alphabet=st.characters(codec="ascii"))
locals_ = st.from_regex(r"[2-8][0-9]{6}", fullmatch=True, alphabet=st.characters(codec="ascii"))
MOBILE_WAYS = [
    lambda n: n, lambda n: f"{n[:3]} {n[3:7]} {n[7:]}", lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}", lambda n: f"+86{n}", lambda n: f"+86 {n}", lambda n: f"(+86){n}", lambda n: f"（+86）{n}", lambda n: f"(+86) {n}",
    lambda n: f"0086-{n}", lambda n: f"86{n}", lambda n: f" {n}\u3000", lambda n: f"'{n}", lambda n: f"{n}.0", lambda n: f"0{n}",
    lambda n: n.translate(str.maketrans("0123456789", "０１２３４５６７８９")), int, float,
]  # fmt: skip
LANDLINE_WAYS = ["0318-{0}", "0318{0}", "(0318){0}", "（0318）{0}", "0318 {0}", "0318—{0}", "+86-318-{0}", "0318 - {0}"]
BETWEEN = ["、", "/", ",", "，", "；", ";", " ", "\n", " / ", "或"]


@given(mobiles, st.sampled_from(MOBILE_WAYS))
@settings(max_examples=150)
def test_every_writing_of_a_mobile_comes_to_one(number: str, way: object) -> None:
    assert convert_phone(way(number)) == number  # type: ignore[operator]


@given(locals_, st.sampled_from(LANDLINE_WAYS))
@settings(max_examples=60)
def test_every_writing_of_a_landline_comes_to_one(number: str, way: str) -> None:
    assert convert_phone(way.format(number)) == f"0318-{number}"


@given(locals_, st.integers(1, 9999), st.sampled_from(["转", "-", "转 ", " ext ", "分机", "#", "x"]))
@settings(max_examples=40)
def test_an_extension_stands_behind_its_number(number: str, extension: int, sign: str) -> None:
    assert convert_phone(f"0318-{number}{sign}{extension}") == f"0318-{number}转{extension}"


@given(st.lists(mobiles, min_size=2, max_size=3, unique=True), st.sampled_from(BETWEEN))
@settings(max_examples=60)
def test_several_numbers_in_a_cell_are_told_apart(numbers: list[str], between: str) -> None:
    assert convert_phone(between.join(numbers)) == "、".join(numbers)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("010-62345678", "010-62345678"),
        ("383-2100", "3832100"),
        ("400-800-8820", "4008008820"),
        ("13932810018 0318-3832100", "13932810018、0318-3832100"),
        ("1393281001", "1393281001"),  # as written: the check says what is wrong
        ("三个三", "三个三"),
        (3183832100, "3183832100"),  # the lost zero is not guessed
        (None, None),
        ("无", None),
        ("同上", DITTO),
    ],
)
def test_others(raw: Raw, stored: object) -> None:
    assert convert_phone(raw) == stored
