"""What must hold after every run: who is told, who is asked, and that all papers count alike."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook

from tests.office import words
from tests.office.oracle import After, Wrong
from tests.office.papers import Paper, Row, opened, sheets
from tests.office.scene import Scene
from tests.office.world import Entry, Found, Mail, Office, Register

NOTES = {
    "column.unknown", "sheet.skipped", "sheet.hidden", "sheet.blank", "header.misspelt", "cell.stray",
    "licence.division", "licence.holder", "reference.unknown", "record.transferred",
    "person.not_in_force", "worklist.rows_removed", "copy.stale", "value.conflict", "value.set_back", "pair.unsettled", "file.own_report",
}  # fmt: skip
"""Rules that say something of a row of which the rest was taken all the same."""
ERROR, WARNING = "error", "warning"
_SEVERITY = {"错误": ERROR, "提醒": WARNING, "error": ERROR, "warning": WARNING}
_TO_MEND = (re.compile(r"需要更正 (\d+) 处"), re.compile(r"■ (\d+) to correct"))
_RETURNED = (re.compile(r"有 (\d+) 处要改"), re.compile(r": (\d+) to correct"))
_PAGE_WRONG = (re.compile(r"待更正 (\d+) 处"), re.compile(r"(\d+) to correct"))


def seen_after(scene: Scene, findings: Sequence[Found], mails: Sequence[Mail]) -> After:
    """Return how the oracle asks what people can see after this run."""
    of_paper: dict[int, list[Found]] = {}
    for paper in scene.batch:
        twins = {each.name for each in scene.batch if each.content == paper.content}  # two names of one file
        of_paper[paper.number] = [each for each in findings if each.file in twins or each.submission == paper.sha256]

    def refused(number: int, row: Row) -> bool:
        return any(
            each.severity in {ERROR, WARNING} and each.rule not in NOTES and _about(each, row)
            for each in of_paper.get(number, ())
        )

    def told(author: str, key: str, code: str) -> bool:
        number = author.strip("?")
        if any(each.key == key and each.field == code for each in findings):
            return True
        person = scene.staff.people.get(number)
        labels = words.LABELS[code]
        texts = [each.text for each in mails if person and each.to == person.email]
        if any((key in text or scene.title(key) in text) and any(label in text for label in labels) for text in texts):
            return True
        return any(
            key in line and any(label in line for label in labels)
            for path in (scene.office.own_exceptions(number), scene.office.worklist(number))
            for line in (lines(path) if path else ())
            if "→" in line or "改为" in line or "changed" in line
        )

    def can_be_told(author: str) -> bool:
        person = scene.staff.people.get(author)
        return person is not None and person.there(scene.day)

    return After(refused, told, can_be_told)


def _about(found: Found, row: Row) -> bool:
    if found.sheet and row.sheet and found.sheet != row.sheet:
        return False
    if found.line:
        return found.line == row.line
    return found.key in ("", row.key)


def lines(content: bytes) -> Iterator[str]:
    """Yield the rows of a workbook as text."""
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            yield " | ".join(str(cell) for cell in row if cell != "")


def table(content: bytes, sheet: int | str, first: str, second: str) -> list[dict[str, Any]]:
    """Return the rows below the header that holds both labels; none when the page has no such header."""
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    names = book.sheet_names
    page = book.get_sheet_by_name(names[sheet] if isinstance(sheet, int) else sheet).to_python()
    for at, row in enumerate(page):
        if first in row and second in row:
            return [
                dict(zip(map(str, row), each, strict=False))
                for each in page[at + 1 :]
                if any(cell != "" for cell in each)
            ]
    return []


# who is asked ---------------------------------------------------------------------------------------------------------


def asked(scene: Scene, findings: Sequence[Found]) -> Iterator[Wrong]:
    """Every finding belongs to somebody who is there; the office's clerk has an address of his own."""
    for each in findings:
        person = scene.staff.people.get(each.owner)
        if each.owner and (person is None or not person.there(scene.day)):
            who = person.name if person else each.owner
            yield Wrong("3 asked of nobody there", f"{each} is asked of {who}, who has left", each.key)


def served(scene: Scene, findings: Sequence[Found]) -> Iterator[Wrong]:
    """Whoever was named on the last sheet of areas serves the area, or somebody is told why not."""
    refused = {paper.told_as for paper in scene.dropped if paper.form == "area_list"}
    if any(each.file.rpartition("/")[2] in refused for each in findings):
        return
    held = scene.office.managers()
    for code, area in scene.staff.areas.items():
        if held.get(code) != area.manager:
            said = f"{area.name} was handed over to {area.manager}; the register still says {held.get(code)}"
            yield Wrong("1 hand-over lost", said, code)


# counts ---------------------------------------------------------------------------------------------------------------


def counts(office: Office, day: date, register: Register, findings: Sequence[Found], mails: Sequence[Mail],
           staff: Mapping[str, str]) -> Iterator[Wrong]:  # fmt: skip
    """Status, exceptions, master, page, mails and returns count alike. *staff*: numbers by mail address."""
    kinds = Counter(each.severity for each in findings)
    open_now = {ERROR: kinds[ERROR], WARNING: kinds[WARNING]}
    status = office.status(day)
    yield from _same("status", {name: status["findings"][name] for name in (ERROR, WARNING)}, open_now)
    (customers,) = [each for each in status["registers"] if each["register"] == "customers"]
    by_state = Counter(each.state for each in register.values())
    named = {word: by_state[code] for code, word in office.state_words().items()}
    yield from _same("status of states", customers["states"], named)
    yield from _exceptions(office, open_now)
    yield from _master(office, register, open_now, named)
    yield from _page(office, open_now, len(register))
    yield from _mails(office, findings, mails, staff)
    yield from _returns(office, findings)


def _same(where: str, counted: Any, meant: Any) -> Iterator[Wrong]:
    if counted != meant:
        yield Wrong("4 counts", f"{where} counts {counted}, the ledger {meant}")


def _severities(rows: Sequence[Mapping[str, Any]], label: str) -> dict[str, int]:
    found = Counter(_SEVERITY.get(str(row.get(label, "")).lower(), "") for row in rows)
    return {ERROR: found[ERROR], WARNING: found[WARNING]}


def _labels(office: Office) -> tuple[str, str]:
    return ("Severity", "What is wrong") if office.language == "en" else ("程度", "问题")


def _exceptions(office: Office, open_now: Mapping[str, int]) -> Iterator[Wrong]:
    content = office.file("exceptions/all.xlsx")
    lines = table(content, 0, *_labels(office)) if content else []
    rows = [line for line in lines for _ in str(line["#ruwang"]).split()]  # what is wrong alike is one line
    yield from _same("exceptions/all.xlsx", _severities(rows, _labels(office)[0]), open_now)


def _master(
    office: Office, register: Register, open_now: Mapping[str, int], named: Mapping[str, int]
) -> Iterator[Wrong]:
    content = office.file("master.xlsx")
    if content is None:
        return
    key, name = (words.label(code, office.language) for code in ("licence_no", "customer_name"))
    rows = {str(row[key]): row for row in table(content, 0, key, name)}
    yield from _same("master.xlsx", sorted(rows), sorted(register))
    for at, row in rows.items():
        entry = register.get(at, Entry({}, "", ""))
        for code in words.AUDITED:
            shown = words.plain(code, row.get(words.label(code, office.language)))
            if code != "verification_note" and shown != entry.get(code):
                yield Wrong(
                    "4 counts", f"the master says {code} of {at} is “{shown}”, the register “{entry.get(code)}”", at
                )
    title = "Open exceptions" if office.language == "en" else "未解决的异常"
    if title in CalamineWorkbook.from_object(io.BytesIO(content)).sheet_names:
        found = _severities(table(content, title, *_labels(office)), _labels(office)[0])
        yield from _same("the master's page of exceptions", found, open_now)


def _page(office: Office, open_now: Mapping[str, int], records: int) -> Iterator[Wrong]:
    content = office.file("index.html")
    if content is None:
        return
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", "", content.decode(), flags=re.S))
    text = re.sub(r"\s+", " ", text)
    wrong = _first(_PAGE_WRONG, text)
    yield from _same("index.html (to correct)", wrong or 0, open_now[ERROR])
    total = re.search(r"共 (\d+) 条|(\d+) in all", text)
    if total:
        yield from _same("index.html (customers)", int(total.group(1) or total.group(2)), records)


def _mails(
    office: Office, findings: Sequence[Found], mails: Sequence[Mail], staff: Mapping[str, str]
) -> Iterator[Wrong]:
    for each in mails:
        number = staff.get(each.to)
        if number is None:
            continue
        meant = sum(one.owner == number and one.severity == ERROR for one in findings)
        said = _first(_TO_MEND, each.text)
        if said is not None:
            yield from _same(f"the mail to {number} (to correct)", said, meant)


def _on_worklist(office: Office, number: str) -> set[str]:
    """The keys of the rows that stand filled on somebody's worklist: no return tells of them."""
    content = office.worklist(number) if number else None
    pages = sheets(opened(content), office.language, "") if content else ()
    return {key for page in pages for key in page.refused()}


def _returns(office: Office, findings: Sequence[Found]) -> Iterator[Wrong]:
    for name, content in office.returns().items():
        text = list(lines(content))
        said = _first(_RETURNED, text[0] if text else "")
        mine = next((line.partition(" | ")[2] for line in text if line.startswith("submission | ")), "")
        meant = sum(
            each.submission == mine and each.severity == ERROR and each.key not in _on_worklist(office, each.owner)
            for each in findings
        )
        if said is not None and mine and meant:
            yield from _same(f"the return {name}", said, meant)


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> int | None:
    return next((int(found.group(1)) for each in patterns if (found := each.search(text))), None)


# registers ------------------------------------------------------------------------------------------------------------


def differing(one: Register, other: Register, *, owners: bool = False) -> dict[str, str]:
    """Return by key how two registers differ, in words."""
    found = {}
    for key in sorted({*one, *other}):
        mine, theirs = one.get(key), other.get(key)
        if mine is None or theirs is None:
            found[key] = f"{key} is in one of them only"
            continue
        parts = [
            f"{words.LABELS[code][0]} “{mine.get(code)}”/“{theirs.get(code)}”"
            for code in words.AUDITED
            if mine.get(code) != theirs.get(code)
        ]
        if mine.state != theirs.state:
            parts.append(f"state {mine.state}/{theirs.state}")
        if owners and mine.owner != theirs.owner:
            parts.append(f"with {mine.owner}/{theirs.owner}")
        if parts:
            found[key] = f"{key}: {', '.join(parts)}"
    return found


def cells(register: Register) -> dict[str, dict[str, str]]:
    return {key: entry.cells for key, entry in register.items()}


def states(register: Register) -> dict[str, str]:
    return {key: entry.state for key, entry in register.items()}


def papers_named(some: Sequence[Paper]) -> str:
    return ", ".join(f"{each.told_as} ({each.number})" for each in some)
