"""Raw cells → stored values, a column at a time. Equal cells of a field are converted once in a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipeline.domain.cell import Broken, Raw
from pipeline.domain.extract import Extract
from pipeline.validate.choices import choice_converter
from pipeline.validate.codes_in_words import code_converter
from pipeline.validate.dates import Ends, date_converter
from pipeline.validate.days_by_column import days_by_column
from pipeline.validate.emails import convert_email
from pipeline.validate.moments import moment_converter, month_converter
from pipeline.validate.numbers import convert_counted, convert_integer, convert_number
from pipeline.validate.outcome import DITTO, Conversion, Convert, Repaired, StoredValue, WrongValue
from pipeline.validate.phones import convert_phone
from pipeline.validate.spaced_names import convert_person
from pipeline.validate.stack import FieldColumn, Stack
from pipeline.validate.texts import convert_list, convert_text
from pipeline.validate.turned_texts import as_typed
from schemas.language import Field, FieldRole, Form, Kind, Layout, Localized
from schemas.language.context import OFFICE_ZONE

_PLAIN: dict[Kind, Convert] = {
    Kind.TEXT: convert_text,
    Kind.LIST: convert_list,
    Kind.PHONE: convert_phone,
    Kind.INTEGER: convert_integer,
    Kind.NUMBER: convert_number,
}

_DONE = {FieldRole.CAME_ON, FieldRole.DONE_ON}
_BEGINS = {FieldRole.STARTS, *_DONE}
_PEOPLE = {FieldRole.PERSON_NAME, FieldRole.SUBMITTER, FieldRole.ACTOR}
_BY_MONTH = {FieldRole.STARTS, FieldRole.ENDS}
"""A licence's days are printed on it, what was done was done on a day: of those a month tells too little."""
_ENDING = {FieldRole.ENDS, FieldRole.EXPIRES}

_TEXTS = (".csv", ".tsv", ".txt")
_CUT = re.compile(r"\s*[0-9]{4}\.1\s*")
"""In a file of text, what a workbook may have cut: 2020.10 typed as a number is saved as 2020.1."""

_ERROR_CELLS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"})
"""What a formula that failed leaves in a file of text."""

_STORED = frozenset({str, int, float, type(None)})


def convert_cells(stack: Stack, today: date, zone: str = OFFICE_ZONE) -> None:
    """Fill ``stack.columns`` with every field of the form; blank where a sheet lacks the field."""
    for field in stack.form:
        converters = _Converters(stack.form, field, today, zone)
        column = stack.columns[field.code] = FieldColumn()
        for extract in stack.extracts:
            outcomes = converters.outcomes(extract)
            if outcomes is None:
                column.values += [None] * len(extract)
            else:
                if field.kind is Kind.DATE:
                    raws = extract.values[field.code]
                    outcomes = days_by_column(raws, outcomes, today, extract.year, done=field.means in _DONE)
                _append(column, outcomes, field, extract.layout)


def convert_apart(
    form: Form, field: Field, raws: Iterable[Raw], today: date, zone: str = OFFICE_ZONE
) -> list[StoredValue | None]:
    """Return what *raws* hold as values of *field*, each by itself; None for a blank and for what is wrong."""
    memory = _Memory(_converter(field, today, zone))
    return [_value(memory[raw]) for raw in raws]


def _value(outcome: Conversion) -> StoredValue | None:
    if isinstance(outcome, Repaired):
        return outcome.value
    return outcome if isinstance(outcome, str | int | float) else None


class _Converters:
    """The ways to convert one field: by itself, and from a cell that it shares with the other end of its range."""

    def __init__(self, form: Form, field: Field, today: date, zone: str) -> None:
        self._field = field
        self._others = [other.code for other in form if field.span and other is not field and _share(field, other)]
        self._alone = _Memory(_converter(field, today, zone))
        shared = replace(_ends(field), whole=True)
        self._shared = _Memory(date_converter(today, shared, zone)) if self._others else self._alone

    def outcomes(self, extract: Extract) -> list[Conversion] | None:
        """Return what becomes of each of the extract's cells; None when it lacks the field."""
        raws = extract.values.get(self._field.code)
        if raws is None:
            return None
        if bool in set(map(type, raws)):  # True equals 1, and would be remembered as it
            raws = ["TRUE" if raw is True else "FALSE" if raw is False else raw for raw in raws]
        if self._field.means in _BY_MONTH and extract.file.casefold().endswith(_TEXTS):
            raws = [float(raw) if raw.__class__ is str and _CUT.fullmatch(raw) else raw for raw in raws]
        shared = self._sharing(extract)
        if not any(shared):
            return list(map(self._alone.__getitem__, raws))
        return [(self._shared if both else self._alone)[raw] for raw, both in zip(raws, shared, strict=True)]

    def _sharing(self, extract: Extract) -> Sequence[bool]:
        theirs = [extract.cells[code] for code in self._others if code in extract.cells]
        if not theirs:
            return ()
        own = extract.cells[self._field.code]
        return [cell in others for cell, *others in zip(own, *theirs, strict=True)]


class _Memory(dict[Raw, Conversion]):
    """What became of each distinct cell so far."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, raw: Raw) -> Conversion:
        if isinstance(raw, Broken):
            outcome: Conversion = WrongValue("value.error_cell" if raw.text.startswith("#") else "value.uncalculated")
        elif isinstance(raw, str) and raw[:1] == "#" and raw.strip() in _ERROR_CELLS:
            outcome = WrongValue("value.error_cell")
        else:
            outcome = self._convert(raw)
        self[raw] = outcome
        return outcome


def _converter(field: Field, today: date, zone: str) -> Convert:
    if field.counted:
        return convert_counted
    if field.means is FieldRole.PERSON_EMAIL:
        return convert_email
    if field.means in _PEOPLE and field.kind is Kind.TEXT and not field.options:
        return as_typed(convert_person)
    if field.kind in {Kind.TEXT, Kind.LIST} and field.means is not FieldRole.NEW_VALUE:  # which may be a day
        return as_typed(_PLAIN[field.kind])
    return _PLAIN.get(field.kind) or _of_declared(field, today, zone)


def _of_declared(field: Field, today: date, zone: str) -> Convert:
    """Return the converter of a kind that hangs on more than the cell: the field's options, its example, the day."""
    match field.kind:
        case Kind.CHOICE:
            # a post is no part of another one: 主管 is not the 销售主管, who may approve what 主管 may not
            return choice_converter(field.options, halves=field.means is not FieldRole.PERSON_ROLE)
        case Kind.CODE:
            return code_converter(field)
        case Kind.DATE:
            return date_converter(today, _ends(field), zone)
        case Kind.MOMENT:
            return moment_converter(today, zone)
        case Kind.MONTH:
            return month_converter(today)
        case _:  # read as another kind it would be changed without a word
            raise TypeError(f"nobody says how a cell of kind {field.kind} is converted")


def _ends(field: Field) -> Ends:
    end = field.span.end if field.span else None
    side = 0 if field.means in _BEGINS else 1 if field.means in _ENDING else end
    must = field.required or bool(field.required_when)
    return Ends(end, side=side, open=side == 1 and not must, month=field.means in _BY_MONTH)


def _share(field: Field, other: Field) -> bool:
    return (
        field.span is not None and other.span is not None and not set(field.span.labels).isdisjoint(other.span.labels)
    )


def _append(column: FieldColumn, outcomes: list[Conversion], field: Field, layout: Layout) -> None:
    if _STORED.issuperset(map(type, outcomes)):
        column.values += outcomes  # type: ignore[arg-type]
        return
    start = len(column.values)
    for at, outcome in enumerate(outcomes, start):
        resolved = _above(column, field, at, start, layout) if outcome is DITTO else outcome
        if isinstance(resolved, WrongValue):
            column.wrong[at] = resolved
            column.values.append(None)
        elif isinstance(resolved, Repaired):
            column.repaired[at] = resolved
            column.values.append(resolved.value)
        else:
            column.values.append(resolved)


def _above(column: FieldColumn, field: Field, at: int, start: int, layout: Layout) -> Repaired | WrongValue:
    above: StoredValue | None = column.values[at - 1] if at > start else None
    if above is None or field.key or layout is not Layout.LIST:
        return WrongValue("value.ditto")
    option = field.option(above)
    shown: Localized | str = option.words if option else str(above)
    return Repaired(above, "repair.ditto", shown)
