"""A worklist that came back, page by page: its rows, what was written into cells that were only shown, and remarks.

Every cell that its person has written is either in an extract or told: a worklist is a paper like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.cell import Broken, Raw
from pipeline.domain.embedded_metadata import TOKEN_LABEL
from pipeline.domain.extract import Extract, Known, pick_rows
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.rulebook import found
from pipeline.read.formats.grid import as_text, is_blank, row_text
from pipeline.read.layouts.extract_records import Region, record_rows, take_rows
from pipeline.read.layouts.report_labels import report_columns
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.headers import Head, Header
from pipeline.read.recognise.labels import Labels
from pipeline.read.recognise.locate_fields import Columns, assign_columns
from schemas.language import FieldRole, Form, Kind, Layout

_QUOTED = 80
"""Signs of a remark that are quoted."""


def read_worklist(sheet: SheetReading, known: Known, stage: Form, metadata: Mapping[str, str]) -> None:
    """Take the rows of a worklist twice: as *stage*'s form, and as corrections of what the register knows."""
    base = known.form(known.bases.get(stage.code, stage.code))
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
    completes = stage.code == base.code  # a page that asks for what its records lack, and for no step
    report_columns(sheet, number, header, columns, both.codes if completes else _unasked(both, stage))
    token = next(head.column for head in header.heads if head.text == TOKEN_LABEL)
    region = Region(header.bottom + 1, sheet.grid.height - 1, 0, token - 1)
    rows = _rows(sheet, region, columns, both, token, stage)
    _tell_other_cells(sheet, header, columns, rows, token, stage, metadata)
    if not rows and completes:
        return
    if not rows:  # all were removed: an extract without records says that the page came back
        sheet.extract(stage, Layout.LIST, []).prefilled = True
        return
    whole = take_rows(sheet, both, columns, rows, region, {})
    if completes:
        keep_what_was_typed(sheet, whole, base, columns, [as_text(sheet.grid.at(row, token)) for row in rows], metadata)
        return
    part_extract(sheet, whole, base, stage, [as_text(sheet.grid.at(row, token)) for row in rows])
    signed = metadata.get(embedded_metadata.signed_entry(sheet.grid.title.rpartition("/")[2]))
    if signed is not None:
        _unsign(next(each for each in reversed(sheet.extracts) if each.form == stage.code), stage, signed)


def part_extract(sheet: SheetReading, whole: Extract, base: Form, stage: Form, tokens: Sequence[str]) -> None:
    """Put in place of *whole* on *sheet* what its rows say of the *stage*, and how they correct the *base*."""
    sheet.extracts.remove(whole)
    for form, keep in (
        (stage, {each.code for each in stage.fields}),
        (base, {each.code for each in base.fields} - ({each.code for each in stage.fields} - {base.key.code})),
    ):
        extract = _part(whole, form, keep)
        extract.tokens = list(tokens)
        extract.prefilled = True
        extract.partial = form is base
        extract.known = frozenset(form.codes & base.codes)
        sheet.extracts.append(extract)


def keep_what_was_typed(
    sheet: SheetReading,
    whole: Extract,
    base: Form,
    columns: Columns,
    tokens: Sequence[str],
    metadata: Mapping[str, str],
) -> None:
    """Put in place of *whole* the rows, as corrections of the *base*, in which something was typed over what stood there."""
    sheet.extracts.remove(whole)
    shown = embedded_metadata.shown_cells(metadata, sheet.grid.title.rpartition("/")[2]) or {}
    for code, values in whole.values.items():
        written = shown.get(columns.fields[code].text, {}) if code != base.key.code and code in columns.fields else {}
        for at, mark in enumerate(tokens):
            if code != base.key.code and written.get(mark) == _quoted(values[at]):
                values[at] = None
    others = [values for code, values in whole.values.items() if code != base.key.code]
    keep = [at for at in range(len(tokens)) if any(not is_blank(values[at]) for values in others)]
    if not keep:
        return
    said = _part(whole, base, set(whole.values))
    said.tokens = list(tokens)
    said.prefilled = said.partial = True
    said.known = frozenset(base.codes)
    sheet.extracts.append(pick_rows(said, keep, {}))


def _unsign(extract: Extract, form: Form, name: str) -> None:
    """Take *name*, which we wrote beforehand, out of rows in which nobody has written anything: they are not signed."""
    actor = form.meaning(FieldRole.ACTOR)
    if actor is None or actor.code not in extract.values:
        return
    asked = [extract.values[code] for code in extract.values.keys() - extract.known if code != actor.code]
    for at, value in enumerate(extract.values[actor.code]):
        if as_text(value) == name and all(is_blank(column[at]) for column in asked):
            extract.values[actor.code][at] = None


def union(known: Known, stage: Form) -> Form:
    """Return a form with the columns of a worklist for *stage*: those of its register's first form, then its own."""
    base = known.form(known.bases.get(stage.code, stage.code))
    own = {each.code: each for each in stage.fields}
    fields = [own.pop(each.code, each) for each in base.fields]
    return Form(stage.code, stage.title, (*fields, *own.values()), stage.model)


def worklist_labels(known: Known, stage: Form) -> Labels:
    """Return the labels that a worklist for *stage* may hold."""
    return Labels(Known((union(known, stage),), known.bases), understanding=False)


def _rows(sheet: SheetReading, region: Region, columns: Columns, both: Form, token: int, stage: Form) -> list[int]:
    """Return which rows of the grid are records. What somebody typed under them is a remark: told, and no row."""
    key = columns.fields.get(both.key.code)
    rows: list[int] = []
    records = set(record_rows(sheet, region, columns, both, ()))
    for row in range(region.top, region.bottom + 1):
        cells = sheet.grid.rows[row]
        ours = bool(as_text(sheet.grid.at(row, token)))
        if row in records and (
            ours or (key and _may_be_key(cells[key.column], both) and _says_more(cells, key, token))
        ):
            rows.append(row)
            continue
        first = next((at for at, value in enumerate(cells) if at != token and not is_blank(value)), None)
        if first is not None:
            _remark(sheet, stage, sheet.grid.cell(row, first), row_text(cells, _QUOTED))
    return rows


def _may_be_key(value: Raw, form: Form) -> bool:
    """Tell whether somebody typed a number of his own there, and no remark."""
    text = as_text(value)
    return bool(text) and (text.isascii() or form.key.kind is not Kind.CODE)


def _says_more(cells: Sequence[Raw], key: Head, token: int) -> bool:
    """Tell whether more than a number stands in a row that was typed in."""
    return any(not is_blank(value) for at, value in enumerate(cells) if at not in (key.column, token))


def _remark(sheet: SheetReading, stage: Form, cell: int, text: str) -> None:
    sheet.find("worklist.remark", cell, form=stage.code, value=text)


def _tell_other_cells(
    sheet: SheetReading,
    header: Header,
    columns: Columns,
    rows: Sequence[int],
    token: int,
    stage: Form,
    metadata: Mapping[str, str],
) -> None:
    """Tell what stands in columns that are no fields to fill: our own, which only show, and any that were added."""
    title = sheet.grid.title.rpartition("/")[2]
    shown = embedded_metadata.shown_cells(metadata, title)
    if shown is None:  # written by an earlier version, which did not say what it showed
        return
    fields = {head.column for head in columns.fields.values()}
    labels = {head.column: head.text for head in header.heads}
    for column in range(max((len(sheet.grid.rows[row]) for row in rows), default=0)):
        if column == token or column in fields:
            continue
        label = labels.get(column, "")
        filled = [(row, value) for row in rows if not is_blank(value := sheet.grid.at(row, column))]
        if label in shown:
            for row, value in filled:
                mark = as_text(sheet.grid.at(row, token))
                written = shown[label].get(mark)
                if written is not None and _quoted(value) != written:
                    sheet.findings.append(_only_shown(sheet, stage, row, column, label, written, mark))
        elif filled:
            texts = "；".join(as_text(value) for _, value in filled)
            quoted = f"{label}：{texts}" if label else texts
            short = quoted if len(quoted) <= _QUOTED else f"{quoted[: _QUOTED - 1]}…"
            _remark(sheet, stage, sheet.grid.cell(filled[0][0], column), short)


def _only_shown(
    sheet: SheetReading, stage: Form, row: int, column: int, label: str, written: str, mark: str
) -> Finding:
    token = embedded_metadata.parse_token(mark)
    return found(
        "worklist.only_shown",
        submission=sheet.submission,
        file=sheet.file,
        sheet=sheet.grid.title,
        cell=cell_name(sheet.grid.cell(row, column)),
        form=stage.code,
        value=as_text(sheet.grid.at(row, column)),
        key=token[0] if token else "",
        column=label,
        written=written,
    )


def _quoted(value: Raw) -> str:
    return embedded_metadata.quoted_cell(as_text(value) if isinstance(value, Broken) else value)


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
