"""Conflicts that wait for a choice, held against the register as a run leaves it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.domain.answer import CONFLICT, SAID, TO_CHOOSE
from pipeline.domain.finding import SAID_BY, Finding, OpenFinding
from pipeline.merge.statement import last_setter
from pipeline.merge.three_way import register_side
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue


def as_it_stands(catalogue: Catalogue, finding: Finding, uow: UnitOfWork) -> Finding:
    """Return *finding* telling what the register holds by now: what a paper has said since, of the same batch or of a later
    one, is what a choice would replace. Any other finding is returned as it is.
    """
    if finding.rule not in TO_CHOOSE:
        return finding
    register, field = catalogue.register_of(finding.form), catalogue.form(finding.form).field(finding.field)
    state = uow.records.find(register.code, finding.key)
    if state is None or field.text(state.values.get(field.code, ""), "zh") == dict(finding.details)["now"]:
        return finding
    setter = last_setter(uow.events.find(register=register.code, key=finding.key), field.code)
    now = register_side(field, state, setter)
    if finding.rule != CONFLICT:
        now = {"now": now["now"]}
    return replace(finding, details=tuple((name, now.get(name, text)) for name, text in finding.details))


def moved_conflicts(catalogue: Catalogue, standing: Iterable[OpenFinding], uow: UnitOfWork) -> Iterator[OpenFinding]:
    """Yield those of the *standing* conflicts of which the register holds another value than they tell, as they stand now."""
    for each in standing:
        finding = as_it_stands(catalogue, each.finding, uow)
        if finding is not each.finding:
            yield replace(each, finding=finding)


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
        state = uow.records.find(register, finding.key)
        now = state.values.get(finding.field) if state else None
        said_again = any(
            event.run == run and event.actor == details[SAID_BY] and finding.field in event.values
            for event in uow.events.find(register=register, key=finding.key)
        )
        if said_again or now == json.loads(details[SAID]):
            settled.add(each.number)
    return frozenset(settled)
