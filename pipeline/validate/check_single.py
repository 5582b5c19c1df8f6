"""Single values that are to change in records that stand already: judged as on their own form, and with the rest of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from pipeline.domain.checked import Checked, RowId
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.record import Record, RecordState
from pipeline.domain.rulebook import found
from pipeline.domain.rulebook.editing import KEPT
from pipeline.validate.check_changed_rows import check_changed_rows
from pipeline.validate.check_form import check_form
from schemas.language import Field, Form, Severity, Stored, StoredValues
from schemas.language.context import Context

KnownRecords = Callable[[Collection[str]], Mapping[str, RecordState]]
"""The records of these keys, as they stand."""


def check_single(form: Form, extracts: Sequence[Extract], context: Context, standing: KnownRecords) -> Checked:
    """Judge *extracts* (``Extract.single``) of *form*: each of their rows stands or falls by itself.

    A record whose ``values`` hold None takes that value away. What is refused tells what the register keeps.
    """
    checked = check_form(form, extracts, context)
    emptied = [record for each in extracts for record in _emptied(form, each)]
    blank = {_row(record) for record in emptied}
    checked.waiting -= blank
    held = standing({record.key for record in (*checked.records, *emptied)} | {each.key for each in checked.findings})
    missing = _missing(form, emptied, checked.records, held)
    checked.findings += [finding for _, finding in missing]
    checked.records += emptied
    broken = [*missing, *check_changed_rows(form, [each for each in checked.records if _holds(each)], held, context)]
    checked.findings += [finding for _, finding in broken[len(missing) :]]
    wrong = {_row(record) for record, _ in broken}
    checked.rejected |= wrong
    checked.records = [record for record in checked.records if _row(record) not in wrong]
    checked.findings = [_with_kept(form, finding, held.get(finding.key)) for finding in checked.findings]
    return checked


def _emptied(form: Form, extract: Extract) -> list[Record]:
    key = form.key.code
    code = next(code for code in extract.values if code != key)
    return [
        Record(
            form=form.code,
            submission=extract.submission,
            file=extract.file,
            sheet=extract.sheet,
            row=extract.rows[at],
            key=str(extract.values[key][at]),
            values={key: str(extract.values[key][at]), code: None},
            cells={key: extract.cells[key][at], code: extract.cells[code][at]},
            token=extract.tokens[at] if extract.tokens else "",
            partial=True,
        )
        for at, raw in enumerate(extract.values[code])
        if raw is None
    ]


def _missing(
    form: Form, emptied: Sequence[Record], others: Sequence[Record], held: Mapping[str, RecordState]
) -> list[tuple[Record, Finding]]:
    """Return a finding for each of *emptied* that takes away what the record, with the *others* of it, must have."""
    after: dict[str, dict[str, Stored]] = {}
    for record in (*others, *emptied):
        entry = held.get(record.key)
        after.setdefault(record.key, dict(entry.values) if entry else {}).update(record.values)
    told = []
    for record in emptied:
        field = form.field(next(code for code, value in record.values.items() if value is None))
        if _is_required(field, after[record.key]):
            told.append((record, _told("value.missing", field, record)))
    return told


def _is_required(field: Field, values: StoredValues) -> bool:
    return field.required or (
        bool(field.required_when) and all(values.get(name) in answers for name, answers in field.required_when)
    )


def _told(rule: str, field: Field, record: Record) -> Finding:
    return found(
        rule,
        submission=record.submission,
        file=record.file,
        sheet=record.sheet,
        cell=cell_name(record.cells[field.code]),
        form=record.form,
        field=field.code,
        key=record.key,
    )


def _with_kept(form: Form, finding: Finding, entry: RecordState | None) -> Finding:
    if finding.severity is not Severity.ERROR or entry is None or form.get(finding.field) is None:
        return finding
    kept = form.field(finding.field).show(entry.values.get(finding.field, ""), "zh")
    return replace(finding, details=(*finding.details, (KEPT, str(kept))))


def _holds(record: Record) -> bool:
    return None not in record.values.values()


def _row(record: Record) -> RowId:
    return record.submission, record.sheet, record.row
