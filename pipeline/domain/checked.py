"""What validation gives: accepted records, findings, and the fate of every other row."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.domain.finding import Finding
from pipeline.domain.record import Record

RowId = tuple[str, str, int]
"""One record of a file: submission, sheet, and its first cell packed."""


@dataclass(slots=True)
class Checked:
    """All records of one form in one run, judged.

    ``rejected`` rows have an error among ``findings``; ``waiting`` rows of a worklist have nothing filled in yet.
    """

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rejected: set[RowId] = field(default_factory=set)
    waiting: set[RowId] = field(default_factory=set)
