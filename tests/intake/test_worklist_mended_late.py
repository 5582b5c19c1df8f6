"""An old worklist whose row is mended late: what its person has said elsewhere since stands, and is never replaced in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from pipeline.settings import Settings
from schemas.language.sample import Cells, Filled
from tests.intake.test_overlapping_papers import (
    KEY,
    VISIT,
    answer,
    answered_in_the_list,
    at,
    dropped,
    holder,
    once,
    phone,
    settings,
    worklist,
)
from tests.tools.customers import SHOP, customers, drop, told

__all__ = ["settings"]
FIRST, OLD, LATER = "13932820018", "13932821111", "13932829999"
MANAGER = "李秀英"
STANDS = f"联系电话“{OLD}”与您更早的表相同，您后来已改为别的；台账仍是“{LATER}”，未改"
Later = Callable[[Settings, bytes], None]
WRONG: Cells = {"contact_phone": OLD, "trade_type": "杂七杂八"}
RIGHT: Cells = {"contact_phone": OLD, "trade_type": "便利店"}


def doubts(settings: Settings) -> list[str]:
    """What is told, but that the customer was registered by his manager: the first list is."""
    return [sentence for _, sentence in told(settings) if "“登记”应由系统管理员办理" not in sentence]


def by_own_list(settings: Settings, old: bytes) -> None:
    dropped(settings, {**SHOP, "contact_phone": LATER, "filled_by": MANAGER}, name=f"{MANAGER}/我的.xlsx")


def by_change_sheet(settings: Settings, old: bytes, who: str = MANAGER) -> None:
    row: Cells = {
        "licence_no": KEY,
        "change_kind": "变更",
        "change_item": "联系电话",
        "changed_to": LATER,
        "effective_on": "2026-11-03",
        "change_reason": "换号",
        "handled_by": who,
    }
    at(drop(settings, Filled("变更.xlsx", "change_sheet", (row,))))


def by_newer_worklist(settings: Settings, old: bytes) -> None:
    answer(settings, holder(settings), {KEY: {"contact_phone": LATER, "trade_type": "便利店"}})  # where it stands, red


def by_colleague_s_change_sheet(settings: Settings, old: bytes) -> None:
    by_change_sheet(settings, old, "赵敏")


def by_colleague_s_list(settings: Settings, old: bytes) -> None:
    dropped(settings, {**SHOP, "contact_phone": LATER, "filled_by": "赵敏"}, name="赵敏/登记.xlsx")


def began(settings: Settings) -> tuple[str, bytes]:
    """An office with one customer; the staff number of who has it, and his worklist."""
    dropped(settings, {**SHOP, "filled_by": MANAGER}, name=f"{MANAGER}/台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    return manager, worklist(settings, manager)


@pytest.mark.parametrize("step", [{}, VISIT], ids=["correction", "with the step"])
@pytest.mark.parametrize(
    ("later", "together"),
    [(by_own_list, False), (by_change_sheet, True), (by_change_sheet, False), (by_newer_worklist, False)],
)
def test_what_its_person_has_said_since_stands(settings: Settings, later: Later, together: bool, step: Cells) -> None:
    manager, old = began(settings)
    answer(settings, manager, {KEY: {**step, **WRONG}}, of=old, name="旧.xlsx")
    once(settings, 4)
    assert (phone(settings), len(doubts(settings))) == (FIRST, 1)
    later(settings, old)
    if not together:
        once(settings, 5)
        assert phone(settings) == LATER
    answer(settings, manager, {KEY: {**step, **RIGHT}}, of=old, name="旧.xlsx")
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["零售业态"]) == (LATER, "便利店")
    assert row["当前状态"] == ("待审核" if step else "待核实")
    assert doubts(settings) == [STANDS]


def test_he_may_choose_the_older_value_all_the_same(settings: Settings) -> None:
    manager, old = began(settings)
    answer(settings, manager, {KEY: WRONG}, of=old, name="旧.xlsx")
    once(settings, 4)
    by_change_sheet(settings, old)
    once(settings, 5)
    answer(settings, manager, {KEY: RIGHT}, of=old, name="旧.xlsx")
    once(settings, 6)
    answered_in_the_list(settings, "以我为准")
    once(settings, 9)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_a_cell_that_is_mended_with_the_row_is_his_newest_word(settings: Settings) -> None:
    manager, old = began(settings)
    answer(settings, manager, {KEY: WRONG}, of=old, name="旧.xlsx")
    once(settings, 4)
    by_change_sheet(settings, old)
    once(settings, 5)
    answer(settings, manager, {KEY: {**RIGHT, "contact_phone": "13932825555"}}, of=old, name="旧.xlsx")
    once(settings, 6)
    assert (phone(settings), told(settings)) == ("13932825555", [])


def test_what_he_said_before_the_refused_row_gives_way_to_it(settings: Settings) -> None:
    manager, old = began(settings)
    by_change_sheet(settings, old)
    once(settings, 4)
    answer(settings, manager, {KEY: WRONG}, of=old, name="旧.xlsx")
    once(settings, 5)
    assert phone(settings) == LATER
    answer(settings, manager, {KEY: RIGHT}, of=old, name="旧.xlsx")
    once(settings, 6)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_a_correction_that_was_taken_says_nothing_more_when_the_step_is_filled_in_beside_it(settings: Settings) -> None:
    manager, old = began(settings)
    answer(settings, manager, {KEY: {"contact_phone": OLD}}, of=old, name="旧.xlsx")
    once(settings, 4)
    assert phone(settings) == OLD
    by_change_sheet(settings, old)
    once(settings, 5)
    assert phone(settings) == LATER
    answer(settings, manager, {KEY: {**VISIT, "contact_phone": OLD}}, of=old, name="旧.xlsx")
    once(settings, 6)
    row = customers(settings)[KEY]
    assert (row["联系电话"], row["当前状态"]) == (LATER, "待审核")


@pytest.mark.parametrize("step", [{}, VISIT], ids=["correction", "with the step"])
@pytest.mark.parametrize("later", [by_colleague_s_change_sheet, by_colleague_s_list])
def test_what_a_colleague_has_said_since_is_a_conflict(settings: Settings, later: Later, step: Cells) -> None:
    manager, old = began(settings)
    answer(settings, manager, {KEY: {**step, **WRONG}}, of=old, name="旧.xlsx")
    once(settings, 4)
    later(settings, old)
    once(settings, 5)
    if later is by_colleague_s_list:  # she knew another value: it is hers to choose first
        answered_in_the_list(settings, "以我为准", about=LATER)
        once(settings, 5)
    assert phone(settings) == LATER
    answer(settings, manager, {KEY: {**step, **RIGHT}}, of=old, name="旧.xlsx")
    once(settings, 6)
    assert phone(settings) == LATER
    (sentence,) = (sentence for _, sentence in told(settings) if OLD in sentence)
    assert sentence.startswith(f"联系电话：您填“{OLD}”，台账中是“{LATER}”")


@pytest.mark.parametrize("later", [by_own_list, by_newer_worklist])
def test_an_old_worklist_that_is_dropped_only_now_is_no_newer_for_it(settings: Settings, later: Later) -> None:
    manager, old = began(settings)
    answer(settings, manager, {KEY: RIGHT}, of=old, name="旧.xlsx")
    kept = settings.inbox.parent / "旧.xlsx"
    shutil.move(settings.inbox / "旧.xlsx", kept)  # it lies on his desk
    later(settings, old)
    once(settings, 4)
    assert phone(settings) == LATER
    shutil.move(kept, settings.inbox / "旧.xlsx")
    once(settings, 5)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["零售业态"]) == (LATER, "便利店")
    assert doubts(settings) == [STANDS]
