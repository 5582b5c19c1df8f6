"""A step done by somebody whose it was not: taken, and told where it is somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.judge_hands import done_by_another
from schemas.language import Catalogue, Localized, Procedure, Register
from tests.merge.boats import BOATS, SURVEY, TODAY, boat, row

PEOPLE = {
    number: Person(number, name, role)
    for number, name, role in (
        ("B1", "孙涛", "surveyor"),
        ("B2", "何平", "surveyor"),
        ("B3", "赵敏", "clerk"),
        ("B4", "同名", "clerk"),
        ("B5", "同名", "surveyor"),
    )
}
LEFT = Person("B9", "老周", "clerk", ends=date(2026, 10, 1))
ROSTER = Roster(TODAY, PEOPLE, everyone={**PEOPLE, "B9": LEFT})
RULES = Rulebook(Catalogue((Procedure("harbour", Localized("港务", "Harbour"), (BOATS,)),)))
STAGES = {each.code: each for each in BOATS.stages}


def survey(**more: object) -> Register:
    """Boats whose survey is declared otherwise."""
    changed = {**STAGES, "survey": replace(STAGES["survey"], **more)}
    return replace(BOATS, stages=tuple(changed.values()))


def told(name: str, register: Register = BOATS, entry: RecordState | None = None, token: str = "") -> list[str]:
    waiting = entry or boat(state="to_survey", boat_name="海燕", owner_no="B1", owner="李船主")
    record = row(SURVEY, 5, "7", verdict="sound", surveyor=name, token=token)
    return [RULES.word(each, "zh").sentence for each in done_by_another(register, SURVEY, record, waiting, ROSTER)]


@pytest.mark.parametrize("name", ["孙涛", "B1", "何平", "同名", ""])
def test_whoever_has_it_or_has_the_role_may_do_it(name: str) -> None:
    assert told(name) == []


@pytest.mark.parametrize("name", ["赵敏", "路人"])
def test_somebody_without_the_role_or_unknown_is_told(name: str) -> None:
    assert told(name) == [f"“海燕”的“检验”应由孙涛办理，表上填的是“{name}”"] * 2  # it, and 孙涛 whose work it was


def test_where_the_record_names_who_does_it_a_colleague_of_the_role_is_another() -> None:
    named = survey(whom="clerk")
    waiting = boat(state="to_survey", boat_name="海燕", clerk="何平")
    assert told("何平", named, waiting) == []
    assert told("孙涛", named, waiting) == ["“海燕”的“检验”应由何平办理，表上填的是“孙涛”"] * 2
    # where it names nobody in force the role does it
    assert told("孙涛", named, boat(state="to_survey", boat_name="海燕", clerk="老周")) == []


def test_what_is_told_or_refused_elsewhere_is_not_told_twice() -> None:
    assert told("老周") == []  # has left: told at his name
    assert told("赵敏", token="7:1") == []  # on somebody's worklist
    assert told("赵敏", survey(strict=True)) == []
    assert told("赵敏", survey(role="diver"), boat(state="to_survey")) == []  # nobody has that role
