"""Charts, pictures and the boxes of comments, read from the parts of the file: openpyxl knows them only in part."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from zipfile import ZipFile

from .flat import flat, parse

BOX = ("Anchor", "Row", "Column", "Visible")


def drawings(book: ZipFile) -> dict[str, list[str]]:
    """Return the lines for each sheet, by its name."""
    found = {}
    parts = _related(book, "xl/workbook.xml")
    for sheet in parse(book.read("xl/workbook.xml")).iter("{*}sheet"):
        part = parts.get(next(value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        found[sheet.get("name", "")] = [
            line for _, target in sorted(_related(book, part).items()) for line in _drawing(book, target)
        ]
    return found


def _drawing(book: ZipFile, part: str) -> Iterator[str]:
    if part.endswith(".vml"):
        yield from _boxes(book, part)
    if not part.startswith("xl/drawings/") or not part.endswith(".xml"):
        return
    yield "drawing"
    yield from flat(parse(book.read(part)), leave=())
    for key, target in sorted(_related(book, part).items()):
        if target.endswith(".xml"):
            yield f"chart {key}"
            yield from flat(parse(book.read(target)), leave=())
        elif target in book.namelist():
            yield f"picture {key}: sha256 {hashlib.sha256(book.read(target)).hexdigest()}"


def _boxes(book: ZipFile, part: str) -> Iterator[str]:
    for data in parse(book.read(part)).iter("{*}ClientData"):
        words = {name: data.find(f"{{*}}{name}") for name in BOX}
        said = [
            name if not tag.text else f"{name} {tag.text.strip()}" for name, tag in words.items() if tag is not None
        ]
        yield f"box {data.get('ObjectType')}: {'; '.join(said)}"


def _related(book: ZipFile, part: str) -> dict[str, str]:
    """Return where the relations of *part* lead, by their ids."""
    folder, name = posixpath.split(part)
    place = f"{folder}/_rels/{name}.rels"
    if place not in book.namelist():
        return {}
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in parse(book.read(place))
        if relation.get("TargetMode") != "External"
    }
