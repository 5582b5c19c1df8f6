"""A refused row that is mended late: what its author has said since stands, and what only this row says enters."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from pipeline.settings import Settings
from schemas.language.sample import Cells, Filled
from tests.intake.test_choose_on_return import returned
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
from tests.tools.customers import SHOP, customers, drop, shops, told

__all__ = ["settings"]
FIRST, OLD, LATER = "13932820018", "13932821111", "13932829999"
WRONG, RIGHT = "13112319930916002", "131123199309160020"
CLERK = "李敏"
Later = Callable[[Settings], None]


def refused(phone_in_it: str = OLD, **more: object) -> Cells:
    return {**SHOP, "contact_phone": phone_in_it, "resident_id": WRONG, **more}


def by_change_sheet(settings: Settings) -> None:
    row: Cells = {
        "licence_no": KEY,
        "change_kind": "变更",
        "change_item": "联系电话",
        "changed_to": LATER,
        "effective_on": "2026-11-03",
        "change_reason": "换号",
        "handled_by": CLERK,
    }
    at(drop(settings, Filled("变更.xlsx", "change_sheet", (row,))))


def by_own_list(settings: Settings) -> None:
    dropped(settings, {**SHOP, "contact_phone": LATER}, name=f"{CLERK}/台账.xlsx")


def by_a_list_of_another_name(settings: Settings) -> None:
    dropped(settings, {**SHOP, "contact_phone": LATER}, name=f"{CLERK}/十一月.xlsx")


def by_colleague_s_worklist(settings: Settings) -> None:
    answer(settings, holder(settings), {KEY: {"contact_phone": LATER}})


def by_colleague_s_list(settings: Settings) -> None:
    dropped(settings, {**SHOP, "contact_phone": LATER, "filled_by": "赵敏"}, name="赵敏/登记.xlsx")


def with_cells(content: bytes, mended: dict[str, str]) -> bytes:
    """The workbook with cells mended, wherever they stand in its sheets."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for wrong, right in mended.items():
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == wrong]
        assert cells
        for cell in cells:
            cell.value = right
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def the_return(settings: Settings, original: bytes) -> bytes:
    held = io.BytesIO()
    returned(settings).save(held)
    return held.getvalue()


def the_original(settings: Settings, original: bytes) -> bytes:
    return original


def mend(settings: Settings, content: bytes, folder: str = CLERK, wrong: str = WRONG, right: str = RIGHT) -> None:
    path = settings.inbox / folder / "补登.xlsx"
    path.parent.mkdir(exist_ok=True)
    again(settings, path, with_cells(content, {wrong: right}))


@pytest.mark.parametrize(
    ("later", "paper", "together"),
    [
        (by_change_sheet, the_return, False),
        (by_change_sheet, the_original, True),
        (by_own_list, the_return, True),
        (by_own_list, the_original, False),
        (by_a_list_of_another_name, the_original, True),
    ],
)
def test_what_its_author_has_said_since_stands(
    settings: Settings, later: Later, paper: Callable[[Settings, bytes], bytes], together: bool
) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    assert (phone(settings), len(told(settings))) == (FIRST, 1)
    old = paper(settings, original)
    later(settings)
    if not together:
        once(settings, 5)
        assert phone(settings) == LATER
    mend(settings, old)
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"]) == (LATER, RIGHT)
    ((_, sentence),) = told(settings)
    assert sentence == f"联系电话“{OLD}”与您更早的表相同，您后来已改为别的；台账仍是“{LATER}”，未改"


@pytest.mark.parametrize(("later", "paper"), [(by_change_sheet, the_return), (by_own_list, the_original)])
def test_what_only_the_refused_row_says_enters_when_it_is_mended(
    settings: Settings, later: Later, paper: Callable[[Settings, bytes], bytes]
) -> None:
    dropped(settings, {**SHOP, "trade_type": "食杂店"}, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    more = {"trade_type": "便利店", "shop_address": "武强县周窝镇周窝村15号"}
    original = dropped(settings, refused(**more), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    old = paper(settings, original)
    later(settings)
    once(settings, 5)
    mend(settings, old)
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["零售业态"], row["经营地址"]) == (LATER, "便利店", "武强县周窝镇周窝村15号")


@pytest.mark.parametrize(
    ("later", "paper"), [(by_colleague_s_worklist, the_return), (by_colleague_s_list, the_original)]
)
def test_what_a_colleague_has_said_since_is_a_conflict(
    settings: Settings, later: Later, paper: Callable[[Settings, bytes], bytes]
) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    old = paper(settings, original)
    later(settings)
    if later is by_colleague_s_list:  # she knew another value: it is hers to choose first
        once(settings, 5)
        answered_in_the_list(settings, "以我为准", about=LATER)
    once(settings, 6)
    assert phone(settings) == LATER
    mend(settings, old)
    once(settings, 9)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"]) == (LATER, RIGHT)
    ((_, sentence),) = told(settings)
    assert sentence.startswith(f"联系电话：您填“{OLD}”，台账中是“{LATER}”")


@pytest.mark.parametrize(("later", "paper"), [(by_own_list, the_return), (by_colleague_s_list, the_original)])
def test_a_row_that_was_to_register_the_shop_takes_nothing_back(
    settings: Settings, later: Later, paper: Callable[[Settings, bytes], bytes]
) -> None:
    original = dropped(settings, refused(trade_type="便利店"), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 3)
    assert not (settings.outbox / "master.xlsx").exists() or KEY not in customers(settings)
    old = paper(settings, original)
    later(settings)
    once(settings, 4)
    assert phone(settings) == LATER
    mend(settings, old)
    once(settings, 5)

    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"], row["零售业态"]) == (LATER, RIGHT, "便利店")
    ((_, sentence),) = told(settings)
    assert OLD in sentence and LATER in sentence


def test_a_field_that_was_blank_until_he_said_it_otherwise_stands(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(FIRST, trade_type="便利店"), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    dropped(settings, {**SHOP, "trade_type": "超市"}, name=f"{CLERK}/台账.xlsx")
    once(settings, 5)
    mend(settings, original)
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["零售业态"], row["身份证号"]) == ("超市", RIGHT)
    assert [sentence for _, sentence in told(settings)] == [
        "零售业态“便利店”与您更早的表相同，您后来已改为别的；台账仍是“超市”，未改"
    ]


@pytest.mark.parametrize("together", [False, True])
def test_what_he_said_before_the_refused_row_gives_way_to_it(settings: Settings, together: bool) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    by_change_sheet(settings)
    if not together:
        once(settings, 4)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 5)
    assert phone(settings) == LATER
    mend(settings, original)
    once(settings, 6)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_the_whole_tale_in_one_batch(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    by_change_sheet(settings)
    again(settings, settings.inbox / CLERK / "补登 改.xlsx", with_cells(original, {WRONG: RIGHT}))
    once(settings, 4)
    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"]) == (LATER, RIGHT)
    ((_, sentence),) = told(settings)
    assert f"“{OLD}”与您更早的表相同" in sentence


def test_a_row_mended_in_two_goes_is_no_newer_for_it(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    by_change_sheet(settings)
    once(settings, 5)
    mend(settings, original, right="13112319930916003X")
    once(settings, 6)
    mend(settings, original)
    once(settings, 9)
    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"]) == (LATER, RIGHT)


def test_an_old_copy_with_a_slip_sets_nothing_back_once_the_slip_is_mended(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    by_change_sheet(settings)
    once(settings, 4)
    original = dropped(settings, refused(FIRST), name=f"{CLERK}/台账.xlsx").read_bytes()  # her copy of the third
    once(settings, 5)
    mend(settings, original)
    once(settings, 6)
    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"]) == (LATER, RIGHT)


def test_he_may_choose_the_older_value_all_the_same(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    by_change_sheet(settings)
    once(settings, 5)
    mend(settings, original)
    once(settings, 6)
    answered_in_the_list(settings, "以我为准")
    once(settings, 9)
    assert (phone(settings), told(settings)) == (OLD, [])


def test_a_cell_that_is_mended_with_the_row_is_his_newest_word(settings: Settings) -> None:
    newest = "13932825555"
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    original = dropped(settings, refused(), name=f"{CLERK}/补登.xlsx").read_bytes()
    once(settings, 4)
    by_change_sheet(settings)
    once(settings, 5)
    mend(settings, with_cells(original, {OLD: newest}))
    once(settings, 6)
    assert (phone(settings), told(settings)) == (newest, [])


def test_brought_back_by_a_colleague_it_takes_nothing_back_either(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    dropped(settings, refused(), name=f"{CLERK}/补登.xlsx")
    once(settings, 4)
    back = the_return(settings, b"")
    by_change_sheet(settings)
    once(settings, 5)
    mend(settings, back, folder="赵敏")
    once(settings, 6)
    row = customers(settings)[KEY]
    assert (row["联系电话"], row["身份证号"]) == (LATER, RIGHT)
    ((_, sentence),) = told(settings)
    assert OLD in sentence and LATER in sentence


@pytest.mark.parametrize("later", [by_own_list, by_change_sheet])
def test_where_nobody_is_named_nothing_is_replaced_in_silence(settings: Settings, later: Later) -> None:
    at(drop(settings, shops(SHOP, name="台账.xlsx")))
    once(settings, 3)
    original = at(drop(settings, shops(refused(), name="补登.xlsx"))).read_bytes()
    once(settings, 4)
    if later is by_own_list:
        at(drop(settings, shops({**SHOP, "contact_phone": LATER}, name="台账.xlsx")))
    else:
        later(settings)
    once(settings, 5)
    assert phone(settings) == LATER
    again(settings, settings.inbox / "补登.xlsx", with_cells(original, {WRONG: RIGHT}))
    once(settings, 6)
    assert phone(settings) == LATER
    assert any(OLD in sentence for _, sentence in told(settings))
