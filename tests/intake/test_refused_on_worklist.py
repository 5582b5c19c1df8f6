"""A worklist's row that is refused has one home: the next worklist of whoever has it, filled as he filled it."""

from __future__ import annotations

import email
import email.policy
import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.settings import Settings
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import KEY, SHOP, VISIT, customers, drop, new_office, shops, told

DAY = date(2026, 11, 3)
OTHER: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
THIRD: Cells = {**SHOP, "licence_no": "131123100034", "customer_name": "三店", "contact_phone": "13932820034"}
RED = "FFFFC8CD"
LABELS = {
    "verdict": "核实结果", "trading_district": "商圈", "shop_scale": "经营规模", "order_way": "订货方式", "pay_way": "结算方式",
    "order_day": "订货日", "delivery_route": "送货线路", "customer_grade": "客户档位", "policy_told": "政策宣传",
    "supply_told": "货源介绍", "ordering_told": "订货程序", "verified_on": "核实日期", "verified_by": "核实人",
}  # fmt: skip


class Play:
    """An office that runs once a day, and the account manager who has the customers of one town."""

    def __init__(self, folder: Path) -> None:
        self.settings = new_office(folder)
        self.day = DAY
        self._drops = 0
        for sheet in (PEOPLE, AREAS, shops(SHOP, OTHER, THIRD)):
            drop(self.settings, sheet)
        self.run()

    def run(self) -> RunSummary:
        return run(self.settings, today=self.day)

    def next_day(self) -> None:
        self.day += timedelta(days=1)

    @property
    def worklist(self) -> bytes:
        (path,) = (self.settings.outbox / "worklists").glob("K02-*.xlsx")
        return path.read_bytes()

    @property
    def returns(self) -> list[str]:
        return sorted(path.name for path in (self.settings.outbox / "returns").glob("*"))

    def hand_in(self, *rows: Mapping[str, Any], of: bytes = b"", name: str = "") -> Path:
        """Fill rows, by label and the key of the record, of a worklist: today's, or *of* the one given; drop it."""
        self._drops += 1
        path = self.settings.inbox / (name or f"任务表{self._drops}.xlsx")
        path.write_bytes(of or self.worklist)
        book = openpyxl.load_workbook(path)
        page = book["核实"]
        for row in rows:
            for label, value in row.items():
                if label != "key":
                    cell = cell_of(page, str(row["key"]), label)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"  # typed behind an apostrophe
        book.properties.creator = f"第 {self._drops} 份"  # two that are alike are two files
        book.save(path)
        made = datetime(self.day.year, self.day.month, self.day.day, 10).timestamp() + self._drops
        os.utime(path, (made, made))
        return path

    def page(self) -> Worksheet:
        (path,) = (self.settings.outbox / "worklists").glob("K02-*.xlsx")
        page = openpyxl.load_workbook(path)["核实"]
        assert isinstance(page, Worksheet)
        return page

    def state(self, key: str = KEY) -> object:
        return customers(self.settings)[key]["当前状态"]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    return Play(tmp_path)


def visit(key: str = KEY, **other: Any) -> dict[str, Any]:
    """A visit as it is filled, by label; *other* cells by label."""
    return (
        {"key": key} | {LABELS.get(code, code): value for code, value in VISIT.items() if code != "licence_no"} | other
    )


def header_of(page: Worksheet) -> tuple[int, dict[str, int]]:
    header = next(row for row in page.iter_rows() if any(cell.value == "许可证号" for cell in row))
    return header[0].row, {str(cell.value or "").strip(" *"): cell.column for cell in header}


def cell_of(page: Worksheet, key: str, label: str) -> Cell:
    top, at = header_of(page)
    row = next(row for row in range(top + 1, page.max_row + 1) if page.cell(row, at["许可证号"]).value == key)
    cell = page.cell(row, at[label])
    assert isinstance(cell, Cell)
    return cell


def mails(settings: Settings) -> list[str]:
    texts = []
    for path in (settings.outbox / "mail").glob("*.eml"):
        body = email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_body(("plain",))
        texts.append(str(body.get_content()) if body else "")
    return texts


def reds(page: Worksheet) -> list[str]:
    return [cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED]


def test_a_refused_row_stands_on_the_next_worklist_as_it_was_filled_and_nowhere_else(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24", 客户档位=4, 说明="=1+1", 联系电话="13932829999"))
    summary = play.run()
    page = play.page()

    assert (summary.rows.rejected, play.returns) == (1, [])
    top, at = header_of(page)
    assert page.cell(top + 1, at["许可证号"]).value == KEY
    assert page.cell(top + 1, at["时限提醒"]).value == "退回"
    shown = {
        label: cell_of(page, KEY, label).value
        for label in ("核实结果", "客户档位", "核实日期", "说明", "联系电话", "核实人")
    }
    assert shown == {
        "核实结果": "属实", "客户档位": 4, "核实日期": datetime(2026, 12, 24), "说明": "=1+1", "联系电话": "13932829999", "核实人": "李秀英",
    }  # fmt: skip
    wrong = cell_of(page, KEY, "核实日期")
    assert reds(page) == [wrong.coordinate]
    assert wrong.comment is not None
    assert "2026-12-24" in wrong.comment.text
    assert "2026-12-24" in str(cell_of(page, KEY, "退回原因").value)
    assert cell_of(page, KEY, "说明").data_type == "s"
    other = cell_of(page, str(OTHER["licence_no"]), "核实结果")
    assert (other.value, cell_of(page, str(OTHER["licence_no"]), "核实人").value) == (None, "李秀英")


def test_a_red_cell_is_never_in_a_folded_column(play: Play) -> None:
    play.hand_in(visit(有效期止="哪天", 负责人="李四"))
    play.run()
    page = play.page()

    (red,) = (page[at] for at in reds(page))
    assert red.value == "哪天"
    assert not page.column_dimensions[red.column_letter].hidden


def test_mending_the_red_cell_takes_the_whole_step(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24", 联系电话="13932829999"))
    play.run()
    play.next_day()
    play.run()
    play.hand_in({"key": KEY, "核实日期": "2026-11-03"})
    summary = play.run()

    assert (summary.rows.accepted, summary.rows.rejected) == (1, 0)
    held = customers(play.settings)[KEY]
    assert (held["当前状态"], held["联系电话"], held["经营规模"]) == ("待审核", "13932829999", "小")
    assert (told(play.settings), play.returns) == ([], [])
    assert KEY not in [cell.value for row in play.page().iter_rows() for cell in row]


def test_an_untouched_worklist_says_nothing_new(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24"))
    play.run()
    before = told(play.settings)
    play.next_day()
    play.run()
    play.hand_in()
    summary = play.run()

    assert (summary.rows.accepted, summary.rows.unchanged, summary.rows.rejected) == (0, 3, 0)
    assert [sentence for _, sentence in told(play.settings)] == [sentence for _, sentence in before]
    assert play.state() == "待核实"
    assert play.returns == []
    assert cell_of(play.page(), KEY, "核实结果").value == "属实"


def test_mended_in_the_file_that_was_dropped_it_leaves_the_worklist(play: Play) -> None:
    first = play.hand_in(visit(核实日期="2026-12-24")).read_bytes()
    play.run()
    play.hand_in({"key": KEY, "核实日期": "2026-11-03"}, of=first)
    play.run()

    assert (play.state(), told(play.settings), play.returns) == ("待审核", [], [])
    assert reds(play.page()) == []


def test_of_two_refused_versions_the_later_stands(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24", 客户档位=4))
    play.run()
    play.hand_in({"key": KEY, "核实日期": "昨天下午", "客户档位": 5})
    play.run()
    page = play.page()

    assert (cell_of(page, KEY, "核实日期").value, cell_of(page, KEY, "客户档位").value) == ("昨天下午", 5)
    assert len(reds(page)) == 1
    assert play.returns == []


def test_a_row_that_lacks_answers_is_red_where_they_are_missing(play: Play) -> None:
    play.hand_in({"key": KEY, "核实结果": "属实", "商圈": "居民区", "核实日期": "2026-11-03"})
    play.run()
    page = play.page()

    top, at = header_of(page)
    missing = {label for label in at if page.cell(top + 1, at[label]).fill.fgColor.rgb == RED}
    assert missing == {
        "经营规模",
        "订货方式",
        "结算方式",
        "订货日",
        "送货线路",
        "客户档位",
        "政策宣传",
        "货源介绍",
        "订货程序",
    }
    assert play.returns == []

    play.hand_in({label: value for label, value in visit().items() if label in missing or label == "key"})
    play.run()
    assert (play.state(), told(play.settings)) == ("待审核", [])


def test_a_row_of_a_record_that_another_has_by_now_goes_back_on_a_return(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24"), visit(str(OTHER["licence_no"]), 核实日期="2026-12-25"), name="走访.xlsx")
    play.run()
    assert play.returns == []
    moved = [
        {**row, "account_manager_no": "K03", "in_force_from": "2026-11-04"}
        for row in AREAS.records
        if row["area_name"] == "周窝镇"
    ]
    drop(play.settings, type(AREAS)("换人.xlsx", "area_list", tuple(moved)))
    play.next_day()
    play.run()

    assert play.returns == ["走访.xlsx"]
    back = openpyxl.load_workbook(play.settings.outbox / "returns/走访.xlsx")["核实"]
    assert isinstance(back, Worksheet)
    assert cell_of(back, KEY, "核实日期").value == "2026-12-24"
    (theirs,) = (play.settings.outbox / "worklists").glob("K03-*.xlsx")
    assert cell_of(openpyxl.load_workbook(theirs)["核实"], KEY, "核实结果").value is None


def test_of_several_refused_rows_the_return_holds_only_those_that_no_worklist_has(play: Play) -> None:
    path = play.hand_in(visit(核实日期="2026-12-24"), name="走访.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["核实"]
    _, at = header_of(page)
    below = page.max_row + 1
    for label, value in visit("131123100042").items():
        page.cell(below, at["许可证号" if label == "key" else label]).value = value
    book.save(path)
    play.run()

    assert play.returns == ["走访.xlsx"]
    book = openpyxl.load_workbook(play.settings.outbox / "returns/走访.xlsx")
    lines = [" ".join(str(cell) for cell in row if cell) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert any("131123100042" in line for line in lines)
    assert not any("2026-12-24" in line for line in lines)
    assert reds(play.page()) == [cell_of(play.page(), KEY, "核实日期").coordinate]


def test_rows_that_contradict_each_other_stand_both_on_the_return(play: Play) -> None:
    path = play.hand_in(visit(客户档位=4), name="走访.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["核实"]
    _, at = header_of(page)
    page.append([cell.value for cell in page[cell_of(page, KEY, "客户档位").row]])
    page.cell(page.max_row, at["客户档位"]).value = 7
    book.save(path)
    play.run()

    assert play.returns == ["走访.xlsx"]
    assert cell_of(play.page(), KEY, "客户档位").value is None


def test_mail_and_receipt_point_to_the_worklist(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24"))
    play.run()

    (mail,) = [text for text in mails(play.settings) if "收到" in text and "退回 1" in text]
    assert "退回 1 行：见今天的任务表，红格处改好后再交" in mail
    assert f"今天的任务表，标“退回”的行 · 核实 · {KEY}" in mail
    assert "退回件" not in mail


def test_the_visit_sheet_is_filled_as_well(play: Play) -> None:
    play.hand_in(visit(核实日期="2026-12-24", 说明="店主外出"))
    play.run()
    (path,) = (play.settings.outbox / "visits").glob("K02-*.xlsx")
    sheet = openpyxl.load_workbook(path)[f"{KEY} 惠民超市"]
    cells = {str(cell.value).removesuffix(" 00:00:00") for row in sheet.iter_rows() for cell in row if cell.value}

    assert {"属实", "店主外出", "2026-12-24"} <= cells
    assert len(reds(sheet)) == 1
    assert any(text.startswith("退回，改红格：") for text in cells)

    (right,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == datetime(2026, 12, 24)]
    book = sheet.parent
    sheet[right.coordinate].value = "2026-11-03"
    book.save(play.settings.inbox / "走访单.xlsx")
    play.run()
    assert (play.state(), told(play.settings)) == ("待审核", [])


def test_a_refused_row_that_is_emptied_is_taken_back(play: Play) -> None:
    before = play.worklist
    play.hand_in(visit(核实日期="2026-12-24", 联系电话="13932829999"))
    play.run()
    empty = dict.fromkeys(LABELS.values()) | {"key": KEY}
    play.hand_in(of=before)  # of the day before: there the row is blank, and was not emptied
    play.run()
    assert cell_of(play.page(), KEY, "核实结果").value == "属实"

    play.hand_in({**empty, "联系电话": SHOP["contact_phone"]})
    play.run()
    assert (told(play.settings), play.returns, play.state()) == ([], [], "待核实")
    assert cell_of(play.page(), KEY, "核实结果").value is None
