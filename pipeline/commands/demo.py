"""Plays an office for two days in a folder of its own: makes the sheets that people drop, runs, and says what came out.

The sheets are made from the program's own templates and worklists, filled as a person would fill them, and from old
layouts declared in the samples. What is played stands beside each procedure (``schemas/<procedure>/samples.py``).
"""

from __future__ import annotations

import importlib
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.engine import make_url

from pipeline.commands.run import run
from pipeline.domain import embedded_metadata
from pipeline.domain.run_summary import RunSummary
from pipeline.render.reports.template import template
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Catalogue, Form, Layout
from schemas.language.sample import Cells, Filled, OldStyle, Returned, Scene

_REQUIRED_MARK = " *＊"
_DRAWN = "schemas.drawn"


@dataclass(frozen=True, slots=True)
class Played:
    """One scene after its run: what was dropped, and what the run did."""

    scene: Scene
    dropped: tuple[str, ...]
    summary: RunSummary


def scenes(catalogue: Catalogue, *, every: bool = False) -> Iterator[Scene]:
    """Return the scenes of the procedure that introduces the program, of *every* one that has samples, day by day."""
    found: list[Scene] = []
    drawn: Mapping[str, Sequence[Scene]] = importlib.import_module(_DRAWN + ".samples").SCENES_OF if every else {}
    for procedure in catalogue.procedures:
        if not (every or procedure.introduces):
            continue
        found += drawn.get(procedure.code) or _declared(procedure.code)
    yield from sorted(found, key=lambda scene: scene.day)


def _declared(procedure: str) -> Sequence[Scene]:
    try:
        samples = importlib.import_module(f"schemas.{procedure}.samples")
    except ModuleNotFoundError:
        return ()
    scenes: Sequence[Scene] = getattr(samples, "SCENES", ())
    return scenes


def lay_out_drawn(folder: Path) -> None:
    """Put the procedures that are drawn in Excel alone into *folder*, as an office keeps its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in files(_DRAWN).iterdir():
        if each.name.endswith(".xlsx"):
            (folder / each.name).write_bytes(each.read_bytes())


def play(settings: Settings, *, every: bool = False) -> Iterator[Played]:
    """Play the scenes in the folders of *settings*, one run a scene; what an earlier play left is removed."""
    for folder in (settings.inbox, settings.outbox):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    Path(make_url(settings.ledger).database or "").unlink(missing_ok=True)
    for scene in scenes(in_force(settings), every=every):
        names = []
        for drop in scene.drops:
            (settings.inbox / drop.name).write_bytes(made(drop, settings))
            names.append(drop.name)
        yield Played(scene, tuple(names), run(settings, today=scene.day))


def made(drop: Filled | OldStyle | Returned, settings: Settings) -> bytes:
    """Return the file that somebody drops: a blank sheet of the program's own or an old one filled, or his worklist of the run before."""
    if isinstance(drop, OldStyle):
        return old_style(drop)
    if isinstance(drop, Filled):
        form = in_force(settings).form(drop.form)
        return filled(template(form, drop.layout, settings.language, settings.office_name), form, drop)
    (path,) = (settings.outbox / "worklists").glob(f"{drop.person}-*.xlsx")
    return answered(path.read_bytes(), in_force(settings), drop.answers)


def old_style(drop: OldStyle) -> bytes:
    """Return the workbook of a sheet as the office kept it before."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = drop.sheet
    for row in drop.rows:
        sheet.append(row)
    for cells in drop.merged:
        sheet.merge_cells(cells)
    return _bytes(book)


def filled(blank: bytes, form: Form, drop: Filled) -> bytes:
    """Return the template *blank* with the records of *drop* typed into it."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    if drop.layout is Layout.LIST:
        sheet, columns, header = _header(book, form)
        row = header + 1
        while any(sheet.cell(row, column).value not in (None, "") for column in columns.values()):
            row += 1  # the example
        for at, record in enumerate(drop.records, row):
            for code, value in record.items():
                if not form.field(code).head:
                    sheet.cell(at, columns[code]).value = value
        if drop.records and any(field.head for field in form):
            _fill_card(sheet, form, {code: value for code, value in drop.records[0].items() if form.field(code).head})
    else:
        for sheet, record in zip(book.worksheets, drop.records, strict=False):
            _fill_card(sheet, form, record)
    return _bytes(book)


def _fill_card(sheet: Worksheet, form: Form, record: Cells) -> None:
    labels = {field.label.zh: field.code for field in form.fields}
    for row in sheet.iter_rows():
        for cell in row:
            code = labels.get(_label(cell.value), "")
            if code in record:
                sheet.cell(cell.row or 0, (cell.column or 0) + 1).value = record[code]


def answered(worklist: bytes, catalogue: Catalogue, answers: Mapping[str, Cells]) -> bytes:
    """Return a *worklist* with *answers* typed into the rows of their keys."""
    book = openpyxl.load_workbook(io.BytesIO(worklist))
    listed = {
        str(row[0].value): str(row[1].value)
        for row in book[embedded_metadata.SHEET].iter_rows(min_col=1, max_col=2)
        if row[0].value
    }
    for sheet in book.worksheets:
        code = listed.get(embedded_metadata.sheet_entry(sheet.title))
        if (
            code is None or code == catalogue.register_of(code).base.code
        ):  # of what records lack: no step is answered there
            continue
        form = catalogue.form(code)
        register = catalogue.register_of(code)
        _, columns, header = _header(book, form, sheet)
        base = _header(book, register.base, sheet)[1]
        token = next(cell.column or 0 for cell in sheet[header] if str(cell.value) == embedded_metadata.TOKEN_LABEL)
        for row in range(header + 1, sheet.max_row + 1):
            parsed = embedded_metadata.parse_token(str(sheet.cell(row, token).value or ""))
            for field, value in answers.get(parsed[0] if parsed else "", {}).items():
                column = columns.get(field) or base.get(field)
                if column is not None:
                    sheet.cell(row, column).value = value
    return _bytes(book)


def _header(
    book: openpyxl.Workbook, form: Form, sheet: Worksheet | None = None
) -> tuple[Worksheet, dict[str, int], int]:
    """Return the sheet, the columns by field code and the row of the header that holds most labels of *form*."""
    labels = {label: field.code for field in form.fields for label in (field.label.zh, field.label.en)}
    best: tuple[Worksheet, dict[str, int], int] | None = None
    for each in [sheet] if sheet else book.worksheets:
        for row in each.iter_rows(max_row=20):
            columns = {
                labels[label]: cell.column for cell in row if (label := _label(cell.value)) in labels and cell.column
            }
            if best is None or len(columns) > len(best[1]):
                best = (each, columns, row[0].row or 1)
    if best is None:
        raise LookupError(f"no header of {form.code}")
    return best


def _label(value: object) -> str:
    return str(value or "").strip(_REQUIRED_MARK)


def _bytes(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
