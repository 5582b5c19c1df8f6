"""What the row of a step does to its record: where it waits on, where a round begins, and where what was said is put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from pipeline.domain.embedded_metadata import token
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.roster import Person, Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.match_records import Merge, Merged, RowOutcome
from pipeline.merge.statement import StatementBase
from schemas.language import (
    Against,
    Catalogue,
    Comparison,
    Field,
    FieldRole,
    Form,
    Kind,
    Procedure,
    Register,
    State,
    Transition,
)
from schemas.language.work import NO, YES, Draw
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, TODAY, TWIN, TWINS, boat, both, row

RULES = Rulebook(Catalogue((Procedure("harbour", both("港务"), (BOATS, TWINS)),)))
STAFF = {"B1": Person("B1", "孙涛", "surveyor"), "B3": Person("B3", "赵敏", "clerk")}
ROSTER = Roster(TODAY, STAFF, everyone=STAFF)
WAITS = boat(state="to_survey", boat_name="海燕", hull="steel")


def survey(*ways: Transition, **more: Any) -> Register:
    """Boats whose survey is declared otherwise; *ways* go before its own."""
    stages = tuple(
        replace(each, transitions=(*ways, *each.transitions), **more) if each.code == "survey" else each
        for each in BOATS.stages
    )
    return replace(BOATS, stages=stages)


def merged(
    form: Form,
    record: Record,
    *stands: RecordState,
    register: Register = BOATS,
    life: Sequence[Event] = (),
    **about: Any,
) -> Merged:
    entries = {each.key: each for each in stands}
    merge = Merge(register, entries, {}, count(50), TODAY, 6, life=lambda key: life, roster=ROSTER, **about)
    return merge.take(form, [record])


def said(found: Merged) -> dict[str, object]:
    return {code: value for each in found.events for code, value in each.values.items()}


def told(found: Merged) -> list[str]:
    return [f"{each.cell} {RULES.word(each, 'zh').sentence}" for each in found.findings]


def surveyed(state: str = "afloat", **answers: str) -> tuple[RecordState, list[Event]]:
    """Boat 7, surveyed by 孙涛, and what happened to it."""
    known = {"verdict": "sound", "surveyor": "孙涛", **answers}
    entered = Event("boats", "7", "papers", WAITS.values, {}, {}, state="to_survey", number=1, run=1)
    event = Event(
        "boats", "7", "survey", known, {}, {}, state, submission="hash of 检验.xlsx", on=TODAY, number=2, run=2
    )
    stands = fold((entered, event))
    assert stands is not None
    return stands, [entered, event]


HALF = Transition("", when=(("flaw", ("未完",)),), stays=True)


def test_a_step_that_leaves_its_record_waiting_is_told_where_another_has_done_it() -> None:
    def half(name: str) -> Merged:
        record = row(SURVEY, 5, "7", verdict="sound", surveyor=name, flaw="未完")
        return merged(SURVEY, record, WAITS, register=survey(HALF))

    found = half("赵敏")
    assert said(found) == {"verdict": "sound", "surveyor": "赵敏", "flaw": "未完"}
    assert [each.state for each in found.events] == [""]
    assert told(found) == ["C5 “海燕”的“检验”应由surveyor办理，表上填的是“赵敏”"]
    assert told(half("孙涛")) == []


def test_a_step_that_leaves_its_record_waiting_says_nothing_when_it_comes_again() -> None:
    stands = replace(WAITS, values={**WAITS.values, "verdict": "sound", "surveyor": "孙涛", "flaw": "未完"})
    record = row(SURVEY, 5, "7", verdict="sound", surveyor="孙涛", flaw="未完")
    found = merged(SURVEY, record, stands, register=survey(HALF))
    assert (found.events, list(found.outcomes.values())) == ([], [RowOutcome.UNCHANGED])


def test_a_step_that_is_done_once_more_begins_blank_and_leaves_what_others_have_said() -> None:
    stands, life = surveyed("to_survey", verdict="leaky", flaw="船底")
    found = merged(SURVEY, row(SURVEY, 5, "7", verdict="sound", surveyor="孙涛"), stands, life=life)
    assert said(found) == {"verdict": "sound", "flaw": None, "paper_no": "202611-001", "list_no": "L1"}


def mends(name: str, register: Register = BOATS, state: str = "afloat", **more: str) -> Merged:
    """The sheet of 孙涛's survey comes again with another name, since his was doubted."""
    stands, life = surveyed(state)
    record = row(SURVEY, 5, "7", surveyor=name, **more)
    bases = {(record.submission, record.sheet, record.row): StatementBase("孙涛", frozenset({"hash of 检验.xlsx"}))}
    doubted = frozenset({"surveyor"})
    return merged(SURVEY, record, stands, register=register, life=life, bases=bases, doubted=lambda form, key: doubted)


def test_a_doubted_name_is_mended_and_told_no_second_time_as_somebody_else_s_step() -> None:
    found = mends("路人", verdict="sound")
    assert (said(found), told(found)) == ({"surveyor": "路人"}, [])


def test_a_step_that_is_to_be_done_again_is_not_mended_but_asked_for_its_answer() -> None:
    found = mends("赵敏", state="to_survey")
    assert said(found) == {}
    assert told(found) == ["A5 “海燕”的“检验”不能这样办"]


def test_a_step_that_has_closed_its_record_is_not_mended() -> None:
    closing = survey(Transition("broken", when=(("flaw", ("报废",)),)))
    found = mends("赵敏", closing, "broken", verdict="sound")
    assert said(found) == {}
    assert told(found)[0].startswith("A5 “海燕”现为“已拆解”，不能办理“检验”")


def test_what_did_not_choose_the_way_is_put_right_while_the_boat_is_afloat() -> None:
    stands, life = surveyed()
    for register, answers in ((survey(open_in=("afloat",)), {"flaw": "渗水"}), (BOATS, {})):
        record = row(SURVEY, 5, "7", verdict="sound", surveyor="孙涛", flaw="渗水")
        found = merged(SURVEY, record, stands, register=register, life=life)
        assert said(found) == answers
        assert bool(told(found)) is not bool(answers)


def test_a_step_is_said_again_until_its_day() -> None:
    done = Field("surveyed_on", both("检验日"), Kind.DATE, means=FieldRole.DONE_ON)
    dated = replace(SURVEY, fields=(*SURVEY.fields, done))
    register = replace(survey(open_until="until"), forms=(PAPERS, dated, DEED))
    stands, life = surveyed()
    stands = replace(stands, values={**stands.values, "until": "2026-11-25"})
    for day, taken in (("2026-11-25", True), ("2026-11-26", False)):
        record = row(dated, 5, "7", verdict="sound", surveyor="孙涛", surveyed_on=day)
        found = merged(dated, record, stands, register=register, life=life)
        assert said(found) == ({"surveyed_on": day} if taken else {})
        assert bool(told(found)) is not taken


def test_whoever_is_kept_from_a_step_may_be_named_anew_by_a_paper() -> None:
    """Only a correction of ours is refused: a paper of the boats' own says what is so."""
    stages = tuple(each for each in survey(not_by=("owner",)).stages if each.code != "enter")
    stands = boat(state="to_survey", boat_name="海燕", owner="孙涛")
    found = merged(PAPERS, row(PAPERS, 5, "7", owner="王五"), stands, register=replace(BOATS, stages=stages))
    assert (said(found), told(found)) == ({"owner": "王五"}, [])


def test_a_pair_that_the_program_does_not_know_is_not_opened_by_a_sheet() -> None:
    found = merged(TWIN, row(TWIN, 4, "7-9", first_no="7"), register=TWINS)
    assert (found.events, list(found.outcomes.values())) == ([], [RowOutcome.REJECTED])
    assert [(each.rule, each.cell) for each in found.findings] == [("pair.kept", "A4")]


def test_a_deed_is_not_done_before_what_it_is_about_came_up() -> None:
    came = Field("came_on", both("来的日期"), Kind.DATE, means=FieldRole.CAME_ON)
    done = Field("laid_up_on", both("停航日"), Kind.DATE, means=FieldRole.DONE_ON)
    forms = (replace(PAPERS, fields=(*PAPERS.fields, came)), SURVEY, replace(DEED, fields=(*DEED.fields, done)))
    register = replace(BOATS, forms=forms)
    stands = boat(boat_name="海燕", came_on="2026-11-10")
    for day, taken in (("2026-11-09", False), ("2026-11-10", True)):
        record = row(forms[2], 4, "7", action={"act": "laid_up", "teller": "孙涛", "laid_up_on": day})
        found = merged(forms[2], record, stands, register=register)
        assert [each.state for each in found.events] == (["laid_up"] if taken else [])
        assert bool(told(found)) is not taken


def test_a_deed_that_is_announced_opens_no_record() -> None:
    record = row(DEED, 4, "7", action={"act": "laid_up", "from_day": "2026-12-01", "teller": "孙涛"})
    found = merged(DEED, record, boat(boat_name="海燕"))
    assert [(each.opens, dict(each.values), each.state) for each in found.events] == [(False, {}, "")]
    assert [each.day.isoformat() for each in found.pending] == ["2026-12-01"]


def test_a_change_that_his_later_paper_has_overtaken_is_told_and_not_taken() -> None:
    saved = {"hash of a.xlsx": datetime(2026, 11, 20, 8, tzinfo=UTC), "late": datetime(2026, 11, 20, 9, tzinfo=UTC)}
    late = Event("boats", "7", "papers", {"berth": "3号"}, {}, {}, submission="late", actor="孙涛", on=TODAY)
    record = row(DEED, 4, "7", action={"act": "renamed", "teller": "孙涛"}, berth="5号", boat_name="海鸥")
    base = StatementBase("孙涛", made=saved["hash of a.xlsx"])
    bases = {(record.submission, record.sheet, record.row): base}
    stands = boat(boat_name="海燕", berth="3号")
    found = merged(DEED, record, stands, life=(late,), bases=bases, made=saved.get)
    assert said(found) == {"boat_name": "海鸥"}
    assert [(each.rule, each.field) for each in found.findings] == [("value.set_back", "berth")]


def test_a_step_that_is_put_right_is_not_held_against_itself() -> None:
    trips = Field("trips", both("航次"), Kind.INTEGER)
    form = replace(SURVEY, fields=(*SURVEY.fields, trips))
    more = Against("trips", Comparison.AT_LEAST, "trips")
    register = replace(survey(open_in=("afloat",), against=(more,)), forms=(PAPERS, form, DEED))
    record = row(form, 5, "7", verdict="sound", surveyor="孙涛", trips=3)
    for state, taken in (("afloat", True), ("to_survey", False)):
        stands, life = surveyed(state)
        stands = replace(stands, values={**stands.values, "trips": 5})
        found = merged(form, record, stands, register=register, life=life)
        assert (said(found).get("trips"), bool(told(found))) == ((3, False) if taken else (None, True))


def test_who_signs_on_a_worklist_has_to_have_seen_what_others_changed_since() -> None:
    strict = survey(strict=True, not_by=("owner",))
    stands, life = surveyed("to_survey")
    moved = Event("boats", "7", "papers", {"berth": "五号"}, {}, {}, actor="赵敏", number=3, run=3)
    now = fold((moved,), stands)
    assert now is not None
    for version, taken in ((2, False), (3, True)):
        record = row(SURVEY, 5, "7", token=token("7", version), verdict="sound", surveyor="孙涛", flaw="无")
        found = merged(
            SURVEY, record, now, register=strict, life=(*life, moved), as_of=lambda key, at: stands if at == 2 else None
        )
        assert [each.state for each in found.events] == (["afloat"] if taken else [])
        assert [each.split("，")[0] for each in told(found)] == ([] if taken else ["B5 任务表写出以后"])


def test_a_step_sent_back_without_a_word_keeps_no_reason() -> None:
    (event,) = merged(SURVEY, row(SURVEY, 5, "7", verdict="leaky", surveyor="孙涛"), WAITS).events
    assert (event.state, event.reason) == ("to_survey", "")


def test_who_corrects_the_name_of_another_is_not_that_other() -> None:
    stands = replace(WAITS, values={**WAITS.values, "clerk": "老李"})
    record = row(PAPERS, 5, "7", clerk="老周", partial=True)
    (event,) = merged(PAPERS, record, stands, actors={record.submission: "赵敏"}).events
    assert (event.actor, event.values) == ("赵敏", {"clerk": "老周"})


def test_who_is_drawn_beyond_the_share_hangs_on_the_number_of_each() -> None:
    half = Draw(Field("drawn", both("抽中"), Kind.CHOICE, options=(YES, NO)), "afloat", "hull", (), 50)
    register = replace(BOATS, draws=(half,))

    def second(key: str) -> str:
        """Whether boat *key* is drawn after another one, by which the share is reached."""
        stands = {each: replace(WAITS, key=each) for each in ("first", key)}
        merge = Merge(register, stands, {}, count(50), TODAY, 6)
        merge.take(SURVEY, [row(SURVEY, at, each, verdict="sound") for at, each in enumerate(stands, 5)])
        return str(stands[key].values["drawn"])

    drawn = {key: second(key) for key in map(str, range(20))}
    assert set(drawn.values()) == {"yes", "no"}
    assert drawn == {key: second(key) for key in drawn}, "and is so whenever it is drawn"


def test_a_step_that_another_has_done_is_told_also_where_it_was_missed() -> None:
    states = (*BOATS.states, State("missed", both("未办"), final=True, missed=True))
    missed = replace(WAITS, state="missed")
    waited = Event("boats", "7", "", {}, {}, {}, state="to_survey", number=1)
    over = Event("boats", "7", "", {}, {}, {}, state="missed", number=2)
    for stands, life in ((WAITS, ()), (missed, (waited, over))):
        record = row(SURVEY, 5, "7", verdict="sound", surveyor="赵敏")
        found = merged(SURVEY, record, stands, register=replace(BOATS, states=states), life=life)
        assert [each.state for each in found.events] == ["afloat"]
        assert told(found) == ["C5 “海燕”的“检验”应由surveyor办理，表上填的是“赵敏”"]


FULL = replace(SURVEY, fields=(*SURVEY.fields, *(each for each in PAPERS if each.code == "berth")))


def contested(*, partial: bool) -> Merged:
    """The worklist of a survey that is no longer due, on which the berth is written over, as another has done since."""
    seen = boat(boat_name="海燕", berth="一号", version=1)
    stands = boat(boat_name="海燕", berth="二号", version=2)
    life = (Event("boats", "7", "papers", {"berth": "二号"}, {}, {}, submission="b", actor="赵敏", number=2, on=TODAY),)
    record = row(FULL, 5, "7", token=token("7", 1), berth="三号", partial=partial)
    register = replace(BOATS, forms=(PAPERS, FULL, DEED))
    return merged(FULL, record, stands, register=register, life=life, as_of=lambda key, version: seen)


def test_of_a_step_that_is_not_due_that_is_told_and_nothing_of_its_cells_but_of_cells_corrected_it_is() -> None:
    (due,) = told(contested(partial=False))
    assert due.startswith("A5 “海燕”现为“在航”，不能办理“检验”")
    found = contested(partial=True)
    assert [(each.rule, each.cell) for each in found.findings] == [("value.conflict", "E5")]
    assert said(found) == {}


def test_what_is_told_of_one_row_is_told_whatever_the_next_one_says() -> None:
    stands = {"7": WAITS, "8": replace(WAITS, key="8", values={**WAITS.values, "boat_no": "8"})}
    merge = Merge(BOATS, stands, {}, count(50), TODAY, 6)
    rows = [
        row(PAPERS, 5, "9", berth="一号", token=token("7", 1)),  # its number was written over
        row(PAPERS, 6, "8", berth="二号", token=token("8", 1)),
    ]
    found = merge.take(PAPERS, rows)
    assert [(each.rule, each.cell) for each in found.findings] == [("copy.key_changed", "A5")]
    assert said(found) == {"berth": "二号"}
