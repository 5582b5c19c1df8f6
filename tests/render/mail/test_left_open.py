"""What a mail says of what is late by hours, and of what others have left open: errors are counted, reminders apart."""

from __future__ import annotations

from pathlib import Path

from tests.procedures.test_leave import PEOPLE, leave
from tests.tools.office import Office


def test_what_is_hours_late_says_hours(tmp_path: Path) -> None:
    office = Office(tmp_path, ["planning_department"], PEOPLE)
    office.run("2026-11-02 08:00")  # a Monday; the plan of the week is due at ten
    office.run("2026-11-02 10:30")
    assert "10:00 起逾期" in office.mails("QH01")[-1]

    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other", ["planning_department"], PEOPLE)
    other.run("2026-11-02 13:05")
    letter = other.mails("QH01")[-1]
    assert "逾期 3 小时" in letter
    assert "逾期 0 天" not in letter


def test_reminders_that_others_left_open_are_no_errors(tmp_path: Path) -> None:
    office = Office(tmp_path, ["leave"], PEOPLE)
    # by telephone when it had begun: a reminder for who asks and for who decides; a number that is none: an error
    office.drop("leave_request", leave("2026-11-05 09:00", leave_way="电话报备"))
    office.drop("leave_request", leave(leave_person="文思", leave_phone="123"))
    for day in ("05", "06", "09", "10"):
        office.run(f"2026-11-{day} 18:00")
    letter = "".join(office.mails("QH02"))
    assert "他人有 1 处错误超过 1 个工作日未改" in letter
    assert "他人有 1 处提醒超过 1 个工作日未处理" in letter
