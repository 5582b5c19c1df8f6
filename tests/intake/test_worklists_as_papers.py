"""Worklists that come back are papers too: each cell of theirs is taken or told, and what they repeat says nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.history import history
from pipeline.domain.embedded_metadata import shown_cells, shown_entries
from pipeline.settings import Settings
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import PEOPLE
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
    mails,
    once,
    phone,
    saved_anew,
    worklist,
)
from tests.tools.customers import SHOP, customers, drop, office, told

THIRD: Cells = {**SHOP, "licence_no": "131123100034", "customer_name": "好又多", "contact_phone": "13932820034"}
PAGE = "核实"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    from pipeline.settings import load_settings

    found = load_settings({}, environ={}, folder=tmp_path).settings.model_copy(update={"settle_seconds": 0})
    found.inbox.mkdir()
    office(found)
    dropped(found, SHOP, SECOND, name="台账.xlsx")
    once(found, 3)
    return found


def columns(page: Worksheet) -> tuple[int, dict[str, int]]:
    """The header's row, and columns by label."""
    header = next(row for row in page.iter_rows() if any(cell.value == "#ruwang" for cell in row))
    return header[0].row or 0, {str(cell.value or "").strip(" *"): cell.column or 0 for cell in header}


def line(page: Worksheet, key: str = KEY) -> int:
    head, at = columns(page)
    return next(row for row in range(head + 1, page.max_row + 1) if page.cell(row, at["许可证号"]).value == key)


def typed(page: Worksheet, key: str, cells: dict[str, Any]) -> None:
    _, at = columns(page)
    for label, value in cells.items():
        page.cell(line(page, key), at[label]).value = value


def changed(
    settings: Settings, content: bytes, change: Callable[[Worksheet], None], name: str = "交回.xlsx", page: str = PAGE
) -> bytes:
    """Change a page of a workbook as a person would, and drop it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book[page])
    held = io.BytesIO()
    book.save(held)
    path = settings.inbox / name
    path.parent.mkdir(exist_ok=True)
    again(settings, path, held.getvalue())
    return held.getvalue()


def sentences(settings: Settings) -> list[str]:
    return [sentence for _, sentence in told(settings)]


def row(settings: Settings, key: str = KEY) -> dict[str, object]:
    return customers(settings)[key]


# cells that differ are taken or told ----------------------------------------------------------------------------------


def test_a_field_of_the_step_s_own_form_is_corrected_without_the_step(settings: Settings) -> None:
    manager = holder(settings)
    before = row(settings)["零售业态"]

    changed(settings, worklist(settings, manager), lambda page: typed(page, KEY, {"零售业态": "便利店"}))
    once(settings, 4)

    assert before != "便利店"
    assert (row(settings)["零售业态"], row(settings)["当前状态"]) == ("便利店", "待核实")
    assert told(settings) == []


def test_a_wrong_value_there_is_told_at_its_cell(settings: Settings) -> None:
    manager = holder(settings)
    changed(settings, worklist(settings, manager), lambda page: typed(page, KEY, {"零售业态": "杂七杂八"}))
    once(settings, 4)
    ((_, sentence),) = told(settings)
    assert "杂七杂八" in sentence


def test_with_the_step_it_is_told_once(settings: Settings) -> None:
    manager = holder(settings)
    answer(settings, manager, {KEY: {**VISIT, "trade_type": "杂七杂八"}})
    once(settings, 4)
    ((_, sentence),) = told(settings)
    assert "杂七杂八" in sentence


def test_a_correction_beside_a_day_filled_down_is_taken_too(settings: Settings) -> None:
    manager = holder(settings)
    changed(
        settings,
        worklist(settings, manager),
        lambda page: typed(page, KEY, {"零售业态": "便利店", "核实日期": "2026-11-03"}),
    )
    once(settings, 4)
    assert row(settings)["零售业态"] == "便利店"
    (sentence,) = sentences(settings)
    assert "核实结果" in sentence


def test_two_say_different_things_of_it_and_one_is_asked(settings: Settings) -> None:
    manager = holder(settings)
    old = worklist(settings, manager)
    dropped(settings, {**SHOP, "trade_type": "超市"}, SECOND, name="台账.xlsx")
    once(settings, 4)

    changed(settings, old, lambda page: typed(page, KEY, {"零售业态": "便利店"}))
    once(settings, 5)

    assert row(settings)["零售业态"] == "超市"
    (sentence,) = sentences(settings)
    assert "便利店" in sentence and "超市" in sentence


def test_a_correction_on_a_sheet_whose_step_was_of_the_round_before_is_not_lost(settings: Settings) -> None:
    manager = holder(settings)
    filled = answer(settings, manager, {KEY: VISIT})
    once(settings, 4)
    reviewer = reviewing(settings)
    back: Cells = {"conclusion": "退回", "opinion": "再去看", "reviewed_on": "2026-11-05", "reviewed_by": "赵敏"}
    answer(settings, reviewer, {KEY: back})
    once(settings, 5)

    changed(settings, filled, lambda page: typed(page, KEY, {"零售业态": "便利店"}))
    once(settings, 6)

    assert row(settings)["零售业态"] == "便利店" and told(settings) == []


def reviewing(settings: Settings) -> str:
    """The staff number of whose worklist the reviews are on."""
    return next(
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if "审核" in openpyxl.load_workbook(path, read_only=True).sheetnames
    )


def test_a_cell_shown_of_an_earlier_step_is_told_when_it_is_changed(settings: Settings) -> None:
    manager = holder(settings)
    answer(settings, manager, {KEY: VISIT})
    once(settings, 4)

    changed(
        settings,
        worklist(settings, reviewing(settings)),
        lambda page: typed(page, KEY, {"商圈": "工业区"}),
        page="审核",
    )
    once(settings, 5)

    assert row(settings)["商圈"] == "居民区"
    ((_, sentence),) = told(settings)
    assert "商圈" in sentence and "工业区" in sentence


def test_a_row_typed_in_with_nothing_but_a_name_is_told(settings: Settings) -> None:
    manager = holder(settings)

    def add(page: Worksheet) -> None:
        _, at = columns(page)
        page.cell(page.max_row + 1, at["许可证号"]).value = "131123100042"
        page.cell(page.max_row, at["客户名称"]).value = "新来的店"

    changed(settings, worklist(settings, manager), add)
    once(settings, 4)
    (sentence,) = sentences(settings)
    assert "131123100042" in sentence


# a half-filled row is one matter --------------------------------------------------------------------------------------


def test_a_half_filled_row_is_one_finding_that_names_what_is_missing(settings: Settings) -> None:
    manager = holder(settings)
    old = worklist(settings, manager)
    changed(settings, old, lambda page: typed(page, KEY, {"核实结果": "属实", "商圈": "居民区"}))
    once(settings, 4)

    ((cell, sentence),) = told(settings)
    page = openpyxl.load_workbook(io.BytesIO(old))[PAGE]
    assert page.cell(line(page), columns(page)[1]["经营规模"]).coordinate == cell
    assert all(label in sentence for label in ("经营规模", "订货方式", "送货线路", "核实日期"))
    assert "商圈" not in sentence


def test_done_on_another_copy_the_half_filled_row_asks_nothing_more(settings: Settings) -> None:
    manager = holder(settings)
    first = worklist(settings, manager)
    half = changed(
        settings, first, lambda page: typed(page, KEY, {"核实结果": "属实", "商圈": "居民区"}), name="一.xlsx"
    )
    once(settings, 4)
    assert len(told(settings)) == 1

    answer(settings, manager, {KEY: VISIT}, of=first, name="二.xlsx")
    once(settings, 5)
    assert (row(settings)["当前状态"], told(settings)) == ("待审核", [])

    again(settings, settings.inbox / "又一.xlsx", saved_anew(half))
    summary = once(settings, 6)
    assert (row(settings)["当前状态"], told(settings)) == ("待审核", [])
    assert summary.rows.rejected == 0


def test_a_half_row_that_the_same_batch_made_whole_says_nothing_when_it_comes_again(settings: Settings) -> None:
    manager = holder(settings)
    sheet = worklist(settings, manager)
    half = changed(settings, sheet, lambda page: typed(page, KEY, {"核实结果": "属实"}), name="半.xlsx")
    answer(settings, manager, {KEY: {**VISIT, "verdict": "信息有误"}}, of=sheet)
    once(settings, 4)
    assert (row(settings)["当前状态"], told(settings)) == ("待审核", [])

    again(settings, settings.inbox / "半.xlsx", saved_anew(half))
    once(settings, 5)
    assert (row(settings)["当前状态"], told(settings)) == ("待审核", [])


def test_done_by_another_paper_the_half_filled_row_asks_nothing_more(settings: Settings) -> None:
    manager = holder(settings)
    changed(
        settings,
        worklist(settings, manager),
        lambda page: typed(
            page, KEY, {"核实结果": "属实", "商圈": "工业区", "核实日期": "2026-11-44", "联系电话": "1393282"}
        ),
    )
    once(settings, 4)
    assert told(settings)

    at(drop(settings, Filled("核实表.xlsx", "verification", [{"licence_no": KEY, **VISIT}])))
    once(settings, 5)

    assert (row(settings)["当前状态"], told(settings)) == ("待审核", [])
    assert not list((settings.outbox / "returns").glob("*.xlsx"))


# remarks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["应办结日", "许可证号", "客户名称", "核实结果", "说明"])
def test_a_remark_under_the_rows_is_told_and_is_no_row(settings: Settings, label: str) -> None:
    manager = holder(settings)

    def remark(page: Worksheet) -> None:
        _, at = columns(page)
        page.cell(page.max_row + 2, at[label]).value = "以上都跑过了，12月2日"

    changed(settings, worklist(settings, manager), remark)
    summary = once(settings, 4)

    (sentence,) = sentences(settings)
    assert "以上都跑过了，12月2日" in sentence
    assert summary.findings.error == 0
    assert set(customers(settings)) == {KEY, OTHER}
    assert summary.rows.rejected == 0


def test_a_remark_is_read_by_the_market_manager_and_not_put_before_its_writer(settings: Settings) -> None:
    manager = holder(settings)
    said = "以上都跑过了，12月2日"

    def remark(page: Worksheet) -> None:
        page.cell(page.max_row + 1, columns(page)[1]["客户名称"]).value = said

    changed(settings, worklist(settings, manager), remark)
    once(settings, 4)

    assert mails(settings, said) == [market_manager_mail()]
    assert not list((settings.outbox / "exceptions").glob(f"{manager}-*.xlsx"))
    chief = worklist(settings, "S01")
    book = openpyxl.load_workbook(io.BytesIO(chief))
    assert any(said in str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row)


def market_manager_mail() -> str:
    return "s01@example.com"


def test_a_second_remark_at_the_same_cell_is_told_too(settings: Settings) -> None:
    manager = holder(settings)
    for number, said in ((4, "第一句话在此"), (5, "第二句话在此")):

        def remark(page: Worksheet, said: str = said) -> None:
            page.cell(page.max_row + 1, columns(page)[1]["客户名称"]).value = said

        changed(settings, worklist(settings, manager), remark)
        once(settings, number)
        assert mails(settings, said) == [market_manager_mail()]


# another person's worklist --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [False, True], ids=["named in the row", "in the folder"])
def test_a_colleague_s_worklist_is_taken_and_both_are_told(settings: Settings, folder: bool) -> None:
    manager = holder(settings)
    other = "K03" if manager != "K03" else "K02"
    (settings.inbox / "刘洋").mkdir()
    name = {"K02": "李秀英", "K03": "刘洋"}[other]
    answer(
        settings,
        manager,
        {KEY: {**VISIT, "verified_by": name, "contact_phone": "13932829999"}},
        name=f"{name}/核实.xlsx" if folder else "核实.xlsx",
    )
    once(settings, 4)

    assert (row(settings)["当前状态"], row(settings)["核实人"], phone(settings)) == ("待审核", name, "13932829999")
    both = {f"{each.lower()}@example.com" for each in (manager, other)}
    assert both <= set(mails(settings, "任务表由") + mails(settings, "您填写交回的是"))
    by = {event.actor for event in history(settings, KEY) if event.after == "13932829999"}
    assert by == {name}


def test_one_s_own_worklist_tells_nobody(settings: Settings) -> None:
    manager = holder(settings)
    (settings.inbox / "李秀英").mkdir()
    answer(settings, manager, {KEY: VISIT}, name="李秀英/核实.xlsx")
    once(settings, 4)
    assert told(settings) == []


# what a return repeats ------------------------------------------------------------------------------------------------


def returned(settings: Settings) -> bytes:
    (path,) = (settings.outbox / "returns").glob("*.xlsx")
    return path.read_bytes()


def with_cells(content: bytes, cells: dict[str, str]) -> bytes:
    """The workbook with other texts in its cells, on every page but the first, which only explains."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1:]:
        for each in (cell for line in sheet.iter_rows() for cell in line if str(cell.value) in cells):
            each.value = cells[str(each.value)]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_return_does_not_raise_again_what_somebody_else_has_mended(settings: Settings) -> None:
    third, fourth = {**THIRD, "contact_phone": "1393282003"}, {**THIRD, "licence_no": "131123100042"}
    wrong: Cells = {**fourth, "customer_name": "永发", "contact_phone": "1393282004"}
    dropped(settings, third, wrong, name="新户.xlsx")
    once(settings, 4)
    back = returned(settings)
    dropped(settings, {**THIRD, "filled_by": "李敏"}, name="补登.xlsx")  # a colleague registers it, rightly
    once(settings, 5)
    assert [sentence for sentence in sentences(settings) if "1393282003" in sentence] == []

    again(settings, settings.inbox / "改好.xlsx", with_cells(back, {"1393282004": "13932820042"}))
    once(settings, 6)

    assert told(settings) == []
    assert phone(settings, "131123100034") == "13932820034"
    assert phone(settings, "131123100042") == "13932820042"


def test_a_mistyped_number_that_was_mended_is_not_raised_by_an_older_copy_of_the_return(settings: Settings) -> None:
    mistyped: Cells = {**THIRD, "licence_no": "13112310003"}
    wrong: Cells = {**THIRD, "licence_no": "131123100042", "customer_name": "永发", "contact_phone": "1393282004"}
    dropped(settings, mistyped, wrong, name="新户.xlsx")
    once(settings, 4)
    back = returned(settings)
    again(settings, settings.inbox / "改一.xlsx", with_cells(back, {"13112310003": "131123100034"}))
    once(settings, 5)
    assert len(told(settings)) == 1

    again(settings, settings.inbox / "改二.xlsx", with_cells(back, {"1393282004": "13932820042"}))
    once(settings, 6)

    assert told(settings) == []
    assert phone(settings, "131123100042") == "13932820042"


def test_the_return_of_a_return_says_only_what_was_mended_whoever_drops_it(settings: Settings) -> None:
    mistyped: Cells = {**THIRD, "licence_no": "13112310003"}
    wrong: Cells = {**THIRD, "licence_no": "131123100042", "customer_name": "永发", "contact_phone": "1393282004"}
    dropped(settings, SHOP, mistyped, wrong, name="新户.xlsx")
    once(settings, 4)
    again(settings, settings.inbox / "新户.xlsx", with_cells(returned(settings), {"1393282004": "13932820042"}))
    once(settings, 5)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 6)
    assert phone(settings) == "13932829999"
    assert len(told(settings)) == 1  # a worklist shows the same records, and mends nothing of the sheet

    (settings.inbox / "赵敏").mkdir()
    mended = with_cells(returned(settings), {"13112310003": "131123100034"})
    again(settings, settings.inbox / "赵敏" / "新户.xlsx", mended)
    once(settings, 7)

    assert (phone(settings), told(settings)) == ("13932829999", [])
    assert "131123100034" in customers(settings)


def test_what_is_still_wrong_on_a_return_stays_told(settings: Settings) -> None:
    mistyped: Cells = {**THIRD, "licence_no": "13112310003"}
    wrong: Cells = {**THIRD, "licence_no": "131123100042", "customer_name": "永发", "contact_phone": "1393282004"}
    dropped(settings, mistyped, wrong, name="新户.xlsx")
    once(settings, 4)
    again(settings, settings.inbox / "改二.xlsx", with_cells(returned(settings), {"1393282004": "13932820042"}))
    once(settings, 5)
    (sentence,) = sentences(settings)
    assert "13112310003" in sentence


def test_a_worklist_with_refused_rows_does_not_raise_again_what_was_done_on_another_copy(settings: Settings) -> None:
    manager = holder(settings)
    first = worklist(settings, manager)

    def half(page: Worksheet) -> None:
        typed(page, KEY, {"核实结果": "属实", "商圈": "工业区"})
        typed(page, OTHER, {"核实结果": "查无此户", "核实日期": "昨天吧", "核实人": "李秀英"})

    changed(settings, first, half, name="一.xlsx")
    once(settings, 4)
    back = worklist(settings, manager)
    answer(settings, manager, {KEY: VISIT}, of=first, name="二.xlsx")
    once(settings, 5)
    assert len(told(settings)) == 1

    again(settings, settings.inbox / "改好.xlsx", with_cells(back, {"昨天吧": "2026-11-04"}))
    once(settings, 6)

    assert told(settings) == []
    assert (row(settings)["商圈"], row(settings)["当前状态"]) == ("居民区", "待审核")
    assert row(settings, OTHER)["当前状态"] == "待审核"


def test_a_worklist_s_row_handed_in_before_says_nothing_to_what_was_corrected_since(settings: Settings) -> None:
    manager = holder(settings)
    filled = answer(settings, manager, {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    dropped(settings, {**SHOP, "contact_phone": "13932821111"}, SECOND, name="台账.xlsx")
    once(settings, 5)
    answered_in_the_list(settings, "以我为准")
    once(settings, 6)
    assert (phone(settings), told(settings)) == ("13932821111", [])

    again(settings, settings.inbox / "又来.xlsx", saved_anew(filled))
    once(settings, 7)

    assert (phone(settings), told(settings)) == ("13932821111", [])


def test_two_papers_of_one_batch_with_the_same_wrong_cell_are_both_refused(settings: Settings) -> None:
    wrong: Cells = {**THIRD, "contact_phone": "1393282003"}
    fourth: Cells = {**THIRD, "licence_no": "131123100042", "customer_name": "永发", "contact_phone": "13932820042"}
    dropped(settings, SHOP, wrong, name="新户.xlsx")
    once(settings, 4)
    dropped(settings, SHOP, wrong, fourth, name="新户 2.xlsx")
    dropped(settings, {**SHOP, "contact_phone": "13932820019"}, wrong, name="新户.xlsx")

    assert once(settings, 5).rows.rejected == 2
    assert {sentence for sentence in sentences(settings) if "1393282003" not in sentence} == set()
    assert "131123100034" not in customers(settings)


# all papers count alike -----------------------------------------------------------------------------------------------


def test_a_return_is_drawn_anew_when_one_of_its_errors_is_mended_by_another_paper(settings: Settings) -> None:
    third: Cells = {**THIRD, "contact_phone": "1393282003"}
    wrong: Cells = {**THIRD, "licence_no": "131123100042", "customer_name": "永发", "contact_phone": "1393282004"}
    dropped(settings, SHOP, third, wrong, name="新户.xlsx")
    once(settings, 4)
    assert "有 2 处要改" in first_line(returned(settings))

    dropped(settings, {**THIRD, "filled_by": "李敏"}, name="补登.xlsx")
    once(settings, 5)

    assert "有 1 处要改" in first_line(returned(settings))
    assert len(told(settings)) == 1
    assert not any("1393282003" in text for text in texts(openpyxl.load_workbook(io.BytesIO(returned(settings))), 0))


def first_line(content: bytes) -> str:
    return next(text for text in texts(openpyxl.load_workbook(io.BytesIO(content)), 0) if "处要改" in text)


def texts(book: Workbook, page: int) -> list[str]:
    return [str(cell.value) for line in book.worksheets[page].iter_rows() for cell in line if cell.value is not None]


def test_errors_and_reminders_are_counted_apart(settings: Settings) -> None:
    manager = holder(settings)

    def change(page: Worksheet) -> None:
        typed(page, KEY, {"核实结果": "属实", "商圈": "工业区"})
        typed(page, OTHER, {"应办结日": "2026-12-12"})

    changed(settings, worklist(settings, manager), change)
    once(settings, 4)

    assert f"{manager.lower()}@example.com" in mails(settings, "需要更正 1 处，提醒 1 处")
    assert not list((settings.outbox / "returns").glob("*.xlsx")), "it is mended on the worklist"
    page = (settings.outbox / "index.html").read_text("utf-8")
    assert "待更正 1 处" in page and "提醒 1 处" in page


def test_what_is_shown_comes_back_as_it_was_however_long_it_is() -> None:
    cells = {"退回原因": {f"{number}@1": f" =1+{number}\n-{'字' * number} '@ " for number in range(300)}}
    carried = shown_entries("核实", cells)
    assert len(carried) > 1
    assert all(part == part.strip() and part[0] not in "=+-@'" for part in carried.values())
    assert shown_cells(carried, "核实") == cells


def test_done_on_another_copy_a_row_s_wrong_correction_asks_nothing_more(settings: Settings) -> None:
    manager = holder(settings)
    first = worklist(settings, manager)
    answer(settings, manager, {KEY: {**VISIT, "contact_phone": "1393282"}}, of=first, name="一.xlsx")
    once(settings, 4)
    assert len(told(settings)) == 1

    answer(settings, manager, {KEY: VISIT}, of=first, name="二.xlsx")
    once(settings, 5)

    assert (row(settings)["当前状态"], told(settings)) == ("待审核", [])
    assert not list((settings.outbox / "returns").glob("*.xlsx"))


def test_a_change_sheet_s_return_does_not_raise_again_what_was_mended_elsewhere(settings: Settings) -> None:
    def changes(*values: tuple[str, str], name: str) -> bytes:
        rows: tuple[Cells, ...] = tuple(
            {
                "licence_no": key,
                "change_kind": "变更",
                "change_item": "联系电话",
                "changed_to": value,
                "effective_on": "2026-11-04",
                "change_reason": "换号",
                "handled_by": "李敏",
            }
            for key, value in values
        )
        return at(drop(settings, Filled(name, "change_sheet", rows))).read_bytes()

    changes((KEY, "1393282"), (OTHER, "1393283"), name="变更.xlsx")
    once(settings, 4)
    back = returned(settings)
    changes((KEY, "13932827777"), name="补.xlsx")
    once(settings, 5)
    assert len(told(settings)) == 1

    again(settings, settings.inbox / "改好.xlsx", with_cells(back, {"1393283": "13932828888"}))
    once(settings, 6)

    assert (phone(settings), phone(settings, OTHER), told(settings)) == ("13932827777", "13932828888", [])


@pytest.mark.parametrize("together", [False, True])
def test_a_worklist_that_only_shows_a_record_ends_nothing_of_the_clerk_s_sheet(
    settings: Settings, together: bool
) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    dropped(settings, {**SHOP, "contact_phone": "1393282"}, name="台账.xlsx")
    if not together:
        once(settings, 4)
    answer(settings, manager, {KEY: VISIT})

    once(settings, 5)

    assert customers(settings)[KEY]["当前状态"] == "待审核"
    assert any("1393282" in sentence for _, sentence in told(settings)), told(settings)
    dropped(settings, {**SHOP, "contact_phone": "13932820099"}, name="台账.xlsx")
    once(settings, 6)
    assert told(settings) == []


def left(settings: Settings, name: str) -> None:
    """Somebody has left before the visit."""
    gone = [{**row, "serves_to": "2026-11-03"} for row in PEOPLE.records if row["staff_name"] == name]
    at(drop(settings, Filled("离岗.xlsx", "staff_list", tuple(gone))))


def test_the_name_of_who_could_not_have_done_a_step_is_mended_on_its_row(settings: Settings) -> None:
    manager = holder(settings)
    sheet = worklist(settings, manager)
    left(settings, "刘洋")
    answer(settings, manager, {KEY: {**VISIT, "verified_by": "刘洋"}}, of=sheet)
    once(settings, 4)
    before = told(settings)
    assert sum("核实人“刘洋”" in sentence for _, sentence in before) == 1
    assert customers(settings)[KEY]["当前状态"] == "待审核"

    answer(settings, manager, {KEY: VISIT}, of=sheet)
    summary = once(settings, 5)

    row = customers(settings)[KEY]
    assert (row["核实人"], row["当前状态"], row["送货线路"]) == ("李秀英", "待审核", "03线")
    assert told(settings) == [each for each in before if "核实人“刘洋”" not in each[1]]
    assert summary.rows.rejected == 0


def test_with_the_name_nothing_else_of_a_step_that_was_taken_changes(settings: Settings) -> None:
    manager = holder(settings)
    sheet = worklist(settings, manager)
    left(settings, "刘洋")
    answer(settings, manager, {KEY: {**VISIT, "verified_by": "刘洋"}}, of=sheet)
    once(settings, 4)

    answer(settings, manager, {KEY: {**VISIT, "delivery_route": "09线"}}, of=sheet)
    once(settings, 5)

    row = customers(settings)[KEY]
    assert (row["核实人"], row["送货线路"]) == ("刘洋", "03线")
    assert any("不能办理" in sentence for _, sentence in told(settings))


def test_a_wrong_answer_taken_out_of_the_next_worklist_is_not_told_again_by_an_older_sheet_of_the_batch(
    settings: Settings,
) -> None:
    manager = holder(settings)
    answer(settings, manager, {KEY: {"verdict": "查无此户", "verified_on": "2026-11-04", "verified_by": "李秀英"}})
    once(settings, 4)
    reviewer = next(
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    passed: Cells = {"conclusion": "通过", "reviewed_on": "2026-11-04", "reviewed_by": "赵敏"}
    older = answer(settings, reviewer, {KEY: passed}, name="甲.xlsx")
    once(settings, 5)
    answer(settings, reviewer, {KEY: {**passed, "reviewed_on": "2026-11-05"}}, name="乙.xlsx")
    once(settings, 6)
    assert len(told(settings)) == 1  # a shop that was not found cannot pass

    blank = {"审核结论": None, "审核日期": None, "审核人": None}
    changed(settings, worklist(settings, reviewer), lambda page: typed(page, KEY, blank), page="审核")
    again(settings, settings.inbox / "甲.xlsx", saved_anew(older))
    once(settings, 9)

    assert told(settings) == []
    assert row(settings)["当前状态"] == "待审核"
