"""Which way a filled form leads a record, and in which words it is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.record import RecordState
from pipeline.merge.take_steps import of_taken_step, step
from schemas.language import Localized, Register, Stage, Transition
from tests.merge.boats import BOATS, boat, both

SURVEY, DEED = BOATS.stages[1], BOATS.stages[2]


def way(stage: Stage, entry: RecordState | None, register: Register = BOATS, **values: str) -> Transition | Localized:
    return step(register, stage, entry, values)


def refused(stage: Stage, entry: RecordState | None, **values: str) -> tuple[str, str]:
    words = way(stage, entry, **values)
    assert isinstance(words, Localized)
    return words.zh, words.en


def test_the_first_move_that_holds_is_taken_and_a_move_to_nowhere_refuses_in_its_own_words() -> None:
    waiting = boat(state="to_survey", hull="steel")
    assert way(SURVEY, waiting, verdict="sound") is SURVEY.transitions[1]
    assert way(SURVEY, waiting, verdict="leaky") is SURVEY.transitions[2]
    assert way(SURVEY, boat(state="to_survey", hull="wood"), verdict="sound") == both("木船须上坞")
    assert way(SURVEY, boat(state="to_survey", hull="wood"), verdict="leaky") is SURVEY.transitions[2]
    assert refused(SURVEY, waiting, verdict="?") == ("请核对本行的结论", "Check the decision on this row")


def test_a_stage_that_opens_needs_no_record() -> None:
    assert way(BOATS.stages[0], None) is BOATS.stages[0].transitions[0]


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        (
            "laid_up",
            "现为“停航”，恢复以后再办；若号码写错，请改正",
            "It stands still in state “en:停航”: check the number, or have it go on first",
        ),
        (
            "broken",
            "已是“已拆解”，不用再办；若号码写错，请改正",
            "It is in state “en:已拆解” and closed for good: check the number",
        ),
        (
            "afloat",
            "已经办结，不用再办；以前填错了的，在总表上改那一格",
            "Nothing is left to do for this record; what was filled wrong is corrected in its cell of the master",
        ),
        (
            "",
            "已经办结，不用再办；以前填错了的，在总表上改那一格",
            "Nothing is left to do for this record; what was filled wrong is corrected in its cell of the master",
        ),
    ],
)
def test_a_step_that_is_not_due_says_where_the_record_stands(state: str, zh: str, en: str) -> None:
    assert refused(SURVEY, boat(state=state), verdict="sound") == (zh, en)


def test_a_step_too_early_names_the_one_that_is_next() -> None:
    later = Stage("launch", both("下水"), "clerk", "papers", "afloat", transitions=(Transition("afloat"),))
    words = way(later, boat(state="to_survey"))
    assert words == Localized(
        "现在应办的是“检验”，若号码写错，请改正；没到这一步的，到时再交",
        "The next step is “en:检验”: check the number, or wait",
    )


def test_a_step_of_a_record_that_is_not_registered_names_nothing_as_next() -> None:
    done = "已经办结，不用再办；以前填错了的，在总表上改那一格"
    assert refused(SURVEY, None, verdict="sound")[0] == done


def test_what_waits_for_the_program_says_so_with_its_state() -> None:
    """Nobody can be told to do what the program does by itself."""
    by_itself = Stage("dry", both("晾干"), "clerk", state="to_survey", transitions=(Transition("afloat"),))
    later = Stage("launch", both("下水"), "clerk", "papers", "afloat", transitions=(Transition("afloat"),))
    words = step(replace(BOATS, stages=(by_itself, later)), later, boat(state="to_survey"), {})
    assert words == Localized(
        "现为“待检验”，还没到这一步：等前面的事齐全，到时再交；若号码写错，请改正",
        "It is in state “en:待检验” and waits for what comes before: check the number, or wait",
    )


@pytest.mark.parametrize(
    ("stage", "state", "put_right"),
    [
        (SURVEY, "afloat", True),
        (SURVEY, "to_survey", True),
        (SURVEY, "laid_up", False),
        (SURVEY, "broken", False),
        (SURVEY, None, False),
        (DEED, "afloat", False),
    ],
)
def test_what_was_taken_is_put_right_in_the_master_while_its_record_goes_on(
    stage: Stage, state: str | None, put_right: bool
) -> None:
    said = of_taken_step(stage, BOATS.state(state) if state else None, both("等船坞"))
    assert said.zh == (
        "这一步已经办过：写错了要更正的，在总表里改正，把总表放进收件夹；若号码写错，请改正" if put_right else "等船坞"
    )


def test_a_deed_leads_on_from_any_state_but_a_closed_one() -> None:
    assert way(DEED, boat(state="to_survey"), act="laid_up") is DEED.transitions[0]
    assert way(DEED, boat(state="laid_up"), act="resumed") is DEED.transitions[1]
    assert way(DEED, boat(state="laid_up"), act="broken") is DEED.transitions[2]
    assert refused(DEED, boat(state="broken"), act="laid_up") == (
        "已是“已拆解”，不用再办；若号码写错，请改正",
        "It is in state “en:已拆解” and closed for good: check the number",
    )


def test_a_deed_that_is_done_already_or_undoes_nothing_is_refused_in_plain_words() -> None:
    assert refused(DEED, boat(state="laid_up"), act="laid_up") == (
        "已经是“停航”，不用再办；若号码写错，请改正",
        "It is in state “en:停航” already: check the number",
    )
    assert refused(DEED, boat(state="afloat"), act="resumed") == (
        "现为“在航”，没有停下，不用恢复；若号码写错，请改正",
        "It is in state “en:在航” and was not paused: check the number",
    )
    assert refused(DEED, boat(state="afloat"), act="?")[0] == "请核对本行的结论"
    assert refused(DEED, boat(state="unheard of"), act="laid_up")[0] == "请核对本行的结论"
    assert refused(DEED, None, act="laid_up")[0] == "请核对本行的结论"


def test_what_is_known_of_the_record_may_close_the_way_of_a_deed() -> None:
    only_steel = Stage(
        "deed",
        both("变动"),
        "clerk",
        "deed",
        ad_hoc=True,
        transitions=(Transition("laid_up", known=(("hull", ("steel",)),)),),
    )
    assert way(only_steel, boat(hull="steel")) is only_steel.transitions[0]
    assert isinstance(way(only_steel, boat(hull="wood")), Localized)
