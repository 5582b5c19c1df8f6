"""XML as lines that diff well: one an element, with its attributes and text, without what only a parser reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

SILENT = ("dxfId", "id", "uid", "xmlns")  # numbers within the file: what they lead to is dumped itself


def flat(element: Any, depth: int = 1, leave: Sequence[str] = SILENT) -> Iterator[str]:
    """Yield the lines of *element* and of all in it; attributes named in *leave* are left out."""
    if not isinstance(element.tag, str):  # a comment
        return
    said = sorted((_plain(name), value) for name, value in element.attrib.items())
    words = [f"{name}={value!r}" for name, value in said if name not in leave]
    if element.text and element.text.strip():
        words.append(json.dumps(element.text, ensure_ascii=False))
    yield " ".join(["  " * depth + _plain(element.tag), *words])
    for child in element:
        yield from flat(child, depth + 1, leave)


def parse(content: bytes) -> Any:
    """Return the root of *content*; nothing outside it is read."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
