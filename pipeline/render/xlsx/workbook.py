"""A workbook as a plain description: what stands on it, never how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schemas.language import Kind

Cell = str | int | float | date | None


class Access(StrEnum):
    """What the reader may do with a cell."""

    READ = "read"
    LOCKED = "locked"
    CORRECT = "correct"  # known already, may be typed over
    FILL = "fill"


class Mark(StrEnum):
    """Why a row stands out, on its columns that are ``marked``; an example row stands out on all of them."""

    LATE = "late"
    WARN = "warn"
    EXAMPLE = "example"


class LineStyle(StrEnum):
    """How a line of text is set."""

    HEADING = "heading"
    TEXT = "text"
    HINT = "hint"
    LOCKED = "locked"
    CORRECT = "correct"
    FILL = "fill"
    LATE = "late"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table, or the kind of one cell of a card. ``options`` are the answers as the reader picks them."""

    label: str
    kind: Kind = Kind.TEXT
    access: Access = Access.READ
    options: tuple[str, ...] = ()
    message: str = ""
    """Shown while a cell of the column is selected, and when what is typed is refused."""
    until_today: bool = False
    """Of days and moments: none to come is taken."""
    lengths: tuple[int, ...] = ()
    """Of codes: how many characters it may have; none is any."""
    folded: bool = False
    """Stands in a group of columns that is closed; one click opens it."""
    opened: bool = False
    """Stands in such a group, which somebody has opened."""
    hidden: bool = False
    lenient: bool = False
    """Offers its ``options`` and takes other answers, too: one that is ticked among boxes."""
    marked: bool = False
    shows: str = ""
    """The code of the field that it shows, or the caption of what the program works out, after an ``@``."""
    number_format: str = ""
    """How its numbers are shown, as Excel says it: ``#,##0``, ``0.0%``; "" is as they are."""
    width: float = 0.0
    """In digits, where somebody has set it; 0 is as wide as its cells need."""


FilledColumn = tuple[TableColumn, Sequence[Cell]]
"""A column with its cells, from top to bottom."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars beside a table: one bar a row from the first column, one colour for each of the columns ``values``."""

    title: str
    values: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell of another workbook, by its ``path`` from the folder of the one that is written, with slashes; of this one
    where there is no path.
    """

    path: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Some rows of a table, and how they stand out, by row (from 0) within the batch."""

    rows: Sequence[Sequence[Cell]]
    marks: Mapping[int, Mark]


@dataclass(frozen=True, slots=True)
class StreamedRows:
    """All rows of a table that is too long to be held: how many, and a function that gives them anew, batch by batch."""

    rows: int
    batches: Callable[[], Iterator[RowBatch]] = field(repr=False)
    version: str = ""
    """Tells these rows from any others of the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A native table. Each row holds one cell a column.

    ``marks`` go by row (from 0), ``comments`` and ``links`` by row and column; only text can be linked.
    """

    name: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[Cell]]
    heading: str = ""
    marks: Mapping[int, Mark] = field(default_factory=dict)
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    links: Mapping[tuple[int, int], CellLink] = field(default_factory=dict)
    wrong: frozenset[tuple[int, int]] = frozenset()
    """The cells, by row and column, that are to be mended: red."""
    freeze: int = 0
    """How many columns stay in sight when the sheet is moved sideways, as long as they leave room for others."""
    chart: Chart | None = None
    filters: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """By column: the texts of the cells whose rows stay in sight, "" for blank ones."""
    prepared: int = 0
    """Rows below it that take what is typed as its own do and are not drawn: on paper the blank sheet ends with the table."""
    whole: StreamedRows | None = None
    """Of a table too long to be held: ``rows`` and ``marks`` are then those of its first batch."""

    @property
    def height(self) -> int:
        """How many rows it has in all."""
        return self.whole.rows if self.whole else len(self.rows)

    def batches(self) -> Iterator[RowBatch]:
        """Yield all rows, batch by batch."""
        return self.whole.batches() if self.whole else iter((RowBatch(self.rows, self.marks),))

    @property
    def marks_in_use(self) -> set[Mark]:
        """The ways in which rows stand out, as far as is known before all have been seen."""
        return set(Mark) - {Mark.EXAMPLE} if self.whole else set(self.marks.values())

    @classmethod
    def of_columns(
        cls,
        name: str,
        columns: Sequence[FilledColumn],
        *,
        marks: Mapping[int, Mark],
        comments: Mapping[tuple[int, int], str] | None = None,
        wrong: frozenset[tuple[int, int]] = frozenset(),
        freeze: int = 0,
    ) -> Table:
        """Return the table whose *columns* are given with their cells, all equally many."""
        rows = list(zip(*(cells for _, cells in columns), strict=True))
        specs = tuple(column for column, _ in columns)
        return cls(name, specs, rows, marks=marks, comments=comments or {}, wrong=wrong, freeze=freeze)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text across the sheet."""

    text: str
    look: LineStyle = LineStyle.TEXT


@dataclass(frozen=True, slots=True)
class Box:
    """A label and the cell beside it; ``wide`` ones take a line of the card for themselves."""

    column: TableColumn
    value: Cell = None
    wide: bool = False
    high: bool = False
    """Has room for some lines written by hand."""
    wrong: str = ""
    """What is wrong in it: red, with this comment."""


@dataclass(frozen=True, slots=True)
class Card:
    """One record as label and value cells, two pairs a line."""

    boxes: tuple[Box, ...]


SheetElement = TextLine | Table | Card


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One page: its heading, then its parts from top to bottom. The header of the only table stays in sight."""

    title: str
    parts: tuple[SheetElement, ...]
    heading: str = ""
    subheading: str = ""
    protected: bool = False
    """Only cells to correct or to fill take what is typed. No password: it guards against slips."""
    profile: bool = False
    one_page: bool = False
    """Is printed on one page, whatever it holds."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, and what it carries so that it is known again (``domain.metadata``)."""

    sheets: tuple[WorkbookSheet, ...]
    metadata: Mapping[str, str]
    footer: str = "&P / &N"
    """In Excel's codes for page and pages."""
    added: Mapping[str, bytes] = field(default_factory=dict)
    """Sheets of other people's by title, each a package of its own: put at the end as they are."""


WriteWorkbook = Callable[[Book], bytes]
"""Makes a workbook of its description, or gives the one that stands already."""
