"""What is to be said about the labels of a table or card: unknown, misspelt, missing, in doubt."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence

from pipeline.domain.answer import OFFERED, SAMPLES
from pipeline.domain.cell import Raw
from pipeline.domain.place import cell_name
from pipeline.read.formats.grid import as_text, is_blank
from pipeline.read.layouts.sheet import SheetReading, name_labels
from pipeline.read.recognise.headers import Head, Header
from pipeline.read.recognise.labels import Codes
from pipeline.read.recognise.locate_fields import Columns, is_counter
from pipeline.read.recognise.recognise_form import FormChoice, Meaning
from schemas.language import Field, Form, Localized

_SAMPLES = 3
_LONGEST_SAMPLE = 40
_LOOKED_AT = 200
"""Cells below a label among which samples are sought."""


def report_choice(sheet: SheetReading, choice: FormChoice, header: Header) -> None:
    """Say why a table is of no form."""
    cell = sheet.grid.cell(header.heads[0].row, header.heads[0].column)
    report_unrecognised(sheet, choice, [head.meaning for head in header.heads], cell)


def report_unrecognised(sheet: SheetReading, choice: FormChoice, meanings: Iterable[Meaning], cell: int | None) -> None:
    """Say which forms fit equally, or which one comes nearest and what it would need."""
    if choice.rivals:
        titles = [sheet.labels.forms[number].title for number in choice.rivals]
        both = Localized("、".join(f"“{each.zh}”" for each in titles), ", ".join(f"“{each.en}”" for each in titles))
        sheet.find("sheet.two_forms", cell, forms=both)
        return
    if choice.nearest is None:
        sheet.find("sheet.foreign", cell)
        return
    form = sheet.labels.forms[choice.nearest]
    present = {code for meaning in meanings for code in (meaning or {}).get(choice.nearest, ())}
    absent = [each for each in form.fields if each.code not in present]
    lacking = [each for each in absent if each.required] or absent
    if not lacking:
        sheet.find("sheet.foreign", cell)
        return
    sheet.find("sheet.unknown", cell, form=form.code, nearest=form.title, labels=name_labels(lacking))


def report_columns(sheet: SheetReading, number: int, header: Header, columns: Columns, once: Collection[str]) -> None:
    """Say what is doubtful about the labels of a list of form *number*; *once* are fields found outside the rows."""
    form = sheet.labels.forms[number]
    report_misspelt(sheet, form, columns.misspelt)
    held = set(columns.fields) | set(once)
    for head, candidates in columns.ambiguous:
        likely = list(dict.fromkeys(itertools.chain(*candidates)))
        fields = name_labels([form.field(code) for code in likely])
        asked = {OFFERED: _offered(form, held, likely), SAMPLES: _samples(_below(sheet, header, head))}
        sheet.find("header.ambiguous", _cell(sheet, head), form=form.code, value=head.text, labels=fields, **asked)
    for one, other, codes in columns.twice:
        sheet.find(
            "header.twice",
            _cell(sheet, other),
            form=form.code,
            field=codes[0],
            value=other.text,
            other=f"{_name(sheet, one)}“{one.text}”",
        )
    present = set(columns.fields) | set(once) | columns.doubtful
    report_missing(sheet, form, present, sheet.grid.cell(header.bottom, header.first))
    if sheet.worklist:
        return
    unknown = sorted((head for head in columns.unknown if not is_counter(head.text)), key=lambda head: head.column)
    for head in unknown:
        again = number in (head.meaning or {})  # its field has a column of its own: there is nothing to ask
        report_unknown(sheet, number, head.text, _cell(sheet, head), _below(sheet, header, head), held, asks=not again)


def report_unparted(
    sheet: SheetReading, form: Form, head: Head, fields: Sequence[Field], values: Iterable[Raw]
) -> None:
    """Say that a column holds two fields, and that its cells (*values*) do not tell which part is which."""
    asked = {OFFERED: ",".join(each.code for each in fields), SAMPLES: _samples(values)}
    names = name_labels(list(fields))
    sheet.find("header.ambiguous", _cell(sheet, head), form=form.code, value=head.text, labels=names, **asked)


def report_unknown(
    sheet: SheetReading,
    number: int,
    label: str,
    cell: int,
    values: Iterable[Raw],
    held: Collection[str],
    *,
    asks: bool = True,
) -> None:
    """Say that form *number* does not know *label*, and, with *asks*, which of its fields it may mean: all but those *held*
    by others. Nothing is said of a label above nothing (*values*), nor of one of which the office has said that it is none
    of the form's.
    """
    form, samples = sheet.labels.forms[number], _samples(values)
    if not samples or sheet.labels.is_foreign(number, label):
        return
    asked = {OFFERED: _offered(form, held), SAMPLES: samples} if asks else {}
    sheet.find("column.unknown", cell, form=form.code, value=label, **asked)


def _offered(form: Form, held: Collection[str], likely: Sequence[str] = ()) -> str:
    """Return the codes of the fields that a label may mean: the *likely* ones, those that the sheet lacks, the others."""
    free = [each for each in form.fields if each.code not in held and each.code not in likely]
    return ",".join([*likely, *(each.code for each in sorted(free, key=lambda each: not each.required))])


def _below(sheet: SheetReading, header: Header, head: Head) -> Iterable[Raw]:
    rows = sheet.grid.rows[header.bottom + 1 : header.bottom + 1 + _LOOKED_AT]
    return (row[head.column] for row in rows)


def _samples(values: Iterable[Raw]) -> str:
    texts = (as_text(value) for value in values if not is_blank(value))
    different = itertools.islice(dict.fromkeys(texts), _SAMPLES)
    return "、".join(text if len(text) <= _LONGEST_SAMPLE else text[:_LONGEST_SAMPLE] + "…" for text in different)


def report_misspelt(sheet: SheetReading, form: Form, misspelt: Sequence[tuple[Head, Codes]]) -> None:
    """Say which labels were taken for which fields although they are written otherwise."""
    for head, codes in misspelt:
        sheet.find("header.misspelt", _cell(sheet, head), form=form.code, field=codes[0], value=head.text)


def report_missing(sheet: SheetReading, form: Form, present: Collection[str], cell: int) -> None:
    """Say which required labels the sheet lacks, all in one finding at *cell*."""
    lacking = [each for each in form.fields if each.required and each.code not in present]
    if lacking:
        sheet.find("header.missing", cell, form=form.code, labels=name_labels(lacking), title=form.title)


def _cell(sheet: SheetReading, head: Head) -> int:
    return sheet.grid.cell(head.row, head.column)


def _name(sheet: SheetReading, head: Head) -> str:
    return cell_name(_cell(sheet, head))
