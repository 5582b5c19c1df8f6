"""Sheets that staff added to the master, cut out of it: each becomes a package of its own, with all that it refers to.

Such a package holds the parts under their own names, the workbook's styles, its list of content types, and under
``sheet_extraction.SHEET`` the name of the part that is the sheet. Its texts stand in its cells, not in a shared part.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from pipeline.domain import sheet_extraction
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.refusal import Refusal
from pipeline.read.roundtrip.page_setup import parse_xml, relations
from pipeline.read.roundtrip.try_extraction import opens

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TAKEN = ("drawing", "vmlDrawing", "chart", "chartStyle", "chartColorStyle", "image", "comments", "table", "hyperlink")
"""Kinds of relations that can be taken along."""
_DROPPED = ("printerSettings",)
_STRINGS = "xl/sharedStrings.xml"
_NUMBER = re.compile("[0-9]{1,9}")
_LOOKS = (sheet_extraction.TYPES, sheet_extraction.STYLES)
_LARGEST = 20 << 20
"""Bytes of a sheet, and of all that it takes along: each next master holds them."""
_LARGEST_TOGETHER = 60 << 20


def extract_sheets(package: Package, parts: Mapping[str, str]) -> tuple[dict[str, bytes], list[str]]:
    """Return by title a package for each of the sheets in *parts*, and the titles of those that kept only their values.

    What cannot be taken along (pivot tables, controls, links to other workbooks, what is damaged or large) leaves the
    values of the cells. A sheet that is itself too large, or no sheet of cells, is not cut. Whoever puts the packages
    into a workbook need not doubt them: each has been opened here.
    """
    sheets: dict[str, bytes] = {}
    bare: list[str] = []
    strings: Sequence[etree._Element] = ()
    if parts and _STRINGS in package:
        strings = list(parse_xml(package.read(_STRINGS)).iterfind(f"{_MAIN}si"))
    looks = [name for name in _LOOKS if _is_sound(package, name)]
    room = _LARGEST_TOGETHER
    for title, part in parts.items():
        if part not in package or _size(package, [part]) > min(_LARGEST, room):
            continue
        root = parse_xml(package.read(part))
        if root.tag != f"{_MAIN}worksheet":
            continue
        _inline(root, strings)
        taken = _to_be_taken(package, part, root, min(_LARGEST, room)) if len(looks) == len(_LOOKS) else None
        whole = None if taken is None else _pack(package, part, root, [*looks, *taken])
        if whole is None or not opens(whole):
            _strip(root)
            taken, whole = [], _pack(package, part, root, looks)
            if not opens(whole):
                continue
            bare.append(title)
        room -= _size(package, [*looks, *(taken or [])]) + len(etree.tostring(root))
        if room >= 0:
            sheets[title] = whole
    return sheets, [title for title in bare if title in sheets]


def _to_be_taken(package: Package, part: str, root: etree._Element, room: int) -> list[str] | None:
    """Return the parts that the sheet takes along, None when it has to leave one of them; what leads to none goes."""
    try:
        taken = None if _reaches_out(root) else _related(package, part)
        if taken is None or not _can_be_taken(package, taken, room - _size(package, [part])):
            return None
        _forget(root, relations(package, part))
    except Refusal:
        return None
    return taken


def _inline(root: etree._Element, strings: Sequence[etree._Element]) -> None:
    """Put shared texts into their cells."""
    for cell in root.iter(f"{_MAIN}c"):
        value = cell.find(f"{_MAIN}v")
        if cell.get("t") != "s" or value is None:
            continue
        number = int(value.text) if value.text and _NUMBER.fullmatch(value.text) else -1
        cell.remove(value)
        cell.set("t", "inlineStr")
        text = etree.SubElement(cell, f"{_MAIN}is")
        if 0 <= number < len(strings):
            text.extend(deepcopy(list(strings[number])))


def _reaches_out(root: etree._Element) -> bool:
    """Tell whether a formula refers to another workbook: ``[1]Sheet!A1``."""
    return any("[" in (formula.text or "") and "]" in (formula.text or "") for formula in root.iter(f"{_MAIN}f"))


def _related(package: Package, part: str) -> list[str] | None:
    """Return all parts that *part* leads to, None when one of them cannot be taken along."""
    found: dict[str, None] = {}
    waiting = [part]
    while waiting:
        for kind, target in relations(package, waiting.pop()).values():
            name = kind.rpartition("/")[2]
            if name in _DROPPED or target in found or target not in package:
                continue
            if name not in _TAKEN:
                return None
            found[target] = None
            waiting.append(target)
    return list(found)


def _is_sound(package: Package, name: str) -> bool:
    try:
        return name in package and _size(package, [name]) <= _LARGEST and parse_xml(package.read(name)) is not None
    except Refusal:
        return False


def _size(package: Package, names: Iterable[str]) -> int:
    return sum(package.entries[name].file_size for name in names)


def _can_be_taken(package: Package, names: Sequence[str], room: int) -> bool:
    """Tell whether those parts are neither large nor damaged. Drawings of the old kind are seldom XML, and not parsed."""
    if _size(package, names) > min(_LARGEST, room):
        return False
    return all(_is_sound(package, name) for name in names if name.endswith(".xml"))


def _strip(root: etree._Element) -> None:
    """Leave the values of the cells: no formulas, nothing that leads to another part."""
    for element in list(root.iter(f"{_MAIN}f")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for child in list(root):
        named = child.tag in (f"{_MAIN}extLst", f"{_MAIN}tableParts")
        if named or any(_RELATED in each.attrib for each in child.iter()):
            root.remove(child)


def _forget(root: etree._Element, related: Mapping[str, tuple[str, str]]) -> None:
    """Take away what leads to settings of somebody's printer."""
    gone = {id for id, (kind, _) in related.items() if kind.rpartition("/")[2] in _DROPPED}
    for element in root.iter():
        if element.get(_RELATED) in gone:
            del element.attrib[_RELATED]


def _pack(package: Package, part: str, root: etree._Element, others: Sequence[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        held = {sheet_extraction.SHEET: part.encode(), part: etree.tostring(root)}
        for name in others:
            held[name] = package.read(name)
        for name in (part, *others):
            listed = sheet_extraction.relations_of(name)
            if listed in package and (name != part or any(each not in _LOOKS for each in others)):
                held[listed] = package.read(listed)
        for name, content in held.items():
            target.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
