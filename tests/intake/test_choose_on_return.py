"""Of two values one is chosen on the first page of the return, too; what else was mended there is taken with it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.settings import Settings
from schemas.language.sample import Cells
from tests.intake.test_overlapping_papers import (
    KEY,
    SECOND,
    VISIT,
    again,
    answer,
    answered_in_the_list,
    customers,
    dropped,
    holder,
    once,
    phone,
    settings,
    worklist,
)
from tests.tools.customers import SHOP, told

__all__ = ["settings"]
MINE, THEIRS = "13932821111", "13932829999"


def returned(settings: Settings, name: str = "*.xlsx") -> openpyxl.Workbook:
    (path,) = (settings.outbox / "returns").glob(name)
    return openpyxl.load_workbook(path)


def choose(settings: Settings, book: openpyxl.Workbook, choice: str) -> None:
    """Choose in the first line that offers it, save, and drop the return."""
    page = book.worksheets[0]
    (head,) = (cell for row in page.iter_rows() for cell in row if cell.value == "处理")
    (rule,) = page.data_validations.dataValidation
    assert choice in rule.formula1
    line = next(
        row for row in range(head.row + 1, page.max_row + 1) if page.cell(row, head.column).coordinate in rule.sqref
    )
    page.cell(line, head.column).value = choice
    held = io.BytesIO()
    book.save(held)
    again(settings, settings.inbox / "改好.xlsx", held.getvalue())


@pytest.fixture
def conflict(settings: Settings) -> Settings:
    """Two phones of one shop; a slip in the row below, too."""
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": THEIRS}})
    once(settings, 4)
    wrong = {**SECOND, "contact_phone": "1393282002"}
    dropped(settings, {**SHOP, "contact_phone": MINE}, wrong, name="台账.xlsx")
    once(settings, 5)
    assert (phone(settings), len(told(settings))) == (THEIRS, 2)
    return settings


@pytest.mark.parametrize(("choice", "becomes"), [("以我为准", MINE), ("以台账为准", THEIRS)])
def test_the_value_chosen_on_the_return_stands(conflict: Settings, choice: str, becomes: str) -> None:
    page = returned(conflict).worksheets[0]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any(all(said in text for said in (MINE, THEIRS, "李秀英", "2026-11-04")) for text in texts)

    choose(conflict, returned(conflict), choice)
    once(conflict, 6)

    assert phone(conflict) == becomes
    ((_, sentence),) = told(conflict)
    assert "1393282002" in sentence


def test_a_choice_made_in_the_exceptions_is_gone_from_the_return(conflict: Settings) -> None:
    def sentences() -> list[str]:
        page = returned(conflict).worksheets[0]
        return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]

    assert any(MINE in text for text in sentences())
    answered_in_the_list(conflict, "以台账为准", MINE)
    once(conflict, 6)
    assert len(told(conflict)) == 1
    assert not any(MINE in text for text in sentences())
    assert any("1393282002" in text for text in sentences())


def test_the_choice_and_the_mended_cell_are_taken_from_one_return(conflict: Settings) -> None:
    book = returned(conflict)
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "1393282002":
                    cell.value = "13932820026"
    choose(conflict, book, "以我为准")
    once(conflict, 6)
    assert (phone(conflict), told(conflict)) == (MINE, [])
    assert customers(conflict)["131123100026"]["联系电话"] == "13932820026"


def test_a_return_without_two_values_offers_no_choice(settings: Settings) -> None:
    dropped(settings, {**SHOP, "contact_phone": "1393282001"}, name="台账.xlsx")
    once(settings, 3)
    page = returned(settings).worksheets[0]
    assert not any(cell.value == "处理" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize(("choice", "trade"), [("以我为准", "便利店"), ("以台账为准", "超市")])
def test_a_step_that_waited_for_the_choice_is_taken_whole_with_the_return(
    settings: Settings, choice: str, trade: str
) -> None:
    dropped(settings, {**SHOP, "trade_type": "食杂店"}, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    old = worklist(settings, manager)
    dropped(settings, {**SHOP, "trade_type": "超市"}, name="台账.xlsx")
    once(settings, 4)
    visit: Cells = {**VISIT, "trade_type": "便利店"}
    answer(settings, manager, {KEY: visit}, of=old)
    once(settings, 5)
    assert customers(settings)[KEY]["当前状态"] == "待核实"
    assert len(told(settings)) >= 1

    choose(settings, returned(settings), choice)
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["当前状态"], row["零售业态"]) == ("待审核", trade)
    assert told(settings) == []


THIRD = "13932827777"


def test_a_choice_made_over_a_value_that_has_been_replaced_since_is_asked_anew(conflict: Settings) -> None:
    old = returned(conflict)
    answer(conflict, holder(conflict), {KEY: {"contact_phone": THIRD}})
    once(conflict, 6)
    assert phone(conflict) == THIRD
    assert any(MINE in sentence and THIRD in sentence for _, sentence in told(conflict))

    choose(conflict, old, "以我为准")  # it showed another value of the register
    once(conflict, 7)

    assert phone(conflict) == THIRD
    said = [sentence for _, sentence in told(conflict)]
    assert any(THIRD in sentence and "改" in sentence and "再选" in sentence for sentence in said)

    choose(conflict, returned(conflict, "台账.xlsx"), "以我为准")
    once(conflict, 8)
    assert phone(conflict) == MINE
    assert not any(THIRD in sentence for _, sentence in told(conflict))


def test_whoever_gives_up_his_value_gives_it_up_whatever_stands_there_by_now(conflict: Settings) -> None:
    old = returned(conflict)
    answer(conflict, holder(conflict), {KEY: {"contact_phone": THIRD}})
    once(conflict, 6)
    choose(conflict, old, "以台账为准")
    once(conflict, 7)
    assert phone(conflict) == THIRD
    assert not any(MINE in sentence for _, sentence in told(conflict))


def test_what_is_asked_shows_the_register_as_it_stands_after_the_whole_batch(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": THEIRS}})
    once(settings, 4)
    dropped(settings, {**SHOP, "contact_phone": MINE}, name="台账.xlsx")
    answer(settings, holder(settings), {KEY: {"contact_phone": THIRD}})
    once(settings, 5)
    assert phone(settings) == THIRD
    (sentence,) = [sentence for _, sentence in told(settings) if MINE in sentence]
    assert THIRD in sentence and THEIRS not in sentence
    page = returned(settings).worksheets[0]
    assert any(MINE in text and THIRD in text for row in page.iter_rows() for cell in row if (text := str(cell.value)))
