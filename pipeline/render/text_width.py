"""How wide text is: a Chinese character is as wide as two digits."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def text_width(text: str) -> float:
    """Return the width of the longest line of *text* in digits."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max((sum(_wide(char) for char in line) for line in text.split("\n")), default=0)


def _wide(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
