"""What its author has said already is no statement, on whatever paper it comes again; and it opens nothing anew."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.settings import Settings
from schemas.language import Layout
from schemas.language.sample import Cells, Filled
from tests.intake.test_overlapping_papers import (
    KEY,
    OTHER,
    SECOND,
    VISIT,
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
    worklist,
)
from tests.tools.customers import SHOP, customers, drop, told

__all__ = ["settings"]
OLD, MINE, THEIRS = "13932810018", "13932829999", "13932821111"
MANAGER = {"filled_by": "李秀英"}


def list_of_manager(settings: Settings, number: str) -> None:
    dropped(settings, {**SHOP, **MANAGER, "contact_phone": number}, name=f"李秀英的表 {number}.xlsx")


def list_of_clerk(settings: Settings, number: str) -> None:
    dropped(settings, {**SHOP, "contact_phone": number}, name="台账.xlsx")


def taken_as_mine(settings: Settings, number: int) -> None:
    """The conflict of the run before is answered: take mine."""
    answered_in_the_list(settings, "以我为准")
    once(settings, number)


def cancelled(settings: Settings, key: str = KEY) -> None:
    row: Cells = {
        "licence_no": key,
        "change_kind": "注销",
        "effective_on": "2026-11-05",
        "change_reason": "歇业",
        "handled_by": "李敏",
    }
    at(drop(settings, Filled("注销.xlsx", "change_sheet", (row,), Layout.LIST)))


def test_what_he_has_said_on_his_worklist_is_no_conflict_on_his_own_list(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": MINE}})
    once(settings, 4)
    list_of_clerk(settings, THEIRS)
    once(settings, 5)
    taken_as_mine(settings, 6)
    assert phone(settings) == THEIRS

    list_of_manager(settings, MINE)
    once(settings, 9)

    assert (phone(settings), told(settings)) == (THEIRS, [])


def test_what_he_has_said_on_his_own_list_is_no_conflict_on_his_worklist(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    old = worklist(settings, manager)
    list_of_manager(settings, MINE)
    once(settings, 4)
    taken_as_mine(settings, 5)
    list_of_clerk(settings, THEIRS)
    once(settings, 6)
    taken_as_mine(settings, 9)
    assert phone(settings) == THEIRS

    answer(settings, manager, {KEY: {"contact_phone": MINE}}, of=old)
    once(settings, 10)

    assert (phone(settings), told(settings)) == (THEIRS, [])


def test_what_he_says_anew_is_a_conflict_all_the_same(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": MINE}})
    once(settings, 4)
    list_of_manager(settings, "13932827777")
    once(settings, 5)
    assert phone(settings) == "13932827777"  # his own value he may change
    list_of_clerk(settings, THEIRS)
    once(settings, 6)
    assert phone(settings) == "13932827777"
    assert len(told(settings)) == 1


@pytest.mark.parametrize("name", ["台账.xlsx", "副本 台账.xlsx"])
def test_an_old_list_saved_anew_does_not_open_again_the_number_mended_since(settings: Settings, name: str) -> None:
    content = dropped(settings, SHOP, {**SECOND, "licence_no": "13112310002"}, name="台账.xlsx").read_bytes()
    once(settings, 3)
    assert len(told(settings)) == 1
    dropped(settings, SHOP, SECOND, name="台账.xlsx")
    once(settings, 4)
    assert told(settings) == []

    again(settings, settings.inbox / name, saved_anew(content))
    summary = once(settings, 5)

    assert told(settings) == []
    assert (summary.rows.rejected, summary.rows.unchanged) == (0, 2)


def test_the_same_slip_in_another_row_is_told(settings: Settings) -> None:
    dropped(settings, SHOP, {**SECOND, "licence_no": "13112310002"}, name="台账.xlsx")
    once(settings, 3)
    dropped(settings, SHOP, SECOND, name="台账.xlsx")
    once(settings, 4)
    third = {**SECOND, "licence_no": "13112310002", "customer_name": "好又多", "contact_phone": "13932820034"}
    dropped(settings, SHOP, third, name="台账.xlsx")
    once(settings, 5)
    assert len(told(settings)) == 1


def test_a_row_that_never_entered_is_told_again(settings: Settings) -> None:
    wrong = {**SECOND, "contact_phone": "1393282002"}
    content = dropped(settings, SHOP, wrong, name="台账.xlsx").read_bytes()
    once(settings, 3)
    answered_in_the_list(settings, "知道了")
    once(settings, 4)
    assert told(settings) == []
    again(settings, settings.inbox / "台账.xlsx", saved_anew(content))
    once(settings, 5)
    assert told(settings) == []  # he wants to hear no more of it


def test_a_worklist_saved_anew_does_not_refuse_again_the_step_of_an_earlier_round(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    filled = answer(settings, manager, {KEY: VISIT})
    once(settings, 4)
    reviewer = next(
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    back: Cells = {"conclusion": "退回", "opinion": "再去看", "reviewed_on": "2026-11-05", "reviewed_by": "赵敏"}
    answer(settings, reviewer, {KEY: back})
    once(settings, 5)
    answer(settings, manager, {KEY: {**VISIT, "verified_on": "2026-11-06", "customer_grade": 20}})
    once(settings, 6)

    again(settings, settings.inbox / "旧任务表.xlsx", saved_anew(filled))
    once(settings, 9)

    row = customers(settings)[KEY]
    assert (row["当前状态"], row["客户档位"]) == ("待审核", 20)
    assert told(settings) == []


BACK: Cells = {"conclusion": "退回", "opinion": "再去看", "reviewed_on": "2026-11-05", "reviewed_by": "赵敏"}
PASSED: Cells = {"conclusion": "通过", "reviewed_on": "2026-11-06", "reviewed_by": "赵敏"}
NOT_FOUND: Cells = {"verdict": "查无此户", "verified_on": "2026-11-06", "verified_by": "李秀英"}


def refused_twice(settings: Settings) -> tuple[bytes, bytes, str]:
    """A review refused on an old sheet, which was over with the next visit, and then another one on the newest, which is
    open; return both papers, and who reviews.
    """
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    answer(settings, manager, {KEY: VISIT})
    once(settings, 4)
    (reviewer,) = (
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    sheet = worklist(settings, reviewer)
    answer(settings, reviewer, {KEY: BACK}, of=sheet)
    once(settings, 5)
    old = answer(settings, reviewer, {KEY: PASSED}, of=sheet)
    once(settings, 6)
    assert len(told(settings)) == 1  # it is to be visited anew
    answer(settings, manager, {KEY: NOT_FOUND})
    once(settings, 6)
    assert told(settings) == []
    newest = answer(settings, reviewer, {KEY: {**PASSED, "reviewed_on": "2026-11-09"}})
    once(settings, 9)
    return old, newest, reviewer


def test_an_old_row_opens_nothing_while_something_else_of_its_customer_is_open(settings: Settings) -> None:
    old, _, _ = refused_twice(settings)
    before = told(settings)
    assert len(before) == 1  # a shop that was not found cannot pass

    again(settings, settings.inbox / "旧任务表.xlsx", saved_anew(old))
    once(settings, 10)

    assert told(settings) == before


def test_a_conflict_that_was_answered_is_not_asked_again_by_the_same_worklist(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    old = worklist(settings, manager)
    list_of_clerk(settings, THEIRS)
    once(settings, 4)
    filled = answer(settings, manager, {KEY: {"contact_phone": MINE}}, of=old)
    once(settings, 5)
    assert len(told(settings)) == 1
    answered_in_the_list(settings, "以台账为准")
    once(settings, 6)
    assert told(settings) == []

    again(settings, settings.inbox / "另存.xlsx", saved_anew(filled))
    once(settings, 9)

    assert (phone(settings), told(settings)) == (THEIRS, [])


def test_closing_a_customer_ends_what_was_refused_of_it(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    late = worklist(settings, manager)
    answer(settings, manager, {KEY: VISIT})
    once(settings, 4)
    answer(settings, manager, {KEY: {**VISIT, "customer_grade": 20}}, of=late)
    once(settings, 5)
    assert len(told(settings)) == 1  # it waits for its review
    cancelled(settings)
    once(settings, 6)
    assert told(settings) == []


def test_what_is_refused_of_a_closed_customer_is_told_once(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    late = worklist(settings, manager)
    cancelled(settings)
    once(settings, 5)
    answer(settings, manager, {KEY: VISIT}, of=late)
    once(settings, 6)
    ((_, sentence),) = told(settings)
    assert "注销" in sentence
    once(settings, 9)
    assert told(settings) == []


def test_closing_in_the_batch_of_the_refused_step_ends_it_too(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    late = worklist(settings, manager)
    answer(settings, manager, {KEY: VISIT})
    once(settings, 4)
    answer(settings, manager, {KEY: {**VISIT, "customer_grade": 20}}, of=late)
    cancelled(settings)
    once(settings, 5)
    once(settings, 6)
    assert told(settings) == []


def test_a_half_filled_row_that_is_done_on_the_next_paper_of_the_batch_asks_nothing(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    sheet = worklist(settings, manager)
    answer(settings, manager, {KEY: {"verdict": "属实"}}, of=sheet, name="半.xlsx")
    answer(settings, manager, {KEY: VISIT}, of=sheet, name="全.xlsx")
    once(settings, 4)
    assert customers(settings)[KEY]["当前状态"] == "待审核"
    assert told(settings) == []


def test_a_step_that_is_not_due_is_refused_once_and_not_cell_by_cell(settings: Settings) -> None:
    list_of_clerk(settings, OLD)
    once(settings, 3)
    manager = holder(settings)
    sheet = worklist(settings, manager)
    answer(settings, manager, {KEY: {**VISIT, "contact_phone": MINE}}, of=sheet)
    once(settings, 4)
    list_of_clerk(settings, THEIRS)
    once(settings, 5)
    taken_as_mine(settings, 6)
    late: Cells = {**VISIT, "customer_grade": 20, "delivery_route": "04线", "contact_phone": "13932827777"}
    answer(settings, manager, {KEY: late}, of=sheet)
    once(settings, 9)
    ((_, sentence),) = told(settings)
    assert "不能办理“核实”" in sentence


def emptied(content: bytes, key: str) -> bytes:
    """The workbook with what was answered in the row of *key* taken out."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row if any(each.value == key for each in row) else ():
                if cell.value in ("通过", "赵敏") or str(cell.value)[:10] in ("2026-11-05", "2026-11-06"):
                    cell.value = None
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("together", [False, True])
def test_an_older_worklist_mended_takes_no_finding_away_from_the_row_filled_anew(
    settings: Settings, together: bool
) -> None:
    dropped(settings, SHOP, SECOND, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    answer(settings, manager, {key: {**NOT_FOUND, "verified_on": "2026-11-04"} for key in (KEY, OTHER)})
    once(settings, 4)
    (reviewer,) = (
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    answer(settings, reviewer, {key: {**PASSED, "reviewed_on": "2026-11-05"} for key in (KEY, OTHER)}, name="甲.xlsx")
    once(settings, 5)
    older = worklist(settings, reviewer)
    answer(settings, reviewer, {KEY: PASSED}, name="乙.xlsx")
    once(settings, 6)
    assert len(told(settings)) == 2  # nobody was found there: it cannot be passed
    newer = worklist(settings, reviewer)

    again(settings, settings.inbox / "甲 改.xlsx", emptied(older, OTHER))
    if not together:
        once(settings, 9)
        assert len(told(settings)) == 1
    again(settings, settings.inbox / "乙 改.xlsx", emptied(newer, KEY))
    once(settings, 9)

    assert told(settings) == []


@pytest.mark.parametrize("right_by", [MANAGER, {}])
def test_a_slip_is_told_though_a_colleague_has_it_right_on_the_same_day(settings: Settings, right_by: Cells) -> None:
    list_of_clerk(settings, "1393282")
    dropped(settings, {**SHOP, **right_by, "contact_phone": MINE}, name="补登.xlsx")
    once(settings, 3)
    assert phone(settings) == MINE
    # who has mended it himself need not be told
    beside = [sentence for _, sentence in told(settings) if "“登记”应由系统管理员办理" not in sentence]
    assert ["“1393282”" in sentence for sentence in beside] == ([True] if right_by else [])

    list_of_clerk(settings, MINE)
    once(settings, 4)
    assert phone(settings) == MINE
    assert [sentence for _, sentence in told(settings) if "“登记”应由系统管理员办理" not in sentence] == []
