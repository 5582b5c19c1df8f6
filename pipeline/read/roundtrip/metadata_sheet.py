"""What a workbook of ours brings back in its hidden sheet, and how its worklists are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.domain.embedded_metadata import SHEET, TOKEN_LABEL, sheet_entry
from pipeline.domain.extract import Extract, Known
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.extract_records import Region, record_rows, take_rows
from pipeline.read.layouts.report_labels import report_columns
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.labels import Labels
from pipeline.read.recognise.locate_fields import Head, Header, assign_columns
from schemas.language import Form, Layout

SKIPPED = "skip:"
"""Carried before the title of a sheet that only explains."""


def metadata_of(grids: Sequence[Grid]) -> dict[str, str]:
    """Return what the hidden sheet carries, nothing when there is none."""
    grid = next((each for each in grids if each.title == SHEET), None)
    if grid is None:
        return {}
    return {as_text(row[0]): as_text(row[1]) for row in grid.rows if len(row) > 1 and as_text(row[0])}


def stage_form(metadata: Mapping[str, str], title: str, known: Known) -> Form | None:
    """Return the form that the worklist's sheet called *title* is to be filled for, None when it only informs."""
    code = metadata.get(sheet_entry(title))
    return next((form for form in known.forms if form.code == code), None)


def union(known: Known, stage: Form) -> Form:
    """Return a form with the columns of a worklist for *stage*: those of its register's first form, then its own."""
    base = known.form(known.bases[stage.code])
    own = {each.code: each for each in stage.fields}
    fields = [own.pop(each.code, each) for each in base.fields]
    return Form(stage.code, stage.title, (*fields, *own.values()), stage.model)


def read_worklist(sheet: SheetReading, known: Known, stage: Form) -> None:
    """Take the rows of a worklist twice: as *stage*'s form, and as corrections of what the register knows."""
    base = known.form(known.bases[stage.code])
    both = union(known, stage)
    number = sheet.labels.number(both.code)
    sheet.worklist = True
    header = _header(sheet)
    if header is None:
        sheet.find("worklist.damaged")
        return
    sheet.known = True
    heads = [head for head in header.heads if head.text != TOKEN_LABEL]
    columns = assign_columns(heads, sheet.labels, number)
    report_columns(sheet, number, header, columns, _unasked(both, stage))
    token = next(head.column for head in header.heads if head.text == TOKEN_LABEL)
    region = Region(header.bottom + 1, sheet.grid.height - 1, 0, token - 1)
    rows = record_rows(sheet, region, columns, both, ())
    if not rows:  # all were removed: an extract without records says that the page came back
        sheet.extract(stage, Layout.LIST, []).prefilled = True
        return
    whole = take_rows(sheet, both, columns, rows, region, {})
    sheet.extracts.remove(whole)
    for form, keep in (
        (stage, {each.code for each in stage.fields}),
        (base, {each.code for each in base.fields} - ({each.code for each in stage.fields} - {base.key.code})),
    ):
        extract = _part(whole, form, keep)
        extract.tokens = [as_text(sheet.grid.at(row, token)) for row in rows]
        extract.prefilled = True
        extract.partial = form is base
        extract.known = frozenset(form.codes & base.codes)
        sheet.extracts.append(extract)


def worklist_labels(known: Known, stage: Form) -> Labels:
    """Return the labels that a worklist for *stage* may hold."""
    return Labels(Known((union(known, stage),), known.bases))


def _part(whole: Extract, form: Form, keep: set[str]) -> Extract:
    return Extract(
        form.code,
        whole.submission,
        whole.file,
        whole.sheet,
        whole.layout,
        whole.rows,
        {code: values for code, values in whole.values.items() if code in keep},
        {code: cells for code, cells in whole.cells.items() if code in keep},
    )


def _unasked(both: Form, stage: Form) -> set[str]:
    """Return the fields that a worklist may lack: corrections are offered, not asked for."""
    return {each.code for each in both.fields if stage.get(each.code) is None}


def _header(sheet: SheetReading) -> Header | None:
    """Return the row that has the hidden column, with two labels of the form at least: most of the others may be of forms
    that were filled before and are only shown.
    """
    for row, cells in enumerate(sheet.grid.rows):
        if any(as_text(value) == TOKEN_LABEL for value in cells):
            heads = [
                Head(column, row, as_text(value), sheet.labels.lookup(value))
                for column, value in enumerate(cells)
                if not is_blank(value)
            ]
            return Header(row, row, tuple(heads)) if sum(bool(head.meaning) for head in heads) > 1 else None
    return None
