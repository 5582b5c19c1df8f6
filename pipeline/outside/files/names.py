"""File names that every system takes: Windows and Linux, a share between them, an archive's listing."""

from __future__ import annotations

import re
import unicodedata

from pipeline.domain.redaction import plain

LONGEST = 180
"""Bytes of a file name in UTF-8: file systems allow 255, sync clients and suffixes of ours need some."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_SUFFIX = re.compile(r"[A-Za-z0-9]{1,8}")


def safe_name(text: str, suffix: str = "", longest: int = LONGEST) -> str:
    """Return *text* as a file name ending in *suffix*, at most *longest* bytes; "_" when nothing of it is left.

    The same text always gives the same name, whichever Unicode form it came in.
    """
    name = _FORBIDDEN.sub("_", plain(unicodedata.normalize("NFC", text)))
    name = name.replace("\N{REPLACEMENT CHARACTER}", "_").lstrip(" .~").rstrip(" .")
    name = _cut(name, longest - len(suffix.encode())).rstrip(" .") or "_"
    if _RESERVED.fullmatch(name.split(".")[0].rstrip()):
        name = f"_{name}"
    return name + suffix


def keep_suffix(name: str, mark: str = "") -> str:
    """Return a file's *name* safe, with *mark* before its suffix, the suffix kept however long the name is."""
    stem, dot, suffix = name.rpartition(".")
    if stem and _SUFFIX.fullmatch(suffix):
        return safe_name(stem, f"{mark}{dot}{suffix}")
    return safe_name(name, mark)


def _cut(name: str, length: int) -> str:
    return name.encode()[:length].decode("utf-8", "ignore")
