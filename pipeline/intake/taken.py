"""What a run took in: what became of each row, what was found, and what it bears on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.checked import Checked, RowId
from pipeline.domain.finding import Finding, identity
from pipeline.domain.rulebook.merging import STEP_REFUSED
from pipeline.intake.deeds_of_rows import DeedsOfRows
from pipeline.intake.senders import Voices
from pipeline.merge.diff_findings import Touched, done_again
from pipeline.merge.keep_rows_whole import row_of
from pipeline.merge.match_records import Merged, RowOutcome
from pipeline.validate.fillers import fillers, fillers_by_key, with_filler
from schemas.language import Form, Register, Severity

_WORST_FIRST = (RowOutcome.REJECTED, RowOutcome.ACCEPTED, RowOutcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run took in. ``outcomes`` holds every row once; ``raised`` are findings of the sheets, ``state`` of the office."""

    outcomes: Mapping[RowId, RowOutcome] = field(default_factory=dict)
    repaired: Set[RowId] = frozenset()
    to_do: Set[RowId] = frozenset()
    """Rows of worklists whose step nobody has filled in yet."""
    raised: Sequence[Finding] = ()
    state: Sequence[Finding] = ()
    submitters: Mapping[str, str] = field(default_factory=dict)
    """By submission: who the sheet says has filled it."""
    authors_by_paper: Mapping[str, str] = field(default_factory=dict)
    """By submission: whose paper it is, where that is known; also where none of its rows was taken."""
    silent: Set[tuple[str, str, str]] = frozenset()
    """Form, key and field of cells that only repeat what their paper said before: what was found there stands."""
    restated: Mapping[str, Set[str]] = field(default_factory=dict)
    """By submission: records of which it said what stood already, as ``register/key``."""
    records: Set[tuple[str, str]] = frozenset()
    """Form and key of the records that its rows were about as a whole."""
    deeds: Set[tuple[str, str, str]] = frozenset()
    """Form and key of records that rows of changes were about, each with the file's name, and with what it was to do."""
    kept_out: Set[tuple[str, str, str]] = frozenset()
    """Form, key and submission of rows that were kept out."""
    let_in: Set[tuple[str, str, str]] = frozenset()
    """Form, key and submission of the other rows."""
    shown: Set[tuple[str, str]] = frozenset()
    """Form and key of records that worklists and masters show, to be corrected."""
    changed: Set[tuple[str, str]] = frozenset()
    """Keys and fields that rows of changes and corrections set."""
    corrected: Set[tuple[str, str]] = frozenset()
    """Form and key of records of which a worklist or a master has corrected what that form says."""
    finished: Set[str] = frozenset()
    ended: Set[str] = frozenset()
    """Keys of records that were closed."""
    left: Set[str] = frozenset()
    """Keys of records that were led on from the state in which they waited for a step."""
    taken_back: Set[str] = frozenset()
    """Keys of records whose refused row has come back empty from the worklist on which it stood filled."""
    asked_anew: Set[tuple[str, str]] = frozenset()
    """Form and key of the steps for which records have begun to wait: whatever was told of an earlier round is over."""
    assigned: int = 0
    unassigned: int = 0
    moved: bool = False
    """Whether any record was changed."""
    voices: Voices = field(default_factory=Voices)

    @classmethod
    def of(cls, parts: Iterable[Intake]) -> Intake:
        """Return *parts* of one wave as one: of each row the worst that was said of it; who speaks is said by the last."""
        every = list(parts)
        outcomes: dict[RowId, RowOutcome] = {}
        restated: dict[str, set[str]] = defaultdict(set)
        submitters: dict[str, str] = {}
        for part in every:
            for row, outcome in part.outcomes.items():
                outcomes[row] = min(outcome, outcomes.get(row, outcome), key=_WORST_FIRST.index)
            for submission, records in part.restated.items():
                restated[submission] |= records
            submitters = {**part.submitters, **submitters}

        def union(of: Callable[[Intake], Set[Any]]) -> frozenset[Any]:
            return frozenset().union(*(of(part) for part in every))

        return cls(
            outcomes=outcomes,
            repaired=union(lambda part: part.repaired),
            to_do=union(lambda part: part.to_do),
            raised=[finding for part in every for finding in part.raised],
            state=[finding for part in every for finding in part.state],
            submitters=submitters,
            authors_by_paper={key: name for part in every for key, name in part.authors_by_paper.items()},
            silent=union(lambda part: part.silent),
            restated=restated,
            records=union(lambda part: part.records),
            deeds=union(lambda part: part.deeds),
            kept_out=union(lambda part: part.kept_out),
            let_in=union(lambda part: part.let_in),
            shown=union(lambda part: part.shown),
            changed=union(lambda part: part.changed),
            corrected=union(lambda part: part.corrected),
            finished=union(lambda part: part.finished),
            ended=union(lambda part: part.ended),
            left=union(lambda part: part.left),
            taken_back=union(lambda part: part.taken_back),
            asked_anew=union(lambda part: part.asked_anew),
            assigned=sum(part.assigned for part in every),
            unassigned=sum(part.unassigned for part in every),
            moved=any(part.moved for part in every),
            voices=every[-1].voices if every else Voices(),
        )

    def touched(self, files: Iterable[str], returned: Iterable[str]) -> Touched:
        """Return what this intake looked at again."""
        return Touched(
            frozenset(self.records),
            frozenset(files),
            frozenset(returned),
            frozenset(self.finished),
            self.voices.carriers,
            frozenset(self.changed),
            silent=frozenset(self.silent),
            ended=frozenset(self.ended),
            shown=frozenset(self.shown),
            left=frozenset(self.left),
            taken_back=frozenset(self.taken_back),
            asked_anew=frozenset(self.asked_anew),
            deeds=frozenset(self.deeds),
            corrected=frozenset(self.corrected),
        )

    @property
    def rightly_spoken_of(self) -> frozenset[tuple[str, str]]:
        """Form and key of the records that its papers were about, without those in which something was wrong."""
        wrong = {(each.form, each.key) for each in self.raised if each.severity is Severity.ERROR}
        return frozenset(self.records - wrong)

    def followed_by(self, later: Intake) -> Intake:
        """Return both as one: *later* took its papers after these. What was wrong on the one's paper is told him, though
        another's was right.
        """
        again = {identity(each) for each in later.raised}  # the same fault on two papers is told on both
        spoke = later._authors_of({(each.form, each.key) for each in self.raised})
        kept = [
            each
            for each in self.raised
            if identity(each) in again
            or not later.judged_anew(each)
            or self._author(each) - spoke.get((each.form, each.key), later.authors)
        ]
        return replace(
            Intake.of((self, later)),
            raised=[*kept, *later.raised],
            silent=frozenset(
                each for each in self.silent | later.silent if not (self._judged(each) or later._judged(each))
            ),
            state=later.state,  # of the office as it stands after all of them
            unassigned=later.unassigned,
            voices=self.voices.joined(later.voices),
        )

    @property
    def authors(self) -> frozenset[str]:
        """The names of those whose papers these are, as far as the sheets or their folders name them."""
        return frozenset((*self.authors_by_paper.values(), *self.voices.actors.values()))

    def _authors_of(self, records: Set[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
        """Return, for those of *records* (form and key) that rows were about, the names of those whose papers they stand on."""
        spoke: dict[tuple[str, str], set[str]] = {}
        for form, key, submission in (*self.let_in, *self.kept_out) if records else ():
            if (form, key) in records:
                names = (self.authors_by_paper.get(submission), self.voices.actors.get(submission))
                spoke.setdefault((form, key), set()).update(filter(None, names))
        return spoke

    def _author(self, finding: Finding) -> Set[str]:
        """The name of whose paper *finding* is of; none where that is not known, or it only reminds."""
        names = (self.authors_by_paper.get(finding.submission), self.voices.actors.get(finding.submission))
        return {name for name in names if name} if finding.severity is Severity.ERROR else frozenset()

    def judged_anew(self, finding: Finding) -> bool:
        """Tell whether what *finding* is about was looked at again: an earlier paper's finding is over, as in a run of its own."""
        about = finding.form, finding.key, finding.field
        again = self._judged(about) or about[1:] in self.changed or done_again(finding, self.deeds)
        return bool(finding.key) and finding.rule not in TO_CHOOSE and (again or finding.key in self.ended)

    def _judged(self, cell: tuple[str, str, str]) -> bool:
        """Tell whether a row as a whole was looked at, and this *cell* of it (form, key and field) did not only repeat."""
        return cell[:2] in self.records and cell not in self.silent

    @property
    def settled(self) -> frozenset[RowId]:
        """The rows that are in and ask for nothing more."""
        return frozenset(row for row, fate in self.outcomes.items() if fate is not RowOutcome.REJECTED) - self.to_do

    def without_rows(self, those: Set[RowId]) -> Intake:
        """Return it without what became of *those* rows: they are counted nowhere."""
        if those.isdisjoint(self.outcomes):
            return self
        return replace(self, outcomes={row: fate for row, fate in self.outcomes.items() if row not in those})

    def by_submission(self) -> dict[str, Counter[RowOutcome]]:
        """Return the rows of each submission by fate."""
        counts: dict[str, Counter[RowOutcome]] = defaultdict(Counter)
        for row, fate in self.outcomes.items():
            counts[row[0]][fate] += 1
        return counts


def of_repeated(register: Register, repeated: Mapping[RowId, str]) -> Intake:
    """Return what rows that repeat an earlier paper come to: they count as unchanged, and nothing more is said of them."""
    restated: dict[str, set[str]] = defaultdict(set)
    for row, key in repeated.items():
        if key:
            restated[row[0]].add(f"{register.code}/{key}")
    return Intake(outcomes=dict.fromkeys(repeated, RowOutcome.UNCHANGED), restated=restated)


def of_form(
    register: Register, form: Form, checked: Checked, merged: Merged, deeds: DeedsOfRows | None = None
) -> Intake:
    """Return what became of the rows of one *form*; *deeds* tell what rows of changes were to do."""
    by_row = {row_of(record): record for record in checked.records}
    corrected = {record.submission for record in checked.records if record.partial}
    restated: dict[str, set[str]] = defaultdict(set)
    refused = {row for row, outcome in merged.outcomes.items() if outcome is RowOutcome.REJECTED}
    for row, outcome in merged.outcomes.items():
        if outcome is RowOutcome.UNCHANGED and row in by_row:
            restated[row[0]].add(f"{register.code}/{by_row[row].key}")
    return Intake(
        outcomes={
            **dict.fromkeys(checked.waiting, RowOutcome.UNCHANGED),
            **dict.fromkeys(checked.rejected, RowOutcome.REJECTED),
            **merged.outcomes,
        },
        repaired={row for row, record in by_row.items() if record.repaired},
        to_do=frozenset() if form.code == register.base.code else checked.waiting,
        raised=[
            deeds.told(known) if deeds else known
            for finding in (*checked.findings, *_with_fillers(form, checked, merged))
            for known in (_known(form, finding),)
        ],
        submitters=_submitters(form, checked),
        restated=restated,
        records=set()
        if deeds
        else {
            *((form.code, record.key) for record in checked.records if not record.partial),
            *((form.code, finding.key) for finding in checked.findings if finding.key),
        },
        deeds={
            (form.code, record.key, said)
            for record in (checked.records if deeds else ())
            for said in (record.file, deeds.of(row_of(record)) if deeds else "")
        },
        let_in={(form.code, record.key, row[0]) for row, record in by_row.items() if row not in refused},
        kept_out={
            *((form.code, by_row[row].key, row[0]) for row in refused & by_row.keys()),
            *((form.code, each.key, each.submission) for each in checked.findings if each.severity is Severity.ERROR),
        },
        shown={(form.code, record.key) for record in checked.records if record.partial},
        changed={
            *((record.key, code) for record in checked.records if record.action for code in record.values),
            *((event.key, code) for event in merged.events if event.submission in corrected for code in event.values),
        },
        corrected={
            (form.code, event.key)
            for event in merged.events
            if event.submission in corrected and event.form == form.code
        },
    )


def _known(form: Form, finding: Finding) -> Finding:
    """Return *finding* without its key where the key itself is what is wrong."""
    is_wrong = finding.field == form.key.code and finding.severity is Severity.ERROR
    return replace(finding, key="") if is_wrong and finding.rule not in _KEY_IS_RIGHT else finding


def _with_fillers(form: Form, checked: Checked, merged: Merged) -> Iterator[Finding]:
    """What merging found, each with who filled the row where several have filled the sheet."""
    named = fillers_by_key(form, checked.records) if merged.findings else {}
    for finding in merged.findings:
        yield with_filler(finding, named.get((finding.submission, finding.key), ""))


def _submitters(form: Form, checked: Checked) -> dict[str, str]:
    named: dict[str, str] = {}
    for record, name in fillers(form, checked.records):
        named.setdefault(record.submission, name)
    return named


_KEY_IS_RIGHT = {
    STEP_REFUSED,
    "step.not_so",
    "step.unseen",
    "copy.key_changed",
    "worklist.row_added",
    "worklist.row_of_other",
    "worklist.row_new",
}
"""Rules that point at the key's cell, yet know which record is meant."""
