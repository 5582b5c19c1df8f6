"""Records on their way from a sheet into a register, and as they stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.place import Place, cell_name
from schemas.language import Stored, StoredValues


@dataclass(slots=True)
class Record:
    """One accepted row or card: converted values (no blanks) with the packed cell of each."""

    form: str
    submission: str
    file: str
    sheet: str
    row: int
    key: str
    values: dict[str, Stored]
    cells: dict[str, int]
    notes: dict[str, str] = field(default_factory=dict)
    token: str = ""
    partial: bool = False
    repaired: bool = False
    action: dict[str, Stored] = field(default_factory=dict)
    """Of a row that tells of a deed: what it says of the deed itself. ``values`` are then what it changes."""

    def place(self, code: str) -> Place:
        """Return where the value of field *code* stood; the record's first cell when it has no cell of its own."""
        return Place(self.file, self.sheet, cell_name(self.cells.get(code, self.row)))


@dataclass(frozen=True, slots=True)
class Event:
    """What one row, or the program itself, did to one record. The ledger keeps them all; a record is their sum.

    ``values`` are the fields set (None: cleared), ``before`` what the changed ones held (absent: blank), ``cells`` the
    cells they stood in, as Excel shows them. Events of the program (assignment) have no submission.
    """

    register: str
    key: str
    form: str
    values: StoredValues
    cells: Mapping[str, str]
    before: StoredValues
    state: str = ""
    """State after; "" leaves it."""
    owner: str | None = None
    """Staff number after; None leaves it."""
    area: str | None = None
    due: date | None = None
    why: str = ""
    """Why the owner was chosen."""
    reason: str | None = None
    """Why the record was sent back; None leaves it."""
    submission: str = ""
    file: str = ""
    sheet: str = ""
    actor: str = ""
    on: date | None = None
    opens: bool = False
    """The record's first event."""
    number: int = 0
    """Given by the ledger, ascending."""
    run: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    action: StoredValues = field(default_factory=dict)
    """What the row said of the deed itself (kind, day, reason): kept here, not in the record."""
    undone: int | None = None
    """The run by which it was taken back."""

    def place(self, code: str) -> Place:
        """Return where the value of field *code* stood; the sheet when it has no cell of its own."""
        return Place(self.file, self.sheet, self.cells.get(code, ""))


@dataclass(frozen=True, slots=True)
class RecordState:
    """One record as it stands in its register."""

    register: str
    key: str
    values: StoredValues = field(default_factory=dict)
    state: str = ""
    since: date | None = None
    """First day in ``state``."""
    due: date | None = None
    owner: str = ""
    """Staff number of who has to do the next stage, "" when nobody."""
    area: str = ""
    why: str = ""
    """Why the owner was chosen: ``周窝镇（经营地址）``."""
    reason: str = ""
    """Why the record was sent back, "" otherwise."""
    source: Place = field(default=Place(""))
    """Where the record was first registered."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Columns of the sheets that no form knows."""
    version: int = 0
    """Number of the last event: a worklist carries it, so that a stale copy is known."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record changed, for the master's page of changes."""

    on: date
    register: str
    key: str
    title: str
    field: str
    """Field code, or "" for a new record."""
    before: Stored
    after: Stored
    source: Place
    actor: str
