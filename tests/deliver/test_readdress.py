"""A mail addressed anew: all but its line To stays byte by byte."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest

from pipeline.deliver.mime_message import to_mime
from pipeline.deliver.readdress import readdress
from pipeline.domain.mail import Attachment, Letter, Outgoing

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LETTER = Letter("【武强县营销部客户服务中心】3 件待办，1 件已逾期，2 处需更正", "正文\n", "<p>正文</p>")


def outgoing(recipient: str) -> Outgoing:
    attached = (Attachment("任务表-K01-王建国.xlsx", bytes(range(256)) * 8),)
    content = to_mime(
        LETTER, attached, sender="r@office.cn", sender_name="营销部", recipient=recipient, message_id="<1@x>", date=NOW
    )
    return Outgoing(recipient, "<1@x>", content, number=4)


def test_it_is_what_would_have_been_written_to_that_address() -> None:
    assert readdress(outgoing("wrong@office.cn"), "right@office.cn") == outgoing("right@office.cn")


def test_no_second_recipient_slips_in() -> None:
    with pytest.raises(ValueError, match="not one mail address"):
        readdress(outgoing("wrong@office.cn"), "a@x.cn\r\nBcc: b@x.cn")
    mail = email.message_from_bytes(readdress(outgoing("wrong@office.cn"), "right@office.cn").content)
    assert mail.get_all("To") == ["right@office.cn"]
