"""How a text that identifies is written, whoever typed it."""

from __future__ import annotations

import unicodedata


def identifier(text: str) -> str:
    """Return *text* as a number or name is kept by which records are told apart: full-width signs plain (NFKC), without
    blanks, in capitals.

    >>> identifier("惠民 超市（南店）abc")
    '惠民超市(南店)ABC'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).upper()
