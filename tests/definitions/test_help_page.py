"""``docs/zh/画流程.md``, followed literally: its tables typed into a workbook make 维修登记, which is then worked with."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.trial_office import colleague_row, people_form
from pipeline.definitions.definition_workbook import RowCells, definition_workbook
from pipeline.definitions.drawn_procedures import judge_content
from pipeline.definitions.sheets import SHEETS, DefinitionSheet
from schemas.language.catalogue import load_catalogue
from tests.tools.command import ROOT
from tests.tools.office import Office

PAGE = (ROOT / "docs" / "zh" / "画流程.md").read_text(encoding="utf-8")


def typed(sheet: DefinitionSheet) -> list[RowCells]:
    """The rows of the step that is about *sheet*."""
    found = re.search(rf"\*\*\d\. “{sheet.title.zh}”页\*\*.*?\n\n(\|.*?)\n\n", PAGE, re.DOTALL)
    if found is None:
        return []
    header, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines())
    codes = {column.title.zh: column.code for column in sheet.columns}
    return [{codes[title]: cell for title, cell in zip(header, row, strict=True) if cell} for row in rows]


def typed_by_hand(tables: dict[str, str]) -> bytes:
    """A new workbook into which somebody has typed these tables, a sheet each: no heading but those, no help, no lists."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, table in tables.items():
        sheet = book.create_sheet(title)
        for line in table.strip().splitlines():
            sheet.append([cell.strip() or None for cell in line.split("|")])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_tables_of_the_page_typed_into_a_new_workbook_are_enough() -> None:
    tables = {
        title: "\n".join(line.strip()[1:-1] for line in rows.splitlines() if not line.startswith("|---"))
        for title, rows in re.findall(r"\*\*\d\. “(.+?)”页\*\*.*?\n\n(\|.*?)\n\n", PAGE, re.DOTALL)
    }
    assert list(tables) == ["流程", "栏目", "环节", "台账", "统计"]
    compiled = judge_content("流程定义-维修登记.xlsx", typed_by_hand(tables), load_catalogue().procedures)
    assert compiled is not None and compiled.mistakes == ()


OF_A_CLERK = {
    "流程": "项目|内容\n名称|维修登记\n岗位|后勤主管\n岗位|维修员\n提交人|管理",
    "栏目": """
表单|栏目|类型|主编号|必填|何时必填|选项|规则|含义
报修单|报修编号|编号|是|||||
|报修日期|日期||是|||不晚于今天|
|报修科室|||是||||
|故障内容|||是||||名称
|故障类别|选项||是||水、电、门窗、其他||
|报修人|||是||||填表人
派修单|派给谁|||是||||
|派修日期|日期||是|||不晚于今天|办理日期
|派修人|||是||||办理人
完工验收单|验收结果|选项||是||合格、不合格||
|返修原因||||验收结果=不合格|||意见
|验收日期|日期||是|||不晚于今天；不早于 派修日期|办理日期
|验收人|||是||||办理人""",
    "环节": """
环节|表单|岗位|从状态|答复|到状态|退回|期限|指定人
报修|报修单|后勤主管|||待派修|||
派修|派修单|后勤主管|待派修||待验收|||
完工验收|完工验收单|维修员|待验收|合格|已完工||3 天|派给谁
||||不合格|待派修|是||""",
    "台账": "台账|编号规则|同一记录|负责岗位\n维修|BX{年2}{月}{序号3}|报修日期、报修科室、故障内容|后勤主管",
    "统计": "统计表|按栏|周期|日期栏目\n维修按月|故障类别|每月|报修日期",
}
"""报修 → 派修 → 完工验收, as a clerk draws it from the page: two roles, one deadline, one count."""


def test_what_a_clerk_draws_from_the_page_is_tried_approved_and_worked_with(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    people = [
        ("A01", "管理", "系统管理员"),
        ("A02", "季主任", "市场经理"),
        ("W01", "郑师傅", "维修员"),
        ("W02", "后主管", "后勤主管"),
        ("W03", "孙师傅", "维修员"),
    ]
    office = Office(tmp_path, (), people[:2], procedures_folder=str(tmp_path / "procedures"))
    (office.settings.inbox / "试读").mkdir()
    wrong = {**OF_A_CLERK, "环节": OF_A_CLERK["环节"].replace("完工验收单|维修员", "完工验收单|维修师傅")}
    office.put("试读/维修.xlsx", typed_by_hand(wrong))
    office.run("2026-11-02 08:00")
    (tried,) = (office.settings.outbox / "returns").glob("维修*.xlsx")
    assert openpyxl.load_workbook(tried)["环节"]["C4"].fill.fgColor.rgb == "FFFFC8CD"
    assert office.master("流程定义") == []

    office.put("维修.xlsx", typed_by_hand(OF_A_CLERK))
    office.run("2026-11-02 09:00")
    answer = {"definition_opinion": "同意", "definition_answered_on": "2026-11-02", "definition_answered_by": "季主任"}
    office.answer("A02", {"LC26001": answer})
    office.run("2026-11-02 10:00")
    sheet = people_form(office.catalogue)
    office.drop(sheet.code, *(colleague_row(person, sheet) for person in people[2:]))
    register = next(each for each in office.catalogue.registers if each.title.zh == "维修")
    codes = {field.label.zh: field.code for form in register.forms for field in form}
    said = {"报修日期": "2026-11-02", "报修科室": "财务科", "故障内容": "灯不亮", "故障类别": "电", "报修人": "李敏"}
    office.drop(register.base.code, {codes[label]: text for label, text in said.items()})
    office.run("2026-11-02 11:00")
    assert office.tasks("W02") == ["派修"]
    (row,) = office.master("维修")
    said = {"派给谁": "孙师傅", "派修日期": "2026-11-02", "派修人": "后主管"}
    office.answer("W02", {row["报修编号"]: {codes[label]: text for label, text in said.items()}})
    office.run("2026-11-02 12:00")
    assert office.tasks("W03") == ["完工验收"] and not office.has_worklist("W01")
    assert office.record("维修", row["报修编号"])["应办结日"] == "2026-11-05"
    assert office.figures("统计 维修登记", "维修按月") == [["2026-11", 1, 0, 1, 0, 0]]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    own = tmp_path / "procedures"
    own.mkdir()
    rows = {sheet.code: typed(sheet) for sheet in SHEETS}
    assert [code for code, those in rows.items() if those] == [
        "procedure",
        "fields",
        "stages",
        "registers",
        "statistics",
    ]
    (own / "流程定义-维修登记.xlsx").write_bytes(definition_workbook(rows, "zh"))
    people = [("W01", "郑师傅", "维修员"), ("W02", "后主管", "后勤主管")]
    return Office(tmp_path, (), people, procedures_folder=str(own))


def test_a_repair_goes_its_way(office: Office) -> None:
    codes = {
        field.label.zh: field.code for form in office.catalogue.procedures[-1].registers[0].forms for field in form
    }
    forms = {form.title.zh: form.code for form in office.catalogue.procedures[-1].registers[0].forms}

    def said(**cells: str) -> dict[str, str]:
        return {codes[label]: text for label, text in cells.items()}

    report = said(报修日期="2026-11-02", 报修地点="三楼", 故障内容="水龙头漏水", 故障类别="水", 报修人="李敏")
    office.drop(forms["报修单"], report, {**report, codes["故障类别"]: "煤气"})
    office.run("2026-11-02 09:00")
    assert [row["维修编号"] for row in office.master("维修")] == ["WX2611001"]
    assert any("煤气" in sentence for sentence in office.exceptions())
    assert office.tasks("W01") == ["维修"]
    assert office.record("维修", "WX2611001")["应办结日"] == "2026-11-05"

    office.answer("W01", {"WX2611001": said(维修情况="换了阀芯", 维修日期="2026-11-03", 维修人="郑师傅")})
    office.run("2026-11-03 09:00")
    office.answer(
        "W02", {"WX2611001": said(验收结果="不合格", 不合格原因="还滴水", 验收日期="2026-11-03", 验收人="后主管")}
    )
    office.run("2026-11-03 10:00")
    assert office.record("维修", "WX2611001")["当前状态"] == "待维修"
    assert "还滴水" in str(office.worklist("W01", "维修"))

    office.answer("W01", {"WX2611001": said(维修情况="换了龙头", 维修日期="2026-11-04", 维修人="郑师傅")})
    office.run("2026-11-04 09:00")
    office.answer("W02", {"WX2611001": said(验收结果="合格", 验收日期="2026-11-04", 验收人="后主管")})
    office.run("2026-11-04 10:00")
    assert office.record("维修", "WX2611001")["当前状态"] == "已办结"
    assert office.figures("统计", "维修按月") == [["2026-11", 1, 1, 0, 0, 0]]
