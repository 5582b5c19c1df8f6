"""A mail server that refuses, puts off, hangs, hangs up or limits: the run says so and ends with 4, later ones complete the work, each mail comes once."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.settings import Settings, clock, load_settings
from pipeline.settings.model import Smtp
from schemas.roster.samples import AREAS, PEOPLE
from tests.outside.test_mail import free_port
from tests.tools.customers import SHOP, drop, shops, told

DAY = date(2026, 11, 3)
ONE = "k01@example.com"
THEIRS = [
    {**SHOP, "licence_no": number, "customer_name": name, "contact_phone": phone, "shop_address": address}
    for number, name, phone, address in (
        ("131123100026", "福来超市", "13932820026", "武强县武强镇平安街1号"),
        ("131123100034", "广源商店", "13932820034", "武强县豆村镇豆村3号"),
    )
]


@dataclass
class Office:
    """What a mail server does to those who call, and what it has taken."""

    way: str = "takes all"
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.way == "puts off":
            return "451 greylisted, try again later"
        if self.way == "refuses one" and address == ONE:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.way == "hangs":
            await self.done.wait()
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken += [(to, mail) for to in envelope.rcpt_tos]
        return "250 OK"

    @property
    def ids(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for _, mail in self.taken)


class Line(SMTP):
    """Hangs up after the first bytes of a mail's text, when it is to."""

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.way != "hangs up":
            await super().smtp_DATA(arg)
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        await self._reader.read(100)
        self.transport.close()


class Server(Controller):
    limit = 1 << 25

    def factory(self) -> SMTP:
        return Line(self.handler, data_size_limit=self.limit)


@pytest.fixture
def post() -> Iterator[tuple[Office, Server]]:
    office = Office()
    server = Server(office, hostname="127.0.0.1", port=free_port())
    server.start()
    yield office, server
    server.loop.call_soon_threadsafe(office.done.set)
    server.stop()


@pytest.fixture
def settings(tmp_path: Path, post: tuple[Office, Server]) -> Settings:
    found = load_settings({"settle_seconds": 0, "clerk": "clerk@example.com"}, environ={}, folder=tmp_path).settings
    smtp = Smtp(host="127.0.0.1", port=post[1].port, starttls=False, timeout=1)
    found = found.model_copy(update={"smtp": smtp})
    found.inbox.mkdir()
    for sheet in (PEOPLE, AREAS, shops(SHOP, *THEIRS)):
        drop(found, sheet)
    return found


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def after(monkeypatch: pytest.MonkeyPatch, settings: Settings, wait: timedelta) -> RunSummary:
    """The run that comes so much later."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + wait

    with monkeypatch.context() as patched:
        patched.setattr(clock, "datetime", Later)
        return run(settings, today=DAY)


@pytest.mark.parametrize("way", ["puts off", "hangs", "hangs up"])
def test_what_fails_for_now_comes_later_and_once(
    settings: Settings, post: tuple[Office, Server], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    office, server = post
    office.way = way
    first = run(settings, today=DAY).mails
    assert (first.sent, first.failed, office.taken) == (0, 0, [])
    assert first.queued >= 3
    assert run(settings, today=DAY).mails.queued == first.queued, "not yet: nothing is tried before its time"
    office.way = "takes all"
    assert after(monkeypatch, settings, timedelta(minutes=11)).mails.sent == first.queued
    server.loop.call_soon_threadsafe(office.done.set)
    assert after(monkeypatch, settings, timedelta(minutes=30)).mails.sent == 0
    assert not [each for each in told(settings) if "邮件" in each[1]]
    if way != "hangs":  # who took a mail and did not say so has it twice: the one window
        assert set(office.ids.values()) == {1}
    assert len(office.ids) == first.queued


def test_one_recipient_that_is_refused_stops_no_other_and_is_told_to_the_office(
    settings: Settings, post: tuple[Office, Server]
) -> None:
    office, _ = post
    office.way = "refuses one"
    mails = run(settings, today=DAY).mails
    assert (mails.failed, mails.queued) == (1, 0)
    assert mails.sent >= 2
    assert {to for to, _ in office.taken}.isdisjoint({ONE})
    run(settings, today=DAY)
    (sentence,) = [each for _, each in told(settings) if ONE in each]
    assert "550" in sentence


def test_what_is_put_off_for_three_days_is_given_up_and_told_to_the_office(
    settings: Settings, post: tuple[Office, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = post
    office.way = "puts off"
    waiting = run(settings, today=DAY).mails.queued
    for hours in range(7, 96, 7):
        mails = after(monkeypatch, settings, timedelta(hours=hours)).mails
        if mails.failed:
            break
    assert mails.failed == waiting
    assert timedelta(hours=72) <= timedelta(hours=hours) < timedelta(hours=80)
    office.way = "takes all"
    after(monkeypatch, settings, timedelta(hours=hours + 1))
    assert {each for each in told(settings) if "greylisted" in each[1]}
    told_to = {to for to, mail in office.taken if "greylisted" in words(mail)}
    assert "clerk@example.com" in told_to


def test_a_server_that_takes_no_large_mail_gets_it_without_what_was_attached(
    settings: Settings, post: tuple[Office, Server]
) -> None:
    office, server = post
    server.limit = 9_000
    mails = run(settings, today=DAY).mails
    assert (mails.queued, mails.failed) == (0, 0)
    assert mails.sent == len(office.taken) >= 3
    assert not [part for _, mail in office.taken for part in mail.iter_attachments()]
    assert [to for to, mail in office.taken if "worklists/" in words(mail)]
