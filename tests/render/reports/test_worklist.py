from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pipeline.domain import embedded_metadata
from pipeline.domain.finding import OpenFinding
from pipeline.domain.rulebook import found
from pipeline.render.reports.worklist import worklist
from tests.render.offices import office, shop
from tests.render.opened import carries, cell, dropdown, opened, pages, shown
from tests.tools.shop import BOSS, OTHER_WALKER, TODAY, WALKER

ToPdf = Callable[[bytes], bytes]

TO_LOOK = (
    shop("001", "to_look", late=-2, shop_tel="0318-3832100"),
    shop("002", "to_look", late=2),
    shop("003", "to_look", late=0, reason="地点不对", looks="bad", shop_place="=1+1"),
)


def test_one_page_a_task_overdue_first_then_sent_back() -> None:
    book = opened(worklist(office(*TO_LOOK), WALKER))
    assert pages(book) == ["今日概览", "查看"]
    assert shown(book["查看"], ["应办结日", "时限提醒", "编号", "店名", "退回原因"]) == [
        "应办结日 | 时限提醒 | 编号 | 店名 | 退回原因",
        "2026-11-21 | 逾期 2 天 | 002 | 店002",
        "2026-11-23 | 今天到期 | 003 | 店003 | 地点不对",
        "2026-11-25 |  | 001 | 店001",
    ]
    assert cell(book["查看"], "时限提醒", 1).fill.fgColor.rgb != cell(book["查看"], "时限提醒", 3).fill.fgColor.rgb


def test_known_data_are_there_to_correct_and_asked_ones_to_fill() -> None:
    sheet = opened(worklist(office(*TO_LOOK), WALKER))["查看"]
    labels = shown(sheet)[0].split(" | ")
    assert labels == [
        "应办结日",
        "时限提醒",
        "编号",
        "店名",
        "退回原因",
        "样子",
        "查看人",
        "地点",
        "店铺电话",
        "镇",
        "#ruwang",
    ]
    assert not sheet.protection.sheet  # it can be sorted, and a group be opened; what is not to be changed is looked at
    open_cells = {label for label in labels if not cell(sheet, label).protection.locked}
    assert open_cells == {"店名", "店铺电话", "镇", "地点", "样子", "查看人"}
    assert cell(sheet, "店铺电话", 3).value == "0318-3832100"
    assert cell(sheet, "地点", 2).data_type == "s"
    assert cell(sheet, "样子", 2).value is None
    assert cell(sheet, "样子", 2).comment.text == "上次填写：bad"
    assert cell(sheet, "样子", 1).comment is None


def test_each_row_carries_its_token_out_of_sight() -> None:
    sheet = opened(worklist(office(*TO_LOOK), WALKER))["查看"]
    token = cell(sheet, embedded_metadata.TOKEN_LABEL)
    assert embedded_metadata.parse_token(str(token.value)) == ("002", 7)
    assert sheet.column_dimensions[token.column_letter].hidden


def test_it_carries_what_makes_it_known_and_nothing_of_the_run() -> None:
    here = office(*TO_LOOK)
    assert carries(opened(worklist(here, WALKER))) == {
        embedded_metadata.KIND: embedded_metadata.WORKLIST,
        embedded_metadata.PERSON: "K1",
        embedded_metadata.sheet_entry("查看"): "look",
        **embedded_metadata.row_entries("查看", ("002@7", "003@7", "001@7")),
        **embedded_metadata.shown_entries(
            "查看",
            {
                "应办结日": {"002@7": "2026-11-21", "003@7": "2026-11-23", "001@7": "2026-11-25"},
                "时限提醒": {"002@7": "逾期 2 天", "003@7": "今天到期", "001@7": ""},
                "退回原因": {"002@7": "", "003@7": "地点不对", "001@7": ""},
            },
        ),
        embedded_metadata.signed_entry("查看"): "王一",
        embedded_metadata.skip_entry("今日概览"): "",
        embedded_metadata.skip_entry("_options"): "",
    }
    assert worklist(here, WALKER) == worklist(office(*TO_LOOK), WALKER)


def test_the_first_page_says_what_there_is_to_do() -> None:
    sheet = opened(worklist(office(*TO_LOOK), WALKER))["今日概览"]
    lines = [each.value for each in sheet["A"] if each.value]
    assert lines[:3] == [
        "任务表：王一",
        "某县营销部    截至 2026-11-23",
        "王一，您有 3 件待办，其中 1 件已逾期，1 件被退回。",
    ]
    assert shown(sheet) == ["任务页 | 件数 | 逾期 | 被退回 | 要做什么", "查看 | 3 | 1 | 1"]


def test_who_decides_sees_what_was_found_but_cannot_change_it() -> None:
    book = opened(worklist(office(shop("001", "to_decide", owner="B1", looks="fine", looks_len=4, late=-1)), BOSS))
    sheet = book["决定"]
    assert shown(sheet, ["编号", "样子", "长度", "决定", "原因"])[1:] == ["001 | fine | 4"]
    assert cell(sheet, "样子").protection.locked
    assert not cell(sheet, "决定").protection.locked
    assert dropdown(sheet, cell(sheet, "决定")) == '"行,不行"'


def test_a_manager_sees_what_nobody_has_and_who_is_late() -> None:
    why = found("area.unknown", key="004", form="opening", field="shop_place", value="天边", title="店004")
    here = office(
        shop("004", "new", owner="", late=-1),
        shop("005", "to_look", late=3),
        shop("006", "to_look", late=1),
        shop("007", "to_look", owner="K2", late=1),
        findings=[OpenFinding(1, why, "B1", TODAY)],
    )
    book = opened(worklist(here, BOSS))
    assert pages(book) == ["今日概览", "未能分配", "逾期情况"]
    row = shown(book["未能分配"], ["编号", "名目", "环节", "未分配原因"])[1]
    assert row.startswith("004 | 店004 | 派人 | “店004”的地点“天边”")
    assert shown(book["逾期情况"]) == ["当前办理人 | 其中逾期", "王一 | 2", "李二 | 1"]
    assert shown(book["逾期情况"], ["当前办理人", "时限提醒", "编号"], table=1)[1:] == [
        "王一 | 逾期 3 天 | 005",
        "王一 | 逾期 1 天 | 006",
        "李二 | 逾期 1 天 | 007",
    ]


def test_who_has_nothing_to_do_gets_nothing() -> None:
    assert worklist(office(*TO_LOOK), OTHER_WALKER) is None
    mine = OpenFinding(1, found("area.unknown"), "K2", TODAY)
    assert worklist(office(*TO_LOOK, findings=[mine]), OTHER_WALKER) is None


def test_in_english() -> None:
    book = opened(worklist(office(*TO_LOOK, language="en"), WALKER))
    assert book["Today"]["A3"].value == "王一: 3 to do, 1 of them overdue, 1 sent back."
    assert cell(book["查看"], "Deadline").value == "2 d overdue"


def test_another_day_tells_another_lateness() -> None:
    tomorrow = office(*TO_LOOK, today=TODAY + timedelta(1))
    assert shown(opened(worklist(tomorrow, WALKER))["查看"], ["编号", "时限提醒"])[1:] == [
        "002 | 逾期 3 天",
        "003 | 逾期 1 天",
        "001",
    ]


def test_libreoffice_opens_it(as_pdf: ToPdf) -> None:
    content = worklist(office(*TO_LOOK), WALKER)
    assert content
    assert as_pdf(content).startswith(b"%PDF")
