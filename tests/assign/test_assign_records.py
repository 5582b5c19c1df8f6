from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.assign.assign_records import Assign, Assigned
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Area, Person, Roster
from schemas.language import Field, Localized, Register, Running, Stage
from tests.tools.shop import BOSS, NORTH, OTHER_WALKER, SHOPS, SOUTH, TODAY, WALKER, roster


def due(_: Register, stage: Stage, day: date, values: object) -> date | None:
    return day + timedelta(days=stage.days) if stage.days else None


def give(entry: RecordState, who: Roster) -> Assigned:
    return Assign(SHOPS, who, due, TODAY, 1, "zh", Localized("镇表", "towns")).give([entry])


def shop(state: str = "new", **values: Any) -> RecordState:
    return RecordState("shops", "7", {"shop_no": "7", "shop_title": "甲店", **values}, state=state, since=TODAY)


@pytest.mark.parametrize(
    ("values", "owner", "why"),
    [
        ({"shop_town": "南镇"}, "K2", "南镇（镇）"),
        ({"shop_town": "2"}, "K2", "南镇（镇）"),
        ({"shop_town": "老北"}, "K1", "北镇（镇：老北）"),
        ({"shop_town": "南"}, "K2", "南镇（镇：南）"),
        ({"shop_town": "不知道", "shop_place": "某县南镇大街1号"}, "K2", "南镇（地点）"),
        ({"shop_place": "某县南镇大街1号"}, "K2", "南镇（地点）"),
        ({"shop_place": "某县南村12号"}, "K2", "南镇（地点：南村）"),
        ({"shop_place": "北村南街3号"}, "K2", "南镇（地点：北村南街）"),  # the longest name that begins there
        ({"shop_place": "北镇南村路口"}, "K1", "北镇（地点）"),  # a town's own name goes before a village's
        ({"shop_town": "北镇", "shop_place": "南镇1号"}, "K1", "北镇（镇）"),  # what is written decides
    ],
)
def test_the_area_decides_who_gets_the_record_and_the_reason_says_how(
    values: dict[str, str], owner: str, why: str
) -> None:
    entry = give(shop(**values), roster()).entries["7"]

    assert (entry.owner, entry.why, entry.state, entry.due) == (owner, why, "to_look", TODAY + timedelta(days=3))


def test_an_address_that_names_no_area_is_a_finding_and_the_deadline_runs() -> None:
    given = give(shop(shop_place="外县某街"), roster())

    assert [(found.rule, found.field, found.value) for found in given.findings] == [
        ("area.unknown", "shop_place", "外县某街")
    ]
    assert (given.entries["7"].state, given.entries["7"].due, given.unassigned) == ("new", TODAY + timedelta(days=1), 1)


def test_a_name_of_two_areas_is_never_guessed() -> None:
    twin = replace(SOUTH, aliases=("北村",))

    (finding,) = give(shop(shop_place="北村1号"), roster(NORTH, twin)).findings

    assert (finding.rule, dict(finding.details)["candidates"]) == ("area.ambiguous", "北镇、南镇")


def test_an_area_whose_person_has_left_leaves_the_record_unassigned() -> None:
    (finding,) = give(shop(shop_town="北镇"), roster(people=(OTHER_WALKER, BOSS))).findings
    assert finding.rule == "assign.nobody"


def test_the_next_stage_goes_to_the_person_of_its_role() -> None:
    entry = give(shop("to_decide", shop_town="北镇"), roster()).entries["7"]
    assert (entry.owner, entry.due) == ("B1", TODAY + timedelta(days=2))


def test_open_work_moves_when_the_area_changes_hands_and_its_deadline_stays() -> None:
    held = replace(shop("to_look", shop_town="北镇"), owner="K1", area="1", due=TODAY)
    handed = Area("1", "北镇", (), {"walker": "K2", "boss": "B1"})

    entry = give(held, roster(handed)).entries["7"]

    assert (entry.owner, entry.due) == ("K2", TODAY)


def test_a_deadline_that_was_missed_by_whoever_had_it_is_counted_anew() -> None:
    held = replace(shop("to_look", shop_town="北镇"), owner="K1", area="1", due=TODAY - timedelta(days=1))
    handed = Area("1", "北镇", (), {"walker": "K2", "boss": "B1"})

    entry = give(held, roster(handed)).entries["7"]

    assert entry.owner == "K2" and entry.due is not None and entry.due > TODAY


def test_what_is_assigned_already_is_left_alone() -> None:
    held = replace(shop("to_look", shop_town="北镇"), owner=WALKER.number, area="1", due=TODAY)
    assert give(held, roster()).events == []


def test_finished_records_keep_their_owner() -> None:
    assert give(replace(shop("done", shop_town="北镇"), owner="K9"), roster()).events == []


def without(person: Person, *areas: Area) -> Roster:
    """The roster after *person* has left."""
    here = roster(*areas, people=tuple(each for each in (WALKER, OTHER_WALKER, BOSS) if each != person))
    return replace(here, everyone={**here.everyone, person.number: person})


HELD = replace(shop("to_look", shop_town="北镇"), owner="K1", area="1", due=TODAY, why="北镇（镇）")
HANDED = Area("1", "北镇", (), {"walker": "K2", "boss": "B1"})


def test_the_reason_of_moved_work_names_who_had_it_and_why_no_longer() -> None:
    assert give(HELD, roster(HANDED)).entries["7"].why == "北镇（镇）；由王一转来：辖区换人"
    assert give(HELD, without(WALKER, HANDED)).entries["7"].why == "北镇（镇）；由王一转来：离岗"
    moved = replace(HELD, values={**HELD.values, "shop_town": "南镇"})
    assert give(moved, roster()).entries["7"].why == "南镇（镇）；由王一转来：改属辖区"


def test_work_of_who_left_stays_with_nobody_when_nobody_else_can_have_it() -> None:
    given = give(HELD, without(WALKER))

    entry = given.entries["7"]
    assert (entry.owner, entry.state, entry.due) == ("", "to_look", TODAY)
    assert "王一" in entry.why
    assert [found.rule for found in given.findings] == ["assign.nobody"]
    assert give(entry, without(WALKER)).events == []  # said once


def test_a_number_is_given_only_when_the_record_is_led_on() -> None:
    """While nobody can have it, each run asks again: none of them may use up a number."""
    numbered = replace(
        SHOPS, running=(Running(Field("visit_no", Localized("走访号", "Visit No")), "to_look", "Z{serial}"),)
    )
    serials: dict[str, int] = {}

    def give_with(who: Roster) -> Assigned:
        assign = Assign(numbered, who, due, TODAY, 1, "zh", Localized("镇表", "towns"), serials=serials)
        return assign.give([shop(shop_town="北镇")])

    nobody = roster(Area("1", "北镇", (), {"walker": "K9"}))
    for _ in range(2):
        give_with(nobody)
    assert serials == {}
    assert give_with(roster()).entries["7"].values["visit_no"] == "Z1"
    assert serials == {"Z0": 1}
