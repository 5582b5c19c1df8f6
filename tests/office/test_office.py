"""The oracle judged by hand, every rule's robot, and offices that are played; ``make office`` plays many more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tests.office.oracle import After, Oracle, Wrong
from tests.office.papers import Kind, Paper, Row
from tests.office.play import Checks, play, script
from tests.office.robots import ASKS_NOTHING, ELSEWHERE, ROBOTS
from tests.office.story import story

NOBODY = After(refused=lambda *_: False, told=lambda *_: False, can_be_told=lambda _: True)
EVERYBODY = After(refused=lambda *_: False, told=lambda *_: True, can_be_told=lambda _: True)
REFUSED = After(refused=lambda *_: True, told=lambda *_: True, can_be_told=lambda _: True)
KEY, CODE = "131123100018", "contact_phone"
OLD, NEW, OTHER = "13932810001", "13932810002", "13932810003"
Values = Mapping[str, str]


class Told:
    """A story of which the outcome is known: papers are dropped, and the register is what the story says."""

    def __init__(self) -> None:
        self.oracle, self.stands, self.state, self.count = Oracle(), dict[str, str](), "", 0

    def paper(
        self, author: str, cells: Values, *, written: Values | None = None, kind: Kind = Kind.OWN, again: int = 0,
        lineage: str = "",
    ) -> Paper:  # fmt: skip
        self.count += 1
        row = Row(KEY, dict(cells), dict(written) if written is not None else None, "页", 3)
        when = datetime(2026, 11, 2, 9, self.count)
        return Paper(
            self.count, kind, author, lineage or f"of {author}", "台账.xlsx", when, b"", [row], again=again,
            known=kind is not Kind.MASTER,
        )  # fmt: skip

    def run(self, papers: Sequence[Paper], becomes: Values, seen: After = NOBODY, state: str = "") -> list[str]:
        """Judge a run after which the record is what *becomes* says; return the invariants that failed."""
        before = {KEY: self.stands} if self.stands else {}
        found: list[Wrong] = self.oracle.judge(
            before, {KEY: self.state}, {KEY: becomes}, {KEY: state or self.state}, papers, seen
        )
        self.stands, self.state = dict(becomes), state or self.state
        return [each.invariant for each in found]


def test_what_the_first_sheet_says_is_in_the_register() -> None:
    told = Told()
    assert told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD}) == []
    assert told.oracle.statements == 1


def test_what_a_sheet_says_and_the_register_does_not_hold_is_lost() -> None:
    told = Told()
    assert told.run([told.paper("A01", {CODE: OLD, "principal": "张三"})], {CODE: OLD}) == ["1 lost in silence"]


def test_what_is_refused_is_not_lost() -> None:
    told = Told()
    assert told.run([told.paper("A01", {CODE: OLD, "principal": "张三"})], {CODE: OLD}, REFUSED) == []


def test_a_value_that_nobody_wrote_is_invented() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    assert told.run([], {CODE: NEW}) == ["1 invented"]


def test_a_list_that_repeats_does_not_undo_what_another_has_corrected() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    worklist = told.paper("K01", {CODE: NEW}, written={CODE: OLD}, kind=Kind.WORKLIST)
    assert told.run([worklist], {CODE: NEW}, EVERYBODY) == []

    again = told.paper("A01", {CODE: OLD})
    assert told.run([again], {CODE: NEW}) == []
    again = told.paper("A01", {CODE: OLD})
    assert told.run([again], {CODE: OLD}) == ["1 repeated"]


def test_whoever_had_said_it_is_told_that_it_was_changed() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    worklist = told.paper("K01", {CODE: NEW}, written={CODE: OLD}, kind=Kind.WORKLIST)
    assert told.run([worklist], {CODE: NEW}, NOBODY) == ["1 untold"]


def test_who_repeats_a_refused_row_beside_a_colleague_who_says_it_anew_does_not_hold_it() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {}, REFUSED)
    told.run([told.paper("A02", {CODE: OLD}), told.paper("A01", {CODE: OLD})], {CODE: OLD})
    seen = After(refused=lambda *_: False, told=lambda author, *_: author == "A02", can_be_told=lambda _: True)
    worklist = told.paper("K01", {CODE: NEW}, written={CODE: OLD}, kind=Kind.WORKLIST)
    assert told.run([worklist], {CODE: NEW}, seen) == []


def test_a_row_that_is_mended_at_last_brings_all_its_cells() -> None:
    told, said = Told(), {CODE: OLD, "principal": "张三"}
    told.run([told.paper("A01", said)], {})
    assert told.run([told.paper("A01", {**said, CODE: NEW})], {CODE: NEW, "principal": "张三"}) == []


def test_who_agrees_with_what_stands_need_not_be_told_that_another_changes_it_afterwards() -> None:
    for first, failed in (("A02", []), ("K01", ["1 waits in silence"])):
        told = Told()
        told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
        said = {
            "A02": lambda told=told: told.paper("A02", {CODE: OLD}),
            "K01": lambda told=told: told.paper("K01", {CODE: NEW}, written={CODE: OLD}, kind=Kind.WORKLIST),
        }
        papers = [said[name]() for name in (("A02", "K01") if first == "A02" else ("K01", "A02"))]
        seen = After(refused=lambda *_: False, told=lambda author, *_: author == "A01", can_be_told=lambda _: True)
        assert told.run(papers, {CODE: NEW}, seen) == failed


def test_who_changes_a_colleagues_value_and_then_his_own_has_replaced_nothing_more() -> None:
    told = Told()
    told.run([told.paper("A02", {CODE: OLD})], {CODE: OLD})
    papers = [told.paper("A01", {CODE: OTHER}, kind=Kind.WORKLIST, written={CODE: OLD}), told.paper("A01", {CODE: NEW})]
    assert told.run(papers, {CODE: NEW}, EVERYBODY) == []
    told = Told()
    told.run([told.paper("A02", {CODE: OLD})], {CODE: OLD})
    assert told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW}, EVERYBODY) == ["1 replaced"]


def test_whoever_changes_his_own_value_need_not_be_told() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    assert told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW}) == []


def test_a_prefilled_cell_says_nothing() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW})
    stale = told.paper("K01", {CODE: OLD}, written={CODE: OLD}, kind=Kind.WORKLIST)
    assert told.run([stale], {CODE: OLD}) == ["1 repeated"]


def test_a_correction_of_what_has_moved_on_waits_and_its_author_is_asked() -> None:
    for seen, failed in ((EVERYBODY, []), (NOBODY, ["1 waits in silence"])):
        told = Told()
        told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
        told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW})
        stale = told.paper("K01", {CODE: OTHER}, written={CODE: OLD}, kind=Kind.WORKLIST)
        assert told.run([stale], {CODE: NEW}, seen) == failed
        assert told.oracle.conflicts == 1


def test_a_conflict_replaces_nothing_even_when_it_is_told() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    assert told.run([told.paper("A02", {CODE: NEW})], {CODE: NEW}, EVERYBODY) == ["1 replaced"]


def test_an_answer_settles_what_waited() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    assert told.run([told.paper("A02", {CODE: NEW})], {CODE: OLD}, EVERYBODY) == []
    answered = told.paper("A02", {CODE: NEW})  # with 以我为准 beside it
    assert told.run([answered], {CODE: NEW}, EVERYBODY) == []


def test_a_blank_overwrites_nothing() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    assert told.run([told.paper("A01", {CODE: ""})], {CODE: OLD}) == []
    assert told.run([told.paper("A01", {CODE: ""})], {}) == ["1 blanked"]


def test_a_row_that_was_refused_is_said_again_when_its_cell_is_mended() -> None:
    told = Told()
    first = told.paper("A01", {CODE: "139", "principal": "张三"})
    told.run([first], {}, REFUSED)
    mended = told.paper("A01", {CODE: OLD, "principal": "张三"}, written={CODE: "139", "principal": "张三"})
    assert told.run([mended], {CODE: OLD, "principal": "张三"}) == []


def test_an_old_return_says_nothing() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW})
    assert told.run([told.paper("A01", {CODE: OLD}, written={CODE: OLD})], {CODE: OLD}) == ["1 repeated"]


def test_an_earlier_paper_again_says_nothing() -> None:
    told = Told()
    told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
    told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW})
    assert told.run([told.paper("A01", {CODE: OLD}, again=1)], {CODE: OLD}) == ["1 repeated"]
    assert told.run([told.paper("A01", {CODE: OLD}, again=1)], {CODE: OLD}) == []


def test_an_old_copy_with_a_cell_mended_may_mean_either() -> None:
    for becomes in (OLD, NEW):
        told = Told()
        told.run([told.paper("A01", {CODE: OLD})], {CODE: OLD})
        told.run([told.paper("A01", {CODE: NEW})], {CODE: NEW})
        assert (
            told.run([told.paper("A01", {CODE: OLD, "principal": "李四"})], {CODE: becomes, "principal": "李四"}) == []
        )


VISITED = {"verdict": "no_such_shop", "verified_on": "2026-11-03", "verified_by": "王建国", "verification_note": "锁门"}
SECOND = {"verdict": "as_stated", "verified_on": "2026-11-05", "verified_by": "王建国", "verification_note": ""}
BLANK = dict.fromkeys(VISITED, "")


def visit(told: Told, cells: Values, lineage: str = "w1") -> Paper:
    return told.paper("K01", cells, written=BLANK, kind=Kind.WORKLIST, lineage=lineage)


def test_a_step_is_taken_with_all_its_fields() -> None:
    told = Told()
    told.run([], {}, state="to_verify")
    assert told.run([visit(told, VISITED)], VISITED, state="to_review") == []
    told = Told()
    told.run([], {}, state="to_verify")
    half = {**VISITED, "verdict": ""}
    assert set(told.run([visit(told, VISITED)], half, state="to_review")) == {"1 step in parts"}


def test_a_second_round_keeps_nothing_of_the_first() -> None:
    told = Told()
    told.run([], {}, state="to_verify")
    told.run([visit(told, VISITED)], VISITED, state="to_review")
    told.run([], VISITED, state="to_verify")
    mixed = {**SECOND, "verification_note": "锁门"}
    assert told.run([visit(told, SECOND, "w2")], mixed, state="to_review") == ["1 step in parts"]
    told.stands, told.state = VISITED, "to_verify"
    assert told.run([visit(told, {**SECOND, "verified_by": "刘洋"}, "w3")], {**SECOND, "verified_by": "刘洋"}) == []


def test_a_row_that_answers_nothing_takes_nothing() -> None:
    told = Told()
    told.run([], {}, state="to_verify")
    half = {**BLANK, "verified_on": "2026-11-03"}
    assert told.run([visit(told, half)], {}) == []
    assert told.run([visit(told, half)], {"verified_on": "2026-11-03"}) == ["1 step in parts"]


def test_a_step_that_is_not_taken_is_told() -> None:
    told = Told()
    told.run([], {CODE: OLD}, EVERYBODY, state="to_verify")
    assert told.run([visit(told, VISITED)], {CODE: OLD}, NOBODY) == ["1 step lost"]
    assert told.run([visit(told, SECOND, "w2")], {CODE: OLD}, REFUSED) == []


def test_the_same_worklist_again_takes_no_second_step() -> None:
    told = Told()
    told.run([], {}, state="to_verify")
    told.run([visit(told, VISITED)], VISITED, state="to_review")
    told.run([], {}, state="to_verify")
    assert set(told.run([visit(told, VISITED)], VISITED, state="to_review")) == {"1 repeated"}


# robots ---------------------------------------------------------------------------------------------------------------


def rules() -> list[str]:
    page = Path(__file__).parents[2] / "docs" / "findings.md"
    return re.findall(r"^\| `([a-z_.]+)` \|", page.read_text("utf-8"), flags=re.M)


def test_every_rule_has_its_robot_or_says_why_it_needs_none() -> None:
    known = {*ROBOTS, *ASKS_NOTHING, *ELSEWHERE}
    assert [rule for rule in rules() if rule not in known] == []
    assert not set(ROBOTS) & {*ASKS_NOTHING, *ELSEWHERE}


# offices --------------------------------------------------------------------------------------------------------------


def test_a_play_is_the_same_each_time_and_when_it_is_cut() -> None:
    assert script(3, 10) == script(3, 10)
    assert script(3, 10).days[:4] == script(3, 4).days
    first, second = (play(script(3, 3), Checks(rebuild=False)) for _ in range(2))
    assert (first.story, first.violations) == (second.story, second.violations)


@pytest.mark.parametrize("seed", range(20))
def test_ten_days_of_an_office(seed: int) -> None:
    played = script(seed, 10)
    outcome = play(played, Checks(again=0.3, apart=0.3, rebuild=seed % 4 == 0))
    assert outcome.violations == [], "\n".join(story(played, outcome))
