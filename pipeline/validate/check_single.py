"""Single values that are to change in records that stand already: judged as on their own form, and with the rest of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.domain.cell import Raw
from pipeline.domain.checked import Checked, RowId
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.record import Record, RecordState
from pipeline.domain.rulebook import found
from pipeline.domain.rulebook.editing import KEPT
from pipeline.validate.as_written import as_written
from pipeline.validate.check_changed_rows import check_changed_rows
from pipeline.validate.check_form import check_form
from schemas.language import Field, Form, Kind, Severity, Stored, StoredValues
from schemas.language.context import Context
from schemas.language.field import OF_THE_PAPER

KnownRecords = Callable[[Collection[str]], Mapping[str, RecordState]]
"""The records of these keys, as they stand."""


def check_single(form: Form, extracts: Sequence[Extract], context: Context, standing: KnownRecords) -> Checked:
    """Judge *extracts* (``Extract.single``) of *form*: each of their rows stands or falls by itself.

    A record whose ``values`` hold None takes that value away. What is refused tells what the register keeps.
    """
    checked = check_form(form, extracts, context)
    emptied = [record for each in extracts for record in _emptied(form, each, checked.waiting)]
    blank = {_row(record) for record in emptied}
    checked.waiting -= blank
    held = standing({record.key for record in (*checked.records, *emptied)} | {each.key for each in checked.findings})
    written = {_at(each, row): value for each in extracts for row, value in enumerate(each.values[_field(form, each)])}
    missing = _missing(form, emptied, checked.records, held, written)
    checked.findings += [finding for _, finding in missing]
    checked.records += emptied
    broken = [*missing, *check_changed_rows(form, [each for each in checked.records if _holds(each)], held, context)]
    checked.findings += [finding for _, finding in broken[len(missing) :]]
    wrong = {_row(record) for record, _ in broken}
    checked.rejected |= wrong
    checked.records = [record for record in checked.records if _row(record) not in wrong]
    checked.findings = [_with_kept(form, finding, held.get(finding.key)) for finding in checked.findings]
    return checked


def _field(form: Form, extract: Extract) -> str:
    return next(code for code in extract.values if code != form.key.code)


def _at(extract: Extract, row: int) -> RowId:
    return extract.submission, extract.sheet, extract.rows[row]


def _emptied(form: Form, extract: Extract, waiting: Collection[RowId]) -> list[Record]:
    """Return a record for each cell that is blank by now, or holds a word for that (无): what says nothing is *waiting*."""
    key, code = form.key.code, _field(form, extract)
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
        if raw is None or _at(extract, at) in waiting
    ]


def _missing(
    form: Form,
    emptied: Sequence[Record],
    others: Sequence[Record],
    held: Mapping[str, RecordState],
    written: Mapping[RowId, Raw],
) -> list[tuple[Record, Finding]]:
    """Return a finding for each of *emptied* that takes away what the record, with the *others* of it, must have; *written* is what
    stands in its cell.
    """
    after: dict[str, dict[str, Stored]] = {}
    for record in (*others, *emptied):
        entry = held.get(record.key)
        after.setdefault(record.key, dict(entry.values) if entry else {}).update(record.values)
    told = []
    for record in emptied:
        field = form.field(next(code for code, value in record.values.items() if value is None))
        if _is_required(field, after[record.key]):
            told.append((record, _told(field, record, written[_row(record)])))
    return told


def _is_required(field: Field, values: StoredValues) -> bool:
    return field.required or (
        bool(field.required_when) and all(values.get(name) in answers for name, answers in field.required_when)
    )


def _told(field: Field, record: Record, written: Raw) -> Finding:
    """Return what is told of a cell that must not be blank, and is, or holds a word for that alone: what it is not to say, if that is so."""
    about: dict[str, Any] = {
        "submission": record.submission,
        "file": record.file,
        "sheet": record.sheet,
        "cell": cell_name(record.cells[field.code]),
        "form": record.form,
        "field": field.code,
        "key": record.key,
    }
    says_none = written is not None and field.kind is Kind.TEXT and field.means not in OF_THE_PAPER
    if not says_none:
        return found("value.missing", **about)
    about["value"] = as_written(written)
    own = next((rule for rule in field.rules if rule.of_none), None)
    return Finding(rule=own.code, severity=own.severity, **about) if own else found("value.missing_said", **about)


def _with_kept(form: Form, finding: Finding, entry: RecordState | None) -> Finding:
    if finding.severity is not Severity.ERROR or entry is None or form.get(finding.field) is None:
        return finding
    kept = form.field(finding.field).show(entry.values.get(finding.field, ""), "zh")
    return replace(finding, details=(*finding.details, (KEPT, str(kept))))


def _holds(record: Record) -> bool:
    return None not in record.values.values()


def _row(record: Record) -> RowId:
    return record.submission, record.sheet, record.row
