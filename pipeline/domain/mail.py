"""Mails on their way out: what is written, what waits in the ledger, what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets


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
    FAILED = "failed"  # never to be tried again


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail after an attempt."""

    outcome: DeliveryOutcome
    attempts: int
    next_try: datetime | None = None
    problem: str = ""


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
