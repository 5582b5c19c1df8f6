"""Several procedures in one office: one master with its contents, edited where it lies like any other."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.procedures.test_complaints import PEOPLE as COMPLAINT_PEOPLE
from tests.procedures.test_complaints import complaint
from tests.procedures.test_installation import CONTRACT
from tests.procedures.test_installation import PEOPLE as INSTALLERS
from tests.tools.office import Office


def test_the_contents_lead_to_every_page_and_a_cell_changed_in_the_master_is_taken(tmp_path: Path) -> None:
    office = Office(tmp_path, ["complaints", "installation"], [*COMPLAINT_PEOPLE, *INSTALLERS])
    office.drop("install_contract", CONTRACT)
    office.drop("complaint", complaint())
    office.run("2026-11-02 09:00")
    listed = office.master("目录")
    assert [(row["流程"], row["工作表"], row["数量"]) for row in listed][:2] == [
        ("客户投诉处理", "客户投诉", 1),
        ("客户投诉处理", "统计 客户投诉处理", None),
    ]
    pages = office.pages()[1:]
    assert [row["工作表"] for row in listed if row["工作表"] in pages] == pages
    # a register in which nothing stands is named with its nought, and has no page
    assert {row["数量"] for row in listed if row["工作表"] not in pages} == {0}

    path = office.settings.outbox / "master.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["入网安装"]
    (cell,) = [each for row in sheet for each in row if each.value == "周窝村12号"]
    cell.value = "周窝村21号"
    book.save(path)
    summary = office.run("2026-11-02 10:00")

    assert (summary.rows.accepted, office.exceptions()) == (1, [])
    assert office.record("入网安装", "A1")["安装地点"] == "周窝村21号"
    assert office.pages()[0] == "目录"
