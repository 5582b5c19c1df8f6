from __future__ import annotations

import pytest

from pipeline.validate.outcome import Repaired
from pipeline.validate.spaced_names import convert_person


@pytest.mark.parametrize("written", ["李 四光", " 李  四光 ", "李 四 光"])
def test_blanks_that_line_up_a_name_are_no_part_of_it(written: str) -> None:
    assert convert_person(written) == Repaired("李四光", "repair.value", "李四光")


@pytest.mark.parametrize("written", ["李四光 2026-11-3", "李四光（2026年11月3日）"])
def test_a_day_beside_a_name_is_no_part_of_it_and_told(written: str) -> None:
    assert convert_person(written) == Repaired("李四光", "repair.value", "李四光")


@pytest.mark.parametrize("name", ["李四光", "李四 王五", "John Li", "阿布都 卡德尔", "李 四光（代）"])
def test_what_may_be_two_people_or_is_no_such_name_is_left_as_it_stands(name: str) -> None:
    assert convert_person(name) == name
