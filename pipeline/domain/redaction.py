"""Text from sheets made fit for logs, pages and mails: one line, nothing invisible, no number that is nobody's business."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{5})[0-9]{8}([0-9]{3}[0-9Xx])(?![0-9A-Za-z])")
_OLD_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{5})[0-9]{6}([0-9]{3})(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[ -]?[0-9]{4}[ -]?([0-9]{4})(?![0-9])")
_HIDDEN = "****"
_SHOWN_OF_PRIVATE = 3  # at either end, and never more than half


def plain(text: str) -> str:
    """Return *text* without control characters, line breaks, direction marks and broken bytes, each shown as �."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _INVISIBLE else char for char in text)


def one_line(text: str) -> str:
    """Return *text* on one line, blanks and line breaks of any kind as one blank."""
    return plain(" ".join(text.split()))


def mask_numbers(text: str) -> str:
    """Return *text* with every mobile number and resident ID in it masked: ``139****0018``."""
    for pattern in (_RESIDENT_ID, _OLD_RESIDENT_ID, _MOBILE):
        text = pattern.sub(rf"\1{_HIDDEN}\2", text)
    return text


def mask(value: str) -> str:
    """Return the *value* of a private field with all but its ends masked, however it is written."""
    shown = min(_SHOWN_OF_PRIVATE, len(value) // 4)
    return value[:shown] + _HIDDEN + value[len(value) - shown :] if value else ""
