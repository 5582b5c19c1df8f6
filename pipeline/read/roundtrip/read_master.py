"""A master of ours that came back: its registers' sheets by our labels, how they are set up, sheets that were added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.domain.cell import Raw
from pipeline.domain.edited_master import EditedMaster, EditedPage, Written
from pipeline.domain.embedded_metadata import SHEET
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.formats.refusal import Refusal
from pipeline.read.formats.sheet_parts import parts_by_title
from pipeline.read.roundtrip.extract_sheets import extract_sheets
from pipeline.read.roundtrip.page_setup import Setup, last_author, page_setup

_OWN = {SHEET, "_options"}
_LEAST_SHARE = 0.5
"""Of our labels that a header row still bears."""


def read_master(content: bytes, grids: Sequence[Grid], written: Written) -> EditedMaster:
    """Return the master that was *written* from that state, as *content* (its sheets *grids*) holds it now."""
    package = _package(content)
    parts = parts_by_title(package) if package else {}
    master = EditedMaster(written, last_author(package) if package else "")
    named = _by_origin(grids, written)
    for grid in grids:
        if grid.title in named:
            setup = page_setup(package, parts[grid.title]) if package and grid.title in parts else Setup()
            page = _page(grid, named[grid.title], written, setup)
            if page is not None:
                master.pages.append(page)
    foreign = [
        grid.title
        for grid in grids
        if grid.title not in named and grid.title not in written.titles and grid.title not in _OWN
    ]
    if package and foreign:
        master.sheets, master.bare = extract_sheets(
            package, {title: parts[title] for title in foreign if title in parts}
        )
    master.lost = [title for title in foreign if title not in master.sheets]
    return master


def _package(content: bytes) -> Package | None:
    """The file's parts, where it is a package: who saves it as something else keeps the cells alone."""
    try:
        return Package(content)
    except Refusal:
        return None


def _by_origin(grids: Sequence[Grid], written: Written) -> Mapping[str, str]:
    """Return by title of today what each register's sheet was called when it was written: it may have been renamed."""
    found = {grid.title: grid.title for grid in grids if grid.title in written.registers}
    lost = [title for title in written.registers if title not in found]
    for grid in grids:
        if grid.title in found or grid.title in _OWN or grid.title in written.titles:
            continue
        fits = [title for title in lost if _header(grid, written.labels.get(title, ())) is not None]
        if fits:
            found[grid.title] = fits[0]
            lost.remove(fits[0])
    return found


def _header(grid: Grid, labels: Sequence[str]) -> int | None:
    """Return the row that bears the most of our *labels*, the first of them among these; None when none bears half."""
    best: tuple[int, int] | None = None
    for at, row in enumerate(grid.rows[:20]):
        texts = {as_text(value) for value in row}
        count = sum(label in texts for label in labels)
        if labels and labels[0] in texts and count >= len(labels) * _LEAST_SHARE and (best is None or count > best[0]):
            best = count, at
    return best[1] if best else None


def _page(grid: Grid, written_as: str, written: Written, setup: Setup) -> EditedPage | None:
    header = _header(grid, written.labels.get(written_as, ()))
    if header is None:
        return None
    columns: dict[str, int] = {}
    for at, value in enumerate(grid.rows[header]):
        label = as_text(value)
        if label and label not in columns:
            columns[label] = at
    page = EditedPage(
        grid.title,
        written.registers[written_as],
        written_as,
        {label: grid.left + at for label, at in columns.items()},
        widths={label: setup.widths[grid.left + at] for label, at in columns.items() if grid.left + at in setup.widths},
        hidden=frozenset(label for label, at in columns.items() if grid.left + at in setup.hidden),
        filters={
            label: setup.filters[grid.left + at] for label, at in columns.items() if grid.left + at in setup.filters
        },
    )
    wanted = list(columns.values())
    for at, row in enumerate(grid.rows[header + 1 :], header + 1):
        cells: list[Raw] = [row[column] for column in wanted]
        if not all(is_blank(value) for value in cells):
            page.rows.append(grid.top + at)
            page.cells.append(cells)
    return page
