import pytest

from pipeline.read.formats.sniff import Format, sniff
from tests.read.packages import plain


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (plain(), Format.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", Format.OLE),
        ("店铺编码,店铺名称".encode("gbk"), Format.TEXT),
        ("BM编号,名称".encode(), Format.TEXT),
        (b"\xef\xbb\xbf<html><table>", Format.HTML),
        ("<TABLE border=1>".encode("utf-16"), Format.HTML),
        (b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Format.XML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Format.MHTML),
        (b"\x89PNG\r\n", Format.FOREIGN),
        (b"ab\x00\x01\x02", Format.FOREIGN),
        (b" \r\n\xef\xbb\xbf", Format.EMPTY),
    ],
)
def test_a_format_is_told_from_the_bytes(content: bytes, expected: Format) -> None:
    assert sniff(content) is expected
