"""Whose business was decided on in the last days by somebody else: a request that is granted leaves no task, and no word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.domain.decision import Decision
from pipeline.domain.duties import managing_roles
from pipeline.domain.notice import TOLD_FOR
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.record_title import title_of
from pipeline.domain.roster import Person, Roster
from pipeline.outside.ledger import UnitOfWork
from pipeline.publish.voided_decisions import voided_decisions
from schemas.language import NO_TEXT, Catalogue, FieldRole, Form, Localized, Register, Stage, StoredValues

_LAPSED = Localized("原来的已作废，要重新审批", "lapsed, it is to be decided on again")
_GOES_ON = Localized("已登记，还没有办完", "noted, and not finished yet")


def decisions(catalogue: Catalogue, uow: UnitOfWork, roster: Roster, day: date) -> Mapping[str, Sequence[Decision]]:
    """Return by staff number what was decided up to *day* on the business of each: where a stage bars those whose own
    business it is (``Stage.not_by``), it is they who wait for its answer, and whoever else it ``tells``; of what is
    ended everybody who has to do with it.
    """
    deciding = {
        stage.form: stage
        for each in catalogue.registers
        for stage in each.stages
        if stage.form and (concerned(stage) or stage.ad_hoc)
    }
    found: dict[str, list[Decision]] = defaultdict(list)
    voided = list(voided_decisions(catalogue, uow, day))
    for each in voided:
        for person in dict.fromkeys(_told(each.stage, each.event, each.record, roster, also_by=True)):
            found[person.number].append(_decision(catalogue, each.stage, each.event, each.record, lapsed=True))
    gone = {each.event.number for each in voided}
    events = uow.events.find(since=day - TOLD_FOR, changes=True, forms=deciding) if deciding else []
    states = uow.records.of_events(events)
    last = {(event.register, event.key, event.form): event.number for event in events if event.state}
    for event in events:
        state = states.get((event.register, event.key))
        if state is None or not event.state or event.number in gone:
            continue
        stage = deciding[event.form]
        again = state.state == stage.state
        newest = last[event.register, event.key, event.form]
        looks_back = again or event.reason is not None or stage.ad_hoc or newest != event.number
        life = uow.events.find(register=event.register, key=event.key) if looks_back else []
        after = [each for each in life if each.number > event.number and each.state]  # what has led it on since
        if any(each.number < newest for each in after):
            continue  # led elsewhere and decided anew since: what was said before no longer holds
        if event.reason is not None and any(each.form for each in after):
            continue  # what was sent back has been put right
        goes_on = again and not any(each.form or each.reason for each in after)  # a part is done: of an advance
        decision = _decision(catalogue, stage, event, state, lapsed=again and not goes_on)
        if goes_on:
            decision = replace(decision, answer=_so_far(catalogue.register(event.register), event))
        told = dict.fromkeys(_told(stage, event, state, roster))
        if stage.ad_hoc:
            told |= dict.fromkeys(_left_behind(catalogue.register(event.register), stage, event, life, roster))
        for person in told:
            found[person.number].append(decision)
    return dict(found)


def concerned(stage: Stage) -> tuple[str, ...]:
    """Return the codes of the fields that name who is told of what *stage* decides."""
    return (*stage.not_by, *stage.tells)


def _told(stage: Stage, event: Event, state: RecordState, roster: Roster, *, also_by: bool = False) -> Iterator[Person]:
    """Yield who is told: not whoever has decided, unless *also_by*, nor who has it on his worklist by now."""
    by = roster.named(event.actor) if event.actor else None
    if also_by and by is not None and by.number in roster.people and by.number != state.owner:
        yield by
    for person in roster.named_in(state.values.get(code) for code in concerned(stage)):
        if person != by and person.number != state.owner:
            yield person


def _left_behind(
    register: Register, stage: Stage, event: Event, life: Sequence[Event], roster: Roster
) -> Iterator[Person]:
    """Yield whom it concerns beside those it names that a record was ended, paused or resumed at any time: who had it, who has
    worked on it before, who serves its area, or watches over it where it lies in none; not whoever has done so.
    """
    before = [each for each in life if each.number < event.number]
    had = fold(before)
    people = [roster.people.get(had.owner)] if had is not None else []
    people += [roster.named(each.actor) for each in before if each.actor]
    area = roster.areas.get(had.area) if had is not None and had.area else None
    if area is not None:
        people += [roster.people.get(number) for number in area.served_by.values()]
    else:
        people += [each for role in sorted({stage.role, *managing_roles(register)}) for each in roster.with_role(role)]
    by = roster.named(event.actor) if event.actor else None
    for person in people:
        if person is not None and person != by and person.number in roster.people:
            yield person


def _decision(catalogue: Catalogue, stage: Stage, event: Event, state: RecordState, *, lapsed: bool) -> Decision:
    form = catalogue.form(stage.form)
    said = {**state.values, **event.values, **event.action}  # an answer given again in a later round is no change
    reason = form.meaning(FieldRole.REASON)
    return Decision(
        number=event.number,
        key=event.key,
        title=title_of(catalogue.register(event.register), state),
        stage=stage.title,
        answer=_LAPSED if lapsed else _answer(form, stage, said),
        reason=state.reason if lapsed else str(said.get(reason.code) or "") if reason is not None else "",
        lapsed=lapsed,
        by=event.actor,
        on=event.on or date.min,
    )


def _answer(form: Form, stage: Stage, said: StoredValues) -> Localized:
    """The words of the answer that has led the record on."""
    for code in dict.fromkeys(code for way in stage.transitions for code, _ in way.when):
        field, value = form.get(code), said.get(code)
        if field is not None and value is not None:
            return Localized(str(field.show(value, "zh")), str(field.show(value, "en")))
    return NO_TEXT


def _so_far(register: Register, event: Event) -> Localized:
    """That the step is to be done on, and what it has come to so far: the figures that it has set."""
    set_by_it = (
        (register.field(code), value) for code, value in event.values.items() if isinstance(value, int | float)
    )
    figures = [(field, value) for field, value in set_by_it if not field.private]
    return Localized(
        "，".join((_GOES_ON.zh, *(f"{field.label.zh} {field.text(value, 'zh')}" for field, value in figures))),
        ", ".join((_GOES_ON.en, *(f"{field.label.en} {field.text(value, 'en')}" for field, value in figures))),
    )
