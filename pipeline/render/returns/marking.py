"""What is to be marked in a workbook that goes back: its cells, and the page that explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.language import Language, Localized

WRONG, MENDED = Localized("【退回】", "【Returned】"), Localized("【已改好】", "【Mended】")
"""Begin our part of a comment: what follows is ours, what stands before it the sender's."""
BEGINS = ("【退回 Returned】", *(words for each in (WRONG, MENDED) for words in (each.zh, each.en)))
"""All by which our part is known, the one of earlier versions first."""
AUTHOR = "入网 Ruwang"
_LONGEST_LIST = 200
"""Characters: Excel counts some of them twice."""


class Tint(StrEnum):
    """Fills, the worst first. The values are their colours: next to nobody else's, so that they can be taken off again."""

    ERROR = "FFFFC8CD"
    WARNING = "FFFFE1B3"
    REPAIR = "FFFFF1A6"
    ACCEPTED = "FFC8EFCD"


class UnmarkableError(Exception):
    """The package is built in a way that cannot be marked safely; it is built anew from its values."""


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """A line of the explaining page. ``sheet`` and ``cell`` (as Excel shows it) may be "": about the whole file."""

    tint: Tint
    severity: str
    sheet: str
    cell: str
    value: str
    wrong: str
    fix: str
    token: str = ""
    """What names the finding where its reader may choose an answer beside it, else ""."""
    choices: tuple[str, ...] = ()
    """Of which one may be chosen."""


@dataclass(frozen=True, slots=True)
class ExplanationPage:
    """The first sheet of a return."""

    title: str
    heading: str
    hints: tuple[str, ...]
    header: tuple[str, str, str, str, str, str]
    """Captions of the columns: severity, sheet, cell, value, what is wrong, how to mend."""
    lines: Sequence[ExplanationLine]
    not_kept: str
    """Said when the original's formats could not be kept."""
    earlier_titles: tuple[str, ...] = ()
    """What such a page may be called in a workbook that was explained before: this one takes its place."""
    answer: tuple[str, str] = ("", "")
    """Caption of the column in which answers are chosen, and of the hidden column beside it, which names the findings."""


def long_lists(page: ExplanationPage) -> Sequence[tuple[str, ...]]:
    """Return the choices of *page*, each list once, that are too long to stand in the rule of a cell: Excel drops a list of
    more than 255 characters without a word, and takes a comma or a quotation mark for the end of a choice.
    """
    every = dict.fromkeys(line.choices for line in page.lines if line.choices)
    return [
        choices
        for choices in every
        if len(",".join(choices)) > _LONGEST_LIST or {",", '"'}.intersection("".join(choices))
    ]


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell (packed) to fill; ``comment`` is "" where the fill says all."""

    cell: int
    tint: Tint
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """``cells`` by the sheet's title; ``metadata`` is what the hidden sheet is to hold beside what it holds already, with
    ``lineage`` where it does not say yet which paper it is a copy of.
    """

    page: ExplanationPage
    cells: Mapping[str, Sequence[CellMark]] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    lineage: Mapping[str, str] = field(default_factory=dict)
    language: Language = "zh"
    kind: str = ""
    """Carried as kind where the workbook carries none."""
