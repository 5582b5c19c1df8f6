"""What a row must hold, and which rows nobody has filled in yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.domain.extract import Extract
from pipeline.validate.cell_findings import CellFindings
from pipeline.validate.stack import Stack
from schemas.language import Field, Form, Kind, Localized
from schemas.language.field import OF_THE_PAPER, SIGNING


def check_rows(stack: Stack, findings: CellFindings) -> None:
    """Add a finding for each cell that is blank and must not be.

    A row whose sheet lacks a required column, or has it in doubt, is only kept out: reading has told so once.
    """
    for extract, rows in _parts(stack):
        missing: dict[int, list[Field]] = {}
        for field in stack.form:
            for row in _lacking(stack, field, extract, rows):
                if field.code in extract.doubtful or (_is_always(field) and field.code not in extract.values):
                    findings.refuse(row)
                else:
                    missing.setdefault(row, []).append(field)
        for row, fields in missing.items():
            blank = [field for field in fields if not _says_none(stack, row, field)]
            is_half_filled = len(blank) > 1 and extract.prefilled  # one matter, however many cells it lacks
            if is_half_filled:
                findings.add(row, blank[0], "worklist.row_half_filled", missing=_labels(blank))
            said = [field for field in fields if field not in blank]  # a word that is no answer is told of itself
            _tell_missing(stack, row, said if is_half_filled else fields, findings)


def _lacking(stack: Stack, field: Field, extract: Extract, rows: range) -> list[int]:
    """Return those of *rows* that must hold *field* and do not."""
    if _is_given(field, extract) or not (field.key or field.required or field.required_when):
        return []
    if extract.partial and not field.key:
        return []
    blank = [row for row in _blank(stack, field, rows) if row - rows.start not in extract.done]
    return blank if _is_always(field) else [row for row in blank if _is_required(stack, field, row)]


def _is_always(field: Field) -> bool:
    return field.key or field.required


def _says_none(stack: Stack, row: int, field: Field) -> bool:
    """Tell whether the cell of a text that is asked for holds a word that there is none, which is no answer."""
    return field.kind is Kind.TEXT and field.means not in OF_THE_PAPER and bool(stack.written(row, field))


def _tell_missing(stack: Stack, row: int, fields: Collection[Field], findings: CellFindings) -> None:
    for field in fields:
        if _is_always(field):
            says_none = _says_none(stack, row, field)
            own = next((rule for rule in field.rules if rule.of_none), None)
            if says_none and own:
                findings.add_own(row, field, own)
            else:
                findings.add(row, field, "value.missing_said" if says_none and not field.key else "value.missing")
        else:
            findings.add(row, field, "value.missing_when", because=_because(stack, field, row))


def _labels(fields: Collection[Field]) -> Localized:
    return Localized("、".join(each.label.zh for each in fields), ", ".join(each.label.en for each in fields))


def _is_given(field: Field, extract: Extract) -> bool:
    """Tell whether the program gives *field* where a sheet does not; what it wrote itself has it already."""
    return field.given and not extract.partial and not extract.prefilled


def find_waiting(stack: Stack) -> set[int]:
    """Return the rows of worklists in which nothing was filled in but what stood there before."""
    waiting: set[int] = set()
    for extract, rows in _parts(stack):
        if extract.prefilled:
            watched = _watched(stack.form, extract)
            waiting |= {row for row in rows if all(_is_untouched(stack, field, row) for field in watched)}
    return waiting


def tell_unfinished(stack: Stack, waiting: Collection[int], findings: CellFindings) -> None:
    """Add a finding for each of the *waiting* rows that says who did the step, or when, and nothing of it; or in which was changed
    what the step asks to change, and nobody has signed.

    Names and days are filled down a whole column before anything is done: that is no error, yet may be forgotten.
    """
    for extract, rows in _parts(stack):
        if not extract.prefilled or extract.partial:
            continue
        watched = _watched(stack.form, extract)
        begun = [field for field in stack.form if field.means in SIGNING and field not in watched]
        asked = next((field for field in watched if field.required), watched[0])
        for row in rows:
            if row not in waiting:
                continue
            if changed := extract.changed.get(row - rows.start):
                findings.add_unsigned(row, asked, changed)
            elif not all(_is_untouched(stack, field, row) for field in begun):
                findings.add_unfinished(row, asked)


def _watched(form: Form, extract: Extract) -> list[Field]:
    """Return the fields that tell whether somebody was at work on a row."""
    open_fields = [field for field in form if not field.key]
    if extract.partial:
        return open_fields
    asked = [field for field in open_fields if field.code not in extract.known]
    return [field for field in asked if field.means not in SIGNING] or asked  # some ask only who and when


def _is_untouched(stack: Stack, field: Field, row: int) -> bool:
    column = stack.columns[field.code]
    return column.values[row] is None and row not in column.wrong


def _parts(stack: Stack) -> Iterable[tuple[Extract, range]]:
    return (
        (extract, range(start, start + len(extract)))
        for extract, start in zip(stack.extracts, stack.starts, strict=False)
    )


def _blank(stack: Stack, field: Field, rows: range) -> list[int]:
    column = stack.columns[field.code]
    values = column.values[rows.start : rows.stop]
    if None not in values:
        return []
    return [row for row, value in zip(rows, values, strict=True) if value is None and row not in column.wrong]


def _is_required(stack: Stack, field: Field, row: int) -> bool:
    return all(stack.columns[name].values[row] in answers for name, answers in field.required_when)


def _because(stack: Stack, field: Field, row: int) -> Localized:
    """Say which answers make the field required."""
    reasons = [(stack.form.field(name), stack.columns[name].values[row]) for name, _ in field.required_when]
    return Localized(
        "、".join(f"{other.label.zh}为“{other.show(value, 'zh')}”" for other, value in reasons),
        " and ".join(f"{other.label.en} is “{other.show(value, 'en')}”" for other, value in reasons),
    )
