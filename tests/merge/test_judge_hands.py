"""A step done by somebody whose it was not: taken, and told where it is somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.judge_hands import done_by_another, not_theirs
from schemas.language import Catalogue, Localized, Procedure, Register, Route, Stage
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, TODAY, boat, row

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


END = Stage("end", Localized("作废", "End"), "clerk", "deed", ad_hoc=True, strict=True)
CHIEF = Localized("主任", "Chief")
RANKS = Roster(
    TODAY,
    {
        number: Person(number, name, role)
        for number, name, role in (
            ("B1", "孙涛", "surveyor"),
            ("B2", "何平", "surveyor"),
            ("B3", "赵敏", "clerk"),
            ("B6", "钱主任", "chief"),
            ("B7", "吴主任", "chief"),
        )
    },
    roles={"chief": CHIEF, "clerk": Localized("内勤", "Clerk"), "surveyor": Localized("验船师", "Surveyor")},
)


def refused(
    stage: Stage, name: str, entry: RecordState | None = None, register: Register = BOATS, author: str = "", **said: str
) -> str:
    record = row(DEED, 5, "7", action={"act": "broken", "teller": name, **said})
    found = not_theirs(register, DEED, stage, record, entry, RANKS, author)
    return "" if found is None else f"{found.cell} {RULES.word(found, 'zh').sentence}"


AFLOAT = boat(state="afloat", boat_name="海燕", owner_no="B1", clerk="赵敏")
NOT_HIS = "E5 “海燕”的“作废”应由“内勤”办理，“{}”不是该岗位的在岗人员"


def test_a_strict_step_is_its_role_s_or_whose_record_it_is() -> None:
    assert refused(END, "赵敏", AFLOAT) == ""
    assert refused(END, "B3", AFLOAT) == ""
    assert refused(END, "孙涛", AFLOAT) == "", "he has the boat"
    assert refused(END, "何平", AFLOAT) == NOT_HIS.format("何平")
    assert refused(END, "路人", AFLOAT) == NOT_HIS.format("路人")
    assert refused(replace(END, strict=False), "何平", AFLOAT) == ""


def test_where_the_row_names_nobody_it_is_whose_worklist_it_is() -> None:
    assert refused(END, "", AFLOAT, author="赵敏") == ""
    assert refused(END, "", AFLOAT, author="何平") == NOT_HIS.format("何平")
    assert refused(END, "") == "E5 “7”的“作废”应由“内勤”办理，“”不是该岗位的在岗人员"


def test_nobody_does_the_step_on_his_own_record() -> None:
    barred = replace(END, not_by=("owner", "clerk"))
    told = "E5 “海燕”的“填表人”就是{}，不能由本人办理“作废”"
    assert refused(barred, "赵敏", AFLOAT) == told.format("赵敏")
    assert refused(barred, "B3", AFLOAT) == told.format("B3"), "his number says the same"
    assert refused(replace(barred, strict=False), "赵敏", AFLOAT) == told.format("赵敏")
    stranger = replace(AFLOAT, values={**AFLOAT.values, "clerk": "路人"})
    assert refused(barred, "路人", stranger) == told.format("路人"), "unknown, yet the very name"
    assert refused(barred, "赵敏", boat(state="afloat", boat_name="海燕")) == "", "nobody is named"
    assert refused(replace(barred, strict=False), "", boat(boat_name="海燕", clerk="")) == ""


def test_who_may_is_named_where_the_role_is_barred_or_somebody_has_it_in_its_place() -> None:
    rule = replace(END, ad_hoc=False, state="afloat", superior="chief", not_by=("owner",))
    his = replace(AFLOAT, values={**AFLOAT.values, "owner": "B3"}, owner="")
    above = "E5 “海燕”的“作废”应由“主任”办理，“何平”不是该岗位的在岗人员"
    assert refused(rule, "何平", his) == above, "the one clerk may not, so it is the chief's"
    assert refused(rule, "何平", replace(AFLOAT, owner="B6")) == above, "a chief has it"
    instead = "E5 “海燕”的“作废”应由“内勤（现由孙涛办理）”办理，“何平”不是该岗位的在岗人员"
    assert refused(rule, "何平", replace(AFLOAT, owner="B1")) == instead
    assert refused(rule, "何平", replace(AFLOAT, owner="B3")) == NOT_HIS.format("何平")


def test_what_is_owed_or_has_begun_is_not_ended_by_whoever_has_it() -> None:
    assert refused(replace(END, owed=True), "孙涛", AFLOAT) == NOT_HIS.format("孙涛")
    dated = replace(END, begins="until")
    for day, told in (
        ("2026-11-22", NOT_HIS.format("孙涛")),
        ("2026-11-23", ""),
        ("2026-11-22T18:00", NOT_HIS.format("孙涛")),
    ):
        begun = replace(AFLOAT, values={**AFLOAT.values, "until": day})
        assert refused(dated, "孙涛", begun) == told, day
    assert refused(dated, "孙涛", AFLOAT) == "", "it has no day"


DECIDED = replace(
    BOATS,
    stages=(
        *BOATS.stages,
        Stage("allow", Localized("审批", "Allow"), "chief", "survey", "to_survey", strict=True, not_by=("owner",)),
    ),
)


def test_only_who_decides_on_a_record_ends_what_is_decided() -> None:
    ends = replace(END, ends=True)
    waiting = boat(state="to_survey", boat_name="海燕", owner_no="B6", owner="吴主任")
    told = "E5 “海燕”在“审批”时由“主任”决定，只有该岗位能作废，“{}”不能"
    assert refused(ends, "赵敏", waiting, DECIDED) == told.format("赵敏")
    assert refused(ends, "路人", waiting, DECIDED) == told.format("路人")
    assert refused(ends, "钱主任", waiting, DECIDED) == ""
    assert refused(ends, "吴主任", waiting, DECIDED) == told.format("吴主任"), "it is his own"
    his = replace(waiting, owner="B3")
    assert refused(ends, "赵敏", his, DECIDED) == "", "he stands in for who decides"
    assert refused(END, "赵敏", waiting, DECIDED) == "", "it is no end"


def test_who_decides_may_be_a_superior_or_hang_on_what_the_record_holds() -> None:
    ends, (*others, allow) = replace(END, ends=True), DECIDED.stages
    waiting = boat(state="to_survey", boat_name="海燕", hull="wood", owner_no="B9")
    above = replace(DECIDED, stages=(*others, replace(allow, role="surveyor", superior="chief")))
    assert refused(ends, "钱主任", waiting, above) == ""
    assert refused(ends, "何平", waiting, above) == ""
    assert refused(ends, "赵敏", waiting, above).startswith("E5 “海燕”在“审批”时由“验船师”决定")
    routed = replace(
        DECIDED, stages=(*others, replace(allow, role="surveyor", routes=(Route("chief", (("hull", ("wood",)),)),)))
    )
    assert refused(ends, "钱主任", waiting, routed) == ""
    assert refused(ends, "钱主任", replace(waiting, values={**waiting.values, "hull": "steel"}), routed) != ""


def test_without_anybody_who_has_it_the_role_is_named_and_told_once() -> None:
    said = told("赵敏", entry=boat(state="to_survey", boat_name="海燕"))
    assert said == ["“海燕”的“检验”应由surveyor办理，表上填的是“赵敏”"]
    assert told("孙涛", entry=boat(state="to_survey", boat_name="海燕")) == []


def test_a_step_on_no_record_and_a_row_without_a_name_tell_nothing() -> None:
    record = row(SURVEY, 5, "7", verdict="sound")
    assert done_by_another(BOATS, SURVEY, record, boat(state="to_survey", owner_no="B1"), ROSTER) == []
    assert done_by_another(BOATS, SURVEY, row(SURVEY, 5, "7", surveyor="赵敏"), None, ROSTER) == []


def test_which_role_it_is_may_hang_on_what_the_record_holds() -> None:
    routed = survey(routes=(Route("clerk", (("hull", ("wood",)),)),))
    assert told("赵敏", routed, boat(state="to_survey", boat_name="海燕", hull="wood")) == []
    assert told("赵敏", routed, boat(state="to_survey", boat_name="海燕", hull="steel")) != []


def test_he_whose_work_it_was_is_told_by_his_number() -> None:
    record = row(SURVEY, 5, "7", surveyor="赵敏")
    entry = boat(state="to_survey", boat_name="海燕", owner_no="B1")
    found = done_by_another(BOATS, SURVEY, record, entry, ROSTER)
    assert [dict(each.details).get("@by") for each in found] == [None, "B1"]
    assert {each.cell for each in found} == {"C5"}


WATCHED = replace(
    BOATS, manager="chief", stages=(replace(STAGES["enter"], expects_role=True), STAGES["survey"], STAGES["deed"])
)


STAFF = replace(RANKS, everyone=RANKS.people)


def opened(name: str, register: Register = WATCHED, roster: Roster = STAFF, **said: str) -> list[tuple[str, str]]:
    """What is told of a paper that opens a boat, each with whom it is told."""
    record = row(PAPERS, 5, "7", **({"clerk": name} if name else {}), **said)
    found = done_by_another(register, PAPERS, record, None, roster)
    assert {each.field for each in found} <= {"clerk"}
    return [(dict(each.details).get("@by", ""), f"{each.cell} {RULES.word(each, 'zh').sentence}") for each in found]


@pytest.mark.parametrize("name", ["何平", "B2", "路人"])
def test_a_paper_filled_by_somebody_without_the_role_is_told_to_him_and_to_each_who_watches(name: str) -> None:
    told = f"I5 “海燕”的“登记”应由内勤办理，表上填的是“{name}”"
    assert opened(name, boat_name="海燕") == [("", told), ("B6", told), ("B7", told)]
    assert opened(name, replace(WATCHED, manager=""), boat_name="海燕") == [("", told)]
    assert opened(name)[0][1] == told.replace("海燕", "7")


def test_a_paper_of_the_role_s_own_or_of_nobody_or_of_anybody_s_is_not_told() -> None:
    assert opened("赵敏") == opened("B3") == opened("") == []
    assert opened("何平", BOATS) == [], "anybody may fill it"
    gone = replace(RANKS, everyone={**RANKS.people, "B9": Person("B9", "老周", "surveyor", ends=date(2026, 10, 1))})
    assert opened("老周", roster=gone) == [], "he has left: told at his name"
    assert opened("何平", roster=gone) != []
    nobody = replace(STAFF, people={"B2": RANKS.people["B2"]})
    assert opened("何平", roster=nobody) == [], "nobody has the role"


def test_a_paper_that_several_roles_fill_is_told_of_nobody_who_has_one_of_them_and_names_those_that_are_there() -> None:
    both = replace(WATCHED, manager="", stages=(replace(WATCHED.stages[0], also_of=("surveyor", "nobody")),))
    assert opened("赵敏", both) == opened("何平", both) == []
    ((_, said),) = opened("路人", both)
    assert said == "I5 “7”的“登记”应由内勤、验船师办理，表上填的是“路人”"


def test_which_role_fills_a_paper_may_hang_on_what_it_says() -> None:
    enter = replace(WATCHED.stages[0], routes=(Route("surveyor", (("hull", ("wood",)),)),))
    routed = replace(WATCHED, stages=(enter, *WATCHED.stages[1:]), manager="")
    assert opened("何平", routed, hull="wood") == []
    assert [said for _, said in opened("赵敏", routed, hull="wood")] == [
        "I5 “7”的“登记”应由验船师办理，表上填的是“赵敏”"
    ]
    assert opened("何平", routed, hull="steel") != []


def test_a_paper_that_names_nobody_or_has_no_name_of_its_own_is_judged_by_what_it_has() -> None:
    def without(code: str) -> Register:
        form = replace(PAPERS, fields=tuple(each for each in PAPERS.fields if each.code != code))
        return replace(WATCHED, forms=(form, *WATCHED.forms[1:]), manager="")

    for register, told in ((without("clerk"), 0), (without("boat_name"), 1)):
        record = row(register.base, 5, "7", clerk="何平")
        found = done_by_another(register, register.base, record, None, STAFF)
        assert ["“7”" in RULES.word(each, "zh").sentence for each in found] == [True] * told


def test_who_is_named_as_having_filled_it_did_it_and_where_no_form_asks_whose_worklist_it_is() -> None:
    strict = replace(STAGES["enter"], strict=True)
    papers = row(PAPERS, 5, "7", clerk="何平")
    found = not_theirs(BOATS, PAPERS, strict, papers, None, RANKS, "赵敏")
    assert found is not None
    assert (found.cell, RULES.word(found, "zh").sentence) == (
        "I5",
        "“7”的“登记”应由“内勤”办理，“何平”不是该岗位的在岗人员",
    )
    nameless = replace(DEED, fields=tuple(each for each in DEED.fields if each.code != "teller"))
    record = row(nameless, 5, "7", action={"act": "broken"})
    assert not_theirs(BOATS, nameless, END, record, AFLOAT, RANKS, "赵敏") is None
    found = not_theirs(BOATS, nameless, END, record, AFLOAT, RANKS, "")
    assert found is not None
    assert (
        f"{found.cell} {RULES.word(found, 'zh').sentence}" == "A5 “海燕”的“作废”应由“内勤”办理，“”不是该岗位的在岗人员"
    )


def test_which_role_may_end_a_record_may_hang_on_what_it_holds() -> None:
    routed = replace(END, routes=(Route("surveyor", (("hull", ("wood",)),)),))
    assert refused(routed, "何平", replace(AFLOAT, values={**AFLOAT.values, "hull": "wood"})) == ""
    assert refused(routed, "何平", replace(AFLOAT, values={**AFLOAT.values, "hull": "steel"})) == NOT_HIS.format("何平")
