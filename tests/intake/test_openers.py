"""Who is named as having begun a record: nobody of the office, or somebody whose step it was not, is told who watches over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_arrivals_and_pickups import PEOPLE, arrival, pick
from tests.tools.office import Office

STRANGER = "“到货通知”填的是“路人”（2 行），人员表中没有此人"
KEEPER = "“到货通知”填的是“钱仓”（1 行），应由计划员办理"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["arrivals_and_pickups"], PEOPLE)


def said(office: Office, person: str) -> list[str]:
    return [line for mail in office.mails(person) for each in mail.splitlines() if "填的是" in (line := each.strip())]


def test_a_name_that_nobody_has_and_one_without_the_role_are_told_once_to_who_watches_over_the_tasks(
    office: Office,
) -> None:
    office.drop("arrival_order", arrival("RK1", arrival_by="路人"), arrival("RK2", arrival_by="钱仓"), arrival("RK3"))
    office.drop("arrival_order", arrival("RK4", arrival_by="路人"), arrival("RK5", arrival_by="郑强"))
    office.drop("pick_order", pick("CK1"))
    office.run("2026-11-02 09:00")
    told = said(office, "CK03")
    assert len(told) == 2 and any(STRANGER in each for each in told) and any(KEEPER in each for each in told)
    assert said(office, "CK01") == said(office, "CK02") == []
    assert len(office.master("入库任务")) == 5  # they are taken

    office.drop("arrival_order", arrival("RK1", arrival_by="路人"), arrival("RK2", arrival_by="钱仓"), name="再交.xlsx")
    office.run("2026-11-02 15:00")  # what was said before is said by nobody anew
    assert said(office, "CK03") == told


def test_an_office_in_which_nobody_has_the_role_is_told_of_strangers_alone(tmp_path: Path) -> None:
    office = Office(tmp_path, ["arrivals_and_pickups"], [each for each in PEOPLE if each[2] != "计划员"])
    office.drop("arrival_order", arrival("RK1", arrival_by="路人"), arrival("RK2", arrival_by="钱仓"))
    office.run("2026-11-02 09:00")
    assert [each.split("（")[0] for each in said(office, "CK03")] == ["- “到货通知”填的是“路人”"]
