"""What is overdue is overdue everywhere: on the page, in the master, in its statistics, in a mail and in ``status``."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import pytest

from pipeline.commands.status import status
from tests.procedures.test_online_questions import PEOPLE, PHASE, SHEET, question
from tests.tools.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two online questions of Monday that fall due on Tuesday at 08:30 and 09:10."""
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    office.drop("project_phase", PHASE)
    office.drop("online_question", question("2026-11-02 08:30"), question("2026-11-02 09:10"))
    office.run("2026-11-02 11:00")
    return office


def said_by_status(office: Office, clock: time) -> int:
    found = status(office.settings, today=date(2026, 11, 3), clock=clock)
    return sum(each.overdue for each in found.registers if each.register == "online_questions")


@pytest.mark.parametrize(("clock", "late"), [("08:30", 0), ("08:31", 1), ("09:10", 1), ("18:00", 2)])
def test_what_is_due_at_an_hour_is_counted_alike_wherever_it_is_counted(office: Office, clock: str, late: int) -> None:
    office.run(f"2026-11-03 {clock}")

    rows = office.master(SHEET)
    assert sum("起逾期" in str(row["时限提醒"]) for row in rows) == late
    statistic = office.figures("统计", f"{SHEET}：按当前办理人")
    assert statistic == [["陶静", 2, late]]
    assert said_by_status(office, time.fromisoformat(clock)) == late
    looks = 1  # the page counts the whole office: nobody has looked at the sites on 2 November
    assert [int(count) for count in re.findall(r"逾期 (\d+) 件", office.page())][:1] == [late + looks]
