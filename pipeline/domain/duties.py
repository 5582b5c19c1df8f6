"""What one person has to do today: the common ground of the worklist and the mail that brings it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pipeline.domain.data_quality import Portfolio
from pipeline.domain.finding import TOLD_EACH_TIME, TOLD_ONLY, OpenFinding, matter_of
from pipeline.domain.office import Office
from pipeline.domain.outlooks import Ahead
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.domain.routing import way_on
from pipeline.domain.rulebook.worklists import FOR_MANAGERS_TO_READ, REMARK, TOLD_FOR_A_WEEK
from schemas.language import Register, Severity, Stage

LEFT_OPEN_AFTER = 1
"""Working days that people have for a finding before their manager hears of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """The records that wait for one stage by one person: those whose row was refused first, then overdue ones, then by deadline;
    of one day those sent back first, then by key.
    """

    register: Register
    stage: Stage
    entries: Sequence[RecordState]


@dataclass(frozen=True, slots=True)
class Stuck:
    """What a manager must know of a stage: what nobody has, and who is late with how many."""

    register: Register
    stage: Stage
    unassigned: Sequence[RecordState]
    overdue: Sequence[RecordState]


@dataclass(frozen=True, slots=True)
class Duties:
    """One person's day."""

    tasks: Sequence[Task]
    stuck: Sequence[Stuck]
    findings: Sequence[OpenFinding]
    left_open: Sequence[OpenFinding] = ()
    """For a manager: findings that others have left open for longer than ``LEFT_OPEN_AFTER``, the oldest first."""
    passed_on: Sequence[OpenFinding] = ()
    """For a manager: what others have written beside their work, and who has worked for whom."""
    kept: Sequence[Portfolio] = ()
    """What the person looks after, register by register."""
    ahead: Sequence[Ahead] = ()
    """What the running period still asks of the person, though no day is named."""
    kept_by: Sequence[tuple[str, Portfolio]] = ()
    """For a manager: what each person looks after, by staff number, "" for what nobody does."""

    @property
    def errors_left(self) -> int:
        """How many errors others have left open: one matter counts once, however many are told of it; reminders do not."""
        return len({matter_of(each.finding) for each in self.left_open if each.finding.severity is Severity.ERROR})

    @property
    def reminders_left(self) -> int:
        """How many reminders that ask for something others have left open, one matter once."""
        return len({matter_of(each.finding) for each in self.left_open if each.finding.severity is not Severity.ERROR})

    @property
    def to_read(self) -> bool:
        """Whether there is something that asks for no filling in, yet should be seen."""
        return bool(
            self.left_open
            or self.passed_on
            or self.ahead
            or any(each.expiring or each.incomplete for each in self.kept)
        )

    @property
    def entries(self) -> int:
        """How many records wait for this person."""
        return sum(len(task.entries) for task in self.tasks)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.stuck or self.findings or self.to_read)


def without_told(own: Duties, told: Set[str]) -> Duties:
    """Return *own* without what only happened and was *told* before: a mail tells it once."""

    def is_news(each: OpenFinding) -> bool:
        return each.finding.rule not in TOLD_EACH_TIME or each.item not in told

    return replace(own, findings=list(filter(is_news, own.findings)), passed_on=list(filter(is_news, own.passed_on)))


def late_by_owner(entries: Sequence[RecordState]) -> list[tuple[str, int]]:
    """Return staff number and count of *entries*, most first."""
    return Counter(entry.owner for entry in entries).most_common()


def duties(office: Office, person: Person) -> Duties:
    """Return what *person* has to do in *office* today."""
    tasks: list[Task] = []
    stuck: list[Stuck] = []
    for register in office.catalogue.registers:
        for stage in register.stages:
            waiting = office.waiting.get((register.code, stage.state), {}) if stage.state else {}
            own = list(waiting.get(person.number, ())) if stage.form and person.number else []
            if own:
                own.sort(key=partial(_order, office))
                tasks.append(Task(register, stage, own))
            if waiting and person.has_role(*managing_roles(register)):
                late = [entry for owned in waiting.values() for entry in owned if _passed_on(office, entry)]
                late.sort(key=_by_deadline)
                nobodys = waiting.get("", ())
                unassigned = [each for each in nobodys if not stage.waits or way_on(stage, each.values) is not None]
                if unassigned or late:
                    stuck.append(Stuck(register, stage, unassigned, late))
    mine = [found for found in office.findings if found.owner == person.number and not is_own_remark(found)]
    managed = {register.code for register in office.catalogue.registers if person.has_role(*managing_roles(register))}
    return Duties(
        tasks,
        stuck,
        mine,
        _left_open(office, person, managed) if managed else (),
        _passed_on_to(office, person, managed) if managed else (),
        office.kept.get(person.number, ()) if person.number else (),
        office.ahead.get(person.number, ()),
        [(number, each) for number in office.kept for each in office.kept[number] if each.register.code in managed],
    )


def _order(office: Office, entry: RecordState) -> tuple[bool, bool, date, bool, str]:
    refused = (entry.register, entry.key) in office.refused
    return not refused, not office.overdue(entry), *_by_deadline(entry)


def _by_deadline(entry: RecordState) -> tuple[date, bool, str]:
    return entry.due or date.max, not entry.reason, entry.key


def _passed_on_to(office: Office, manager: Person, managed: Set[str]) -> list[OpenFinding]:
    return [
        found
        for found in office.findings
        if found.finding.rule in FOR_MANAGERS_TO_READ
        and found.owner != manager.number
        and _is_among(office, found, managed)
    ]


def _is_among(office: Office, found: OpenFinding, managed: Set[str]) -> bool:
    """Tell whether it is about one of the registers *managed*; what is about none that anybody watches over is every manager's."""
    register = office.catalogue.register_fed_by(found.finding.form)
    return register is None or register.code in managed or not managing_roles(register)


def is_own_remark(found: OpenFinding) -> bool:
    """Tell whether it is what its owner himself wrote for his manager to read: he knows it."""
    return found.finding.rule == REMARK and bool(found.owner)


def _passed_on(office: Office, entry: RecordState) -> bool:
    """What is late goes to the manager after a working day: what fell due on a Friday not before Monday; what has a
    deadline in hours at once.
    """
    if entry.due is None or not office.overdue(entry):
        return False
    return office.working_days_since(entry.due) >= 1 or office.named_moment(entry) is not None


def _left_open(office: Office, manager: Person, managed: Set[str]) -> list[OpenFinding]:
    left = [
        found
        for found in office.findings
        if found.owner != manager.number
        and found.to_mend
        and found.finding.rule not in TOLD_FOR_A_WEEK
        and not _only_reminds(found)
        and office.working_days_since(found.opened) > LEFT_OPEN_AFTER
        and _is_among(office, found, managed)
    ]
    return sorted(left, key=lambda found: (found.finding.severity is not Severity.ERROR, found.opened, found.number))


def _only_reminds(found: OpenFinding) -> bool:
    """Tell whether it asks for nothing: a declaration says so, or it is a reminder about a paper, whose rows have entered."""
    of_paper = bool(found.finding.submission) and found.finding.severity is not Severity.ERROR
    return of_paper or TOLD_ONLY in dict(found.finding.details)


def managing_roles(register: Register) -> set[str]:
    """Return the roles that watch over a register: its manager's, and those in whose name the program assigns."""
    own = {register.manager} if register.manager else set()
    return own | {stage.role for stage in register.stages if not stage.form}


def managers_of(register: Register, roster: Roster) -> Sequence[Person]:
    """Return who reads of what was done in *register*: who has its manager's role, where it names none whoever watches over it."""
    return roster.with_role(register.manager) if register.manager else watchers(register, roster)


def watchers(register: Register, roster: Roster) -> list[Person]:
    """Return who watches over *register*, by role and number."""
    return list(dict.fromkeys(person for role in sorted(managing_roles(register)) for person in roster.with_role(role)))
