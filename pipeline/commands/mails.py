"""The mails that have not arrived: what became of each, and what somebody decides about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.commands.reading import reading
from pipeline.commands.run import alone
from pipeline.domain.json_values import JsonObject
from pipeline.domain.mail import UndeliveredMail, reader_of
from pipeline.domain.redaction import mask_numbers, one_line
from pipeline.domain.run_summary import MailCount
from pipeline.intake.redirected_mails import moved
from pipeline.intake.roster import read_roster
from pipeline.publish.outgoing import send_mails
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from pipeline.settings.clock import in_office_zone, now_in_office


@dataclass(frozen=True, slots=True)
class MailStanding:
    """One mail that has not arrived. ``next_try`` is None where it was given up."""

    person: str
    address: str
    since: datetime | None
    attempts: int
    next_try: datetime | None
    problem: str

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        return {
            "person": self.person,
            "address": self.address,
            "since": _minute(self.since),
            "attempts": self.attempts,
            "next_try": _minute(self.next_try),
            "given_up": self.next_try is None,
            "problem": self.problem,
        }


def list_undelivered(settings: Settings) -> Sequence[MailStanding]:
    """Return the mails that have not arrived, oldest first. Raise NoLedgerError when nothing was ever run."""
    with reading(settings) as uow:
        return [_standing(settings, each) for each in uow.mails.undelivered()]


def resend(settings: Settings) -> MailCount:
    """Try all of them now, those given up, too; whoever has another address by now gets his there. Raises as ``run``."""
    now = now_in_office(settings)
    with alone(settings, create=False) as ledger:
        with ledger.transaction() as uow:
            waiting = uow.mails.undelivered()
            elsewhere = moved(waiting, read_roster(in_force(settings), uow, now.date()), settings.clerk)
            for mail in (
                {each.mail.number: each.mail for each in waiting} | {each.number: each for each in elsewhere}
            ).values():
                uow.mails.queue_again(mail, now)
        return send_mails(settings, ledger, now)


def let_go(settings: Settings) -> int:
    """Keep that somebody has seen that those given up will not arrive, and return how many. Raises as ``run``."""
    with alone(settings, create=False) as ledger, ledger.transaction() as uow:
        given_up = [each.mail.number for each in uow.mails.undelivered() if each.given_up]
        uow.mails.let_go(given_up)
    return len(given_up)


def _standing(settings: Settings, each: UndeliveredMail) -> MailStanding:
    mail = each.mail
    return MailStanding(
        reader_of(mail.message_id) or "",
        mail.recipient,
        in_office_zone(settings, mail.queued) if mail.queued else None,
        mail.attempts,
        in_office_zone(settings, mail.next_try) if mail.next_try and not each.given_up else None,
        mask_numbers(one_line(each.problem)),
    )


def _minute(moment: datetime | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""
