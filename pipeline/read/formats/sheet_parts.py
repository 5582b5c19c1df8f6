"""What the fast reader does not tell of an .xlsx: errors, uncalculated formulas, hidden rows, cells far away.

It looks at a sheet's XML as bytes and parses none of it unless a cheap search says that there is something to find.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import NamedTuple

from pipeline.domain.place import find_cell, parse_cell, unpack
from pipeline.read.formats import limits
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.outlying_cells import fits, near_corner
from pipeline.read.formats.refusal import unreadable

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = "xl/sharedStrings.xml"

# As every program writes it; who writes it otherwise, in order to kill the reader, kills a worker.
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[B-Z][A-Z]|[A-Z]*[0-9]{5})')
_FAR_COLUMN = re.compile(rb' r="(?:[A-Z]{3}|[B-Z][A-Z])[0-9]')
_NEAR_COLUMNS = 52  # A to AZ: those that are not far
_LAST_ROWS = re.compile(rb' r="[A-Z]+[0-9]{7}')
_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')
_SIGNS_OF_TROUBLE = (b'"e"', b"'e'", b"</f", b"<f/", b":f")
_CELL = re.compile(rb"<((?:\w+:)?)c(\s[^>]*?)?(/?)>")
_REFERS = re.compile(rb"""\sr\s*=""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(.*?)</(?:\w+:)?v>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>/]")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_ATTRIBUTE = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,7})["']""")
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]{1,3}[1-9][0-9]{0,6}):([A-Z]{1,3}[1-9][0-9]{0,6})["']"""
)
_COUNT = re.compile(rb"""\b(unique)?[cC]ount\s*=\s*["'](\d+)["']""")
_HEAD = 20_000
_MOST_DIGITS = 15  # a number of more is no size of anything, and may be too long to convert
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>(.*?)</(?:\w+:)?t>", re.DOTALL)


@dataclass(slots=True)
class SheetPart:
    """One sheet as its file stores it, looked at."""

    broken: dict[int, str] = field(default_factory=dict)
    """Packed cell → what it shows (``#N/A``), or the formula that was never calculated."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] | None = field(default_factory=list)
    """None when the fast reader tells them itself."""
    outlying: list[tuple[int, str]] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    """Packed cells that are filled and struck through."""
    units: dict[int, str] = field(default_factory=dict)
    """Packed cell → the unit that its number format shows behind the number (``formats.shown_units``)."""
    too_large: bool = False
    pruned: bytes | None = None
    """The part without its strays, None when it had none."""


def inspect_part(xml: bytes) -> SheetPart:
    """Return what is to be known of a sheet's *xml* beside its values."""
    part = SheetPart()
    if b" r='" in xml or (_FAR.search(xml) and not _surely_fits(xml)):
        _prune(xml, part)
        xml = part.pruned or xml
    if any(sign in xml for sign in _SIGNS_OF_TROUBLE):
        _find_broken(xml, part)
    if b"hidden=" in xml:
        _find_hidden(xml, part)
    if b"mergeCell " in xml:
        part.merges = [_range(first, last) for first, last in _MERGE.findall(xml)]
    return part


def sheet_parts(package: Package) -> list[str]:
    """Return the names of the parts that hold sheets, in no special order."""
    return [name for name in package.entries if _SHEET_PART.fullmatch(name)]


def parts_by_title(package: Package) -> Mapping[str, str]:
    """Return the part of each sheet by its title, as the workbook's own parts name them."""
    book = "xl/workbook.xml"
    if book not in package:
        return {}
    targets = parts_by_relation(package, "xl/_rels/workbook.xml.rels")
    titles = {}
    for attributes in _elements(package.read(book), b"sheet"):
        relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        if relation in targets:
            titles[attributes.get("name", "")] = targets[relation]
    return titles


def parts_by_relation(package: Package, relations: str) -> Mapping[str, str]:
    """Return the part that each relation of the workbook leads to; *relations* is the part that lists them."""
    if relations not in package:
        return {}
    targets = {}
    for attributes in _elements(package.read(relations), b"Relationship"):
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        )
    return targets


def honest_strings(package: Package) -> bytes | None:
    """Return the shared strings without their declared count when it cannot be true, else None."""
    if _STRINGS not in package:
        return None
    size = package.entries[_STRINGS].file_size
    xml = package.read(_STRINGS)
    declared = [number.lstrip(b"0") for _, number in _COUNT.findall(xml[:_HEAD])]
    lies = any(len(number) > _MOST_DIGITS or int(number or b"0") > size for number in declared)
    return _COUNT.sub(b"", xml, count=2) if lies else None


def _elements(xml: bytes, name: bytes) -> Iterable[dict[str, str]]:
    for match in re.finditer(rb"<(?:\w+:)?" + name + rb"\s([^>]*?)/?>", xml):
        yield {
            key.decode(): html.unescape(value.decode("utf-8", "replace"))
            for key, value in re.findall(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""", match[1])
        }


def _range(first: bytes, last: bytes) -> tuple[int, int, int, int]:
    return (*unpack(parse_cell(first.decode())), *unpack(parse_cell(last.decode())))


def position(attributes: bytes) -> int | None:
    """Return the packed cell that a cell's *attributes* name, None when they name none."""
    match = _REFERENCE.search(attributes)
    if match is None:
        return None
    return find_cell((match[1] + match[2]).decode().upper())


class _XmlCell(NamedTuple):
    """One cell's XML: where it begins and ends, its attributes, and what stands between its tags."""

    start: int
    end: int
    attributes: bytes
    inside: bytes


def sheet_cells(xml: bytes) -> Iterator[_XmlCell]:
    """Yield the cells in order. One that is not closed ends where the next begins: damaged XML must not take long."""
    following = _CELL.search(xml)
    while following:
        match, following = following, _CELL.search(xml, following.end())
        attributes = match[2] or b""
        if match[3]:
            yield _XmlCell(match.start(), match.end(), attributes, b"")
            continue
        close = b"</" + match[1] + b"c>"
        stop = xml.find(close, match.end(), following.start() if following else len(xml))
        if stop >= 0:
            yield _XmlCell(match.start(), stop + len(close), attributes, xml[match.end() : stop])


def _find_broken(xml: bytes, part: SheetPart) -> None:
    for _, _, attributes, inside in sheet_cells(xml):
        if not inside:
            continue
        kind = _TYPE.search(attributes)
        error = kind is not None and kind[1] == b"e"
        formula = None if error else _FORMULA.search(inside)
        if not error and formula is None:
            continue
        value = _VALUE.search(inside)
        cell = position(attributes)
        if cell is None:
            continue
        if error:
            part.broken[cell] = value[1].decode("utf-8", "replace") if value else "#N/A"
        elif formula is not None and not (value and value[1]) and (kind is None or kind[1] != b"str"):
            text = html.unescape((formula[1] or b"").decode("utf-8", "replace"))
            part.broken[cell] = f"={text}"


def _find_hidden(xml: bytes, part: SheetPart) -> None:
    for found, pattern in ((part.hidden_rows, _ROW), (part.hidden_columns, _COL)):
        for match in pattern.finditer(xml):
            if not _HIDDEN.search(match[1]):
                continue
            numbers = {name: int(value) for name, value in _ATTRIBUTE.findall(match[1])}
            first = numbers.get(b"r", numbers.get(b"min", 0))
            last = min(numbers.get(b"max", first), first + 1000)
            found.extend(range(first - 1, last))


def _surely_fits(xml: bytes) -> bool:
    """Tell at little cost that a long sheet is an ordinary one: its rows say how many they are, its columns are few."""
    if _FAR_COLUMN.search(xml) or _LAST_ROWS.search(xml):
        return False
    rows = _ROW_NUMBER.findall(xml)
    return bool(rows) and len(rows) == xml.count(b"<row ") and max(map(int, rows)) * _NEAR_COLUMNS <= limits.MOST_CELLS


def _prune(xml: bytes, part: SheetPart) -> None:
    """Leave out cells so far away that the whole could not be held in memory."""
    filled: list[tuple[int, int]] = []
    for _, _, attributes, inside in sheet_cells(xml):
        cell = position(attributes)
        if cell is None and _REFERS.search(attributes):  # the fast reader would believe it
            raise unreadable("单元格的地址不存在", "a cell has an address that no sheet has")
        if cell is not None and _CONTENT.search(inside):
            filled.append(unpack(cell))
    if not filled:
        return
    rows = {row for row, _ in filled}
    columns = {column for _, column in filled}
    if fits(max(rows), max(columns)):
        return
    corner = near_corner(((row, row) for row in rows), ((column, column) for column in columns))
    if corner is None:
        part.too_large = True
        return
    last_row, last_column = corner

    kept: list[bytes] = []
    done = 0
    for start, end, attributes, inside in sheet_cells(xml):
        cell = position(attributes)
        if cell is None:
            continue
        row, column = unpack(cell)
        if row <= last_row and column <= last_column:
            continue
        kept.append(xml[done:start])
        done = end
        if _CONTENT.search(inside):
            part.outlying.append((cell, _text_of(inside)))
    part.pruned = b"".join([*kept, xml[done:]])


def _text_of(inside: bytes) -> str:
    found = _TEXT.findall(inside) or _VALUE.findall(inside)
    return html.unescape(b"".join(found).decode("utf-8", "replace"))[:100]
