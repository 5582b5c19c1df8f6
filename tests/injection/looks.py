"""Looks into what leaves for anything alive in it: workbooks, pages, mails."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser

from lxml import etree

from tests.injection.payloads import MARK

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_LIVE = tuple("=+-@\t\r\n")
_SAFE_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_RUNNING = {"script", "iframe", "object", "embed", "form", "input", "base", "link", "frame", "img", "video", "audio"}
_LEADING = ("href", "src", "action", "data", "xlink:href", "formaction")


def alive_in_workbook(content: bytes, hers: str = "") -> Iterator[str]:
    """Yield what a spreadsheet would run or open in a workbook, and text that editing a cell would turn into a formula.

    Of the sheet *hers* that a sender made the program changes nothing: its text is text, quoted only if she quoted it.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert len(parts) == len(package.namelist()), "two parts of one name"
    styles = etree.fromstring(parts["xl/styles.xml"], _SAFE_XML)
    quoted = [xf.get("quotePrefix") in {"1", "true"} for xf in styles.iterfind("m:cellXfs/m:xf", _NS)]
    shared = []
    if "xl/sharedStrings.xml" in parts:
        items = etree.fromstring(parts["xl/sharedStrings.xml"], _SAFE_XML).iterfind("m:si", _NS)
        shared += ["".join(item.itertext(f"{{{_NS['m']}}}t")) for item in items]
    for name, part in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            own = hers != "" and name == _part_of(parts, hers)
            yield from (f"{name} {said}" for said in _in_sheet(part, shared, quoted, own=own))
        if name.endswith(".rels"):
            for relation in etree.fromstring(part, _SAFE_XML):
                if MARK in relation.get("Target", "") or re.match(
                    "(?i)(javascript|data|file):", relation.get("Target", "")
                ):
                    yield f"{name}: leads to {relation.get('Target')}"
        if name.startswith("xl/externalLinks") or "vbaProject" in name:
            yield name
    book = etree.fromstring(parts["xl/workbook.xml"], _SAFE_XML)
    for defined in book.iterfind("m:definedNames/m:definedName", _NS):
        if not re.fullmatch(
            r"(('[^']*'|\w+)!)?\$?[A-Z]+(:\$?[A-Z]+)?|(('(?:[^']|'')*'|\w+)!\$?[A-Z]*\$?\d*(:\$?[A-Z]*\$?\d*)?,?)+",
            defined.text or "",
        ):
            yield f"a name for {defined.text}"


def _part_of(parts: dict[str, bytes], title: str) -> str:
    for sheet in etree.fromstring(parts["xl/workbook.xml"], _SAFE_XML).iterfind("m:sheets/m:sheet", _NS):
        if sheet.get("name") == title:
            number = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
            relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"], _SAFE_XML)
            target = next(each.get("Target", "") for each in relations if each.get("Id") == number)
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _in_sheet(part: bytes, shared: list[str], quoted: list[bool], *, own: bool) -> Iterator[str]:
    sheet = etree.fromstring(part, _SAFE_XML)
    for cell in sheet.iter(f"{{{_NS['m']}}}c"):
        if cell.find("m:f", _NS) is not None:
            yield f"{cell.get('r')}: formula {cell.findtext('m:f', namespaces=_NS)}"
        kind, value = cell.get("t", "n"), cell.findtext("m:v", namespaces=_NS) or ""
        if kind in {"str", "e"}:
            yield f"{cell.get('r')}: what a formula gave"
        text = (
            shared[int(value)]
            if kind == "s"
            else "".join(cell.itertext(f"{{{_NS['m']}}}t"))
            if kind == "inlineStr"
            else ""
        )
        if not own and text.startswith(_LIVE) and not quoted[int(cell.get("s", "0"))]:
            yield f"{cell.get('r')}: {text!r} without a quote prefix"
    for link in sheet.iter(f"{{{_NS['m']}}}hyperlink"):
        if MARK in (link.get("location") or ""):
            yield f"{link.get('ref')}: leads to {link.get('location')}"
    for rule in (*sheet.iter(f"{{{_NS['m']}}}formula1"), *sheet.iter(f"{{{_NS['m']}}}formula")):
        if MARK in (rule.text or "") or "cmd|" in (rule.text or ""):
            yield f"a rule {rule.text}"
    yield from (f"{each.tag}" for each in sheet.iter(f"{{{_NS['m']}}}oleObject", f"{{{_NS['m']}}}control"))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.alive: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUNNING:
            self.alive.append(f"<{tag} {attrs}>")
        for name, value in attrs:
            if name.startswith("on") or "<" in name or '"' in name:
                self.alive.append(f"<{tag} {name}={value}>")
            if name in _LEADING and (
                MARK in (value or "") or re.match(r"\s*(javascript|data|vbscript):", value or "", re.I)
            ):
                self.alive.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        if not data.strip().startswith("["):
            self.alive.append(f"<!-- {data}")


def alive_in_page(page: str) -> list[str]:
    """Return the tags and attributes of a page that run or fetch something, and what a template worked out."""
    tags = _Tags()
    tags.feed(page)
    tags.close()
    return tags.alive + [text for text in tags.text if "1337" in text]


def alive_in_mail(content: bytes, known: set[str], hers: str = "") -> Iterator[str]:
    """Yield recipients beyond *known*, headers that are not the program's, and what is alive in text and attachments."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    to = [address.addr_spec for address in mail["To"].addresses]
    if len(to) != 1 or to[0] not in known:
        yield f"to {to}"
    ours = {"from", "to", "subject", "date", "message-id", "auto-submitted", "x-auto-response-suppress", "mime-version"}
    yield from (f"header {name}" for name in mail if name.lower() not in {*ours, "content-type"})
    yield from (f"{name} twice" for name in ours if len(mail.get_all(name, [])) > 1)
    for part in mail.walk():
        if part.get_content_type() == "text/html":
            yield from alive_in_page(part.get_content())
        name = part.get_filename()
        if name is not None:
            if re.search(r'[/\\\r\n\x00<>:"|?*]', name):
                yield f"an attachment called {name!r}"
            yield from (f"{name}: {each}" for each in alive_in_workbook(bytes(part.get_payload(decode=True)), hers))  # type: ignore[arg-type]
