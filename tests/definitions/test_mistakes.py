"""Every mistake in a drawn procedure is told at its cell with its remedy, and changes nothing that runs."""

from __future__ import annotations

import shutil
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.definitions.compile_definition import compile_definition
from pipeline.definitions.definition_workbook import RowCells, definition_workbook
from pipeline.definitions.drawn_procedures import drawn_procedures, judge_content, keep
from pipeline.definitions.mistakes import Mistake, Mistakes
from pipeline.definitions.read_definition import grids_of, read_definition
from pipeline.definitions.sheets import SHEETS
from pipeline.domain.place import cell_name, pack, parse_cell, unpack
from pipeline.read.formats.grid import Grid
from schemas.language import Catalogue, Procedure
from schemas.language.catalogue import load_catalogue
from tests.definitions.drawings import EVERY_SHEET, FOLDER, VEHICLES, drawn, rows_of
from tests.tools.command import pipeline
from tests.tools.office import Office

OFFICE = tuple(each for each in load_catalogue().procedures if each.roster or each.code == "visiting")
BY_CODE = {sheet.code: sheet for sheet in SHEETS}


def place(sheet: str, row: int, column: str) -> tuple[str, str]:
    """Title of the sheet and cell of a row (from 0) and column."""
    columns = [each.code for each in BY_CODE[sheet].columns]
    return BY_CODE[sheet].title.zh, cell_name(pack(row + 1, columns.index(column)))


def changed(sheet: str, row: int, column: str, text: str) -> bytes:
    rows: dict[str, list[RowCells]] = {code: list(those) for code, those in rows_of(EVERY_SHEET).items()}
    rows[sheet][row] = {**rows[sheet][row], column: text}
    return definition_workbook(rows, "zh")


def judged(content: bytes) -> tuple[Procedure | None, tuple[Mistake, ...]]:
    compiled = judge_content("x.xlsx", content, OFFICE)
    assert compiled is not None
    return compiled.procedure, compiled.mistakes


@cache
def _whole() -> list[Grid]:
    return grids_of(drawn(EVERY_SHEET))


def judged_with(sheet: str, row: int, column: str, text: str) -> tuple[Procedure | None, tuple[Mistake, ...]]:
    """What becomes of the definition that has every sheet, read once, with another text in one cell."""
    title, cell = place(sheet, row, column)
    at, beside = unpack(parse_cell(cell))
    grids = deepcopy(_whole())
    grid = next(each for each in grids if each.title == title)
    grid.rows[at - grid.top][beside - grid.left] = text or None
    mistakes = Mistakes()
    compiled = compile_definition(read_definition(grids, mistakes), Catalogue(OFFICE), mistakes)
    return compiled.procedure, compiled.mistakes


def row_with(sheet: str, column: str, text: str) -> int:
    return next(at for at, row in enumerate(rows_of(VEHICLES)[sheet]) if row.get(column) == text)


@pytest.mark.parametrize(
    ("sheet", "where", "column", "text", "said"),
    [
        ("fields", ("field", "用车人"), "kind", "文字", "没有类型“文字”"),
        ("fields", ("field", "用车人"), "means", "司机", "没有含义“司机”"),
        ("fields", ("field", "用车人"), "required", "也许", "不是“是”或“否”"),
        ("fields", ("field", "用车事由"), "field", "车牌号", "有两栏"),
        ("fields", ("field", "用车单号"), "key", "", "没有主编号"),
        ("fields", ("field", "用车人"), "key", "是", "两个主编号"),
        ("fields", ("field", "计划还车时间"), "rules", "晚于 出车", "“出车”不是"),
        ("fields", ("field", "计划还车时间"), "rules", "晚于 用车人", "不能用"),
        ("fields", ("field", "计划还车时间"), "rules", "差不多", "看不懂规则“差不多”"),
        ("fields", ("field", "用车事由"), "rules", "长度 9-2", "下限比上限大"),
        ("fields", ("field", "车牌号"), "options", "", "没有写有哪些"),
        ("fields", ("field", "车牌号"), "options", "甲、甲", "写了两次"),
        ("fields", ("field", "不批原因"), "required_when", "意见=退回", "没有栏目“意见”"),
        ("fields", ("field", "不批原因"), "required_when", "用车审批意见=驳倒", "的选项“驳倒”"),
        ("fields", ("field", "用车人"), "code", "用车 人", "代码“用车 人”写得不对"),
        ("fields", ("field", "用车人"), "names", "车库", "没有台账“车库”"),
        ("stages", ("stage", "用车审批"), "role", "车队主任", "没有岗位“车队主任”"),
        ("stages", ("stage", "用车审批"), "role", "", "没有写岗位"),
        ("stages", ("stage", "用车审批"), "form", "审批表", "没有表单“审批表”"),
        ("stages", ("stage", "用车审批"), "from", "", "没有写从哪个状态接着办"),
        ("stages", ("stage", "用车审批"), "answer", "批准走", "没有“用车审批意见”的选项“批准走”"),
        ("stages", ("stage", "用车审批"), "deadline", "尽快", "看不懂期限“尽快”"),
        ("stages", ("stage", "用车审批"), "not_by", "申请人", "没有栏目“申请人”"),
        ("stages", ("stage", "用车审批"), "to", "", "没有写到哪个状态"),
        ("stages", ("stage", "还车登记"), "from", "在外面", "没有环节通到状态"),
        ("stages", ("stage", "还车登记"), "to", "待批准", "没有环节通到状态"),
        ("registers", ("register", "用车"), "numbering", "YC{年", "看不懂"),
        ("registers", ("register", "用车"), "numbering", "YC", "看不懂"),
        ("registers", ("register", "用车"), "manager", "车队长", "没有岗位“车队长”"),
        ("registers", ("register", "用车"), "refers", "车牌号", "看不懂引用"),
        ("statistics", ("statistic", "用车按月"), "by", "用车人", "不是选项"),
        ("statistics", ("statistic", "用车按月"), "period", "每旬", "没有写法“每旬”"),
        ("statistics", ("statistic", "用车按月"), "day", "用车人", "不是日期"),
        ("procedure", ("item", "用途"), "item", "目的", "没有项目“目的”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_cell(sheet: str, where: tuple[str, str], column: str, text: str, said: str) -> None:
    row = row_with(sheet, *where)
    procedure, mistakes = judged(changed(sheet, row, column, text))
    assert procedure is None
    told = {(each.sheet, each.cell): each for each in mistakes}
    if said in ("没有环节通到状态", "没有主编号"):  # of the state or the form, where they are named
        assert any(said in each.what.zh for each in mistakes)
    else:
        assert said in told[place(sheet, row, column)].what.zh
    assert all(each.fix.zh and each.fix.en and each.what.en for each in mistakes)


def test_all_mistakes_are_told_at_once() -> None:
    rows: dict[str, list[RowCells]] = {code: list(those) for code, those in rows_of(VEHICLES).items()}
    rows["fields"][1] = {**rows["fields"][1], "kind": "文字"}
    rows["stages"][1] = {**rows["stages"][1], "role": "车队主任"}
    rows["statistics"][0] = {**rows["statistics"][0], "day": "哪天"}
    _, mistakes = judged(definition_workbook(rows, "zh"))
    assert {each.sheet for each in mistakes} == {"栏目", "环节", "统计"}


def test_a_heading_and_a_sheet_that_nobody_knows_are_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(FOLDER / "车辆使用.xlsx")
    book["环节"]["G1"].value = "转下一步"
    book.create_sheet("环节 (2)")["A1"] = "审批"
    book.save(tmp_path / "x.xlsx")
    _, mistakes = judged((tmp_path / "x.xlsx").read_bytes())
    assert ("环节", "G1") in {(each.sheet, each.cell) for each in mistakes}
    assert any(each.sheet == "环节 (2)" and "没有工作表" in each.what.zh for each in mistakes)


PLACES = [
    (sheet, at, column.code)
    for sheet, those in rows_of(EVERY_SHEET).items()
    for at in range(len(those))
    for column in BY_CODE[sheet].columns
]
FREE = {
    "procedure": {"content", "en", "aliases"},
    "fields": {"form", "field", "en", "options", "aliases", "example", "help", "help_en"},
    "stages": {"stage", "en", "to", "task", "task_en", "why", "why_en"},
    "registers": {"register", "en"},
    "statistics": {"statistic", "en"},
    "parameters": {"parameter", "en"},
    "forms": {"en", "number", "titles"},
    "states": {"state", "en", "replaces"},
    "options": {"en", "aliases"},
    "duties": {"why", "why_en"},
    "code": {"name", "en", "options"},
}
"""By sheet: the columns in which somebody may write what he likes."""
UNKNOWN = "不知道 的话"
"""Words that are no name, no number, no answer, and no code."""


def one_of_each_column() -> list[tuple[str, int, str]]:
    """A place in every column of every sheet, where it is filled if it is filled anywhere."""
    rows = rows_of(EVERY_SHEET)
    assert set(rows) == set(BY_CODE)
    return [
        (code, next((at for at, row in enumerate(rows[code]) if row.get(column.code)), 0), column.code)
        for code, sheet in BY_CODE.items()
        for column in sheet.columns
    ]


def test_the_definition_that_is_damaged_is_right() -> None:
    assert judged(drawn(EVERY_SHEET))[1] == ()


@pytest.mark.parametrize(("sheet", "row", "column"), one_of_each_column())
def test_a_word_that_nobody_knows_is_told_in_every_column_that_is_not_free(sheet: str, row: int, column: str) -> None:
    procedure, mistakes = judged_with(sheet, row, column, UNKNOWN)
    assert (procedure is None) == bool(mistakes)
    at_its_cell = place(sheet, row, column) in {(each.sheet, each.cell) for each in mistakes}
    assert at_its_cell or column in FREE[sheet], [(each.sheet, each.cell, each.what.zh) for each in mistakes]


@pytest.mark.parametrize("text", ["", "{", "=1+1", "是、是"])
def test_nothing_in_any_column_breaks_it(text: str) -> None:
    for sheet, row, column in one_of_each_column():
        procedure, mistakes = judged_with(sheet, row, column, text)
        assert (procedure is None) == bool(mistakes), (sheet, column)
        assert all(each.what.zh and each.what.en and each.fix.zh and each.fix.en for each in mistakes)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.sampled_from(PLACES),
    st.one_of(
        st.just(""),
        st.text(max_size=30),
        st.sampled_from(["是", "不知道的话", "{x}", "=1", "同意", "待批准", "1e9", "用车人"]),
    ),
)
def test_no_damage_of_a_cell_breaks_it_and_what_matters_is_told(where: tuple[str, int, str], text: str) -> None:
    sheet, row, column = where
    procedure, mistakes = judged(changed(sheet, row, column, text))
    assert (procedure is None) == bool(mistakes)
    for each in mistakes:
        assert each.what.zh and each.fix.zh
        if each.cell:
            assert unpack(parse_cell(each.cell))[0] < 40


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 30_000), st.binary(min_size=1, max_size=40), st.booleans())
def test_no_damage_of_its_bytes_stops_what_runs(tmp_path_factory: Any, at: int, bytes_: bytes, cut: bool) -> None:
    folder = tmp_path_factory.mktemp("definitions")
    path, kept = folder / "车辆使用.xlsx", folder / "kept"
    content = drawn(VEHICLES) if not CACHE else CACHE[0]
    CACHE[:] = [content]
    path.write_bytes(content)
    before = drawn_procedures(folder, kept, OFFICE)
    assert not before.wrong
    keep(before, kept)
    path.write_bytes(content[:at] if cut else content[:at] + bytes_ + content[at + len(bytes_) :])
    after = drawn_procedures(folder, kept, OFFICE)
    if after.wrong:
        assert [each.code for each in after.procedures] == ["vehicle_use"]
        assert after.procedures[0].registers[0].forms == before.procedures[0].registers[0].forms
        assert after.workbooks[0].earlier


CACHE: list[bytes] = []


@pytest.fixture
def cars(tmp_path: Path) -> Office:
    own = tmp_path / "procedures"
    own.mkdir()
    shutil.copy(FOLDER / "车辆使用.xlsx", own)
    people = [("C01", "赵师傅", "车辆管理员"), ("C02", "季主任", "用车审批人"), ("A01", "管理", "系统管理员")]
    office = Office(tmp_path, (), people, procedures_folder=str(own))
    office.drop(
        "trip_request",
        {
            "car_user": "王建国",
            "car_plate": "冀TA1021",
            "trip_purpose": "送货",
            "trip_from": "2026-11-03 08:30",
            "trip_until": "2026-11-03 17:30",
        },
    )
    office.run("2026-11-02 09:00")
    return office


def rewrite(office: Office, cells: dict[tuple[str, str], str | None]) -> None:
    assert office.settings.procedures_folder
    path = office.settings.procedures_folder / "车辆使用.xlsx"
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    book.save(path)


def test_a_workbook_with_a_mistake_leaves_the_last_right_one_in_force(cars: Office) -> None:
    role = place("stages", row_with("stages", "stage", "用车审批"), "role")
    rewrite(cars, {role: "车队主任"})
    summary = cars.run("2026-11-02 10:00")
    assert any("车队主任" in said for said in summary.failed_declarations)
    assert cars.tasks("C02") == ["用车审批"]  # goes on
    (line,) = (row for row in cars.open_exceptions() if "车队主任" in str(row["问题"]))
    assert f"“环节”页 {role[1]}" in str(line["问题"]) and "照上一次没有错的定义办" in str(line)
    marked = openpyxl.load_workbook(cars.settings.outbox / "definitions" / "车辆使用.xlsx")
    assert marked["环节"][role[1]].fill.fgColor.rgb == "FFFFC8CD"
    assert "没有岗位“车队主任”" in marked["环节"][role[1]].comment.text

    rewrite(cars, {role: "用车审批人"})
    cars.run("2026-11-02 11:00")
    assert not any("车队主任" in said for said in cars.exceptions())
    assert not (cars.settings.outbox / "definitions" / "车辆使用.xlsx").exists()


def test_the_marked_copy_can_be_mended_and_put_in_place(cars: Office) -> None:
    role = place("stages", row_with("stages", "stage", "用车审批"), "role")
    rewrite(cars, {role: "车队主任"})
    cars.run("2026-11-02 10:00")
    marked = cars.settings.outbox / "definitions" / "车辆使用.xlsx"
    assert cars.settings.procedures_folder
    shutil.copy(marked, cars.settings.procedures_folder / "车辆使用.xlsx")
    rewrite(cars, {role: "用车审批人"})
    assert not cars.run("2026-11-02 11:00").failed_declarations


def test_a_label_without_a_code_may_be_renamed_and_keeps_its_records(cars: Office) -> None:
    field = place("fields", row_with("fields", "field", "用车事由"), "field")
    code = place("fields", row_with("fields", "field", "用车事由"), "code")
    rewrite(cars, {code: None})  # as nobody writes codes
    assert cars.settings.procedures_folder
    cars.run("2026-11-02 10:00")
    assert cars.record("用车", "YC2611001")["用车事由"] == "送货"
    rewrite(cars, {field: "出车事由"})
    cars.run("2026-11-02 11:00")
    assert cars.record("用车", "YC2611001")["出车事由"] == "送货"
    assert any("“出车事由”原来叫“用车事由”" in said for said in cars.exceptions())


def test_a_role_called_by_another_of_its_names_is_told_at_its_cell(cars: Office) -> None:
    """录入员 is another name of 系统管理员: whoever draws may mean somebody else."""
    at = place("stages", row_with("stages", "stage", "用车审批"), "role")
    rewrite(cars, {at: "录入员"})
    cars.run("2026-11-02 10:00")
    told = [row for row in cars.open_exceptions() if "另一个叫法" in str(row["问题"])]
    assert [(each["程度"], each["工作表"], each["单元格"]) for each in told] == [("提醒", *at)]
    assert "“录入员”是已有岗位“系统管理员”的另一个叫法" in str(told[0]["问题"])
    rewrite(cars, {at: "系统管理员"})
    cars.run("2026-11-02 11:00")
    assert not [each for each in cars.exceptions() if "另一个叫法" in each]


def test_a_role_that_a_new_drawing_lists_by_another_name_is_told_once_at_that_cell() -> None:
    rows: dict[str, list[RowCells]] = {code: list(those) for code, those in rows_of(VEHICLES).items()}
    row, stage = row_with("procedure", "content", "用车审批人"), row_with("stages", "stage", "用车审批")
    rows["procedure"][row] = {**rows["procedure"][row], "content": "录入员", "en": "", "code": ""}
    rows["stages"][stage] = {**rows["stages"][stage], "role": "录入员"}
    compiled = judge_content("x.xlsx", definition_workbook(rows, "zh"), OFFICE)
    assert compiled is not None and compiled.procedure is not None
    assert [((each.cell.sheet, each.cell.cell), each.title.zh) for each in compiled.otherwise] == [
        (place("procedure", row, "content"), "系统管理员")
    ]


def test_check_and_doctor_tell_the_cell(tmp_path: Path) -> None:
    row = row_with("stages", "stage", "用车审批")
    _, cell = place("stages", row, "role")
    (tmp_path / "procedures").mkdir()
    (tmp_path / "inbox").mkdir()
    path = tmp_path / "procedures" / "流程定义.xlsx"
    path.write_bytes(changed("stages", row, "role", "车队主任"))
    (tmp_path / "pipeline.toml").write_text('procedures_folder = "procedures"\n', encoding="utf-8")
    for words in (("check", str(path)), ("procedures", "--check"), ("doctor",)):
        done = pipeline(tmp_path, *words)
        assert done.returncode != 0
        assert cell in done.stdout + done.stderr and "没有岗位“车队主任”" in done.stdout + done.stderr
    path.write_bytes(drawn(VEHICLES))
    done = pipeline(tmp_path, "check", str(path))
    assert (done.returncode, done.stdout) == (0, "")


def test_a_next_version_under_another_name_is_known_as_such(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "车辆使用.xlsx").write_bytes(drawn(VEHICLES))
    (tmp_path / "pipeline.toml").write_text('procedures_folder = "procedures"\n', encoding="utf-8")
    path = tmp_path / "流程定义-车辆使用-改1.xlsx"
    path.write_bytes(drawn(VEHICLES.replace("出车里程", "出发里程")))
    done = pipeline(tmp_path, "check", str(path))
    assert "错误" not in done.stdout
    assert "是流程文件夹里“车辆使用.xlsx”的新一版" in done.stdout
    assert "用“车辆使用.xlsx”这个名字换掉原来那一份" in done.stdout
