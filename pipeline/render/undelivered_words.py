"""What is said of mails that have not arrived, wherever it is said: by a run, status, doctor, and in the administrator's mail."""

from __future__ import annotations

from pipeline.domain.mail import Undelivered
from pipeline.domain.redaction import mask_numbers, one_line
from schemas.language import Localized

TO_RESEND = "pipeline mails --resend"
TO_LET_GO = "pipeline mails --let-go"


def undelivered_sentence(mails: Undelivered) -> Localized:
    """Return how many have not arrived, since when, and the server's words; empty where all have."""
    count = mails.waiting + mails.given_up
    if not count:
        return Localized("", "")
    since = f"{mails.since:%Y-%m-%d %H:%M}" if mails.since else ""
    said = [mask_numbers(one_line(words)) for words in mails.said]
    return Localized(
        f"{count} 封邮件没有送达（待重发 {mails.waiting}，放弃 {mails.given_up}）"
        + (f"，最早一封写于 {since}" if since else "")
        + (f"；服务器说：{'；'.join(said)}" if said else ""),
        f"{count} mails not delivered ({mails.waiting} to be tried again, {mails.given_up} given up)"
        + (f", the oldest of {since}" if since else "")
        + (f"; the server says: {'; '.join(said)}" if said else ""),
    )


def undelivered_advice(mails: Undelivered) -> Localized:
    """Return what to do about them: those given up wait for somebody."""
    if mails.given_up:
        return Localized(
            f"放弃的不再重试：邮箱不对的改人员表，服务器好了运行 {TO_RESEND}，不用再发的运行 {TO_LET_GO}",
            "those given up are tried no more: mend a wrong address on the staff sheet; once the server is well run "
            f"{TO_RESEND}; if they need not arrive run {TO_LET_GO}",
        )
    return Localized(
        "会自己再试，三天为止；pipeline doctor 检查邮件设置",
        "they are tried again, for three days; pipeline doctor checks the mail settings",
    )
