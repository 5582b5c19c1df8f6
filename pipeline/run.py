"""One pass over the inbox, in order: scan, read, take in, draw up, publish, deliver, archive.

Everything that decides happens in one ledger transaction. Files leave after it, mails after the files, and the
originals last: a run that is killed anywhere is completed by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.assign.build_roster import area_title
from pipeline.deliver.compose_message import compose
from pipeline.deliver.deliver_reports import deliver
from pipeline.domain import carried
from pipeline.domain.extract import Reading
from pipeline.domain.finding import Finding
from pipeline.domain.mail import Attachment, Delivery, Outgoing
from pipeline.domain.office import Office
from pipeline.domain.submission import Submission
from pipeline.domain.tally import Tally
from pipeline.errors import SettingsError
from pipeline.intake import Intake, Terms, take_in
from pipeline.known import known_forms
from pipeline.merge.match_records import Fate
from pipeline.merge.settle_findings import settle
from pipeline.outside import inbox, outbox
from pipeline.outside.calendar import add_working_days
from pipeline.outside.inbox import Dropped
from pipeline.outside.ledger import Books, Ledger, open_ledger
from pipeline.outside.lock import hold
from pipeline.outside.mail import postman
from pipeline.outside.workers import read_all
from pipeline.owners import Owners
from pipeline.read import read_file
from pipeline.render.mail_letter import letter
from pipeline.reports import Reports, draw_up, snapshot
from pipeline.settings import Settings
from schemas import catalogue as declared
from schemas.form import Catalogue, Severity, Stage

ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Batch:
    """The files that a run looks into: ``fresh`` with their readings, ``known`` bring nothing new."""

    fresh: Sequence[Dropped]
    readings: Sequence[Reading]
    known: Sequence[Dropped]
    again: frozenset[str] = frozenset()
    """Hashes among ``fresh`` that were read before and had errors: what they lacked may stand in the books by now."""


@dataclass(slots=True)
class Settling:
    """What stands in the books when the transaction ends, and has to leave."""

    tally: Tally
    reports: Reports
    archived: dict[str, str] = field(default_factory=dict)


def run(settings: Settings, *, today: date | None = None, dry_run: bool = False) -> Tally:
    """Run once and return what was done. With *dry_run* nothing is written, moved or sent.

    Raise Busy when another run holds the lock, and another RuwangError for what only the operator can mend.
    """
    now = datetime.now(ZoneInfo(settings.timezone))
    day = today or now.date()
    catalogue = declared.load()
    check_deadlines(settings, catalogue)
    with hold(settings.lock_folder):
        ledger = open_ledger(settings.ledger)
        try:
            return _pass(settings, catalogue, ledger, day, now, dry_run=dry_run)
        finally:
            ledger.close()


def _pass(
    settings: Settings, catalogue: Catalogue, ledger: Ledger, day: date, now: datetime, *, dry_run: bool
) -> Tally:
    scan = inbox.scan(settings.inbox, settings.settle_seconds, now)
    batch = _read(settings, catalogue, ledger, scan.dropped)
    with ledger.transaction() as books:
        settling = _settle(settings, catalogue, books, batch, day, now)
        if dry_run:
            books.forget()
    tally = settling.tally
    tally.files.seen = len(scan.dropped) + len(scan.waiting)
    tally.files.waiting = len(scan.waiting)
    if not dry_run:
        tally.outputs = _publish(settings, settling.reports)
        _deliver(settings, ledger, now, tally)
        for dropped in (*batch.fresh, *batch.known):
            inbox.archive(dropped, settings.outbox / ARCHIVE, day)
        with ledger.transaction() as books:
            books.finish_run(tally.run, tally.to_json())
    return tally


def _read(settings: Settings, catalogue: Catalogue, ledger: Ledger, dropped: Sequence[Dropped]) -> Batch:
    with ledger.transaction() as books:
        earlier = books.submissions(each.sha256 for each in dropped)
        wrong = {each.finding.submission for each in books.open_findings() if each.finding.severity is Severity.ERROR}
    fresh: dict[str, Dropped] = {}
    known: list[Dropped] = []
    for each in dropped:
        if each.sha256 in fresh or (each.sha256 in earlier and each.sha256 not in wrong):
            known.append(each)
        else:
            fresh[each.sha256] = each
    files = [(each.name, each.content, each.sha256) for each in fresh.values()]
    readings = list(read_all(files, known_forms(catalogue), read_file, settings.workers))
    return Batch(list(fresh.values()), readings, known, frozenset(earlier).intersection(fresh))


def _settle(settings: Settings, catalogue: Catalogue, books: Books, batch: Batch, day: date, now: datetime) -> Settling:
    number = books.start_run(day, now)
    terms = Terms(day, number, settings.county, settings.language, _due(settings), area_title(catalogue))
    intake = take_in(catalogue, batch.readings, books, terms)
    owners = Owners(catalogue, intake.roster, {each.sha256: each.sender for each in batch.fresh}, intake.submitters)
    raised = [(finding, owners.of(finding)) for finding in (*intake.raised, *intake.state)]
    returned = {reading.carried.get(carried.SUBMISSION, "") for reading in batch.readings} - {""}
    touched = intake.touched((each.name for each in batch.fresh), returned)
    settled = settle(books.open_findings(), raised, touched, day)
    books.close_findings(settled.closed, day, number)
    books.renew_findings(settled.renewed)
    books.add_findings(settled.new, day, number)
    books.add_submissions(_submissions(batch, intake, number, day))
    office = snapshot(
        books, catalogue, intake.roster, name=settings.office, language=settings.language, day=day, run=number
    )
    told = books.told()
    reports = draw_up(office, settings.clerk, told)
    books.queue_mails(_mails(settings, office, reports, now), number, now)
    books.put_told({due.person.number: due.items for due in reports.letters})
    return Settling(_tally(batch, intake, number, [finding for finding, _ in settled.new]), reports)


def check_deadlines(settings: Settings, catalogue: Catalogue) -> None:
    """Raise SettingsError when a deadline is set for a stage that no procedure has."""
    stages = {stage.code for register in catalogue.registers for stage in register.stages}
    for code in settings.deadlines:
        if code not in stages:
            raise SettingsError(f"deadlines.{code}: no procedure has this stage; there are {', '.join(sorted(stages))}")


def _due(settings: Settings) -> Callable[[Stage, date], date | None]:
    def due(stage: Stage, start: date) -> date | None:
        days = settings.deadlines.get(stage.code, stage.days)
        return add_working_days(start, days)[0] if days else None

    return due


def _submissions(batch: Batch, intake: Intake, run: int, day: date) -> list[Submission]:
    return [
        Submission(
            sha256=each.sha256,
            name=each.name,
            sender=each.sender,
            run=run,
            day=day,
            fate="refused" if reading.refused else "read",
            rows={fate.value: count for fate, count in intake.count(each.sha256).items()},
            ignored=[
                {"sheet": ignored.sheet, "row": ignored.row, "reason": ignored.reason, "text": ignored.text}
                for ignored in reading.ignored
            ],
        )
        for each, reading in zip(batch.fresh, batch.readings, strict=True)
    ]


def _mails(settings: Settings, office: Office, reports: Reports, now: datetime) -> list[Outgoing]:
    mails = []
    for due in reports.letters:
        attachments = [
            Attachment(path.rpartition("/")[2], content)
            for path in due.attachments
            if (content := reports.files[path]) is not None
        ]
        message_id = f"<{office.run}.{due.person.number or 'clerk'}.{now:%Y%m%d%H%M%S}@ruwang>"
        content = compose(
            letter(office, due.person, [attachment.name for attachment in attachments]),
            attachments,
            sender=settings.smtp.sender,
            recipient=due.person.email,
            message_id=message_id,
            date=now,
        )
        mails.append(Outgoing(recipient=due.person.email, message_id=message_id, content=content))
    return mails


def _tally(batch: Batch, intake: Intake, run: int, new: Sequence[Finding]) -> Tally:
    tally = Tally(run=run, assigned=intake.assigned, unassigned=intake.unassigned)
    idle = {sha for sha in batch.again if not intake.count(sha)[Fate.ACCEPTED]}
    refused = [
        reading.refused for each, reading in zip(batch.fresh, batch.readings, strict=True) if each.sha256 not in idle
    ]
    tally.files.known = len(batch.known) + len(idle)
    tally.files.refused = sum(refused)
    tally.files.read = len(refused) - tally.files.refused
    fates = {row: fate for row, fate in intake.fates.items() if row[0] not in idle}
    tally.rows.read = len(fates)
    for fate in fates.values():
        setattr(tally.rows, fate.value, getattr(tally.rows, fate.value) + 1)
    tally.rows.repaired = sum(1 for row in intake.repaired if fates.get(row) is Fate.ACCEPTED)
    tally.findings.error = sum(1 for finding in new if finding.severity is Severity.ERROR)
    tally.findings.warning = sum(1 for finding in new if finding.severity is Severity.WARNING)
    return tally


def _publish(settings: Settings, reports: Reports) -> list[str]:
    written = []
    for path, content in reports.files.items():
        target = settings.outbox / path
        if content is None:
            outbox.withdraw(target)
        elif outbox.publish(target, content):
            written.append(path)
    return written


def _deliver(settings: Settings, ledger: Ledger, now: datetime, tally: Tally) -> None:
    with ledger.transaction() as books:
        waiting = books.waiting_mails(now)

    def record(number: int, delivery: Delivery) -> None:
        with ledger.transaction() as books:
            books.record_mail(number, delivery)

    tally.mails = deliver(waiting, postman(settings), record, now)
