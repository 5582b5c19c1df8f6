"""What a file really is: told from its bytes, for extensions lie."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What a file's first bytes say."""

    ZIP = "zip"  # xlsx, xlsm, xlsb, ods, a zip of workbooks
    OLE = "ole"  # xls, et, an encrypted xlsx
    BIFF = "biff"  # a bare xls stream of old programs
    HTML = "html"
    MHTML = "mhtml"
    XML = "xml"
    TEXT = "text"
    FOREIGN = "foreign"
    EMPTY = "empty"


_STARTS = (
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OLE),
    (b"\x09\x08", Format.BIFF),
    (b"\x09\x04\x06\x00", Format.BIFF),
    (b"%PDF", Format.FOREIGN),
    (b"\x89PNG", Format.FOREIGN),
    (b"\xff\xd8\xff", Format.FOREIGN),
    (b"GIF8", Format.FOREIGN),
    (b"Rar!", Format.FOREIGN),
    (b"7z\xbc\xaf", Format.FOREIGN),
    (b"\x1f\x8b", Format.FOREIGN),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(content: bytes) -> Format:
    """Return the format of *content*."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Format.EMPTY
    for start, format in _STARTS:
        if content.startswith(start):
            return format
    if content.startswith(_UTF16):
        return _sniff_text(content[:4096].decode("utf-16", "replace"))
    if b"\x00" in content[:4096]:
        return Format.FOREIGN
    return _sniff_text(content[:4096].decode("latin-1").removeprefix("\xef\xbb\xbf"))


def _sniff_text(head: str) -> Format:
    head = head.lstrip().lower()
    if head.startswith("mime-version:") or "content-type: multipart/related" in head:
        return Format.MHTML
    if not head.startswith("<"):
        return Format.TEXT
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Format.XML
    return (
        Format.HTML
        if any(tag in head for tag in ("<html", "<table", "<!doctype html", "<body", "<meta"))
        else Format.XML
    )
