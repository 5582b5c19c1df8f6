"""A mail that did not arrive, addressed anew: its reader has another address by now."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from pipeline.domain.mail import Outgoing, parse_address

# Seven bits only, as the mail was composed.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")


def readdress(mail: Outgoing, address: str) -> Outgoing:
    """Return *mail* for *address*: all but the line To is as it was. ValueError when it is not exactly one address."""
    recipient = parse_address(address)
    head, gap, body = mail.content.partition(b"\r\n\r\n")
    headers = email.message_from_bytes(head + gap, policy=_POLICY)
    headers.replace_header("To", recipient)
    return replace(mail, recipient=recipient, content=headers.as_bytes().removesuffix(b"\r\n\r\n") + gap + body)
