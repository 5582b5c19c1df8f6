"""Records of a register that knows no place: the role alone says who has to do with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pipeline.assign.assign_records import Assign, Assigned
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from schemas.language import Field, Form, Kind, Localized, Register, Stage, State
from tests.tools.shop import BOSS, TODAY, roster, words

QUESTIONS = Register(
    "questions",
    words("问题"),
    (
        Form("question", words("问题表"), (Field("no", words("编号"), Kind.CODE, key=True),), ""),
        Form("reply", words("答复表"), (Field("no", words("编号"), Kind.CODE, key=True),), ""),
    ),
    states=(State("open", words("待答")), State("done", words("已答"), final=True)),
    stages=(Stage("reply", words("答复"), "boss", "reply", "open", 2),),
)


def due(_: Register, stage: Stage, day: date, values: object) -> date | None:
    return day + timedelta(days=stage.days)


def give(who: Roster) -> Assigned:
    entry = RecordState("questions", "7", {"no": "7"}, state="open", since=TODAY)
    return Assign(QUESTIONS, who, due, TODAY, 1, "zh", Localized("镇表", "towns")).give([entry])


def test_what_lies_nowhere_goes_to_the_one_person_who_has_the_role() -> None:
    entry = give(roster()).entries["7"]
    assert (entry.owner, entry.area, entry.why) == (BOSS.number, "", "按岗位（答复）")
    assert entry.due == TODAY + timedelta(days=2)


def test_two_of_a_role_share_what_is_no_areas() -> None:
    both = roster(people=(BOSS, Person("B2", "钱四", "boss")))
    entries = [RecordState("questions", each, {"no": each}, state="open", since=TODAY) for each in ("7", "8", "9")]
    given = Assign(QUESTIONS, both, due, TODAY, 1, "zh", Localized("镇表", "towns")).give(entries)
    assert [given.entries[each].owner for each in ("7", "8", "9")] == [BOSS.number, "B2", BOSS.number]
    assert given.findings == []


def test_that_nobody_has_the_role_is_told_as_such() -> None:
    told = dict(give(roster(people=(Person("B2", "钱四", "clerk"),))).findings[0].details)
    assert told["cause@zh"].endswith("没有在岗的人") and told["advice@zh"].startswith("在人员表中写明")


def test_that_the_only_one_is_away_is_told_with_what_to_name() -> None:
    away = replace(BOSS, away_from=TODAY, away_to=TODAY, stand_in="无此人")
    told = dict(give(roster(people=(away,))).findings[0].details)
    assert told["cause@zh"].endswith("不在岗")
    assert told["advice@zh"] == f"在人员表中给{BOSS.name}写上在岗的代办人"
