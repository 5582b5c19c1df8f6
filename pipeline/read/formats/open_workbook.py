"""Bytes → the sheets of a workbook, whatever program saved it and whatever its name says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

import python_calamine as calamine

from pipeline.domain.cell import Broken
from pipeline.domain.place import unpack
from pipeline.read.formats import limits
from pipeline.read.formats.biff_parts import biff_parts
from pipeline.read.formats.cell_styles import STYLES
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.grid import Grid
from pipeline.read.formats.refusal import Refusal, bomb, unreadable
from pipeline.read.formats.sheet_parts import (
    SheetPart,
    honest_strings,
    inspect_part,
    parts_by_relation,
    parts_by_title,
    sheet_parts,
)
from pipeline.read.formats.shown_units import PERCENT, shown_units, styles_with_units
from pipeline.read.formats.sniff import Format, sniff
from pipeline.read.formats.struck_cells import struck_cells, struck_styles
from pipeline.read.formats.xlsb_parts import BOOK, RELATIONS, look_at_binary, relations_by_title

_ODS_CONTENT = "content.xml"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def open_workbook(content: bytes, title: str) -> list[Grid] | Package:
    """Return the sheets of the workbook in *content*, or the package itself when it is a zip of workbooks.

    *title* names the sheet of a format that names none.

    Raises ``Refusal`` when it is no workbook, damaged, encrypted or larger than the limits.
    """
    if len(content) > limits.MOST_BYTES:
        raise bomb(f"文件有 {len(content) >> 20} MB", f"it has {len(content) >> 20} MB")
    match sniff(content):
        case Format.ZIP:
            package = Package(content)
            return open_package(package) if is_workbook(package) else package
        case Format.OLE | Format.BIFF:
            if _ENCRYPTED_PACKAGE in content:
                raise Refusal("file.encrypted")
            return _open_binary(content)
        case Format.HTML:
            from pipeline.read.formats.open_markup import open_html

            return open_html(content, title)
        case Format.MHTML:
            from pipeline.read.formats.open_markup import open_mhtml

            return open_mhtml(content, title)
        case Format.XML:
            from pipeline.read.formats.open_markup import open_spreadsheet_xml

            return open_spreadsheet_xml(content)
        case Format.TEXT:
            from pipeline.read.formats.open_delimited import open_delimited

            return open_delimited(content, title)
        case Format.EMPTY:
            raise Refusal("file.empty")
        case _:
            raise Refusal("file.foreign")


def open_member(content: bytes, title: str) -> list[Grid]:
    """Return the sheets of a workbook that came in a zip."""
    opened = open_workbook(content, title)
    if isinstance(opened, Package):
        raise Refusal("file.nested")
    return opened


def open_package(package: Package) -> list[Grid]:
    """Return the sheets of an .xlsx, .xlsm, .xlsb or .ods."""
    if _ODS_CONTENT in package:
        return _open_document(package)
    binary = BOOK in package
    names = _binary_sheets(package) if binary else sheet_parts(package)
    look = look_at_binary if binary else inspect_part
    looked = {name: look(package.read(name)) for name in names}
    _hold_to_limits(looked.values())
    styles = package.read(STYLES) if STYLES in package else b""
    struck, units = struck_styles(styles), styles_with_units(styles)
    for name, part in looked.items() if struck or units else ():
        xml = package.read(name)
        part.struck.update(struck_cells(xml, struck) if struck else ())
        part.units.update(shown_units(xml, units) if units else ())
    mended = {name: part.pruned for name, part in looked.items() if part.pruned is not None}
    strings = honest_strings(package)
    if strings is not None:
        mended["xl/sharedStrings.xml"] = strings
    content = package.replace(mended) if mended else package.content
    book = _load(content)
    if not looked:
        return _grids(book)
    single = len(names) == 1 and len(book.sheet_names) == 1
    titles = {book.sheet_names[0]: names[0]} if single else _titles(package)
    return _grids(book, {title: looked[name] for title, name in titles.items() if name in looked})


def _open_document(package: Package) -> list[Grid]:
    from pipeline.read.formats.ods_outlying_cells import without_outlying_cells
    from pipeline.read.formats.ods_parts import ods_parts

    xml = package.read(_ODS_CONTENT)
    parts = ods_parts(xml)
    mended = without_outlying_cells(xml, parts) if any(part.too_large for part in parts.values()) else None
    _hold_to_limits(parts.values())
    return _grids(_load(package.replace({_ODS_CONTENT: mended}) if mended else package.content), parts)


def _titles(package: Package) -> Mapping[str, str]:
    """Return the part of each sheet by its title."""
    if BOOK not in package:
        return parts_by_title(package)
    parts = parts_by_relation(package, RELATIONS)
    relations = relations_by_title(package.read(BOOK))
    return {title: parts[relation] for title, relation in relations.items() if relation in parts}


def _binary_sheets(package: Package) -> list[str]:
    return [name for name in dict.fromkeys(_titles(package).values()) if name in package]


def _hold_to_limits(parts: Iterable[SheetPart]) -> None:
    if any(part.too_large for part in parts):
        raise bomb("工作表过大", "a sheet is too large")


def _open_binary(content: bytes) -> list[Grid]:
    parts, locked, mended = biff_parts(content)
    if locked:
        raise Refusal("file.encrypted")
    _hold_to_limits(parts)
    book = _load(mended or content)
    titles = [meta.name for meta in book.sheets_metadata]
    known = dict(zip(titles, parts, strict=True)) if len(titles) == len(parts) else {}
    return _grids(book, known)


def is_workbook(package: Package) -> bool:
    """Tell whether *package* is one workbook rather than a zip of some."""
    return "[Content_Types].xml" in package or "mimetype" in package


def _load(content: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise Refusal("file.encrypted") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader panics with an exception of its own
        raise unreadable("文件已损坏，或不是表格", "it is damaged, or no workbook") from error


def _grids(book: calamine.CalamineWorkbook, parts: dict[str, SheetPart] | None = None) -> list[Grid]:
    count = len(book.sheets_metadata)
    if count > limits.MOST_SHEETS:
        raise bomb(f"有 {count} 张工作表", f"it has {count} sheets")
    return [
        _grid(book, meta, (parts or {}).get(meta.name))
        for meta in book.sheets_metadata
        if meta.typ is calamine.SheetTypeEnum.WorkSheet
    ]


def _grid(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, part: SheetPart | None) -> Grid:
    try:
        sheet = book.get_sheet_by_name(meta.name)
        rows = sheet.to_python(skip_empty_area=True)
        top, left = sheet.start or (0, 0)
        merges = _merges(sheet) if part is None or part.merges is None else part.merges
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise unreadable(f"工作表“{meta.name}”已损坏", f"its sheet “{meta.name}” is damaged") from error
    hidden = meta.visible is not calamine.SheetVisibleEnum.Visible
    grid = Grid(meta.name, rows, top, left, merges, hidden)  # type: ignore[arg-type]
    if part:
        grid.hidden_rows, grid.hidden_columns, grid.outlying = part.hidden_rows, part.hidden_columns, part.outlying
        grid.struck = part.struck
        if part.broken:
            _show_broken(grid, part)
        if part.units:
            _show_units(grid, part)
    return grid


def _merges(sheet: calamine.CalamineSheet) -> list[tuple[int, int, int, int]] | None:
    ranges = sheet.merged_cell_ranges
    return None if ranges is None else [(*first, *last) for first, last in ranges]


def _show_units(grid: Grid, part: SheetPart) -> None:
    """Put numbers as they are shown where the format adds a unit (80%, 1.2万元): what was meant is judged further on."""
    for cell, unit in part.units.items():
        row, column = unpack(cell)
        value = grid.at(row - grid.top, column - grid.left)
        if isinstance(value, int | float) and not isinstance(value, bool) and value:
            shown = Decimal(str(value)) * (100 if unit == PERCENT else 1)
            grid.put(row, column, f"{shown.normalize():f}{unit}")


def _show_broken(grid: Grid, part: SheetPart) -> None:
    """Put error cells back where the fast reader shows blanks, or has cut them off."""
    for cell, text in part.broken.items():
        row, column = unpack(cell)
        if row * column <= limits.MOST_CELLS:
            grid.put(row, column, Broken(text))
