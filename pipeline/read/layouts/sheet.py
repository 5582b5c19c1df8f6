"""What is known of one sheet while it is read: its cells, and what has come out so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding, Ignored
from pipeline.domain.place import cell_name
from pipeline.domain.rulebook import found
from pipeline.read.formats.grid import Grid, row_text
from pipeline.read.recognise.labels import Labels
from schemas.language import Field, Form, Layout, Localized

_YEAR = re.compile(r"(?<![0-9〔\[(（【])20[0-9]{2}(?=(?:0[1-9]|1[0-2])(?:[0-3][0-9])?(?![0-9])|[^0-9]|$)")
"""A year; in brackets it numbers a document."""
_LONGEST_TITLE = 60


@dataclass(slots=True)
class SheetReading:
    """One sheet on its way. ``known`` says whether a table or card of it was recognised."""

    file: str
    submission: str
    grid: Grid
    labels: Labels
    extracts: list[Extract] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    known: bool = False
    ours: bool = False
    """Of a workbook of ours: pages that only explain are no surprise."""
    from_template: bool = False
    """Of a blank sheet that the program printed, with its own example."""
    worklist: bool = False
    """Columns that no form knows are the program's own, shown to the reader: they are no notes."""

    def afresh(self, grid: Grid | None = None) -> SheetReading:
        """Return a reading of the same sheet, or of its cells as *grid* has them, of which nothing has come yet."""
        return SheetReading(
            self.file,
            self.submission,
            grid or self.grid,
            self.labels,
            ours=self.ours,
            from_template=self.from_template,
            worklist=self.worklist,
        )

    def joined(self, candidates: Iterable[SheetReading]) -> SheetReading:
        """Return a reading of this sheet with all that came of *candidates*, in their order."""
        joined = self.afresh()
        for each in candidates:
            joined.extracts += each.extracts
            joined.findings += each.findings
            joined.ignored += each.ignored
            joined.known |= each.known
        return joined

    def find(self, rule: str, cell: int | None = None, **about: object) -> None:
        """Add a finding about this sheet, or about one packed *cell* of it."""
        where = cell_name(cell) if cell is not None else ""
        self.findings.append(
            found(rule, file=self.file, submission=self.submission, sheet=self.grid.title, cell=where, **about)
        )

    def leave_out(self) -> None:
        """Take nothing from this sheet, which is no data, and say so; of a workbook of ours it is no surprise."""
        self.extracts, self.findings, self.ignored = [], [], []
        if not self.ours:
            self.find("sheet.side")

    def ignore(self, row: int, reason: str) -> None:
        """Say that *row* of the grid is no record."""
        text = row_text(self.grid.rows[row])
        self.ignored.append(Ignored(self.grid.title, self.grid.row_number(row), reason, text))

    def extract(self, form: Form, layout: Layout, rows: list[int]) -> Extract:
        """Add and return an extract of *form* without values, its records at the packed cells *rows*."""
        extract = Extract(form.code, self.submission, self.file, self.grid.title, layout, rows)
        self.extracts.append(extract)
        return extract


def entitle(extract: Extract, texts: Iterable[str]) -> None:
    """Say under which *texts* (beside the sheet's name) the rows of *extract* stand, and which year they are dated."""
    extract.titles = (extract.sheet, *(text for text in texts if len(text) <= _LONGEST_TITLE))
    years = {int(year) for text in (extract.file, *extract.titles) for year in _YEAR.findall(text)}
    extract.year = years.pop() if len(years) == 1 else None


def name_labels(fields: list[Field]) -> Localized:
    """Return the labels of *fields* as one wording."""
    return Localized("、".join(each.label.zh for each in fields), ", ".join(each.label.en for each in fields))


def or_none(value: Raw) -> Raw:
    """Return a cell as an extract holds it: None when it is blank."""
    if value == "" or (value.__class__ is str and value.isspace()):
        return None
    return value
