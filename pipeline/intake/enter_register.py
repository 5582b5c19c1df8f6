"""What becomes of one register in a run: its records are given to whoever has to do them, and entered into the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.assign.assign_records import Assign
from pipeline.assign.judge_absences import due_in_absence
from pipeline.domain.record import RecordState
from pipeline.domain.register_views import Registers
from pipeline.domain.roster import Roster
from pipeline.intake.recurring_duties import RecurringDuties
from pipeline.intake.references import at_its_cell
from pipeline.intake.sealed_lines import settle_lines
from pipeline.intake.taken import Intake
from pipeline.intake.terms import Terms
from pipeline.intake.triggers import RegisterBatch, open_records, worked_out_today
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Register

MOST_ROUNDS = 5
"""So often what follows may have something else follow: the next run does the rest."""


def assign(batch: RegisterBatch, uow: UnitOfWork, terms: Terms, roster: Roster) -> Mapping[str, RecordState]:
    """Give the open records of the register to whoever has to do with them; return those that changed."""
    register = batch.register
    open_states = register.waited_in
    if not open_states:
        return {}
    waiting = {**uow.records.get(register.code, states=open_states), **batch.changed}
    assign = Assign(
        register,
        roster,
        terms.due,
        terms.day,
        terms.run,
        terms.language,
        area_form=terms.area_form,
        serials=batch.serials,
        before={key: batch.held.get(key) for key in batch.changed},
    )
    given = assign.give(entry for _, entry in sorted(waiting.items()))
    changed = {event.key: batch.follow(waiting[event.key], event) for event in given.events}
    now = (changed.get(key, entry) for key, entry in waiting.items())
    batch.unplaced = [*given.findings, *due_in_absence(register, now, roster, terms.staff_form)]
    batch.unassigned = given.unassigned
    batch.assigned += given.assigned
    return changed


def enter(batch: RegisterBatch, uow: UnitOfWork) -> Intake:
    """Enter into the ledger what became of the register, and return what that comes to."""
    register = batch.register
    uow.events.add(batch.events)
    uow.records.put(batch.changed.values())
    uow.records.put_serials(register.code, batch.serials)
    final = {state.code for state in register.states if state.final}
    closed = {state.code for state in register.states if state.closed}
    waited_in = {stage.state for stage in register.stages if stage.state}
    before = {key: batch.held[key].state for key in batch.changed if key in batch.held}
    waiting = ((key, register.waiting_for(batch.changed[key].state)) for key in before)
    return Intake(
        state=[at_its_cell(finding, register, uow) for finding in batch.unplaced],
        ended={key for key, record in batch.changed.items() if record.state in closed},
        finished={key for key, record in batch.changed.items() if record.state in final},
        left={key for key, state in before.items() if state in waited_in and state != batch.changed[key].state},
        asked_anew={
            (stage.form, key) for key, stage in waiting if stage is not None and before[key] != batch.changed[key].state
        },
        assigned=batch.assigned,
        unassigned=batch.unassigned,
        moved=bool(batch.changed),
    )


def reopen_signed(
    register: Register,
    batches: Iterable[RegisterBatch],
    held: Registers,
    uow: UnitOfWork,
    terms: Terms,
    roster: Roster,
    numbers: Iterator[int],
) -> Intake:
    """Send back the records of *register* whose lines the sheets of the run have changed (*batches*), before its own sheets are
    taken: a payment that comes with such a change must not be made upon what was signed before it.
    """
    batch = RegisterBatch(register, numbers, uow.records.serials(register.code))
    settle_lines(batch, batches, held, terms)
    if not batch.changed:
        return Intake()
    held.refresh(register.code, assign(batch, uow, terms, roster))
    return replace(enter(batch, uow), state=[])


def _states_that_hang_on_the_day(register: Register) -> Collection[str]:
    """Return the states in which the program waits for what it works out of the day, or of other records."""
    looked = {each.field.code for each in register.derived if each.look is not None}
    ways = ((stage.state, way) for stage in register.stages if stage.waits and stage.state for way in stage.transitions)
    return {state for state, way in ways if any(code in looked for code, _ in way.known)}


def open_what_is_due(
    register: Register, held: Registers, uow: UnitOfWork, terms: Terms, roster: Roster, numbers: Iterator[int]
) -> Intake:
    """Open today's records of *register* before its sheets are taken, and lead on those whose day it is: whoever hands in what
    is due today, in the first run of the day, must not be told that nobody knows of it, or that it is not due.
    """
    hangs_on_day = _states_that_hang_on_the_day(register) if terms.full_evaluation else ()
    if not register.opens and not register.recurs and not hangs_on_day:
        return Intake()
    batch = RegisterBatch(register, numbers, uow.records.serials(register.code))
    duties = RecurringDuties(roster, terms.due.calendar, terms.day)
    if hangs_on_day:
        waiting = uow.records.get(register.code, states=hangs_on_day)
        events, changed = worked_out_today(register, waiting, held, terms, numbers)
        batch.held.update({key: waiting[key] for key in changed})
        batch.take(events, changed)
    if not open_records(batch, held, duties, terms.run, terms.language) and not batch.changed:
        return Intake()
    for _ in range(MOST_ROUNDS):  # the program's own steps are taken first
        assigned = assign(batch, uow, terms, roster)
        held.refresh(register.code, assigned)
        if not any(entry.state for entry in assigned.values()):
            break
    return replace(enter(batch, uow), state=[])  # who can be given to nobody is told in the end
