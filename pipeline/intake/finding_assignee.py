"""Who is told of a finding: whose worklist it is, who dropped the sheet, else who filled it, else whoever's form it is; else the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.domain.duties import managing_roles
from pipeline.domain.finding import FOR_ROLE, Finding
from pipeline.domain.roster import Person, Roster
from schemas.language import Catalogue

_FOR_MANAGERS = {"record.transferred"}
"""What the sheet may say and the manager should look at all the same."""
CLERK = ""
"""The owner of findings that no person of the roster can be held to."""


_FOR_THE_OFFICE = {"balance.off", "clock.back", "mail.failed"}
"""Rules whose findings the administrator alone can mend."""


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

    def of(self, finding: Finding) -> str:
        """Return the staff number of who is to mend *finding*, or ``CLERK``."""
        if finding.rule in _FOR_THE_OFFICE:
            return CLERK
        if not finding.submission or finding.rule in _FOR_MANAGERS:
            role = dict(finding.details).get(FOR_ROLE, "")
            return self._only(*((role,) if role else self._managing(finding.form)))
        for names in (self.carriers, self.senders, self.submitters):
            person = self.roster.named(names.get(finding.submission, ""))
            if person is not None:
                return person.number
        return self._of_form(finding.form)

    def _managing(self, form: str) -> set[str]:
        """The roles that watch over the register of *form*; over those that lie in areas when it has no stages."""
        registers = self.catalogue.registers
        own = {
            role for each in registers if any(form == one.code for one in each.forms) for role in managing_roles(each)
        }
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
        people: list[Person] = [person for role in sorted(roles) for person in self.roster.with_role(role)]
        return people[0].number if len(people) == 1 else CLERK
