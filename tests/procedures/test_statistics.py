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


def test_what_was_ended_counts_in_no_figure(tmp_path: Path) -> None:
    """Three faults of November, one entered by mistake and ended: two remain, of which one was cleared at once."""
    people = [("SB01", "石师傅", "设备操作人员"), ("SB04", "云师傅", "设备运行人员"), ("SB02", "申主管", "设备主管")]
    office = Office(tmp_path, ["equipment_faults"], people)
    said = {"fault_text": "过热", "first_aid": "停机", "shift_note": "已告知", "fault_by": "石师傅"}
    results = {"SB0001": "已排除", "SB0002": "已排除", "SB0003": "未排除"}
    office.drop(
        "equipment_fault",
        *(
            said | {"faulty_equipment": which, "first_result": result, "fault_at": f"2026-11-03 0{at}:30"}
            for at, (which, result) in enumerate(results.items(), 1)
        ),
    )
    office.run("2026-11-03 09:00")
    by_number = {row["异常设备编号"]: row["设备异常编号"] for row in office.master("设备异常")}
    assert office.figures("统计", "设备异常按月")[0][:3] == ["2026-11", 3, 2]
    ended = {"end_reason": "误报", "ended_on": "2026-11-03", "ended_by": "申主管"}
    office.drop("fault_ended", {"fault_no": by_number["SB0002"], **ended})
    office.run("2026-11-03 10:00")
    assert office.figures("统计", "设备异常按月")[0][:3] == ["2026-11", 2, 1]
