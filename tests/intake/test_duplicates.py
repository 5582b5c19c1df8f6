"""Whole runs of an office with customers that may be one: asked once, side by side, the answer remembered."""

from __future__ import annotations

import io
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.commands.demo import answered
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.domain.run_summary import RunSummary
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.commands.test_demo import below
from tests.tools.customers import DAY, SHOP, drop, new_office, shops, told

ONE, OTHER, THIRD = "131123100018", "131123100026", "131123100034"
PAIR = f"{ONE}-{OTHER}"
WORKLIST = "worklists/S01-赵敏.xlsx"
TWIN: Cells = {
    "licence_no": OTHER,
    "customer_name": "惠民便利店",
    "principal": "张三喜",
    "contact_phone": "13932820026",
    "shop_address": "周窝村１２号",
    "area_of_shop": "周窝镇",
    "valid_until": "2029-03-04",
}
STRANGER: Cells = {
    "licence_no": THIRD,
    "customer_name": "鑫源商店",
    "principal": "李四",
    "contact_phone": "13932820034",
    "shop_address": "武强县街关镇堤南村3号",
    "valid_until": "2029-03-04",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office with its roster and one registered shop."""
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    drop(found, shops(SHOP))
    run(found, today=DAY)
    return found


def hand_in(settings: Settings, *rows: Cells, day: date = DAY) -> RunSummary:
    drop(settings, shops(*rows, name=f"登记{len(list((settings.outbox / 'archive').rglob('*.xlsx')))}.xlsx"))
    return run(settings, today=day)


def asked(settings: Settings) -> list[dict[str, Any]]:
    """The rows of 疑似重复 on the market manager's worklist."""
    path = settings.outbox / WORKLIST
    book = openpyxl.load_workbook(path) if path.exists() else None
    return list(below(book["疑似重复客户核对"], "疑似编号")) if book and "疑似重复客户核对" in book.sheetnames else []


def pairs(settings: Settings) -> dict[str, dict[str, Any]]:
    book = openpyxl.load_workbook(settings.outbox / "master.xlsx")
    if "疑似重复" not in book.sheetnames:  # a page where nothing stands in it is left out
        return {}
    return {row["疑似编号"]: row for row in below(book["疑似重复"], "疑似编号")}


def answer(settings: Settings, verdict: str, day: str = "2026-11-04") -> RunSummary:
    content = (settings.outbox / WORKLIST).read_bytes()
    cells: Cells = {"same_or_not": verdict, "judged_on": date.fromisoformat(day), "judged_by": "赵敏"}
    filled = answered(content, in_force(settings), {row["疑似编号"]: cells for row in asked(settings)})
    (settings.inbox / "赵敏 已核对.xlsx").write_bytes(filled)
    return run(settings, today=date.fromisoformat(day))


def cancel(settings: Settings, key: str, day: str) -> None:
    cells: Cells = {"licence_no": key, "change_kind": "注销", "effective_on": day, "handled_by": "李敏"}
    drop(settings, Filled(f"注销{key}.xlsx", "change_sheet", (cells,)))
    assert run(settings, today=date.fromisoformat(day)).rows.accepted == 1


def test_name_and_address_alike_are_asked_of_the_market_manager_side_by_side(settings: Settings) -> None:
    hand_in(settings, TWIN, STRANGER)

    (row,) = asked(settings)
    assert (row["疑似编号"], row["疑似依据"]) == (PAIR, "客户名称相近；经营地址相近")
    assert (row["甲客户名称"], row["乙客户名称"]) == ("惠民超市", "惠民便利店")
    assert (row["甲经营地址"], row["乙经营地址"]) == ("武强县周窝镇周窝村12号", "周窝村１２号")
    assert (row["甲联系电话"], row["乙联系电话"]) == ("13932820018", "13932820026")
    assert row["应办结日"].date() == date(2026, 11, 6)
    assert row["核对结论"] is None
    assert told(settings) == []


def test_what_the_program_found_cannot_be_typed_over_the_answer_can(settings: Settings) -> None:
    hand_in(settings, TWIN)

    sheet = openpyxl.load_workbook(settings.outbox / WORKLIST)["疑似重复客户核对"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "疑似编号" for cell in row))
    locked = {
        str(cell.value).strip("*"): sheet.cell(header[0].row + 1, cell.column).protection.locked
        for cell in header
        if cell.value
    }
    assert {label for label, is_locked in locked.items() if not is_locked} == {
        "核对结论",
        "核对说明",
        "核对日期",
        "核对人",
    }


def test_the_mail_names_both_and_shows_no_number_of_theirs(settings: Settings) -> None:
    hand_in(settings, {**TWIN, "contact_phone": SHOP["contact_phone"], "resident_id": "131123198003120013"})

    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in settings.outbox.rglob("*.eml")]
    texts = [str(mail.get_body(("plain",)).get_content()) for mail in mails if mail["To"] == "s01@example.com"]  # type: ignore[union-attr]
    assert any("惠民超市 / 惠民便利店" in text for text in texts)
    assert not any("13932820018" in text or "131123198003120013" in text for text in texts)


def test_another_house_number_is_no_suspicion(settings: Settings) -> None:
    hand_in(settings, {**TWIN, "shop_address": "周窝村13号"})
    assert asked(settings) == []


@pytest.mark.parametrize(
    ("same", "evidence"),
    [
        ({"contact_phone": "139 3282 0018"}, "联系电话相同"),
        ({"resident_id": "131123198003120013"}, "身份证号相同"),
    ],
)
def test_one_phone_or_id_at_two_places_is_asked(settings: Settings, same: Cells, evidence: str) -> None:
    hand_in(settings, {**SHOP, "resident_id": "131123198003120013"}, {**STRANGER, **same})

    (row,) = asked(settings)
    assert (row["疑似编号"], row["疑似依据"]) == (f"{ONE}-{THIRD}", evidence)


def test_two_shops_on_one_sheet_are_held_against_each_other(settings: Settings) -> None:
    hand_in(settings, {**STRANGER, "contact_phone": TWIN["contact_phone"]}, {**TWIN, "shop_address": "周窝村13号"})
    assert [row["疑似编号"] for row in asked(settings)] == [f"{OTHER}-{THIRD}"]


def test_an_answer_of_two_shops_is_remembered(settings: Settings) -> None:
    hand_in(settings, TWIN)
    summary = answer(settings, "不同户")

    assert (summary.rows.accepted, summary.rows.rejected) == (1, 0)
    assert asked(settings) == []
    assert pairs(settings)[PAIR]["当前状态"] == "不同户"
    assert pairs(settings)[PAIR]["核对人"] == "赵敏"
    assert told(settings) == []

    hand_in(settings, {**TWIN, "remarks": "临街"}, day=date(2026, 11, 5))
    assert asked(settings) == []


def test_it_is_asked_again_when_more_speaks_for_it(settings: Settings) -> None:
    hand_in(settings, TWIN)
    answer(settings, "不同户")

    hand_in(settings, {**TWIN, "contact_phone": SHOP["contact_phone"]}, day=date(2026, 11, 5))

    (row,) = asked(settings)
    assert row["退回原因"] == "又有新的依据：联系电话相同"
    assert row["疑似依据"] == "联系电话相同；客户名称相近；经营地址相近"


def test_the_same_shop_is_told_until_one_of_both_is_cancelled_and_nothing_is_merged(settings: Settings) -> None:
    hand_in(settings, TWIN)
    answer(settings, "同一户")

    ((_, sentence),) = told(settings)
    assert sentence == ("“惠民超市”（131123100018）与“惠民便利店”（131123100026）已核定为同一户，两个编号都还在用")
    assert pairs(settings)[PAIR]["当前状态"] == "待合并"
    assert asked(settings) == []

    cancel(settings, OTHER, "2026-11-05")

    assert told(settings) == []
    pair = pairs(settings)[PAIR]
    assert (pair["当前状态"], pair["自动了结原因"]) == ("已合并", "131123100026 现为“已注销”")


def test_a_corrected_address_settles_the_question_by_itself(settings: Settings) -> None:
    hand_in(settings, TWIN)
    hand_in(settings, {**TWIN, "shop_address": "周窝村21号"}, day=date(2026, 11, 4))

    assert asked(settings) == []
    pair = pairs(settings)[PAIR]
    assert (pair["当前状态"], pair["自动了结原因"]) == ("已消除", "资料更正后已无相同之处")


def test_what_stands_side_by_side_follows_the_records(settings: Settings) -> None:
    hand_in(settings, TWIN)
    hand_in(settings, {**TWIN, "principal": "张四喜"}, day=date(2026, 11, 4))

    (row,) = asked(settings)
    assert row["乙负责人"] == "张四喜"
    assert row["应办结日"].date() == date(2026, 11, 6)  # the question is as old as it is


def test_a_cancelled_shop_is_no_suspicion(settings: Settings) -> None:
    cancel(settings, ONE, "2026-11-03")
    hand_in(settings, TWIN)
    assert asked(settings) == []


def test_a_renewed_licence_is_no_suspicion(settings: Settings) -> None:
    hand_in(settings, {**SHOP, "resident_id": "131123198003120013", "valid_until": "2026-12-01"})
    hand_in(settings, {**TWIN, "resident_id": "131123198003120013"})

    assert asked(settings) == []
    assert PAIR not in pairs(settings)


def test_a_sheet_cannot_change_what_the_program_found(settings: Settings) -> None:
    hand_in(settings, TWIN)
    book = openpyxl.load_workbook(settings.outbox / WORKLIST)
    sheet = book["疑似重复客户核对"]
    name = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "惠民便利店")
    name.value = "别的店"
    held = io.BytesIO()
    book.save(held)
    (settings.inbox / "任务表.xlsx").write_bytes(held.getvalue())

    assert run(settings, today=DAY).rows.rejected == 1
    assert any("由程序登记" in sentence for _, sentence in told(settings))
    assert pairs(settings)[PAIR]["乙客户名称"] == "惠民便利店"


def test_without_a_market_manager_in_the_area_the_question_waits_and_says_so(settings: Settings) -> None:
    drop(settings, Filled("人员.xlsx", "staff_list", ({**PEOPLE.records[0], "serves_to": "2026-11-02"},)))
    hand_in(settings, TWIN)

    assert pairs(settings)[PAIR]["当前状态"] == "待核对"
    ((_, sentence),) = told(settings)
    assert sentence.startswith("赵敏（S01）今天不在岗")
    assert "1 件待办没人接手：惠民超市 / 惠民便利店" in sentence


def test_a_sheet_taken_back_takes_its_question_with_it_and_brings_it_back(settings: Settings) -> None:
    hand_in(settings, TWIN)
    (path,) = (settings.outbox / "archive").rglob("登记?.xlsx")
    undo(settings, path.name)
    run(settings, today=date(2026, 11, 4))

    assert asked(settings) == []
    content = path.read_bytes()
    (settings.inbox / "再交.xlsx").write_bytes(content)
    run(settings, today=date(2026, 11, 5))
    assert [row["疑似编号"] for row in asked(settings)] == [PAIR]


def test_a_run_taken_back_takes_its_question_with_it_and_brings_it_back(settings: Settings) -> None:
    content = drop(settings, shops(TWIN, name="乙.xlsx")).read_bytes()
    summary = run(settings, today=DAY)
    undo(settings, str(summary.run))
    run(settings, today=date(2026, 11, 4))
    assert asked(settings) == []

    (settings.inbox / "再交.xlsx").write_bytes(content)
    run(settings, today=date(2026, 11, 5))
    assert [row["疑似编号"] for row in asked(settings)] == [PAIR]


def test_an_answer_taken_back_is_asked_for_again(settings: Settings) -> None:
    hand_in(settings, TWIN)
    answer(settings, "不同户")
    undo(settings, "赵敏 已核对.xlsx")
    run(settings, today=date(2026, 11, 5))

    assert [row["疑似编号"] for row in asked(settings)] == [PAIR]
