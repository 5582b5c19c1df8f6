"""Mails that did not arrive go to the address that their reader bears today: mending it on the staff sheet is all that is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipeline.deliver.readdress import readdress
from pipeline.domain.mail import Outgoing, UndeliveredMail, reader_of
from pipeline.domain.roster import Roster
from pipeline.outside.ledger import UnitOfWork


def send_to_new_addresses(uow: UnitOfWork, roster: Roster, clerk: str, now: datetime) -> frozenset[str]:
    """Have those mails tried anew whose readers have got another address since they were written. Return the addresses
    at which mails were given up: nothing is gained by writing there.
    """
    standing = uow.mails.undelivered()
    for mail in moved(standing, roster, clerk):
        uow.mails.queue_again(mail, now)
    return frozenset(each.mail.recipient for each in standing if each.given_up)


def moved(undelivered: Iterable[UndeliveredMail], roster: Roster, clerk: str) -> list[Outgoing]:
    """Return, addressed anew, the mails among *undelivered* whose reader bears another address today."""
    addresses = {number: person.email for number, person in roster.people.items()} | {"": clerk}
    found = []
    for each in undelivered:
        reader = reader_of(each.mail.message_id)
        address = "" if reader is None else addresses.get(reader, "")
        if address and address != each.mail.recipient:
            found.append(readdress(each.mail, address))
    return found
