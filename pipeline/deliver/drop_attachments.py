"""A mail that a server finds too large, made anew without its attachments: it says where they lie instead."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

# Seven bits only, as the mail was composed.
_POLICY = email.policy.SMTP.clone(cte_type="7bit")
_OF_THE_BODY = {"content-type", "content-transfer-encoding", "mime-version"}


def without_attachments(content: bytes, where: Callable[[str], str]) -> bytes | None:
    """Return the message *content* with a note in place of its attachments; None when it has none.

    *where* tells from an attachment's name where the file lies. Sender, recipient, subject and Message-ID stay.
    """
    whole = email.message_from_bytes(content, policy=_POLICY)
    names = [part.get_filename() or "" for part in whole.iter_attachments()] if whole.is_multipart() else []
    if not names:
        return None
    light = EmailMessage(policy=_POLICY)
    for name, value in whole.items():
        if name.lower() not in _OF_THE_BODY:
            light[name] = value
    places = "\n".join(f"- {where(name)}" for name in names)
    note = f"附件超过邮件服务器的限制，没有随信寄出，请在共享文件夹中打开：\n{places}\n"
    note += "Too large for the mail server, therefore not attached. Please open in the shared folder."
    text, page = (whole.get_body((kind,)) for kind in ("plain", "html"))
    light.set_content(f"{text.get_content() if text else ''}\n{note}\n", cte="base64")
    if page is not None:
        shown = "<p>" + escape(note).replace("\n", "<br>") + "</p>"
        before, end, after = page.get_content().rpartition("</body>")
        light.add_alternative(f"{before}{shown}{end}{after}" if end else after + shown, subtype="html", cte="base64")
    return light.as_bytes()
