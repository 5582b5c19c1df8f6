"""Sheets that staff add to the master live on in every next one: cells, formulas, colours, pictures of the figures."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.run import run
from pipeline.settings import Settings
from tests.intake.test_master_diff import DAY, KEY, master, put, settings  # noqa: F401
from tests.tools.customers import customers, told

RED = PatternFill("solid", fgColor="FFFFC7CE")


def add_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("我的汇总")
    page.append(["乡镇", "户数"])
    page.append(["周窝镇", 12])
    page.append(["豆村镇", 7])
    page["B4"] = "=SUM(B2:B3)"
    page["A5"] = date(2026, 11, 3)
    page["A5"].number_format = 'yyyy"年"m"月"'
    page["A1"].font = Font(name="SimHei", size=14, bold=True, color="FF9C0006")
    page["A1"].fill = RED
    page["A1"].border = Border(bottom=Side("thick", color="FF00B050"))
    page["A1"].alignment = Alignment(horizontal="center")
    page.column_dimensions["A"].width = 33
    page.merge_cells("A7:B7")
    page["A7"] = "合并的一行"
    page.conditional_formatting.add("B2:B3", CellIsRule(operator="lessThan", formula=["10"], fill=RED))
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    page.add_chart(chart, "D2")
    book.save(path)


def summary(settings: Settings) -> Worksheet:  # noqa: F811
    page = openpyxl.load_workbook(master(settings))["我的汇总"]
    assert isinstance(page, Worksheet)
    return page


def test_a_sheet_of_their_own_survives_the_next_two_runs(settings: Settings) -> None:  # noqa: F811
    add_sheet(master(settings))

    for day in (DAY, date(2026, 11, 4)):
        run(settings, today=day)

        page = summary(settings)
        assert page["B4"].value == "=SUM(B2:B3)"
        assert (page["A2"].value, page["B2"].value) == ("周窝镇", 12)
        font = page["A1"].font
        assert (font.name, font.sz, font.b, font.color.rgb) == ("SimHei", 14, True, "FF9C0006")
        assert page["A1"].fill.fgColor.rgb == "FFFFC7CE"
        assert (page["A1"].border.bottom.style, page["A1"].border.bottom.color.rgb) == ("thick", "FF00B050")
        assert page["A1"].alignment.horizontal == "center"
        assert page["A5"].number_format == 'yyyy"年"m"月"'
        assert page.column_dimensions["A"].width == 33
        assert [str(each) for each in page.merged_cells.ranges] == ["A7:B7"]
        (rules,) = page.conditional_formatting
        assert rules.rules[0].dxf.fill.bgColor.rgb == "FFFFC7CE" or rules.rules[0].dxf.fill.fgColor.rgb == "FFFFC7CE"
        assert len(page._charts) == 1
        assert told(settings) == []
    assert openpyxl.load_workbook(master(settings)).active.title == "客户"


def looks(cell: object) -> list[str]:
    return [repr(getattr(cell, name)) for name in ("number_format", "font", "fill", "border", "alignment")]


def test_our_own_pages_look_as_before_beside_theirs(settings: Settings) -> None:  # noqa: F811
    before = openpyxl.load_workbook(master(settings))["客户"]
    add_sheet(master(settings))
    run(settings, today=DAY)

    after = openpyxl.load_workbook(master(settings))["客户"]
    for old, new in zip(before.iter_rows(), after.iter_rows(), strict=True):
        for was, now in zip(old, new, strict=True):
            assert was.value == now.value
            assert looks(was) == looks(now)


def test_a_sheet_that_they_take_away_is_gone(settings: Settings) -> None:  # noqa: F811
    add_sheet(master(settings))
    run(settings, today=DAY)
    book = openpyxl.load_workbook(master(settings))
    del book["我的汇总"]
    book.save(master(settings))

    run(settings, today=DAY)

    assert "我的汇总" not in openpyxl.load_workbook(master(settings)).sheetnames


def test_a_sheet_that_leads_to_another_workbook_keeps_its_values_and_says_so(settings: Settings) -> None:  # noqa: F811
    book = openpyxl.load_workbook(master(settings))
    page = book.create_sheet("外部")
    page["A1"], page["A2"] = "=[1]Sheet1!A1", "看得见"
    book.save(master(settings))

    run(settings, today=DAY)

    kept = openpyxl.load_workbook(master(settings))["外部"]
    assert (kept["A1"].value, kept["A2"].value) == (None, "看得见")
    assert "外部" in str(told(settings))


def test_a_copy_in_the_inbox_brings_no_sheet_and_no_formula(settings: Settings) -> None:  # noqa: F811
    copy = settings.inbox / "副本.xlsx"
    copy.write_bytes(master(settings).read_bytes())
    add_sheet(copy)

    run(settings, today=DAY)

    assert "我的汇总" not in openpyxl.load_workbook(master(settings)).sheetnames


def test_one_master_twice_is_the_same_to_the_last_byte(settings: Settings) -> None:  # noqa: F811
    add_sheet(master(settings))
    run(settings, today=DAY)
    before = master(settings).read_bytes()

    assert "master.xlsx" not in run(settings, today=DAY).outputs
    assert master(settings).read_bytes() == before
    assert zipfile.ZipFile(io.BytesIO(before)).testzip() is None
    assert customers(settings)[KEY]["客户名称"] == "惠民超市"


@pytest.mark.parametrize("times", [2])
def test_edits_of_cells_and_their_own_sheet_go_together(settings: Settings, times: int) -> None:  # noqa: F811
    add_sheet(master(settings))
    run(settings, today=DAY)
    for at in range(times):
        book = openpyxl.load_workbook(master(settings))
        page = book["客户"]
        assert isinstance(page, Worksheet)
        put("负责人", f"张{at}喜")(page)
        book.save(master(settings))
        run(settings, today=DAY)
        assert customers(settings)[KEY]["负责人"] == f"张{at}喜"
        assert summary(settings)["B4"].value == "=SUM(B2:B3)"
