"""What others have left open, and what they wrote: each manager reads of the registers over which he watches, no other's."""

from __future__ import annotations

from pathlib import Path

from tests.procedures.test_equipment import equipment
from tests.procedures.test_leave import leave
from tests.tools.office import Office

PEOPLE = [
    ("SB01", "石师傅", "设备操作人员"),
    ("SB02", "简工", "点检员"),
    ("SB03", "秦主管", "设备主管"),
    ("SB04", "孙检", "点检员"),
    ("QH01", "花策", "企划专员"),
    ("QH02", "齐经理", "企划部经理"),
    ("ZH01", "郝总", "设备主管、企划部经理"),
]
LEFT = "他人未改的错误"
FAULTY_LEAVE, FAULTY_EQUIPMENT = "1393", "0"


def left_open(office: Office, person: str) -> set[str]:
    if LEFT not in office.tasks(person):
        return set()
    return {str(row["表中写法"]) for row in office.worklist(person, LEFT)}


def test_a_manager_reads_what_is_left_open_in_his_own_department_alone(tmp_path: Path) -> None:
    """A telephone of four digits in a leave, and a check every 0 days: found on Monday 11-02, left open on Wednesday."""
    office = Office(tmp_path, ["equipment", "leave"], PEOPLE)
    for person in ("花策", "简工"):
        (office.settings.inbox / person).mkdir()
    office.drop("leave_request", leave("2026-11-02 08:00", leave_phone=FAULTY_LEAVE), name="花策/请假.xlsx")
    office.drop("equipment_record", equipment(check_cycle=0), name="简工/设备.xlsx")
    office.run("2026-11-02 09:00")
    office.run("2026-11-04 09:00")
    assert left_open(office, "QH02") == {FAULTY_LEAVE}
    assert left_open(office, "SB03") == {FAULTY_EQUIPMENT}
    assert left_open(office, "ZH01") == {FAULTY_LEAVE, FAULTY_EQUIPMENT}  # who has both departments reads of both


def test_who_filled_anothers_worklist_is_told_to_the_manager_of_that_department_alone(tmp_path: Path) -> None:
    office = Office(tmp_path, ["equipment", "leave"], PEOPLE)
    office.drop("equipment_record", equipment())
    office.drop("leave_request", leave())
    office.run("2026-11-04 15:00")
    (office.settings.inbox / "花策").mkdir()
    office.run("2026-11-09 09:00")
    name = office.answer(
        "SB01",
        {
            "SB0001": {
                "check_state": "运行正常",
                "upkeep_done": "加油",
                "equipment_checked_on": "2026-11-09",
                "equipment_checked_by": "石师傅",
            }
        },
    )
    (office.settings.inbox / "孙检").mkdir()
    (office.settings.inbox / name).rename(office.settings.inbox / "孙检" / name)
    office.run("2026-11-09 10:00")
    said = "石师傅的任务表由孙检填写交回"
    assert any(said in each for each in office.mails("SB03"))
    assert any(said in each for each in office.mails("ZH01"))
    assert not any(said in each for each in office.mails("QH02"))
