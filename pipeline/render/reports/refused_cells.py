"""Rows that were refused, as they stand on the next worklist: filled as they were, each wrong cell with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.duties import Task
from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.refused_row import RefusedRow
from pipeline.domain.rulebook import Rulebook
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Cell
from schemas.language import Field


class RefusedCells:
    """The refused ones among the rows of *task*, by their position there."""

    def __init__(self, office: Office, task: Task) -> None:
        self._office = office
        self._entries = task.entries
        self._rows = {
            at: row for at, entry in enumerate(task.entries) if (row := refused_row(office, task, entry)) is not None
        }
        self.tokens = [
            self._rows[at].token if at in self._rows else embedded_metadata.token(entry.key, entry.version)
            for at, entry in enumerate(task.entries)
        ]
        """What each row carries: a refused one stands upon the record as it was when it was filled."""

    @property
    def refused_tokens(self) -> list[str]:
        """The tokens of the refused rows."""
        return [row.token for row in self._rows.values()]

    def filled(self, field: Field, cells: Sequence[Cell], *, begins_blank: bool = False) -> list[Cell]:
        """Return *cells* of *field* with what was typed into the refused rows; where the column *begins_blank*, nothing else
        stands in them.
        """
        if not self._rows:
            return list(cells)
        found = list(cells)
        for at, row in self._rows.items():
            found[at] = row.cells.get(field.code, None if begins_blank else found[at])
        return found

    def comments(self, places: Mapping[str, int]) -> dict[tuple[int, int], str]:
        """Return what is wrong by row and column; *places* tell the column of a field."""
        return {
            (at, places[code]): told_in_full(self._office, found)
            for at, row in self._rows.items()
            for code, found in row.wrong.items()
            if code in places
        }

    def marks(self) -> list[str]:
        """Return the word that marks a refused row, "" for any other."""
        return [
            caption("refused", self._office.language) if at in self._rows else "" for at in range(len(self._entries))
        ]

    def reasons(self) -> list[str]:
        """Return for each row why it was refused, a line each; "" where it was not: it is to be read on paper, too."""
        return [
            "\n".join(sentences(self._office, self._rows[at].findings)) if at in self._rows else ""
            for at in range(len(self._entries))
        ]


def refused_row(office: Office, task: Task, entry: RecordState) -> RefusedRow | None:
    """Return the row of *entry* for *task* that was refused; None where none was."""
    row = office.refused.get((entry.register, entry.key))
    return row if row is not None and row.form == task.stage.form else None


def is_back(office: Office, task: Task, entry: RecordState) -> bool:
    """Tell whether *entry* was sent back, or what was filled in for it was refused; whoever is called gets nothing back."""
    sent_back = bool(entry.reason) and not task.register.is_called_to(entry.state, entry.reason, entry.values)
    return sent_back or refused_row(office, task, entry) is not None


def sentences(office: Office, found: Sequence[OpenFinding]) -> list[str]:
    """Return what is wrong, a sentence each."""
    book = Rulebook(office.catalogue)
    return list(dict.fromkeys(book.word(each.finding, office.language).sentence for each in found))


def told_in_full(office: Office, found: Sequence[OpenFinding]) -> str:
    """Return what is wrong in a cell, and how it is mended."""
    book = Rulebook(office.catalogue)
    words = [book.word(each.finding, office.language) for each in found]
    return "\n".join(dict.fromkeys(f"{each.sentence}\n{each.fix}" for each in words))
