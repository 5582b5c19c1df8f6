"""Comments on cells: beside those that stand, below the text of one that a cell has already."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.domain.place import cell_name, unpack
from pipeline.render.returns.marking import AUTHOR, BEGINS
from pipeline.render.returns.package import MAIN, OFFICE, Parts, main_tag, serialise
from pipeline.render.text_width import text_width
from pipeline.render.xlsx.safe_text import cell_text

_Element = etree._Element

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREADED = "tc="
"""Begins the author of a comment that only stands in for a conversation."""
_AFTER_DRAWING = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_SHAPE_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NEW_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_FIRST_SHAPE = 1025
_WIDE = 34  # digits on a line of a comment's box
_LINE = 16  # pixels


def add_comments(parts: Parts, sheet: str, texts: Mapping[int, str]) -> None:
    """Add *texts*, by packed cell, each with a mark that it is ours, to the comments of the part *sheet*."""
    if not texts:
        return
    root = parts.xml(_comments_part(parts, sheet))
    authors, listed = root.find(main_tag("authors")), root.find(main_tag("commentList"))
    if authors is None:
        authors = etree.Element(main_tag("authors"))
        root.insert(0, authors)
    if listed is None:
        listed = etree.SubElement(root, main_tag("commentList"))
    names = [author.text or "" for author in authors]
    standing = {(each.get("ref") or ""): each for each in listed}
    new = {}
    for cell, text in sorted(texts.items()):
        mine = cell_text(text)
        comment = standing.get(cell_name(cell))
        if comment is None:
            if AUTHOR not in names:
                etree.SubElement(authors, main_tag("author")).text = AUTHOR
                names.append(AUTHOR)
            comment = etree.SubElement(
                listed, main_tag("comment"), ref=cell_name(cell), authorId=str(names.index(AUTHOR))
            )
            new[cell] = mine
        elif names[_number(comment)].startswith(_THREADED):
            continue
        _append(comment, mine if cell in new else f"\n\n{mine}")
    if new:
        _draw(parts, sheet, new)


def drop_comments(parts: Parts, sheet: str) -> None:
    """Take our own words out of the comments of *sheet*; a comment of nothing else becomes "✓"."""
    part = next((target for _, kind, target in parts.relations(sheet) if kind == "comments"), "")
    if part not in parts or not any(each.encode() in parts.bytes_of(part) for each in BEGINS):
        return
    for text in parts.xml(part).iter(main_tag("text")):
        whole = "".join(run.text or "" for run in text.iter(main_tag("t")))
        begins = [whole.index(each) for each in BEGINS if each in whole]
        if not begins:
            continue
        kept = whole[: min(begins)].rstrip()
        for run in list(text):
            text.remove(run)
        _add_run(text, kept or "✓")


def _number(comment: _Element) -> int:
    return int(comment.get("authorId") or 0)


def _append(comment: _Element, words: str) -> None:
    text = comment.find(main_tag("text"))
    if text is None:
        text = etree.Element(main_tag("text"))
        comment.insert(0, text)
    bare = text.find(main_tag("t"))
    if bare is not None:  # text and runs side by side are not shown by every program
        text.remove(bare)
        _add_run(text, bare.text or "", 0)
    if len(text) == 1 and "".join(run.text or "" for run in text.iter(main_tag("t"))) == "✓":
        text.clear()
        words = words.lstrip()
    runs = len(text.findall(main_tag("r")))
    _add_run(text, words, runs)


def _add_run(text: _Element, words: str, at: int = 0) -> None:
    run = etree.Element(main_tag("r"))
    shown = etree.SubElement(run, main_tag("t"))
    shown.text = words
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.insert(at, run)


def _comments_part(parts: Parts, sheet: str) -> str:
    for _, kind, target in parts.relations(sheet):
        if kind == "comments" and target in parts:
            return target
    name = parts.free_name("xl/commentsRuwang", ".xml")
    parts.put(name, serialise(etree.Element(main_tag("comments"), nsmap={None: MAIN})))  # type: ignore[dict-item]
    parts.declare(name, _COMMENTS_TYPE)
    parts.relate(sheet, "comments", name)
    return name


def _draw(parts: Parts, sheet: str, texts: Mapping[int, str]) -> None:
    """Add the boxes that Excel shows comments in. A drawing of others is only added to: it need not even be XML."""
    name = _drawing_part(parts, sheet)
    drawing = parts.bytes_of(name)
    end = _END.search(drawing)
    if end is None:
        return  # the comment is there, without a box of its own
    numbers = [int(number) for number in _SHAPE_NUMBER.findall(drawing)]
    first = max([_FIRST_SHAPE - 1, *numbers]) + 1
    boxes = [_box(first + at, cell, text) for at, (cell, text) in enumerate(texts.items())]
    kind = "" if b'id="_x0000_t202"' in drawing else _SHAPE_KIND
    added = (kind + "".join(boxes)).replace(
        "<v:shape", '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"',
    ) if b"xmlns:v=" not in drawing else kind + "".join(boxes)  # fmt: skip
    parts.put(name, drawing[: end.start()] + added.encode() + drawing[end.start() :])


def _box(number: int, cell: int, text: str) -> str:
    row, column = unpack(cell)
    lines = sum(1 + int(text_width(line)) // _WIDE for line in text.split("\n"))
    rows = 2 + lines * _LINE // 20
    top = max(0, row - 1)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;'
        f'height:{lines * 13 + 16}pt;z-index:{number};visibility:hidden" fillcolor="#fff8dc" o:insetmode="auto">'
        '<v:fill color2="#fff8dc"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 12, {top}, 4, {column + 5}, 0, {top + rows}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _drawing_part(parts: Parts, sheet: str) -> str:
    root = parts.xml(sheet)
    legacy = root.find(main_tag("legacyDrawing"))
    targets = {relation: target for relation, _, target in parts.relations(sheet)}
    if legacy is not None:
        target = targets.get(legacy.get(f"{{{OFFICE}}}id") or "", "")
        if target in parts:
            return target
        root.remove(legacy)
    name = parts.free_name("xl/drawings/vmlDrawingRuwang", ".vml")
    parts.put(name, _NEW_DRAWING.encode())
    parts.declare_suffix("vml", _DRAWING_TYPE)
    drawing = etree.Element(main_tag("legacyDrawing"))
    drawing.set(f"{{{OFFICE}}}id", parts.relate(sheet, "vmlDrawing", name))
    following = next((each for each in root if each.tag in {main_tag(tag) for tag in _AFTER_DRAWING}), None)
    if following is None:
        root.append(drawing)
    else:
        following.addprevious(drawing)
    return name
