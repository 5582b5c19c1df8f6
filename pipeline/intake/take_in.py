"""From read files to settled books: validate, merge, assign, in the order of the registers, the roster first."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

from pipeline.assign.area_of_sheet import fill_areas
from pipeline.assign.build_roster import judge_roster
from pipeline.assign.gaps import of_one_cause
from pipeline.assign.judge_names import judge_names, signing_of
from pipeline.domain import embedded_metadata
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import Finding
from pipeline.domain.office_tables import set_parameters, with_parameters
from pipeline.domain.record import Event
from pipeline.domain.register_views import Registers
from pipeline.domain.roster import Roster
from pipeline.intake.deeds_of_rows import DeedsOfRows
from pipeline.intake.duplicates import unsettled, update_pairs
from pipeline.intake.enter_register import MOST_ROUNDS, assign, enter, open_what_is_due, reopen_signed
from pipeline.intake.later_words import give_way_to_later_words
from pipeline.intake.named_people import with_names_of_staff
from pipeline.intake.named_records import with_one_name
from pipeline.intake.open_doubts import Doubted, open_doubts
from pipeline.intake.openers import tell_of_openers
from pipeline.intake.other_hands import tell_both, tell_signers, voices_of
from pipeline.intake.past_states import states_as_of
from pipeline.intake.recurring_duties import RecurringDuties
from pipeline.intake.references import closed_references, refuse_unknown_references, unknown_references
from pipeline.intake.renewed_pairs import link_renewed
from pipeline.intake.repeated_pages import without_repeated_pages
from pipeline.intake.roster import read_roster
from pipeline.intake.scheduled_changes import due_changes, related
from pipeline.intake.sealed_lines import counted_later, keep_sealed, refuse_sealed
from pipeline.intake.senders import Voices
from pipeline.intake.settled_rows import FormKey
from pipeline.intake.statements import Source, said_anew
from pipeline.intake.taken import Intake, of_form, of_repeated
from pipeline.intake.terms import Terms, context_of, first_context
from pipeline.intake.told_before import was_chosen
from pipeline.intake.triggers import (
    RegisterBatch,
    apply_triggers,
    has_triggers,
    in_order_of_looks,
    watched,
    watched_rules,
    worked_out_today,
)
from pipeline.intake.waves import waves
from pipeline.intake.worklist_pages import ready_pages
from pipeline.intake.worklist_returns import emptied_rows, refuse_foreign_rows, tell_missing_rows
from pipeline.merge.judge_titles import judge_titles
from pipeline.merge.keep_pairs import KeepPairs
from pipeline.merge.keep_rows_whole import leave_out_wrong_rows, merge_whole
from pipeline.merge.match_records import Merge, Merged
from pipeline.merge.number_records import keep_out, number_records
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.check_actions import check_sheets
from schemas.language import Catalogue, Form, Localized, Pairs, Register, Severity
from schemas.language.context import Context
from schemas.language.workdays import office_days

_NO_SOURCES: Mapping[str, Source] = {}


def take_in(
    catalogue: Catalogue,
    readings: Sequence[Reading],
    uow: UnitOfWork,
    terms: Terms,
    sources: Mapping[str, Source] = _NO_SOURCES,
) -> Intake:
    """Take *readings* into the ledger, paper by paper where they speak of the same records, and what follows from them.

    *sources* tell where each submission comes from.
    """
    readings = with_one_name(catalogue, readings, uow)
    intake: Intake | None = None
    before: list[Reading] = []
    for wave in waves(catalogue, readings, terms.day, uow):
        with ExitStack() as days:
            if intake is None:
                intake = _take_wave(catalogue, wave, uow, terms, sources, days)
            else:
                spoken_of = intake.rightly_spoken_of | _mended_by_returns(before, intake, uow)
                again = replace(terms, full_evaluation=True, spoken_of=spoken_of, raised=intake.raised)
                intake = intake.followed_by(_take_wave(catalogue, wave, uow, again, sources, days))
        before += wave
    return intake or Intake()


def _mended_by_returns(readings: Sequence[Reading], intake: Intake, uow: UnitOfWork) -> frozenset[FormKey]:
    """Return form and key of what was open on the sheets that *readings* bring back, or on rows of worklists that were emptied,
    and is not told anew: also a row in which nothing stands any more is mended.
    """
    metadata = [reading.metadata for reading in readings if not reading.metadata.get(embedded_metadata.MEMBER)]
    returned = {each.get(embedded_metadata.SUBMISSION, "") for each in metadata} - {""}
    about = uow.findings.about(returned) if returned else []
    still = {(each.form, each.key) for each in intake.raised if each.severity is Severity.ERROR}
    emptied = [each.finding for each in uow.findings.open() if each.finding.key in intake.taken_back]
    mended = [
        *(each for each, is_open in about if is_open and each.key),
        *(each for each in emptied if each.submission),
    ]
    return frozenset((each.form, each.key) for each in mended) - still


def _take_wave(
    catalogue: Catalogue,
    readings: Sequence[Reading],
    uow: UnitOfWork,
    terms: Terms,
    sources: Mapping[str, Source],
    days: ExitStack,
) -> Intake:
    """Take *readings* that share no record, register by register. *days* keeps declarations counting by the office's days as
    its own sheets, which are taken first, have them.
    """
    extracts: dict[str, list[Extract]] = defaultdict(list)
    for reading in readings:
        for extract in reading.extracts:
            extracts[extract.form].append(extract)
    numbers = itertools.count(uow.events.last_number() + 1)
    context = first_context(catalogue, terms)
    roster_registers = set(catalogue.roster.registers)
    voices, doubted = Voices(), open_doubts(uow)
    parts = [Intake(raised=[finding for reading in readings for finding in reading.findings])]
    waiting: list[RegisterBatch] = []
    batches: list[RegisterBatch] = []
    held: Registers | None = None
    for declared in in_order_of_looks(catalogue.registers):
        if declared not in roster_registers and voices.roster.day != terms.day:
            voices = voices_of(catalogue, sources, readings, read_roster(catalogue, uow, terms.day))
            terms = terms.with_tables(catalogue, uow.records.get)
            days.enter_context(office_days(terms.due.calendar.own))
            catalogue = with_parameters(
                catalogue, set_parameters(catalogue, uow.records.get, terms.parameters, terms.day)
            )
            parts.append(Intake(state=judge_roster(catalogue, voices.roster)))
            context = context_of(voices.roster, terms)
        register = catalogue.register(declared.code)
        held = held or Registers(catalogue, uow.records.get, terms.parameters, terms.day, uow.records.column)
        if register.pairs is not None:
            _keep_pairs(catalogue, register, register.pairs, uow, terms, numbers, voices.roster)
        # the roster is as its newest sheet says: an area that is handed back to its former manager is no repetition
        of_papers = _NO_SOURCES if register in roster_registers else sources
        if register not in roster_registers:
            parts.append(Intake(raised=_as_rostered(register, extracts, voices.roster, terms.staff_form)))
        if any(extracts.get(form.code) for form in register.forms[1:]):
            parts.append(reopen_signed(register, waiting, held, uow, terms, voices.roster, numbers))
            parts.append(open_what_is_due(register, held, uow, terms, voices.roster, numbers))
        batch, said = _merge_register(
            catalogue, register, extracts, uow, terms, context, numbers, voices, of_papers, doubted, held
        )
        parts.append(said)
        batches.append(batch)
        if has_triggers(register):  # what follows may hang on registers that are yet to come
            waiting.append(batch)
        else:
            assign(batch, uow, terms, voices.roster)
            parts.append(enter(batch, uow))
        held.refresh(register.code, batch.changed)
        if register.pairs is not None:
            linked = link_renewed(register, register.pairs, catalogue.register(register.pairs.of), batch, uow, terms)
            parts.append(Intake(ended=linked, moved=bool(linked)))
        parts.append(Intake(state=list(unsettled(catalogue, register, uow))))
    moved = any(part.moved for part in parts)
    parts += _take_consequences(catalogue, waiting, uow, terms, voices, moved=moved)
    if held is not None:
        parts.append(Intake(raised=list(closed_references(catalogue, batches, held, uow))))
    for register in catalogue.registers:
        parts.append(Intake(raised=list(tell_missing_rows(register, extracts, uow, voices))))
    whole = Intake.of(parts)
    told = [
        *tell_both(catalogue, extracts, voices, whole.outcomes, uow),
        *tell_signers(catalogue, extracts, voices, sources, whole.outcomes),
        *tell_of_openers(catalogue, extracts, voices, whole.outcomes),
    ]
    return replace(whole, raised=[*whole.raised, *told], state=of_one_cause(whole.state, voices.roster), voices=voices)


def _as_rostered(
    register: Register, extracts: dict[str, list[Extract]], roster: Roster, staff_form: Localized
) -> list[Finding]:
    """Write into *extracts* the areas that sheets name above their rows, and the names of whom they call by a number; return what
    is to be told of the areas.
    """
    told: list[Finding] = []
    for form in register.forms:
        if extracts.get(form.code):
            pages = with_names_of_staff(register, form, extracts[form.code], roster, staff_form)
            extracts[form.code], of_sheets = fill_areas(form, pages, roster)
            told += of_sheets
    return told


def _take_consequences(
    catalogue: Catalogue,
    waiting: Sequence[RegisterBatch],
    uow: UnitOfWork,
    terms: Terms,
    voices: Voices,
    *,
    moved: bool,
) -> Iterator[Intake]:
    """Lead on what hangs on other records until nothing more follows, then look at what is watched; yield what came of it.

    *moved* tells whether the run has changed any record so far.
    """
    roster = voices.roster
    full_evaluation = terms.full_evaluation or moved or any(batch.changed for batch in waiting)
    held = Registers(catalogue, uow.records.get, terms.parameters, terms.day, uow.records.column)
    duties = RecurringDuties(roster, terms.due.calendar, terms.day)
    for batch in waiting:
        held.refresh(batch.register.code, batch.changed)
    keep_sealed(waiting, held, terms, voices.actors)
    for _ in range(MOST_ROUNDS):
        followed = False
        for batch in waiting if full_evaluation else ():
            followed |= bool(apply_triggers(batch, held, duties, terms.run, terms.language))
        if followed:  # what another register says changes a signed record no more quietly than its own sheet does
            keep_sealed(waiting, held, terms, voices.actors)
        for batch in waiting:
            assigned = assign(batch, uow, terms, roster)
            held.refresh(batch.register.code, assigned)
            followed |= any(entry.state for entry in assigned.values())
        if not full_evaluation or not followed:
            break
    for batch in waiting:
        yield enter(batch, uow)
    if full_evaluation:
        yield Intake(
            state=[
                *watched(catalogue, held, roster, terms.day, uow.findings.open),
                *counted_later(catalogue, held),
                *unknown_references(catalogue, held, uow),
            ]
        )
    else:  # nothing has changed: what was found stands
        rules = watched_rules(catalogue)
        yield Intake(state=[each.finding for each in uow.findings.open() if each.finding.rule in rules])


def _keep_pairs(
    catalogue: Catalogue,
    kept: Register,
    pairs: Pairs,
    uow: UnitOfWork,
    terms: Terms,
    numbers: Iterator[int],
    roster: Roster,
) -> None:
    of = catalogue.register(pairs.of)
    update_pairs(KeepPairs(kept, pairs, of, roster, numbers, terms.day, terms.run, terms.language), uow)


def _deeds(register: Register, form: Form, extracts: Sequence[Extract]) -> DeedsOfRows | None:
    stage = register.stage_of(form.code)
    return DeedsOfRows(form, extracts) if stage is not None and stage.ad_hoc else None


def _merge_register(
    catalogue: Catalogue,
    register: Register,
    extracts: Mapping[str, list[Extract]],
    uow: UnitOfWork,
    terms: Terms,
    context: Context,
    numbers: Iterator[int],
    voices: Voices,
    sources: Mapping[str, Source],
    doubted: Doubted,
    held: Registers,
) -> tuple[RegisterBatch, Intake]:
    """Judge and merge what the sheets say of *register*, and what became of their rows; nothing is entered yet. *held* are
    the registers with what the run has taken into others so far.
    """
    pages = without_repeated_pages(register, extracts, sources, voices.worklists, uow, terms.spoken_of, terms.raised)
    ready = ready_pages(register, pages.extracts, uow, terms.day)
    later = give_way_to_later_words(register, ready, pages, voices.actors, uow, terms.day)

    def life(key: str) -> Sequence[Event]:
        return uow.events.find(register=register.code, key=key)

    extracts = later.extracts
    said = {
        form.code: said_anew(
            register, form, extracts[form.code], sources, uow, voices.roster, terms.day, terms.spoken_of
        )
        for form in register.forms
        if extracts.get(form.code)
    }
    bases = {row: base for each in said.values() for row, base in each.bases.items()}
    checked = [
        (
            form,
            check_sheets(
                register,
                form,
                said[form.code].extracts,
                context,
                lambda keys: uow.records.get(register.code, keys=keys),
            ),
        )
        for form in register.forms
        if form.code in said
    ]
    leave_out_wrong_rows([each for _, each in checked])
    refuse_foreign_rows(register, checked, uow, voices)
    refuse_unknown_references(register, checked, held, catalogue)
    coming = due_changes(register, uow, terms.day, terms.run)
    serials: dict[str, int] = {}
    if (register.running or register.draws or register.numbered) and (checked or coming or has_triggers(register)):
        serials = uow.records.serials(register.code)
    for form, each in checked:
        if form is register.base:
            without = number_records(
                register, each.records, lambda: uow.records.get(register.code), serials, terms.day, life
            )
            keep_out(each, without, form)
    records = [record for _, each in checked for record in each.records]
    keys = {record.key for record in (*records, *(each.record for each in coming))}
    entries = uow.records.get(register.code, keys=keys)
    entries = related(register, records, entries.keys(), uow) | entries
    refuse_sealed(catalogue, register, checked, entries, held)
    worked_out, today = worked_out_today(register, entries, held, terms, numbers)
    early: list[Merged] = []

    def begin() -> Merge:
        merge = Merge(
            register,
            {**entries, **today},
            dict(serials),
            numbers,
            terms.day,
            terms.run,
            voices.actors,
            states_as_of(register, uow),
            life=life,
            prolong=terms.due.prolong,
            roster=voices.roster,
            authors={each: name for each, name in voices.actors.items() if each in voices.worklists},
            bases=bases,
            answered=lambda conflict: was_chosen(conflict, uow),
            made=uow.papers.made,
            latest=terms.latest,
            clock=terms.clock,
            doubted=doubted,
            last_run=terms.last_run,
        )
        early[:] = [
            merge.take(form, [each.record for each in coming if each.record.form == form.code], due=True)
            for form in (register.forms if coming else ())
        ]
        return merge

    merge, taken = merge_whole(begin, [(form, each.records) for form, each in checked])
    batch = RegisterBatch(register, numbers, merge.serials, held=dict(entries))
    batch.take(worked_out, today)
    parts = [Intake(raised=[finding for merged in early for finding in merged.findings])]
    for merged in early:
        batch.take(merged.events, merged.entries)
    to_do = {stage.whom for stage in register.stages if stage.whom}
    for (form, each), merged in zip(checked, taken, strict=True):
        batch.take(merged.events, merged.entries)
        uow.pending_changes.add(merged.pending)
        papers = said[form.code]
        signing = signing_of(register, form, entries, voices.roster, voices.actors)
        names = judge_names(form, each.records, voices.roster, terms.staff_form, to_do, signing)
        names += judge_titles(register, form, each.records, entries)
        parts += [
            of_form(register, form, each, merged, _deeds(register, form, papers.extracts)),
            of_repeated(register, papers.repeated),
            Intake(
                raised=[*papers.findings, *names],
                silent=papers.silent,
                authors_by_paper={each.submission: each.author for each in papers.papers if each.author},
            ),
        ]
    parts += [of_repeated(register, pages.repeated), Intake(raised=later.findings, silent=later.silent)]
    intake = Intake.of(parts)
    for papers in said.values():
        uow.papers.put(papers.papers_with(intake.outcomes))
    uow.papers.put(pages.papers_with(intake))
    back = emptied_rows(register, extracts, intake, voices)
    return batch, replace(pages.still_refused(intake, uow), taken_back=back)
