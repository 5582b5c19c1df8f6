"""A sheet in somebody's own folder that bears another's name: whose name it is reads of it, and of a name of nobody the manager."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.procedures.test_first_contact import PEOPLE, matter
from tests.tools.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["first_contact"], PEOPLE)
    office.run("2026-11-02 09:00")
    return office


def hand_in(office: Office, folder: str, by: str) -> None:
    name = office.drop("matter", matter(by=by))
    (office.settings.inbox / folder).mkdir(exist_ok=True)
    shutil.move(office.settings.inbox / name, office.settings.inbox / folder / name)


def test_a_registration_in_a_colleagues_name_is_told_to_the_colleague(office: Office) -> None:
    hand_in(office, "吴刚", "周婷")
    office.run("2026-11-02 10:00")
    told = "吴刚交来的“首接登记表”写的是您的名字（1 行），已按您登记"
    assert any(told in each for each in office.mails("KF01"))
    assert not any("写的是您的名字" in each for each in office.mails("KF02"))


def test_the_own_name_is_told_to_nobody(office: Office) -> None:
    hand_in(office, "周婷", "周婷")
    office.run("2026-11-02 10:00")
    assert office.exceptions() == []


def test_a_name_that_nobody_bears_is_told_to_who_watches_over_the_register(office: Office) -> None:
    hand_in(office, "吴刚", "王莫")
    office.run("2026-11-02 10:00")
    assert any("签的是“王莫”（1 行），在岗人员中没有此人" in each for each in office.mails("KF03"))
