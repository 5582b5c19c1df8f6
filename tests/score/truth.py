"""What a made workbook holds: the right records, the seeded faults and their cells, and what the others are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.score.cells import Book


@dataclass(frozen=True, slots=True)
class Fault:
    """One seeded fault. ``cells`` are the places (as Excel shows them) at which a person would accept to be told of it."""

    kind: str
    field: str
    cells: frozenset[str]
    record: frozenset[str]
    """All cells of the record."""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the compared tools are told about a list: they cannot find it out by themselves.

    Rows and columns count from 0. ``columns`` holds for each column of the table the codes of its fields: two for a
    range of dates in one cell, none for a column that no form knows. ``last`` is given where another table follows.
    """

    header: int
    first_column: int
    columns: tuple[tuple[str, ...], ...]
    last: int | None = None


@dataclass(slots=True)
class Table:
    """The records of one form at one place of a sheet."""

    sheet: str
    form: str
    layout: str
    right: list[dict[str, Any]] = field(default_factory=list)
    """Converted values by field code, blanks left out, of the records without a fault."""
    rows: list[int] = field(default_factory=list)
    """Where the right records stand: rows (from 0) of a list; empty for other layouts."""
    faults: list[Fault] = field(default_factory=list)
    cells: set[str] = field(default_factory=set)
    """Every cell that holds a value of a record."""
    told: Told | None = None


@dataclass(slots=True)
class Case:
    """One file, as it would be dropped. The same seed makes the same file."""

    seed: int
    name: str
    content: bytes
    kind: str
    """How the file is stored: xlsx, csv-gbk, ..."""
    tables: list[Table]
    tags: list[str]
    book: Book
    """The sheets as drawn."""
    members: dict[str, bytes] = field(default_factory=dict)
    """For an archive: the workbooks in it."""

    def __str__(self) -> str:
        layouts = ", ".join(f"{table.sheet}: {table.form} {table.layout}" for table in self.tables)
        return f"seed {self.seed} {self.name} [{self.kind}] {layouts} ({', '.join(self.tags)})"
