"""What a row of changes is called, and from when it is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.merge.actions import kind_of_action, starts_on
from schemas.language import Transition
from tests.merge.boats import BOATS, DEED, SURVEY, both, row

STAGE = BOATS.stages[2]
LAID_UP = row(DEED, 4, "7", action={"act": "laid_up", "from_day": "2026-11-20"})


def test_it_is_called_by_the_answer_that_chooses_its_way() -> None:
    assert kind_of_action(DEED, STAGE, LAID_UP) == both("停航")
    assert kind_of_action(DEED, STAGE, row(DEED, 4, "7", action={"act": "sunk"})) is None


def test_where_no_answer_chooses_or_its_form_does_not_ask_it_has_no_name() -> None:
    assert kind_of_action(DEED, replace(STAGE, transitions=(Transition("laid_up"),)), LAID_UP) is None
    assert kind_of_action(SURVEY, STAGE, LAID_UP) is None


def test_it_is_in_force_from_its_day_else_from_the_first() -> None:
    assert starts_on(DEED, LAID_UP) == date(2026, 11, 20)
    assert starts_on(DEED, row(DEED, 4, "7", action={"act": "laid_up"})) == date.min
    assert starts_on(SURVEY, LAID_UP) == date.min, "a form that asks for no day"
