"""A return that somebody else brings back: what its author has written on it stays his, and a mended cell enters."""

from __future__ import annotations

import io

import pytest

from pipeline.settings import Settings
from tests.intake.test_choose_on_return import returned
from tests.intake.test_overlapping_papers import (
    KEY,
    OTHER,
    SECOND,
    VISIT,
    again,
    answer,
    customers,
    dropped,
    holder,
    mails,
    once,
    phone,
    settings,
)
from tests.tools.customers import SHOP, told

__all__ = ["settings"]
NEW = "13932821111"
CLERK, CHIEF = "李敏", "赵敏"


def mended(
    settings: Settings, wrong: object, right: object, folder: str, also: tuple[object, object] = ("", "")
) -> None:
    """Mend a cell on the return, *also* another one, and drop that into somebody's folder."""
    book = returned(settings)
    for before, after in [(wrong, right), also]:
        cells = [
            cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row if cell.value == before
        ]
        assert bool(cells) is bool(before)
        for cell in cells:
            cell.value = after
    held = io.BytesIO()
    book.save(held)
    path = settings.inbox / folder / "改好.xlsx"
    path.parent.mkdir(exist_ok=True)
    again(settings, path, held.getvalue())


@pytest.mark.parametrize("folder", [CLERK, CHIEF])
def test_a_refused_change_of_one_s_own_value_enters_with_the_mended_return(settings: Settings, folder: str) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    change = {**SHOP, "contact_phone": NEW, "resident_id": "13112319930916002"}
    dropped(settings, change, name=f"{CLERK}/补登.xlsx")
    once(settings, 4)
    assert (phone(settings), len(told(settings))) == (SHOP["contact_phone"], 1)

    mended(settings, "13112319930916002", "131123199309160020", folder)
    once(settings, 5)

    assert (phone(settings), told(settings)) == (NEW, [])
    assert customers(settings)[KEY]["身份证号"] == "131123199309160020"


@pytest.mark.parametrize("folder", [CLERK, CHIEF])
def test_what_its_author_has_changed_since_is_not_set_back_by_a_return(settings: Settings, folder: str) -> None:
    slipped = {**SHOP, "resident_id": "13112319930916002"}
    wrong = {**SECOND, "contact_phone": "1393282002"}
    dropped(settings, slipped, wrong, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    right = {**SHOP, "resident_id": "131123199309160020"}
    dropped(settings, right, name=f"{CLERK}/重登.xlsx")
    once(settings, 4)
    dropped(settings, {**right, "contact_phone": NEW}, name=f"{CLERK}/补登.xlsx")
    once(settings, 5)
    assert phone(settings) == NEW

    mended(settings, "1393282002", SECOND["contact_phone"], folder)
    once(settings, 6)

    assert (phone(settings), phone(settings, OTHER)) == (NEW, SECOND["contact_phone"])
    assert all(
        "更早的表" in sentence for _, sentence in told(settings)
    )  # a reminder at most: nothing waits for an answer


def test_whoever_has_written_it_is_told_what_a_colleague_changed_on_his_return(settings: Settings) -> None:
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    dropped(settings, {**SHOP, "resident_id": "13112319930916002"}, name=f"{CLERK}/补登.xlsx")
    once(settings, 4)
    mended(settings, SHOP["contact_phone"], NEW, CHIEF, also=("13112319930916002", "131123199309160020"))
    once(settings, 5)

    assert phone(settings) == NEW
    assert mails(settings, "您 2026-11-03 填的联系电话“13****18”，赵敏 2026-11-05 改为“13****11”")


def test_what_a_colleague_has_said_since_is_a_conflict_on_a_return(settings: Settings) -> None:
    change = {**SHOP, "contact_phone": NEW, "resident_id": "13112319930916002"}
    dropped(settings, SHOP, name=f"{CLERK}/台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {**VISIT, "contact_phone": "13932829999"}})
    once(settings, 4)
    dropped(settings, change, name=f"{CLERK}/补登.xlsx")
    once(settings, 5)

    mended(settings, "13112319930916002", "131123199309160020", CHIEF)
    once(settings, 6)

    assert phone(settings) == "13932829999"
    ((_, sentence),) = told(settings)
    assert NEW in sentence and "13932829999" in sentence
