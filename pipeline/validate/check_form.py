"""The way of one form through validation: convert, check columns, check rows, part the good from the bad."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from pipeline.domain.checked import Checked, RowId
from pipeline.domain.extract import Extract
from pipeline.domain.record import Record
from pipeline.validate.as_written import as_written
from pipeline.validate.cell_findings import CellFindings
from pipeline.validate.check_columns import check_columns
from pipeline.validate.check_rows import check_rows, find_waiting, tell_unfinished
from pipeline.validate.convert_cells import convert_cells
from pipeline.validate.joint_roles import part_joint_roles
from pipeline.validate.stack import Stack
from pipeline.validate.texts import clean_text
from schemas.language import Form
from schemas.language.context import Context


def check_form(form: Form, extracts: Sequence[Extract], context: Context) -> Checked:
    """Judge all *extracts* of *form* in one frame.

    Each row is exactly one of: a record, rejected (with an error, or for a column that its sheet lacks), waiting.
    """
    stack = Stack(form, extracts)
    convert_cells(stack, context.today, context.zone)
    part_joint_roles(stack)
    unsaid = _hold_silent(stack)
    waiting = find_waiting(stack)
    findings = CellFindings(stack, silent=waiting, unsaid=unsaid)
    _tell_conversions(stack, findings)
    check_columns(stack, context, findings)
    check_rows(stack, findings)
    tell_unfinished(stack, waiting, findings)
    return Checked(
        records=_records(stack, waiting | findings.refused),
        findings=findings.listed(),
        rejected={_row_id(stack, row) for row in findings.refused},
        waiting={_row_id(stack, row) for row in waiting},
    )


def waiting_rows(form: Form, extracts: Sequence[Extract], today: date) -> set[RowId]:
    """Return the rows of worklists in which nothing was filled in but what stood there before."""
    stack = Stack(form, extracts)
    convert_cells(stack, today)
    return {_row_id(stack, row) for row in find_waiting(stack)}


def _hold_silent(stack: Stack) -> set[tuple[int, str]]:
    """Put in place of each cell that only repeats its paper what the register holds, and return those cells."""
    unsaid: set[tuple[int, str]] = set()
    for extract, start in zip(stack.extracts, stack.starts, strict=False):
        for code, held in extract.silent.items():
            column = stack.columns[code]
            for at, value in held.items():
                row = start + at
                column.values[row] = value
                column.wrong.pop(row, None)
                column.repaired.pop(row, None)
                unsaid.add((row, code))
    return unsaid


def _tell_conversions(stack: Stack, findings: CellFindings) -> None:
    for field in stack.form:
        column = stack.columns[field.code]
        for row, wrong in column.wrong.items():
            findings.add(row, field, wrong.rule, **wrong.details)
        for row, repaired in column.repaired.items():
            findings.add(row, field, repaired.rule, after=repaired.after)
    for extract, start in zip(stack.extracts, stack.starts, strict=False):
        for code, observations in extract.observations.items():
            for row, first in enumerate(extract.rows, start):
                if seen := observations.get(first):
                    findings.add(row, stack.form.field(code), seen.rule, **seen.details)


def _records(stack: Stack, out: Collection[int]) -> list[Record]:
    repaired = {row for column in stack.columns.values() for row in column.repaired}
    key = stack.columns[stack.form.key.code].values
    records: list[Record] = []
    for extract, start in zip(stack.extracts, stack.starts, strict=False):
        columns = [
            (code, stack.columns[code].values, extract.cells[code])
            for code in (field.code for field in stack.form)
            if code in extract.values
        ]
        for at, first in enumerate(extract.rows):
            row = start + at
            if row in out:
                continue
            records.append(
                Record(
                    form=stack.form.code,
                    submission=extract.submission,
                    file=extract.file,
                    sheet=extract.sheet,
                    row=first,
                    key=str(key[row] or ""),
                    values={code: values[row] for code, values, _ in columns if values[row] is not None},
                    cells={code: cells[at] for code, values, cells in columns if values[row] is not None},
                    notes=_notes(extract, at) if extract.notes else {},
                    token=extract.tokens[at] if extract.tokens else "",
                    partial=extract.partial,
                    repaired=row in repaired,
                )
            )
    return records


def _notes(extract: Extract, at: int) -> dict[str, str]:
    written = ((label, clean_text(as_written(column[at]))) for label, column in extract.notes.items())
    return {label: text for label, text in written if text}


def _row_id(stack: Stack, row: int) -> RowId:
    extract, at = stack.locate(row)
    return extract.submission, extract.sheet, extract.rows[at]
