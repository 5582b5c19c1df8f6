"""How a sheet is set up, from its own XML: widths of columns, what is hidden, which filter is on; who saved it last."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.domain.place import parse_cell, unpack
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.refusal import unreadable

_CORE = "docProps/core.xml"
_MAKER = "Ruwang"
_PADDING = 5 / 7
"""Of a column in digits: a file's width holds it, a person does not count it."""
_MOST_COLUMNS = 1000
_ROWS = re.compile(rb"<((?:\w+:)?)sheetData[\s>].*</\1sheetData>", re.DOTALL)
"""Most of a sheet, and nothing that is looked for here."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


@dataclass(slots=True)
class Setup:
    """By column of the sheet, from 0. ``filters`` are the texts of the cells that stay in sight, "" for blanks."""

    widths: dict[int, float] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    filters: dict[int, tuple[str, ...]] = field(default_factory=dict)


def parse_xml(xml: bytes) -> etree._Element:
    """Return the root of *xml*; nothing that it refers to is fetched.

    Raise ``Refusal`` when it is damaged, or declares entities: no spreadsheet program does.
    """
    try:
        root = etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as error:
        raise unreadable("文件已损坏，或不是表格", "it is damaged, or no workbook") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("文件中有表格程序不会写的声明", "it declares what no spreadsheet program declares")
    return root


def last_author(package: Package) -> str:
    """Return who saved the workbook last, "" when nobody but the program did or the file does not tell."""
    if _CORE not in package:
        return ""
    author = (parse_xml(package.read(_CORE)).findtext("{*}lastModifiedBy") or "").strip()
    return "" if author == _MAKER else author


def page_setup(package: Package, part: str) -> Setup:
    """Return how the sheet in *part* is set up."""
    setup = Setup()
    root = parse_xml(_ROWS.sub(b"", package.read(part)))
    for column in root.iterfind("{*}cols/{*}col"):
        first, last = int(column.get("min", "1")) - 1, int(column.get("max", "1"))
        for at in range(first, min(last, first + _MOST_COLUMNS)):
            if column.get("hidden") in ("1", "true"):
                setup.hidden.add(at)
            elif column.get("width"):
                setup.widths[at] = round(max(float(column.get("width", "0")) - _PADDING, 1.0), 2)
    for element in (root, *(parse_xml(package.read(each)) for each in tables(package, part))):
        for autofilter in element.iterfind("{*}autoFilter"):
            setup.filters.update(_filters(autofilter))
    return setup


def tables(package: Package, part: str) -> list[str]:
    """Return the parts of the native tables on the sheet in *part*."""
    return [
        target for kind, target in relations(package, part).values() if kind.endswith("/table") and target in package
    ]


def relations(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """Return by id the kind and target (a part's name, or an address outside) of what *part* refers to."""
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in package:
        return {}
    found = {}
    for each in parse_xml(package.read(listed)):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found[each.get("Id", "")] = each.get("Type", ""), target
    return found


def _filters(autofilter: etree._Element) -> dict[int, tuple[str, ...]]:
    try:
        left = unpack(parse_cell(autofilter.get("ref", "A1").partition(":")[0].replace("$", "")))[1]
    except ValueError:
        return {}
    found = {}
    for column in autofilter.iterfind("{*}filterColumn"):
        chosen = column.find("{*}filters")
        if chosen is None or chosen.find("{*}dateGroupItem") is not None:
            continue  # by condition, colour or period: the rows that it hid are shown again
        texts = [each.get("val", "") for each in chosen.iterfind("{*}filter")]
        if chosen.get("blank") in ("1", "true"):
            texts.append("")
        if texts:
            found[left + int(column.get("colId", "0"))] = tuple(texts)
    return found
