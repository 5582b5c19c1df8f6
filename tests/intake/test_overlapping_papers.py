"""Papers that repeat, overlap and misname: a paper says only what its author wrote anew (docs/merging.md)."""

from __future__ import annotations

import email
import email.policy
import io
import itertools
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.check import check
from pipeline.commands.demo import answered
from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS
from tests.tools.customers import SHOP, customers, drop, new_office, office, shops, told

KEY, OTHER = "131123100018", "131123100026"
SECOND: Cells = {**SHOP, "licence_no": OTHER, "customer_name": "平安烟酒店", "contact_phone": "13932820026"}
CLERK = {"filled_by": "李敏"}
VISIT: Cells = {
    "verdict": "属实",
    "market_type": "乡村",
    "trading_district": "居民区",
    "shop_scale": "中",
    "order_way": "网上订货",
    "pay_way": "电子结算",
    "order_day": "周二",
    "delivery_route": "03线",
    "customer_grade": 12,
    "policy_told": "已完成",
    "supply_told": "已完成",
    "ordering_told": "已完成",
    "verified_on": "2026-11-04",
    "verified_by": "李秀英",
}
_made = 1_793_000_000


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    office(found)
    return found


def day(number: int) -> date:
    return date(2026, 11, number)


def at(path: Path) -> Path:
    """Make *path* the newest of all files."""
    global _made  # noqa: PLW0603
    _made += 60
    os.utime(path, (_made, _made))
    return path


def dropped(settings: Settings, *rows: Cells, name: str) -> Path:
    path = drop(settings, shops(*({**CLERK, **row} for row in rows), name=name))
    path.write_bytes(saved_anew(path.read_bytes()))
    return at(path)


def again(settings: Settings, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    at(path)


_saved = itertools.count()


def saved_anew(content: bytes) -> bytes:
    """The same cells, saved by another program: other bytes, also within one second."""
    held = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.properties.identifier = str(next(_saved))
    book.save(held)
    return held.getvalue()


def worklist(settings: Settings, person: str) -> bytes:
    (path,) = (settings.outbox / "worklists").glob(f"{person}-*.xlsx")
    return path.read_bytes()


def answer(settings: Settings, person: str, answers: dict[str, Cells], *, of: bytes = b"", name: str = "") -> bytes:
    content = answered(of or worklist(settings, person), load_catalogue(), answers)
    again(settings, settings.inbox / (name or f"任务-{person}-{_made}.xlsx"), content)
    return content


def once(settings: Settings, number: int) -> RunSummary:
    return run(settings, today=day(number))


def phone(settings: Settings, key: str = KEY) -> object:
    return customers(settings)[key]["联系电话"]


def holder(settings: Settings, key: str = KEY) -> str:
    """The staff number of whose worklist the customer is on."""
    (found,) = (
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if any(
            cell.value == key
            for sheet in openpyxl.load_workbook(path).worksheets
            if sheet.sheet_state == "visible"
            for row in sheet.iter_rows()
            for cell in row
        )
        and path.name.startswith("K")
    )
    return found


def mails(settings: Settings, text: str) -> list[str]:
    """The mails whose text tells *text*: to whom."""
    found = []
    for path in sorted((settings.outbox / "mail").glob("*.eml")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = mail.get_body(("plain",))
        if body is not None and text in body.get_content():
            found.append(str(mail["To"]))
    return found


def test_a_list_with_one_cell_mended_leaves_a_colleague_s_correction_alone(settings: Settings) -> None:
    wrong = {**SECOND, "contact_phone": "1393282002"}
    dropped(settings, SHOP, wrong, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    assert phone(settings) == "13932829999"

    dropped(settings, SHOP, SECOND, name="台账.xlsx")  # her original, the one cell mended
    once(settings, 5)

    assert (phone(settings), phone(settings, OTHER)) == ("13932829999", "13932820026")
    assert told(settings) == []


@pytest.mark.parametrize("name", ["台账.xlsx", "台账 11-24 副本.xlsx", "新名字.xlsx"])
def test_a_cumulative_list_with_one_row_more_says_that_row(settings: Settings, name: str) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)

    dropped(settings, SHOP, SECOND, name=name)
    summary = once(settings, 5)

    assert (summary.rows.accepted, summary.rows.unchanged, summary.rows.rejected) == (1, 1, 0)
    assert phone(settings) == "13932829999"
    assert told(settings) == []


def test_without_anybody_s_name_a_copied_row_is_known_by_its_cells(settings: Settings) -> None:
    at(drop(settings, shops(SHOP, name="台账.xlsx")))
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    at(drop(settings, shops(SHOP, SECOND, name="另存.xlsx")))
    once(settings, 5)
    assert phone(settings) == "13932829999"


def test_one_batch_or_two_give_the_same(settings: Settings, tmp_path: Path) -> None:
    dropped(settings, SHOP, SECOND, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    dropped(settings, SHOP, {**SECOND, "contact_phone": "13932820099"}, name="台账.xlsx")
    answer(settings, manager, {KEY: {**VISIT, "contact_phone": "13932829999"}})

    summary = once(settings, 4)

    assert summary.rows.rejected == 0
    assert (phone(settings), phone(settings, OTHER)) == ("13932829999", "13932820099")
    assert customers(settings)[KEY]["当前状态"] == "待审核"
    assert told(settings) == []


@pytest.mark.parametrize("anew", [False, True], ids=["the same bytes", "saved anew"])
def test_an_earlier_paper_dropped_again_changes_nothing(settings: Settings, anew: bool) -> None:
    wrong = {**SECOND, "contact_phone": "1393282002"}
    content = dropped(settings, SHOP, wrong, name="台账.xlsx").read_bytes()
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    before = told(settings)
    assert len(before) == 1  # the second row still has its error

    again(settings, settings.inbox / "台账.xlsx", saved_anew(content) if anew else content)
    summary = once(settings, 5)

    assert phone(settings) == "13932829999"
    assert told(settings) == before
    assert summary.findings.error == 0


def test_an_old_list_does_not_open_again_what_was_mended(settings: Settings) -> None:
    wrong = {**SHOP, "contact_phone": "1393282001"}
    content = dropped(settings, wrong, SECOND, name="台账.xlsx").read_bytes()
    once(settings, 3)
    (back,) = (settings.outbox / "returns").glob("*.xlsx")
    book = openpyxl.load_workbook(back)
    (cell,) = (
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "1393282001" and sheet.title != book.worksheets[0].title
    )
    cell.value = "13932820018"
    held = io.BytesIO()
    book.save(held)
    again(settings, settings.inbox / "改好的.xlsx", held.getvalue())
    once(settings, 4)
    assert (phone(settings), told(settings)) == ("13932820018", [])

    again(settings, settings.inbox / "台账.xlsx", content)  # her own copy still has the old cell
    once(settings, 5)
    third = {**SHOP, "licence_no": "131123100034", "customer_name": "好又多", "contact_phone": "13932820034"}
    dropped(settings, wrong, SECOND, third, name="台账.xlsx")
    once(settings, 6)

    assert (phone(settings), told(settings)) == ("13932820018", [])
    assert "131123100034" in customers(settings)


def test_a_prefilled_cell_of_the_step_s_own_form_says_nothing(settings: Settings) -> None:
    dropped(settings, {**SHOP, "trade_type": "食杂店"}, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    old = worklist(settings, manager)
    dropped(settings, {**SHOP, "trade_type": "便利店"}, name="台账.xlsx")
    once(settings, 4)

    answer(settings, manager, {KEY: VISIT}, of=old)
    once(settings, 5)

    row = customers(settings)[KEY]
    assert (row["零售业态"], row["当前状态"]) == ("便利店", "待审核")


def test_a_visit_that_was_sent_back_is_not_taken_again_from_the_refused_sheet(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    refused = answer(
        settings,
        manager,
        {
            KEY: {
                "verdict": "查无此户",
                "verified_on": "2026-11-04",
                "verified_by": "李秀英",
                "verification_note": "门牌找不到",
            }
        },
    )
    once(settings, 4)
    reviewer = next(
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    answer(
        settings,
        reviewer,
        {KEY: {"conclusion": "退回", "opinion": "再去看", "reviewed_on": "2026-11-05", "reviewed_by": "赵敏"}},
    )
    once(settings, 5)
    assert customers(settings)[KEY]["当前状态"] == "待核实"

    again(settings, settings.inbox / "又来.xlsx", saved_anew(refused))
    once(settings, 6)

    assert customers(settings)[KEY]["当前状态"] == "待核实"
    assert told(settings) == []


def test_a_second_round_begins_blank_and_the_first_stays_in_the_history(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    nobody: Cells = {
        "verdict": "查无此户",
        "verified_on": "2026-11-04",
        "verified_by": "李秀英",
        "verification_note": "门牌找不到",
    }
    answer(settings, manager, {KEY: nobody})
    once(settings, 4)
    reviewer = next(
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    back: Cells = {"conclusion": "退回", "opinion": "再去看", "reviewed_on": "2026-11-05", "reviewed_by": "赵敏"}
    answer(settings, reviewer, {KEY: back})
    once(settings, 5)
    answer(settings, manager, {KEY: {**VISIT, "verified_on": "2026-11-06"}})
    once(settings, 6)

    row = customers(settings)[KEY]
    assert (row["核实结果"], row["说明"], row["当前状态"]) == ("属实", None, "待审核")
    assert any(event.after == "门牌找不到" for event in history(settings, KEY))


def test_a_step_of_a_stale_master_stays_out_whole(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    answer(settings, manager, {KEY: {**VISIT, "market_type": "乡村"}})
    once(settings, 4)
    stale = (settings.outbox / "master.xlsx").read_bytes()
    reviewer = next(
        path.name.partition("-")[0]
        for path in (settings.outbox / "worklists").glob("*.xlsx")
        if path.name.partition("-")[0] != manager
    )
    back: Cells = {"conclusion": "退回", "opinion": "再去看", "reviewed_on": "2026-11-05", "reviewed_by": "赵敏"}
    answer(settings, reviewer, {KEY: back})
    once(settings, 5)

    book = openpyxl.load_workbook(io.BytesIO(stale))
    sheet = book["客户"]
    (key,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == KEY)
    head = {
        cell.value: cell.column
        for row in sheet.iter_rows()
        if any(each.value == "许可证号" for each in row)
        for cell in row
    }
    sheet.cell(key.row, head["审核结论"]).value = "通过"
    sheet.cell(key.row, head["审核日期"]).value = date(2026, 11, 4)
    held = io.BytesIO()
    book.save(held)
    again(settings, settings.inbox / "旧总表.xlsx", held.getvalue())
    once(settings, 6)

    row = customers(settings)[KEY]
    assert str(row["审核日期"])[:10] == "2026-11-05"
    assert row["当前状态"] == "待核实"


def test_check_says_what_a_run_would_say_and_enters_nothing(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    path = dropped(settings, {**SHOP, "contact_phone": "13932821111"}, name="台账.xlsx")

    tried = [each.message for each in check([path], settings, today=day(5))]

    assert phone(settings) == "13932829999"
    once(settings, 5)
    assert tried == [sentence for _, sentence in told(settings)]


def test_two_people_disagree_and_one_answer_settles_it(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    answer(settings, manager, {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)

    dropped(settings, {**SHOP, "contact_phone": "13932821111"}, name="台账.xlsx")  # she says another one
    once(settings, 5)

    assert phone(settings) == "13932829999"
    ((_, sentence),) = told(settings)
    assert all(said in sentence for said in ("13932829999", "13932821111", "李秀英", "2026-11-04"))

    answered_in_the_list(settings, "以我为准")
    once(settings, 6)

    assert (phone(settings), told(settings)) == ("13932821111", [])

    dropped(settings, {**SHOP, "contact_phone": "13932821111"}, SECOND, name="台账.xlsx")
    once(settings, 7)
    assert (phone(settings), told(settings)) == ("13932821111", [])


def test_whoever_is_corrected_reads_by_whom(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    manager = holder(settings)
    answer(settings, manager, {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    dropped(settings, {**SHOP, "contact_phone": "13932821111"}, name="台账.xlsx")
    once(settings, 5)
    answered_in_the_list(settings, "以我为准")
    once(settings, 6)
    (address,) = mails(settings, "您 2026-11-04 填的联系电话“13****99”，李敏 2026-11-06 改为“13****11”")
    assert address == f"{manager.lower()}@example.com"


def test_to_keep_the_register_settles_it_too(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": "13932829999"}})
    once(settings, 4)
    dropped(settings, {**SHOP, "contact_phone": "13932821111"}, name="台账.xlsx")
    once(settings, 5)

    answered_in_the_list(settings, "以台账为准")
    once(settings, 6)
    dropped(settings, {**SHOP, "contact_phone": "13932821111"}, SECOND, name="台账.xlsx")
    once(settings, 7)

    assert (phone(settings), told(settings)) == ("13932829999", [])


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(("first", "then", "becomes"), [("以我为准", "以台账为准", 0), ("以台账为准", "以我为准", 1)])
def test_of_two_answers_the_first_counts_in_one_batch_as_in_two(
    settings: Settings, first: str, then: str, becomes: int, together: bool
) -> None:
    mine, theirs = "13932821111", "13932829999"
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    answer(settings, holder(settings), {KEY: {"contact_phone": theirs}})
    once(settings, 4)
    dropped(settings, {**SHOP, "contact_phone": mine}, name="台账.xlsx")
    once(settings, 5)
    answered_in_the_list(settings, then)
    second = (settings.inbox / "异常表.xlsx").read_bytes()
    answered_in_the_list(settings, first)
    if not together:
        once(settings, 6)
    again(settings, settings.inbox / "异常表(1).xlsx", second)
    once(settings, 7)
    assert phone(settings) == (mine, theirs)[becomes]


def test_what_its_owner_has_noted_is_told_no_more(settings: Settings) -> None:
    wrong = {**SECOND, "contact_phone": "1393282002"}
    dropped(settings, SHOP, wrong, name="台账.xlsx")
    once(settings, 3)
    answered_in_the_list(settings, "知道了")
    once(settings, 4)
    assert told(settings) == []
    third = {**SHOP, "licence_no": "131123100034", "customer_name": "好又多", "contact_phone": "13932820034"}
    dropped(settings, SHOP, wrong, third, name="台账.xlsx")
    once(settings, 5)
    assert told(settings) == []
    assert OTHER not in customers(settings)


def answered_in_the_list(settings: Settings, choice: str, about: str = "") -> None:
    """Choose in the first line of the exceptions workbook that names *about*, and drop it back."""
    book = openpyxl.load_workbook(settings.outbox / "exceptions" / "all.xlsx")
    sheet = book.worksheets[0]
    (head,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "处理")
    line = next(
        row[0].row
        for row in sheet.iter_rows(min_row=head.row + 1)
        if any(about in str(cell.value) for cell in row if cell.value)
    )
    sheet.cell(line, head.column).value = choice
    held = io.BytesIO()
    book.save(held)
    again(settings, settings.inbox / "异常表.xlsx", held.getvalue())


def test_an_area_that_is_handed_back_is_its_former_manager_s_again(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    once(settings, 3)
    first = holder(settings)
    other = "K03" if first != "K03" else "K02"
    for number, manager in ((4, other), (5, first)):
        rows = [
            {code: manager if value == (first if number == 4 else other) else value for code, value in row.items()}
            for row in AREAS.records
        ]
        at(drop(settings, replace(AREAS, records=tuple(rows)), name="辖区表.xlsx"))
        once(settings, number)
        assert holder(settings) == manager
