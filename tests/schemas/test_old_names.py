"""A procedure that an office wrote for version 0.1 goes on running: its names of modules, classes and arguments are known."""

from __future__ import annotations

from pathlib import Path

from tests.tools.office import Office

WRITTEN = Path(__file__).parent / "written_for_0_1"
PEOPLE = [("P01", "刘门卫", "门卫"), ("H01", "陈主管", "后勤主管")]


def test_a_procedure_written_for_0_1_runs(tmp_path: Path) -> None:
    office = Office(tmp_path, (), PEOPLE, procedures_folder=str(WRITTEN))
    office.drop(
        "key_loan", {"room_name": "档案室", "borrower": "王建国", "lent_on": "2026-11-02", "back_by": "2026-11-06"}
    )
    office.run("2026-11-02 09:00")
    office.answer("H01", {"2611001": {"grant_answer": "同意", "granted_by": "陈主管"}})
    office.run("2026-11-02 10:00")
    assert office.record("钥匙借用", "2611001")["当前状态"] == "借出"
