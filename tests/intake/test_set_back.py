"""A row that comes as it was before its author changed it: an old copy changes nothing, what is meant does not vanish."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.settings import Settings
from schemas.language.sample import Filled
from tests.intake.test_overlapping_papers import (
    CLERK,
    KEY,
    OTHER,
    SECOND,
    again,
    answer,
    answered_in_the_list,
    at,
    dropped,
    holder,
    once,
    phone,
    saved_anew,
    settings,
)
from tests.tools.customers import SHOP, customers, drop, shops, told

__all__ = ["settings"]
FIRST, LATER = "13932820018", "13932829999"
OTHER_LATER = "13932827777"


def row(number: str) -> dict[str, object]:
    return {**SHOP, "contact_phone": number}


@pytest.fixture
def changed(settings: Settings) -> bytes:
    """Two papers of hers: the later one has another phone in both rows. The older one."""
    content = dropped(settings, row(FIRST), SECOND, name="台账.xlsx").read_bytes()
    once(settings, 3)
    dropped(settings, row(LATER), {**SECOND, "contact_phone": OTHER_LATER}, name="台账.xlsx")
    once(settings, 4)
    assert (phone(settings), phone(settings, OTHER)) == (LATER, OTHER_LATER)
    return content


def test_set_back_beside_rows_that_stand_as_in_the_later_paper_is_taken(settings: Settings, changed: bytes) -> None:
    dropped(settings, row(FIRST), {**SECOND, "contact_phone": OTHER_LATER}, name="台账.xlsx")
    once(settings, 5)
    assert (phone(settings), phone(settings, OTHER)) == (FIRST, OTHER_LATER)
    assert told(settings) == []


def test_and_forth_again(settings: Settings, changed: bytes) -> None:
    dropped(settings, row(FIRST), {**SECOND, "contact_phone": OTHER_LATER}, name="台账.xlsx")
    once(settings, 5)
    dropped(settings, row(LATER), {**SECOND, "contact_phone": OTHER_LATER}, name="台账.xlsx")
    once(settings, 6)
    # this is the paper of the fourth again, cell by cell: an old copy or not, nobody can tell
    assert phone(settings) == FIRST
    ((_, sentence),) = told(settings)
    assert LATER in sentence
    assert FIRST in sentence


@pytest.mark.parametrize("name", ["台账.xlsx", "副本 台账.xlsx"])
def test_the_older_paper_again_changes_nothing_and_says_nothing(settings: Settings, changed: bytes, name: str) -> None:
    again(settings, settings.inbox / name, changed)  # the same bytes
    once(settings, 5)
    assert (phone(settings), phone(settings, OTHER)) == (LATER, OTHER_LATER)
    assert told(settings) == []


def test_an_older_paper_saved_before_the_later_one_says_nothing(settings: Settings) -> None:
    older = drop(settings, shops({**CLERK, **row(FIRST)}, SECOND, name="台账.xlsx"))
    content = older.read_bytes()
    once(settings, 3)
    dropped(settings, row(LATER), SECOND, name="台账.xlsx")
    once(settings, 4)
    path = settings.inbox / "旧.xlsx"
    path.write_bytes(saved_anew(content))
    _long_ago(path)
    once(settings, 5)
    assert (phone(settings), told(settings)) == (LATER, [])


def _long_ago(path: Path) -> None:
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_the_older_paper_saved_anew_changes_nothing_and_says_what_it_did_not_change(
    settings: Settings, changed: bytes
) -> None:
    again(settings, settings.inbox / "台账.xlsx", saved_anew(changed))
    summary = once(settings, 5)
    assert (phone(settings), phone(settings, OTHER)) == (LATER, OTHER_LATER)
    assert (summary.findings.error, summary.rows.unchanged) == (0, 2)
    assert [sentence for _, sentence in told(settings)] == [
        f"联系电话“{FIRST}”与您更早的表相同，您后来已改为别的；台账仍是“{LATER}”，未改",
        f"联系电话“13932820026”与您更早的表相同，您后来已改为别的；台账仍是“{OTHER_LATER}”，未改",
    ]

    once(settings, 12)
    assert told(settings) == []  # it asks for nothing: a week, and it is over


def test_what_cannot_be_told_apart_is_set_back_by_an_answer(settings: Settings) -> None:
    for number, day in ((FIRST, 3), (LATER, 4), (FIRST, 5)):  # one row: nothing beside it tells
        path = dropped(settings, row(number), name="台账.xlsx")
        if day == 5:  # typed anew: not the bytes of the first
            path.write_bytes(saved_anew(path.read_bytes()))
        once(settings, day)
    assert phone(settings) == LATER
    assert len(told(settings)) == 1
    answered_in_the_list(settings, "以我为准")
    once(settings, 6)
    assert (phone(settings), told(settings)) == (FIRST, [])

    dropped(settings, row(FIRST), SECOND, name="台账.xlsx")
    once(settings, 9)
    assert (phone(settings), told(settings)) == (FIRST, [])


def test_a_slip_that_is_undone_is_mended(settings: Settings) -> None:
    for number, day, wrong in ((FIRST, 3, 0), ("1393282001", 4, 1), (FIRST, 5, 0)):
        dropped(settings, row(number), SECOND, name="台账.xlsx")
        once(settings, day)
        assert len(told(settings)) == wrong
    assert phone(settings, KEY) == FIRST


def test_what_was_refused_since_makes_no_old_copy_a_statement(settings: Settings) -> None:
    first = dropped(settings, row(FIRST), name="台账.xlsx").read_bytes()
    once(settings, 3)
    dropped(settings, row(LATER), name="台账.xlsx")
    once(settings, 4)
    dropped(settings, {**row("1393"), "trade_type": "超市"}, name="台账.xlsx")
    once(settings, 5)
    assert len(told(settings)) == 1

    again(settings, settings.inbox / "台账.xlsx", saved_anew(first))
    once(settings, 6)

    assert phone(settings) == LATER
    assert any(f"“{FIRST}”与您更早的表相同" in sentence for _, sentence in told(settings))


def test_what_was_refused_and_is_taken_back_is_over(settings: Settings) -> None:
    dropped(settings, row(FIRST), name="台账.xlsx")
    once(settings, 3)
    dropped(settings, row("1393"), name="台账.xlsx")
    once(settings, 4)
    assert len(told(settings)) == 1

    path = dropped(settings, row(FIRST), name="台账.xlsx")
    path.write_bytes(saved_anew(path.read_bytes()))
    once(settings, 5)

    assert (phone(settings), told(settings)) == (FIRST, [])


def test_a_row_set_back_to_one_that_was_refused_for_another_cell_is_told(settings: Settings) -> None:
    wrong = {"trade_type": "杂货铺子"}
    dropped(settings, {**row(FIRST), **wrong}, name="台账.xlsx")
    once(settings, 3)
    dropped(settings, {**row(FIRST), "trade_type": "超市"}, name="台账.xlsx")
    once(settings, 4)
    dropped(settings, {**row(LATER), **wrong}, name="台账.xlsx")  # her own file still has the slip
    once(settings, 5)
    assert phone(settings) == LATER

    path = dropped(settings, {**row(FIRST), **wrong}, name="台账.xlsx")
    path.write_bytes(saved_anew(path.read_bytes()))
    once(settings, 6)

    assert phone(settings) == LATER
    assert any(f"“{FIRST}”与您更早的表相同" in sentence for _, sentence in told(settings))


@pytest.mark.parametrize("together", [False, True])
def test_a_list_that_goes_on_as_before_takes_back_nothing_of_another_sheet(settings: Settings, together: bool) -> None:
    dropped(settings, row(FIRST), name="台账.xlsx")
    once(settings, 3)
    dropped(settings, {**row(LATER), "resident_id": "13112319930916002"}, name="补登.xlsx")
    if not together:
        once(settings, 4)
        assert len(told(settings)) == 1
    dropped(settings, row(FIRST), SECOND, name="台账.xlsx")
    once(settings, 5)

    ((_, sentence),) = told(settings)
    assert "13112319930916002" in sentence
    assert phone(settings) == FIRST

    dropped(settings, {**row(LATER), "resident_id": "131123199309160020"}, name="补登.xlsx")
    once(settings, 6)
    assert (phone(settings), told(settings)) == (LATER, [])


def test_what_was_refused_of_a_list_is_taken_back_by_the_list_as_it_was(settings: Settings) -> None:
    dropped(settings, row(FIRST), name="台账.xlsx")
    once(settings, 3)
    dropped(settings, row("1393282"), name="台账.xlsx")
    once(settings, 4)
    assert len(told(settings)) == 1
    dropped(settings, row(FIRST), name="台账.xlsx")
    once(settings, 5)
    assert (phone(settings), told(settings)) == (FIRST, [])


def test_what_is_taken_back_sets_back_nothing_that_a_colleague_has_changed(settings: Settings) -> None:
    content = dropped(settings, {**row(FIRST), "trade_type": "超市"}, name="台账.xlsx").read_bytes()
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"trade_type": "食杂店"}})
    once(settings, 4)
    dropped(settings, {**row("1393282"), "trade_type": "超市"}, name="台账.xlsx")
    once(settings, 5)
    again(settings, settings.inbox / "台账.xlsx", saved_anew(content))
    once(settings, 6)

    assert (customers(settings)[KEY]["零售业态"], phone(settings), told(settings)) == ("食杂店", FIRST, [])


def test_a_change_that_had_nothing_to_change_changes_nothing_when_it_comes_again(settings: Settings) -> None:
    dropped(settings, row(FIRST), name="台账.xlsx")
    once(settings, 3)
    change = Filled(
        "变更.xlsx",
        "change_sheet",
        (
            {
                "licence_no": KEY,
                "change_kind": "变更",
                "change_item": "联系电话",
                "changed_to": FIRST,
                "effective_on": "2026-11-03",
                "change_reason": "换号",
                "handled_by": "李敏",
            },
        ),
    )
    content = at(drop(settings, change)).read_bytes()
    once(settings, 4)
    answer(settings, holder(settings), {KEY: {"contact_phone": LATER}})
    once(settings, 5)
    assert phone(settings) == LATER

    again(settings, settings.inbox / "变更.xlsx", saved_anew(content))
    once(settings, 6)
    assert (phone(settings), told(settings)) == (LATER, [])


def test_what_is_set_back_to_what_she_had_said_is_held_against_a_colleagues_later_word(
    settings: Settings, changed: bytes
) -> None:
    answer(settings, holder(settings), {KEY: {"contact_phone": "13700000000"}})
    once(settings, 5)
    assert phone(settings) == "13700000000"
    dropped(settings, row(FIRST), {**SECOND, "contact_phone": OTHER_LATER}, name="台账.xlsx")
    once(settings, 6)
    assert phone(settings) == "13700000000"
    ((_, sentence),) = told(settings)
    assert FIRST in sentence
    assert "13700000000" in sentence


@pytest.mark.parametrize("by_colleague", [False, True])
def test_a_slip_that_only_an_old_copy_repeats_was_not_said_since(settings: Settings, by_colleague: bool) -> None:
    slip = {**SECOND, "resident_id": "13112319930916002"}
    dropped(settings, row("1393282"), slip, name="台账.xlsx")
    once(settings, 3)
    dropped(settings, row(FIRST), slip, name="台账.xlsx")
    once(settings, 4)
    if by_colleague:
        answer(settings, holder(settings), {KEY: {"contact_phone": LATER}})
    else:
        dropped(settings, row(LATER), name="补登.xlsx")
    once(settings, 5)
    assert phone(settings) == LATER

    # both copies of the list come again, each with the other row mended
    mended = {**SECOND, "customer_name": "新名商店"}
    dropped(settings, row("1393282"), mended, name="台账.xlsx")
    once(settings, 6)
    dropped(settings, row(FIRST), mended, name="台账.xlsx")
    once(settings, 7)
    assert phone(settings) == LATER
    # her own later word is left as it is, and said; a colleague's is nothing that she has to choose about
    left = f"联系电话“{FIRST}”与您更早的表相同，您后来已改为别的；台账仍是“{LATER}”，未改"
    assert [sentence for _, sentence in told(settings)] == ([] if by_colleague else [left])
    assert customers(settings)[OTHER]["客户名称"] == "新名商店"
