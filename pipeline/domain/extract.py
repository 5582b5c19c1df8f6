"""What reading gives: raw cells of records, by column, with their places. Nothing here is judged or converted yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.domain.answer import Answer, NameAnswer
from pipeline.domain.cell import Raw
from pipeline.domain.edited_master import EditedMaster
from pipeline.domain.finding import Finding, Ignored
from pipeline.domain.passwords import NONE, Passwords
from schemas.language import Field, Form, Layout


@dataclass(frozen=True, slots=True)
class CellObservation:
    """What was found out about a cell before it is judged: a rule, and what its sentence says."""

    rule: str
    details: Mapping[str, object]


@dataclass(slots=True)
class Extract:
    """The records of one form on one sheet.

    ``values`` and ``cells`` hold one list a field, all as long as there are records; ``cells`` are packed addresses
    (``domain.place``). A field whose label the sheet lacks is in neither. Unknown columns are kept in ``notes`` by
    their label. ``tokens`` are what a worklist's rows carry (key and version), or empty.
    """

    form: str
    submission: str
    file: str
    sheet: str
    layout: Layout
    rows: list[int]
    """The record's first cell, packed: tells one record of the sheet from another."""
    values: dict[str, list[Raw]] = field(default_factory=dict)
    cells: dict[str, list[int]] = field(default_factory=dict)
    notes: dict[str, list[Raw]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    partial: bool = False
    """Only corrects records that stand already: nothing is required but the key."""
    single: bool = False
    """Each row changes one value of a record that stands already, or, blank, takes it away."""
    prefilled: bool = False
    """Rows in which nobody has filled anything but what was prefilled are waiting, not wrong."""
    known: frozenset[str] = frozenset()
    """Fields of the form that were prefilled with what the register holds."""
    done: frozenset[int] = frozenset()
    """Positions of a worklist's rows whose step was taken since it was written: they lack nothing any more."""
    changed: Mapping[int, Field] = field(default_factory=dict)
    """By position of a worklist's row in which nobody takes the step: the field that was changed instead."""
    silent: dict[str, dict[int, Any]] = field(default_factory=dict)
    """By field and row: cells that repeat what their author said before, with what the register holds there now (None: a
    blank). They say nothing and are not judged.
    """
    observations: dict[str, dict[int, CellObservation]] = field(default_factory=dict)
    """By field and first cell (``rows``)."""
    doubtful: frozenset[str] = frozenset()
    """Fields that some column may hold, but its label does not say so plainly: told of the label, not of the rows."""

    titles: tuple[str, ...] = ()
    """The sheet's name and the texts above its rows: its title, the lines below it."""
    year: int | None = None
    """The one year that the sheet's title, its name or the lines above its rows give."""

    def __len__(self) -> int:
        return len(self.rows)


def pick_rows(extract: Extract, keep: Sequence[int], silent: dict[str, dict[int, Any]]) -> Extract:
    """Return *extract* with the rows at the positions *keep* alone, and with its *silent* cells."""
    if len(keep) == len(extract) and not silent:
        return extract

    def pick(columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        return {code: [column[at] for at in keep] for code, column in columns.items()}

    return replace(
        extract,
        rows=[extract.rows[at] for at in keep],
        values=pick(extract.values),
        cells=pick(extract.cells),
        notes=pick(extract.notes),
        tokens=[extract.tokens[at] for at in keep] if extract.tokens else [],
        silent=silent,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What reading must know: the forms, and for each stage's form the form that opens its register."""

    forms: tuple[Form, ...]
    bases: Mapping[str, str]
    passwords: Passwords = NONE
    """Of workbooks that the office itself has put under one."""
    kept: frozenset[str] = frozenset()
    """Forms that the program alone opens: nobody hands them in."""
    drawings: frozenset[frozenset[str]] = frozenset()
    """Titles of sheets: a workbook that has all of one of these sets draws a procedure."""

    def form(self, code: str) -> Form:
        """Return the form with *code*; KeyError when there is none."""
        return next(form for form in self.forms if form.code == code)


@dataclass(slots=True)
class Reading:
    """One file, read. ``metadata`` is what a workbook of ours brings back (worklist, return), empty for others."""

    extracts: list[Extract] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    """What was answered to findings, in an exceptions workbook that came back."""
    names: list[NameAnswer] = field(default_factory=list)
    """What labels and answers of the sender's own were said to mean, in a return that came back."""
    refused: bool = False
    """Nothing could be taken from the file: unreadable, encrypted, or no sheet of it known."""
    master: EditedMaster | None = None
    """Set when the file is a master of ours: what was changed in it, the ledger tells."""
    draws: bool = False
    """The workbook draws a procedure: it holds no rows, and is compiled by whoever knows the office's procedures."""
    seconds: float = field(default=0.0, compare=False)
    """How long reading took."""
