"""Who is named as having begun a record and is nobody of the office is told to who watches over it, once for all rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_complaints import PEOPLE, complaint
from tests.tools.office import Office

STRANGER = "“投诉登记”填的是“路人”（2 行），人员表中没有此人"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["complaints"], PEOPLE)


def said(office: Office, person: str) -> list[str]:
    return [line for mail in office.mails(person) for each in mail.splitlines() if "填的是" in (line := each.strip())]


def test_a_name_that_nobody_has_is_told_once_to_who_watches_over_the_register(office: Office) -> None:
    strangers = [complaint(complainant=name, taken_by="路人") for name in ("惠民超市", "利民商店")]
    office.drop("complaint", *strangers, complaint(complainant="东方商店"), name="登记.xlsx")
    office.run("2026-11-02 09:00")
    (line,) = said(office, "TS02")
    assert STRANGER in line
    assert said(office, "TS01") == said(office, "TS03") == []
    assert len(office.master("客户投诉")) == 3  # they are taken

    office.drop("complaint", *strangers, name="再交.xlsx")
    office.run("2026-11-02 15:00")  # what was said before is said by nobody anew
    assert said(office, "TS02") == [line]
