"""Sends the mails that wait, each recorded as it goes: what was sent stays sent, whatever happens to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.deliver.drop_attachments import without_attachments
from pipeline.domain.finding import Finding
from pipeline.domain.mail import Delivery, DeliveryOutcome, Outgoing, Postman, ReplyKind
from pipeline.domain.rulebook import found
from pipeline.domain.run_summary import MailCount

GIVE_UP_AFTER = timedelta(days=3)
_FIRST_WAIT = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(hours=6)


def deliver(
    waiting: Iterable[Outgoing],
    postman: Postman,
    record: Callable[[int, Delivery], None],
    now: datetime,
    where: Callable[[str], str] = str,
) -> MailCount:
    """Try every mail of *waiting* that is due *now* and call *record* with its number after each attempt.

    One that is too large for the server goes without its attachments; *where* tells where the file of an attachment's
    name lies.
    """
    mails = MailCount()
    for mail in waiting:
        if mail.next_try is not None and mail.next_try > now:
            mails.queued += 1
            continue
        delivery = _attempt(mail, postman, now, where)
        record(mail.number, delivery)
        setattr(mails, delivery.outcome.value, getattr(mails, delivery.outcome.value) + 1)
    return mails


def undelivered(mail: Outgoing, problem: str) -> Finding:
    """Return the finding about a mail that was given up: its address, and what the server said."""
    return found("mail.failed", value=mail.recipient, key="", problem=problem)


def _attempt(mail: Outgoing, postman: Postman, now: datetime, where: Callable[[str], str]) -> Delivery:
    reply = postman.send(mail)
    if reply.too_large and (light := without_attachments(mail.content, where)) is not None:
        reply = postman.send(replace(mail, content=light))
    attempts = mail.attempts + 1
    if reply.answer is ReplyKind.TAKEN:
        return Delivery(DeliveryOutcome.SENT, attempts)
    too_late = mail.queued is not None and now - mail.queued >= GIVE_UP_AFTER
    if reply.answer is ReplyKind.NEVER or too_late:
        return Delivery(DeliveryOutcome.FAILED, attempts, problem=reply.problem)
    return Delivery(DeliveryOutcome.QUEUED, attempts, now + _wait(attempts), reply.problem)


def _wait(attempts: int) -> timedelta:
    return min(_FIRST_WAIT * (1 << min(attempts - 1, 10)), _LONGEST_WAIT)
