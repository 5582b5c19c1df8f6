"""Postmen against a real server in this process: what is taken, what is tried later, what never."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from pipeline.domain.mail import Outgoing, ReplyKind, ServerReply
from pipeline.outside.mail import FilePostman, SmtpPostman, postman

MAIL = Outgoing("wang@office.cn", "<1.K01@ruwang>", b"Subject: x\r\n\r\n.dot\r\n", number=1)


@dataclass
class Server:
    """A mail server that says to each command what the test wants."""

    replies: dict[str, str] = field(default_factory=dict)
    taken: list[Any] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.sessions.add(id(session))
        envelope.mail_from = address
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        return self.replies.get(address, "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        reply = self.replies.get("DATA", "250 OK")
        if reply.startswith("250"):
            self.taken.append(envelope)
        return reply


@dataclass(frozen=True)
class Line:
    host: str = "127.0.0.1"
    port: int = 0
    starttls: bool = False
    user: str = ""
    secret: str = ""
    sender: str = "ruwang@office.cn"
    timeout: float = 5


def let_in(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"right", handled=False)


@pytest.fixture
def server() -> Iterator[tuple[Server, int]]:
    handler = Server()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=0,
        data_size_limit=2000,
        authenticator=let_in,
        auth_require_tls=False,
    )
    controller.port = free_port()
    controller.start()
    yield handler, controller.port
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def send(port: int, mail: Outgoing = MAIL, **line: Any) -> ServerReply:
    with SmtpPostman(Line(port=port, **line)) as sender:
        return sender.send(mail)


def test_a_mail_arrives_with_its_bytes(server: tuple[Server, int]) -> None:
    handler, port = server
    assert send(port).answer is ReplyKind.TAKEN
    (taken,) = handler.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("ruwang@office.cn", ["wang@office.cn"])
    assert taken.content == MAIL.content


def test_one_connection_serves_a_run(server: tuple[Server, int]) -> None:
    handler, port = server
    with SmtpPostman(Line(port=port)) as sender:
        assert [sender.send(MAIL).answer for _ in range(3)] == [ReplyKind.TAKEN] * 3
    assert len(handler.sessions) == 1


@pytest.mark.parametrize(
    ("replies", "answer"),
    [
        ({"wang@office.cn": "550 no such user"}, ReplyKind.NEVER),
        ({"wang@office.cn": "451 greylisted, try later"}, ReplyKind.LATER),
        ({"DATA": "554 looks like spam"}, ReplyKind.NEVER),
        ({"DATA": "452 mailbox full"}, ReplyKind.LATER),
        ({"MAIL": "550 you may not send from here"}, ReplyKind.LATER),
        ({"MAIL": "421 going down"}, ReplyKind.LATER),
    ],
)
def test_refusals_are_for_now_or_for_ever(
    server: tuple[Server, int], replies: dict[str, str], answer: ReplyKind
) -> None:
    handler, port = server
    handler.replies = replies
    reply = send(port)
    assert reply.answer is answer
    assert next(iter(replies.values()))[:3] in reply.problem
    assert handler.taken == []


def test_after_a_refusal_the_next_mail_goes(server: tuple[Server, int]) -> None:
    handler, port = server
    handler.replies = {"gone@office.cn": "550 no such user"}
    with SmtpPostman(Line(port=port)) as sender:
        assert sender.send(Outgoing("gone@office.cn", "<2@x>", b"x")).answer is ReplyKind.NEVER
        assert sender.send(MAIL).answer is ReplyKind.TAKEN
    assert len(handler.taken) == 1


def test_a_mail_over_the_servers_limit_is_never_taken(server: tuple[Server, int]) -> None:
    _, port = server
    reply = send(port, Outgoing("wang@office.cn", "<3@x>", b"x" * 3000))
    assert (reply.answer, reply.too_large) == (ReplyKind.NEVER, True)
    assert "552" in reply.problem


def test_a_dead_server_costs_one_try_a_run() -> None:
    tries = []

    def connect() -> smtplib.SMTP:
        tries.append(1)
        raise TimeoutError("timed out")

    with SmtpPostman(Line(), connect) as sender:
        replies = [sender.send(MAIL) for _ in range(3)]
    assert [reply.answer for reply in replies] == [ReplyKind.LATER] * 3
    assert len(tries) == 1
    assert "timed out" in replies[2].problem


def test_a_line_dropped_within_the_data_is_tried_later_on_a_new_one(server: tuple[Server, int]) -> None:
    handler, port = server
    with SmtpPostman(Line(port=port)) as sender:
        assert sender.send(MAIL).answer is ReplyKind.TAKEN
        assert sender._server is not None
        assert sender._server.sock is not None
        sender._server.sock.shutdown(socket.SHUT_RDWR)
        assert sender.send(MAIL).answer is ReplyKind.LATER
        assert sender.send(MAIL).answer is ReplyKind.TAKEN
    assert len(handler.taken) == 2


def test_a_server_without_starttls_gets_no_mail_when_it_is_demanded(server: tuple[Server, int]) -> None:
    handler, port = server
    reply = send(port, starttls=True, user="u", secret="right")
    assert reply.answer is ReplyKind.LATER
    assert "STARTTLS" in reply.problem
    assert handler.taken == []


def test_a_wrong_password_is_said_without_showing_it(server: tuple[Server, int]) -> None:
    handler, port = server
    reply = send(port, user="u", secret="wr0ng-pass")
    assert reply.answer is ReplyKind.LATER
    assert "password" in reply.problem
    assert "wr0ng-pass" not in reply.problem
    assert handler.taken == []
    assert send(port, user="u", secret="right").answer is ReplyKind.TAKEN


def test_reaching_says_what_is_wrong(server: tuple[Server, int]) -> None:
    _, port = server
    with SmtpPostman(Line(port=port)) as sender:
        assert sender.reach() == ""
    with SmtpPostman(Line(port=free_port())) as sender:
        assert "refused" in sender.reach()


def test_without_a_server_mails_are_files(tmp_path: Path) -> None:
    sender = postman(Line(host=""), tmp_path / "mail")
    assert isinstance(sender, FilePostman)
    for _ in range(2):
        assert sender.send(MAIL).answer is ReplyKind.TAKEN
    (path,) = (tmp_path / "mail").iterdir()
    assert path.name.startswith("wang@office.cn-")
    assert path.suffix == ".eml"
    assert message_from_bytes(path.read_bytes())["Subject"] == "x"
