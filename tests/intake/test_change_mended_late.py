"""A row of changes that was refused and is mended late: what was said since of what it changes is not replaced in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from pipeline.settings import Settings
from schemas.language.sample import Cells, Filled
from tests.intake.test_mended_late import with_cells
from tests.intake.test_overlapping_papers import (
    KEY,
    again,
    answer,
    answered_in_the_list,
    at,
    dropped,
    holder,
    once,
    phone,
    settings,
)
from tests.tools.customers import SHOP, customers, drop, told

__all__ = ["settings"]
OLD, LATER = "13932821111", "13932829999"
CLERK, COLLEAGUE = "李敏", "赵敏"
STANDS = f"联系电话“{OLD}”与您更早的表相同，您后来已改为别的；台账仍是“{LATER}”，未改"
Later = Callable[[Settings], None]


def change(settings: Settings, name: str, changed_to: str, who: str = CLERK, **more: object) -> bytes:
    row: Cells = {
        "licence_no": KEY,
        "change_kind": "变更",
        "change_item": "联系电话",
        "changed_to": changed_to,
        "effective_on": "2026-11-03",
        "change_reason": "换号",
        "handled_by": who,
        **more,
    }
    return at(drop(settings, Filled(name, "change_sheet", (row,)))).read_bytes()


def refused(settings: Settings) -> bytes:
    """A row of two changes, the second of which is wrong."""
    return change(settings, "变更.xlsx", f"{OLD}\n杂七杂八", change_item="联系电话\n零售业态")


def mend(settings: Settings, content: bytes, right: str = f"{OLD}\n便利店") -> None:
    again(settings, settings.inbox / "变更 改.xlsx", with_cells(content, {f"{OLD}\n杂七杂八": right}))


def by_change_sheet(settings: Settings) -> None:
    change(settings, "又变更.xlsx", LATER)


def by_own_list(settings: Settings) -> None:
    dropped(settings, {**SHOP, "contact_phone": LATER}, name=f"{CLERK}/台账.xlsx")


def by_colleague_s_change_sheet(settings: Settings) -> None:
    change(settings, "同事变更.xlsx", LATER, COLLEAGUE)


def by_colleague_s_worklist(settings: Settings) -> None:
    answer(settings, holder(settings), {KEY: {"contact_phone": LATER}})


@pytest.mark.parametrize(
    ("later", "together"), [(by_change_sheet, False), (by_change_sheet, True), (by_own_list, False)]
)
def test_what_its_author_has_said_since_stands(settings: Settings, later: Later, together: bool) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    old = refused(settings)
    once(settings, 4)
    assert len(told(settings)) == 1
    later(settings)
    if not together:
        once(settings, 5)
        assert phone(settings) == LATER
    mend(settings, old)
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["零售业态"]) == (LATER, "便利店")
    assert [sentence for _, sentence in told(settings)] == [STANDS]


def test_a_row_whose_day_is_mended_gives_way_just_so_and_he_may_choose_it(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    old = change(settings, "变更.xlsx", OLD, effective_on="2026-11-31")
    once(settings, 4)
    by_change_sheet(settings)
    once(settings, 5)
    again(settings, settings.inbox / "变更.xlsx", with_cells(old, {"2026-11-31": "2026-11-03"}))
    once(settings, 6)
    assert phone(settings) == LATER
    assert [sentence for _, sentence in told(settings)] == [STANDS]

    answered_in_the_list(settings, "以我为准")
    once(settings, 9)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_mended_to_a_day_that_is_later_than_his_other_word_it_is_in_force_from_that_day(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    old = change(settings, "变更.xlsx", OLD, effective_on="2026-11-31")
    once(settings, 4)
    by_change_sheet(settings)
    once(settings, 5)
    again(settings, settings.inbox / "变更.xlsx", with_cells(old, {"2026-11-31": "2026-11-06"}))
    once(settings, 6)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_what_he_said_before_the_refused_row_gives_way_to_it(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    by_change_sheet(settings)
    once(settings, 4)
    old = refused(settings)
    once(settings, 5)
    assert phone(settings) == LATER
    mend(settings, old)
    once(settings, 6)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_a_value_that_is_mended_with_the_row_is_his_newest_word(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    old = refused(settings)
    once(settings, 4)
    by_change_sheet(settings)
    once(settings, 5)
    mend(settings, old, "13932825555\n便利店")
    once(settings, 6)
    assert (phone(settings), told(settings)) == ("13932825555", [])


@pytest.mark.parametrize("later", [by_colleague_s_change_sheet, by_colleague_s_worklist])
def test_what_a_colleague_has_said_since_is_a_conflict(settings: Settings, later: Later) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    old = refused(settings)
    once(settings, 4)
    later(settings)
    once(settings, 5)
    mend(settings, old)
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["零售业态"]) == (LATER, "便利店")
    ((_, sentence),) = told(settings)
    assert sentence.startswith(f"联系电话：您填“{OLD}”，台账中是“{LATER}”")


def test_a_sheet_of_changes_that_is_dropped_only_now_is_no_newer_for_it(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    change(settings, "变更.xlsx", OLD)
    kept = settings.inbox.parent / "变更.xlsx"
    shutil.move(settings.inbox / "变更.xlsx", kept)  # it lies on her desk
    by_own_list(settings)
    once(settings, 4)
    assert phone(settings) == LATER
    shutil.move(kept, settings.inbox / "变更.xlsx")
    once(settings, 5)
    assert phone(settings) == LATER
    assert [sentence for _, sentence in told(settings)] == [STANDS]
