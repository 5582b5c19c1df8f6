"""What a run took in: what became of each row, what was found, and what it bears on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.checked import Checked, RowId
from pipeline.domain.embedded_metadata import Worklist
from pipeline.domain.finding import Finding, identity
from pipeline.domain.roster import Person, Roster
from pipeline.merge.diff_findings import Touched
from pipeline.merge.keep_rows_whole import row_of
from pipeline.merge.match_records import Merged, RowOutcome
from schemas.language import FieldRole, Form, Register, Severity

_WORST_FIRST = (RowOutcome.REJECTED, RowOutcome.ACCEPTED, RowOutcome.UNCHANGED)


@dataclass(slots=True)
class Intake:
    """What a run took in. ``outcomes`` holds every row once; ``raised`` are findings of the sheets, ``state`` of the office."""

    outcomes: dict[RowId, RowOutcome] = field(default_factory=dict)
    repaired: set[RowId] = field(default_factory=set)
    to_do: set[RowId] = field(default_factory=set)
    """Rows of worklists whose step nobody has filled in yet."""
    raised: list[Finding] = field(default_factory=list)
    state: list[Finding] = field(default_factory=list)
    submitters: dict[str, str] = field(default_factory=dict)
    """By submission: who the sheet says has filled it."""
    actors: dict[str, str] = field(default_factory=dict)
    """By submission: whose worklist it is."""
    worklists: dict[str, Worklist] = field(default_factory=dict)
    """By submission: what it was written with."""
    handed_in: dict[str, Person] = field(default_factory=dict)
    """By submission: who handed in a worklist that is another person's."""
    silent: set[tuple[str, str, str]] = field(default_factory=set)
    """Form, key and field of cells that only repeat what their paper said before: what was found there stands."""
    restated: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By submission: records of which it said what stood already, as ``register/key``."""
    records: set[tuple[str, str]] = field(default_factory=set)
    changed: set[tuple[str, str]] = field(default_factory=set)
    """Keys and fields that rows of changes set."""
    finished: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    """Keys of records that were closed."""
    left: set[str] = field(default_factory=set)
    """Keys of records that were led on from the state in which they waited for a step."""
    assigned: int = 0
    unassigned: int = 0
    moved: bool = False
    """Whether any record was changed."""
    roster: Roster = field(default_factory=lambda: Roster(date.min))

    def touched(self, files: Iterable[str], returned: Iterable[str]) -> Touched:
        """Return what this intake looked at again."""
        carriers = frozenset(worklist.person for worklist in self.worklists.values())
        carriers |= {person.number for person in self.handed_in.values()}
        return Touched(
            frozenset(self.records),
            frozenset(files),
            frozenset(returned),
            frozenset(self.finished),
            carriers,
            frozenset(self.changed),
            silent=frozenset(self.silent),
            ended=frozenset(self.ended),
            left=frozenset(self.left),
        )

    @property
    def rightly_spoken_of(self) -> frozenset[tuple[str, str]]:
        """Form and key of the records that its papers were about, without those in which something was wrong."""
        wrong = {(each.form, each.key) for each in self.raised if each.severity is Severity.ERROR}
        return frozenset(self.records - wrong)

    def followed_by(self, later: Intake) -> Intake:
        """Return both as one: *later* took its papers after these."""
        for name in ("outcomes", "submitters", "actors", "worklists", "handed_in"):
            getattr(self, name).update(getattr(later, name))
        for name in ("repaired", "to_do", "silent", "records", "changed", "finished", "ended", "left"):
            getattr(self, name).update(getattr(later, name))
        for submission, records in later.restated.items():
            self.restated[submission] |= records
        again = {identity(each) for each in later.raised}  # the same fault on two papers is told on both
        over = [each for each in self.raised if identity(each) not in again and later.judged_anew(each)]
        self.raised = [each for each in self.raised if each not in over] + later.raised
        self.state, self.roster = later.state, later.roster  # of the office as it stands after all of them
        self.assigned, self.unassigned = self.assigned + later.assigned, later.unassigned
        self.moved |= later.moved
        return self

    def judged_anew(self, finding: Finding) -> bool:
        """Tell whether what *finding* is about was looked at again: an earlier paper's finding is over, as in a run of its own."""
        about = finding.form, finding.key, finding.field
        again = about[:2] in self.records and about not in self.silent
        return bool(finding.key) and finding.rule not in TO_CHOOSE and (again or finding.key in self.ended)

    @property
    def settled(self) -> frozenset[RowId]:
        """The rows that are in and ask for nothing more."""
        return frozenset(row for row, fate in self.outcomes.items() if fate is not RowOutcome.REJECTED) - self.to_do

    def by_submission(self) -> dict[str, Counter[RowOutcome]]:
        """Return the rows of each submission by fate."""
        counts: dict[str, Counter[RowOutcome]] = defaultdict(Counter)
        for row, fate in self.outcomes.items():
            counts[row[0]][fate] += 1
        return counts


def note_repeated(
    intake: Intake, register: Register, repeated: Mapping[RowId, str], silent: Iterable[tuple[str, str, str]] = ()
) -> None:
    """Rows that repeat an earlier paper count as unchanged, and nothing more is said of them."""
    intake.silent.update(silent)
    for row, key in repeated.items():
        intake.outcomes.setdefault(row, RowOutcome.UNCHANGED)
        if key:
            intake.restated[row[0]].add(f"{register.code}/{key}")


def note_form(intake: Intake, register: Register, form: Form, checked: Checked, merged: Merged) -> None:
    """Note in *intake* what became of the rows of one *form*: of each the worst that was said of it."""
    by_row = {row_of(record): record for record in checked.records}
    outcomes = {
        **dict.fromkeys(checked.waiting, RowOutcome.UNCHANGED),
        **dict.fromkeys(checked.rejected, RowOutcome.REJECTED),
        **merged.outcomes,
    }
    for row, fate in outcomes.items():
        known = intake.outcomes.get(row, fate)
        intake.outcomes[row] = min(fate, known, key=_WORST_FIRST.index)
    intake.repaired |= {row for row, record in by_row.items() if record.repaired}
    if form.code != register.base.code:
        intake.to_do |= checked.waiting
    for row, fate in merged.outcomes.items():
        if fate is RowOutcome.UNCHANGED and row in by_row:
            intake.restated[row[0]].add(f"{register.code}/{by_row[row].key}")
    key = form.key.code
    for finding in (*checked.findings, *merged.findings):
        wrong_key = finding.field == key and finding.severity is Severity.ERROR
        intake.raised.append(replace(finding, key="") if wrong_key and finding.rule not in _KEY_IS_RIGHT else finding)
    intake.records |= {(form.code, record.key) for record in checked.records}
    intake.records |= {(form.code, finding.key) for finding in checked.findings if finding.key}
    intake.changed |= {(record.key, code) for record in checked.records if record.action for code in record.values}
    submitter = form.meaning(FieldRole.SUBMITTER) or form.meaning(FieldRole.ACTOR)
    if submitter is not None:
        for record in checked.records:
            name = (record.action or record.values).get(submitter.code)
            if name:
                intake.submitters.setdefault(record.submission, str(name))


_KEY_IS_RIGHT = {
    "step.refused",
    "step.not_so",
    "copy.key_changed",
    "worklist.row_added",
    "worklist.row_of_other",
    "worklist.row_new",
}
"""Rules that point at the key's cell, yet know which record is meant."""
