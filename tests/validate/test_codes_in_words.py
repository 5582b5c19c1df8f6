from __future__ import annotations

import pytest

from pipeline.validate.codes_in_words import code_converter
from pipeline.validate.outcome import Repaired, WrongValue
from schemas.language import Field, Kind, Localized

LICENCE = code_converter(
    Field("no", Localized("证照号码", "No"), Kind.CODE, aliases=("证号",), key=True, example="131123100018")
)
STAFF = code_converter(Field("who", Localized("工号", "Staff No"), Kind.CODE, key=True, example="K01"))
PERSON = code_converter(Field("id", Localized("身份证号", "ID"), Kind.CODE, example="131123198001010013"))


@pytest.mark.parametrize(
    "raw",
    ["证号：131123118301", "No.131123118301", "№131123118301", "NO 131123118301", "编号131123118301", "131,123,118,301", "131，123，118，301",
     "131123-118301", "131123118301（正本）", "131123118301号", "131123118301；", "1.31123118301E+11", "131123118301.0"],
)  # fmt: skip
def test_one_number_of_the_right_length_is_taken_out_of_the_words_around_it_and_told(raw: str) -> None:
    outcome = LICENCE(raw)

    assert isinstance(outcome, Repaired)
    assert (outcome.value, outcome.after) == ("131123118301", "131123118301")


@pytest.mark.parametrize("raw", ["131123 118301", "１３１１２３１１８３０１", "131123118301"])
def test_blanks_and_wide_digits_are_plain_writing(raw: str) -> None:
    assert LICENCE(raw) == "131123118301"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("13112311830O", "13112311830O"),  # a letter for a digit is told by the check
        ("131123118301（旧）", "131123118301(旧)"),
        ("131123118301/131123118302", "131123118301/131123118302"),
        ("131123118301（2026）", "131123118301(2026)"),
        ("证号：1311231183", "证号:1311231183"),
        ("1.31E+11", WrongValue("value.digits_lost")),
    ],
)
def test_what_may_be_another_number_stays_for_the_check_to_tell(raw: str, stored: object) -> None:
    assert LICENCE(raw) == stored


@pytest.mark.parametrize(("raw", "stored"), [("工号：K01", "K01"), ("工号K01", "K01"), ("员工编号：k01", "K01")])
def test_a_short_code_stands_behind_its_label(raw: str, stored: str) -> None:
    assert STAFF(raw) == Repaired(stored, "repair.value", stored)
    assert STAFF(stored.lower()) == stored


def test_a_letter_that_belongs_to_the_number_stays() -> None:
    assert PERSON("身份证：13112319980102838X") == Repaired("13112319980102838X", "repair.value", "13112319980102838X")
