from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import DITTO, Repaired, WrongValue
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
        ("13932810018/无", "13932810018"),
        ("139.3281.0018", "13932810018"),
        ("1.39E+10", WrongValue("value.digits_lost")),
        ("QQ12345678", "QQ12345678"),
        ("13932810018（旧）", "13932810018(旧)"),
        ("传真0318-3832100", "传真0318-3832100"),
        ("13932810018（7月用）", "13932810018(7月用)"),
        ("3832100 王", "3832100王"),
        (None, None),
        ("无", None),
        ("同上", DITTO),
    ],
)
def test_others(raw: Raw, stored: object) -> None:
    assert convert_phone(raw) == stored


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("手机：13932810018", "13932810018"),
        ("tel:13932810018", "13932810018"),
        ("13932810018（微信同号）", "13932810018"),
        ("13932810018 王先生", "13932810018"),
        ("电话13932810018", "13932810018"),
        ("13932810018-王", "13932810018"),
        ("13932810018老板13932810019", "13932810018、13932810019"),
        ("1393281001813932810019", "13932810018、13932810019"),
        ("固话（0318）3832100，手机13932810018", "0318-3832100、13932810018"),
        ("0318-3832100转8 王先生", "0318-3832100转8"),
        ("座机0318-3832100分机12", "0318-3832100转12"),
        ("+86 139 3281 0018 李", "13932810018"),
    ],
)
def test_words_beside_a_whole_number_are_left_out_and_told(raw: str, stored: str) -> None:
    assert convert_phone(raw) == Repaired(stored, "repair.value", stored)


def test_a_number_that_was_shortened_is_written_out_and_told() -> None:
    assert convert_phone("1.3932811002E+10") == Repaired("13932811002", "repair.code", "13932811002")
