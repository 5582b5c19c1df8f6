"""Open findings meet those raised anew: which are new, which stay with their age, which are mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pipeline.domain import embedded_metadata
from pipeline.domain.answer import MOVED_ON, OFFERED, SAMPLES, SET_BACK, TO_CHOOSE
from pipeline.domain.finding import (
    DEED,
    FILLED_BY,
    FOR_WHOM,
    ROW,
    TOLD_EACH_TIME,
    Finding,
    OpenFinding,
    identity,
)
from pipeline.domain.rulebook.editing import KEPT
from pipeline.domain.rulebook.merging import SAID_BEFORE, STEP_REFUSED, TAKEN_LATE
from pipeline.domain.rulebook.worklists import FOR_MANAGERS_TO_READ, OF_A_WORKLIST, TOLD_FOR_A_WEEK
from schemas.language import Severity

REPAIRS_ARE_SHOWN = timedelta(days=7)
"""A repair asks nothing of anybody: it is listed for a week, then it stands in the history alone."""
LOOKS_ARE_SHOWN = timedelta(days=30)
"""So long the manager is asked to look at what was accepted all the same."""
_TO_LOOK_AT = "record.transferred"
_OF_ANSWERS = {"answer.unknown", "answer.no_conflict", "answer.not_offered", "answer.taken", "answer.over", MOVED_ON}


_AROUND = {ROW, FILLED_BY, OFFERED, SAMPLES}
"""Details of what stands around a finding: the rest of its row, or what is below a label, may have changed."""
_OF_ROWS = (
    OF_A_WORKLIST
    - FOR_MANAGERS_TO_READ
    - {"worklist.of_other", "worklist.row_half_filled", "sheet.signed_elsewhere", "sheet.signed_by_nobody"}
    - {"sheet.opened_by_nobody"}
)
"""Rules about rows of a worklist: the next one of the same person tells anew. What was half filled stays until that row is
done, or comes back.
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a run looked at again: whatever it did not raise anew there is mended."""

    records: AbstractSet[tuple[str, str]] = frozenset()
    """Form and key of every row handled."""
    files: AbstractSet[str] = frozenset()
    """Names under which files were read."""
    submissions: AbstractSet[str] = frozenset()
    """Hashes of earlier files that have come back corrected."""
    finished: AbstractSet[str] = frozenset()
    """Keys of records that reached a final state: their warnings have been seen by the reviewer."""
    carriers: AbstractSet[str] = frozenset()
    """Staff numbers of those whose worklist came back: its rows were judged anew."""
    fields: AbstractSet[tuple[str, str]] = frozenset()
    """Key and field of every value that a row of changes set."""
    corrected: AbstractSet[tuple[str, str]] = frozenset()
    """Form and key of records of which a worklist or a master has corrected what that form says: a step taken before is mended so."""
    silent: AbstractSet[tuple[str, str, str]] = frozenset()
    """Form, key and field of cells that only repeated what their paper said before: they were not judged anew."""
    ended: AbstractSet[str] = frozenset()
    """Keys of records that were closed: nothing about them is to mend any more."""
    closed: AbstractSet[str] = frozenset()
    """Keys of records that were closed before this run: what was told of them since, once, is over."""
    left: AbstractSet[str] = frozenset()
    """Keys of records whose step was done, by whatever paper."""
    taken_back: AbstractSet[str] = frozenset()
    """Keys of records whose refused row was emptied on the worklist on which it stood."""
    asked_anew: AbstractSet[tuple[str, str]] = frozenset()
    """Form and key of steps for which records have begun to wait: a reminder about an earlier round asks for nothing."""
    worklists: AbstractSet[str] = frozenset()
    """Those of the submissions about which something is open that are worklists."""
    own_sheets: AbstractSet[str] = frozenset()
    """Those of the submissions about which something is open that are lists of their senders' own."""
    deeds: AbstractSet[tuple[str, str, str]] = frozenset()
    """Form and key of records that rows of changes were about, each with the file's name, and with what it was to do."""
    shown: AbstractSet[tuple[str, str]] = frozenset()
    """Form and key of records that worklists and masters have shown: what is wrong on a sheet of one's own stays so."""
    of_others: AbstractSet[int] = frozenset()
    """Numbers of findings about whose records others alone have spoken, and were kept out: what they wrote mends nothing."""
    settled: AbstractSet[int] = frozenset()
    """Numbers of conflicts that have been settled; nothing else ends one."""
    answered: bool = False
    """An exceptions workbook came back: what was wrong in the one before it is over."""
    members: AbstractSet[tuple[str, str]] = frozenset()
    """Hashes of earlier zips and the workbook of each that has come back corrected."""
    renamed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By submission: the name under which it was told of before it came back, and the workbook of a zip that it was."""


@dataclass(slots=True)
class FindingsDiff:
    """``renewed`` stay open with a new place or owner; ``closed`` are numbers."""

    new: list[tuple[Finding, str]] = field(default_factory=list)
    renewed: list[OpenFinding] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)


def diff_findings(
    standing: Sequence[OpenFinding],
    raised: Iterable[tuple[Finding, str]],
    touched: Touched,
    day: date,
    noted: Iterable[Finding] = (),
) -> FindingsDiff:
    """Hold the findings *raised* in a run, each with its owner, against those open before it.

    Of what was *noted* as it is now nothing is told again.
    """
    quiet = {_as_said(each) for each in noted}
    waiting: dict[str, list[OpenFinding]] = defaultdict(list)
    for each in standing:
        waiting[identity(each.finding)].append(each)
    settled = FindingsDiff()
    found: set[str] = set()
    for finding, owner in raised:
        found.add(identity(finding))
        earlier = _as_before(finding, touched)
        same = waiting.get(identity(finding)) or waiting.get(identity(earlier)) or []
        his = [each for each in same if each.number not in touched.of_others]
        # that of another sheet, which nobody has handed in again, keeps its place
        his.sort(key=lambda each: each.finding.file not in {finding.file, earlier.file})
        before = next((each for each in same if each.finding.submission == finding.submission), his[0] if his else None)
        if before is None:
            if _as_said(finding) not in quiet:
                settled.new.append((finding, owner))
            continue
        same.remove(before)
        if (before.finding, before.owner) != (finding, owner):
            settled.renewed.append(replace(before, finding=finding, owner=owner))
    settled.closed = sorted(
        each.number
        for same, rest in waiting.items()
        for each in rest
        if each.finding.key in touched.ended
        or (_over(each, touched, day) and not (same in found and _stands_elsewhere(each.finding, touched)))
    )
    return settled


def once_each(raised: Iterable[tuple[Finding, str]]) -> list[tuple[Finding, str]]:
    """Return *raised*, each finding with its owner, without what is told to one person for two reasons: of his role and by his
    name, as who did it and whose it was.
    """
    first: dict[tuple[object, ...], tuple[Finding, str]] = {}
    for finding, owner in raised:
        details = tuple(pair for pair in finding.details if pair[0] not in FOR_WHOM)
        first.setdefault((owner, replace(finding, details=details)), (finding, owner))
    return list(first.values())


def came_back(
    touched: Touched, files: Iterable[tuple[str, Mapping[str, str]]], standing: Iterable[OpenFinding]
) -> Touched:
    """Return *touched* with what the returns among *files* (hash and embedded metadata) correct, whatever they are called
    now.
    """
    names = {each.finding.submission: each.finding.file for each in standing}
    whole, members, renamed = set(), set(), {}
    for sha256, metadata in files:
        earlier = metadata.get(embedded_metadata.SUBMISSION, "")
        member = metadata.get(embedded_metadata.MEMBER, "")
        if not earlier:
            continue
        if member:
            members.add((earlier, member))
        else:
            whole.add(earlier)
        if earlier in names:
            renamed[sha256] = names[earlier], member
    return replace(touched, submissions=frozenset(whole), members=frozenset(members), renamed=renamed)


def _as_said(finding: Finding) -> tuple[object, ...]:
    details = tuple(pair for pair in finding.details if pair[0] not in _AROUND)
    return identity(finding), finding.value, details


def _stands_elsewhere(finding: Finding, touched: Touched) -> bool:
    """Tell whether it stands in a sheet that nobody has handed in again: the same fault of another sheet mends nothing."""
    return bool(finding.submission) and not (
        finding.file in touched.files
        or finding.submission in touched.submissions
        or (finding.submission, finding.sheet.rpartition("/")[0]) in touched.members
    )


def _as_before(finding: Finding, touched: Touched) -> Finding:
    """Return *finding* of a sheet that came back as it was told of under the sheet's earlier name."""
    if finding.submission not in touched.renamed:
        return finding
    file, member = touched.renamed[finding.submission]
    return replace(finding, file=file, sheet=f"{member}/{finding.sheet}" if member else finding.sheet)


def _over(each: OpenFinding, touched: Touched, day: date) -> bool:
    finding = each.finding
    if finding.rule in TO_CHOOSE:
        lapsed = finding.rule == SET_BACK and day - each.opened >= REPAIRS_ARE_SHOWN
        return lapsed or each.number in touched.settled
    if (
        finding.rule == TAKEN_LATE
    ):  # however the record goes on: what was late stays late, unless its sheet is put right
        again = (finding.form, finding.key) in touched.records or finding.submission in touched.submissions
        return again or day - each.opened >= REPAIRS_ARE_SHOWN
    return (
        (finding.key in touched.closed and day > each.opened)
        or (finding.rule in _OF_ANSWERS and (touched.answered or day - each.opened >= REPAIRS_ARE_SHOWN))
        or not finding.submission  # about the office's state: judged anew in every run
        or (
            (finding.form, finding.key) in touched.records
            and each.number not in touched.of_others
            and (finding.form, finding.key, finding.field) not in touched.silent
        )
        or done_again(finding, touched.deeds)
        or ((finding.form, finding.key) in touched.shown and finding.submission not in touched.own_sheets)
        or (finding.key, finding.field) in touched.fields
        or (finding.rule == STEP_REFUSED and (finding.form, finding.key) in touched.corrected)
        or (finding.rule == _TO_LOOK_AT and day - each.opened >= LOOKS_ARE_SHOWN)
        or (not finding.key and finding.file in touched.files)
        or finding.submission in touched.submissions
        or (finding.submission, finding.sheet.rpartition("/")[0]) in touched.members
        or (finding.severity is Severity.WARNING and finding.key in touched.finished)
        or (finding.severity is Severity.WARNING and (finding.form, finding.key) in touched.asked_anew)
        or (finding.rule == SAID_BEFORE and finding.key in touched.left)
        # a worklist's row that was kept out: its step has been done since, by another copy or paper, or nothing stands in it
        or (
            finding.severity is Severity.ERROR
            and finding.key in touched.left | touched.taken_back
            and finding.submission in touched.worklists
        )
        or (_was_kept_out(finding) and (finding.file in touched.files or day - each.opened >= REPAIRS_ARE_SHOWN))
        or (finding.rule in _OF_ROWS and each.owner in touched.carriers)
        or (finding.rule in TOLD_EACH_TIME and day > each.opened)
        or (
            (finding.severity is Severity.REPAIR or finding.rule in TOLD_FOR_A_WEEK)
            and day - each.opened >= REPAIRS_ARE_SHOWN
        )
    )


def done_again(finding: Finding, deeds: AbstractSet[tuple[str, str, str]]) -> bool:
    """Tell whether *deeds* hold the row of changes that *finding* is about once more: of the same file, or to the same end."""
    ends = {finding.file, *(text for name, text in finding.details if name == DEED)} - {""}
    return any((finding.form, finding.key, end) in deeds for end in ends)


def _was_kept_out(finding: Finding) -> bool:
    """Tell whether nothing is wrong in the register: what was tried on the master was refused, and is there no more."""
    return any(name == KEPT for name, _ in finding.details)
