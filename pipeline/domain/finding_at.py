"""A finding about a record at the cell of one of its fields."""

from __future__ import annotations

from pipeline.domain.finding import Finding
from pipeline.domain.record import Record
from pipeline.domain.rulebook import found
from schemas.language import Form


def finding_at(rule: str, form: Form, record: Record, code: str, **details: object) -> Finding:
    """Return a finding by *rule* at the cell of field *code* of *record*."""
    place = record.place(code)
    said = {**record.action, **record.values, form.key.code: record.key}
    return found(
        rule,
        submission=record.submission,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        form=form.code,
        field=code,
        value="" if said.get(code) is None else form.field(code).text(said[code], "zh"),
        key=record.key,
        **details,
    )
