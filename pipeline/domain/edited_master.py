"""A master that came back: what it was written with, and what stands in it now. Nothing here is judged yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.domain.partition import PartitionRange
from pipeline.domain.position import Position
from pipeline.domain.record import RecordState
from schemas.language import Language


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """How a register's sheet was set up when it was written, by labels."""

    added: Sequence[str] = ()
    """The columns that staff had added before."""
    hidden: frozenset[str] = frozenset()
    """What staff had hidden, and what the program had folded."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    """In digits; a master of long ago does not tell them."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the master was written from: the books as they stood, the day, the language, the sheets."""

    position: Position
    day: date
    language: Language
    registers: Mapping[str, str]
    """Codes of registers by the title of their sheet."""
    labels: Mapping[str, Sequence[str]]
    """By title: the labels of our columns."""
    pages: Mapping[str, WrittenPage]
    """By title: how each was set up."""
    titles: Sequence[str] = ()
    """The titles of all our sheets."""
    sheets: Sequence[str] = ()
    """The titles of the sheets that staff had added before."""
    extent: PartitionRange | None = None
    """Which records it held, when it is a part; None when it held all."""

    def held(self, entry: RecordState) -> bool:
        """Tell whether *entry* stood in it, as it was then."""
        return self.extent is None or self.extent.holds(entry)


@dataclass(slots=True)
class EditedPage:
    """One register's sheet as it came back. ``rows`` and the columns of ``cells`` count from 0 on the sheet."""

    title: str
    """As it is called now."""
    register: str
    written_as: str
    """As it was called when it was written."""
    columns: Mapping[str, int]
    """By label, in the order of the sheet."""
    rows: list[int] = field(default_factory=list)
    cells: list[list[Raw]] = field(default_factory=list)
    """Of each row the cells in the order of ``columns``."""
    widths: Mapping[str, float] = field(default_factory=dict)
    """In digits, of the columns whose width the file tells."""
    hidden: frozenset[str] = frozenset()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class EditedMaster:
    """A master of ours as somebody saved it."""

    written: Written
    author: str = ""
    """Who saved it last, as the file says."""
    pages: list[EditedPage] = field(default_factory=list)
    sheets: dict[str, bytes] = field(default_factory=dict)
    """Sheets of their own by title, each as a package of its own."""
    bare: list[str] = field(default_factory=list)
    """Titles of those of which only the values could be kept."""
    lost: list[str] = field(default_factory=list)
    """Titles of those that could not be kept at all."""
