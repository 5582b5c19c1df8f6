"""Sheets that staff added to the master put into the next one: cells, formulas, styles, pictures and charts.

Each comes as a package of its own (``domain.cutting``). Its parts get names that are free here, its styles are added to
the workbook's own; nothing of what stands there is changed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from pipeline.domain import sheet_extraction
from pipeline.render.xlsx.safe_text import sheet_titles

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LISTED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SHEET_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_BOOK = "xl/workbook.xml"
_FIRST_OWN_FORMAT = 164
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_STYLED = ((f"{_MAIN}c", "s"), (f"{_MAIN}row", "s"), (f"{_MAIN}col", "style"))
_FIRST_TABLE = 9000
_MOST_DIGITS = 9


def import_sheets(content: bytes, sheets: Mapping[str, bytes]) -> bytes:
    """Return the workbook in *content* with *sheets*, each a package of its own, by title, at its end."""
    if not sheets:
        return content
    stock = _Stock(_parts(content))
    for number, (title, package) in enumerate(sheets.items(), 1):
        stock.add(title, _parts(package), f"added{number}_")
    return stock.packed()


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


@dataclass(slots=True)
class _Stock:
    """The workbook that the sheets are put into."""

    parts: dict[str, bytes]
    book: etree._Element = field(init=False)
    listed: etree._Element = field(init=False)
    types: etree._Element = field(init=False)
    styles: etree._Element = field(init=False)
    tables: int = _FIRST_TABLE

    def __post_init__(self) -> None:
        self.book = _parse(self.parts[_BOOK])
        self.listed = _parse(self.parts[sheet_extraction.relations_of(_BOOK)])
        self.types = _parse(self.parts[sheet_extraction.TYPES])
        self.styles = _parse(self.parts[sheet_extraction.STYLES])

    def add(self, title: str, scion: Mapping[str, bytes], prefix: str) -> None:
        """Put in the sheet that *scion* holds; its other parts get names that begin with *prefix*."""
        part = scion[sheet_extraction.SHEET].decode()
        numbers = [
            int("".join(filter(str.isdigit, name)) or 0) for name in self.parts if name.startswith("xl/worksheets/")
        ]
        names = {part: f"xl/worksheets/sheet{max(numbers, default=0) + 1}.xml"}
        for name in scion:
            if name not in (
                part,
                sheet_extraction.SHEET,
                sheet_extraction.TYPES,
                sheet_extraction.STYLES,
            ) and not name.endswith(".rels"):
                folder, last = posixpath.split(name)
                names[name] = f"{folder}/{prefix}{last}"
        kinds = _kinds(scion)
        for old, new in names.items():
            self.parts[new] = self._moved(old, scion, kinds.get(old, ""))
            self._declare(new, _SHEET_TYPE if old == part else kinds.get(old, ""))
            relations = scion.get(sheet_extraction.relations_of(old))
            if relations is not None:
                self.parts[sheet_extraction.relations_of(new)] = _renamed(relations, old, names)
        self._enter(title, names[part])

    def _moved(self, name: str, scion: Mapping[str, bytes], kind: str) -> bytes:
        if name == scion[sheet_extraction.SHEET].decode():
            root = _parse(scion[name])
            _restyle(root, _Styles(self.styles, scion.get(sheet_extraction.STYLES)))
            return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if kind == _TABLE_TYPE:
            root = _parse(scion[name])
            self.tables += 1
            root.set("id", str(self.tables))
            return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return scion[name]

    def _declare(self, part: str, kind: str) -> None:
        if kind:
            etree.SubElement(self.types, f"{_TYPES}Override", PartName=f"/{part}", ContentType=kind)

    def _enter(self, title: str, part: str) -> None:
        sheets = self.book.find(f"{_MAIN}sheets")
        assert sheets is not None
        taken = [sheet.get("name", "") for sheet in sheets]
        number = max(int(sheet.get("sheetId", "0")) for sheet in sheets) + 1
        relation = f"rIdAdded{number}"
        entry = etree.SubElement(sheets, f"{_MAIN}sheet", name=sheet_titles([*taken, title])[-1], sheetId=str(number))
        entry.set(_RELATED, relation)
        etree.SubElement(self.listed, _LISTED, Id=relation, Type=_SHEET_KIND, Target=f"/{part}")

    def packed(self) -> bytes:
        """Return the workbook's bytes. Equal parts give equal bytes: no entry bears a time."""
        self.parts[_BOOK] = _bytes(self.book)
        self.parts[sheet_extraction.relations_of(_BOOK)] = _bytes(self.listed)
        self.parts[sheet_extraction.TYPES] = _bytes(self.types)
        self.parts[sheet_extraction.STYLES] = _bytes(self.styles)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name, content in self.parts.items():
                target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


class _Styles:
    """Styles of another workbook, added to *own* as they are asked for."""

    def __init__(self, own: etree._Element, theirs: bytes | None) -> None:
        self._own = own
        self._theirs = _parse(theirs) if theirs else None
        self._known: dict[tuple[str, int], int] = {}

    def cell(self, number: int) -> int:
        """Return the number here of their cell style *number*; ours of number 0 when they have none."""
        known = self._known.get(("cellXfs", number))
        if known is not None:
            return known
        style = self._theirs_at("cellXfs", number)
        if style is None:
            return 0
        style = deepcopy(style)
        for attribute, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            style.set(attribute, str(self._taken(group, _number(style.get(attribute)))))
            style.set(f"apply{group.capitalize()[:-1]}", "1")
        style.set("numFmtId", str(self._number_format(_number(style.get("numFmtId")))))
        style.set("xfId", "0")
        return self._append("cellXfs", number, style)

    def conditional(self, number: int) -> int | None:
        """Return the number here of their conditional style *number*, None when they have none."""
        return None if self._theirs_at("dxfs", number) is None else self._taken("dxfs", number)

    def _theirs_at(self, group: str, number: int) -> etree._Element | None:
        held = self._theirs.find(f"{_MAIN}{group}") if self._theirs is not None else None
        return held[number] if held is not None and 0 <= number < len(held) else None

    def _taken(self, group: str, number: int) -> int:
        if (group, number) in self._known:
            return self._known[group, number]
        theirs = self._theirs_at(group, number)
        return 0 if theirs is None else self._append(group, number, deepcopy(theirs))

    def _append(self, group: str, number: int, element: etree._Element) -> int:
        held = self._own.find(f"{_MAIN}{group}")
        if held is None:
            return 0
        held.append(element)
        held.set("count", str(len(held)))
        self._known[group, number] = len(held) - 1
        return len(held) - 1

    def _number_format(self, number: int) -> int:
        if number < _FIRST_OWN_FORMAT or self._theirs is None:
            return number
        code = next(
            (
                each.get("formatCode", "")
                for each in self._theirs.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
                if each.get("numFmtId") == str(number)
            ),
            "",
        )
        held = self._own.find(f"{_MAIN}numFmts")
        if held is None:
            held = etree.Element(f"{_MAIN}numFmts")
            self._own.insert(0, held)
        same = next((each.get("numFmtId", "0") for each in held if each.get("formatCode") == code), None)
        if same is not None:
            return int(same)
        free = max((int(each.get("numFmtId", "0")) for each in held), default=_FIRST_OWN_FORMAT - 1) + 1
        etree.SubElement(held, f"{_MAIN}numFmt", numFmtId=str(free), formatCode=code or "General")
        held.set("count", str(len(held)))
        return free


def _restyle(root: etree._Element, styles: _Styles) -> None:
    for tag, attribute in _STYLED:
        for element in root.iter(tag):
            if (number := element.get(attribute)) is not None:
                element.set(attribute, str(styles.cell(_number(number))))
    for rule in root.iter(f"{_MAIN}cfRule"):
        if (number := rule.get("dxfId")) is not None:
            look = styles.conditional(_number(number))
            if look is None:
                del rule.attrib["dxfId"]
            else:
                rule.set("dxfId", str(look))
    for view in root.iter(f"{_MAIN}sheetView"):
        view.attrib.pop("tabSelected", "")  # the first sheet of ours is the one in sight


def _renamed(relations: bytes, part: str, names: Mapping[str, str]) -> bytes:
    """The list of what *part* refers to, with the new names; what was not taken along is left out."""
    root = _parse(relations)
    for each in list(root):
        if each.get("TargetMode") == "External":
            continue
        target = each.get("Target", "")
        old = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
        )
        if old in names:
            each.set("Target", f"/{names[old]}")
        else:
            root.remove(each)
    return _bytes(root)


def _kinds(scion: Mapping[str, bytes]) -> dict[str, str]:
    """Return the content type of each part."""
    if sheet_extraction.TYPES not in scion:
        return {}
    root = _parse(scion[sheet_extraction.TYPES])
    by_part = {
        each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in root.iterfind(f"{_TYPES}Override")
    }
    by_suffix = {
        each.get("Extension", "").lower(): each.get("ContentType", "") for each in root.iterfind(f"{_TYPES}Default")
    }
    return {name: by_part.get(name) or by_suffix.get(name.rpartition(".")[2].lower(), "") for name in scion}


def _number(text: str | None) -> int:
    """Return the number that an attribute holds; 0 for what is none, which stands for the plain look."""
    return int(text) if text and len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else 0


def _parse(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, _PARSER)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
