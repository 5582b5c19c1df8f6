from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.assign.judge_names import Signing, judge_names
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from schemas.language import Field, FieldRole, Form, Kind
from tests.tools.shop import LOOK, TODAY, record, words

LEFT = Person("K1", "王一", "walker", starts=date(2025, 1, 1), ends=date(2026, 11, 20))
HERE = Person("K2", "李二", "walker")
STAFF = {"K1": LEFT, "K2": HERE}
ROSTER = Roster(TODAY, {"K2": HERE}, everyone=STAFF)
DATED = Form(
    "look", words("查看表"), (*LOOK.fields, Field("seen_on", words("查看日"), Kind.DATE, means=FieldRole.DONE_ON)), ""
)


def told(form: Form, roster: Roster = ROSTER, **values: str) -> list[tuple[str, str, str]]:
    found = judge_names(form, [record(form, 4, shop_no="7", **values)], roster, words("人员"))
    return [(each.cell, each.value, dict(each.details)["day"]) for each in found]


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("王一", "2026-11-21", [("C4", "王一", "2026-11-21")]),
        ("K1", "2026-11-21", [("C4", "K1", "2026-11-21")]),
        ("王一", "2026-11-20", []),  # the last day is still hers
        ("王一", "2024-12-31", [("C4", "王一", "2024-12-31")]),  # had not come yet
        ("李二", "2026-11-21", []),
        ("陌生人", "2026-11-21", []),
    ],
)
def test_who_was_not_in_force_on_the_day_of_the_deed_is_told_at_the_cell(
    name: str, day: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(DATED, seen_by=name, seen_on=day) == expected


def test_without_a_day_of_the_deed_today_counts() -> None:
    assert told(LOOK, seen_by="王一") == [("C4", "王一", TODAY.isoformat())]


def test_of_two_of_one_name_one_in_force_is_enough() -> None:
    twin = replace(HERE, number="K3", name="王一")
    assert told(LOOK, Roster(TODAY, {"K3": twin}, everyone={**STAFF, "K3": twin}), seen_by="王一") == []


def test_who_is_to_do_it_yet_has_to_be_in_force_today_whatever_day_was_written() -> None:
    to_do = Form("look", words("查看表"), (*DATED.fields, Field("next_by", words("经办人"))), "")
    for name, expected in (("王一", ["王一"]), ("李二", []), ("路人", [])):
        row = record(to_do, 4, shop_no="7", seen_by="李二", seen_on="2026-11-20", next_by=name)
        assert [each.value for each in judge_names(to_do, [row], ROSTER, words("人员"), ("next_by",))] == expected


AWAY = replace(HERE, number="K4", name="张远", away_from=date(2026, 11, 16), away_to=date(2026, 11, 27))
CHIEF, OTHER = Person("K5", "主任甲", "chief"), Person("K6", "主任乙", "chief", away_from=date(2026, 11, 1))
STAFFED = Roster(TODAY, {each.number: each for each in (AWAY, CHIEF, OTHER, HERE)}, everyone={**STAFF, "K4": AWAY})


def readers(form: Form, signing: Signing, **values: str) -> list[str | None]:
    found = judge_names(form, [record(form, 4, shop_no="7", **values)], STAFFED, words("人员"), (), signing)
    assert {each.rule for each in found} <= {"person.absent"}
    return [dict(each.details).get("for_person") for each in found]


@pytest.mark.parametrize(
    ("brought", "watching", "told"),
    [
        ("", (CHIEF, OTHER), [None, "K5"]),  # who is away himself reads nothing
        ("李二", (CHIEF,), [None, "K5"]),
        ("主任甲", (CHIEF,), [None]),  # he has it as who brought it
        ("李二", (), [None, ""]),
        ("李二", (OTHER,), [None, ""]),  # nobody is there: the office
        ("张远", (), [None]),
        ("", (), [None]),
    ],
)
def test_a_signature_of_who_was_away_is_told_to_who_watches_over_it(
    brought: str, watching: tuple[Person, ...], told: list[str | None]
) -> None:
    paper = {record(DATED, 4, shop_no="7").submission: brought} if brought else {}
    found = readers(DATED, Signing({}, watching, paper), seen_by="张远", seen_on="2026-11-20")
    assert sorted(found, key=str) == sorted(told, key=str)


@pytest.mark.parametrize(
    ("since", "brought", "told"),
    [(date(2026, 11, 16), "李二", True), (date(2026, 11, 13), "李二", False), (date(2026, 11, 16), "张远", False)],
)
def test_without_a_day_it_is_told_where_it_came_when_he_had_gone_and_he_has_not_brought_it(
    since: date, brought: str, told: bool
) -> None:
    waiting = {"7": RecordState("shops", "7", {}, state="to_look", since=since)}
    paper = {record(LOOK, 4, shop_no="7").submission: brought}
    assert bool(readers(LOOK, Signing(waiting, (CHIEF,), paper), seen_by="张远")) is told
