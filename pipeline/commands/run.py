"""``pipeline run``: one pass over the inbox, in order: collect, settle, publish.

Everything that decides happens in one ledger transaction. Files leave after it, mails after the files, and the
originals last: a run that is killed anywhere is completed by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from pipeline.commands.nothing_new import Premises, premises_of, remember
from pipeline.commands.ownership import mark_as_own, must_be_own
from pipeline.commands.put_in_force import keep_versions, put_in_force
from pipeline.commands.trial import trial
from pipeline.commands.try_out import try_out
from pipeline.definitions.drawn_procedures import keep
from pipeline.domain.finding import Finding
from pipeline.domain.mail import Delivery, DeliveryOutcome
from pipeline.domain.partition import MASTER
from pipeline.domain.passwords import NONE, Passwords
from pipeline.domain.run_summary import MailCount, RunSummary
from pipeline.errors import DayError, NoLedgerError
from pipeline.intake import journal
from pipeline.intake.collect import Collected, collect, unchanged_since
from pipeline.intake.settle import Settlement, count_findings, settle
from pipeline.intake.wrong_definitions import of_workbook
from pipeline.outside.files import inbox, published
from pipeline.outside.files.file_mode import grant
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.trial_folder import part_trials
from pipeline.outside.ledger import Ledger, UnitOfWork
from pipeline.outside.ledger.backups import back_up
from pipeline.outside.locking.exclusive_ledger import open_exclusively
from pipeline.outside.stage_log import logged
from pipeline.outside.workers.gc_paused import gc_paused
from pipeline.publish.marked_definitions import mark_definitions
from pipeline.publish.outgoing import prepare, seal_with, send_mails, write_files
from pipeline.publish.reports import Reports
from pipeline.settings import Settings
from pipeline.settings.clock import in_office_zone
from pipeline.settings.run_context import RunContext, begin
from schemas.language import Localized

_log = logging.getLogger(__name__)


def run(
    settings: Settings,
    *,
    today: date | None = None,
    clock: time | None = None,
    dry_run: bool = False,
    doubt_day: bool = False,
) -> RunSummary:
    """Run once and return what was done, as on the day *today* at *clock*. With *dry_run* nothing is written, moved or
    sent; with *doubt_day* nothing is done on a day that does not follow the last run's.

    Raise BusyError when another run holds the lock, and another RuwangError for what only the operator can mend.
    """
    context = begin(settings, today=today, clock=clock)
    inbox.must_be_there(settings.inbox)  # in a wrong folder no ledger and no outbox are made
    with gc_paused(), trial(settings) if dry_run else alone(settings) as ledger:
        if dry_run:
            with ledger.transaction() as uow:
                must_be_own(settings, uow)
        if doubt_day:
            _must_follow(context, ledger)
        inputs = None if dry_run else premises_of(settings, context.day)  # before anything is looked at
        with logged(_log, "scan") as counts:
            scan = inbox.scan(settings.inbox, settings.settle_seconds, context.now)
            ignored = len(scan.ignored)
            scan, trials = part_trials(scan)
            counts |= {"files": len(scan.dropped), "waiting": len(scan.waiting), "ignored": ignored}
        if trials.dropped or trials.waiting:
            inputs = None
        summary = _run(context, ledger, scan, dry_run=dry_run, inputs=inputs)
        summary.files.ignored = ignored
        if not dry_run:
            summary.outputs += try_out(context, ledger, trials)
        return summary


def _must_follow(context: RunContext, ledger: Ledger) -> None:
    """Raise DayError where the day of the run cannot be right: what is entered on a wrong day refuses good sheets for good."""
    with ledger.transaction() as uow:
        last = uow.runs.last()
    if last is None or not context.settings.days_between_runs:
        return
    apart = (context.day - last[1]).days
    if 0 <= apart <= context.settings.days_between_runs:
        return
    how = (
        Localized(f"早 {-apart} 天", f"{-apart} days before")
        if apart < 0
        else Localized(f"晚 {apart} 天", f"{apart} days after")
    )
    raise DayError(
        Localized(
            f"今天是 {context.day}，比上一批的 {last[1]} {how.zh}，没有运行：核对这台机器的日期和时区；日期没错的，运行 pipeline run --day-is-right",
            f"it is {context.day}, {how.en} the last run of {last[1]}; nothing was done: check date and time zone of this machine; if the "
            "day is right, run pipeline run --day-is-right",
        )
    )


def publish_reports(settings: Settings, *, today: date | None = None) -> RunSummary:
    """Write the reports as the ledger stands, and mail what is new in them; the inbox is left alone. Raises as ``run``."""
    with gc_paused(), alone(settings) as ledger:
        return _run(begin(settings, today=today), ledger, inbox.Scan(), dry_run=False)


def replay(settings: Settings, ledger: Ledger, page: journal.JournalPage, dropped: Sequence[Dropped]) -> None:
    """Enter once more what the run of *page* took: nothing is written, moved or sent, and its mails count as sent."""
    started = in_office_zone(settings, page.started)
    latest = time.fromisoformat(page.latest) if page.latest else time.max
    context = replace(begin(settings, today=page.day, versions=page.drawn), now=started, clock=time.min, latest=latest)
    collected = collect(context, ledger, dropped)
    context = replace(context, catalogue=collected.catalogue)
    with ledger.transaction() as uow:
        _settle_and_prepare(context, uow, collected, run=page.run)
        for mail in uow.mails.waiting(context.now):
            uow.mails.record(mail.number, Delivery(DeliveryOutcome.SENT, attempts=0))


@contextmanager
def alone(settings: Settings, *, create: bool = True) -> Iterator[Ledger]:
    """Give the office's ledger while no other run may write in it. Raise BusyError when one is under way, SettingsError where the
    outbox is another office's, RunsMissingError where the ledger of an office that has run before is gone: none is made.
    """
    grant(settings.mode)
    create = create and not journal.has_pages(settings.archive)
    try:
        with open_exclusively(settings.ledger, settings.lock_folder, settings.lease_seconds, create=create) as ledger:
            mark_as_own(settings, ledger)
            with ledger.transaction() as uow:
                uow.about.set_unchanged(None)  # whatever follows may change what the next run finds
            yield ledger
    except NoLedgerError:
        journal.must_know_every_run(None, settings.archive, settings.ledger_shown)
        raise


def _run(
    context: RunContext, ledger: Ledger, scan: inbox.Scan, *, dry_run: bool, inputs: Premises | None = None
) -> RunSummary:
    settings = context.settings
    watched = published.watch(
        _written_masters(settings, ledger), settings.settle_seconds, context.now, partial(unchanged_since, ledger)
    )
    dropped = sorted((*scan.dropped, *watched.edited), key=lambda each: (each.modified, each.name))
    with logged(_log, "collect") as counts:
        collected = collect(context, ledger, dropped)
        counts |= {"files": len(collected.fresh), "known": len(collected.known)}
    context = replace(context, catalogue=collected.catalogue)
    journal.must_know_every_run(collected.last, settings.archive, settings.ledger_shown)
    versions: Mapping[str, str] = {}
    if not dry_run:
        collected.set_aside()  # before they count as taken: a run killed in between would write over them
        versions = keep_versions(context.drawn, settings.archive)
    late = inbox.report(scan.waiting, context.now)
    passwords = NONE if dry_run else seal_with(settings)
    with ledger.transaction() as uow:
        settled, reports = _settle_and_prepare(
            context, uow, collected, waiting=len(scan.waiting), late=late, passwords=passwords, versions=versions
        )
        summary = settled.summary
        if dry_run:
            summary.mails.queued = len(uow.mails.waiting(context.now))
            summary.outputs = sorted(path for path, content in reports.files.items() if content)
            uow.forget()
    if dry_run:
        return summary
    with logged(_log, "publish") as counts:
        with ledger.transaction() as uow:
            stands = partial(_stands, uow)
            keep(context.drawn, settings.kept_definitions, stands)
        put_in_force(settings, settled.placements)
        summary.outputs = write_files(settings, ledger, reports, summary.run, watched)
        counts["files"] = len(summary.outputs)
    with logged(_log, "deliver") as counts:
        summary.mails = send_mails(settings, ledger, context.now)
        counts |= {"sent": summary.mails.sent, "queued": summary.mails.queued, "failed": summary.mails.failed}
    with logged(_log, "archive"):
        collected.archive(context, ledger)
    with ledger.transaction() as uow:
        journal.write_lacking(uow, settings.archive)
        uow.runs.finish(summary.run, summary.to_json())
    with logged(_log, "back up"):
        back_up(settings.ledger, settings.backups, context.day, settings.backups_kept)
    if (
        inputs
        and inputs.is_sure
        and not (settled.news or scan.waiting)
        and _found_nothing(summary)
        and watched.are_still
    ):
        with ledger.transaction() as uow:
            remember(uow, context.catalogue, inputs, datetime.combine(context.day, context.clock), summary)
    return summary


def _stands(uow: UnitOfWork, register: str, state: str) -> bool:
    """Tell whether a record of *register* stands in *state*."""
    return bool(uow.records.get(register, states=[state]))


def _found_nothing(summary: RunSummary) -> bool:
    """Tell whether a run had nothing to take, to say or to send, and nothing that a later run of the day may try again."""
    found = summary.findings.error or summary.findings.warning
    done = summary.files.seen or summary.outputs or summary.failed_declarations
    return not (found or done) and summary.mails == MailCount()


def _settle_and_prepare(
    context: RunContext,
    uow: UnitOfWork,
    collected: Collected,
    *,
    waiting: int = 0,
    late: Sequence[Finding] = (),
    run: int = 0,
    passwords: Passwords = NONE,
    versions: Mapping[str, str] | None = None,
) -> tuple[Settlement, Reports]:
    """Enter what was *collected* and draw up what leaves; *run* is the number of a run that is replayed, else
    0; *versions* are those of drawn procedures in force.
    """
    with logged(_log, "settle") as counts:
        settled = settle(context, uow, collected, waiting=waiting, late=late, run=run)
        counts |= {"run": settled.run, "rows": settled.summary.rows.read, "accepted": settled.summary.rows.accepted}
    with logged(_log, "draw up") as counts:
        office, reports = prepare(
            context,
            uow,
            run=settled.run,
            roster=settled.intake.voices.roster,
            balance=settled.balance,
            handed_in=collected.handed_in(),
            settled=settled.intake.settled,
            less_wrong=settled.less_wrong,
            email_changes=settled.email_changes,
            receipts=settled.receipts,
            counted=settled.counted,
            passwords=passwords,
            with_returns=not run,
        )
        if not run:
            wrong = [(book.path.name, book.content, list(of_workbook(book))) for book in context.drawn.wrong]
            language, outbox = context.settings.language, context.settings.outbox
            mark_definitions(reports, wrong, context.catalogue, language, outbox)
        counts["reports"] = len(reports.files)
    count_findings(settled.summary.open, (each.finding for each in office.findings))
    kept = journal.about(context.settings, collected.fresh, versions or {}, context.latest) if settled.news else {}
    uow.runs.finish(settled.run, {journal.KEPT: kept})  # kept when empty, too: else all events are searched for its own
    return settled, reports


def _written_masters(settings: Settings, ledger: Ledger) -> list[Path]:
    """Return where the master and its partitions lie, as far as runs have written them."""
    with ledger.transaction() as uow:
        return [settings.outbox / path for path in sorted({MASTER} | uow.reports.published_paths())]
