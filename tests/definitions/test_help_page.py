"""``docs/zh/画流程.md``, followed literally: its tables typed into a workbook make 维修登记, which is then worked with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.definitions.definition_workbook import RowCells, definition_workbook
from pipeline.definitions.sheets import SHEETS, DefinitionSheet
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
