"""A sheet takes the place of an earlier one only where it says the same: another form's sheet about its records mends nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.procedures.test_complaints import PEOPLE, complaint, solution
from tests.tools.office import Office

FAULTY = "投诉日期“2026-11-20”还没有到"


def _complaints(*days: str) -> list[dict[str, Any]]:
    return [complaint(complained_on=day, complainant=name) for day, name in zip(days, "甲乙丙", strict=True)]


def _returned(office: Office) -> list[str]:
    return sorted(path.name for path in (office.settings.outbox / "returns").rglob("*.xlsx"))


def _office(folder: Path) -> Office:
    """Of three complaints the third is dated ahead: it has no number yet, and comes back."""
    office = Office(folder, ["complaints"], PEOPLE)
    office.drop("complaint", *_complaints("2026-11-02", "2026-11-02", "2026-11-20"), name="投诉.xlsx")
    office.run("2026-11-02 09:00")
    assert [row["投诉编号"] for row in office.master("客户投诉")] == ["261101", "261102"]
    assert (office.exceptions(), _returned(office)) == ([FAULTY], ["投诉.xlsx"])
    return office


def test_a_sheet_of_the_next_step_about_all_its_records_leaves_its_error_open(tmp_path: Path) -> None:
    office = _office(tmp_path)
    solutions = [{"complaint_no": number, **solution()} for number in ("261101", "261102")]
    office.drop("complaint_solution", *solutions, name="方案.xlsx")
    office.run("2026-11-03 09:00")
    assert {row["当前状态"] for row in office.master("客户投诉")} == {"待审批"}
    assert (office.exceptions(), _returned(office)) == ([FAULTY], ["投诉.xlsx"])


def test_the_senders_own_copy_mended_under_another_name_settles_it(tmp_path: Path) -> None:
    office = _office(tmp_path)
    office.drop("complaint", *_complaints("2026-11-02", "2026-11-02", "2026-11-02"), name="重报.xlsx")
    office.run("2026-11-03 09:00")
    assert len(office.master("客户投诉")) == 3
    assert (office.exceptions(), _returned(office)) == ([], [])
