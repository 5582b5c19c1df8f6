"""The door of reading: one dropped file in, its records, findings and ignored rows out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.domain.embedded_metadata import (
    EXCEPTIONS,
    KIND,
    PERSON,
    REPORT,
    SHEET,
    SUBMISSION,
    TEMPLATE,
    WORKLIST,
    card_entry,
    written,
)
from pipeline.domain.extract import Known, Reading
from pipeline.domain.place import cell_name
from pipeline.domain.rulebook import found
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.decrypt import decrypt
from pipeline.read.formats.grid import Grid, is_blank
from pipeline.read.formats.open_workbook import open_member, open_workbook
from pipeline.read.formats.open_zip import members
from pipeline.read.formats.refusal import Refusal
from pipeline.read.layouts.example_rows import leave_out_sample
from pipeline.read.layouts.read_sheet import read_sheet
from pipeline.read.layouts.report_hidden import report_hidden
from pipeline.read.layouts.report_lines import TORN
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.layouts.side_sheets import is_side_page
from pipeline.read.recognise.labels import Labels, normalise
from pipeline.read.roundtrip.metadata_sheet import SKIPPED, metadata_of, stage_form
from pipeline.read.roundtrip.read_answers import read_answers
from pipeline.read.roundtrip.read_master import read_master
from pipeline.read.roundtrip.read_visit import read_visit
from pipeline.read.roundtrip.read_worklist import read_worklist, worklist_labels
from schemas.language import Form

_SHOWN = 5
_LEFT_OUT = TORN | {"sheet.sample", "row.example"}
"""Rules that say what was not taken from a sheet: it is not blank."""

_compiled: tuple[Known, Labels] | None = None


def read_file(name: str, content: bytes, submission: str, known: Known) -> Reading:
    """Return what the file *name* (as in the inbox, hash *submission*) holds.

    Never raises for what is in the file: a file that cannot be read is ``refused`` with a finding that says why. The
    sheets of a zip of workbooks are named ``<workbook>/<sheet>``.
    """
    reading = Reading()
    sheets: list[SheetReading] = []
    refused: list[tuple[str, Refusal]] = []
    try:
        content, _ = decrypt(name, content, known.passwords)
        opened = open_workbook(content, PurePosixPath(name).stem)
        if isinstance(opened, Package):
            for member, entry in members(opened):
                try:
                    inner, _ = decrypt(member, opened.read(entry), known.passwords)
                    grids = open_member(inner, PurePosixPath(member).stem)
                except Refusal as refusal:
                    refused.append((member, refusal))
                else:
                    sheets += _read_workbook(reading, name, submission, grids, known, inner, f"{member}/")
        elif _draws(opened, known):
            return Reading(metadata=metadata_of(opened), draws=True)
        else:
            sheets += _read_workbook(reading, name, submission, opened, known, content)
    except Refusal as refusal:
        refused.append(("", refusal))
    _gather(reading, sheets)
    some_known = any(sheet.known for sheet in sheets)
    for member, why in refused:
        rule = "sheet.skipped" if why.rule == "file.foreign" and some_known else why.rule
        reading.findings.append(found(rule, file=name, submission=submission, sheet=member, why=why.why))
    kind = reading.metadata.get(KIND)
    ours = reading.master is not None or kind == EXCEPTIONS
    ours = ours or (kind == WORKLIST and not reading.findings)  # one with pages to read alone
    if not sheets and not reading.findings and not ours:
        reading.findings.append(found("file.empty", file=name, submission=submission))
    own_report = ours or any(finding.rule == "file.own_report" for finding in reading.findings)
    reading.refused = not some_known and not own_report
    return reading


def _draws(grids: Sequence[Grid], known: Known) -> bool:
    """Tell whether the workbook with those *grids* draws a procedure: by the titles of its sheets."""
    titles = {normalise(grid.title) for grid in grids}
    return any(titles >= {normalise(each) for each in those} for those in known.drawings)


def _read_workbook(
    reading: Reading, name: str, submission: str, grids: Sequence[Grid], known: Known, content: bytes, member: str = ""
) -> list[SheetReading]:
    """Return the sheets of one workbook, read; what it carries is added to *reading*."""
    metadata = metadata_of(grids)
    reading.metadata |= metadata
    if (from_state := written(metadata)) is not None and reading.master is None:
        reading.master = read_master(content, grids, from_state)
        if reading.master.author:
            reading.metadata[PERSON] = reading.master.author
        return []
    if metadata.get(KIND) == EXCEPTIONS:
        for grid in grids:
            if grid.title != SHEET:
                read_answers(reading, name, submission, grid)
        return []
    if metadata.get(KIND) == REPORT:
        reading.findings.append(found("file.own_report", file=name, submission=submission, sheet=member.rstrip("/")))
        return []
    worklist = metadata.get(KIND) == WORKLIST
    sheets = []
    for grid in grids:
        if SUBMISSION in metadata and SKIPPED + grid.title in metadata:
            read_answers(reading, name, submission, grid)  # the page that explains a return
        if grid.title == SHEET or SKIPPED + grid.title in metadata or _is_empty(grid):
            continue
        stage = stage_form(metadata, grid.title, known) if worklist else None
        if worklist and stage is None:
            continue
        grid.title = f"{member}{grid.title}"
        sheet = SheetReading(name, submission, grid, worklist_labels(known, stage) if stage else _labels(known))
        if stage:
            sheet = _read_page(sheet, known, stage, metadata)
        else:
            sheet.ours = bool(metadata)
            sheet.from_template = metadata.get(KIND) == TEMPLATE
            sheet = leave_out_sample(read_sheet(sheet))
        sheets.append(sheet)
    return sheets


def _read_page(sheet: SheetReading, known: Known, stage: Form, metadata: Mapping[str, str]) -> SheetReading:
    """Return what comes of a page of a worklist: a table, or a card that was taken along to a customer."""
    if card_entry(sheet.grid.title.rpartition("/")[2]) in metadata:
        return read_visit(sheet, known, stage, metadata)
    read_worklist(sheet, known, stage, metadata)
    return sheet


def _is_empty(grid: Grid) -> bool:
    return all(is_blank(value) for row in grid.rows for value in row)


def _gather(reading: Reading, sheets: Sequence[SheetReading]) -> None:
    some_known = any(sheet.known for sheet in sheets)
    aside = _beside_data(sheets) if some_known and len(sheets) > 1 else []
    for sheet in sheets:
        if any(sheet is each for each in aside):
            sheet.leave_out()
        elif sheet.known:
            _add_remarks(sheet)
        elif not some_known and not sheet.findings:
            sheet.find("sheet.foreign")  # a page that only explains
        elif some_known and all(finding.rule == "sheet.foreign" for finding in sheet.findings):
            sheet.findings.clear()  # beside the table that was meant, it may hold anything
            if not sheet.ours:
                sheet.find("sheet.skipped")
        reading.extracts += sheet.extracts
        reading.findings += sheet.findings
        reading.ignored += sheet.ignored


def _beside_data(sheets: Sequence[SheetReading]) -> list[SheetReading]:
    """Return which of *sheets* are no data beside another one that is; of those without any known label more is not said. The
    pages of a worklist are data, whatever their steps are called.
    """
    aside = [
        sheet
        for sheet in sheets
        if not sheet.worklist
        and (sheet.known or any(finding.rule != "sheet.foreign" for finding in sheet.findings))
        and is_side_page(sheet)
    ]
    data = any(sheet.known and all(sheet is not each for each in aside) for sheet in sheets)
    return aside if data else []


def _add_remarks(sheet: SheetReading) -> None:
    if not sheet.worklist:
        report_hidden(sheet)
        left_out = any(finding.rule in _LEFT_OUT for finding in sheet.findings)
        if not left_out and not any(len(extract) for extract in sheet.extracts):
            sheet.find("sheet.blank")
    outlying = sheet.grid.outlying
    if outlying:
        cells = "、".join(cell_name(cell) for cell, _ in outlying[:_SHOWN])
        sheet.find("cell.stray", outlying[0][0], value=outlying[0][1], cells=cells)


def _labels(known: Known) -> Labels:
    """Return the labels of *known*, worked out once: a run reads all its files with the same forms."""
    global _compiled  # noqa: PLW0603
    if _compiled is None or _compiled[0] is not known:
        _compiled = known, Labels(known)
    return _compiled[1]
