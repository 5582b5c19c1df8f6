"""A draft from an office's own blank form: its labels, lists, stars and colours, number formats, and who signs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.definitions.definition_workbook import definition_workbook
from pipeline.definitions.draft_definition import draft_definition
from pipeline.definitions.drawn_procedures import judge_content
from pipeline.read.formats.refusal import Refusal
from schemas.language.catalogue import load_catalogue
from tests.tools.command import pipeline


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def repairs() -> bytes:
    """A blank list: 维修登记表, as an office prints it."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "维修登记表"
    sheet.merge_cells("A1:H1")
    labels = (
        "序号",
        "报修日期*",
        "报修部门",
        "故障内容*",
        "紧急程度",
        "联系电话",
        "预计费用",
        "报修人（必填）",
        "审批意见",
        "审批人签字",
        "审批日期",
    )
    for column, label in enumerate(labels, 1):
        sheet.cell(3, column, label)
    for row in range(4, 20):
        sheet.cell(row, 2).number_format = "yyyy-mm-dd"
        sheet.cell(row, 7).number_format = "#,##0.00"
    rule = DataValidation(type="list", formula1='"紧急,一般"')
    rule.add("E4:E30")
    sheet.add_data_validation(rule)
    sheet["C3"].font = Font(color="FFFF0000")
    return saved(book)


def card() -> bytes:
    """A blank card: labels with room beside them, boxes to tick."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    rows = (
        ("物品领用单",),
        ("领用单号：", None, "领用日期：", None),
        ("物品名称", None, "领用数量", None),
        ("是否归还", "□是 □否", "领用人", None),
    )
    for row in rows:
        sheet.append(row)
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFFF2CC")
    return saved(book)


def test_a_list_becomes_two_forms_where_somebody_else_signs() -> None:
    draft = draft_definition([("维修登记表", repairs())])
    fields = {row["field"]: row for row in draft.rows["fields"]}
    assert [row["form"] for row in draft.rows["fields"] if row.get("form")] == ["维修登记表", "维修审批单"]
    assert fields["报修日期"]["kind"] == "日期" and fields["报修日期"]["required"] == "是"
    assert fields["紧急程度"]["options"] == "紧急、一般"
    assert fields["联系电话"]["kind"] == "电话" and "required" not in fields["联系电话"]
    assert fields["预计费用"]["kind"] == "金额"
    assert fields["报修部门"]["required"] == "是"  # red
    assert fields["报修人"]["means"] == "填表人" and fields["报修人"]["required"] == "是"
    assert fields["审批意见"]["options"] == "同意、退回"
    assert fields["审批人签字"]["means"] == "办理人" and fields["审批日期"]["means"] == "办理日期"
    assert [row.get("stage", "") for row in draft.rows["stages"]] == ["维修登记", "审批", ""]
    unsure = {draft.rows["fields"][at]["field"] for sheet, at in draft.doubts if sheet == "fields"}
    assert {"维修编号", "报修部门", "审批意见"} <= unsure and "报修日期" not in unsure


def test_a_card_is_read_beside_its_labels() -> None:
    draft = draft_definition([("物品领用单", card())])
    fields = {row["field"]: row for row in draft.rows["fields"]}
    assert list(fields) == ["领用单号", "领用日期", "物品名称", "领用数量", "是否归还", "领用人"]
    assert fields["领用单号"]["key"] == "是"
    assert fields["是否归还"]["options"] == "是、否"
    assert fields["物品名称"]["required"] == "是"


@pytest.mark.parametrize("form", [repairs, card])
def test_the_draft_is_a_right_definition_with_its_guesses_in_yellow(form: Any) -> None:
    draft = draft_definition([("x", form())])
    content = definition_workbook(draft.rows, "zh", draft.doubts)
    compiled = judge_content("x.xlsx", content, load_catalogue().procedures)
    assert compiled is not None
    assert [(each.sheet, each.cell, each.what.zh) for each in compiled.mistakes] == []
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["台账"]["A2"].fill.fgColor.rgb == "FFFFE8CC"
    assert book["流程"]["A2"].fill.fgColor.rgb != "FFFFE8CC"  # its title is not guessed


def test_what_is_no_form_is_refused() -> None:
    for content in (b"not a workbook at all, but long enough", saved(openpyxl.Workbook())):
        with pytest.raises(Refusal):
            draft_definition([("x", content)])


def test_the_commands_write_workbooks_and_never_over_one(tmp_path: Path) -> None:
    (tmp_path / "空表.xlsx").write_bytes(repairs())
    done = pipeline(tmp_path, "procedures", "--from-form", "空表.xlsx")
    assert (done.returncode, done.stdout.strip()) == (0, "流程定义-维修.xlsx"), done.stderr
    assert pipeline(tmp_path, "check", "流程定义-维修.xlsx").returncode == 0
    again = pipeline(tmp_path, "procedures", "--from-form", "空表.xlsx")
    assert again.returncode != 0 and "没有覆盖" in again.stderr
    done = pipeline(tmp_path, "procedures", "--as-workbook", "complaints", "--to", "投诉.xlsx")
    assert done.returncode == 0, done.stderr
    assert "投诉登记表" in [
        cell.value for row in openpyxl.load_workbook(tmp_path / "投诉.xlsx")["栏目"] for cell in row
    ]
    lost = pipeline(tmp_path, "procedures", "--as-workbook", "nothing")
    assert lost.returncode == 2 and "没有流程 nothing" in lost.stderr
