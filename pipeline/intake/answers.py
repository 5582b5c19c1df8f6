"""What people answer to findings takes effect: a finding is closed, a conflict settled by one of its two values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from pipeline.domain.answer import TO_CHOOSE, Answer, Choice, token_of
from pipeline.domain.entering import derived_changes
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import SAID_BY, Finding, OpenFinding
from pipeline.domain.record import RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.rulebook import found
from pipeline.intake.sealed_lines import reopening, signed_for, what_changed
from pipeline.merge.three_way import SAID
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Language, Severity


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
        wanted.setdefault(given.token, given)
    wrong: list[Finding] = []
    over: set[str] = set()
    for each in uow.findings.open() if wanted else ():
        answer = wanted.get(token_of(each.finding))
        if answer is None:
            continue
        if each.finding.rule not in TO_CHOOSE and answer.choice is not Choice.NOTED:
            about = {"submission": answer.submission, "file": answer.file, "sheet": answer.sheet, "cell": answer.cell}
            wrong.append(found("answer.no_conflict", **about))
            continue
        if each.finding.rule in TO_CHOOSE and answer.choice is Choice.MINE:
            late = _take_mine(catalogue, each.finding, uow, day, run, language)
            if late is not None:
                wrong.append(late)
                continue
        over.add(each.finding.submission)
        if each.finding.rule in TO_CHOOSE:
            uow.findings.close([each.number], day, run)
        else:
            uow.findings.note([each.number], day, run)
    return wrong, frozenset(over)


def settled_conflicts(
    catalogue: Catalogue, standing: Iterable[OpenFinding], uow: UnitOfWork, run: int
) -> frozenset[int]:
    """Return the numbers of the *standing* conflicts that ask nothing any more: the register has come to hold what was
    said, or its author has said something else that was taken in this *run*.
    """
    settled: set[int] = set()
    for each in (one for one in standing if one.finding.rule in TO_CHOOSE):
        finding, details = each.finding, dict(each.finding.details)
        register = catalogue.register_of(finding.form).code
        state = _find(uow, register, finding.key)
        now = state.values.get(finding.field) if state else None
        said_again = any(
            event.run == run and event.actor == details[SAID_BY] and finding.field in event.values
            for event in uow.events.find(register=register, key=finding.key)
        )
        if said_again or now == json.loads(details[SAID]):
            settled.add(each.number)
    return frozenset(settled)


def _take_mine(
    catalogue: Catalogue, finding: Finding, uow: UnitOfWork, day: date, run: int, language: Language
) -> Finding | None:
    """Enter the value that waited, as its author said it, at the cell in which it stood; what was signed for it is to be
    signed again. Return what is to be told where that cannot be any more, and nothing is entered.
    """
    register = catalogue.register_of(finding.form)
    state = _find(uow, register.code, finding.key)
    if state is None:
        return None
    sealed = register.sealed if register.sealed and finding.field in register.sealed.fixed else None
    signed = signed_for(sealed, state.values, partial(_find, uow, sealed.register)) if sealed else None
    if sealed and signed and signed.state in sealed.final:
        return replace(finding, rule="seal.final", severity=Severity.ERROR, details=(("signed", signed.key),))
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


def _find(uow: UnitOfWork, register: str, key: str) -> RecordState | None:
    return uow.records.get(register, keys=[key]).get(key)
