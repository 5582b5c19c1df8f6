"""Sending what waits: recorded as it goes, tried again with patience, given up after three days."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.deliver.deliver_reports import GIVE_UP_AFTER, deliver, undelivered
from pipeline.deliver.mime_message import to_mime
from pipeline.domain.mail import Attachment, Delivery, DeliveryOutcome, Letter, Outgoing, ReplyKind, ServerReply
from pipeline.domain.rulebook import Rulebook
from schemas.language import Catalogue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class FakePostman:
    replies: dict[str, ServerReply] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def send(self, mail: Outgoing) -> ServerReply:
        self.seen.append(mail.recipient)
        return self.replies.get(mail.recipient, ServerReply(ReplyKind.TAKEN))


def mail(number: int, recipient: str, **about: object) -> Outgoing:
    return Outgoing(recipient, f"<{number}@x>", b"", number=number, queued=NOW, **about)  # type: ignore[arg-type]


def test_each_mail_is_recorded_before_the_next_is_sent() -> None:
    postman = FakePostman()
    recorded: list[tuple[int, int]] = []
    mails = deliver(
        [mail(1, "a@x.cn"), mail(2, "b@x.cn")],
        postman,
        lambda number, delivery: recorded.append((number, len(postman.seen))),
        NOW,
    )
    assert recorded == [(1, 1), (2, 2)]
    assert (mails.sent, mails.queued, mails.failed) == (2, 0, 0)


def test_one_refusal_does_not_stop_the_others() -> None:
    postman = FakePostman(
        {
            "gone@x.cn": ServerReply(ReplyKind.NEVER, "550 no such user"),
            "full@x.cn": ServerReply(ReplyKind.LATER, "452 full"),
        }
    )
    outcomes: dict[int, Delivery] = {}
    mails = deliver(
        [mail(1, "gone@x.cn"), mail(2, "full@x.cn"), mail(3, "ok@x.cn")], postman, outcomes.__setitem__, NOW
    )
    assert (mails.sent, mails.queued, mails.failed) == (1, 1, 1)
    assert [outcomes[number].outcome for number in (1, 2, 3)] == [
        DeliveryOutcome.FAILED,
        DeliveryOutcome.QUEUED,
        DeliveryOutcome.SENT,
    ]
    assert outcomes[1].problem == "550 no such user"
    next_try = outcomes[2].next_try
    assert next_try is not None
    assert next_try > NOW


def later(attempts: int) -> timedelta:
    found: dict[int, Delivery] = {}
    postman = FakePostman({"a@x.cn": ServerReply(ReplyKind.LATER, "451")})
    deliver([mail(1, "a@x.cn", attempts=attempts)], postman, found.__setitem__, NOW)
    assert found[1].attempts == attempts + 1
    assert found[1].next_try is not None
    return found[1].next_try - NOW


def test_waits_grow_and_stay_within_a_quarter_of_a_day() -> None:
    waits = [later(attempts) for attempts in range(12)]
    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=30)
    assert waits[1] > waits[0]
    assert waits[-1] == timedelta(hours=6)
    assert later(10_000) == timedelta(hours=6)


def test_a_mail_that_is_not_due_is_not_tried() -> None:
    postman = FakePostman()
    mails = deliver(
        [mail(1, "a@x.cn", next_try=NOW + timedelta(minutes=1)), mail(2, "b@x.cn", next_try=NOW)],
        postman,
        lambda number, delivery: None,
        NOW,
    )
    assert postman.seen == ["b@x.cn"]
    assert (mails.sent, mails.queued) == (1, 1)


@pytest.mark.parametrize(("age", "outcome"), [(timedelta(days=2, hours=23), "queued"), (GIVE_UP_AFTER, "failed")])
def test_after_three_days_a_mail_is_given_up(age: timedelta, outcome: str) -> None:
    found: dict[int, Delivery] = {}
    postman = FakePostman({"a@x.cn": ServerReply(ReplyKind.LATER, "451 later")})
    deliver([mail(1, "a@x.cn")], postman, found.__setitem__, NOW + age)
    assert found[1].outcome == outcome


def test_a_mail_that_was_given_up_is_a_finding_in_plain_words() -> None:
    said = Rulebook(Catalogue()).word(undelivered(mail(1, "a@x.cn"), "550 no such user"), "zh")
    assert said.sentence == "发给 a@x.cn 的邮件没有送达：550 no such user"
    assert "邮箱" in said.fix


def test_a_mail_too_large_for_the_server_goes_once_more_without_attachments_and_says_where_they_lie() -> None:
    letter = Letter("任务", "你有 3 件", "<html><body><p>你有 3 件</p></body></html>")
    content = to_mime(
        letter,
        [Attachment("任务表-K02-<b>.xlsx", b"x" * 5000)],
        sender="office@x.cn",
        recipient="k02@x.cn",
        message_id="<7@x>",
        date=NOW,
    )
    taken: list[Outgoing] = []

    class Narrow:
        def send(self, mail: Outgoing) -> ServerReply:
            if len(mail.content) > 4000:
                return ServerReply(ReplyKind.NEVER, "552 too large", too_large=True)
            taken.append(mail)
            return ServerReply(ReplyKind.TAKEN)

    outcomes: dict[int, Delivery] = {}
    waiting = [Outgoing("k02@x.cn", "<7@x>", content, number=7, queued=NOW)]
    deliver(waiting, Narrow(), outcomes.__setitem__, NOW, lambda name: f"worklists/{name}")

    assert outcomes[7] == Delivery(DeliveryOutcome.SENT, 1)
    (light,) = (email.message_from_bytes(each.content, policy=email.policy.default) for each in taken)
    assert [light["Message-ID"], light["To"], light["Subject"]] == ["<7@x>", "k02@x.cn", "任务"]
    assert list(light.iter_attachments()) == []
    text, page = (light.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert "你有 3 件" in text
    assert "worklists/任务表-K02-<b>.xlsx" in text
    assert "worklists/任务表-K02-&lt;b&gt;.xlsx" in page


def test_a_mail_too_large_by_its_own_words_is_given_up() -> None:
    outcomes: dict[int, Delivery] = {}
    postman = FakePostman({"a@x.cn": ServerReply(ReplyKind.NEVER, "552 too large", too_large=True)})
    deliver([mail(1, "a@x.cn")], postman, outcomes.__setitem__, NOW)
    assert (outcomes[1].outcome, postman.seen) == (DeliveryOutcome.FAILED, ["a@x.cn"])
