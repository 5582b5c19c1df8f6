"""Who has filled each row of a sheet that several have filled: what is wrong in a row is told to him, not to whoever stands first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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


def fillers(form: Form, records: Iterable[Record]) -> Iterator[tuple[Record, str]]:
    """Yield those of *records*, rows of *form*, that say who has filled them, with his name."""
    field = naming_filler(form)
    for record in records if field is not None else ():
        if field is not None and (name := (record.action or record.values).get(field.code)):
            yield record, str(name)


def fillers_by_key(form: Form, records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return who has filled the row of each of *records*, by submission and key, of sheets that several have filled."""
    named = {(record.submission, record.key): name for record, name in fillers(form, records)}
    on_sheets: dict[str, set[str]] = defaultdict(set)
    for (submission, _), name in named.items():
        on_sheets[submission].add(name)
    return {about: name for about, name in named.items() if len(on_sheets[about[0]]) > 1}
