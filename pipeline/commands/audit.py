"""Counts the books again from what lies in the archive: every file is there, every row of it has a fate, every accepted
row its event, and every record is the sum of its events.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.domain.balance import Flow, Gap
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.partition import MASTER
from pipeline.domain.place import cell_name
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import differences, fold_by_key
from pipeline.domain.submission import Submission
from pipeline.intake.balance_check import check_balance
from pipeline.outside.ledger import Ledger
from pipeline.outside.workers.pool import ALLOWED, OWN, File
from pipeline.outside.workers.read_all import read_all
from pipeline.read.read_file import read_file
from pipeline.settings import Settings
from pipeline.settings.known_forms import known_forms
from schemas.language import Catalogue, Localized, Register

_SHOWN = 5
"""Rows named of one file, records of one register: the rest are counted."""
_ACCEPTED = "accepted"
_BESIDE = re.compile(r"\.[0-9]+(?=\.xlsx$)")
"""In the name of what was written beside a master that somebody had open: ``master.7.xlsx``."""
_SUMS = {"files": Localized("文件", "files"), "rows": Localized("数据行", "rows")}

_Row = tuple[str, int]
"""Sheet, and the record's first cell packed."""


@dataclass(frozen=True, slots=True)
class LedgerAudit:
    """What was counted, and all that does not agree."""

    files: int = 0
    rows: int = 0
    records: int = 0
    problems: Sequence[Localized] = ()


def audit_ledger(settings: Settings, catalogue: Catalogue, ledger: Ledger) -> LedgerAudit:
    """Count again all that the *ledger* holds, from the originals in the archive. Nothing is written.

    The books are not kept open while the archive is read: a run may go on meanwhile.
    """
    problems: list[Localized] = []
    files = rows = records = 0
    lives: dict[str, list[Event]] = defaultdict(list)
    by_submission: dict[str, list[Event]] = defaultdict(list)
    with ledger.transaction() as uow:
        submissions = uow.submissions.find()
        masters = {PurePosixPath(path).name for path in (MASTER, *uow.reports.published_paths())}
        for event in uow.events.find(undone=True):
            lives[event.register].append(event)
            by_submission[event.submission].append(event)
        for register in catalogue.registers:
            entries = uow.records.get(register.code)
            records += len(entries)
            problems += _of_register(register, entries, lives[register.code])
        problems += [_gap(gap, catalogue) for gap in check_balance(uow, catalogue, Flow()).gaps]
    known = {event.key for events in lives.values() for event in events}
    for submission, reading in read_again(settings, catalogue, submissions, masters, problems):
        files += 1
        if reading.master is not None:  # its rows are what differed from the books of its day: known from those alone
            rows += sum(submission.rows.values())
            problems += _of_master(submission, by_submission[submission.sha256])
            continue
        if reading.draws:  # its one row is what it changed on its day
            rows += sum(submission.rows.values())
            problems += _of_definition(submission, by_submission[submission.sha256])
            continue
        rows += len(found := _rows(reading.extracts))
        problems += _of_file(submission, found, reading, by_submission[submission.sha256], catalogue, known)
    return LedgerAudit(files, rows, records, problems)


def _gap(gap: Gap, catalogue: Catalogue) -> Localized:
    title = _SUMS[gap.of] if gap.of in _SUMS else catalogue.register(gap.of).title
    return Localized(
        f"{title.zh}：来的是 {gap.came}，有去处的是 {gap.became}",
        f"{title.en}: {gap.came} came, {gap.became} are accounted for",
    )


def read_again(
    settings: Settings,
    catalogue: Catalogue,
    submissions: Sequence[Submission],
    masters: Collection[str],
    problems: list[Localized],
) -> Iterator[tuple[Submission, Reading]]:
    """Yield the originals of *submissions*, read once more; one that is missing or altered is told in *problems*.

    What may be a master that somebody edited, by its name among *masters*, comes last: it may cost more than a sheet may.
    """
    held = [each for each in submissions if _is_held(settings.outbox / each.archived, each, problems)]
    for own, allowed in ((False, ALLOWED), (True, OWN)):
        part = [each for each in held if (_BESIDE.sub("", each.name) in masters) is own]
        files = _files(settings.outbox, part)
        yield from zip(
            part,
            read_all(files, known_forms(catalogue, settings.passwords), read_file, settings.readers, allowed),
            strict=True,
        )


def _is_held(path: Path, submission: Submission, problems: list[Localized]) -> bool:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == submission.sha256
    except OSError:
        problems.append(
            Localized(
                f"存档中没有“{submission.name}”（第 {submission.run} 批）：{path}",
                f"the archive lacks {submission.name} (run {submission.run}): {path}",
            )
        )
        return False
    if not same:
        problems.append(
            Localized(
                f"存档的“{submission.name}”（第 {submission.run} 批）被改动过：{path}",
                f"{submission.name} (run {submission.run}) was altered in the archive: {path}",
            )
        )
    return same


def _files(outbox: Path, submissions: Iterable[Submission]) -> Iterator[File]:
    for each in submissions:
        yield each.name, (outbox / each.archived).read_bytes(), each.sha256


def _rows(extracts: Iterable[Extract]) -> dict[_Row, Extract]:
    return {(each.sheet, row): each for each in extracts for row in each.rows}


def _of_file(
    submission: Submission,
    rows: Mapping[_Row, Extract],
    reading: Reading,
    events: Sequence[Event],
    catalogue: Catalogue,
    known: set[str],
) -> Iterator[Localized]:
    told = sum(submission.rows.values())
    answers = len({(each.sheet, each.cell) for each in reading.names})  # version 0.1 counted them as rows
    if not len(rows) <= told <= len(rows) + answers:
        yield Localized(
            f"“{submission.name}”（第 {submission.run} 批）有 {len(rows)} 行，账上只有 {told} 行的去向",
            f"{submission.name} (run {submission.run}) has {len(rows)} rows, the ledger knows the fate of {told}",
        )
    registers = {catalogue.register_of(each.form).code for each in reading.extracts}
    entered = _entered(reading.extracts, (each for each in events if each.register in registers), catalogue)
    lacking = submission.rows.get(_ACCEPTED, 0) - len(entered)
    if lacking <= 0:
        return
    without = {row: extract for row, extract in rows.items() if row not in entered}
    unknown = [row for row, extract in without.items() if _key(row, extract, catalogue) not in known]
    named = unknown if len(unknown) >= lacking else list(without)
    places = "、".join(f"{sheet}!{cell_name(row)}" for sheet, row in named[:_SHOWN])
    yield Localized(
        f"“{submission.name}”（第 {submission.run} 批）有 {lacking} 行已入账而账上没有：{places}",
        f"{lacking} accepted rows of {submission.name} (run {submission.run}) are not in the ledger: {places}",
    )


def _of_master(submission: Submission, events: Iterable[Event]) -> Iterator[Localized]:
    entered = list(events)  # each changed cell is a row of its own, and so is each record that was typed in
    opened = {event.key for event in entered if event.opens}
    cells = {(event.sheet, cell) for event in entered if event.key not in opened for cell in event.cells.values()}
    lacking = submission.rows.get(_ACCEPTED, 0) - len(opened) - len(cells)
    if lacking > 0:
        yield Localized(
            f"总表“{submission.name}”（第 {submission.run} 批）中改动的行，有 {lacking} 行已入账而账上没有",
            f"{lacking} accepted rows of the edited {submission.name} (run {submission.run}) are not in the ledger",
        )


def _of_definition(submission: Submission, events: Sequence[Event]) -> Iterator[Localized]:
    if submission.rows.get(_ACCEPTED, 0) and not events:
        yield Localized(
            f"流程定义“{submission.name}”（第 {submission.run} 批）已入账而账上没有",
            f"the drawn procedure {submission.name} (run {submission.run}) was accepted and is not in the ledger",
        )


def _entered(extracts: Iterable[Extract], events: Iterable[Event], catalogue: Catalogue) -> set[tuple[str, int | str]]:
    """The rows that *events* come from: by a cell that is one row's alone, else by the key that the row bears."""
    at: dict[tuple[str, str], int] = {}
    by_key: dict[tuple[str, str], int] = {}
    shared: set[tuple[str, str]] = set()
    for extract in extracts:
        keys = extract.values.get(catalogue.form(extract.form).key.code, [])
        by_key |= {(extract.sheet, str(key).strip()): row for key, row in zip(keys, extract.rows, strict=False)}
        for cells in extract.cells.values():
            for cell, row in zip(cells, extract.rows, strict=True):
                place = (extract.sheet, cell_name(cell))
                if cell and at.setdefault(place, row) != row:
                    shared.add(place)  # what stands once for the whole sheet
    entered: set[tuple[str, int | str]] = set()
    for event in events:
        places = [(event.sheet, cell) for cell in event.cells.values()]
        by_cell = next((at[place] for place in places if place in at and place not in shared), None)
        by_its_key = by_key.get((event.sheet, event.key)) if by_cell is None else by_cell
        entered.add((event.sheet, event.key if by_its_key is None else by_its_key))
    return entered


def _key(row: _Row, extract: Extract, catalogue: Catalogue) -> str:
    column = extract.values.get(catalogue.form(extract.form).key.code)
    return str(column[extract.rows.index(row[1])]).strip() if column else ""


def _of_register(
    register: Register, entries: Mapping[str, RecordState], events: Iterable[Event]
) -> Iterator[Localized]:
    wrong = list(differences(entries, fold_by_key(events)))
    if wrong:
        keys = "、".join(wrong[:_SHOWN])
        yield Localized(
            f"“{register.title.zh}”有 {len(wrong)} 条记录与历次办理之和不符：{keys}",
            f"{len(wrong)} records of {register.title.en} are not the sum of their events: {keys}",
        )
