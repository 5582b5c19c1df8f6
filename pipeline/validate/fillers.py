"""Who has filled each row of a sheet that several have filled: what is wrong in a row is told to him, not to whoever stands first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.domain.finding import FILLED_BY, Finding
from pipeline.domain.record import Record
from pipeline.validate.stack import Stack
from schemas.language import Field, FieldRole, Form


class Fillers:
    """The names of those who have filled the rows of a stack, looked up for the rows that are asked about."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        field = naming_filler(stack.form)
        self._names = stack.columns[field.code].values if field is not None else []
        self._shared: dict[int, bool] = {}

    def of(self, row: int) -> str:
        """Return the name in *row*, "" where the whole sheet bears one name or the form asks for none."""
        if not self._names:
            return ""
        extract, at = self._stack.locate(row)
        start = row - at
        if start not in self._shared:
            self._shared[start] = len({*self._names[start : start + len(extract)]} - {None}) > 1
        return str(self._names[row] or "") if self._shared[start] else ""


def naming_filler(form: Form) -> Field | None:
    """Return the field of *form* that names who has filled a row."""
    return form.meaning(FieldRole.SUBMITTER) or form.meaning(FieldRole.ACTOR)


def with_filler(finding: Finding, name: str) -> Finding:
    """Return *finding* with the *name* of who has filled its row, as it is where that is not known."""
    return replace(finding, details=(*finding.details, (FILLED_BY, name))) if name else finding


def fillers_by_key(form: Form, records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return who has filled the row of each of *records*, by submission and key, of sheets that several have filled."""
    field, named = naming_filler(form), dict[tuple[str, str], str]()
    for record in records if field is not None else ():
        name = (record.action or record.values).get(field.code) if field else None
        if name:
            named[record.submission, record.key] = str(name)
    on_sheets: dict[str, set[str]] = {}
    for (submission, _), name in named.items():
        on_sheets.setdefault(submission, set()).add(name)
    return {about: name for about, name in named.items() if len(on_sheets[about[0]]) > 1}
