"""Figures as the page shows them: what is counted, how many, and where it is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the page may lead, from its own folder: only to workbooks that are there. "" where there is none."""

    master: str
    exceptions: str = ""
    worklists: Mapping[str, str] = field(default_factory=dict)
    """By staff number."""
    visits: Mapping[str, str] = field(default_factory=dict)
    """Sheets to take along to customers, by staff number."""
    own_exceptions: Mapping[str, str] = field(default_factory=dict)
    """By staff number."""
    handovers: Mapping[str, str] = field(default_factory=dict)
    """By handover code."""
    returns: Mapping[str, str] = field(default_factory=dict)
    """By the file's name."""
    help_cards: Mapping[str, str] = field(default_factory=dict)
    """By who reads them."""


def grouped(count: int) -> str:
    """Return *count* as a person reads it: 12,345."""
    return f"{count:,}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, what it counts, and the workbook that lists it."""

    count: int
    href: str = ""
    said: str = ""
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came in on the last day on which something did: files and rows by fate."""

    said: str
    files: Sequence[Figure]
    rows: Sequence[Figure]
    balance: str = ""
    even: bool = True


@dataclass(frozen=True, slots=True)
class StageRow:
    """What waits for one stage."""

    title: str
    waiting: Figure
    late: Figure
    nobody: Figure
    oldest: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """One register's section: its stages, and the states in which a record waits for none."""

    anchor: str
    title: str
    total: Figure
    stages: Sequence[StageRow]
    others: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """One row of a statistic: its name, its figures as text, a bar for the first of them."""

    title: str
    cells: Sequence[str]
    chart: Markup


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """A statistic; ``more`` says how many rows only the workbook has."""

    title: str
    heads: Sequence[str]
    rows: Sequence[FiguresRow]
    more: str
    href: str


@dataclass(frozen=True, slots=True)
class ProcedurePart:
    """One procedure: its registers, and the statistics that it declares for the page."""

    anchor: str
    title: str
    registers: Sequence[RegisterPart]
    tables: Sequence[FiguresTable]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one person, or nobody, has in hand."""

    name: str
    waiting: Figure
    late: Figure
    due_by_sunday: Figure
    """What falls due from today to the end of the week."""
    oldest: str
    done: str
    wrong: Figure
    chart: Markup


@dataclass(frozen=True, slots=True)
class TrendRow:
    """Findings of one rule, or of one person: open, new this week, and new in each of the last weeks."""

    title: str
    open: Figure
    week: int
    chart: Markup


@dataclass(frozen=True, slots=True)
class Trend:
    """All findings: by week, the oldest first, its first day, how many were new and how many were settled; ``chart`` is blank
    where there is but one count.
    """

    weeks: Sequence[tuple[str, int, int]]
    chart: Markup


@dataclass(frozen=True, slots=True)
class RunRow:
    """One of the last runs."""

    number: int
    day: str
    files: int
    accepted: Figure
    rejected: Figure
    errors: Figure


@dataclass(frozen=True, slots=True)
class PageLink:
    """A workbook; ``href`` is "" where its name is better not told."""

    title: str
    href: str
