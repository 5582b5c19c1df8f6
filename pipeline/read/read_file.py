"""The door of reading: one dropped file in, its records, findings and ignored rows out."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.domain.carried import KIND, REPORT, SHEET, WORKLIST
from pipeline.domain.extract import Known, Reading
from pipeline.domain.place import cell_name, column_name
from pipeline.domain.rulebook import found
from pipeline.read.carried_sheet import SKIPPED, carried_by, read_worklist, stage_form, worklist_labels
from pipeline.read.check_package import Package
from pipeline.read.grid import Grid, is_blank
from pipeline.read.labels import Labels
from pipeline.read.open_workbook import open_member, open_workbook
from pipeline.read.open_zip import members
from pipeline.read.read_sheet import read_sheet
from pipeline.read.refusal import Refusal
from pipeline.read.sheet import Sheet
from schemas.form import Words

_compiled: tuple[Known, Labels] | None = None


def read_file(name: str, content: bytes, submission: str, known: Known) -> Reading:
    """Return what the file *name* (as in the inbox, hash *submission*) holds.

    Never raises for what is in the file: a file that cannot be read is ``refused`` with a finding that says why.
    """
    reading = Reading()
    try:
        opened = open_workbook(content, PurePosixPath(name).stem)
        if isinstance(opened, Package):
            _read_members(reading, name, submission, opened, known)
        else:
            _read_workbook(reading, name, submission, opened, known)
    except Refusal as refusal:
        _refuse(reading, name, submission, refusal)
    return reading


def _refuse(reading: Reading, name: str, submission: str, refusal: Refusal, sheet: str = "") -> None:
    reading.findings.append(found(refusal.rule, file=name, submission=submission, sheet=sheet, why=refusal.why))
    reading.refused = not reading.extracts


def _read_members(reading: Reading, name: str, submission: str, package: Package, known: Known) -> None:
    """Read each workbook of a zip as if its sheets were named ``<workbook>/<sheet>``."""
    for member, entry in members(package):
        try:
            grids = open_member(package.read(entry), PurePosixPath(member).stem)
        except Refusal as refusal:
            _refuse(reading, name, submission, refusal, member)
            continue
        for grid in grids:
            if grid.title != SHEET:
                grid.title = f"{member}/{grid.title}"
        _read_workbook(reading, name, submission, grids, known)
    if not reading.findings and not reading.extracts:
        _refuse(reading, name, submission, Refusal("file.empty"))
    reading.refused = not reading.extracts


def _read_workbook(reading: Reading, name: str, submission: str, grids: list[Grid], known: Known) -> None:
    carried = carried_by(grids)
    reading.carried |= carried
    if carried.get(KIND) == REPORT:
        reading.findings.append(found("file.own_report", file=name, submission=submission))
        return
    own = [grid for grid in grids if grid.title != SHEET and f"{SKIPPED}{grid.title}" not in carried]
    filled = [grid for grid in own if any(not is_blank(value) for row in grid.rows for value in row)]
    sheets = []
    for grid in filled:
        stage = stage_form(carried, grid.title, known)
        if carried.get(KIND) == WORKLIST and stage is None:
            continue
        sheet = Sheet(name, submission, grid, _labels(known))
        if stage is not None and carried.get(KIND) == WORKLIST:
            sheet.labels = worklist_labels(known, stage)
            read_worklist(sheet, known, stage)
        else:
            read_sheet(sheet)
        sheets.append(sheet)
    if not filled:
        reading.findings.append(found("file.empty", file=name, submission=submission))
    _gather(reading, sheets, carried)
    reading.refused = not any(sheet.known for sheet in sheets) and not reading.extracts


def _gather(reading: Reading, sheets: list[Sheet], carried: dict[str, str]) -> None:
    some_known = any(sheet.known for sheet in sheets)
    for sheet in sheets:
        if sheet.known:
            _say_hidden(sheet, carried)
            _say_strays(sheet)
            if not any(len(extract) for extract in sheet.extracts):
                sheet.find("sheet.blank")
        elif some_known and all(finding.rule == "sheet.foreign" for finding in sheet.findings):
            sheet.findings.clear()
            if not carried:
                sheet.find("sheet.skipped")
        reading.extracts += sheet.extracts
        reading.findings += sheet.findings
        reading.ignored += sheet.ignored


def _say_hidden(sheet: Sheet, carried: dict[str, str]) -> None:
    """Say that hidden rows, columns or the hidden sheet itself were read like all others."""
    grid = sheet.grid
    if carried.get(KIND) == WORKLIST:
        return
    rows = [row for row in grid.hidden_rows if _row_filled(grid, row)]
    columns = [column for column in grid.hidden_columns if _column_filled(grid, column)]
    zh, en = [], []
    if grid.hidden:
        zh, en = ["整张工作表"], ["the whole sheet"]
    if rows:
        numbers = _ranges([str(row + 1) for row in rows], rows)
        zh, en = [*zh, f"第 {numbers} 行"], [*en, f"rows {numbers}"]
    if columns:
        letters = _ranges([column_name(column) for column in columns], columns)
        zh, en = [*zh, f"{letters} 列"], [*en, f"columns {letters}"]
    if zh:
        sheet.find("sheet.hidden", hidden=Words("、".join(zh), ", ".join(en)))


def _row_filled(grid: Grid, row: int) -> bool:
    return grid.top <= row < grid.top + grid.height and not all(map(is_blank, grid.rows[row - grid.top]))


def _column_filled(grid: Grid, column: int) -> bool:
    return any(not is_blank(grid.at(row, column - grid.left)) for row in range(grid.height))


def _ranges(names: list[str], places: list[int]) -> str:
    """Return *names* with neighbours drawn together: 5–9、12."""
    parts: list[list[str]] = []
    last = None
    for name, place in zip(names, places, strict=True):
        if last is not None and place == last + 1:
            parts[-1][1:] = [name]
        else:
            parts.append([name])
        last = place
    return "、".join("–".join(part) for part in parts)


def _say_strays(sheet: Sheet) -> None:
    for cell, text in sheet.grid.strays[:1]:
        sheet.find(
            "cell.stray", cell, value=text, cells="、".join(cell_name(each) for each, _ in sheet.grid.strays[:5])
        )


def _labels(known: Known) -> Labels:
    """Return the labels of *known*, worked out once: a run reads all its files with the same forms."""
    global _compiled  # noqa: PLW0603
    if _compiled is None or _compiled[0] is not known:
        _compiled = known, Labels(known)
    return _compiled[1]
