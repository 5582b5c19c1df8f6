"""Who is told of a finding: who dropped the sheet, else who filled it, else whoever's form it is; else the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.domain.duties import managing_roles
from pipeline.domain.finding import Finding
from pipeline.domain.roster import Person, Roster
from schemas.form import Catalogue

CLERK = ""
"""The owner of findings that no person of the roster can be held to."""


@dataclass(frozen=True, slots=True)
class Owners:
    """``senders`` and ``submitters`` name people by submission: by the inbox's subfolder, and by the sheet itself."""

    catalogue: Catalogue
    roster: Roster
    senders: Mapping[str, str]
    submitters: Mapping[str, str]

    def of(self, finding: Finding) -> str:
        """Return the staff number of who is to mend *finding*, or ``CLERK``."""
        if not finding.submission:
            roles = {role for register in self.catalogue.registers for role in managing_roles(register)}
            return self._only(*roles)
        for named in (self.senders.get(finding.submission), self.submitters.get(finding.submission)):
            person = self.roster.named(named) if named else None
            if person is not None:
                return person.number
        return self._of_form(finding.form)

    def _of_form(self, form: str) -> str:
        for register in self.catalogue.registers:
            stage = register.stage_of(form) if form else None
            if stage is not None:
                return self._only(stage.role)
        return CLERK

    def _only(self, *roles: str) -> str:
        people: list[Person] = [person for role in sorted(roles) for person in self.roster.with_role(role)]
        return people[0].number if len(people) == 1 else CLERK
