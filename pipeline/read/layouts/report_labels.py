"""What is to be said about the labels of a table or card: unknown, misspelt, missing, in doubt."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence

from pipeline.domain.place import cell_name
from pipeline.read.layouts.sheet import SheetReading, name_labels
from pipeline.read.recognise.headers import Head, Header
from pipeline.read.recognise.labels import Codes
from pipeline.read.recognise.locate_fields import Columns, is_counter
from pipeline.read.recognise.recognise_form import FormChoice, Meaning
from schemas.language import Field, Form, Localized


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
    for head, candidates in columns.ambiguous:
        codes_offered = list(dict.fromkeys(itertools.chain(*candidates)))
        sheet.find(
            "header.ambiguous",
            _cell(sheet, head),
            form=form.code,
            value=head.text,
            labels=name_labels([form.field(code) for code in codes_offered]),
            candidates=",".join(codes_offered),
            samples="、".join(head.samples),
        )
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
    filled = [head for head in columns.unknown if head.samples and not is_counter(head.text)]
    unknown = sorted(filled, key=lambda head: head.column)
    report_unknown(sheet, form, [(head.text, _cell(sheet, head)) for head in unknown])


def report_unparted(sheet: SheetReading, form: Form, head: Head, fields: Sequence[Field]) -> None:
    """Say that a column holds two fields, and that its cells do not tell which part is which."""
    sheet.find(
        "header.ambiguous",
        _cell(sheet, head),
        form=form.code,
        value=head.text,
        labels=name_labels(list(fields)),
        candidates=",".join(each.code for each in fields),
        samples="、".join(head.samples),
    )


def report_unknown(sheet: SheetReading, form: Form, labels: Sequence[tuple[str, int]]) -> None:
    """Say which labels the form does not know, all in one finding at the first one's packed cell."""
    if labels:
        names = "、".join(f"{text}({cell_name(cell)})" for text, cell in labels)
        sheet.find("column.unknown", labels[0][1], form=form.code, value=labels[0][0], columns=names)


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
