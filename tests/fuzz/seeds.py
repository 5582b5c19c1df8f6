"""Honest files to damage: filled templates, the sheets of the demo, and the same as text and as a web page."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

from pipeline.commands.demo import filled, old_style, scenes
from pipeline.render.reports.template import template
from schemas.language import Layout
from schemas.language.catalogue import load_catalogue
from schemas.language.sample import Filled, OldStyle

Named = tuple[str, bytes]
"""A file's name and bytes."""


def seeds() -> list[Named]:
    """Return honest files of every format that is made here; each of them is read without an error in the file."""
    cards = [
        (f"{form.title.zh}-空白卡.xlsx", template(form, Layout.CARD, "zh", "")) for form in load_catalogue().handed_in
    ]
    found = [*_of_the_demo(), *cards]
    rows = next(drop.rows for scene in scenes(load_catalogue()) for drop in scene.drops if isinstance(drop, OldStyle))
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    found += [
        ("登记.csv", "\n".join(",".join(line) for line in lines).encode("gb18030")),
        ("登记.xls", _page(lines)),
        ("登记.xml", _spreadsheet_xml(lines)),
        ("登记.ods", _ods(lines)),
    ]
    return [*found, ("各乡镇.zip", _zipped(found[:3]))]


def _of_the_demo() -> Iterator[Named]:
    for scene in scenes(load_catalogue()):
        for drop in scene.drops:
            if isinstance(drop, OldStyle):
                yield drop.name, old_style(drop)
            elif isinstance(drop, Filled):
                form = load_catalogue().form(drop.form)
                yield drop.name, filled(template(form, drop.layout, "zh", "武强县烟草专卖局"), form, drop)


def _page(lines: list[list[str]]) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td colspan=1>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return f'<html><meta charset="utf-8"><body><table border="1">{rows}</table></body></html>'.encode()


def _spreadsheet_xml(lines: list[list[str]]) -> bytes:
    rows = "".join(
        "<Row>"
        + "".join(
            f'<Cell ss:Index="{at}"><Data ss:Type="String">{cell}</Data></Cell>' for at, cell in enumerate(line, 1)
        )
        + "</Row>"
        for line in lines
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="登记"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def _ods(lines: list[list[str]]) -> bytes:
    rows = "".join(
        '<table:table-row table:number-rows-repeated="1">'
        + "".join(
            f'<table:table-cell office:value-type="string" table:number-columns-repeated="1"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in line
        )
        + "</table:table-row>"
        for line in lines
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="登记">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _zipped(
        [("mimetype", kind.encode()), ("content.xml", content.encode()), ("META-INF/manifest.xml", manifest.encode())]
    )


def _zipped(members: list[Named]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return held.getvalue()


def pick(rng: random.Random, among: list[Named]) -> Named:
    """Return one of *among*; the small ones more often, for what is small is damaged where it matters."""
    one, other = rng.choice(among), rng.choice(among)
    return min(one, other, key=lambda each: len(each[1]))
