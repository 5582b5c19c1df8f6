"""What one person has to do today: the common ground of the worklist and the mail that brings it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.record import Entry
from pipeline.domain.roster import Person
from schemas.form import Register, Stage


@dataclass(frozen=True, slots=True)
class Task:
    """The records that wait for one stage by one person: overdue first, then those sent back, then by key."""

    register: Register
    stage: Stage
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Stuck:
    """What a manager must know of a stage: what nobody has, and who is late with how many."""

    register: Register
    stage: Stage
    unassigned: Sequence[Entry]
    overdue: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Duties:
    """One person's day."""

    tasks: Sequence[Task]
    stuck: Sequence[Stuck]
    findings: Sequence[OpenFinding]

    @property
    def entries(self) -> int:
        """How many records wait for this person."""
        return sum(len(task.entries) for task in self.tasks)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.stuck or self.findings)


def overdue(entry: Entry, today: date) -> bool:
    """Tell whether the deadline of *entry* is past: the day it falls due is still in time."""
    return entry.due is not None and entry.due < today


def late_by_owner(entries: Sequence[Entry]) -> list[tuple[str, int]]:
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
                own.sort(key=lambda entry: (not overdue(entry, office.today), not entry.reason, entry.key))
                tasks.append(Task(register, stage, own))
            if waiting and person.role in managing_roles(register):
                late = [entry for owned in waiting.values() for entry in owned if overdue(entry, office.today)]
                late.sort(key=lambda entry: entry.key)
                unassigned = list(waiting.get("", ()))
                if unassigned or late:
                    stuck.append(Stuck(register, stage, unassigned, late))
    mine = [found for found in office.findings if found.owner == person.number]
    return Duties(tasks, stuck, mine)


def managing_roles(register: Register) -> set[str]:
    """Return the roles that watch over a register: those in whose name the program assigns."""
    return {stage.role for stage in register.stages if not stage.form}
