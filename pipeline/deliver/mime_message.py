"""From a letter and its attachments to the bytes that go over the line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.base64mime import body_encode
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from urllib.parse import quote

from pipeline.domain.mail import Attachment, Letter, parse_address

# Seven bits only: nothing depends on what the servers on the way can carry.
_POLICY = SMTP.clone(cte_type="7bit")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {".xlsx": _WORKBOOK, ".html": "text/html", ".csv": "text/csv", ".pdf": "application/pdf"}
_LONGEST_NAME = 100  # letters: nine bytes each in the header, whose lines may have 998


def to_mime(
    letter: Letter,
    attachments: Sequence[Attachment],
    *,
    sender: str,
    recipient: str,
    message_id: str,
    date: datetime,
    sender_name: str = "",
) -> bytes:
    """Return the whole message: text, HTML and attachments, to exactly one recipient.

    The same arguments give the same bytes. ValueError when *sender* or *recipient* is not exactly one bare address, or
    a header would break its line.
    """
    boundary = "=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32]
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(sender_name, addr_spec=parse_address(sender))
    message["To"] = parse_address(recipient)
    message["Subject"] = letter.subject
    message["Date"] = date
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice shall answer
    message["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    message.set_content(letter.text, cte="base64")
    message.add_alternative(letter.html, subtype="html", cte="base64")
    message.set_boundary(f"{boundary}-body")
    if attachments:
        message.make_mixed(boundary)
        for attachment in attachments:
            message.attach(_part(attachment))
    return message.as_bytes()


class _Whole(str):
    """A header that is written as it stands.

    The library would cut a long Chinese file name into ``filename*0*``, ``filename*1*``, … (RFC 2231), of which some
    mail programs show only a part or a name of their own.
    """

    name: str

    def __new__(cls, name: str, value: str) -> _Whole:
        header = super().__new__(cls, value)
        header.name = name
        return header

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the header's lines."""
        return f"{self.name}: {self}".replace("\n", policy.linesep) + policy.linesep


def _part(attachment: Attachment) -> EmailMessage:
    """Return an attachment named twice: ``filename*`` for what is right today, an encoded ``name`` for the others."""
    name = attachment.name[-_LONGEST_NAME:]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    part = EmailMessage(policy=_POLICY)
    encoded = Header(name, "utf-8", maxlinelen=70).encode(linesep="\n")
    part["Content-Type"] = _Whole(
        "Content-Type", f'{_TYPES.get(suffix, "application/octet-stream")};\n name="{encoded}"'
    )
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = _Whole(
        "Content-Disposition", f"attachment;\n filename*=utf-8''{quote(name, safe='')}"
    )
    part.set_payload(body_encode(attachment.content, eol="\r\n"))
    return part
