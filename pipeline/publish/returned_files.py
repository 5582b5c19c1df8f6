"""Sheets with errors go back to their senders: which ones, under which names, to whom, and which are over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.domain.answer import asked_name
from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import skip_entry
from pipeline.domain.extract import Reading
from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.passwords import NONE, Passwords
from pipeline.domain.place import pack, unpack
from pipeline.domain.trial_marks import without_trial_marks
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.names import safe_name
from pipeline.outside.workers.pool import each_in_worker
from pipeline.publish.annotate_file import AnnotationJob, MarkedCopy, make_return
from pipeline.publish.earlier_files import EarlierFile
from pipeline.publish.reports import RETURNS, Reports, without_return_marks
from pipeline.render.returns.explain import explain
from schemas.language import Layout, Severity

SECONDS = 20.0
"""Wall time that marking one workbook may take."""
MOST_BY_MAIL = 10 << 20
"""Bytes of a return that goes with a mail: mail servers refuse larger ones."""
_SUFFIXES = (".xlsx", ".xlsm")

SubmittedWorkbook = tuple[str, str]
"""Submission, and the workbook's name within it when it is a zip of some."""


def add_returns(
    reports: Reports,
    office: Office,
    files: Iterable[tuple[Dropped, Reading]],
    settled: Set[RowId],
    standing: Collection[str],
    passwords: Passwords = NONE,
    earlier: Sequence[EarlierFile] = (),
) -> None:
    """Put into *reports* the returns of *files* in which an error is open, or something is asked, and take from the folder what is over.
    The returns of *earlier* files are drawn anew: something that they tell is mended, or is told nowhere else any more. What
    stands on a worklist is on no return.

    *settled* are the rows of this run that are in and ask for nothing more; *standing* the names of the returns that lie
    in the folder.
    """
    wrong = told_on_returns(office)
    read = {dropped.sha256: (dropped, reading) for dropped, reading in files}
    names, over = name_returns(
        {sheet: return_stem(found[0].finding.file, sheet[1]) for sheet, found in wrong.items()}, read.keys(), standing
    )
    for name in over:
        reports.files[f"{RETURNS}/{name}"] = None
    before = {each.submission: each for each in earlier if each.submission not in read}
    stems = {PurePosixPath(name).stem for name in standing}
    again = {
        sheet: found
        for sheet, found in wrong.items()
        if sheet[0] in before and (names[sheet] in stems or before[sheet[0]].is_worklist)
    }
    here = {
        sheet: found
        for sheet, found in wrong.items()
        if sheet[0] in read and (not read[sheet[0]][1].refused or any(each.finding.sheet for each in found))
    }  # what nobody could open is not opened again: it may have killed its reader
    jobs = [
        _job(office, sheet, read[sheet[0]][0], _margins(*sheet, read[sheet[0]][1], settled), passwords)
        for sheet in here
    ]
    jobs += [
        _job(office, sheet, before[sheet[0]], _margins_of(before[sheet[0]], sheet[1]), passwords) for sheet in again
    ]
    owners: dict[str, list[str]] = defaultdict(list)
    for (sheet, found), made in zip((here | again).items(), make_returns(jobs), strict=True):
        if not made.content:
            continue
        path = f"{RETURNS}/{names[sheet]}{made.suffix}"
        reports.files[path] = made.content
        if len(made.content) <= MOST_BY_MAIL:
            for owner in {each.owner for each in found}:
                owners[owner].append(path)
    reports.letters[:] = [
        replace(due, attachments=(*due.attachments, *owners.get(due.person.number, ()))) for due in reports.letters
    ]


def name_returns(
    bases: Mapping[SubmittedWorkbook, str], read: Collection[str], standing: Collection[str]
) -> tuple[dict[SubmittedWorkbook, str], list[str]]:
    """Return the name (without suffix) of the return of each sheet, and which of the *standing* files are over.

    *bases* are the names that sheets with open errors ask for, the oldest first, *read* the submissions of this run.
    Of two of the same name one gets part of its hash, and keeps it.
    """
    stems = {PurePosixPath(name).stem for name in standing}
    names: dict[SubmittedWorkbook, str] = {}
    taken: set[str] = set()
    for sheet in sorted(bases, key=lambda sheet: sheet[0] in read):
        base = bases[sheet]
        tagged = _tagged(base, sheet)
        name = tagged if tagged in stems or base.casefold() in taken else base
        names[sheet] = name
        if sheet[0] in read or name in stems:
            taken.add(name.casefold())
    over = [
        name
        for name in standing
        if name.endswith(_SUFFIXES) and PurePosixPath(name).stem.partition(".")[0].casefold() not in taken
    ]
    return names, over


def member_of(sheet: str) -> str:
    """Return the workbook of a zip to which a sheet of that title belongs; "" when it is of no zip."""
    return sheet.rpartition("/")[0]


def told_on_returns(office: Office) -> dict[SubmittedWorkbook, list[OpenFinding]]:
    """Return by sheet what is open there and asks for a return: it stands on nobody's worklist."""
    wrong: dict[SubmittedWorkbook, list[OpenFinding]] = defaultdict(list)
    elsewhere = office.on_worklists
    for each in office.findings:
        finding = each.finding
        asks = finding.severity is Severity.ERROR or asked_name(finding) is not None
        if finding.submission and asks and each.number not in elsewhere:
            wrong[finding.submission, member_of(finding.sheet)].append(each)
    return wrong


def without_return(office: Office, standing: Collection[str]) -> set[str]:
    """Return the submissions of which something is to be told on a return, and none is among the *standing* ones."""
    stems = {PurePosixPath(name).stem for name in standing}
    names = {sheet: return_stem(found[0].finding.file, sheet[1]) for sheet, found in told_on_returns(office).items()}
    return {sheet[0] for sheet, name in names.items() if stems.isdisjoint((name, _tagged(name, sheet)))}


def _tagged(name: str, sheet: SubmittedWorkbook) -> str:
    return f"{name}-{sheet[0][:6]}"


def return_stem(file: str, member: str) -> str:
    """Return what the return of *file* is called, without suffix, as its sender called it: no mark of ours is doubled when
    it was tried, or sent back, before.
    """
    stem = without_return_marks(without_trial_marks(PurePosixPath(file).stem))
    if member:
        stem += f"-{PurePosixPath(member).stem}"
    return safe_name(stem.replace(".", "_"), "", 150)  # a dot and a number mark what stands beside an open file


def _job(
    office: Office,
    sheet: SubmittedWorkbook,
    dropped: Dropped | EarlierFile,
    margins: Mapping[str, list[int]],
    passwords: Passwords,
) -> AnnotationJob:
    submission, member = sheet
    findings = [
        each.finding
        for each in office.findings
        if each.finding.submission == submission and member_of(each.finding.sheet) == member
        if each.number not in office.on_worklists
    ]
    marking = explain(
        findings,
        margins,
        office.catalogue,
        office.language,
        file=dropped.name.rpartition("/")[2],
        submission=submission,
        member=member,
    )
    return AnnotationJob(dropped.name, dropped.content, member, marking, passwords)


def _margins(submission: str, member: str, reading: Reading, settled: Set[RowId]) -> dict[str, list[int]]:
    """Return by sheet the cells at which rows that are in get their mark: left of the row, where there is room."""
    return _by_sheet(
        (extract.sheet, _left_of(cell) if extract.layout is Layout.LIST else cell)
        for extract in reading.extracts
        for cell in extract.rows
        if member_of(extract.sheet) == member
        and skip_entry(extract.sheet) not in reading.metadata  # the page that explains the return is written anew
        and (submission, extract.sheet, cell) in settled
    )


def _margins_of(file: EarlierFile, member: str) -> dict[str, list[int]]:
    return _by_sheet((sheet, _left_of(cell)) for sheet, cell in file.taken if member_of(sheet) == member)


def _left_of(cell: int) -> int:
    row, column = unpack(cell)
    return pack(row, max(column - 1, 0))


def _by_sheet(cells: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return packed cells by their sheet, each once, in order."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for sheet, cell in cells:
        found[sheet][cell] = None
    return {sheet: list(held) for sheet, held in found.items()}


def make_returns(jobs: Sequence[AnnotationJob]) -> Iterator[MarkedCopy]:
    """Yield the returns in order; a workbook whose marking kills its worker is built anew, or does not go back."""
    for job, made in zip(jobs, each_in_worker(make_return, jobs, SECONDS), strict=True):
        if made is None:
            made = next(each_in_worker(make_return, [replace(job, anew=True)], SECONDS))  # noqa: PLW2901
        yield made or MarkedCopy()
