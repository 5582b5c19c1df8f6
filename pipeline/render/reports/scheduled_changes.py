"""Changes that were handed in before their day, as a page of the master: what will be what, and from when."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain.office import Office
from pipeline.domain.pending import Pending
from pipeline.domain.record_title import title_of
from pipeline.render.reports.field_column import in_words
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Cell, Table, TableColumn
from schemas.language import Field, Kind


def coming_changes(office: Office) -> Table:
    """Return the table of what waits for its day, the earliest first: one row a field, or one for a change of state."""
    language = office.language
    columns = (
        TableColumn(caption("from_day", language), Kind.DATE),
        TableColumn(caption("register", language)),
        TableColumn(caption("key", language), Kind.CODE),
        *(TableColumn(caption(code, language)) for code in ("record", "field", "now", "after", "source")),
    )
    return Table("coming", columns, [row for each in office.pending for row in _rows(office, each)], freeze=1)


def _rows(office: Office, pending: Pending) -> Iterator[list[Cell]]:
    language = office.language
    register = office.register(pending.register)
    record = pending.record
    entry = office.entries[register.code].get(record.key)
    action = next(iter(record.action), "")
    for code, value in (record.values or {action: record.action.get(action)}).items():
        field: Field = register.field(code)
        held = entry.values.get(code) if entry else None
        yield [
            pending.day,
            register.title.to(language),
            record.key,
            title_of(register, entry),
            field.label.to(language),
            in_words(field, held, language),
            in_words(field, value, language),
            str(record.place(code)),
        ]
