"""Nobody turns a colleague's mail to himself unseen: a changed address is told to the old one, the new one and the manager."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import drop, new_office, told

DAY = date(2026, 11, 3)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    run(found, today=DAY)
    return found


def moved(number: str = "K02", address: str = "thief@example.net") -> Filled:
    rows = [dict(each) for each in PEOPLE.records if each["staff_no"] == number]
    return replace(PEOPLE, name="新人员表.xlsx", records=tuple({**each, "staff_email": address} for each in rows))


def mails(settings: Settings) -> list[EmailMessage]:
    found = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in settings.mail_folder.glob("*.eml")
    ]
    return [each for each in found if isinstance(each, EmailMessage)]


def notices(settings: Settings) -> dict[str, str]:
    return {
        each["To"]: each.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        for each in mails(settings)
        if "邮箱已改" in each["Subject"]
    }


def test_a_new_address_is_told_to_both_addresses_once_and_stands_at_its_cell(settings: Settings) -> None:
    drop(settings, moved())
    run(settings, today=DAY)
    assert notices(settings).keys() == {"k02@example.com", "thief@example.net"}
    for text in notices(settings).values():
        assert "李秀英" in text and "k02@example.com，现在改发到 thief@example.net" in text
    assert [sentence for _, sentence in told(settings) if "改发" in sentence] == [
        "李秀英的邮件由 k02@example.com 改发到 thief@example.net，不是经理本人提交的"
    ]
    run(settings, today=DAY)
    assert len([each for each in mails(settings) if "邮箱已改" in each["Subject"]]) == 2


def test_the_managers_are_told_by_mail(settings: Settings) -> None:
    before = len([each for each in mails(settings) if each["To"] == "s01@example.com"])
    drop(settings, moved())
    run(settings, today=DAY)
    letters = [each.get_body(("plain",)).get_content() for each in mails(settings) if each["To"] == "s01@example.com"]  # type: ignore[union-attr]
    assert len(letters) == before + 1
    assert any("thief@example.net" in text for text in letters)


def test_what_the_manager_hands_in_is_in_force_without_a_word(settings: Settings) -> None:
    drop(settings, moved(), name="赵敏/新人员表.xlsx")
    run(settings, today=DAY)
    assert notices(settings) == {}
    assert not [sentence for _, sentence in told(settings) if "改发" in sentence]


def test_a_colleague_s_folder_is_not_the_manager_s(settings: Settings) -> None:
    drop(settings, moved("S01"), name="李秀英/新人员表.xlsx")
    run(settings, today=DAY)
    assert notices(settings).keys() == {"s01@example.com", "thief@example.net"}


def test_it_is_told_for_a_week(settings: Settings) -> None:
    drop(settings, moved())
    run(settings, today=DAY)
    run(settings, today=DAY + timedelta(days=8))
    assert not [sentence for _, sentence in told(settings) if "改发" in sentence]


def test_a_first_address_redirects_nobody(settings: Settings) -> None:
    new = {**PEOPLE.records[1], "staff_no": "K09", "staff_name": "孙九", "staff_email": "k09@example.com"}
    drop(settings, replace(PEOPLE, name="新人.xlsx", records=(new,)))
    run(settings, today=DAY)
    assert notices(settings) == {}
