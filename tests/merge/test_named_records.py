"""Which boat people mean by what they write: a number, a name, or the name of a boat's owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.record import Event, RecordState
from pipeline.merge.named_records import Meant, NamedRecords, known_as
from tests.merge.boats import BOATS, boat

REGISTER = replace(BOATS, named_by=("boat_name", "owner"))
HARBOUR: dict[str, RecordState] = {
    each.key: each
    for each in (
        boat("B7", boat_name="海燕", owner="李船主"),
        boat("B8", boat_name="海鸥", owner="王五"),
        boat("B9", boat_name="海鸥", owner="赵六"),
        boat("B10", boat_name="ＡＢＣ 一号", owner="孙七"),
        boat("B11", boat_name="周窝镇渡口老船", owner="钱八"),
        boat("B12", boat_name="", owner="周九"),
        boat("B13", "broken", boat_name="远航", owner="吴十"),
        boat("B14", boat_name="13932820018", owner="郑一"),
    )
}
NAMES = NamedRecords(REGISTER, HARBOUR)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("海燕", "海燕"),
        (" 海 燕 ", "海燕"),
        ("B7", "海燕"),
        ("李船主", "海燕"),
        ("abc一号", "ＡＢＣ 一号"),  # full-width letters, capitals and blanks tell nothing
        ("王五", "B8"),  # two boats have its name: its number tells which
        ("周九", "B12"),  # it has no name
        ("13932820018", "13932820018"),
    ],
)
def test_one_boat_is_meant_and_all_papers_name_it_alike(written: str, meant: str) -> None:
    assert NAMES.look_up(written) == Meant(meant)


def test_a_number_typed_small_means_the_boat_by_its_name() -> None:
    assert NAMES.look_up("b7") == Meant("海燕")


def test_a_number_goes_before_the_name_of_another_boat() -> None:
    fleet = {**HARBOUR, "7": boat("7", boat_name="飞鱼"), "8": boat("8", boat_name="7"), "9": boat("9", boat_name="B7")}
    names = NamedRecords(REGISTER, fleet)
    assert names.look_up("7") == Meant("飞鱼")
    assert names.look_up("b7") == Meant("海燕")


def test_of_several_boats_of_one_name_all_are_named_with_their_numbers() -> None:
    assert NAMES.look_up("海鸥") == Meant(candidates=("海鸥 B8", "海鸥 B9"))


def test_more_than_three_boats_are_not_listed() -> None:
    fleet = {key: boat(key, boat_name="渔船") for key in ("5", "4", "3", "2", "1")}
    assert NamedRecords(REGISTER, fleet).look_up("渔船") == Meant(candidates=("渔船 1", "渔船 2", "渔船 3"))


def test_a_telephone_number_that_nobody_has_is_told_as_a_number() -> None:
    assert NAMES.look_up("13999999999") == Meant(number=True)
    assert NAMES.look_up("1399999") == Meant(number=True)  # without its area code
    assert NAMES.look_up("139999") == Meant(like=True)  # too short for one


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("周窝镇渡口老般", ("周窝镇渡口老船 B11",)),  # one slip in a long name
        ("周窝镇渡囗老般", ()),  # two
        ("海雁", ()),  # a name of two signs: another one
        ("海燕号渔船", ("海燕 B7",)),  # it holds the name
        ("远航", ()),  # broken up: nobody means it any more
        ("", ()),
        ("路人", ()),
    ],
)
def test_a_name_that_nobody_has_is_held_against_those_that_are_nearly_so(written: str, near: tuple[str, ...]) -> None:
    assert NAMES.look_up(written) == Meant(candidates=near, like=True)


@pytest.mark.parametrize(
    ("name", "written", "near"),
    [
        ("惠民渔船", "惠民渔般", True),  # one sign of four
        ("惠民渔船", "惠民鱼般", False),
        ("惠民船", "惠民般", False),  # of three, one sign tells
        ("惠民渔船", "惠民渔般号", False),  # another length
        ("惠民渔船2号", "惠民渔般3号", False),
        ("惠民渔船2号", "惠民渔般2号", True),
    ],
)
def test_of_four_signs_one_may_be_a_slip(name: str, written: str, near: bool) -> None:
    found = NamedRecords(REGISTER, {"1": boat("1", boat_name=name)}).look_up(written)
    assert found == Meant(candidates=(f"{name} 1",) if near else (), like=True)


def test_numbers_in_names_are_no_slips() -> None:
    fleet = {"1": boat("1", boat_name="渔政巡逻12号")}
    assert NamedRecords(REGISTER, fleet).look_up("渔政巡逻13号") == Meant(like=True)


def test_boats_without_a_name_are_told_by_their_number_alone() -> None:
    fleet = {key: boat(key, boat_name="", owner="周九") for key in ("2", "1")}
    assert NamedRecords(REGISTER, fleet).look_up("周九") == Meant(candidates=("1", "2"))
    fleet = {key: boat(key, owner="周九") for key in ("2", "1")}  # nothing was ever written there
    assert NamedRecords(REGISTER, fleet).look_up("周九") == Meant(candidates=("1", "2"))


def renamed(key: str, before: str, after: str) -> Event:
    return Event("boats", key, "deed", {"boat_name": after}, {}, {"boat_name": before})


def test_a_boat_is_still_known_by_the_name_that_it_had() -> None:
    changes = [renamed("B7", "飞鱼", "海燕"), renamed("B8", "飞鱼", "海鸥"), renamed("B7", "浪花", "飞鱼")]
    assert known_as(REGISTER, HARBOUR, changes, " 飞鱼") == ["B7", "B8"]
    assert known_as(REGISTER, HARBOUR, changes, "浪花") == ["B7"]
    assert known_as(REGISTER, HARBOUR, changes, "海燕") == ["B7"]
    assert known_as(REGISTER, HARBOUR, changes, "李船主") == ["B7"]
    assert known_as(REGISTER, HARBOUR, changes, "b13") == ["B13"]  # broken up, too
    assert known_as(REGISTER, HARBOUR, changes, "路人") == []


def test_a_blank_names_no_boat_though_some_have_no_name() -> None:
    assert known_as(REGISTER, HARBOUR, [renamed("B7", "", "海燕")], " ") == []


def test_a_blank_or_mere_marks_mean_no_boat_not_even_one_without_a_name() -> None:
    fleet = {"1": boat("1", boat_name="", owner="周九"), "2": boat("2", boat_name="——", owner="钱八")}
    for written in ("", " ", "…", "、"):
        assert NamedRecords(REGISTER, fleet).look_up(written) == Meant(like=True)
