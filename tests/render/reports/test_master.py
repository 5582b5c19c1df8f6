from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from pipeline.domain import embedded_metadata
from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.place import Place
from pipeline.domain.record import FieldChange, RecordState
from pipeline.domain.record_set import InMemoryRecords
from pipeline.domain.rulebook import found
from pipeline.render.reports.master import master
from schemas.language import Catalogue, Field, Form, Kind, Procedure, Register
from tests.render.offices import CATALOGUE, office, shop, with_visits
from tests.render.opened import carries, cell, opened, pages, shown
from tests.tools.shop import SHOPS, TODAY, words

ToPdf = Callable[[bytes], bytes]

TOWNS = Register(
    "towns",
    words("镇名单"),
    (
        Form(
            "town_list",
            words("镇表"),
            (
                Field("town_no", words("镇号"), Kind.CODE, key=True),
                Field("walker_no", words("走访人号"), Kind.CODE, serves="walker"),
            ),
            "",
        ),
    ),
)
SHOP = replace(
    shop("001", "to_look", late=2, shop_tel="+86 139", shop_town="北镇", decided="no", looks_len=4),
    notes={"微信": "wx1", "门头": "红"},
)
ENTRIES = (
    SHOP,
    shop("002", "new", owner="", late=-3),
    shop("003", "done", owner="", file_no="2026-0001", decided="yes"),
)
CHANGE = FieldChange(
    date(2026, 11, 20), "shops", "001", "店001", "decided", "yes", "no", Place("任务.xlsx", "查看", "C4"), "王一"
)
NEW = FieldChange(date(2026, 11, 19), "shops", "002", "店002", "", None, None, Place("来件.xlsx", "表1", "A2"), "")


def whole() -> Office:
    wrong = found("area.unknown", key="002", form="opening", field="shop_place", value="天边", title="店002")
    here = office(*ENTRIES, findings=[OpenFinding(1, wrong, "B1", TODAY)], changes=[CHANGE, NEW])
    shops = replace(SHOPS, count_by=("decided",))
    towns = {"1": RecordState("towns", "1", {"town_no": "1", "walker_no": "K1"}, source=Place("镇.xlsx", "镇表", "A2"))}
    procedures = (
        Procedure("places", words("地方"), (TOWNS,), roster=True),
        replace(CATALOGUE.procedures[0], registers=(shops,)),
    )
    return replace(here, catalogue=Catalogue(procedures), entries={**here.entries, "towns": InMemoryRecords(towns)})


def test_work_first_then_figures_the_roster_and_what_is_open() -> None:
    book = opened(master(whole()))
    assert pages(book) == ["店铺", "统计", "镇名单", "未解决的异常", "近 90 天变更"]
    assert carries(book)[embedded_metadata.KIND] == embedded_metadata.REPORT
    assert carries(book)["sheet:店铺"] == "shops"
    assert book["店铺"]["A2"].value == "某县营销部    截至 2026-11-23    共 3 条"


def test_of_several_procedures_it_begins_with_its_contents_each_page_linked() -> None:
    book = opened(master(with_visits(office(shop("1", "to_look", late=3), shop("2", "done")))))

    assert pages(book) == ["目录", "店铺", "统计 开店", "拜访", "统计 客户拜访", "未解决的异常"]
    assert shown(book["目录"]) == [
        "流程 | 工作表 | 数量 | 其中逾期",
        "开店 | 店铺 | 2 | 1",
        "开店 | 统计 开店",
        "客户拜访 | 拜访 | 1 | 1",
        "客户拜访 | 统计 客户拜访",
        " | 未解决的异常",
    ]
    links = {each.value: each.hyperlink.location for row in book["目录"] for each in row if each.hyperlink}
    assert links == {title: f"'{title}'!A1" for title in pages(book)[1:]}


def test_a_register_without_records_has_no_page_and_the_contents_say_so() -> None:
    here = with_visits(office(shop("1", "to_look")))
    empty = replace(SHOPS, code="empty", title=words("空账"))
    first, second = here.catalogue.procedures
    catalogue = Catalogue((replace(first, registers=(*first.registers, empty)), second))

    book = opened(master(replace(here, catalogue=catalogue, entries={**here.entries, "empty": InMemoryRecords({})})))

    assert "空账" not in pages(book)
    assert shown(book["目录"])[-1] == "客户拜访 | 空账 | 0"


def test_a_record_shows_where_it_stands_with_whom_and_why() -> None:
    sheet = opened(master(whole()))["店铺"]
    assert shown(sheet, ["编号", "店名", "当前状态", "当前办理人", "应办结日", "时限提醒", "所在辖区", "分配依据"])[
        1:
    ] == [
        "001 | 店001 | 待看 | 王一 | 2026-11-21 | 逾期 2 天 | 北镇 | 北镇（地点）",
        "002 | 店002 | 新 |  | 2026-11-26",
        "003 | 店003 | 完",
    ]


def test_what_stood_beside_the_form_is_folded_and_makes_no_row_higher() -> None:
    sheet = opened(master(whole()))["店铺"]
    notes = cell(sheet, "表外栏目")
    assert "\n" in str(notes.value)
    assert sheet.column_dimensions[notes.column_letter].hidden
    assert sheet.row_dimensions[notes.row].height < 20


def test_a_record_shows_all_its_fields_and_where_they_came_from() -> None:
    sheet = opened(master(whole()))["店铺"]
    assert {field.label.zh for field in SHOPS.fields} <= set(shown(sheet)[0].split(" | "))
    assert shown(sheet, ["店铺电话", "镇", "决定", "长度", "档案", "来源出处", "表外栏目"])[1:] == [
        "+86 139 | 北镇 | 不行 | 4 |  | 来件.xlsx!表1!A1 | 微信: wx1\n门头: 红",
        " |  |  |  |  | 来件.xlsx!表1!A2",
        " |  | 行 |  | 2026-0001 | 来件.xlsx!表1!A3",
    ]
    assert cell(sheet, "店铺电话").quotePrefix
    assert sheet.freeze_panes == "C4"


def test_the_roster_names_the_people_behind_the_numbers() -> None:
    sheet = opened(master(whole()))["镇名单"]
    assert shown(sheet) == [
        "镇号 | 走访人号 | 走访人号（人员） | 来源出处 | 表外栏目",
        "1 | K1 | 王一 | 镇.xlsx!镇表!A2",
    ]


def test_changes_tell_before_and_after_in_words() -> None:
    sheet = opened(master(whole()))["近 90 天变更"]
    assert shown(sheet)[1:] == [
        "2026-11-20 | 店铺 | 001 | 店001 | 决定 | 行 | 不行 | 王一 | 任务.xlsx!查看!C4",
        "2026-11-19 | 店铺 | 002 | 店002 | 新增 |  |  |  | 来件.xlsx!表1!A2",
    ]


def test_open_exceptions_are_listed() -> None:
    sheet = opened(master(whole()))["未解决的异常"]
    assert shown(sheet, ["程度", "表中写法", "编号", "由谁处理"])[1:] == ["错误 | 天边 | 002 | 赵三"]


def test_statistics_count_by_state_person_area_and_declared_fields_each_with_a_chart() -> None:
    sheet = opened(master(whole()))["统计"]
    assert [shown(sheet, table=table) for table in range(4)] == [
        ["当前状态 | 数量", "新 | 1", "待看 | 1", "待定 | 0", "完 | 1"],
        ["当前办理人 | 数量 | 其中逾期", "王一 | 1 | 1", "（无人） | 1 | 0"],
        ["所在辖区 | 数量 | 其中逾期", "（未定） | 2 | 0", "北镇 | 1 | 1"],
        ["决定 | 数量", "行 | 1", "不行 | 1", "（空） | 1"],
    ]
    assert len(sheet._charts) == 4


def test_the_same_office_gives_the_same_bytes_and_another_run_number_changes_none() -> None:
    assert master(whole()) == master(replace(whole(), run=99))


def test_an_office_that_has_just_begun_has_a_master_too() -> None:
    book = opened(master(office()))
    assert pages(book) == ["未解决的异常"]


def test_libreoffice_opens_it(as_pdf: ToPdf) -> None:
    assert as_pdf(master(whole())).startswith(b"%PDF")
