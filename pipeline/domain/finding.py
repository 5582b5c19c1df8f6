"""What is wrong, where, and by which rule. The sentences are the rulebook's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from schemas.language import Severity

FOR_ROLE = "for_role"
"""The detail of a finding that names the role whose holder is told, where a declaration says so."""
FOR_PERSON = "for_person"
"""The detail that names, by staff number, the one person who is told."""
TOLD_ONLY = "told_only"
"""The detail of what asks for nothing, where a declaration says so: left open, it goes to nobody's manager."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, doubtful or was repaired.

    ``submission`` is the content hash of the file, "" for a finding about the office's state (an area nobody serves).
    ``details`` fill the rule's sentence beside label, value, example and options; a repair holds ``after``.
    """

    rule: str
    severity: Severity
    submission: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    form: str = ""
    field: str = ""
    value: str = ""
    key: str = ""
    details: tuple[tuple[str, str], ...] = ()


ROW = "@row"
"""The detail of a finding that is the signature of all that its row says: the same row again says nothing new."""
DEED = "@deed"
"""The detail of a finding on a row of changes: what the row was to do, so that another change of the same record ends nothing."""
FILLED_BY = "@filled"
"""The detail that names who has filled the row, on a sheet that several have filled."""
SAID_BY = "@by"
"""The detail of a conflict that names its author."""
FOR_WHOM = frozenset({SAID_BY, FOR_PERSON, FOR_ROLE})
"""The details that say to whom it is told."""
_APART = FOR_WHOM | {DEED}
"""The details that tell two findings about one record apart: two people may say different things, and two be told the same."""

TOLD_EACH_TIME = frozenset(
    {
        "worklist.remark",
        "worklist.filled_by_other",
        "worklist.of_other",
        "worklist.since_handed_on",
        "step.signed_elsewhere",
        "sheet.signed_elsewhere",
        "sheet.signed_by_nobody",
        "sheet.opened_by_nobody",
    }
)
"""Rules of what happens anew each time, though at the same cell of a file of the same name: told on its day, then over."""


def identity(finding: Finding) -> str:
    """Return what makes a finding the same when it is raised again, so that its age is kept.

    About a record: the record, field and rule, whatever sheet it came on. Else the file's name and cell.
    """
    about: tuple[str, ...]
    if finding.key:
        said_by = tuple(text for name, text in finding.details if name in _APART)
        about = ("record", finding.form, finding.key, finding.field, finding.rule, *said_by)
    else:
        about = ("file", finding.file, finding.sheet, finding.cell, finding.form, finding.field, finding.rule)
        if finding.rule in TOLD_EACH_TIME:
            told = dict(finding.details)
            about += (finding.value, told.get(SAID_BY) or told.get(FOR_PERSON, ""))
    return hashlib.sha256("\x00".join(about).encode("utf-8", "surrogatepass")).hexdigest()


def matter_of(finding: Finding) -> tuple[str, ...]:
    """Return what *finding* is about: two who are told the same are told of one matter, which counts once."""
    place = (finding.key,) if finding.key else (finding.file, finding.sheet, finding.cell)
    return (finding.form, finding.rule, finding.field, *place)


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that waits to be mended, as the ledger keeps it. ``owner`` is a staff number, or "" for the clerk."""

    number: int
    finding: Finding
    owner: str
    opened: date

    @property
    def item(self) -> str:
        """What names it among all that mails have told."""
        return f"finding/{self.number}"

    @property
    def to_mend(self) -> bool:
        """Whether somebody has to do with it: what the program has repaired is only told."""
        return self.finding.severity is not Severity.REPAIR


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is no data, and why: never left out silently."""

    sheet: str
    row: int  # as Excel counts, from 1
    reason: str  # a code of render.wording: total, signature, note, example, header, title, unit, struck, unused
    text: str
