"""One pass over the inbox, in order: scan, read, settle the books, publish, deliver, archive.

Everything that decides happens in one ledger transaction. Files leave after it, mails after the files, and the
originals last: a run that is killed anywhere is completed by the next one.
"""

from __future__ import annotations

import glob
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.assign.build_roster import area_title, staff_title
from pipeline.deliver.compose_message import compose
from pipeline.deliver.deliver_reports import deliver, undelivered
from pipeline.domain import embedded_metadata
from pipeline.domain.balance import Flow, flow_of
from pipeline.domain.extract import Reading
from pipeline.domain.finding import Finding
from pipeline.domain.mail import Attachment, Delivery, DeliveryOutcome, Outgoing
from pipeline.domain.office import Office
from pipeline.domain.partition import MASTER, is_master
from pipeline.domain.passwords import NONE, Passwords
from pipeline.domain.rulebook import found
from pipeline.domain.run_summary import FindingCount, MailCount, RunSummary
from pipeline.domain.submission import TAKEN_BACK, Submission
from pipeline.errors import BusyError, InUseError, NoLedgerError
from pipeline.intake import journal
from pipeline.intake.balance_check import check_balance, to_keep, unbalanced
from pipeline.intake.due_dates import Deadlines, prolong
from pipeline.intake.email_changes import EmailChange, as_findings, email_changes
from pipeline.intake.finding_assignee import FindingAssignees
from pipeline.intake.master_diff import take_edits
from pipeline.intake.superseded_files import superseded_files
from pipeline.intake.take_in import Intake, Terms, take_in
from pipeline.merge.diff_findings import diff_findings
from pipeline.merge.match_records import RowOutcome
from pipeline.outside.files import inbox, outbox, published
from pipeline.outside.files.file_mode import grant
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.ledger import IN_MEMORY, Ledger, UnitOfWork, open_ledger
from pipeline.outside.ledger.backups import back_up
from pipeline.outside.locking.exclusive_ledger import open_exclusively
from pipeline.outside.mail import postman
from pipeline.outside.workers.gc_paused import gc_paused
from pipeline.outside.workers.pool import ALLOWED, OWN, File, read_all
from pipeline.publish.master_partitions import divide
from pipeline.publish.reports import (
    RETURNS,
    RenderCache,
    Reports,
    add_page,
    attachment_name,
    build_reports,
    path_of_attachment,
    snapshot,
)
from pipeline.publish.returned_files import add_returns, came_back
from pipeline.read.read_file import read_file
from pipeline.render.mail.digest import compose_digest
from pipeline.render.mail.email_change_notice import redirection_notice
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force, known_forms
from schemas.language import Catalogue, Localized, Severity

FAILED_MAILS_ARE_TOLD = timedelta(days=7)


def run(
    settings: Settings, *, today: date | None = None, clock: time | None = None, dry_run: bool = False
) -> RunSummary:
    """Run once and return what was done, as on the day *today* at *clock*. With *dry_run* nothing is written, moved or
    sent.

    Raise BusyError when another run holds the lock, and another RuwangError for what only the operator can mend.
    """
    now = datetime.now(ZoneInfo(settings.timezone))
    catalogue = in_force(settings)
    clock = clock or (now.time() if today in (None, now.date()) else time.min)
    with gc_paused(), _trial(settings) if dry_run else alone(settings) as ledger:
        scan = inbox.scan(settings.inbox, settings.settle_seconds, now)
        return _Pass(settings, catalogue, ledger, today or now.date(), now, clock).go(scan, dry_run=dry_run)


def publish_reports(settings: Settings, *, today: date | None = None) -> RunSummary:
    """Write the reports as the books stand, and mail what is new in them; the inbox is left alone. Raises as ``run``."""
    now = datetime.now(ZoneInfo(settings.timezone))
    with gc_paused(), alone(settings) as ledger:
        day = today or now.date()
        clock = now.time() if day == now.date() else time.min
        return _Pass(settings, in_force(settings), ledger, day, now, clock).go(inbox.Scan(), dry_run=False)


def replay(settings: Settings, ledger: Ledger, page: journal.JournalPage, dropped: Sequence[Dropped]) -> None:
    """Enter once more what the run of *page* took: nothing is written, moved or sent, and its mails count as sent."""
    started = page.started.astimezone(ZoneInfo(settings.timezone))
    _Pass(settings, in_force(settings), ledger, page.day, started).replay(page, dropped)


def alone(settings: Settings, *, create: bool = True) -> AbstractContextManager[Ledger]:
    """Open the office's ledger while no other run may write in it. Raise BusyError when one is under way."""
    grant(settings.mode)
    return open_exclusively(settings.ledger, settings.lock_folder, settings.lease_seconds, create=create)


@contextmanager
def _trial(settings: Settings) -> Iterator[Ledger]:
    try:
        ledger = open_ledger(settings.ledger, create=False)
    except NoLedgerError:
        ledger = open_ledger(IN_MEMORY)
    try:
        yield ledger
    finally:
        ledger.close()


@dataclass(frozen=True, slots=True)
class _Batch:
    """The files that a run looks into, in the order of their time, with their readings and places in the archive."""

    fresh: Sequence[Dropped]
    readings: Sequence[Reading]
    places: Sequence[Path]
    known: Sequence[Dropped]
    """Bring nothing new: read before, without an error that still stands, or twice in this run."""
    again: frozenset[str]
    """Hashes among ``fresh`` that were read before: what they lacked may stand in the books by now."""
    last: tuple[int, date] | None
    """The last run when they were looked into."""

    def files(self) -> zip[tuple[Dropped, Reading, Path]]:
        return zip(self.fresh, self.readings, self.places, strict=True)


@dataclass(frozen=True, slots=True)
class _Pass:
    settings: Settings
    catalogue: Catalogue
    ledger: Ledger
    day: date
    now: datetime
    clock: time = time.min
    """The time of day by which deadlines in hours are told."""

    def go(self, scan: inbox.Scan, *, dry_run: bool) -> RunSummary:
        watched = published.watch(self._published(), self.settings.settle_seconds, self.now, self._known)
        dropped = sorted((*scan.dropped, *watched.edited), key=lambda each: (each.modified, each.name))
        batch = self._read(dropped)
        journal.must_know_every_run(batch.last, self.settings.archive, self.settings.ledger_shown)
        if not dry_run:
            self._set_aside(batch)  # before they count as taken: a run killed in between would write over them
        with self.ledger.transaction() as uow:
            late = inbox.report(scan.waiting, self.now)
            passwords = NONE if dry_run else self._sealing()
            summary, reports = self._settle(uow, batch, len(scan.waiting), late, passwords=passwords)
            if dry_run:
                uow.forget()
        if dry_run:
            return summary
        summary.outputs = self._publish(reports, summary.run, watched)
        summary.mails = self._deliver()
        self._archive(batch)
        with self.ledger.transaction() as uow:
            journal.write_lacking(uow, self.settings.archive)
            uow.runs.finish(summary.run, summary.to_json())
        back_up(self.settings.ledger, self.settings.backups, self.day, self.settings.backups_kept)
        return summary

    def replay(self, page: journal.JournalPage, dropped: Sequence[Dropped]) -> None:
        batch = self._read(dropped)
        with self.ledger.transaction() as uow:
            self._settle(uow, batch, 0, (), page.run)
            for mail in uow.mails.waiting(self.now):
                uow.mails.record(mail.number, Delivery(DeliveryOutcome.SENT, attempts=0))

    def _read(self, dropped: Sequence[Dropped]) -> _Batch:
        with self.ledger.transaction() as uow:
            last = uow.runs.last()
            known_before = uow.submissions.known(each.sha256 for each in dropped)
            earlier = {sha256: each for sha256, each in known_before.items() if each.fate != TAKEN_BACK}
            wrong = {each.finding.submission for each in uow.findings.open() if each.finding.severity is Severity.ERROR}
        fresh: dict[str, Dropped] = {}
        known: list[Dropped] = []
        for each in dropped:
            if each.sha256 in fresh or (each.sha256 in earlier and each.sha256 not in wrong):
                known.append(each)
            else:
                fresh[each.sha256] = each
        # a file that comes again is told of under the name by which it is known
        names = {sha256: submission.name for sha256, submission in earlier.items()}
        files = [(names.get(each.sha256, each.name), each.content, each.sha256) for each in fresh.values()]
        readings = self._readings(files, {each.sha256 for each in dropped if self._is_ours(each)})
        for sha256 in [each for each, reading in readings.items() if self._is_old(fresh[each], reading)]:
            del fresh[sha256], readings[sha256]
        places: dict[Path, None] = {}
        for each in fresh.values():
            places[inbox.destination(each, self.settings.archive, self.day, places.keys())] = None
        again = frozenset(earlier).intersection(fresh)
        return _Batch(list(fresh.values()), list(readings.values()), list(places), known, again, last)

    def _readings(self, files: Sequence[File], ours: Set[str]) -> dict[str, Reading]:
        """Return by hash what *files* hold; the program's own (*ours*) may be as large as a register, and take its time."""
        known, readers = known_forms(self.catalogue, self.settings.passwords), self.settings.readers
        read: dict[str, Reading] = {}
        for own, allowed in ((False, ALLOWED), (True, OWN)):
            part = [file for file in files if (file[2] in ours) is own]
            read |= zip(
                (sha256 for *_, sha256 in part), read_all(part, known, read_file, readers, allowed), strict=True
            )
        return {sha256: read[sha256] for *_, sha256 in files}

    def _settle(
        self,
        uow: UnitOfWork,
        batch: _Batch,
        waiting: int,
        late: Sequence[Finding],
        run: int = 0,
        passwords: Passwords = NONE,
    ) -> tuple[RunSummary, Reports]:
        settings = self.settings
        last = uow.runs.last()
        if last != batch.last:  # the lock did not hold: nothing of this is entered
            raise BusyError(
                Localized(
                    "另一批次刚刚登记过，本次不登记，下次继续",
                    "another run has just entered its own; the next one goes on",
                )
            )
        number = uow.runs.start(self.day, self.now, run)
        before = uow.events.last_number()
        sheets = area_title(self.catalogue), staff_title(self.catalogue)
        terms = Terms(
            self.day,
            number,
            settings.county,
            settings.language,
            Deadlines(settings.deadlines),
            *sheets,
            prolong=prolong,
            full_evaluation=last is None or last[1] != self.day,
            parameters=settings.parameters,
        )
        ours = {each.sha256 for each in (*batch.fresh, *batch.known) if self._is_ours(each)}
        take_edits(self.catalogue, batch.readings, [(each.name, each.sha256) for each in batch.fresh], uow, ours)
        intake = take_in(self.catalogue, batch.readings, uow, terms)
        undeliverable = [
            undelivered(mail, problem) for mail, problem in uow.mails.failed(self.now - FAILED_MAILS_ARE_TOLD)
        ]
        summary, flow = _count(batch, intake, number, self.day, waiting)
        balance = check_balance(uow, self.catalogue, flow)
        senders = {each.sha256: each.sender for each in batch.fresh}
        elsewhere = list(email_changes(self.catalogue, intake.roster, uow, senders, self.day))
        standing = [*intake.state, *late, *undeliverable, *unbalanced(balance, self.catalogue), *as_findings(elsewhere)]
        if last is not None and self.day < last[1]:
            standing.append(found("clock.back", day=self.day.isoformat(), last=last[1].isoformat()))
        _count_findings(summary.findings, self._settle_findings(uow, batch, intake, standing, number))
        summary.balance = to_keep(balance)
        outcomes = intake.by_submission()
        uow.submissions.add(
            self._submission(*file, outcomes[file[0].sha256], intake.restated.get(file[0].sha256, ()), number)
            for file in batch.files()
            if file[0].sha256 not in batch.again
        )
        uow.runs.finish(number, summary.to_json())  # a run that is killed from here on still counts
        office = snapshot(
            uow,
            self.catalogue,
            intake.roster,
            name=settings.office_name,
            language=settings.language,
            day=self.day,
            run=number,
            clock=self.clock,
            parameters=settings.parameters,
            balance=balance,
        )
        parts = divide(office, settings.master_rows)
        standing_there = self._standing(uow)
        reports = build_reports(office, settings.clerk, uow.mails.notified(), standing_there, passwords, parts)
        gone = self._gone(uow, reports)
        reports.files |= dict.fromkeys(gone)
        # one that somebody has open cannot be taken away: it is remembered until it can
        uow.reports.put_rendered({**reports.drawn(), **dict.fromkeys(gone, ("", ""))})
        returns = outbox.listed(settings.outbox / RETURNS)
        if not run:
            handed_in = [(dropped, reading) for dropped, reading, _ in batch.files() if not self._is_ours(dropped)]
            add_returns(reports, office, handed_in, intake.settled, returns, passwords)
        add_page(office, reports, returns)
        for path, content in reports.files.items():
            if content and is_master(path):
                uow.reports.add_published(hashlib.sha256(content).hexdigest(), path, number)
        notices = self._notices([each for each in elsewhere if each.run == number], number)
        uow.mails.queue([*self._mails(office, reports), *notices], number, self.now)
        uow.mails.put_notified({due.person.number: due.items for due in reports.letters})
        _count_findings(summary.open, [each.finding for each in office.findings])
        news = len(batch.fresh) > len(batch.again) or uow.events.last_number() != before
        uow.runs.finish(number, {journal.KEPT: journal.about(settings, batch.fresh) if news else {}})
        return summary, reports

    def _sealing(self) -> Passwords:
        """The passwords under which people's own workbooks leave."""
        passwords = self.settings.passwords
        return replace(passwords, key=outbox.own_key(self.settings.outbox)) if passwords else passwords

    def _gone(self, uow: UnitOfWork, reports: Reports) -> list[str]:
        """Return what earlier runs wrote and this one does not: of people who have left or bear another name, parts of
        the master that are no more.
        """
        now = {path.casefold(): self.settings.outbox / path for path in reports.files}

        def stands_as_another(path: str) -> bool:
            """Tell whether *path* is one that is written now, where the disk knows no case."""
            twin, here = now.get(path.casefold()), self.settings.outbox / path
            return twin is not None and twin.exists() and twin.samefile(here)

        written = sorted((uow.reports.rendered().keys() | uow.reports.published_paths()) - reports.files.keys())
        return [path for path in written if (self.settings.outbox / path).exists() and not stands_as_another(path)]

    def _standing(self, uow: UnitOfWork) -> RenderCache:
        """What stands in the outbox as a run wrote it is drawn again only from other inputs."""
        drawn = uow.reports.rendered()

        def standing(path: str, inputs: str) -> bytes | None:
            known, sha256 = drawn.get(path, ("", ""))
            return outbox.unchanged_content(self.settings.outbox / path, sha256) if known == inputs else None

        return standing

    def _settle_findings(
        self, uow: UnitOfWork, batch: _Batch, intake: Intake, standing: Sequence[Finding], run: int
    ) -> Sequence[Finding]:
        senders = {each.sha256: each.sender for each in batch.fresh}
        carriers = {
            dropped.sha256: reading.metadata.get(embedded_metadata.PERSON, "") for dropped, reading, _ in batch.files()
        }
        owners = FindingAssignees(self.catalogue, intake.roster, carriers, senders, intake.submitters)
        before = uow.findings.open()
        touched = came_back(
            intake.touched((each.name for each in batch.fresh), ()),
            [(dropped, reading) for dropped, reading, _ in batch.files()],
            before,
        )
        mended = superseded_files(
            uow, before, ((each.sha256, intake.restated.get(each.sha256, ())) for each in batch.fresh)
        )
        touched = replace(touched, submissions=touched.submissions | set(mended))
        settled = diff_findings(
            before, [(finding, owners.of(finding)) for finding in (*intake.raised, *standing)], touched, self.day
        )
        uow.findings.close(settled.closed, self.day, run)
        uow.findings.renew(settled.renewed)
        uow.findings.add(settled.new, self.day, run)
        return [finding for finding, _ in settled.new]

    def _submission(
        self,
        dropped: Dropped,
        reading: Reading,
        place: Path,
        outcomes: Counter[RowOutcome],
        restated: Iterable[str],
        run: int,
    ) -> Submission:
        return Submission(
            sha256=dropped.sha256,
            name=dropped.name,
            sender=dropped.sender,
            run=run,
            day=self.day,
            fate="refused" if reading.refused else "read",
            archived=place.relative_to(self.settings.outbox).as_posix(),
            rows={fate.value: count for fate, count in outcomes.items()},
            ignored=[
                {"sheet": ignored.sheet, "row": ignored.row, "reason": ignored.reason, "text": ignored.text}
                for ignored in reading.ignored
            ],
            restated=sorted(restated),
        )

    def _mails(self, office: Office, reports: Reports) -> list[Outgoing]:
        mails = []
        for due in reports.letters:
            attachments = [
                Attachment(attachment_name(path, office.language), content)
                for path in due.attachments
                if (content := reports.files[path]) is not None
            ]
            message_id = f"<{office.run}.{due.person.number or 'clerk'}.{self.now:%Y%m%d%H%M%S}@ruwang.invalid>"
            content = compose(
                compose_digest(office, due.person, [attachment.name for attachment in attachments]),
                attachments,
                sender=self.settings.smtp.sender,
                sender_name=office.name,
                recipient=due.person.email,
                message_id=message_id,
                date=self.now,
            )
            mails.append(Outgoing(due.person.email, message_id, content))
        return mails

    def _notices(self, changes: Sequence[EmailChange], run: int) -> Iterator[Outgoing]:
        """Tell both addresses of each change: one of the two knows whether it is right."""
        name = self.settings.office_name
        for change in changes:
            said = redirection_notice(name, change.name, change.before, change.after, self.settings.language)
            for which, address in (("from", change.before), ("to", change.after)):
                message_id = f"<{run}.{change.number}.{which}.{self.now:%Y%m%d%H%M%S}@ruwang.invalid>"
                content = compose(
                    said,
                    (),
                    sender=self.settings.smtp.sender,
                    sender_name=name,
                    recipient=address,
                    message_id=message_id,
                    date=self.now,
                )
                yield Outgoing(address, message_id, content)

    def _known(self, hashes: Collection[str]) -> Set[str]:
        """Return those of *hashes* that nobody has changed since, or that were taken."""
        with self.ledger.transaction() as uow:
            taken = {each.sha256 for each in uow.submissions.known(hashes).values() if each.fate != TAKEN_BACK}
            return uow.reports.published(hashes) | taken

    def _is_ours(self, dropped: Dropped) -> bool:
        return published.lies_in(self.settings.outbox, dropped.path)

    def _is_old(self, dropped: Dropped, reading: Reading) -> bool:
        """Tell whether it is a report that an older version put there, which did not say what it was written from."""
        return self._is_ours(dropped) and [each.rule for each in reading.findings] == ["file.own_report"]

    def _set_aside(self, batch: _Batch) -> None:
        """Keep what people changed in the outbox, before it is written over."""
        for dropped, _, place in batch.files():
            if self._is_ours(dropped):
                published.keep_copy(dropped, place)

    def _publish(self, reports: Reports, run: int, watched: published.WatchedFiles) -> list[str]:
        outbox.sweep(self.settings.outbox)
        written = []
        for path, content in reports.files.items():
            self.ledger.confirm()  # a run that stood still must not write what is older than what stands
            target = self.settings.outbox / path
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
        return [path.relative_to(self.settings.outbox).as_posix() for path in written]

    def _deliver(self) -> MailCount:
        with self.ledger.transaction() as uow:
            waiting, put_off = uow.mails.waiting(self.now), uow.mails.put_off(self.now)

        def record(number: int, delivery: Delivery) -> None:
            with self.ledger.transaction() as uow:
                uow.mails.record(number, delivery)

        with postman(self.settings.smtp, self.settings.mail_folder) as carrier:
            mails = deliver(waiting, carrier, record, self.now, path_of_attachment)
        mails.queued += put_off
        return mails

    def _archive(self, batch: _Batch) -> None:
        taken: set[Path] = set()
        for dropped in (*batch.fresh, *batch.known):
            self.ledger.confirm()
            if not self._is_ours(dropped):
                taken.add(inbox.archive(dropped, self.settings.archive, self.day, taken))

    def _published(self) -> list[Path]:
        """Return where the master and its parts lie, as far as runs have written them."""
        with self.ledger.transaction() as uow:
            return [self.settings.outbox / path for path in sorted({MASTER} | uow.reports.published_paths())]


def _count(batch: _Batch, intake: Intake, run: int, day: date, waiting: int) -> tuple[RunSummary, Flow]:
    """Count rows by their fates for the tally, and once more as the reader gave them: the two must agree."""
    summary = RunSummary(run=run, assigned=intake.assigned, unassigned=intake.unassigned)
    by_submission = intake.by_submission()
    idle = {sha for sha in batch.again if not by_submission[sha][RowOutcome.ACCEPTED]}
    refused = [reading.refused for dropped, reading, _ in batch.files() if dropped.sha256 not in idle]
    summary.files.seen = len(batch.fresh) + len(batch.known) + waiting
    summary.files.waiting = waiting
    summary.files.known = len(batch.known) + len(idle)
    summary.files.refused = sum(refused)
    summary.files.read = len(refused) - summary.files.refused
    outcomes = {row: fate for row, fate in intake.outcomes.items() if row[0] not in idle}
    summary.rows.read = len(outcomes)
    for fate in outcomes.values():
        setattr(summary.rows, fate.value, getattr(summary.rows, fate.value) + 1)
    summary.rows.repaired = sum(1 for row in intake.repaired if outcomes.get(row) is RowOutcome.ACCEPTED)
    extracts = [each for reading in batch.readings for each in reading.extracts if each.submission not in idle]
    rows = {(each.submission, each.sheet, row) for each in extracts for row in each.rows}
    ignored = [
        each.reason
        for dropped, reading, _ in batch.files()
        if dropped.sha256 not in batch.again
        for each in reading.ignored
    ]
    return summary, flow_of(summary, day, len(rows), ignored)


def _count_findings(count: FindingCount, findings: Sequence[Finding]) -> None:
    count.error = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    count.warning = sum(1 for finding in findings if finding.severity is Severity.WARNING)
