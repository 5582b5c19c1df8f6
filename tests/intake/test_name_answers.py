"""A label or an option that nobody knows is asked once, on the return; the answer holds for the office until it is taken back.

Played with the workbooks that people have in their hands: what is chosen in the list of the return, what comes of it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.commands.doctor import examine
from pipeline.commands.rebuild import rebuild
from pipeline.commands.undo import undo
from pipeline.domain.place import parse_cell
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue
from schemas.language.sample import Cells, Filled
from tests.intake.test_overlapping_papers import VISIT, at, day, holder, mails, once, settings
from tests.intake.test_overlapping_papers import answer as fill
from tests.tools.customers import SHOP, customers, drop, shops, told

__all__ = ["settings"]
KEY, OTHER, THIRD = "131123100018", "131123100026", "131123100034"
LABELS = {
    "licence_no": "许可证号",
    "customer_name": "客户名称",
    "principal": "负责人",
    "contact_phone": "联系电话",
    "shop_address": "经营地址",
    "valid_until": "有效期止",
    "filled_by": "填表人",
    "trade_type": "零售业态",
}
NOT_OURS = "不是本表栏目"


def sheet(
    settings: Settings, *rows: Cells, renamed: Mapping[str, str] | None = None, name: str = "台账.xlsx", **more: Any
) -> Path:
    """Drop a list of one's own with these labels (some *renamed*, by field) and *more* columns, each with one value."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    codes = [code for code in LABELS if any(code in row for row in rows)]
    page.append(["新入网户登记表"])
    page.append([*((renamed or {}).get(code, LABELS[code]) for code in codes), *more])
    for row in rows:
        page.append([*(row.get(code) for code in codes), *more.values()])
    path = settings.inbox / name
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return at(path)


def shop(key: str, **cells: Any) -> Cells:
    return {
        **SHOP,
        "licence_no": key,
        "contact_phone": f"139328{key[-5:]}",
        "shop_address": f"武强县周窝镇周窝村{int(key[-4:])}号",
        "customer_name": f"惠民{key[-2:]}店",
        "principal": f"张三{chr(0x4E00 + int(key[-3:]))}",
        **cells,
    }


@dataclass
class Return:
    """A return as its reader sees it: the lines of its first page, each with what may be chosen."""

    path: Path
    book: openpyxl.Workbook

    @property
    def page(self) -> Worksheet:
        return self.book.worksheets[0]

    @property
    def head(self) -> tuple[int, int]:
        (found,) = (cell for row in self.page.iter_rows() for cell in row if cell.value == "处理")
        return found.row, found.column

    def asked(self) -> dict[str, list[str]]:
        """What is asked: the text as written, and the choices of its list."""
        if not any(cell.value == "处理" for row in self.page.iter_rows() for cell in row):
            return {}
        row, column = self.head
        asked = {}
        for line in range(row + 1, self.page.max_row + 1):
            choices = self.choices(self.page.cell(line, column).coordinate)
            if choices:
                asked[str(self.page.cell(line, 4).value)] = choices
        return asked

    def choices(self, cell: str) -> list[str]:
        for rule in self.page.data_validations.dataValidation:
            if cell in rule.sqref:
                if rule.formula1.startswith('"'):
                    return str(rule.formula1).strip('"').split(",")
                title, _, area = rule.formula1.partition("!")
                return [str(each.value) for (each,) in self.book[title.strip("'")][area]]
        return []

    def text(self, written: str) -> str:
        """All that the line about *written* says."""
        lines = ([str(cell.value or "") for cell in row] for row in self.page.iter_rows())
        return next(" ".join(line) for line in lines if len(line) > 3 and line[3] == written)

    def choose(self, written: str, choice: str) -> None:
        row, column = self.head
        line = next(
            line
            for line in range(row + 1, self.page.max_row + 1)
            if self.page.cell(line, 4).value == written and self.choices(self.page.cell(line, column).coordinate)
        )
        self.page.cell(line, column).value = choice

    def drop(self, settings: Settings, name: str = "") -> None:
        held = io.BytesIO()
        self.book.save(held)
        path = settings.inbox / (name or self.path.name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(held.getvalue())
        at(path)


def returns(settings: Settings) -> list[Return]:
    paths = sorted((settings.outbox / "returns").glob("*.xlsx"))
    return [Return(path, openpyxl.load_workbook(path)) for path in paths]


def the_return(settings: Settings) -> Return:
    (found,) = returns(settings)
    return found


def answer(settings: Settings, name: str = "", **choices: str) -> None:
    found = the_return(settings)
    for written, choice in choices.items():
        found.choose(written, choice)
    found.drop(settings, name)


def learned(settings: Settings) -> list[dict[str, object]]:
    """The register of names as the master shows it, a row each."""
    book = openpyxl.load_workbook(settings.outbox / "master.xlsx")
    if "栏目对照" not in book.sheetnames:
        return []
    rows = list(book["栏目对照"].iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if "原有写法" in row)
    return [dict(zip(map(str, rows[header]), row, strict=True)) for row in rows[header + 1 :] if any(row)]


def take_back(settings: Settings, key: object, on: str) -> None:
    row: Cells = {
        "taught_no": str(key),
        "taught_form": "新入网户登记表",
        "taught_as": "话事人",
        "taught_means": "负责人",
        "taught_until": on,
    }
    at(drop(settings, Filled("栏目对照.xlsx", "name_list", (row,))))


OWNER = {"principal": "话事人"}


# a label that a required field is missing by ---------------------------------------------------------------------------


def test_the_sender_is_asked_with_samples_and_the_missing_columns_first(settings: Settings) -> None:
    sheet(settings, shop(KEY), shop(OTHER), renamed=OWNER)
    once(settings, 3)

    assert KEY not in customers(settings)
    found = the_return(settings)
    choices = found.asked()["话事人"]
    assert choices[0] == "负责人"
    assert choices[-1] == NOT_OURS
    assert "身份证号" in choices and "许可证号" not in choices  # what another column holds is not offered
    assert str(shop(KEY)["principal"]) in found.text("话事人") and str(shop(OTHER)["principal"]) in found.text("话事人")


def test_the_answer_takes_the_very_file_and_all_that_come_after_from_anybody(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, "王建国/改好.xlsx", 话事人="负责人")
    once(settings, 4)

    assert customers(settings)[KEY]["负责人"] == shop(KEY)["principal"]
    assert (told(settings), returns(settings)) == ([], [])
    (name,) = learned(settings)
    assert (name["原有写法"], name["对照含义"], name["所在表格"]) == ("话事人", "负责人", "新入网户登记表")
    assert (name["答复人"], str(name["启用日期"])[:10], name["停用日期"]) == ("王建国", "2026-11-04", None)

    sheet(settings, shop(OTHER), renamed={"principal": " 话事人："}, name="李秀英/另一本.xlsx")
    once(settings, 5)
    assert customers(settings)[OTHER]["负责人"] == shop(OTHER)["principal"]
    assert (told(settings), returns(settings)) == ([], [])


def test_taken_back_by_a_sheet_of_the_register_the_next_file_is_asked_again_and_may_be_answered_anew(
    settings: Settings,
) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, 话事人="负责人")
    once(settings, 4)
    take_back(settings, learned(settings)[0]["对照编号"], "2026-11-05")
    once(settings, 5)
    assert str(learned(settings)[0]["停用日期"])[:10] == "2026-11-05"
    assert customers(settings)[KEY]["负责人"] == shop(KEY)["principal"]  # what was read by it stands

    sheet(settings, shop(OTHER), renamed=OWNER, name="另一本.xlsx")
    once(settings, 5)
    assert OTHER not in customers(settings)
    assert "负责人" in the_return(settings).asked()["话事人"]

    answer(settings, 话事人="负责人")
    once(settings, 6)
    assert customers(settings)[OTHER]["负责人"] == shop(OTHER)["principal"]
    assert [row["停用日期"] is None for row in learned(settings)] == [False, True]


def test_a_label_said_to_be_none_of_ours_stays_a_note_and_is_asked_no_more(settings: Settings) -> None:
    sheet(settings, shop(KEY), 经度="115.98")
    once(settings, 3)
    assert KEY in customers(settings)
    answer(settings, 经度=NOT_OURS)
    once(settings, 4)
    assert (told(settings), returns(settings)) == ([], [])

    sheet(settings, shop(OTHER), name="另一本.xlsx", 经度="115.99")
    once(settings, 5)
    assert OTHER in customers(settings)
    assert (told(settings), returns(settings)) == ([], [])


def test_a_column_above_nothing_is_not_asked(settings: Settings) -> None:
    sheet(settings, shop(KEY), 经度=None)
    once(settings, 3)
    assert (told(settings), returns(settings)) == ([], [])


def test_what_was_never_said_is_no_page_of_the_master(settings: Settings) -> None:
    assert "栏目对照" not in openpyxl.load_workbook(settings.outbox / "master.xlsx").sheetnames


def test_several_labels_are_answered_at_once(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed={"principal": "话事人", "customer_name": "幌子", "licence_no": "准许编号"})
    once(settings, 3)
    answer(settings, 话事人="负责人", 幌子="客户名称", 准许编号="许可证号")
    once(settings, 4)
    row = customers(settings)[KEY]
    assert (row["负责人"], row["客户名称"]) == (shop(KEY)["principal"], shop(KEY)["customer_name"])
    assert len(learned(settings)) == 3


# an answer that fits nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "says"), [("客户名称", "已有别的列"), ("老板娘", "不在可选项中")])
def test_an_answer_that_cannot_be_is_told_at_its_cell_and_not_remembered(
    settings: Settings, choice: str, says: str
) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, 话事人=choice)
    once(settings, 4)
    assert KEY not in customers(settings)
    assert learned(settings) == []
    assert any(says in sentence and parse_cell(cell) for cell, sentence in told(settings))
    found = the_return(settings)  # and is asked again
    found.choose("话事人", "负责人")
    found.drop(settings)
    once(settings, 5)
    assert customers(settings)[KEY]["负责人"] == shop(KEY)["principal"]
    assert told(settings) == []


def test_two_labels_of_one_sheet_are_not_made_one_field(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed={"principal": "话事人"}, 掌事="李四")
    once(settings, 3)
    answer(settings, 话事人="负责人", 掌事="负责人")
    once(settings, 4)
    assert learned(settings) == []
    assert sum("已有别的列" in sentence for _, sentence in told(settings)) == 2
    assert KEY not in customers(settings)


def test_two_people_who_answer_differently_the_later_stands_and_the_earlier_is_told(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER, name="王建国/甲.xlsx")
    sheet(settings, shop(OTHER), renamed=OWNER, name="李秀英/乙.xlsx")
    once(settings, 3)
    asked = {each.path.stem: each for each in returns(settings)}
    asked["甲"].choose("话事人", "负责人")
    asked["甲"].drop(settings, "王建国/甲.xlsx")
    once(settings, 4)
    asked["乙"].choose("话事人", NOT_OURS)
    asked["乙"].drop(settings, "李秀英/乙.xlsx")
    once(settings, 5)
    (name,) = learned(settings)
    assert (name["对照含义"], name["答复人"]) == (NOT_OURS, "李秀英")
    assert "k01@example.com" in mails(settings, NOT_OURS)


def test_of_two_answers_in_one_batch_the_later_counts_for_all(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER, name="王建国/甲.xlsx")
    sheet(settings, shop(OTHER), renamed=OWNER, name="李秀英/乙.xlsx")
    once(settings, 3)
    asked = {each.path.stem: each for each in returns(settings)}
    asked["甲"].choose("话事人", NOT_OURS)
    asked["甲"].drop(settings, "王建国/甲.xlsx")
    asked["乙"].choose("话事人", "负责人")
    asked["乙"].drop(settings, "李秀英/乙.xlsx")
    once(settings, 4)
    (name,) = learned(settings)
    assert (name["对照含义"], name["答复人"]) == ("负责人", "李秀英")
    assert {KEY, OTHER} <= customers(settings).keys()


def test_an_answer_to_what_is_asked_no_more_is_told(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    first = the_return(settings)
    answer(settings, 话事人="负责人")
    once(settings, 4)
    first.choose("话事人", "身份证号")
    first.drop(settings, "又一份.xlsx")
    once(settings, 5)
    assert [name["对照含义"] for name in learned(settings)] == ["负责人"]
    assert any("已经了结" in sentence for _, sentence in told(settings))


# an option -------------------------------------------------------------------------------------------------------------


def test_an_option_is_asked_once_for_all_its_rows_answered_and_remembered(settings: Settings) -> None:
    odd = {"trade_type": "烟洒综合部"}
    sheet(settings, shop(KEY, **odd), shop(OTHER, **odd))
    once(settings, 3)
    found = the_return(settings)
    assert list(found.asked()) == ["烟洒综合部"]
    assert "烟酒店" in found.asked()["烟洒综合部"] and NOT_OURS not in found.asked()["烟洒综合部"]
    answer(settings, 烟洒综合部="烟酒店")
    once(settings, 4)
    assert [customers(settings)[key]["零售业态"] for key in (KEY, OTHER)] == ["烟酒店", "烟酒店"]
    (name,) = learned(settings)
    assert (name["所在栏目"], name["原有写法"], name["对照含义"]) == ("零售业态", "烟洒综合部", "烟酒店")

    sheet(settings, shop(THIRD, **odd), name="李秀英/另一本.xlsx")
    once(settings, 5)
    assert customers(settings)[THIRD]["零售业态"] == "烟酒店"
    assert returns(settings) == []


def test_nothing_is_guessed_from_what_was_learned(settings: Settings) -> None:
    sheet(settings, shop(KEY, trade_type="烟洒综合部"))
    once(settings, 3)
    answer(settings, 烟洒综合部="烟酒店")
    once(settings, 4)
    sheet(settings, shop(OTHER, trade_type="综合部"), name="另一本.xlsx")
    once(settings, 5)
    assert OTHER not in customers(settings)
    assert "综合部" in the_return(settings).asked()


def test_an_option_that_a_worklist_does_not_know_is_picked_in_its_red_cell(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "filled_by": "李敏"}))
    once(settings, 3)
    manager = holder(settings)
    fill(settings, manager, {KEY: {**VISIT, "trade_type": "烟洒综合部"}})
    once(settings, 4)
    assert customers(settings)[KEY]["当前状态"] == "待核实"
    assert returns(settings) == []
    fill(settings, manager, {KEY: {"trade_type": "烟酒店"}})
    once(settings, 5)
    row = customers(settings)[KEY]
    assert (row["当前状态"], row["零售业态"], told(settings)) == ("待审核", "烟酒店", [])


# the same elsewhere ----------------------------------------------------------------------------------------------------


def test_the_answer_is_taken_back_with_the_paper_on_which_it_was_given(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, "改好.xlsx", 话事人="负责人")
    once(settings, 4)
    undo(settings, "改好.xlsx", today=day(5))
    once(settings, 5)
    assert learned(settings) == []
    assert KEY not in customers(settings)
    sheet(settings, shop(OTHER), renamed=OWNER, name="另一本.xlsx")
    once(settings, 6)
    assert "话事人" in next(each for each in returns(settings) if each.path.stem == "另一本").asked()


def test_a_day_typed_into_the_master_takes_a_name_back(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, 话事人="负责人")
    once(settings, 4)
    path = settings.outbox / "master.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["栏目对照"]
    head = next(cell for row in page.iter_rows() for cell in row if cell.value == "停用日期")
    page.cell(head.row + 1, head.column).value = "2026-11-05"
    book.save(path)
    at(path)
    once(settings, 5)
    assert str(learned(settings)[0]["停用日期"])[:10] == "2026-11-05"
    sheet(settings, shop(OTHER), renamed=OWNER, name="另一本.xlsx")
    once(settings, 5)
    assert "话事人" in the_return(settings).asked()


def test_a_name_learned_on_a_list_is_known_on_a_card(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, 话事人="负责人")
    once(settings, 4)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["新入网户登记表"])
    for code, value in shop(OTHER).items():
        page.append([OWNER.get(code, LABELS[code]), value])
    book.save(settings.inbox / "卡片.xlsx")
    at(settings.inbox / "卡片.xlsx")
    once(settings, 5)
    assert customers(settings)[OTHER]["负责人"] == shop(OTHER)["principal"]


def test_a_file_that_waited_enters_as_it_is_once_somebody_else_has_answered(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER, name="王建国/甲.xlsx")
    waiting = sheet(settings, shop(OTHER), renamed=OWNER, name="李秀英/乙.xlsx")
    content = waiting.read_bytes()
    once(settings, 3)
    asked = {each.path.stem: each for each in returns(settings)}
    asked["甲"].choose("话事人", "负责人")
    asked["甲"].drop(settings, "王建国/甲.xlsx")
    once(settings, 4)
    assert OTHER not in customers(settings)
    waiting.write_bytes(content)
    at(waiting)
    once(settings, 5)
    assert customers(settings)[OTHER]["负责人"] == shop(OTHER)["principal"]
    assert (told(settings), returns(settings)) == ([], [])


def test_a_check_says_the_same_as_a_run(settings: Settings, tmp_path: Path) -> None:
    def said(name: str) -> list[tuple[str, str]]:
        own = sheet(settings, shop(OTHER), renamed=OWNER, name=name)
        moved = tmp_path / f"自查-{name}"
        own.rename(moved)
        return [(each.rule, each.cell) for each in check([moved], settings, today=day(5))]

    assert ("column.unknown", "C2") in said("一.xlsx")
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, 话事人="负责人")
    once(settings, 4)
    assert said("二.xlsx") == []


def test_rebuilt_from_the_archive_the_office_knows_the_same_names(settings: Settings) -> None:
    sheet(settings, shop(KEY), renamed=OWNER)
    once(settings, 3)
    answer(settings, 话事人="负责人")
    once(settings, 4)
    sheet(settings, shop(OTHER, trade_type="烟洒综合部"), renamed=OWNER, name="另一本.xlsx")
    once(settings, 5)
    answer(settings, 烟洒综合部="烟酒店")
    once(settings, 6)
    before = learned(settings)
    rebuilt = rebuild(settings)
    assert rebuilt.compared and rebuilt.differing == {}
    sheet(settings, shop(THIRD, trade_type="烟洒综合部"), renamed=OWNER, name="第三本.xlsx")
    once(settings, 7)
    assert customers(settings)[THIRD]["零售业态"] == "烟酒店"
    assert learned(settings) == before


def test_the_command_line_lists_what_was_learned(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet(settings, shop(KEY, trade_type="烟洒综合部"), renamed=OWNER, name="王建国/台账.xlsx")
    once(settings, 3)
    answer(settings, "王建国/台账.xlsx", 话事人="负责人", 烟洒综合部="烟酒店")
    once(settings, 4)
    take_back(settings, next(row["对照编号"] for row in learned(settings) if row["原有写法"] == "话事人"), "2026-11-05")
    once(settings, 5)
    monkeypatch.chdir(settings.outbox.parent)
    said = CliRunner().invoke(main, ["forms", "--learned"], catch_exceptions=False)
    option, label = sorted(said.stdout.splitlines(), key=lambda line: "话事人" in line)
    assert all(
        word in option for word in ("新入网户登记表", "零售业态", "烟洒综合部", "烟酒店", "王建国", "2026-11-04")
    )
    assert all(word in label for word in ("负责人", "2026-11-04 起", "2026-11-05 停用"))
    listed = CliRunner().invoke(main, ["forms", "--learned", "--json"], catch_exceptions=False)
    found = {each["written"]: each for each in json.loads(listed.stdout)}
    assert (found["话事人"]["means"], found["话事人"]["until"]) == ("负责人", "2026-11-05")
    assert found["烟洒综合部"]["field"] == "零售业态"


def test_a_line_that_fits_nothing_is_told(settings: Settings) -> None:
    row: Cells = {"taught_form": "新入网户登记表", "taught_as": "话事人", "taught_means": "老板娘"}
    at(drop(settings, Filled("栏目对照.xlsx", "name_list", (row,))))
    once(settings, 3)
    assert any("话事人" in sentence and "没有“老板娘”这一栏" in sentence for _, sentence in told(settings))


# an answer is no row of anybody's list -------------------------------------------------------------------------------


def test_an_answer_is_counted_as_an_answer_and_the_doctor_finds_every_row(settings: Settings) -> None:
    sheet(settings, shop(KEY), shop(OTHER), renamed=OWNER, name="王建国/台账.xlsx")
    once(settings, 3)
    answer(settings, "王建国/改好.xlsx", 话事人="负责人")
    done = once(settings, 4)

    assert (done.rows.read, done.rows.accepted) == (2, 2)
    assert mails(settings, "收到 2 行：采用 2，答复 1 处（《改好.xlsx》）")
    assert [each.problem.zh for each in examine(settings, load_catalogue(), day(4)) if each.problem] == []
