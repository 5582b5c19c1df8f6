"""Mail that a sheet leads to another address: told to both addresses and to the managers, unless a manager sent the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from pipeline.domain.duties import managing_roles
from pipeline.domain.email_change import EmailChange
from pipeline.domain.finding import Finding
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import found
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, FieldRole

TOLD_FOR = timedelta(days=7)


def email_changes(
    catalogue: Catalogue, roster: Roster, uow: UnitOfWork, senders: Mapping[str, str], day: date
) -> Iterator[EmailChange]:
    """Yield what changed in the last days; *senders* names, by submission, in whose folder the sheets of this run lay."""
    changed = uow.events.find(since=day - TOLD_FOR, changes=True)
    for register in catalogue.roster.registers:
        address, name = register.meaning(FieldRole.PERSON_EMAIL), register.meaning(FieldRole.PERSON_NAME)
        if address is None or name is None:
            continue
        events = [
            event
            for event in changed
            if event.register == register.code and event.before.get(address.code) and event.values.get(address.code)
        ]
        known = {
            sha256: each.sender for sha256, each in uow.submissions.known({each.submission for each in events}).items()
        }
        for event in events:
            if not _by_manager(catalogue, roster, {**known, **senders}.get(event.submission, "")):
                person = roster.everyone.get(event.key)
                yield EmailChange(
                    event.key,
                    person.name if person else event.key,
                    str(event.before[address.code]),
                    str(event.values[address.code]),
                    event.place(address.code),
                    register.base,
                    address.code,
                    event.run,
                )


def as_findings(changes: Iterable[EmailChange]) -> Iterator[Finding]:
    """Yield the finding about each of *changes*. It is of no sheet, so that the managers are told, not who sent it."""
    for each in changes:
        place = {"file": each.place.file, "sheet": each.place.sheet, "cell": each.place.cell}
        about: dict[str, str] = {"form": each.form.code, "field": each.field, "key": each.number, "value": each.after}
        yield found(
            "roster.redirected", name=each.name, before=each.before, staff_form=each.form.title, **about, **place
        )


def _by_manager(catalogue: Catalogue, roster: Roster, sender: str) -> bool:
    person = roster.named(sender) if sender else None
    return person is not None and any(person.has_role(*managing_roles(register)) for register in catalogue.registers)
