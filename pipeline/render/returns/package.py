"""The parts of an .xlsx or .xlsm: read where they are understood, passed on byte for byte where they are not."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from pipeline.render.returns.marking import UnmarkableError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same content, whenever it is written

_Element = etree._Element


def main_tag(tag: str) -> str:
    """Return *tag* in the namespace of sheets."""
    return f"{{{MAIN}}}{tag}"


def parse_part(content: bytes) -> _Element:
    """Return the root of an XML part; UnmarkableError when it is damaged or declares entities."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnmarkableError("a part declares entities")
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UnmarkableError("a part is no XML") from error


def serialise(root: _Element) -> bytes:
    """Return an XML part as Excel writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class Parts:
    """A package opened for marking. Parts are named without a leading slash."""

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise UnmarkableError("no package") from error
        self._open: dict[str, _Element] = {}
        self.book = self._main_part()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def bytes_of(self, name: str) -> bytes:
        """Return a part as it stands."""
        return serialise(self._open[name]) if name in self._open else self._parts[name]

    def xml(self, name: str) -> _Element:
        """Return the root of a part, to be changed in place; UnmarkableError when there is no such part."""
        if name not in self._open:
            if name not in self._parts:
                raise UnmarkableError(f"no part {name}")
            self._open[name] = parse_part(self._parts[name])
        return self._open[name]

    def look(self, name: str) -> _Element:
        """Return the root of a part, to be read only: the part stays as it is written."""
        return self._open[name] if name in self._open else parse_part(self._parts[name])

    def put(self, name: str, content: bytes) -> None:
        """Add a part, or put it in place of the one of that name."""
        self._open.pop(name, None)
        self._parts[name] = content

    def free_name(self, stem: str, suffix: str) -> str:
        """Return a name for a new part."""
        number = 1
        taken = {name.lower() for name in self._parts}
        while f"{stem}{number}{suffix}".lower() in taken:
            number += 1
        return f"{stem}{number}{suffix}"

    def pack(self) -> bytes:
        """Return the package."""
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._parts:
                info = zipfile.ZipInfo(name, _FIRST_DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self.bytes_of(name))
        return output.getvalue()

    # relationships --------------------------------------------------------------------------------------------------

    def relations(self, source: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, kind (last word of its type) and part of what *source* leads to within the package."""
        part = _relations_of(source)
        if part not in self:
            return
        for each in self.look(part).iter(f"{{{_PACKAGE}}}Relationship"):
            if each.get("TargetMode") != "External":
                kind = (each.get("Type") or "").rpartition("/")[2]
                yield each.get("Id") or "", kind, _resolve(source, each.get("Target") or "")

    def relate(self, source: str, kind: str, target: str) -> str:
        """Have *source* lead to the part *target* and return the relationship's id."""
        part = _relations_of(source)
        if part not in self:
            self.put(part, serialise(etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})))  # type: ignore[dict-item]
        root = self.xml(part)
        taken = {each.get("Id") for each in root}
        number = 1
        while f"rIdRuwang{number}" in taken:
            number += 1
        relation = f"rIdRuwang{number}"
        etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", Id=relation, Type=f"{OFFICE}/{kind}", Target=f"/{target}")
        return relation

    # content types --------------------------------------------------------------------------------------------------

    def type_of(self, name: str) -> str:
        """Return the content type that is declared for the part itself."""
        for each in self.look(_TYPES_PART).iter(f"{{{_TYPES}}}Override"):
            if (each.get("PartName") or "").lstrip("/").lower() == name.lower():
                return each.get("ContentType") or ""
        return ""

    def declare(self, name: str, content_type: str) -> None:
        """Declare the type of a new part."""
        etree.SubElement(self.xml(_TYPES_PART), f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def declare_suffix(self, suffix: str, content_type: str) -> None:
        """Declare the type of all parts that end in *suffix*, unless it is declared."""
        root = self.xml(_TYPES_PART)
        if any((each.get("Extension") or "").lower() == suffix for each in root.iter(f"{{{_TYPES}}}Default")):
            return
        root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=suffix, ContentType=content_type))

    def _main_part(self) -> str:
        for _, kind, target in self.relations(""):
            if kind == "officeDocument" and target in self:
                if self.look(target).tag != main_tag("workbook"):
                    break
                return target
        raise UnmarkableError("no workbook part of the usual kind")


def _relations_of(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolve(source: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
