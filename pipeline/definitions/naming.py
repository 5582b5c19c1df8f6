"""Codes and English wordings, made from a Chinese label where the author gives none."""

from __future__ import annotations

import re
from collections.abc import Collection

from schemas.language import Localized

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LONGEST = 48


def code_of(label: str, taken: Collection[str] = ()) -> str:
    """Return a code for *label* that is none of *taken*: 用车人 is ``yong_che_ren``."""
    words = re.findall(r"[a-z0-9]+", " ".join(_sounds(label)).casefold())
    base = "_".join(words)[:_LONGEST].strip("_") or "x"
    base = base if base[0].isalpha() else f"n_{base}"
    found, count = base, 2
    while found in taken:
        found, count = f"{base}_{count}", count + 1
    return found


def initials(label: str) -> str:
    """Return the first letters of *label*, as numbers of records begin: 用车 is YC."""
    return "".join(each[0] for each in _sounds(label) if each[:1].isascii() and each[:1].isalnum()).upper()


def wording(zh: str, en: str) -> Localized:
    """Return *zh* in both languages: where no English is given, as it sounds."""
    if en or not zh:
        return Localized(zh, en)
    sounds = " ".join(" ".join(_sounds(zh)).split())
    spoken = sounds[:1].upper() + sounds[1:]
    return Localized(zh, spoken)


def _sounds(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # its tables take longer to load than a run without drawn procedures needs

    return list(map(str, lazy_pinyin(text)))
