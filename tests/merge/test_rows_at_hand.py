"""How a row finds its record: of this round or of the one before, missed and made up for, and by whom it may be said at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from pipeline.domain.embedded_metadata import token
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.match_records import Merge, RowOutcome
from pipeline.merge.statement import StatementBase
from pipeline.merge.three_way import ThreeWay
from schemas.language import Catalogue, Form, Procedure, Register, State
from tests.merge.boats import BOATS, PAPERS, SURVEY, TODAY, Harbour, boat, both, row

RULES = Rulebook(Catalogue((Procedure("harbour", both("港务"), (BOATS,)),)))
MADE = EventFactory("boats", TODAY, 1)
ROSTER = Roster(TODAY, {"B1": Person("B1", "孙涛", "surveyor"), "B3": Person("B3", "赵敏", "clerk")})


def taken(
    form: Form,
    record: Record,
    *stands: RecordState,
    register: Register = BOATS,
    life: Sequence[Event] = (),
    as_of: Any = lambda key, version: None,
    **about: Any,
) -> tuple[RowOutcome, list[str], dict[str, RecordState]]:
    """What became of a row, what was told of it, and the records thereafter."""
    entries = {each.key: each for each in stands}
    of = {"life": lambda key: [each for each in life if each.key == key], "as_of": as_of}
    merged = Merge(register, entries, {}, count(50), TODAY, 6, **of, **about).take(form, [record])
    told = [f"{each.cell} {RULES.word(each, 'zh').sentence}" for each in merged.findings]
    (outcome,) = merged.outcomes.values()
    return outcome, told, entries


def surveyed() -> Harbour:
    """Boat 7 was found leaky, and waits to be surveyed once more."""
    harbour = Harbour()
    harbour.take(PAPERS, row(PAPERS, 3, "7", boat_name="海燕", hull="steel"))
    harbour.take(SURVEY, row(SURVEY, 3, "7", file="检验.xlsx", verdict="leaky", surveyor="孙涛", flaw="船底"))
    assert harbour.entries["7"].state == "to_survey"
    return harbour


def again(harbour: Harbour, **said: str) -> tuple[RowOutcome, list[str], dict[str, RecordState]]:
    """A row of the worklist that was written before the survey."""
    last = harbour.events[-1].number
    record = row(SURVEY, 5, "7", file="任务.xlsx", token=token("7", harbour.events[0].number), **said)
    before = boat(state="to_survey", boat_name="海燕", hull="steel")
    stood = {harbour.events[0].number: before, last: harbour.entries["7"]}
    return taken(
        SURVEY, record, harbour.entries["7"], life=harbour.events, as_of=lambda key, version: stood.get(version)
    )


def test_a_row_of_the_round_before_that_was_taken_just_so_says_nothing() -> None:
    outcome, told, entries = again(surveyed(), verdict="leaky", surveyor="孙涛", flaw="船底")
    assert (outcome, told) == (RowOutcome.UNCHANGED, [])
    assert entries["7"].state == "to_survey"


def test_a_row_of_the_round_before_that_says_otherwise_is_asked_about() -> None:
    outcome, told, entries = again(surveyed(), verdict="sound", surveyor="孙涛")
    assert outcome is RowOutcome.REJECTED
    assert told[0].startswith("B5 结论：您填“合格”，台账中是“漏水”")
    assert (entries["7"].state, entries["7"].values["verdict"]) == ("to_survey", "leaky")


def test_a_row_written_before_the_step_was_taken_and_asked_again_is_out_of_date() -> None:
    harbour = Harbour()
    harbour.take(PAPERS, row(PAPERS, 3, "7", boat_name="海燕", hull="steel"))
    harbour.take(SURVEY, row(SURVEY, 3, "7", file="检验.xlsx", verdict="sound", surveyor="孙涛"))
    due_again = MADE.by_program("7", harbour.entries["7"], {}, state="to_survey", number=9)
    harbour.lived(replace(due_again, run=7))
    outcome, told, entries = again(harbour, verdict="leaky", surveyor="孙涛")
    assert outcome is RowOutcome.REJECTED
    assert len(told) == 1
    assert told[0].startswith("A5 ")
    assert "“海燕”" in told[0]
    assert "“检验”" in told[0]
    assert entries["7"].values["verdict"] == "sound"


MISSES = replace(BOATS, states=(*BOATS.states, State("missed", both("未办"), final=True, missed=True)))


def missed(*life: Event, form: Form = SURVEY, **more: Any) -> tuple[RowOutcome, list[str], dict[str, RecordState]]:
    record = row(form, 5, "7", **{"verdict": "sound", "surveyor": "孙涛", **more})
    stands = boat(state="missed", boat_name="海燕", hull="steel")
    return taken(form, record, stands, register=MISSES, life=life)


def test_what_was_missed_is_made_up_for_by_the_step_that_it_waited_for() -> None:
    entered = MADE.by_program("7", None, {"boat_name": "海燕"}, state="to_survey", number=1)
    noted = MADE.by_program("7", boat(), {"berth": "3号"}, number=2)
    over = MADE.by_program("7", boat(), {}, state="missed", number=3)
    outcome, told, entries = missed(entered, noted, over)
    assert (outcome, told) == (RowOutcome.ACCEPTED, [])
    assert (entries["7"].state, entries["7"].values["verdict"]) == ("afloat", "sound")
    # it waited for something else, or nobody knows for what
    elsewhere = MADE.by_program("7", None, {}, state="laid_up", number=1)
    for life in ((elsewhere, over), ()):
        outcome, told, entries = missed(*life)
        assert outcome is RowOutcome.REJECTED
        assert "现为“未办”，不能办理“检验”" in told[0]
        assert entries["7"].state == "missed"


def test_what_was_missed_is_corrected_as_it_stands() -> None:
    entered = MADE.by_program("7", None, {"boat_name": "海燕"}, state="to_survey", number=1)
    over = MADE.by_program("7", boat(), {}, state="missed", number=2)
    stands = boat(state="missed", boat_name="海燕", hull="steel")
    # a sheet that no step asks for, and cells corrected in the row of the step, where what was missed is closed
    no_stage = replace(MISSES, stages=tuple(each for each in MISSES.stages if each.code != "enter"))
    record = row(PAPERS, 5, "7", berth="3号")
    outcome, told, entries = taken(PAPERS, record, stands, register=no_stage, life=(entered, over))
    assert (outcome, told, entries["7"].values["berth"]) == (RowOutcome.ACCEPTED, [], "3号")
    states = (*BOATS.states, State("missed", both("未办"), closed=True, missed=True))
    record = row(SURVEY, 5, "7", flaw="船底", partial=True)
    outcome, told, entries = taken(SURVEY, record, stands, register=replace(BOATS, states=states), life=(entered, over))
    assert outcome is RowOutcome.REJECTED
    assert told[0].startswith("D5 “海燕”")


def barred() -> Register:
    """Boats whose owner may not survey them."""
    stages = tuple(replace(each, not_by=("owner",) if each.code == "survey" else ()) for each in BOATS.stages)
    return replace(BOATS, stages=stages)


def test_the_name_that_keeps_somebody_from_a_step_is_not_changed_on_a_worklist() -> None:
    stands = boat(state="to_survey", boat_name="海燕", owner="孙涛", version=1)
    correction = {"partial": True, "token": token("7", 1)}
    told = taken(PAPERS, row(PAPERS, 5, "7", owner="王五", **correction), stands, register=barred())
    assert told[0] is RowOutcome.REJECTED
    assert told[1] == ["C5 “船主”决定谁不能办理“检验”，不能在此改成“王五”"]
    assert told[2]["7"].values["owner"] == "孙涛"
    other = taken(PAPERS, row(PAPERS, 5, "7", berth="3号", **correction), stands, register=barred())
    assert (other[0], other[1], other[2]["7"].values["berth"]) == (RowOutcome.ACCEPTED, [], "3号")
    free = taken(PAPERS, row(PAPERS, 5, "7", owner="王五", **correction), stands)
    assert (free[0], free[2]["7"].values["owner"]) == (RowOutcome.ACCEPTED, "王五")


def test_a_step_of_a_role_is_refused_to_others_also_by_whose_worklist_it_is() -> None:
    stages = tuple(replace(each, strict=each.code == "survey") for each in BOATS.stages)
    strict = replace(BOATS, stages=stages)
    stands = boat(state="to_survey", boat_name="海燕", hull="steel")

    def tried(name: str, actors: dict[str, str], whose: str = "") -> tuple[RowOutcome, str]:
        record = row(SURVEY, 5, "7", verdict="sound", **({"surveyor": name} if name else {}))
        bases = {(record.submission, record.sheet, record.row): StatementBase(whose)} if whose else {}
        outcome, told, entries = taken(
            SURVEY, record, stands, register=strict, roster=ROSTER, actors=actors, bases=bases
        )
        assert (entries["7"].state == "afloat") is (outcome is RowOutcome.ACCEPTED)
        return outcome, told[0] if told else ""

    assert tried("孙涛", {}) == (RowOutcome.ACCEPTED, "")
    outcome, said = tried("赵敏", {})
    assert outcome is RowOutcome.REJECTED
    assert said.startswith("C5 “海燕”的“检验”应由")
    assert "“赵敏”" in said
    assert tried("", {"hash of a.xlsx": "孙涛"}) == (RowOutcome.ACCEPTED, "")
    assert tried("", {"hash of a.xlsx": "赵敏"})[0] is RowOutcome.REJECTED
    outcome, said = tried("", {"hash of b.xlsx": "孙涛"})
    assert outcome is RowOutcome.REJECTED
    assert "“”" in said, "nobody is named"
    assert tried("", {}, "孙涛") == (RowOutcome.ACCEPTED, "")
    assert "“赵敏”" in tried("", {}, "赵敏")[1]


def said_by(actor: str, **values: str) -> Event:
    return Event(
        "boats", "7", "papers", values, dict.fromkeys(values, "C9"), {},
        submission="b", file="b.xlsx", actor=actor, on=date(2026, 11, 20),
    )  # fmt: skip


FULL = replace(SURVEY, fields=(*SURVEY.fields, *(each for each in PAPERS if each.code in ("berth", "hull"))))


def step_on(
    *life: Event,
    now: dict[str, str],
    typed: dict[str, str],
    author: str = "孙涛",
    form: Form = FULL,
    partial: bool = False,
    answered: Callable[[Finding], bool] = lambda finding: False,
) -> tuple[dict[str, Any], int, bool]:
    """A row of a worklist for the survey, which shows berth and hull of version 1: what is left, how much is told, what waits."""
    record = row(form, 5, "7", token=token("7", 1), partial=partial, **{"berth": "3号", "hull": "wood", **typed})
    written = boat(state="to_survey", berth="3号", hull="wood", version=1)
    three_way = ThreeWay(
        BOATS,
        {"7": boat(state="to_survey", version=2, **{"berth": "3号", "hull": "wood", **now})},
        lambda key, version: written if (key, version) == ("7", 1) else None,
        lambda key: life if key == "7" else (),
        authors={record.submission: author},
        answered=answered,
    )
    findings, waits = three_way.narrow(form, record)
    return {code: value for code, value in record.values.items() if code != "boat_no"}, len(findings), waits


def test_what_a_worklist_only_repeats_stands_as_it_stands_now() -> None:
    left = step_on(said_by("陈二", hull="steel"), now={"hull": "steel"}, typed={"verdict": "sound"})
    assert left == ({"verdict": "sound", "berth": "3号", "hull": "steel"}, 0, False)


def test_a_step_on_a_worklist_waits_whole_where_one_of_its_cells_is_contested() -> None:
    left, told, waits = step_on(
        said_by("陈二", hull="steel"), now={"hull": "steel"}, typed={"verdict": "sound", "hull": "plastic"}
    )
    assert (told, waits) == (1, True)
    assert left["verdict"] == "sound"
    # his own, which he may go on from
    own = step_on(said_by("孙涛", hull="steel"), now={"hull": "steel"}, typed={"verdict": "sound", "hull": "plastic"})
    assert own == ({"verdict": "sound", "berth": "3号", "hull": "plastic"}, 0, False)


HIS, ANOTHERS = said_by("孙涛", hull="plastic"), said_by("陈二", hull="steel")


def test_what_he_has_said_before_is_nothing_new_on_his_worklist_but_a_step_waits_for_it() -> None:
    again = {"now": {"hull": "steel"}, "typed": {"hull": "plastic"}}
    for form in (PAPERS, FULL):  # cells corrected on it
        assert step_on(HIS, ANOTHERS, form=form, partial=True, **again) == ({}, 0, False)
    left, told, waits = step_on(HIS, ANOTHERS, now={"hull": "steel"}, typed={"verdict": "sound", "hull": "plastic"})
    assert (told, waits) == (1, True), "what a step says is said now"
    assert left["hull"] == "plastic"
    # another has said so, or his worklist is nobody's
    assert step_on(said_by("赵敏", hull="plastic"), ANOTHERS, form=PAPERS, partial=True, **again)[1] == 1
    assert step_on(HIS, ANOTHERS, form=PAPERS, partial=True, author="", **again)[1] == 1


def test_of_two_values_of_a_worklist_of_which_one_was_chosen_nobody_is_asked_again() -> None:
    asked: list[Finding] = []

    def answered(finding: Finding) -> bool:
        asked.append(finding)
        return True

    typed = {"verdict": "sound", "hull": "plastic"}
    found = step_on(ANOTHERS, now={"hull": "steel"}, typed=typed, answered=answered)
    assert found == ({"verdict": "sound", "berth": "3号", "hull": "steel"}, 0, False)
    assert [(each.field, dict(each.details)["@by"]) for each in asked] == [("hull", "孙涛")]


def test_what_the_same_workbook_has_said_in_this_run_is_its_own() -> None:
    own = replace(ANOTHERS, submission="hash of a.xlsx")
    found = step_on(own, now={"hull": "steel"}, typed={"verdict": "sound", "hull": "plastic"})
    assert found == ({"verdict": "sound", "berth": "3号", "hull": "plastic"}, 0, False)


def test_cells_corrected_in_a_step_s_row_wait_with_it_and_on_any_other_row_each_for_itself() -> None:
    typed = {"berth": "5号", "hull": "plastic"}
    for form, left in ((FULL, {}), (PAPERS, {"berth": "5号"})):
        found = step_on(ANOTHERS, now={"hull": "steel"}, typed=typed, form=form, partial=True)
        assert found == (left, 1, False)


def test_a_cell_cleared_in_a_step_s_row_is_cleared_and_one_blanked_since_is_not_brought_back() -> None:
    cleared: dict[str, Any] = {"verdict": "sound", "berth": None}
    assert step_on(now={}, typed=cleared) == ({"verdict": "sound", "berth": None, "hull": "wood"}, 0, False)
    since: dict[str, Any] = {"hull": None}
    assert step_on(now=since, typed={"verdict": "sound"}) == ({"verdict": "sound", "berth": "3号"}, 0, False)
