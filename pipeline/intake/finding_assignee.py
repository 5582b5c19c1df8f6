"""Who is asked about a finding: one function of the finding, the roster of today and the assignments of today.

Whoever holds the record, where its work was wrong; else whoever made the paper, if he is still there; else who serves
the record's area; else whoever watches over it; else the clerk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.duties import managing_roles, watchers
from pipeline.domain.finding import FILLED_BY, FOR_PERSON, FOR_ROLE, SAID_BY, Finding
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.domain.rulebook.editing import EDITING
from pipeline.domain.rulebook.worklists import OF_A_WORKLIST
from schemas.language import Catalogue, Register, Severity

_FOR_MANAGERS = {"record.transferred", "sheet.signed_by_nobody", "sheet.opened_by_nobody"}
"""What the sheet may say and the manager should look at all the same."""
CLERK = ""
"""The owner of findings that no person of the roster can be held to."""


_LEFT, _ABSENT = "person.not_in_force", "person.absent"
_OF_ITS_AUTHOR = (
    TO_CHOOSE | OF_A_WORKLIST | {"step.own", "step.wrong_role", "step.by_another", "step.late", "end.decided"}
)
"""Rules about what somebody said or handed in, whoever holds the record: his value waits, his page has a row too many, the step
that he took was not his to take.
"""

_FOR_THE_OFFICE = {
    "balance.off",
    "clock.back",
    "declaration.failed",
    "definition.gone",
    "definition.not_placed",
    "definition.put_back",
    "definition.renamed",
    "definition.role_known",
    "definition.state_gone",
    "definition.state_stuck",
    "definition.wrong",
    "mail.failed",
}
"""Rules whose findings the administrator alone can mend."""

_OF_THE_MASTER = {rule.code for rule in EDITING}
"""Rules about what was written into the master, where a step is whoever's it is to take."""

_OF_ABSENCE = {"assign.absent", "roster.no_stand_in", "roster.nobody_stands_in"}
"""Rules about somebody who is away, by his number: he himself reads nothing of it."""


def _is_of_a_refused_step(finding: Finding, register: Register | None) -> bool:
    """Tell whether *finding* sends back the sheet of a step, a form of its own; what is written in the master is whose the step is."""
    is_of_step = register is not None and finding.form != register.base.code
    return is_of_step and finding.severity is Severity.ERROR and finding.rule not in _OF_THE_MASTER


def readers_of(role: str, register: Register, roster: Roster) -> list[str]:
    """Return the staff numbers of all who read what is told to *role* about *register*: those who have it, else, or where no
    role is named, who watches over the register; "" for the one of whom the role alone tells, or where there is nobody.
    """
    people = list(roster.with_role(role)) if role else []
    numbers = [person.number for person in people or watchers(register, roster)]
    return numbers if len(numbers) > 1 or (role and not people and numbers) else [""]


@dataclass(frozen=True, slots=True)
class FindingAssignees:
    """``carriers``, ``senders`` and ``submitters`` name people by submission: whose worklist it is, in whose subfolder
    of the inbox it lay, who the sheet itself says has filled it.
    """

    catalogue: Catalogue
    roster: Roster
    carriers: Mapping[str, str]
    senders: Mapping[str, str]
    submitters: Mapping[str, str]
    record: Callable[[str, str], RecordState | None] = lambda register, key: None
    """The record of a register by its key, as it stands after the run."""

    def of(self, finding: Finding, before: str = "") -> str:
        """Return the staff number of who is to mend *finding*, or ``CLERK``; *before* is who was asked so far."""
        told = dict(finding.details)
        if finding.rule in _FOR_THE_OFFICE or (finding.rule == _ABSENT and FOR_PERSON in told):
            return told.get(FOR_PERSON, CLERK)
        if finding.severity is Severity.REPAIR and finding.submission:
            author = self._author(finding)  # what was read otherwise than it was written asks nothing of anybody else
            return author.number if author is not None else CLERK
        if not finding.submission or finding.rule in _FOR_MANAGERS:
            reader = self._looking_after(finding)
            return CLERK if finding.rule in _OF_ABSENCE and reader == finding.key else reader
        author = self._author(finding) or self.roster.people.get(before)
        state, register = self._state(finding)
        holder = self.roster.people.get(state.owner) if state else None
        stage = register.waiting_for(state.state) if state and register else None
        is_work = stage is not None and (author is None or author.has_role(stage.role))
        of_author = (
            finding.rule in _OF_ITS_AUTHOR
            or (finding.rule == _LEFT and SAID_BY in told)  # has named somebody who has left, and has the work no more
            or (author is not None and _is_of_a_refused_step(finding, register))  # he alone knows that sheet
        )
        if holder is not None and is_work and not of_author:
            return holder.number
        if author is not None:
            return author.number
        return self._of_area(state) or self._of_form(finding.form) or (self._watching(finding.form) if state else CLERK)

    def _looking_after(self, finding: Finding) -> str:
        details = dict(finding.details)
        person, role = self.roster.people.get(details.get(FOR_PERSON, "")), details.get(FOR_ROLE, "")
        if person is not None:
            return self._in_place_of(person.number, finding) or person.number
        return self._in_place_of(self._only(role) if role else self._watching(finding.form), finding)

    def _in_place_of(self, number: str, finding: Finding) -> str:
        """Return *number*, or who stands in while that person is away, ``CLERK`` where nobody does: it waits for nobody's return.
        What is about the stand-in himself waits.
        """
        person = self.roster.people.get(number)
        if person is None or not person.is_absent_on(self.roster.day):
            return number
        other = self.roster.stand_in_of(person)
        if other is None:
            return CLERK
        return number if self.roster.named(finding.value) == other else other.number

    def handed_in_by(self, submission: str) -> str:
        """Return the staff number of whoever made or brought the paper, or ``CLERK`` where nobody is known to have."""
        person = self._maker(submission)
        return person.number if person else CLERK

    def _of_area(self, state: RecordState | None) -> str:
        served = self.roster.areas.get(state.area) if state else None
        return (
            next((number for number in served.served_by.values() if number in self.roster.people), "") if served else ""
        )

    def _author(self, finding: Finding) -> Person | None:
        """Return who made the paper, if he is still there."""
        details = dict(finding.details)
        return self._maker(finding.submission, details.get(SAID_BY, ""), details.get(FILLED_BY, ""))

    def _maker(self, submission: str, said_by: str = "", filler: str = "") -> Person | None:
        brought = (each.get(submission, "") for each in (self.carriers, self.senders))
        for name in (said_by, *brought, filler, self.submitters.get(submission, "")):
            person = self.roster.named(name) if name else None
            if person is not None and person.number in self.roster.people:
                return person
        return None

    def _state(self, finding: Finding) -> tuple[RecordState | None, Register | None]:
        register = self.catalogue.register_fed_by(finding.form) if finding.key else None
        return (self.record(register.code, finding.key), register) if register is not None else (None, None)

    def _watching(self, form: str) -> str:
        """The one who watches over the register of *form*: its manager, before those in whose name the program assigns."""
        register = self.catalogue.register_fed_by(form)
        own = self._only(register.manager) if register is not None and register.manager else ""
        return own or self._only(*self._managing(form))

    def _managing(self, form: str) -> set[str]:
        """The roles that watch over the register of *form*; over those that lie in areas when it has no stages."""
        registers, fed = self.catalogue.registers, self.catalogue.register_fed_by(form)
        own = managing_roles(fed) if fed is not None else set[str]()
        if own:
            return own
        placed = {role for each in registers if each.lies_somewhere for role in managing_roles(each)}
        return placed or {role for each in registers for role in managing_roles(each)}

    def _of_form(self, form: str) -> str:
        for register in self.catalogue.registers:
            stage = register.stage_of(form) if form else None
            if stage is not None:
                return self._only(stage.role)
        return CLERK

    def _only(self, *roles: str) -> str:
        people = {person.number for role in sorted(roles) for person in self.roster.with_role(role)}
        return people.pop() if len(people) == 1 else CLERK
