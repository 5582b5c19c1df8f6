"""Mails on their way out: what is written, what waits in the ledger, what became of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pipeline.domain.json_values import JsonObject

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
_OF_A_PERSON = re.compile(r"<\d+\.(?P<reader>.+)\.\d{14}@ruwang\.invalid>")
_CLERK = "clerk"
_REASONS_TOLD = 3
_OVERNIGHT = timedelta(days=1)


def digest_id(run: int, person: str, now: datetime) -> str:
    """Return the Message-ID of what *run* tells *person* (a staff number, "" for the clerk)."""
    return f"<{run}.{person or _CLERK}.{now:%Y%m%d%H%M%S}@ruwang.invalid>"


def notice_id(run: int, change: str, which: str, now: datetime) -> str:
    """Return the Message-ID of a notice to the old or new address of a changed one: it belongs to that address, to no person."""
    return f"<{run}.{change}.{which}.{now:%Y%m%d%H%M%S}@notice.ruwang.invalid>"


def reader_of(message_id: str) -> str | None:
    """Return whom a mail is for (as ``digest_id`` was told), None where it is for an address alone."""
    found = _OF_A_PERSON.fullmatch(message_id)
    return None if found is None else "" if found["reader"] == _CLERK else found["reader"]


def parse_address(text: str) -> str:
    """Return *text* without outer blanks when it is exactly one bare mail address; else raise ValueError.

    No display name, no list, no quoted part and no letters beyond ASCII: what is left cannot add a recipient or a
    header.
    """
    address = text.strip(" ")
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise ValueError(f"not one mail address: {text!r}")
    return address


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in plain text and in HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that waits in the ledger. ``content`` is the whole message as it goes over the line."""

    recipient: str
    message_id: str
    content: bytes
    number: int = 0
    """Given by the ledger, ascending."""
    attempts: int = 0
    queued: datetime | None = None
    """When it was queued: after some days it is given up."""
    next_try: datetime | None = None
    """Not to be tried before."""


class DeliveryOutcome(StrEnum):
    """What became of a mail; the ledger keeps these words."""

    SENT = "sent"
    QUEUED = "queued"  # to be tried again
    FAILED = "failed"  # never to be tried again, until somebody says so
    LET_GO = "let go"  # given up, and somebody has said that it is well so


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail after an attempt."""

    outcome: DeliveryOutcome
    attempts: int
    next_try: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class UndeliveredMail:
    """One mail that has not arrived, with what the server said last."""

    mail: Outgoing
    problem: str
    given_up: bool


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The mails that have not arrived: how many wait to be tried again, how many were given up and nobody has acted on."""

    waiting: int = 0
    given_up: int = 0
    since: datetime | None = None
    """When the oldest of them was written."""
    said: tuple[str, ...] = ()
    """What the server says, the most frequent first."""
    overnight: bool = False
    """Whether the oldest has waited for a day: short of that, servers that put off what they do not know are no news."""

    @classmethod
    def of(cls, mails: Iterable[UndeliveredMail], now: datetime) -> Undelivered:
        """Sum up *mails* as of *now*, moments in its zone."""
        every = list(mails)
        given_up = sum(each.given_up for each in every)
        said = Counter(each.problem for each in every if each.problem).most_common(_REASONS_TOLD)
        queued = [each.mail.queued for each in every if each.mail.queued]
        since = min(queued).astimezone(now.tzinfo) if queued else None
        overnight = since is not None and now - since >= _OVERNIGHT
        return cls(len(every) - given_up, given_up, since, tuple(words for words, _ in said), overnight)

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        since = self.since.isoformat(timespec="minutes") if self.since else ""
        return {"waiting": self.waiting, "given_up": self.given_up, "since": since, "said": list(self.said)}


class ReplyKind(StrEnum):
    """What a mail server says to one mail."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ServerReply:
    """The server's answer, with its own words when it did not take the mail."""

    answer: ReplyKind
    problem: str = ""
    too_large: bool = False
    """The mail was refused for its size alone."""


class Postman(Protocol):
    """Takes mails to where they are delivered. Never raises for what the server or the line does."""

    def send(self, mail: Outgoing) -> ServerReply:
        """Hand over one mail."""
