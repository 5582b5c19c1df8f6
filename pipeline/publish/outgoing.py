"""The last step of a run: what leaves the office. Reports and mails are drawn up in the run's transaction, so that what a
mail tells is committed with the mail itself; files are written and mails sent after it.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.deliver.deliver_reports import deliver
from pipeline.deliver.mime_message import to_mime
from pipeline.domain.balance import Balance
from pipeline.domain.checked import RowId
from pipeline.domain.counted import Counted
from pipeline.domain.email_change import EmailChange
from pipeline.domain.extract import Reading
from pipeline.domain.mail import Attachment, Delivery, Outgoing, Undelivered, digest_id, notice_id
from pipeline.domain.office import Office
from pipeline.domain.partition import is_master
from pipeline.domain.passwords import NONE, Passwords
from pipeline.domain.receipt import Receipt
from pipeline.domain.roster import Roster
from pipeline.domain.run_summary import MailCount
from pipeline.domain.trial_marks import has_trial_mark
from pipeline.errors import InUseError
from pipeline.outside.files import outbox, published
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.ledger import Ledger, UnitOfWork
from pipeline.outside.mail import postman
from pipeline.publish.decisions import decisions
from pipeline.publish.earlier_files import earlier_files
from pipeline.publish.master_partitions import divide
from pipeline.publish.notices import notices
from pipeline.publish.refused_rows import refused_rows, with_homes
from pipeline.publish.replaced_values import replaced_values
from pipeline.publish.reports import (
    RETURNS,
    RenderCache,
    Reports,
    add_page,
    attachment_name,
    build_reports,
    path_of_attachment,
)
from pipeline.publish.returned_files import add_returns, without_return
from pipeline.publish.snapshot import snapshot
from pipeline.render.mail.compose_mail import compose_digest
from pipeline.render.mail.email_change_notice import email_change_notice
from pipeline.settings import Settings
from pipeline.settings.run_context import RunContext


def prepare(
    context: RunContext,
    uow: UnitOfWork,
    *,
    run: int,
    roster: Roster,
    balance: Balance,
    handed_in: Sequence[tuple[Dropped, Reading]],
    settled: frozenset[RowId],
    less_wrong: frozenset[str],
    email_changes: Sequence[EmailChange],
    receipts: Mapping[str, Sequence[Receipt]],
    counted: Counted | None = None,
    passwords: Passwords = NONE,
    with_returns: bool = True,
) -> tuple[Office, Reports]:
    """Draw up all reports as the ledger stands in *uow*, and queue the mails that tell what is new in them.

    *handed_in* are the files of the run with their readings, *settled* their rows that ask for nothing more; *less_wrong*
    are earlier files of which a finding is over: their returns are drawn anew; *receipts* are for whoever handed something in. Nothing is written or sent yet.
    """
    settings = context.settings
    refused = refused_rows(context.catalogue, uow, roster, context.day)
    told, came_today = notices(context.catalogue, uow, roster, context.day)
    office = snapshot(
        uow,
        context.catalogue,
        roster,
        name=settings.office_name,
        language=settings.language,
        day=context.day,
        run=run,
        clock=context.clock,
        parameters=settings.parameters,
        balance=balance,
        replaced=replaced_values(context.catalogue, uow, roster, context.day),
        decided=decisions(context.catalogue, uow, roster, context.day),
        notices=told,
        came_today=came_today,
        receipts=with_homes(receipts, refused),
        refused=refused,
        counted=counted,
        undelivered=Undelivered.of(uow.mails.undelivered(), context.now),
    )
    parts = divide(office, settings.master_rows)
    cache = _render_cache(settings, uow)
    reports = build_reports(office, settings.clerk, uow.mails.notified(), cache, passwords, parts)
    gone = _withdrawn(settings, uow, reports)
    reports.files |= dict.fromkeys(gone)
    # one that somebody has open cannot be taken away: it is remembered until it can
    uow.reports.put_rendered({**reports.rendered(), **dict.fromkeys(gone, ("", ""))})
    returns = [name for name in outbox.listed(settings.outbox / RETURNS) if not has_trial_mark(name)]
    if with_returns:
        lacking = uow.papers.worklists(without_return(office, returns))
        earlier = earlier_files(
            settings.outbox, office, uow, (less_wrong | lacking).difference(each.sha256 for each, _ in handed_in)
        )
        add_returns(reports, office, handed_in, settled, returns, passwords, earlier)
    add_page(office, reports, returns)
    for path, content in reports.files.items():
        if content and is_master(path):
            uow.reports.add_published(hashlib.sha256(content).hexdigest(), path, run)
    mails = [*_digests(context, office, reports), *_notices(context, email_changes, run)]
    uow.mails.queue(mails, run, context.now)
    uow.mails.put_notified({due.person.number: due.items for due in reports.letters})
    return office, reports


def seal_with(settings: Settings) -> Passwords:
    """Return the passwords under which people's own workbooks leave."""
    passwords = settings.passwords
    return replace(passwords, key=outbox.own_key(settings.outbox)) if passwords else passwords


def write_files(
    settings: Settings, ledger: Ledger, reports: Reports, run: int, watched: published.WatchedFiles
) -> list[str]:
    """Write the *reports* into the outbox; return the paths below it of those that are new or changed."""
    outbox.sweep(settings.outbox)
    written = []
    for path, content in reports.files.items():
        ledger.confirm()  # a run that stood still must not write what is older than what stands
        target = settings.outbox / path
        try:
            if is_master(path):
                watched.must_not_have_changed(target)
            if content is None:
                outbox.withdraw(target)
            elif outbox.publish_file(target, content):
                written.append(target)
            for older in target.parent.glob(f"{glob.escape(target.stem)}.[0-9]*{target.suffix}"):
                if is_master(path):
                    watched.must_not_have_changed(older)
                outbox.withdraw(older)
        except InUseError:  # open in Excel: the new one stands beside it, the next run tidies up
            beside = target.with_name(f"{target.stem}.{run}{target.suffix}")
            if content is not None and outbox.publish_file(beside, content):
                written.append(beside)
    return [path.relative_to(settings.outbox).as_posix() for path in written]


def send_mails(settings: Settings, ledger: Ledger, now: datetime) -> MailCount:
    """Send the mails that wait, and record of each what became of it."""
    with ledger.transaction() as uow:
        waiting, put_off = uow.mails.waiting(now), uow.mails.put_off(now)

    def record(number: int, delivery: Delivery) -> None:
        with ledger.transaction() as uow:
            uow.mails.record(number, delivery)

    with postman(settings.smtp, settings.mail_folder) as carrier:
        mails = deliver(waiting, carrier, record, now, path_of_attachment)
    mails.queued += put_off
    with ledger.transaction() as uow:
        mails.standing = Undelivered.of(uow.mails.undelivered(), now)
        uow.give_back()
    return mails


def _render_cache(settings: Settings, uow: UnitOfWork) -> RenderCache:
    """What stands in the outbox as a run wrote it is drawn again only from other inputs."""
    rendered = uow.reports.rendered()

    def unchanged(path: str, inputs: str) -> bytes | None:
        known, sha256 = rendered.get(path, ("", ""))
        return outbox.unchanged_content(settings.outbox / path, sha256) if known == inputs else None

    return unchanged


def _withdrawn(settings: Settings, uow: UnitOfWork, reports: Reports) -> list[str]:
    """Return what earlier runs wrote and this one does not: of people who have left or bear another name, partitions of
    the master that are no more.
    """
    now = {path.casefold(): settings.outbox / path for path in reports.files}

    def stands_as_another(path: str) -> bool:
        """Tell whether *path* is one that is written now, where the disk knows no case."""
        twin, here = now.get(path.casefold()), settings.outbox / path
        return twin is not None and twin.exists() and twin.samefile(here)

    written = sorted((uow.reports.rendered().keys() | uow.reports.published_paths()) - reports.files.keys())
    return [path for path in written if (settings.outbox / path).exists() and not stands_as_another(path)]


def _digests(context: RunContext, office: Office, reports: Reports) -> Iterator[Outgoing]:
    for due in reports.letters:
        attachments = [
            Attachment(attachment_name(path, office.language), content)
            for path in due.attachments
            if (content := reports.files[path]) is not None
        ]
        message_id = digest_id(office.run, due.person.number, context.now)
        content = to_mime(
            compose_digest(office, due.person, [attachment.name for attachment in attachments], due.told),
            attachments,
            sender=context.settings.smtp.sender,
            sender_name=office.name,
            recipient=due.person.email,
            message_id=message_id,
            date=context.now,
        )
        yield Outgoing(due.person.email, message_id, content)


def _notices(context: RunContext, changes: Sequence[EmailChange], run: int) -> Iterator[Outgoing]:
    """Tell both addresses of each change: one of the two knows whether it is right. One that takes no mail is not asked."""
    settings = context.settings
    for change in changes:
        said = email_change_notice(settings.office_name, change.name, change.before, change.after, settings.language)
        told = {"from": change.before, "to": change.after}
        if change.refused:
            del told["from"]
        for which, address in told.items():
            message_id = notice_id(run, change.number, which, context.now)
            content = to_mime(
                said,
                (),
                sender=settings.smtp.sender,
                sender_name=settings.office_name,
                recipient=address,
                message_id=message_id,
                date=context.now,
            )
            yield Outgoing(address, message_id, content)
