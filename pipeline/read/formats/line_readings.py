"""The ways in which one line of separated text may be meant."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache

from pipeline.read.formats.written_line import Mending

QUOTE = '"'
SEPARATORS = (",", "\t", ";", "|", "，")
_MARKS = re.compile(r"[\"'\\\s]+")
_BLANK = "[ \u3000]+"


class UnclosedQuoteError(ValueError):
    """A cell's quote is not closed in the text given."""


def strict(text: str, separator: str, quote: str = QUOTE) -> list[str] | None:
    """Return the cells of *text*, one row, by the rules (RFC 4180); None when it breaks them.

    Raises ``UnclosedQuoteError`` when more lines could still close its quote.
    """
    if quote not in text:
        return text.split(separator)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=quote, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise UnclosedQuoteError from error
        return None
    return rows[0] if len(rows) == 1 and _by_the_rules(separator, quote).fullmatch(text) else None


@cache
def _by_the_rules(separator: str, quote: str) -> re.Pattern[str]:
    """Return what a row is whose quotes enclose whole cells; ``="0123"`` is how Excel is told to keep digits."""
    mark = re.escape(separator)
    cell = rf"(?:=?{quote}(?:[^{quote}]|{quote}{quote})*+{quote}|[^{quote}{mark}]*+)"
    return re.compile(rf"{cell}(?:{mark}{cell})*+")


def tolerant(text: str, separator: str) -> list[str]:
    """Return the cells of *text* with every quote that encloses no whole cell taken as a sign like others."""
    cells: list[str] = []
    at = 0
    closes = re.compile(rf'"((?:[^"]|"")*)"(?={re.escape(separator)}|$)')
    while True:
        match = closes.match(text, at)
        if match:
            cells.append(match[1].replace('""', '"'))
            at = match.end()
        else:
            end = text.find(separator, at)
            end = len(text) if end < 0 else end
            cells.append(text[at:end])
            at = end
        if at >= len(text):
            return cells
        at += len(separator)


def mended(text: str, separator: str, width: int) -> tuple[Mending, list[str]] | None:
    """Return the one reading of *text* that gives *width* cells; None when there is none, or two that part it otherwise."""
    fitting = [(how, cells) for how, cells in _readings(text, separator) if len(cells) == width]
    parted = {tuple(_MARKS.sub("", cell) for cell in cells) for _, cells in fitting}
    return fitting[0] if len(parted) == 1 else None


def _readings(text: str, separator: str) -> Iterator[tuple[Mending, list[str]]]:
    """Yield the readings, those that explain most of the signs first."""
    if QUOTE in text:
        whole = _closed(text, separator)
        if len(whole) == 1:
            yield Mending.NESTED, _closed(whole[0], separator)
        if '\\"' in text:
            yield Mending.ESCAPED, _closed(text.replace('\\"', '""'), separator)
        mark = re.escape(separator)
        tight = re.sub(rf"(^|{mark}){_BLANK}(?=\")", r"\1", text)
        tight = re.sub(rf"(?<=\"){_BLANK}(?={mark}|$)", "", tight)
        if tight != text:
            yield Mending.SPACED, _closed(tight, separator)
        yield Mending.LITERAL, tolerant(text, separator)
        yield Mending.INSIDE, _around(text, separator)
        yield Mending.LITERAL, text.split(separator)
    if "'" in text:
        yield Mending.APOSTROPHES, _closed(text, separator, "'")
    if separator not in text:
        for other in SEPARATORS:
            if other in text:
                yield Mending.SEPARATOR, _closed(text, other)


def _closed(text: str, separator: str, quote: str = QUOTE) -> list[str]:
    try:
        return strict(text, separator, quote) or []
    except UnclosedQuoteError:
        return []


def _around(text: str, separator: str) -> list[str]:
    """Return the cells when every pair of quotes, wherever it begins, holds its cell together; none when one is odd."""
    pieces = text.split(QUOTE)
    if len(pieces) % 2 == 0:
        return []
    cells = [""]
    for at, piece in enumerate(pieces):
        if at % 2:
            cells[-1] += f"{QUOTE}{piece}{QUOTE}"
        else:
            first, *further = piece.split(separator)
            cells[-1] += first
            cells += further
    return cells
