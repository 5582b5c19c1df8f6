"""Statistics of procedures as somebody opens them after some days: figures to compare, none that mislead."""

from __future__ import annotations

import io
from pathlib import Path

import lxml.html
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.procedures.test_it_service import ticket
from tests.tools.office import Office

PEOPLE = [("IT01", "马工", "运维工程师"), ("IT02", "齐主管", "运维主管")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["it_service"], PEOPLE)


def statistics(office: Office) -> Worksheet:
    content = (office.settings.outbox / "master.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content))["统计"]
    assert isinstance(sheet, Worksheet)
    return sheet


def charted(sheet: Worksheet) -> list[str]:
    return [chart.title.tx.rich.p[0].r[0].t for chart in sheet._charts]


def test_a_month_that_stands_alone_has_its_table_and_no_chart(office: Office) -> None:
    office.drop("it_ticket", ticket("2026-11-02 09:00"))
    office.run("2026-11-02 09:30")
    assert office.figures("统计", "运维按月")[0][:2] == ["2026-11", 1]
    assert "运维按月" not in charted(statistics(office))
    page = lxml.html.fromstring(office.page())
    assert not page.xpath('//h3[text()="运维按月"]/following-sibling::div[1]//*[@class="bar"]')

    office.drop("it_ticket", ticket("2026-10-30 09:00", ticket_text="打印机坏"))
    office.run("2026-11-02 10:00")
    assert "运维按月" in charted(statistics(office))
    page = lxml.html.fromstring(office.page())
    assert len(page.xpath('//h3[text()="运维按月"]/following-sibling::div[1]//*[@class="bar"]')) == 2


def test_no_table_is_empty(office: Office) -> None:
    office.run("2026-11-02 09:00")  # patrols and routine work stand, no ticket, no change, no asset
    sheet = statistics(office)
    for table in sheet.tables.values():
        assert any(cell.value for row in sheet[table.ref][1:] for cell in row[1:]), table.ref
    headings = [str(row[0].value).partition("：")[0] for row in sheet.iter_rows() if row[0].font.size == 12]
    assert {"巡检", "例行工作"} <= set(headings)
    assert not {"运维单", "变更", "资产", "运维按月", "运维按年"} & set(headings)


def test_what_ended_before_it_began_is_counted_in_no_mean(office: Office) -> None:
    office.drop("it_ticket", ticket("2026-11-02 09:00"), ticket("2026-11-02 10:00", ticket_text="打印机坏"))
    office.run("2026-11-02 10:30")
    for at, key in (("10:40", "YW2611001"), ("10:40", "YW2611002")):
        office.drop(
            "it_response",
            {"ticket_no": key, "diagnosis": "停", "responded_at": f"2026-11-02 {at}", "responded_by": "马工"},
        )
    office.run("2026-11-02 11:00")
    solved = {"resolution": "重启", "worth_keeping": "否", "resolved_by": "马工"}
    office.drop("it_resolution", {"ticket_no": "YW2611001", "resolved_at": "2026-11-02 12:00", **solved})
    office.drop("it_resolution", {"ticket_no": "YW2611002", "resolved_at": "2026-11-02 08:00", **solved})
    office.run("2026-11-02 13:00")
    # 09:00 to 12:00; the other one would be minus two hours
    assert office.figures("统计", "运维按月")[0][6] == 3
