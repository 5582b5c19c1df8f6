"""A mail as text: to whom, about what, both bodies, and what is attached. When it was sent and its ids are left out."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage

LEFT_OUT = {
    "date",
    "message-id",
    "references",
    "in-reply-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
}
RUN = re.compile(r"<(\d+)\.")  # how a message id begins


@dataclass(frozen=True)
class Mail:
    """What is said of a mail: the name its dump gets, its text, and its attachments with their names."""

    name: str
    text: str
    attachments: list[tuple[str, bytes]]


def mail(content: bytes) -> Mail:
    """Return the mail that *content* is, named by addressee and run."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    run = RUN.match(str(message["Message-ID"] or "").strip())
    lines = [f"{name}: {value}" for name, value in message.items() if name.lower() not in LEFT_OUT]
    attachments = []
    for part in message.walk():
        if part.is_multipart():
            continue
        if part.get_filename() or part.get_content_maintype() != "text":
            attachments.append((part.get_filename() or "unnamed", part.get_payload(decode=True)))
            lines.append(f"attached {part.get_content_type()} {attachments[-1][0]} {part.get_content_disposition()}")
        else:
            lines += ["", f"--- {part.get_content_type()}", _text(part)]
    return Mail(f"{message['To']}, run {run[1] if run else 'unknown'}", "\n".join([*lines, ""]), attachments)


def _text(part: EmailMessage) -> str:
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")
