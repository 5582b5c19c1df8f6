"""Which papers take the place of earlier ones: a sheet that was corrected in the sender's own copy and dropped under another name,
without our marks; not what others have written of the same record, who had no business with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.domain.finding import OpenFinding
from pipeline.intake.finding_assignee import FindingAssignees
from pipeline.intake.taken import Intake
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Severity

ENOUGH = 2
"""Records that two files must share: one alone may stand on any sheet."""


def superseded_files(
    uow: UnitOfWork, standing: Iterable[OpenFinding], fresh: Iterable[tuple[str, Iterable[str]]]
) -> Iterator[str]:
    """Yield the hashes of earlier sheets that one of the *fresh* ones takes the place of: it holds all their records, by
    the same forms (a sheet of the next step is about the same ones, and mends nothing).

    Only sheets count in which something is wrong that no record can be held to (a mistyped number): the rest closes
    with its record. *fresh* are hashes with the records of which each said again what stood (``register/key``).
    """
    waiting = {
        each.finding.submission
        for each in standing
        if each.finding.submission and not each.finding.key and each.finding.severity is Severity.ERROR
    }
    if not waiting:
        return
    held = {sha256: _records(uow, sha256).union(restated) for sha256, restated in fresh if sha256 not in waiting}
    earlier = uow.submissions.known(waiting) if held else {}
    forms = uow.papers.forms(earlier.keys() | held.keys()) if earlier else {}
    for sha256 in earlier:
        records = _records(uow, sha256).union(earlier[sha256].restated)
        if len(records) >= ENOUGH and any(
            records <= theirs and forms.get(sha256, set()) <= forms.get(later, set()) for later, theirs in held.items()
        ):
            yield sha256


def spoken_of_by_others(standing: Sequence[OpenFinding], intake: Intake, assignees: FindingAssignees) -> Iterator[int]:
    """Yield the numbers of what is *standing* about records of which every row of the run was kept out and is another's than whose paper
    it is of: he has mended nothing. Where it is not known whose a paper is, a later one takes the place of an earlier.
    """
    by_record: dict[tuple[str, str], set[str]] = defaultdict(set)
    taken = {(form, key) for form, key, _ in intake.let_in}
    for form, key, submission in intake.kept_out:
        if (form, key) not in taken:
            by_record[form, key].add(submission)
    for each in standing:
        finding = each.finding
        others = by_record.get((finding.form, finding.key), set())
        if others and finding.severity is Severity.ERROR and finding.submission not in others:
            makers = {assignees.handed_in_by(submission) for submission in others}
            own = assignees.handed_in_by(finding.submission) or each.owner
            if own and "" not in makers and own not in makers:
                yield each.number


def _records(uow: UnitOfWork, sha256: str) -> set[str]:
    return {f"{event.register}/{event.key}" for event in uow.events.find(submission=sha256)}
