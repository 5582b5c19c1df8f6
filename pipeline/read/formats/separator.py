"""By which sign the cells of a text file are parted: the one that parts most lines as its header is parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.read.formats.line_readings import QUOTE, SEPARATORS, UnclosedQuoteError, strict, tolerant

_LOOKED_AT = 200
_HEADER_WITHIN = 30


def choose_separator(lines: Sequence[str]) -> str:
    """Return the separator of *lines*.

    Counting signs is not enough: a decimal comma may be more frequent than the semicolon that parts. A line of texts
    without leading digits is a header, and the lines below it have as many cells.
    """
    sample = [line for line in lines[: 2 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]
    return max(SEPARATORS, key=lambda each: (*_fitness(sample, each), -SEPARATORS.index(each)))


def _fitness(sample: Sequence[str], separator: str) -> tuple[int, int]:
    rows = [_cells(line, separator) for line in sample if separator in line]
    widths = Counter(map(len, rows))
    headed = max(
        (widths[len(row)] * (len(row) - 1) for row in rows[:_HEADER_WITHIN] if _may_head(row)),
        default=0,
    )
    return headed, max((count * (width - 1) for width, count in widths.items()), default=0)


def _may_head(cells: Sequence[str]) -> bool:
    texts = [cell.strip() for cell in cells]
    named = [text for text in texts if text]
    return len(named) > 1 and len(set(named)) == len(named) and not any(text[0].isdigit() for text in named)


def _cells(line: str, separator: str) -> list[str]:
    if QUOTE not in line:
        return line.split(separator)
    try:
        return strict(line, separator) or tolerant(line, separator)
    except UnclosedQuoteError:
        return tolerant(line, separator)
