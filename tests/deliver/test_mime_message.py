"""Messages as mail programs get them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from pipeline.deliver.mime_message import to_mime
from pipeline.domain.mail import Attachment, Letter, parse_address

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=8)))
LETTER = Letter("【营销部】5 件待办，2 件已逾期", "您好\n.\n第三行", "<p>您好</p>")
LONG = "K01-王建国-" + "新开店铺核对任务" * 8 + ".xlsx"


def composed(*attachments: Attachment, **changed: Any) -> bytes:
    about = {
        "sender": "ruwang@office.cn",
        "recipient": "wang@office.cn",
        "message_id": "<1.K01@ruwang>",
        "date": NOON,
        **changed,
    }
    return to_mime(changed.pop("letter", LETTER), attachments, **{k: v for k, v in about.items() if k != "letter"})


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def text(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_mail_says_the_letter_in_text_and_html() -> None:
    message = read(composed())
    assert message["Subject"] == LETTER.subject
    assert message["To"] == "wang@office.cn"
    assert message["Date"].datetime == NOON
    assert message["Message-ID"] == "<1.K01@ruwang>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert text(message, "plain") == LETTER.text + "\n"
    assert text(message, "html") == LETTER.html + "\n"


def test_the_office_is_the_sender() -> None:
    assert read(composed(sender_name='营销部, "一"'))["From"].addresses[0].display_name == '营销部, "一"'


@pytest.mark.parametrize("name", ["K01-王建国.xlsx", LONG, "plain.xlsx", 'a"; x=y.xlsx', "a b;c.xlsx"])
def test_attachments_keep_name_and_bytes(name: str) -> None:
    content = bytes(range(256)) * 50
    message = read(composed(Attachment(name, content), Attachment("二.xlsx", b"2")))
    first, second = message.iter_attachments()
    assert first.get_filename() == name
    assert first.get_content() == content
    assert first.get_content_type().endswith("spreadsheetml.sheet")
    assert second.get_filename() == "二.xlsx"


def test_a_long_name_is_in_one_piece_and_also_told_the_old_way() -> None:
    content = composed(Attachment(LONG, b"x"))
    assert b"filename*0" not in content
    (old,) = [part.get_param("name") for part in message_from_bytes(content).walk() if part.get_param("name")]
    assert str(make_header(decode_header(str(old)))) == LONG
    assert max(len(line) for line in content.split(b"\r\n")) < 998


def test_lines_are_as_mail_servers_want_them() -> None:
    content = composed(Attachment("一.xlsx", b"\n.\r\n"))
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")


def test_equal_mails_are_equal_bytes() -> None:
    assert composed(Attachment("一.xlsx", b"x")) == composed(Attachment("一.xlsx", b"x"))
    assert composed() != composed(message_id="<2.K01@ruwang>")


@pytest.mark.parametrize(
    "address",
    [
        "a@b.cn, evil@x.cn",
        "a@b.cn;evil@x.cn",
        "a@b.cn evil@x.cn",
        "Wang <a@b.cn>",
        "a@b.cn\r\nBcc: evil@x.cn",
        "a@b.cn\n",
        '"a, evil@x.cn"@b.cn',
        "a@@b.cn",
        "王@b.cn",
        "",
        "a" * 65 + "@b.cn",
    ],
)
def test_only_one_bare_address_gets_a_mail(address: str) -> None:
    with pytest.raises(ValueError, match="mail address"):
        composed(recipient=address)
    with pytest.raises(ValueError, match="mail address"):
        composed(sender=address)


@pytest.mark.parametrize("address", ["a@b.cn", "a.b+c@mail.b.com.cn", "a..b@b.cn", "root@localhost"])
def test_what_is_an_address_arrives_as_it_is(address: str) -> None:
    assert parse_address(f" {address} ") == address
    (to,) = read(composed(recipient=address))["To"].addresses
    assert to.addr_spec == address


def test_a_subject_cannot_add_a_header() -> None:
    with pytest.raises(ValueError, match="Header"):
        composed(letter=Letter("x\r\nBcc: evil@x.cn", "", ""))


def test_an_attachments_name_cannot_add_a_header() -> None:
    message = read(composed(Attachment("a\r\nBcc: evil@x.cn\r\n.xlsx", b"x")))
    assert message["Bcc"] is None
    assert all(part["Bcc"] is None for part in message.walk())
