"""The second step of a run, in its one transaction: what was read is entered, counted, and held against what was known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.deliver.deliver_reports import undelivered
from pipeline.domain import embedded_metadata
from pipeline.domain.balance import Balance, Flow, flow_of
from pipeline.domain.counted import Counted, count_all
from pipeline.domain.email_change import EmailChange
from pipeline.domain.extract import Reading
from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.office_tables import own_days
from pipeline.domain.receipt import Receipt
from pipeline.domain.rulebook import Rulebook, found
from pipeline.domain.run_summary import FindingCount, RunSummary
from pipeline.domain.submission import Submission
from pipeline.errors import BusyError
from pipeline.intake.answers import take_answers
from pipeline.intake.approved_definitions import Placement, placements, told_of
from pipeline.intake.balance_check import check_balance, to_keep, unbalanced
from pipeline.intake.changed_definitions import gone_procedures, gone_states
from pipeline.intake.collect import Collected
from pipeline.intake.email_changes import as_findings, email_changes
from pipeline.intake.failed_declarations import failed_declarations
from pipeline.intake.finding_assignee import FindingAssignees
from pipeline.intake.learned_names import unfit_names
from pipeline.intake.master_diff import take_edits
from pipeline.intake.open_conflicts import as_it_stands, moved_conflicts, settled_conflicts
from pipeline.intake.receipts import idle_files, receipts
from pipeline.intake.redirected_mails import send_to_new_addresses
from pipeline.intake.senders import brought_by
from pipeline.intake.statements import Source
from pipeline.intake.superseded_files import spoken_of_by_others, superseded_files
from pipeline.intake.take_in import take_in
from pipeline.intake.taken import Intake
from pipeline.intake.terms import terms_of_run
from pipeline.intake.told_before import without_what_was_told
from pipeline.intake.wrong_definitions import doubtful_labels, wrong_definitions
from pipeline.merge.diff_findings import came_back, diff_findings, once_each
from pipeline.merge.match_records import RowOutcome
from pipeline.outside.calendar import WorkCalendar
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.ledger import UnitOfWork
from pipeline.settings.run_context import RunContext
from schemas.language import Localized, Severity
from schemas.language.guarding import Watching, watching


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a run has entered."""

    run: int
    summary: RunSummary
    intake: Intake
    balance: Balance
    email_changes: Sequence[EmailChange]
    """Those of this run: both addresses are told."""
    less_wrong: frozenset[str]
    """Submissions of which a finding has ended, or is told elsewhere: their returns tell too much, or too little."""
    news: bool
    """Whether it read a file or left an event."""
    receipts: Mapping[str, Sequence[Receipt]]
    """By staff number, "" for the clerk: what became of each file that people handed in."""
    placements: Sequence[Placement] = ()
    """What is to be done to the folder of drawn procedures."""
    counted: Counted | None = None
    """Statistics and outlooks, as far as they were asked for."""


def settle(
    context: RunContext,
    uow: UnitOfWork,
    collected: Collected,
    *,
    waiting: int = 0,
    late: Sequence[Finding] = (),
    run: int = 0,
    counting: bool = True,
) -> Settlement:
    """Enter what was *collected*. *waiting* files were not complete yet, *late* are the findings about those that never
    become so; *run* is the number of a run that is replayed, 0 gives the next one. Without *counting* no statistic is drawn up.

    A declaration that fails meanwhile is a finding, and stops nothing else. Raise BusyError when another run has entered its own
    meanwhile: the lock did not hold.
    """
    with watching() as seen:
        return _settle(context, uow, collected, waiting, late, run, seen, counting=counting)


def _settle(
    context: RunContext,
    uow: UnitOfWork,
    collected: Collected,
    waiting: int,
    late: Sequence[Finding],
    run: int,
    seen: Watching,
    *,
    counting: bool,
) -> Settlement:
    day, last = context.day, uow.runs.last()
    if last != collected.last:
        raise BusyError(
            Localized(
                "另一批次刚刚登记过，本次不登记，下次继续", "another run has just entered its own; the next one goes on"
            )
        )
    number = uow.runs.start(day, context.now, run)
    last_event = uow.events.last_number()
    left_behind = list(gone_states(context.drawn, uow, led=True))
    files = [(each.name, each.sha256) for each in collected.fresh]
    ours = collected.ours.intersection(each.sha256 for each in (*collected.fresh, *collected.known))
    take_edits(context.catalogue, collected.readings, files, uow, ours)
    answers = [answer for reading in collected.readings for answer in reading.answers]
    unfit, answered = take_answers(context.catalogue, answers, uow, day, number, context.settings.language)
    terms = terms_of_run(context, number, last, answered=uow.events.last_number() != last_event)
    taken = take_in(context.catalogue, collected.readings, uow, terms, _sources(collected))
    intake = without_what_was_told(
        taken, collected.readings, uow, lambda form, key: _has_record(context, uow, form, key)
    ).without_rows(collected.answered())
    summary, flow = _count(collected, intake, number, day, waiting)
    balance = check_balance(uow, context.catalogue, flow)
    senders = {each.sha256: each.sender for each in collected.fresh}
    elsewhere = list(email_changes(context.catalogue, intake.voices.roster, uow, senders, day))
    refusing = send_to_new_addresses(uow, intake.voices.roster, context.settings.clerk, context.now)
    standing = [
        *intake.state,
        *unfit,
        *late,
        *(undelivered(each.mail, each.problem) for each in uow.mails.undelivered() if each.given_up),
        *unbalanced(balance, context.catalogue),
        *as_findings(elsewhere),
        *_unfit_names(context, uow),
    ]
    if last is not None and day < last[1]:
        standing.append(found("clock.back", day=day.isoformat(), last=last[1].isoformat()))
    counted = _count_figures(context, uow, intake) if counting else None
    before = uow.findings.open()
    broken = list(failed_declarations(seen, context.catalogue, before, context.settings.procedures_folder))
    broken += wrong_definitions(context.drawn)
    placed = () if run else placements(context, uow)
    left_behind += [*gone_states(context.drawn, uow, led=False), *gone_procedures(context.drawn, uow)]
    standing += [*broken, *doubtful_labels(context.drawn), *told_of(placed, context), *left_behind]
    earlier = uow.submissions.known(
        {*(each.finding.submission for each in before), *(each.sha256 for each in collected.known)}
    )
    assignees = _assignees(context, uow, collected, intake, earlier)
    new, less_wrong = _settle_findings(context, uow, collected, intake, standing, number, before, earlier, assignees)
    count_findings(summary.findings, new)
    rulebook = Rulebook(context.catalogue)
    summary.failed_declarations = [rulebook.word(each, context.settings.language).sentence for each in broken]
    summary.balance = to_keep(balance)
    summary.unknown_holidays = WorkCalendar(own_days(context.catalogue, uow.records.get)).unknown_year(day)
    uow.submissions.add(_submissions(context, collected, intake, number))
    uow.runs.finish(number, summary.to_json())  # a run that is killed from here on still counts
    return Settlement(
        run=number,
        summary=summary,
        intake=intake,
        balance=balance,
        less_wrong=less_wrong | answered,
        email_changes=[replace(each, refused=each.before in refusing) for each in elsewhere if each.run == number],
        news=len(collected.fresh) > len(collected.again) or uow.events.last_number() != last_event,
        receipts=receipts(collected, intake, assignees.handed_in_by),
        placements=placed,
        counted=counted,
    )


def _count_figures(context: RunContext, uow: UnitOfWork, intake: Intake) -> Counted:
    return count_all(context.catalogue, uow.records.get, context.settings.parameters, intake.voices.roster, context.day)


def _unfit_names(context: RunContext, uow: UnitOfWork) -> Iterator[Finding]:
    names = context.catalogue.names
    if names is not None:
        yield from unfit_names(context.catalogue, uow.records.get(names.code), context.day)


def count_findings(count: FindingCount, findings: Iterable[Finding]) -> None:
    """Set *count* to how many of *findings* are errors, how many warnings."""
    severities = Counter(finding.severity for finding in findings)
    count.error, count.warning = severities[Severity.ERROR], severities[Severity.WARNING]


def _sources(collected: Collected) -> dict[str, Source]:
    """Return by hash where each file comes from."""
    return {
        dropped.sha256: Source(
            name=dropped.name,
            made=dropped.modified,
            sender=dropped.sender,
            lineage=reading.metadata.get(embedded_metadata.SUBMISSION, ""),
            own=dropped.sha256 not in collected.ours and not _brings_its_base(reading),
        )
        for dropped, reading, _ in collected.files()
    }


def _brings_its_base(reading: Reading) -> bool:
    """Tell whether it is a workbook of ours that says itself what it was written from: a worklist or a master."""
    return reading.master is not None or reading.metadata.get(embedded_metadata.KIND) in (
        embedded_metadata.WORKLIST,
        embedded_metadata.REPORT,
    )


def _assignees(
    context: RunContext, uow: UnitOfWork, collected: Collected, intake: Intake, earlier: Mapping[str, Submission]
) -> FindingAssignees:
    """Return who is asked about what is wrong: by whose papers these are, and the *earlier* ones that are spoken of."""
    files, roster = [(dropped, reading) for dropped, reading, _ in collected.files()], intake.voices.roster
    senders = {sha256: each.sender for sha256, each in earlier.items()}
    senders |= {known.sha256: known.sender for known in collected.known if known.sender} | brought_by(files, roster)
    carriers = uow.papers.carriers(each.sha256 for each in collected.known)
    carriers |= {dropped.sha256: reading.metadata.get(embedded_metadata.PERSON, "") for dropped, reading in files}
    carriers |= {submission: person.number for submission, person in intake.voices.handed_in.items()}
    return FindingAssignees(
        context.catalogue,
        roster,
        carriers,
        senders,
        # of a row that only contradicts a colleague's, what tells who filled it does not stay with the record
        {**uow.papers.authors(earlier), **intake.authors_by_paper, **intake.submitters},
        uow.records.find,
    )


def _settle_findings(
    context: RunContext,
    uow: UnitOfWork,
    collected: Collected,
    intake: Intake,
    standing: Sequence[Finding],
    run: int,
    before: Sequence[OpenFinding],
    earlier: Mapping[str, Submission],
    assignees: FindingAssignees,
) -> tuple[Sequence[Finding], frozenset[str]]:
    """Hold what was raised against what was open; return what is new, and the submissions of which something is over."""
    files = [(dropped, reading) for dropped, reading, _ in collected.files()]
    touched = came_back(
        intake.touched((dropped.name for dropped, _ in files), ()),
        ((dropped.sha256, reading.metadata) for dropped, reading in files),
        before,
    )
    restated = (  # a worklist or a master repeats all records that it shows: it takes the place of no sheet
        (dropped.sha256, intake.restated.get(dropped.sha256, ()))
        for dropped, reading in files
        if not _brings_its_base(reading)
    )
    mended = superseded_files(uow, before, restated)
    touched = replace(
        touched,
        submissions=touched.submissions | set(mended),
        closed=frozenset(_closed_records(context, before, uow)),
        worklists=frozenset(uow.papers.worklists(earlier)),
        of_others=frozenset(spoken_of_by_others(before, intake, assignees)),
        own_sheets=frozenset(uow.papers.own_lists(earlier)),
        settled=settled_conflicts(context.catalogue, before, uow, run),
        answered=any(
            reading.metadata.get(embedded_metadata.KIND) == embedded_metadata.EXCEPTIONS for _, reading in files
        ),
    )
    told = [*(as_it_stands(context.catalogue, each, uow) for each in intake.raised), *standing]
    raised = once_each((finding, assignees.of(finding)) for finding in told)
    settled = diff_findings(before, raised, touched, context.day, uow.findings.noted(each for each, _ in raised))
    uow.findings.close(settled.closed, context.day, run)
    handled = {each.number for each in settled.renewed}.union(settled.closed)
    left = [each for each in before if each.number not in handled]
    moved = {each.number: each for each in moved_conflicts(context.catalogue, left, uow)}
    given_away = list(_given_away([moved.get(each.number, each) for each in left], assignees))
    uow.findings.renew([*settled.renewed, *(moved | {each.number: each for each in given_away}).values()], run)
    uow.findings.add(settled.new, context.day, run)
    renewed = {each.number: each.finding.submission for each in settled.renewed}
    over = {
        each.finding.submission
        for each in before
        if each.number in {*settled.closed, *moved}
        or renewed.get(each.number, each.finding.submission) != each.finding.submission
    }
    # what stood on the worklist of who had the record is told on a return now, or the other way round
    over |= {each.finding.submission for each in given_away}.intersection(touched.worklists)
    return [finding for finding, _ in settled.new], frozenset(over)


def _has_record(context: RunContext, uow: UnitOfWork, form: str, key: str) -> bool:
    register = context.catalogue.register_of(form)
    return uow.records.find(register.code, key) is not None


def _closed_records(context: RunContext, standing: Sequence[OpenFinding], uow: UnitOfWork) -> Iterator[str]:
    """Yield the keys of closed records about which something is still open."""
    for register in context.catalogue.registers:
        forms = {form.code for form in register.forms}
        keys = {each.finding.key for each in standing if each.finding.key and each.finding.form in forms}
        closed = {state.code for state in register.states if state.closed}
        if keys and closed:
            yield from (
                key for key, entry in uow.records.get(register.code, keys=keys).items() if entry.state in closed
            )


def _given_away(left: Iterable[OpenFinding], assignees: FindingAssignees) -> Iterator[OpenFinding]:
    """Yield the findings that stay open and are now another person's: of somebody who has left, of a record that another
    one holds.
    """
    for each in left:
        if not each.finding.submission:
            continue
        owner = assignees.of(each.finding, each.owner)
        if owner != each.owner:
            yield replace(each, owner=owner)


def _submissions(context: RunContext, collected: Collected, intake: Intake, run: int) -> Iterable[Submission]:
    outcomes = intake.by_submission()
    for dropped, reading, place in collected.files():
        if dropped.sha256 not in collected.again:
            restated = intake.restated.get(dropped.sha256, ())
            archived = place.relative_to(context.settings.outbox).as_posix()
            yield _submission(context, dropped, reading, archived, outcomes[dropped.sha256], restated, run)


def _submission(
    context: RunContext,
    dropped: Dropped,
    reading: Reading,
    archived: str,
    outcomes: Counter[RowOutcome],
    restated: Iterable[str],
    run: int,
) -> Submission:
    return Submission(
        sha256=dropped.sha256,
        name=dropped.name,
        sender=dropped.sender,
        run=run,
        day=context.day,
        fate="refused" if reading.refused else "read",
        archived=archived,
        rows={outcome.value: count for outcome, count in outcomes.items()},
        ignored=[
            {"sheet": ignored.sheet, "row": ignored.row, "reason": ignored.reason, "text": ignored.text}
            for ignored in reading.ignored
        ],
        restated=sorted(restated),
    )


def _count(collected: Collected, intake: Intake, run: int, day: date, waiting: int) -> tuple[RunSummary, Flow]:
    """Count rows by their outcomes for the summary, and once more as the reader gave them: the two must agree."""
    summary = RunSummary(run=run, assigned=intake.assigned, unassigned=intake.unassigned)
    idle = idle_files(collected, intake)
    refused = [reading.refused for dropped, reading, _ in collected.files() if dropped.sha256 not in idle]
    summary.files.seen = len(collected.fresh) + len(collected.known) + waiting
    summary.files.waiting = waiting
    summary.files.known = len(collected.known) + len(idle)
    summary.files.refused = sum(refused)
    summary.files.read = len(refused) - summary.files.refused
    outcomes = {row: outcome for row, outcome in intake.outcomes.items() if row[0] not in idle}
    summary.rows.read = len(outcomes)
    for outcome in outcomes.values():
        setattr(summary.rows, outcome.value, getattr(summary.rows, outcome.value) + 1)
    summary.rows.repaired = sum(1 for row in intake.repaired if outcomes.get(row) is RowOutcome.ACCEPTED)
    extracts = [each for reading in collected.readings for each in reading.extracts if each.submission not in idle]
    rows = {(each.submission, each.sheet, row) for each in extracts for row in each.rows} - collected.answered()
    ignored = [
        each.reason
        for dropped, reading, _ in collected.files()
        if dropped.sha256 not in collected.again
        for each in reading.ignored
    ]
    return summary, flow_of(summary, day, len(rows), ignored)
