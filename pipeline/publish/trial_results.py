"""What comes back of sheets that were only tried: each marked as a return is, named as a trial, and entered nowhere."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.domain.extract import Reading
from pipeline.domain.finding import Finding
from pipeline.domain.passwords import Passwords
from pipeline.domain.receipt import Receipt
from pipeline.domain.trial_marks import with_trial_mark
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.outbox import has_content, publish_file
from pipeline.publish.annotate_file import AnnotationJob, MarkedCopy, explaining_workbook
from pipeline.publish.returned_files import make_returns, member_of, return_stem
from pipeline.render.returns.explain_trial import explain_trial
from pipeline.render.returns.marking import Marking
from schemas.language import Catalogue, Language


@dataclass(frozen=True, slots=True)
class Tried:
    """A file that was judged on trial: what was read, what a run would say of it, and what its rows would come to, workbook by
    workbook ("" for one that is no zip of some).
    """

    dropped: Dropped
    reading: Reading
    findings: Sequence[Finding]
    receipts: Mapping[str, Receipt]

    @property
    def can_be_opened(self) -> bool:
        """Whether it may be opened again to be marked: what nobody could open may have killed its reader."""
        return not self.reading.refused or any(each.sheet for each in self.findings)


@dataclass(frozen=True, slots=True)
class TrialResult:
    """A file for the folder of returns. *stem* is what its sender called it."""

    stem: str
    suffix: str
    content: bytes
    original: bool = False


def draw_results(tried: Tried, catalogue: Catalogue, language: Language, passwords: Passwords) -> list[TrialResult]:
    """Return the workbooks of *tried*, marked, and its very bytes where these do not hold all of them: what was dropped leaves
    its folder, and nothing of it may be lost.
    """
    dropped = tried.dropped
    file = PurePosixPath(dropped.name).name

    def explained(member: str, *, with_original: bool) -> Marking:
        findings = [_here(each, dropped.sha256) for each in tried.findings]
        about = [each for each in findings if not each.sheet or member_of(each.sheet) == member]
        return explain_trial(
            about,
            catalogue,
            language,
            tried.receipts[member],
            submission=dropped.sha256,
            member=member,
            with_original=with_original,
        )

    jobs = [
        AnnotationJob(dropped.name, dropped.content, each, explained(each, with_original=bool(each)), passwords)
        for each in tried.receipts
        if tried.can_be_opened
    ]
    made = dict(zip((job.member for job in jobs), make_returns(jobs), strict=True))
    results: list[TrialResult] = []
    for member in tried.receipts:
        copy = made.get(member, MarkedCopy())
        if not copy.content:
            copy = MarkedCopy(explaining_workbook(explained(member, with_original=True)), ".xlsx")
        results.append(TrialResult(return_stem(file, member), copy.suffix, copy.content))
    if not all(each.whole for each in (*made.values(), *([] if made else [MarkedCopy()]))):
        results.append(TrialResult(return_stem(file, ""), PurePosixPath(file).suffix, dropped.content, original=True))
    return results


def draw_untaken(finding: Finding, catalogue: Catalogue, language: Language) -> TrialResult:
    """Return what tells why a file in the trial folder is not taken: it stays where it is."""
    receipt = Receipt(PurePosixPath(finding.file).name, refused=True)
    marking = explain_trial([finding], catalogue, language, receipt, submission="")
    return TrialResult(return_stem(receipt.file, ""), ".xlsx", explaining_workbook(replace(marking, lineage={})))


def write_result(folder: Path, result: TrialResult, language: Language) -> Path | None:
    """Write *result* into *folder* and return where it lies, None when it lay there already. No other file is replaced: it may
    have been worked on since.
    """
    for number in itertools.count(1):
        mark = with_trial_mark(result.stem, language, original=result.original, number=number)
        path = folder / f"{mark}{result.suffix}"
        if has_content(path, result.content):
            return None
        if not os.path.lexists(path):
            publish_file(path, result.content)
            return path
    raise AssertionError  # counting has no end


def _here(finding: Finding, submission: str) -> Finding:
    """Return *finding*; without its place, where that is on another paper."""
    return finding if finding.submission == submission else replace(finding, sheet="", cell="")
