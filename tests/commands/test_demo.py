"""The demo's two days, end to end: sheets in, every output reopened and looked at as its reader would."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.demo import Played, play
from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.commands.status import status
from pipeline.settings import Settings, load_settings

Row = dict[str, Any]


class Office:
    """A folder in which the demo was played, with the bytes of its outbox after each scene."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = load_settings({}, environ={}, folder=folder).settings.model_copy(
            update={"settle_seconds": 0}
        )
        self.played: list[Played] = []
        self.after: list[dict[str, bytes]] = []
        for scene in play(self.settings):
            self.played.append(scene)
            self.after.append(self.outbox())

    def outbox(self) -> dict[str, bytes]:
        root = self.settings.outbox
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def rows(self, scene: int, path: str, sheet: str, key: str) -> list[Row]:
        """The rows below the header of a sheet; the header is the row that has *key* among its cells."""
        return list(below(worksheet(self.after[scene][path], sheet), key))


def worksheet(content: bytes, title: str) -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(content))[title]
    assert isinstance(found, Worksheet)
    return found


def below(sheet: Worksheet, key: str) -> Iterator[Row]:
    rows = list(sheet.iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if any(str(cell or "").strip(" *") == key for cell in row))
    labels = [str(cell or "").strip(" *") for cell in rows[header]]
    for row in rows[header + 1 :]:
        if any(cell is not None for cell in row):
            yield dict(zip(labels, row, strict=True))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def by_key(rows: list[Row]) -> dict[str, Row]:
    return {row["许可证号"]: row for row in rows}


def test_the_first_day_counts_every_file_and_row_once(office: Office) -> None:
    summary = office.played[0].summary.to_json()

    assert summary["files"] == {"seen": 6, "read": 6, "known": 0, "refused": 0, "waiting": 0, "ignored": 0}
    assert summary["rows"] == {"read": 22, "accepted": 18, "unchanged": 0, "rejected": 4, "repaired": 5}
    assert summary["findings"]["error"] == 5  # four bad cells, and a shop that no area takes
    assert (summary["assigned"], summary["unassigned"]) == (6, 1)


def test_the_master_shows_each_customer_with_state_manager_deadline_and_source(office: Office) -> None:
    customers = by_key(office.rows(0, "master.xlsx", "客户", "许可证号"))

    assert list(customers) == [
        "131123100018",
        "131123100026",
        "131123100042",
        "131123100050",
        "131123100085",
        "131123100093",
        "131123100107",
    ]
    shop = customers["131123100018"]
    assert shop["客户名称"] == "惠民超市"
    assert shop["当前状态"] == "待核实"
    assert "李秀英" in shop["当前办理人"]
    assert shop["应办结日"].date().isoformat() == "2026-11-05"
    assert shop["分配依据"] == "周窝镇（经营地址）"
    assert "新入网户登记表.xlsx" in shop["来源出处"]
    assert customers["131123100042"]["负责人"] == "马 丽"
    assert customers["131123100042"]["联系电话"] == "13932820042"
    assert customers["131123100050"]["经营地址"] == "武强镇新开街5号"  # 同上
    assert customers["131123100093"]["当前状态"] == "待分配"
    assert "门头照片" in str(customers["131123100085"].values())


def test_each_fault_is_told_once_at_its_cell_with_a_way_to_mend_it(office: Office) -> None:
    told = {
        (row["文件"], row["单元格"], row["栏目"])
        for row in office.rows(0, "exceptions/all.xlsx", "异常表", "单元格")
        if row["程度"] == "错误"
    }

    assert {cell for file, cell, field in told if file == "武强镇新入网户.xlsx"} == {"E6", "I7"}
    assert {field for file, cell, field in told if file == "新入网户登记表.xlsx"} == {"身份证号", "有效期起"}
    assert {(cell, field) for file, cell, field in told if file == "北代登记.xlsx"} == {("E3", "经营地址")}
    assert len(told) == 5
    for row in office.rows(0, "exceptions/all.xlsx", "异常表", "单元格"):
        assert row["问题"] and row["怎样改"]


def test_every_row_that_was_left_out_is_listed_with_the_reason(office: Office) -> None:
    left = {(row["文件"], row["行"], row["原因"]) for row in office.rows(0, "master.xlsx", "未作数据的行", "原因")}
    assert {("武强镇新入网户.xlsx", 8, "合计行"), ("武强镇新入网户.xlsx", 9, "签字行")} <= left
    assert ("人员表.xlsx", 5, "示例行") in left


def test_the_clerk_gets_her_own_exceptions_and_the_manager_his_worklist(office: Office) -> None:
    after = office.after[0]
    assert {path for path in after if path.startswith("worklists/")} == {
        "worklists/K01-王建国.xlsx",
        "worklists/K02-李秀英.xlsx",
        "worklists/K03-刘洋.xlsx",
        "worklists/S01-赵敏.xlsx",
    }
    assert "exceptions/A01-李敏.xlsx" in after
    mine = by_key(office.rows(0, "worklists/K02-李秀英.xlsx", "核实", "许可证号"))
    assert set(mine) == {"131123100018", "131123100107"}
    assert mine["131123100018"]["客户名称"] == "惠民超市"
    assert mine["131123100018"]["核实结果"] is None


def test_a_worklist_can_be_sorted_and_what_is_to_fill_follows_the_name(office: Office) -> None:
    sheet = worksheet(office.after[0]["worklists/K02-李秀英.xlsx"], "核实")
    header = next(
        row for row in sheet.iter_rows() if any(str(cell.value or "").strip(" *") == "核实结果" for cell in row)
    )
    labels = [str(cell.value or "").strip(" *") for cell in header]
    assert not sheet.protection.sheet  # under protection nobody can sort it
    assert labels[:5] == ["应办结日", "时限提醒", "许可证号", "客户名称", "核实结果"]
    assert labels.index("核实人") < labels.index("联系电话")


def test_the_second_morning_mends_the_sheet_and_moves_what_was_verified(office: Office) -> None:
    summary = office.played[1].summary.to_json()
    customers = by_key(office.rows(1, "master.xlsx", "客户", "许可证号"))

    assert summary["rows"]["rejected"] == 0
    assert summary["rows"]["accepted"] == 4  # two mended rows, two verified customers
    assert customers["131123100034"]["当前状态"] == "待核实"
    assert (customers["131123100018"]["当前状态"], customers["131123100018"]["客户类别编码"]) == ("待审核", "XS2")
    assert customers["131123100107"]["联系电话"] == "13932829107"  # corrected on the worklist
    assert "赵敏" in customers["131123100018"]["当前办理人"]
    open_files = {
        row["文件"] for row in office.rows(1, "exceptions/all.xlsx", "异常表", "单元格") if row["程度"] == "错误"
    }
    assert open_files == {"武强镇新入网户.xlsx", "北代登记.xlsx"}


def test_the_change_of_a_phone_stands_in_the_master_with_before_and_after(office: Office) -> None:
    changes = office.rows(1, "master.xlsx", "近 90 天变更", "栏目")
    (phone,) = [row for row in changes if row["栏目"] == "联系电话"]
    assert (phone["原值"], phone["新值"], phone["改动人"]) == ("13932820107", "13932829107", "李秀英")


def test_the_review_archives_one_customer_and_sends_the_other_back_with_the_reason(office: Office) -> None:
    customers = by_key(office.rows(2, "master.xlsx", "客户", "许可证号"))

    assert (customers["131123100018"]["当前状态"], customers["131123100018"]["档案号"]) == ("已归档", "2026-0001")
    assert customers["131123100107"]["当前状态"] == "待核实"
    back = by_key(office.rows(2, "worklists/K02-李秀英.xlsx", "核实", "许可证号"))["131123100107"]
    assert "请补拍门头照片" in [str(value) for value in back.values()]


def test_passed_customers_are_handed_over_basic_data_here_business_data_there(office: Office) -> None:
    basic = by_key(office.rows(2, "handover/em.xlsx", "EM 系统基础信息", "许可证号"))
    business = by_key(office.rows(2, "handover/crfm.xlsx", "CRFM 系统经营信息", "许可证号"))

    assert set(basic) == set(business) == {"131123100018"}
    assert basic["131123100018"]["身份证号"] == "131123198003120013"
    assert "身份证号" not in business["131123100018"]
    assert (business["131123100018"]["商圈"], business["131123100018"]["客户档位"]) == ("居民区", 12)


def test_every_original_lies_in_the_archive_with_its_bytes_and_the_inbox_is_empty(office: Office) -> None:
    archived = [path for path in office.after[2] if path.startswith("archive/2026-11/")]
    assert len(archived) == sum(len(scene.dropped) for scene in office.played)
    assert [path for path in office.settings.inbox.rglob("*") if path.is_file()] == []


def mails(files: dict[str, bytes]) -> list[EmailMessage]:
    parsed = [
        email.message_from_bytes(content, policy=email.policy.default)
        for path, content in sorted(files.items())
        if path.endswith(".eml")
    ]
    return [message for message in parsed if isinstance(message, EmailMessage)]


def test_each_person_gets_one_mail_with_the_worklist_attached_and_no_private_number_in_it(office: Office) -> None:
    sent = mails(office.after[0])
    by_person = {str(message["To"]): message for message in sent}

    assert len(sent) == len(by_person)
    assert {"k01@example.com", "k02@example.com", "k03@example.com", "s01@example.com", "a01@example.com"} == set(
        by_person
    )
    message = by_person["k02@example.com"]
    names = [part.get_filename() or "" for part in message.iter_attachments()]
    assert names == ["任务表-K02-李秀英.xlsx", "走访单-K02-李秀英.xlsx"]
    for part in (message.get_body(("plain",)), message.get_body(("html",))):
        assert part is not None
        text = part.get_content()
        assert "惠民超市" in text
        assert "13932820018" not in text and "131123198003120013" not in text


def test_the_same_sheets_again_change_nothing_not_one_byte_of_the_master(office: Office, tmp_path: Path) -> None:
    before = office.outbox()
    archived = {path: content for path, content in before.items() if path.startswith("archive/2026-")}
    for path, content in archived.items():
        (office.settings.inbox / path.rpartition("/")[2]).write_bytes(content)

    summary = run(office.settings, today=office.played[2].scene.day)

    assert (summary.files.known, summary.rows.read, summary.outputs, summary.mails.sent) == (len(archived), 0, [], 0)
    after = office.outbox()
    assert {path: digest(content) for path, content in after.items()} == {
        path: digest(content) for path, content in before.items()
    }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_history_tells_the_life_of_a_customer_with_places(office: Office) -> None:
    lines = history(office.settings, "131123100107", field="联系电话")

    assert [(line.before, line.after) for line in lines] == [
        (None, "13932820107"),
        ("13932820107", "13932829107"),
    ]
    assert lines[0].place == "登记卡-音乐小镇咖啡.xlsx!登记卡!B4"
    assert lines[1].place.startswith("李秀英 已填.xlsx!核实!")


def test_status_counts_what_the_master_shows(office: Office) -> None:
    (customers,) = [each for each in status(office.settings).registers if each.title == "客户"]
    assert customers.states == {
        "待分配": 1, "待核实": 7, "待审核": 0, "已归档": 1, "停业": 0, "已注销": 0, "已换证": 0,
    }  # fmt: skip


def test_the_page_leads_only_to_files_that_are_there_and_shows_no_private_number(office: Office) -> None:
    for scene, after in enumerate(office.after):
        page = after["index.html"].decode()
        links = {unquote(link) for link in re.findall(r'href="([^"#][^"]*)"', page)}
        assert {"master.xlsx", "exceptions/all.xlsx"} <= links <= set(after)
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dX]", page)
        assert f'<th scope="row" class="number">{office.played[scene].summary.run}</th>' in page
        assert {path for path in after if path.startswith("returns/")} <= links
