"""From read files to settled books: validate, merge, assign, in the order of the registers, the roster first."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from pipeline.assign.assign_records import Assign, DueDate
from pipeline.assign.build_roster import begins_later, build_roster, judge_roster
from pipeline.assign.judge_names import judge_names
from pipeline.domain import embedded_metadata
from pipeline.domain.checked import Checked, RowId
from pipeline.domain.embedded_metadata import Worklist
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import Finding
from pipeline.domain.record import Entry, Event
from pipeline.domain.record_fold import advance, sum_up
from pipeline.domain.roster import Roster
from pipeline.intake.duplicates import suspect, unsettled
from pipeline.intake.scheduled_changes import due_changes, related
from pipeline.intake.triggers import Registers, Taking, follow, follows, watched, watched_rules
from pipeline.merge.diff_findings import Touched
from pipeline.merge.judge_days import judge_days
from pipeline.merge.keep_pairs import KeepPairs
from pipeline.merge.keep_rows_whole import merge_whole, row_of
from pipeline.merge.match_records import Fate, Merge, Merged
from pipeline.merge.number_records import number_records
from pipeline.merge.pause import Prolong
from pipeline.merge.settle_conflicts import AsOf
from pipeline.merge.worklist_rows import foreign_rows, missing_rows
from pipeline.outside.ledger import Books
from pipeline.validate.check_actions import check_sheets
from schemas.language import Catalogue, Form, Language, Means, Pairs, Register, Severity, Words
from schemas.language.context import Context

_MOST_ROUNDS = 5
"""So often what follows may have something else follow: the next run does the rest."""
_WORST_FIRST = (Fate.REJECTED, Fate.ACCEPTED, Fate.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run goes by: the day, the county, the language of reasons, the deadlines."""

    day: date
    run: int
    county: str
    language: Language
    due: DueDate
    area_form: Words
    """What the sheet of areas is called."""
    staff_form: Words
    """What the sheet of staff is called."""
    prolong: Prolong = lambda due, stopped, resumed: due
    """How a deadline is moved by a pause."""
    anew: bool = True
    """The first run of a day: what hangs on the day is judged anew, whatever was handed in."""
    parameters: Mapping[str, float] = field(default_factory=dict)
    """Numbers of procedures that the office has set."""


@dataclass(slots=True)
class Intake:
    """What a run took in. ``fates`` holds every row once; ``raised`` are findings of the sheets, ``state`` of the office."""

    fates: dict[RowId, Fate] = field(default_factory=dict)
    repaired: set[RowId] = field(default_factory=set)
    to_do: set[RowId] = field(default_factory=set)
    """Rows of worklists whose step nobody has filled in yet."""
    raised: list[Finding] = field(default_factory=list)
    state: list[Finding] = field(default_factory=list)
    submitters: dict[str, str] = field(default_factory=dict)
    """By submission: who the sheet says has filled it."""
    actors: dict[str, str] = field(default_factory=dict)
    """By submission: whose worklist it is."""
    worklists: dict[str, Worklist] = field(default_factory=dict)
    """By submission: what it was written with."""
    restated: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By submission: records of which it said what stood already, as ``register/key``."""
    records: set[tuple[str, str]] = field(default_factory=set)
    changed: set[tuple[str, str]] = field(default_factory=set)
    """Keys and fields that rows of changes set."""
    finished: set[str] = field(default_factory=set)
    assigned: int = 0
    unassigned: int = 0
    moved: bool = False
    """Whether any record was changed."""
    roster: Roster = field(default_factory=lambda: Roster(date.min))

    def touched(self, files: Iterable[str], returned: Iterable[str]) -> Touched:
        """Return what this intake looked at again."""
        carriers = frozenset(worklist.person for worklist in self.worklists.values())
        return Touched(
            frozenset(self.records),
            frozenset(files),
            frozenset(returned),
            frozenset(self.finished),
            carriers,
            frozenset(self.changed),
        )

    @property
    def settled(self) -> frozenset[RowId]:
        """The rows that are in and ask for nothing more."""
        return frozenset(row for row, fate in self.fates.items() if fate is not Fate.REJECTED) - self.to_do

    def by_submission(self) -> dict[str, Counter[Fate]]:
        """Return the rows of each submission by fate."""
        counts: dict[str, Counter[Fate]] = defaultdict(Counter)
        for row, fate in self.fates.items():
            counts[row[0]][fate] += 1
        return counts


def take_in(catalogue: Catalogue, readings: Sequence[Reading], books: Books, terms: Terms) -> Intake:
    """Take *readings* into the *books*, register by register, and what follows from them."""
    intake = Intake()
    for reading in readings:
        intake.raised += reading.findings
    extracts: dict[str, list[Extract]] = defaultdict(list)
    for reading in readings:
        for extract in reading.extracts:
            extracts[extract.form].append(extract)
    numbers = itertools.count(books.last_event() + 1)
    context = Context(today=terms.day, county=terms.county)
    roster_registers = set(catalogue.roster.registers)
    waiting: list[Taking] = []
    for register in catalogue.registers:
        if register not in roster_registers and intake.roster.day != terms.day:
            intake.roster = read_roster(catalogue, books, terms.day)
            intake.actors = _actors(readings, intake.roster)
            intake.worklists = _worklists(readings)
            intake.state += judge_roster(catalogue, intake.roster)
            context = context_of(intake.roster, terms)
        if register.pairs is not None:
            _keep_pairs(catalogue, register, register.pairs, books, terms, numbers, intake)
        taking = _merge_register(register, extracts, books, terms, context, numbers, intake)
        if follows(register):  # what follows may hang on registers that are yet to come
            waiting.append(taking)
        else:
            _assign(taking, books, terms, numbers, intake)
            _enter(taking, books, intake)
        intake.state += unsettled(catalogue, register, books)
    _take_consequences(catalogue, waiting, books, terms, numbers, intake)
    for register in catalogue.registers:
        intake.raised += _missing_rows(register, extracts, books, intake)
    return intake


def _take_consequences(
    catalogue: Catalogue, waiting: Sequence[Taking], books: Books, terms: Terms, numbers: Iterator[int], intake: Intake
) -> None:
    """Lead on what hangs on other records until nothing more follows, then look at what is watched."""
    anew = terms.anew or intake.moved or any(taking.changed for taking in waiting)
    held = Registers(catalogue, books.entries, terms.parameters)
    for taking in waiting:
        held.refresh(taking.register.code, taking.changed)
    for _ in range(_MOST_ROUNDS):
        followed = False
        for taking in waiting if anew else ():
            followed |= bool(follow(taking, held, numbers, terms.day, terms.run, terms.language))
        for taking in waiting:
            assigned = _assign(taking, books, terms, numbers, intake)
            held.refresh(taking.register.code, assigned)
            followed |= any(entry.state for entry in assigned.values())
        if not anew or not followed:
            break
    for taking in waiting:
        _enter(taking, books, intake)
    if anew:
        intake.state += watched(catalogue, held, terms.day)
    else:  # nothing has changed: what was found stands
        rules = watched_rules(catalogue)
        intake.state += [each.finding for each in books.open_findings() if each.finding.rule in rules]


def _keep_pairs(
    catalogue: Catalogue,
    kept: Register,
    pairs: Pairs,
    books: Books,
    terms: Terms,
    numbers: Iterator[int],
    intake: Intake,
) -> None:
    of = catalogue.register(pairs.of)
    suspect(KeepPairs(kept, pairs, of, intake.roster, numbers, terms.day, terms.run, terms.language), books)


def _actors(readings: Iterable[Reading], roster: Roster) -> dict[str, str]:
    whose = {
        extract.submission: reading.carried[embedded_metadata.PERSON]
        for reading in readings
        if embedded_metadata.PERSON in reading.carried
        for extract in reading.extracts
    }
    return {
        submission: roster.everyone[number].name if number in roster.everyone else number
        for submission, number in whose.items()
    }


def _worklists(readings: Iterable[Reading]) -> dict[str, Worklist]:
    return {
        extract.submission: written
        for reading in readings
        if (written := embedded_metadata.worklist(reading.carried)) is not None
        for extract in reading.extracts
    }


def read_roster(catalogue: Catalogue, books: Books, day: date) -> Roster:
    """Return the roster of *day* as the books hold it."""
    held = {
        register.code: {
            key: in_force_on(register, entry, day, partial(books.events, register=register.code, key=key))
            for key, entry in books.entries(register.code).items()
        }
        for register in catalogue.roster.registers
    }
    return build_roster(catalogue, held, day)


def in_force_on(register: Register, entry: Entry, day: date, life: Callable[[], Iterable[Event]]) -> Entry:
    """Return *entry* of the roster as it holds on *day*; *life* gives its events.

    A row handed in today for next month holds from its day: until then the one that stood before it does.
    """
    if not begins_later(register, entry, day):
        return entry
    held: Entry | None = None
    earlier: Entry | None = None
    for event in life():
        held = advance(held, event)
        earlier = earlier if begins_later(register, held, day) else held
    return earlier or entry


def context_of(roster: Roster, terms: Terms) -> Context:
    """Return what the checks must know."""
    return Context(today=terms.day, areas=frozenset(roster.areas), people=frozenset(roster.people), county=terms.county)


def _merge_register(
    register: Register,
    extracts: Mapping[str, list[Extract]],
    books: Books,
    terms: Terms,
    context: Context,
    numbers: Iterator[int],
    intake: Intake,
) -> Taking:
    """Judge and merge what the sheets say of *register*; nothing is entered yet."""
    checked = [
        (
            form,
            check_sheets(
                register, form, extracts[form.code], context, lambda keys: books.entries(register.code, keys=keys)
            ),
        )
        for form in register.forms
        if extracts.get(form.code)
    ]
    _keep_rows_whole([each for _, each in checked])
    _refuse_foreign_rows(register, checked, books, intake)
    coming = due_changes(register, books, terms.day, terms.run)
    serials: dict[str, int] = {}
    if (register.running or register.draws or register.numbered) and (checked or coming or follows(register)):
        serials = books.serials(register.code)
    for form, each in checked:
        if form is register.base:
            number_records(register, each.records, lambda: books.entries(register.code), serials, terms.day)
    records = [record for _, each in checked for record in each.records]
    keys = {record.key for record in (*records, *(each.record for each in coming))}
    entries = books.entries(register.code, keys=keys)
    entries = related(register, records, entries.keys(), books) | entries
    early: list[Merged] = []

    def begin() -> Merge:
        merge = Merge(
            register,
            dict(entries),
            dict(serials),
            numbers,
            terms.day,
            terms.run,
            intake.actors,
            _as_of(register, books),
            life=lambda key: books.events(register=register.code, key=key),
            prolong=terms.prolong,
            roster=intake.roster,
        )
        early[:] = [
            merge.take(form, [each.record for each in coming if each.record.form == form.code], due=True)
            for form in (register.forms if coming else ())
        ]
        return merge

    merge, taken = merge_whole(begin, [(form, each.records) for form, each in checked])
    taking = Taking(register, merge.serials)
    for merged in early:
        taking.events += merged.events
        taking.changed |= merged.entries
        intake.raised += merged.findings
    for (form, each), merged in zip(checked, taken, strict=True):
        taking.events += merged.events
        taking.changed |= merged.entries
        books.add_pending(merged.pending)
        _note(intake, register, form, each, merged)
        intake.raised += judge_names(form, each.records, intake.roster, terms.staff_form)
        entered = [record for record in each.records if merged.fates.get(row_of(record)) is not Fate.REJECTED]
        intake.raised += judge_days(register, form, entered, merge.entries)
    taking.fresh |= {event.key: event for event in taking.events}
    return taking


def _assign(taking: Taking, books: Books, terms: Terms, numbers: Iterator[int], intake: Intake) -> Mapping[str, Entry]:
    """Give the open records of the register to whoever has to do with them; return those that changed."""
    register = taking.register
    open_states = register.waited_in
    if not open_states:
        return {}
    waiting = {**books.entries(register.code, states=open_states), **taking.changed}
    assign = Assign(
        register,
        intake.roster,
        terms.due,
        numbers,
        terms.day,
        terms.run,
        terms.language,
        area_form=terms.area_form,
        fresh=taking.fresh,
        serials=taking.serials,
    )
    given = assign.give(entry for _, entry in sorted(waiting.items()))
    for event in given.events:
        taking.add(event, given.entries[event.key])
    taking.changed |= given.entries
    taking.unplaced = given.findings
    taking.unassigned = given.unassigned
    intake.assigned += given.assigned
    return given.entries


def _enter(taking: Taking, books: Books, intake: Intake) -> None:
    """Enter into the *books* what became of the register."""
    register, fresh = taking.register, taking.fresh
    books.add_events(each if each.number != fresh[each.key].number else fresh[each.key] for each in taking.events)
    intake.unassigned += taking.unassigned
    intake.state += [_at_its_cell(finding, register, books) for finding in taking.unplaced]
    final = {state.code for state in register.states if state.final}
    intake.finished |= {key for key, entry in taking.changed.items() if entry.state in final}
    intake.moved |= bool(taking.changed)
    books.put_entries(taking.changed.values())
    books.put_serials(register.code, taking.serials)


def _keep_rows_whole(checked: Sequence[Checked]) -> None:
    """A worklist's row is judged twice, as correction and as stage: wrong in one, it stays out of both."""
    wrong = {row for each in checked for row in each.rejected}
    for each in checked:
        each.records = [record for record in each.records if row_of(record) not in wrong]


def _refuse_foreign_rows(
    register: Register, checked: Sequence[tuple[Form, Checked]], books: Books, intake: Intake
) -> None:
    for form, each in checked:
        ours = [record for record in each.records if record.submission in intake.worklists]
        if ours:
            entries = books.entries(register.code, keys={record.key for record in ours})
            rows, findings = foreign_rows(form, ours, intake.worklists, entries, intake.roster)
            each.records = [record for record in each.records if row_of(record) not in rows]
            each.rejected |= rows
            each.findings += findings


def _missing_rows(
    register: Register, extracts: Mapping[str, list[Extract]], books: Books, intake: Intake
) -> Iterator[Finding]:
    for submission, worklist in intake.worklists.items():
        forms = {form.code for form in register.forms}.intersection(worklist.forms.values())
        came = [each for code in forms for each in extracts.get(code, ()) if each.submission == submission]
        if not forms or not came:
            continue
        seen = {each.sheet: each.tokens for each in came}
        keys = {
            row[0] for rows in worklist.rows.values() for token in rows if (row := embedded_metadata.parse_token(token))
        }
        entries = books.entries(register.code, keys=keys)
        yield from missing_rows(register, worklist, submission, came[0].file, seen, entries)


def _as_of(register: Register, books: Books) -> AsOf:
    def as_of(key: str, version: int) -> Entry | None:
        return sum_up(event for event in books.events(register=register.code, key=key) if event.number <= version)

    return as_of


def _at_its_cell(finding: Finding, register: Register, books: Books) -> Finding:
    """What cannot be assigned is told at the cell by which it was tried: the newest sheet that filled it."""
    for event in reversed(books.events(register=register.code, key=finding.key)):
        if finding.field in event.cells:
            return replace(finding, file=event.file, sheet=event.sheet, cell=event.cells[finding.field])
    return finding


def _note(intake: Intake, register: Register, form: Form, checked: Checked, merged: Merged) -> None:
    by_row = {row_of(record): record for record in checked.records}
    fates = {
        **dict.fromkeys(checked.waiting, Fate.UNCHANGED),
        **dict.fromkeys(checked.rejected, Fate.REJECTED),
        **merged.fates,
    }
    for row, fate in fates.items():
        known = intake.fates.get(row, fate)
        intake.fates[row] = min(fate, known, key=_WORST_FIRST.index)
    intake.repaired |= {row for row, record in by_row.items() if record.repaired}
    if form.code != register.base.code:
        intake.to_do |= checked.waiting
    for row, fate in merged.fates.items():
        if fate is Fate.UNCHANGED and row in by_row:
            intake.restated[row[0]].add(f"{register.code}/{by_row[row].key}")
    key = form.key.code
    for finding in (*checked.findings, *merged.findings):
        wrong_key = finding.field == key and finding.severity is Severity.ERROR
        intake.raised.append(replace(finding, key="") if wrong_key and finding.rule not in _KEY_IS_RIGHT else finding)
    intake.records |= {(form.code, record.key) for record in checked.records}
    intake.records |= {(form.code, finding.key) for finding in checked.findings if finding.key}
    intake.changed |= {(record.key, code) for record in checked.records if record.deed for code in record.values}
    submitter = form.meaning(Means.SUBMITTER) or form.meaning(Means.ACTOR)
    if submitter is not None:
        for record in checked.records:
            name = (record.deed or record.values).get(submitter.code)
            if name:
                intake.submitters.setdefault(record.submission, str(name))


_KEY_IS_RIGHT = {"step.refused", "step.not_so", "copy.key_changed", "worklist.row_added", "worklist.row_of_other"}
"""Rules that point at the key's cell, yet know which record is meant."""
