"""A worklist's row of a round that is over: nothing where it was taken just so, else it has to be done anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import fold
from pipeline.merge.earlier_round import earlier_round, led_to
from schemas.language import Form
from tests.merge.boats import BOATS, PAPERS, SURVEY, boat, row


def event(number: int, form: str, state: str = "", run: int = 0, paper: str = "a", **values: str) -> Event:
    submission = f"hash of {paper}" if paper else ""
    return Event(
        "boats", "7", form, values, {}, {}, state=state, number=number, run=run or number, submission=submission
    )


OPENED = event(1, "papers", "to_survey", boat_no="7", boat_name="海燕")
LEAKY = event(2, "survey", "to_survey", verdict="leaky", surveyor="老王")
SOUND = event(2, "survey", "afloat", verdict="sound", surveyor="老王")
AGAIN = event(3, "papers", "to_survey", berth="五号")
"""A new paper by which the boat waits to be surveyed once more."""


def judged(*lived: Event, version: int = 1, state: str = "to_survey", form: Form = SURVEY, **said: Any) -> Any:
    more = {name: said.pop(name) for name in ("partial", "token") if name in said}
    record: Record = row(form, 4, "7", **{"token": token("7", version), **more, **said})

    def life(key: str) -> Sequence[Event]:
        return lived if key == "7" else ()

    def as_of(key: str, number: int) -> RecordState | None:
        return fold([each for each in lived if each.number <= number]) if key == "7" else None

    return earlier_round(BOATS, form, record, boat(state=state, boat_name="海燕"), life, as_of)


def test_a_step_that_was_taken_otherwise_and_is_due_anew_has_to_be_done_again() -> None:
    (finding,) = judged(OPENED, SOUND, AGAIN, verdict="sound", surveyor="小李")
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.cell, finding.field, finding.value) == ("step.outdated", "A4", "boat_no", "7")
    assert dict(finding.details) == {"title": "海燕", "stage@zh": "检验", "stage@en": "en:检验"}


def test_a_step_that_was_taken_just_so_says_nothing() -> None:
    assert judged(OPENED, SOUND, AGAIN, verdict="sound", surveyor="老王") == []
    assert judged(OPENED, LEAKY, verdict="leaky", surveyor="老王") == []
    assert judged(OPENED, SOUND, state="afloat", verdict="sound", surveyor="老王") == []


def test_what_the_step_did_not_set_since_it_stood_already_was_taken_so_all_the_same() -> None:
    signed = event(2, "papers", surveyor="老王", flaw="无")
    taken = event(3, "survey", "afloat", verdict="sound")
    assert judged(OPENED, signed, taken, state="afloat", verdict="sound", surveyor="老王") == []
    assert judged(OPENED, signed, taken, state="afloat", verdict="sound", surveyor="小李") is None


def test_what_was_printed_on_the_row_is_not_typed() -> None:
    printed = event(2, "papers", flaw="渗水")
    mended, taken = event(3, "papers", flaw="无"), event(4, "survey", "afloat", verdict="sound")
    said = {"version": 2, "state": "afloat", "verdict": "sound"}
    assert judged(OPENED, printed, mended, taken, flaw="渗水", **said) == []
    assert judged(OPENED, printed, mended, taken, flaw="裂缝", **said) is None


@pytest.mark.parametrize(
    ("why", "lived", "version"),
    [
        ("nothing was taken since", [OPENED], 1),
        ("written after the step", [OPENED, SOUND, AGAIN], 3),
        ("written with the step", [OPENED, SOUND, AGAIN], 2),
        ("the step was taken and led back to it", [OPENED, LEAKY], 1),
        ("another form's step", [OPENED, event(2, "deed", "laid_up"), event(3, "deed", "to_survey")], 1),
        ("a value of its form was mended", [OPENED, event(2, "survey", verdict="leaky"), AGAIN], 1),
    ],
)
def test_a_row_of_this_round_is_left_to_be_judged(why: str, lived: list[Event], version: int) -> None:
    assert judged(*lived, version=version, verdict="sound", surveyor="小李") is None, why


def test_what_is_no_worklist_s_row_of_a_step_is_of_no_round() -> None:
    lived = OPENED, SOUND, AGAIN
    said = {"verdict": "sound", "surveyor": "小李"}
    assert judged(*lived, token="", **said) is None, "a sheet of one's own"
    assert judged(*lived, partial=True, **said) is None, "a correction beside the step"
    assert judged(*lived, form=PAPERS, boat_name="海燕", berth="五号") is None, "the paper that opens it"
    assert judged(*lived, state="afloat", **said) is None, "not due anew"


@pytest.mark.parametrize(
    ("why", "later", "state"),
    [
        ("nothing happened thereupon", [], "afloat"),
        ("the program went on in the same run", [event(3, "", "laid_up", 2, "")], "laid_up"),
        ("and on", [event(3, "", "laid_up", 2, ""), event(4, "", "broken", 2, "")], "broken"),
        ("it only noted something", [event(3, "", "", 2, "", berth="五号")], "afloat"),
        ("another run's", [event(3, "", "laid_up", 9, "")], "afloat"),
        ("another paper's", [event(3, "deed", "laid_up", 2, "b"), event(4, "", "broken", 2, "")], "afloat"),
        ("before the step", [event(1, "", "laid_up", 2, "")], "afloat"),
    ],
)
def test_a_step_led_to_where_the_program_brought_its_record_thereupon(why: str, later: list[Event], state: str) -> None:
    assert led_to(SOUND, [SOUND, *later]) == state, why
