"""The scorer itself: it must notice what is missed, misplaced, made up or altered."""

from __future__ import annotations

from dataclasses import replace

from tests.score.cells import Book, Canvas
from tests.score.judged import Judged, Said
from tests.score.score import Score, score
from tests.score.truth import Case, Fault, Table

FAULT = Fault("length", "no", frozenset({"A3"}), frozenset({"A3", "B3"}))
TABLE = Table("S", "form", "list", right=[{"no": "1", "name": "甲"}], faults=[FAULT], cells={"A2", "B2", "A3", "B3"})
CASE = Case(1, "a.xlsx", b"", "xlsx", [TABLE], [], Book([Canvas("S")]))
TRUE = Judged(errors=[Said("S", "A3", "no")], records=[("S", {"no": "1", "name": "甲"})])


def judged(truth: Judged) -> Score:
    return score(CASE, truth, {"form": "no"})


def test_the_truth_has_no_misses() -> None:
    found = judged(TRUE)
    assert (found.found, found.named, found.false, found.accepted, found.equal, found.wrong) == (1, 1, 0, 1, 1, 0)
    assert not found.misses


def test_silence_misses_the_fault_and_the_record() -> None:
    found = judged(Judged())
    assert (found.found, found.accepted) == (0, 0)
    assert len(found.misses) == 2


def test_an_error_beside_the_fault_is_found_but_false() -> None:
    found = judged(replace(TRUE, errors=[Said("S", "B3", "name")]))
    assert (found.found, found.named, found.false) == (1, 0, 1)


def test_an_error_at_a_right_cell_is_false_and_does_not_find() -> None:
    found = judged(replace(TRUE, errors=[Said("S", "A3"), Said("S", "B2")]))
    assert (found.named, found.false) == (1, 1)


def test_an_error_about_the_whole_sheet_is_false() -> None:
    assert judged(replace(TRUE, errors=[Said("S", "A3"), Said("S", "")])).false == 1


def test_an_altered_value_is_accepted_but_not_equal() -> None:
    found = judged(replace(TRUE, records=[("S", {"no": "1", "name": "乙"})]))
    assert (found.accepted, found.equal) == (1, 0)
    assert found.misses


def test_a_record_that_nobody_wrote_is_wrong() -> None:
    assert judged(replace(TRUE, records=[*TRUE.records, ("S", {"no": "2"})])).wrong == 1


def test_a_doubt_about_a_right_value_is_a_miss() -> None:
    assert judged(replace(TRUE, doubts=[Said("S", "B2")])).misses
