"""What the cells of a column look like, learned from the rows that are sound: digits, words, answers of a few."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENOUGH = 5
"""Rows that show what a column holds; fewer show nothing."""
_FEW_SHAPES = 3
_ROWS_AN_ANSWER = 4
"""A column with fewer distinct texts than a fourth of its rows holds answers to choose from."""
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")


class ColumnShapes:
    """The shapes in each column of *rows*, which are equally long."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.learned = len(rows) >= _ENOUGH
        """Whether there were rows enough to say anything."""
        self._columns = [_Shapes(column) for column in zip(*rows, strict=True)] if self.learned else []

    def fits(self, column: int, text: str) -> bool:
        """Tell whether *text* looks like what stands in *column*."""
        return not self._columns or self._columns[column].fits(text.strip())

    def misfits(self, texts: Sequence[str], first: int = 0) -> int:
        """Return how many of *texts*, in the columns from *first* on, look like nothing in their column; blanks do not count."""
        return sum(bool(text.strip()) and not self.fits(column, text) for column, text in enumerate(texts, first))

    def moved(self, texts: Sequence[str], width: int) -> bool:
        """Tell whether *texts*, fewer than *width*, fit better when some of them stand further to the right."""
        lacking = width - len(texts)
        as_written = self.misfits(texts)
        return as_written > 0 and any(
            self.misfits(texts[:at]) + self.misfits(texts[at:], at + lacking) < as_written for at in range(len(texts))
        )


class _Shapes:
    def __init__(self, texts: Sequence[str]) -> None:
        stripped = [text.strip() for text in texts]
        distinct = set(stripped)
        self._shapes = {_shape(text) for text in distinct}
        self._regular = len(self._shapes) <= _FEW_SHAPES
        self._answers = distinct if len(distinct) * _ROWS_AN_ANSWER <= len(stripped) else None

    def fits(self, text: str) -> bool:
        if self._answers is not None:
            return text in self._answers
        shape = _shape(text)
        if shape in self._shapes:
            return True
        return not self._regular and text != "" and not shape.isdigit()


def _shape(text: str) -> str:
    """Return digits as how many they are, words as one letter; among words the number of digits tells nothing."""
    if text.isdigit():
        return str(len(text))
    return _WORDS.sub("w", _DIGITS.sub("9", text))
