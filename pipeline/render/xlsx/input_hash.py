"""What tells one described workbook from another, so that one that stands already need not be written again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from importlib.metadata import version

from pipeline.render.xlsx.workbook import Book


def input_hash(book: Book, *more: str) -> str:
    """Return a hash of all that *book* shows, of what *more* it depends on, and of the program that writes it.

    The line below a heading is left out: it tells the day, which alone is no reason to write a workbook again. Whoever
    reads it learns the day on which something last changed. What else it counts stands in the rows.
    """
    undated = replace(book, sheets=tuple(replace(sheet, subheading="") for sheet in book.sheets))
    return hashlib.sha256("\0".join((repr(undated), _program(), *more)).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _program() -> str:
    return version("ruwang")
