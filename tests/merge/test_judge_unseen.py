"""Whoever signs has seen what he signs: what others have changed since his worklist was written keeps his answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, RecordState
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.judge_unseen import judge_unseen
from schemas.language import Catalogue, Form, Localized, Procedure, Register, Sealed, Stage, StoredValues, Transition
from tests.merge.boats import BOATS, SURVEY, boat, row

RULES = Rulebook(Catalogue((Procedure("harbour", Localized("港务", "Harbour"), (BOATS,)),)))
SIGNED = replace(BOATS.stages[1], strict=True, not_by=("owner",))
"""The survey, by another one than whoever has the boat."""
SOUND = SIGNED.transitions[1]
SEEN = boat(state="to_survey", boat_name="海燕", berth="三号", hull="steel", clerk="老李", version=3)
"""How boat 7 stood when the worklist was written."""


def moved(**values: object) -> RecordState:
    return replace(SEEN, version=5, values={**SEEN.values, **values})


def by(actor: str, number: int = 5, file: str = "改.xlsx", **values: str | None) -> Event:
    return Event("boats", "7", "papers", values, {}, {}, submission=f"hash of {file}", actor=actor, number=number)


def judged(
    entry: RecordState | None,
    *lived: Event,
    register: Register = BOATS,
    stage: Stage = SIGNED,
    transition: Transition = SOUND,
    form: Form = SURVEY,
    seen: RecordState | None = SEEN,
    carried: str = token("7", 3),
    **said: str,
) -> Finding | None:
    values = {"verdict": "sound", "surveyor": "老王", **said}
    record = row(form, 4, "7", token=carried, **values)

    def as_of(key: str, version: int) -> RecordState | None:
        return seen if (key, version) == ("7", 3) else None

    def life(key: str) -> Sequence[Event]:
        return lived if key == "7" else ()

    return judge_unseen(register, stage, transition, form, record, entry, as_of, life)


def told(finding: Finding | None) -> str:
    return "" if finding is None else f"{finding.cell} {RULES.word(finding, 'zh').sentence}"


BERTH = "B4 任务表写出以后，“海燕”的泊位由“三号”改为“五号”，“检验”没有采用"


def test_what_somebody_else_changed_since_keeps_the_signature_out_and_is_named() -> None:
    finding = judged(moved(berth="五号"), by("老李", berth="五号"))
    assert told(finding) == BERTH
    assert finding is not None
    assert (finding.rule, finding.field, finding.value, finding.key) == ("step.unseen", "verdict", "合格", "7")


def test_every_change_is_named_in_both_languages_with_the_words_of_its_options() -> None:
    entry = moved(hull="wood", owner="张三", berth=None)
    finding = judged(entry, by("老李", hull="wood", owner="张三", berth=None))
    assert finding is not None
    changes = "船主由“”改为“张三”，泊位由“三号”改为“”，船体由“钢”改为“木”"
    assert RULES.word(finding, "zh").sentence == f"任务表写出以后，“海燕”的{changes}，“检验”没有采用"
    assert RULES.word(finding, "en").sentence == (
        "Since the worklist was written “海燕” was changed: en:船主, from “” to “张三”; en:泊位, from “三号” to “”; "
        "en:船体, from “en:钢” to “en:木”; the step “en:检验” was not taken"
    )


def test_what_is_as_it_was_seen_is_signed() -> None:
    """Nothing has happened since, nothing of what is signed for has, or it was set back."""
    changed = by("老李", berth="五号")
    assert judged(None, changed) is None, "no boat of that number"
    assert judged(moved(berth="五号"), changed, carried="") is None, "a sheet of one's own"
    assert judged(replace(moved(berth="五号"), version=3), changed) is None, "written after it"
    assert judged(replace(moved(berth="五号"), version=4), changed) is not None, "the very next event"
    assert judged(moved(berth="五号"), changed, seen=None) is None, "nobody knows how it stood"
    assert judged(moved(clerk="小李"), by("小李", clerk="小李")) is None, "who filled a paper"
    assert judged(moved(boat_no="8"), by("小李", boat_no="8")) is None, "its number"
    assert judged(moved(flaw="渗水"), by("小李", flaw="渗水")) is None, "what another step has said"
    assert judged(moved(), changed, by("老李", number=6, berth="三号")) is None


def test_he_may_sign_what_he_or_his_own_file_has_changed() -> None:
    assert judged(moved(berth="五号"), by("老王", berth="五号")) is None
    assert judged(moved(berth="五号"), by("老李", file="a.xlsx", berth="五号")) is None, "the same file"
    both = by("老李", berth="四号"), by("老王", number=6, berth="五号")
    assert judged(moved(berth="五号"), *both) is None, "his own word is the last"
    assert told(judged(moved(berth="五号"), both[1], both[0])) == BERTH


def test_what_nobody_s_paper_has_changed_was_not_seen_either() -> None:
    """The program wrote it, or no event says who did."""
    assert told(judged(moved(berth="五号"))) == BERTH
    assert told(judged(moved(berth="五号"), by("老王", hull="steel"))) == BERTH
    assert told(judged(moved(berth="五号"), by("", file="", berth="五号"))) == BERTH


def test_of_several_changes_only_those_of_others_are_told() -> None:
    lived = by("老王", 4, berth="五号"), by("老李", hull="wood")
    assert "船体由“钢”改为“木”，“检验”" in told(judged(moved(berth="五号", hull="wood"), *lived))
    assert "泊位" not in told(judged(moved(berth="五号", hull="wood"), *lived))


def test_a_form_that_names_nobody_has_seen_nothing_by_itself() -> None:
    nameless = replace(SURVEY, fields=(SURVEY.key, SURVEY.field("verdict"), SURVEY.field("flaw")))
    assert told(judged(moved(berth="五号"), by("老王", berth="五号"), form=nameless)) == BERTH


def test_it_is_told_at_the_last_answer_that_was_given_else_at_the_number() -> None:
    two = Transition("afloat", when=(("verdict", ("sound",)), ("flaw", ("无",)), ("surveyor", ("老王",))))
    changed = by("老李", berth="五号")
    answered = judged(moved(berth="五号"), changed, transition=two, flaw="无")
    assert answered is not None
    assert (answered.cell, answered.field) == ("C4", "surveyor")
    plain = judged(moved(berth="五号"), changed, transition=Transition("afloat"))
    assert plain is not None
    assert (plain.cell, plain.field) == ("A4", "boat_no")
    unanswered = Transition("afloat", when=(("verdict", ("sound",)), ("flaw", ("", "无"))))
    left = judged(moved(berth="五号"), changed, transition=unanswered)
    assert left is not None
    assert (left.cell, left.field) == ("B4", "verdict"), "the flaw was left blank"


def test_a_boat_without_a_name_is_called_by_its_number() -> None:
    seen = replace(SEEN, values={"boat_no": "7", "berth": "三号"})
    now = replace(seen, version=5, values={"boat_no": "7", "berth": "五号"})
    assert told(judged(now, seen=seen)) == BERTH.replace("海燕", "7")


@pytest.mark.parametrize(
    ("stage", "transition", "signs"),
    [
        (SIGNED, SOUND, True),
        (replace(SIGNED, not_by=(), decides=True), SOUND, True),
        (replace(SIGNED, not_by=()), SOUND, False),  # nobody else's than whoever began it
        (replace(SIGNED, strict=False), SOUND, False),
        (replace(SIGNED, state=""), SOUND, False),  # a deed at any time
        (SIGNED, SIGNED.transitions[2], False),  # sent back: nothing is signed
    ],
)
def test_only_who_decides_on_what_others_have_begun_signs_for_it(
    stage: Stage, transition: Transition, signs: bool
) -> None:
    finding = judged(moved(berth="五号"), by("老李", berth="五号"), stage=stage, transition=transition)
    assert (finding is not None) is signs


def test_of_what_the_program_works_out_each_day_nothing_is_signed() -> None:
    assert judged(moved(berth="五号"), by("老李", berth="五号"), register=replace(BOATS, kept=True)) is None


SEALED = Sealed("boats", "{boat_no}", ("afloat", "laid_up"), ("berth",), "to_survey")


@pytest.mark.parametrize(
    ("sealed", "state", "to", "values", "signs"),
    [
        (SEALED, "to_survey", "afloat", {"berth": "五号"}, True),
        (SEALED, "to_survey", "afloat", {"hull": "wood"}, False),  # not of what is sealed
        (SEALED, "to_survey", "to_survey", {"berth": "五号"}, False),  # not signed yet
        (SEALED, "afloat", "laid_up", {"berth": "五号"}, False),  # signed before
        (replace(SEALED, register="twins"), "to_survey", "afloat", {"hull": "wood"}, True),  # another one's seal
    ],
)
def test_a_signature_that_seals_stands_for_what_it_seals(
    sealed: Sealed, state: str, to: str, values: StoredValues, signs: bool
) -> None:
    entry = replace(moved(**values), state=state)
    finding = judged(entry, register=replace(BOATS, sealed=sealed), transition=Transition(to))
    assert (finding is not None) is signs
