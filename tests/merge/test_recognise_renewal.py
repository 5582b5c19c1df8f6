from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.domain.record import RecordState
from pipeline.merge.recognise_renewal import are_alike, predecessor
from schemas.language import Register
from schemas.language.catalogue import load_catalogue
from tests.merge.boats import BOATS, PAPERS, boat

CUSTOMERS = load_catalogue().register("customers")
TODAY = date(2026, 11, 23)
SHOP = {
    "licence_no": "131123100018",
    "customer_name": "惠民超市",
    "resident_id": "131123198003120013",
    "shop_address": "武强县周窝镇周窝村12号",
    "valid_until": "2027-01-31",
}
NEW = {**SHOP, "licence_no": "131123100999", "valid_until": "2032-01-31"}


def old(key: str = "131123100018", state: str = "archived", **values: Any) -> RecordState:
    return RecordState("customers", key, {**SHOP, "licence_no": key, **values}, state=state)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("武强县周窝镇周窝村12号", "周窝镇周窝村12号", True),
        ("周窝镇周窝村１２号", "周窝镇 周窝村12号", True),
        ("周窝镇周窝村12号", "周窝镇周窝村13号", False),
        ("周窝镇周窝村12号", "周窝镇周窝村", False),
        ("惠民超市", "惠民超市（南店）", True),
        ("惠民超市", "惠民便民超市", True),
        ("惠民超市", "平安超市", False),
        ("超市", "惠民超市", False),
        ("", "惠民超市", False),
        (None, None, False),
    ],
)
def test_names_and_addresses_are_alike_when_their_digits_are_equal_and_their_letters_nearly(
    one: Any, other: Any, alike: bool
) -> None:
    assert are_alike(one, other) is alike


@pytest.mark.parametrize(
    ("why", "entry", "new", "found"),
    [
        ("ends within 90 days", old(), {}, True),
        ("ends on the 90th day", old(valid_until="2027-02-21"), {}, True),
        ("ends a day later, at the same place", old(valid_until="2027-02-22"), {}, True),
        ("ends a day later, at another place", old(valid_until="2027-02-22", shop_address="豆村3号"), {}, False),
        ("has lapsed", old(valid_until="2025-01-01"), {}, True),
        ("was cancelled long before its end", old(state="closed", valid_until="2029-01-01"), {}, True),
        ("is renewed already", old(state="renewed", following_licence_no="131123100500"), {}, False),
        ("the new one ends before it", old(), {"valid_until": "2026-12-31"}, False),
        ("another person", old(resident_id="131123198807051236"), {}, False),
        ("no number at all", old(resident_id=""), {"resident_id": ""}, False),
        ("the same house under another name", old(customer_name="平安烟酒"), {}, True),
        ("another house and another name", old(customer_name="平安烟酒", shop_address="豆村镇豆村3号"), {}, False),
    ],
)
def test_a_new_licence_renews_the_one_of_the_same_shop_that_ends(
    why: str, entry: RecordState, new: dict[str, str], found: bool
) -> None:
    result = predecessor(CUSTOMERS, {**NEW, **new}, [entry], TODAY)

    assert (result is not None) is found, why


def test_of_two_the_one_that_agrees_in_more_is_meant_and_among_equals_none() -> None:
    other = old("131123100026", customer_name="平安烟酒")

    found = predecessor(CUSTOMERS, NEW, [other, old()], TODAY)
    assert found is not None
    assert (found.entry.key, found.because.zh) == ("131123100018", "身份证号、经营地址、客户名称相符")
    assert predecessor(CUSTOMERS, NEW, [old("131123100026"), old()], TODAY) is None


OLD = boat("7", boat_name="海燕", berth="三号", owner_card="C1", until="2026-12-31")
RENEWED = {"boat_no": "8", "boat_name": "海燕", "berth": "三号", "owner_card": "C1", "until": "2030-12-31"}


def renews(entry: RecordState = OLD, register: Register = BOATS, **values: str | None) -> bool:
    return predecessor(register, {**RENEWED, **values}, [entry], TODAY) is not None


def held(**values: str | None) -> RecordState:
    return replace(OLD, values={**OLD.values, **values})


def test_what_has_ended_is_followed_whenever_and_wherever_it_ended() -> None:
    elsewhere = replace(held(until="2029-12-31", berth="九号码头"), state="broken")
    assert renews(elsewhere)
    assert renews(replace(held(until=None), state="broken"))
    assert not renews(replace(elsewhere, state="afloat"))
    assert not renews(replace(elsewhere, state="unheard of"))


def test_what_ends_on_no_day_or_not_before_the_new_one_is_not_followed() -> None:
    assert renews()
    assert not renews(held(until=None))
    assert not renews(held(until="2030-12-31")), "both end on one day"
    assert not renews(until=None), "the new one says no end"
    without = replace(PAPERS, fields=tuple(each for each in PAPERS.fields if each.code != "until"))
    assert not renews(register=replace(BOATS, forms=(without, *BOATS.forms[1:])))


@pytest.mark.parametrize(("until", "soon"), [("2027-02-21", True), ("2027-02-22", False)])
def test_at_another_place_it_has_to_end_within_the_days_that_are_declared(until: str, soon: bool) -> None:
    assert renews(held(until=until, berth="九号码头")) is soon
    assert renews(held(until=until)), "at the same place at any time"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("惠民超市", "丁家庄村惠民超市", True),  # four signs, within a longer text
        ("民超市", "丁家庄村惠民超市", False),  # three tell too little
        ("张记", "张记", True),
        ("惠民超市", "", False),
        ("", "", False),
    ],
)
def test_a_short_text_is_alike_to_itself_and_a_longer_one_to_what_holds_it(one: str, other: str, alike: bool) -> None:
    assert are_alike(one, other) is are_alike(other, one) is alike
