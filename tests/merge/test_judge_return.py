"""A step asked anew after a return: what says just what was sent back is no answer, what says more is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.domain.event_factory import EventFactory
from pipeline.domain.record import Event
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.judge_return import judge_return
from schemas.language import Catalogue, Procedure, Stage, Transition
from tests.merge.boats import BOATS, SURVEY, TODAY, boat, both, row

STAGE = next(each for each in BOATS.stages if each.code == "survey")
ANEW = replace(STAGE, anew=True)
MADE = EventFactory("boats", TODAY, 1)
ENTERED = MADE.by_program("7", None, {"boat_name": "海燕"}, state="to_survey", number=1)
SENT_BACK = replace(
    MADE.by_program("7", boat(), {"verdict": "leaky", "flaw": "船底"}, state="to_survey", number=2), form="survey"
)
MENDED = MADE.by_program("7", boat(), {"flaw": "船底，已补"}, number=3)
STANDS = boat(state="to_survey", verdict="leaky", flaw="船底", surveyor="孙涛")


def refused(*life: Event, stage: Any = ANEW, **said: Any) -> bool:
    row_of = row(SURVEY, 5, "7", surveyor="何平", **said)
    found = judge_return(BOATS, stage, SURVEY, row_of, STANDS, lambda key: life)
    assert found is None or found.rule == "step.as_sent_back"
    return found is not None


@pytest.mark.parametrize("said", [{"verdict": "leaky", "flaw": "船底"}, {"verdict": "leaky"}, {}])
def test_the_same_answers_signed_by_another_are_no_answer(said: dict[str, str]) -> None:
    assert refused(ENTERED, SENT_BACK, **said)


def test_what_says_something_else_is_an_answer() -> None:
    assert not refused(ENTERED, SENT_BACK, verdict="leaky", flaw="船底，已补")


def test_what_was_put_right_by_another_paper_since_need_not_be_said_again() -> None:
    assert not refused(ENTERED, SENT_BACK, MENDED, verdict="leaky", flaw="船底")


def test_what_was_never_sent_back_and_what_is_simply_done_again_is_taken() -> None:
    assert not refused(ENTERED, verdict="leaky", flaw="船底")
    assert not refused(ENTERED, SENT_BACK, stage=STAGE, verdict="leaky", flaw="船底")


RULES = Rulebook(Catalogue((Procedure("harbour", both("港务"), (BOATS,)),)))


@pytest.mark.parametrize(
    ("said", "cell"),
    [({"verdict": "leaky", "flaw": "船底"}, "B5"), ({"flaw": "船底"}, "D5"), ({}, "A5")],
)
def test_it_is_told_at_the_first_answer_that_is_the_same(said: dict[str, str], cell: str) -> None:
    row_of = row(SURVEY, 5, "7", surveyor="何平", **said)
    found = judge_return(BOATS, ANEW, SURVEY, row_of, STANDS, lambda key: (ENTERED, SENT_BACK))
    assert found is not None
    assert (found.cell, found.field) == (cell, {"B5": "verdict", "D5": "flaw", "A5": "boat_no"}[cell])
    sentence = RULES.word(found, "zh").sentence
    assert "“7”" in sentence
    assert "“检验”" in sentence


def test_a_later_change_of_another_field_is_no_answer() -> None:
    noted = MADE.by_program("7", boat(), {"berth": "3号"}, number=3)
    assert refused(ENTERED, SENT_BACK, noted, verdict="leaky", flaw="船底")


def test_what_has_come_to_the_step_on_its_way_forward_was_not_sent_back() -> None:
    """The paper that opens it leads to the same state."""
    assert not refused(replace(ENTERED, form="papers"), verdict="leaky", flaw="船底")


def test_a_record_that_does_not_wait_for_the_step_was_not_sent_back_to_it() -> None:
    row_of = row(SURVEY, 5, "7", verdict="leaky", flaw="船底")
    for entry in (None, replace(STANDS, state="laid_up")):
        assert judge_return(BOATS, ANEW, SURVEY, row_of, entry, lambda key: (ENTERED, SENT_BACK)) is None


def test_what_the_program_did_was_not_sent_back_by_a_step_of_its_own() -> None:
    by_itself = Stage("dry", both("晾干"), "clerk", transitions=(Transition("to_survey", back=True),))
    register = replace(BOATS, stages=(by_itself, *BOATS.stages))
    row_of = row(SURVEY, 5, "7", verdict="leaky", flaw="船底")
    assert judge_return(register, ANEW, SURVEY, row_of, STANDS, lambda key: (ENTERED,)) is None
