"""A number that people give themselves, on a paper for something called otherwise than before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.domain.finding import Finding
from pipeline.domain.record import Record, RecordState
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.judge_titles import judge_titles
from schemas.language import Catalogue, FieldRole, Form, Localized, Procedure, Register
from tests.merge.boats import BOATS, PAPERS, boat, row

OWNED = replace(BOATS, transfer=None)
"""Boats that nobody may sell: what a number is called does not change."""
RULES = Rulebook(Catalogue((Procedure("harbour", Localized("港务", "Harbour"), (OWNED,)),)))


def judged(
    *records: Record, register: Register = OWNED, before: RecordState | None = boat(boat_name="海燕")
) -> list[Finding]:
    stood = {before.key: before} if before else {}
    return list(judge_titles(register, register.base, records, stood))


def named(name: str | None, line: int = 4, key: str = "7", **more: Any) -> Record:
    return row(PAPERS, line, key, **({} if name is None else {"boat_name": name}), **more)


def test_another_name_for_the_same_number_is_told_at_the_name_with_the_earlier_one() -> None:
    (finding,) = judged(named("飞鱼"))
    assert (finding.rule, finding.cell, finding.key, finding.value) == ("key.other_title", "B4", "7", "飞鱼")
    assert (finding.form, finding.field) == ("papers", "boat_name")
    sentence = RULES.word(finding, "zh").sentence
    assert sentence == "船名原来是“海燕”，这次交的是“飞鱼”，编号没有变：原来的已被替换"


@pytest.mark.parametrize("name", ["海燕", "海燕号", "燕", " 海 燕 ", None])
def test_a_name_that_is_longer_shorter_or_not_written_is_no_other_one(name: str | None) -> None:
    assert judged(named(name)) == []


@pytest.mark.parametrize(("was", "now"), [("興盛", "兴盛"), ("ＡＢ 1", "ab1"), ("兴盛", "興盛號")])
def test_a_name_in_other_letters_is_no_other_one(was: str, now: str) -> None:
    assert judged(named(now), before=boat(boat_name=was)) == []


def test_a_boat_that_is_new_or_had_no_name_is_called_as_one_likes() -> None:
    assert judged(named("飞鱼"), before=None) == []
    assert judged(named("飞鱼"), before=boat("8", boat_name="海燕")) == []
    assert judged(named("飞鱼"), before=boat()) == []
    assert judged(named("飞鱼"), before=boat(boat_name=None)) == []


def test_a_row_that_is_only_amended_is_passed_over_and_the_next_one_judged() -> None:
    (finding,) = judged(named("老鹰", 3, partial=True), named(None, 4), named("海燕", 5), named("飞鱼", 6))
    assert finding.cell == "B6"


def renamed(**more: Any) -> Form:
    """The papers with their title declared otherwise."""
    return replace(PAPERS, fields=tuple(replace(f, **more) if f.code == "boat_name" else f for f in PAPERS.fields))


KEY_GIVEN = replace(PAPERS, fields=(replace(PAPERS.key, given=True), *PAPERS.fields[1:]))
KEY_OF_PEOPLE = replace(PAPERS, fields=(replace(PAPERS.key, means=FieldRole.PERSON_NO), *PAPERS.fields[1:]))


@pytest.mark.parametrize(
    "register",
    [
        BOATS,  # sold: another owner may name it anew
        *(
            replace(OWNED, forms=(form, *OWNED.forms[1:]))
            for form in (renamed(private=True), renamed(means=None), KEY_GIVEN, KEY_OF_PEOPLE)
        ),
    ],
)
def test_where_a_number_is_given_or_a_name_may_change_nothing_is_told(register: Register) -> None:
    assert judged(named("飞鱼"), register=register) == []


def test_only_the_form_that_opens_the_register_says_what_a_number_is_called() -> None:
    other = replace(OWNED, forms=(replace(PAPERS, code="first"), *OWNED.forms))
    assert list(judge_titles(other, PAPERS, [named("飞鱼")], {"7": boat(boat_name="海燕")})) == []
