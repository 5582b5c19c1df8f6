"""What people answer to findings takes effect: a finding is closed, a conflict settled by one of its two values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from pipeline.domain.answer import MOVED_ON, SAID, TO_CHOOSE, TOKEN_SIGNS, Answer, Choice
from pipeline.domain.entering import derived_changes
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import SAID_BY, Finding, identity
from pipeline.domain.record import RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.rulebook import details_of, found, general
from pipeline.intake.sealed_lines import how_else, reopening, signed_for, what_changed, where_it_stands
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Language, Register, Sealed, Severity


def take_answers(
    catalogue: Catalogue, answers: Iterable[Answer], uow: UnitOfWork, day: date, run: int, language: Language
) -> tuple[Sequence[Finding], frozenset[str]]:
    """Let *answers* take effect; return findings about those that do not fit what they answer, and the submissions of which
    something is over with them.

    An answer to what is closed by now does nothing: the same workbook may come twice. So the first of several in one batch
    counts, as it would in runs of their own.
    """
    wanted: dict[str, Answer] = {}
    for given in answers:
        wanted.setdefault(given.about, given)
    wrong: list[Finding] = []
    over: set[str] = set()
    standing = uow.findings.open() if wanted else []
    moved_on = {_cell_of(each.finding): each.number for each in standing if each.finding.rule == MOVED_ON}
    for each in standing:
        answer = wanted.get(identity(each.finding)[:TOKEN_SIGNS])
        if answer is None:
            continue
        if each.finding.rule not in TO_CHOOSE and answer.choice is not Choice.NOTED:
            wrong.append(found("answer.no_conflict", **answer.place))
            continue
        if each.finding.rule in TO_CHOOSE and answer.choice is Choice.MINE:
            if not answer.saw(each.finding):
                wrong.append(_asked_anew(each.finding))
                continue
            late = _take_mine(catalogue, each.finding, uow, day, run, language)
            if late is not None:
                wrong.append(late)
                continue
        over.add(each.finding.submission)
        if each.finding.rule in TO_CHOOSE:
            told = moved_on.get(_cell_of(each.finding))
            uow.findings.close([each.number, *([told] if told else [])], day, run)
        else:
            uow.findings.note([each.number], day, run)
    return wrong, frozenset(over)


def _signed(
    register: Register, state: RecordState, field: str, uow: UnitOfWork
) -> tuple[Sealed | None, RecordState | None]:
    """Return by what the value of *field* is fixed, and the record that has signed for it; (None, None) where nothing does."""
    for sealed in register.seals:
        if field in sealed.fixed and (
            signed := signed_for(sealed, state.values, partial(uow.records.find, sealed.register))
        ):
            return sealed, signed
    return None, None


def _cell_of(finding: Finding) -> tuple[str, str, str]:
    return finding.form, finding.key, finding.field


def _asked_anew(finding: Finding) -> Finding:
    """Return what is told beside the conflict *finding* when it was answered over a value that its author was shown then,
    and that the register holds no more.
    """
    now = (("now", dict(finding.details)["now"]),)
    return replace(finding, rule=MOVED_ON, severity=general(MOVED_ON).severity, details=now)


def _take_mine(
    catalogue: Catalogue, finding: Finding, uow: UnitOfWork, day: date, run: int, language: Language
) -> Finding | None:
    """Enter the value that waited, as its author said it, at the cell in which it stood; what was signed for it is to be
    signed again. Return what is to be told where that cannot be any more, and nothing is entered.
    """
    register = catalogue.register_of(finding.form)
    state = uow.records.find(register.code, finding.key)
    if state is None:
        return None
    sealed, signed = _signed(register, state, finding.field, uow)
    if sealed and signed and signed.state in sealed.final:
        how = how_else(catalogue, register, sealed, state, partial(uow.records.find, sealed.register))
        stands = where_it_stands(catalogue.register(sealed.register), signed)
        told = details_of({"signed": signed.key, "stands": stands, "how": how})
        return replace(finding, rule="seal.final", severity=Severity.ERROR, details=told)
    details = dict(finding.details)
    values: dict[str, Any] = {finding.field: json.loads(details[SAID])}
    after = {code: value for code, value in {**state.values, **values}.items() if value is not None}
    values |= derived_changes(register, state.values, after)
    event = EventFactory(register.code, day, run).by_row(
        finding.key,
        state,
        values,
        form=finding.form,
        cells={finding.field: finding.cell},
        submission=finding.submission,
        file=finding.file,
        sheet=finding.sheet,
        actor=details[SAID_BY],
        number=uow.events.last_number() + 1,
    )
    uow.events.add([event])
    uow.records.put([changed := apply(state, event)])
    if sealed and signed:
        of = catalogue.register(sealed.register)
        standing = changed if of is register else signed
        changes = what_changed(register, sealed, state, changed, language)
        again = reopening(of, sealed, standing, changes, EventFactory(of.code, day, run), language)
        again = replace(again, number=event.number + 1)
        uow.events.add([again])
        uow.records.put([apply(standing, again)])
    return None
