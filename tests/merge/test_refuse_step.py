"""In which words, and at which cell, a step that is not taken is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.refuse_step import refuse_step
from schemas.language import Catalogue, Localized, Procedure, Stage, Transition
from tests.merge.boats import BOATS, DEED, SURVEY, boat, both, row

RULES = Rulebook(Catalogue((Procedure("harbour", Localized("港务", "Harbour"), (BOATS,)),)))
STAGE, AT_ANY_TIME = BOATS.stages[1], BOATS.stages[2]
NO_DOCK = STAGE.transitions[0].why
WHY = Localized("等船坞", "Wait for the dock")
TAKEN = "这一步已经办过：写错了要更正的，在总表里改正，把总表放进收件夹；若号码写错，请改正"
SURVEYED = Event("boats", "7", "survey", {}, {}, {}, state="afloat", number=2)


def refused(
    entry: RecordState | None,
    *lived: Event,
    stage: Stage = STAGE,
    why: Localized = WHY,
    record: Record | None = None,
    called: Localized | None = None,
) -> Finding:
    def life(key: str) -> Sequence[Event]:
        return lived if key == "7" else ()

    asked = record or row(SURVEY, 4, "7", verdict="sound", surveyor="老王")
    return refuse_step(BOATS, DEED if stage is AT_ANY_TIME else SURVEY, asked, entry, stage, why, life, called)


def words(finding: Finding, language: str = "zh") -> tuple[str, str]:
    word = RULES.word(finding, "en" if language == "en" else "zh")
    return word.sentence, word.fix


def test_a_step_that_is_due_and_not_so_is_told_at_the_last_answer() -> None:
    finding = refused(boat(state="to_survey", boat_name="海燕"), why=NO_DOCK)
    assert (finding.rule, finding.cell, finding.field, finding.value) == ("step.not_so", "B4", "verdict", "合格")
    assert words(finding) == ("“海燕”的“检验”不能这样办", "木船须上坞")


def test_of_several_answers_the_last_one_on_the_form_that_was_given_is_meant() -> None:
    asks = (("flaw", ("无",)), ("verdict", ("sound",)), ("surveyor", ("老王",)))
    two = replace(STAGE, transitions=(Transition("afloat", when=asks),))
    waiting = boat(state="to_survey")
    assert refused(waiting, stage=two).cell == "C4", "no flaw is filled in"
    filled = row(SURVEY, 4, "7", verdict="sound", flaw="无")
    assert refused(waiting, stage=two, record=filled).cell == "D4"
    assert refused(waiting, stage=two, record=row(SURVEY, 4, "7")).cell == "A4"


def test_what_holds_whatever_is_answered_is_told_at_the_number() -> None:
    """No answer of the row led to it: the way without one is closed."""
    closed = replace(STAGE, transitions=(*STAGE.transitions, Transition("", why=WHY)))
    waiting = boat(state="to_survey")
    assert refused(waiting, stage=closed, why=WHY).cell == "A4"
    assert refused(waiting, stage=closed, why=NO_DOCK).cell == "B4", "another way's reason, which hangs on the verdict"


def test_a_step_that_is_not_due_is_told_at_the_number_with_the_state() -> None:
    finding = refused(boat(state="afloat", boat_name="海燕"))
    assert (finding.rule, finding.cell, finding.field, finding.value) == ("step.refused", "A4", "boat_no", "7")
    assert words(finding) == ("“海燕”现为“在航”，不能办理“检验”", "等船坞")
    assert words(finding, "en") == (
        "“海燕” is in state “en:在航”: the step “en:检验” cannot be taken now",
        "Wait for the dock",
    )
    assert words(refused(boat(state="afloat"), called=both("下水")))[0] == "“7”现为“在航”，不能办理“下水”"


def test_a_boat_that_is_not_registered_is_called_by_its_number_and_has_no_state() -> None:
    finding = refused(None)
    assert words(finding) == ("“7”现为“”，不能办理“检验”", "等船坞")
    assert words(finding, "en")[0] == "“7” is in state “”: the step “en:检验” cannot be taken now"
    assert words(refused(None, why=Localized("缺{hull}", "no {hull}"))) == (words(finding)[0], "缺")


def test_a_step_that_was_taken_before_is_put_right_in_the_master() -> None:
    assert words(refused(boat(state="afloat"), SURVEYED))[1] == TAKEN
    assert words(refused(boat(state="to_survey"), SURVEYED))[1] == "等船坞", "due once more"
    assert words(refused(boat(state="laid_up"), SURVEYED))[1] == "等船坞", "it stands still"
    assert words(refused(boat(state="afloat"), replace(SURVEYED, form="papers")))[1] == "等船坞", "another step"
    assert words(refused(boat(state="afloat"), replace(SURVEYED, state="")))[1] == "等船坞", "only a value was mended"


def test_a_deed_is_never_due_and_may_be_done_again() -> None:
    told = replace(SURVEYED, form="deed", state="laid_up")
    record = row(DEED, 4, "7", action={"act": "laid_up"})
    finding = refused(boat(state=""), told, stage=AT_ANY_TIME, record=record)
    assert (finding.rule, finding.cell, words(finding)[1]) == ("step.refused", "A4", "等船坞")


def test_what_the_boat_holds_is_named_in_the_reason() -> None:
    why = Localized("船体为{hull}，泊位{berth}", "The hull is {hull}, the berth {berth}")
    finding = refused(boat(state="to_survey", hull="wood"), why=why)
    assert (words(finding)[1], words(finding, "en")[1]) == ("船体为木，泊位", "The hull is en:木, the berth ")


def test_another_answer_than_that_by_which_it_has_gone_on_is_sent_back_or_ended_and_not_mended_in_the_master() -> None:
    """The master does not take it either: it says who can undo it."""
    gone_on = boat(state="afloat", verdict="unsound")
    plain = "这一步的结论已经办过，不能直接改：{}；若号码写错，请改正"
    assert words(refused(gone_on, SURVEYED))[1] == plain.format("请管理员撤销那份来件")
    assert words(refused(boat(state="afloat", verdict="sound"), SURVEYED))[1] == TAKEN, "the same answer"

    def of(*stages: Stage) -> str:
        register = replace(BOATS, stages=(*BOATS.stages, *stages))
        asked = row(SURVEY, 4, "7", verdict="sound")
        return words(refuse_step(register, SURVEY, asked, gone_on, STAGE, WHY, lambda key: (SURVEYED,)))[1]

    back = Stage("moor", both("靠泊"), "clerk", "papers", "afloat", transitions=(Transition("to_survey", back=True),))
    ending = replace(AT_ANY_TIME, ends=True)
    assert of(back, ending) == plain.format("请办理“靠泊”的人退回")
    calls = replace(back, transitions=(Transition("to_survey", back=True, calls=True),))
    assert of(calls, ending) == plain.format(f"交“{DEED.title.zh}”，再重新登记")
