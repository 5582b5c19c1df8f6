"""One row of a text file as it was written, kept beside its cells until the header is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mending(StrEnum):
    """How a line was read that is not written by the rules of its file."""

    LITERAL = "literal"  # a quote that encloses nothing
    SPACED = "spaced"  # blanks around quotes
    ESCAPED = "escaped"  # \" for a quote
    APOSTROPHES = "apostrophes"  # ' for quotes
    INSIDE = "inside"  # quotes begin within a cell
    SEPARATOR = "separator"  # another separator than the file's
    NESTED = "nested"  # quoted as a whole once more
    TRAILING = "trailing"  # separators behind the last cell
    JOINED = "joined"  # a separator within a cell, without quotes


@dataclass(slots=True)
class WrittenLine:
    """``number`` counts the file's lines from 1; ``text`` is all of the row, line breaks within its cells included."""

    number: int
    text: str
    width: int
    """Cells that it has, blank ones at its end included."""
    mending: Mending | None = None
    unclear: bool = False
    """Its cells cannot be told apart: all of it stands in the first."""
    doubtful: bool = False
    """It may be read in another way as well."""
    garbled: bool = False
    """Some of its bytes are no letters."""
