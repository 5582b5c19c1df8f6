"""The office of one day, from the books as they stand or as they stood: all that reports are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, time, timedelta

from pipeline.domain.balance import Balance
from pipeline.domain.counted import Counted, count_all
from pipeline.domain.data_quality import assess_portfolios
from pipeline.domain.decision import Decision
from pipeline.domain.finding import OpenFinding
from pipeline.domain.mail import Undelivered
from pipeline.domain.notice import WorkNotice
from pipeline.domain.office import Office
from pipeline.domain.office_tables import own_days
from pipeline.domain.receipt import Receipt
from pipeline.domain.record import Event, FieldChange, RecordState
from pipeline.domain.record_set import RecordSet
from pipeline.domain.refused_row import RefusedRow
from pipeline.domain.replaced_value import ReplacedValue
from pipeline.domain.roster import Roster
from pipeline.domain.trends import STEPS_DAYS, WEEKS, Trends
from pipeline.outside.calendar import WorkCalendar
from pipeline.outside.ledger.point_in_time import Books
from pipeline.render.dashboard.count_office import RUNS_SHOWN
from schemas.language import Catalogue, FieldRole, Language, Register
from schemas.language.parameters import ParameterValue

IGNORED_ROWS_ARE_SHOWN = timedelta(days=7)
CHANGES_ARE_SHOWN = timedelta(days=90)

_NO_PARAMETERS: Mapping[str, ParameterValue] = {}
_NOTHING_REFUSED: Mapping[tuple[str, str], RefusedRow] = {}
_NO_RECEIPTS: Mapping[str, Sequence[Receipt]] = {}
_NO_NOTICES: Mapping[str, Sequence[WorkNotice]] = {}
_NOTHING_REPLACED: Mapping[str, Sequence[ReplacedValue]] = {}
_NOTHING_DECIDED: Mapping[str, Sequence[Decision]] = {}
_ALL_ARRIVED = Undelivered()


def snapshot(
    books: Books,
    catalogue: Catalogue,
    roster: Roster,
    name: str,
    language: Language,
    day: date,
    run: int,
    *,
    clock: time = time.min,
    parameters: Mapping[str, ParameterValue] = _NO_PARAMETERS,
    balance: Balance | None = None,
    replaced: Mapping[str, Sequence[ReplacedValue]] = _NOTHING_REPLACED,
    decided: Mapping[str, Sequence[Decision]] = _NOTHING_DECIDED,
    notices: Mapping[str, Sequence[WorkNotice]] = _NO_NOTICES,
    came_today: Set[tuple[str, str]] = frozenset(),
    receipts: Mapping[str, Sequence[Receipt]] = _NO_RECEIPTS,
    counted: Counted | None = None,
    undelivered: Undelivered = _ALL_ARRIVED,
    refused: Mapping[tuple[str, str], RefusedRow] = _NOTHING_REFUSED,
) -> Office:
    """Return the office on *day* after *run*, as *books* hold it: as they stand, or as they stood then. What declarations
    *counted* is counted here where it is not given.
    """
    entries: dict[str, RecordSet] = {
        register.code: books.records.of_register(register.code) for register in catalogue.registers
    }
    findings = books.findings.open()
    calendar = WorkCalendar(own_days(catalogue, books.records.get))
    changed = books.events.find(since=day - CHANGES_ARE_SHOWN, changes=True)
    titled = {
        code: books.records.get(code, keys={each.key for each in changed if each.register == code}) for code in entries
    }
    counted = counted or count_all(catalogue, books.records.get, parameters, roster, day)
    told = books.submissions.known({each.finding.submission for each in findings})
    return Office(
        name=name,
        today=day,
        clock=clock,
        figures=counted.figures,
        ahead=counted.ahead,
        language=language,
        catalogue=catalogue,
        roster=roster,
        run=run,
        kept=assess_portfolios(catalogue, entries, roster, day),
        elapsed=elapsed_days(entries, findings, day, calendar),
        unknown_holidays=calendar.unknown_year(day),
        balance=balance,
        replaced=replaced,
        decided=decided,
        notices=notices,
        came_today=came_today,
        receipts=receipts,
        undelivered=undelivered,
        refused=refused,
        position=books.events.position(),
        trends=Trends(
            books.runs.with_news(RUNS_SHOWN),
            books.findings.seen(day - timedelta(weeks=WEEKS)),
            books.events.count_steps(day - timedelta(days=STEPS_DAYS)),
        ),
        additions=books.reports.customizations(),
        entries=entries,
        findings=findings,
        lately=books.submissions.with_ignored_rows(day - IGNORED_ROWS_ARE_SHOWN),
        archived={sha256: submission.archived for sha256, submission in told.items()},
        pending=[each for register in catalogue.registers for each in books.pending_changes.waiting(register.code)],
        changes=list(field_changes(catalogue, titled, changed)),
    )


def elapsed_days(
    entries: Mapping[str, RecordSet], findings: Iterable[OpenFinding], day: date, calendar: WorkCalendar
) -> dict[date, int]:
    """Return the working days up to *day* after each day that a record fell due or a finding was opened."""
    days = {due for record_set in entries.values() for due in record_set.days_due(day)}
    days |= {found.opened for found in findings}
    return {each: max(0, calendar.between(each, day)) for each in days}  # a clock may be put back


def field_changes(
    catalogue: Catalogue, entries: Mapping[str, Mapping[str, RecordState]], events: Iterable[Event]
) -> Iterator[FieldChange]:
    """Yield what *events*, by which sheets changed what was known, changed, field by field, the newest first; of a procedure out of
    force, nothing.
    """
    registers = {each.code: each for each in catalogue.registers}
    for event in reversed(list(events)):
        register = registers.get(event.register)
        if register is None:
            continue
        title = register.meaning(FieldRole.TITLE)
        entry = entries[register.code].get(event.key)
        for code in _fields_shown(register, event):
            yield FieldChange(
                on=event.on or date.min,
                register=event.register,
                key=event.key,
                title=str(entry.values.get(title.code, "")) if title and entry else "",
                field=code,
                before=event.before.get(code),
                after={**event.action, **event.values}.get(code),
                source=event.place(code),
                actor=event.actor,
            )


def _fields_shown(register: Register, event: Event) -> Iterator[str]:
    """What a row changed; of a deed also what it filled, and, when it led somewhere else, which it was."""
    yield from event.before
    renewal = register.renewal
    told = set(event.values) if event.action else {renewal.following.code} if renewal else set()
    yield from (code for code in event.values if code in told and code not in event.before)
    if event.action and event.state:
        yield next(iter(event.action))
