"""What is left undone reaches the manager after a working day, once, then weekly, and whoever has it weekly, too; lists to read come when they change."""

from __future__ import annotations

import email
import email.policy
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.commands.test_demo import below
from tests.tools.customers import SHOP, drop, new_office, shops

MANAGER, KEEPER = "s01@example.com", "k02@example.com"
VISIT: Cells = {
    "licence_no": SHOP["licence_no"],
    "verdict": "查无此户",
    "verified_on": "2026-11-03",
    "verified_by": "李秀英",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    return found


def november(day: int) -> date:
    return date(2026, 11, day)


def mailed(settings: Settings, day: date) -> dict[str, tuple[str, str]]:
    """Run on *day*; subject and text of the new mails by recipient."""
    before = set(settings.mail_folder.glob("*.eml"))
    run(settings, today=day)
    found = {}
    for path in set(settings.mail_folder.glob("*.eml")) - before:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        found[str(message["To"])] = (str(message["Subject"]), body.get_content())
    return found


def test_a_finding_left_open_goes_to_the_manager_after_a_working_day_once_then_weekly(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "contact_phone": "1393"}), "刘洋/登记.xlsx")
    told = {day: MANAGER in mailed(settings, november(day)) for day in (6, 9, 10, 11, 13, 16, 17)}

    # found on Friday the 6th, a working day to mend it: the manager hears of it on Tuesday the 10th
    assert told == {6: False, 9: False, 10: True, 11: False, 13: False, 16: False, 17: True}

    page = openpyxl.load_workbook(settings.outbox / "worklists" / "S01-赵敏.xlsx")["他人未改的错误"]
    (left,) = below(page, "由谁处理")
    assert (left["由谁处理"], left["发现日"].date(), left["表中写法"]) == ("刘洋", november(6), "1393")
    link = next(cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink)
    assert (settings.outbox / "worklists" / link.target.partition("#")[0].replace("\\", "/")).exists()


def test_the_mail_names_with_whom_it_is(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "contact_phone": "1393"}), "刘洋/登记.xlsx")
    mailed(settings, november(6))

    subject, text = mailed(settings, november(10))[MANAGER]

    assert subject.endswith("他人 1 处错误未改")
    assert "刘洋：1 处" in text
    assert "1393" not in text


def test_late_work_goes_to_the_manager_on_the_next_working_day_once_then_weekly(settings: Settings) -> None:
    drop(settings, shops(SHOP))
    heard = {day: mailed(settings, november(day)) for day in (3, 6, 7, 9, 10, 13, 16, 17)}

    # due on Friday the 6th
    assert {day: MANAGER in mails for day, mails in heard.items()} == {
        3: False, 6: False, 7: False, 9: True, 10: False, 13: False, 16: True, 17: False
    }  # fmt: skip
    # and so does whoever has it
    assert [day for day in (7, 9, 10, 13, 16, 17) if KEEPER in heard[day]] == [7, 16]
    assert "李秀英 1" in heard[9][MANAGER][1]


def test_a_worklist_of_nothing_but_lists_is_written_and_mailed_once(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "valid_until": "2026-12-20"}))
    run(settings, today=november(3))
    drop(settings, Filled("核实.xlsx", "verification", (VISIT,)))
    run(settings, today=november(3))

    assert KEEPER not in mailed(settings, november(19))
    subject, text = mailed(settings, november(20))[KEEPER]
    assert subject.endswith("1 户到期提醒")
    assert "惠民超市 131123100018：2026-12-20 到期" in text
    assert KEEPER not in mailed(settings, november(23))

    book = openpyxl.load_workbook(settings.outbox / "worklists" / "K02-李秀英.xlsx")
    assert [title for title in book.sheetnames if not title.startswith("_")] == ["今日概览", "即将到期", "资料不全"]
    assert [book[title].protection.sheet for title in ("今日概览", "即将到期", "资料不全")] == [True, True, False]
    (expiring,) = below(book["即将到期"], "许可证号")
    assert (expiring["客户名称"], expiring["有效期止"].date(), expiring["剩余天数"]) == (
        "惠民超市",
        date(2026, 12, 20),
        27,
    )
    (lacking,) = below(book["资料不全"], "许可证号")
    assert ("身份证号" in lacking, lacking.get("身份证号")) == (True, None)  # an open cell to fill
    assert "商圈" not in str(lacking.get("还缺"))  # nobody found the shop: there is no business to ask for

    manager = openpyxl.load_workbook(settings.outbox / "worklists" / "S01-赵敏.xlsx")
    by_person = {row["负责人员"]: row for row in below(manager["资料完整情况"], "负责人员")}
    assert by_person["李秀英"]["件数"] == 1
    assert by_person["李秀英"]["平均完整度 %"] == lacking["完整度 %"]


def test_who_keeps_the_books_reads_the_balance_in_the_mail(settings: Settings) -> None:
    drop(settings, shops(SHOP, {**SHOP, "licence_no": "131123100026", "contact_phone": "1393"}))

    _, text = mailed(settings, november(3))["a01@example.com"]

    rows = 2 + len(PEOPLE.records) + len(AREAS.records)
    assert "账目相符" in text
    assert f"来件 3 个＝读取 3＋拒收 0；数据行 {rows}＝采用 {rows - 1}＋没有变化 0＋退回 1" in text
