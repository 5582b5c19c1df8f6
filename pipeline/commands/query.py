"""Questions that change nothing: is this sheet right, where does the office stand, what happened to this record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pipeline.domain.due import OverdueRule
from pipeline.domain.finding import Finding
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.errors import NoLedgerError
from pipeline.intake.roster import read_roster
from pipeline.outside.ledger import UnitOfWork, open_ledger
from pipeline.outside.ledger.offices import OfficeStatus, standings
from pipeline.outside.ledger.postgres import on_server
from pipeline.outside.workers.pool import read_all
from pipeline.publish.record_history import chosen, record_history
from pipeline.read.read_file import read_file
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force, known_forms
from pipeline.settings.clock import judged_at, now_in_office
from pipeline.validate.check_actions import check_sheets
from schemas.language import Language, Register, Severity
from schemas.language.context import Context


def check(paths: Sequence[Path], settings: Settings, *, today: date | None = None) -> list[dict[str, str]]:
    """Return what is wrong with the sheets at *paths*, as plain objects: file, sheet, cell, field, value, rule,
    severity, message, fix. Nothing is written; when there is a ledger its roster is known.
    """
    catalogue = in_force(settings)
    day = today or _today(settings)
    files = [(str(path), content := path.read_bytes(), hashlib.sha256(content).hexdigest()) for path in paths]
    roster = _roster(settings, day)
    context = Context(today=day, areas=frozenset(roster.areas), people=frozenset(roster.people), county=settings.county)
    readings = list(read_all(files, known_forms(catalogue, settings.passwords), read_file, settings.readers))
    found: list[Finding] = [finding for reading in readings for finding in reading.findings]
    for form in catalogue.forms:
        extracts = [each for reading in readings for each in reading.extracts if each.form == form.code]
        if extracts:
            found += check_sheets(catalogue.register_of(form.code), form, extracts, context).findings
    rulebook = Rulebook(catalogue)
    return [_plain(finding, rulebook, settings.language) for finding in found]


def _plain(finding: Finding, rulebook: Rulebook, language: Language) -> dict[str, str]:
    wording = rulebook.word(finding, language)
    return {
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "value": finding.value,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": wording.sentence,
        "fix": wording.fix,
    }


def status(settings: Settings, *, today: date | None = None, clock: time | None = None) -> dict[str, Any]:
    """Return where the office stands: the last run, records by state, what is overdue on the day *today* at *clock*, what
    waits to be mended.

    Raise LedgerError when nothing was ever run.
    """
    now = judged_at(now_in_office(settings), today, clock)
    with _uow(settings) as uow:
        last = uow.runs.last()
        findings = Counter(each.finding.severity for each in uow.findings.open())
        registers = [
            _register_status(uow, register, now, settings.language) for register in in_force(settings).registers
        ]
    return {
        "run": last[0] if last else 0,
        "day": last[1].isoformat() if last else "",
        "registers": registers,
        "findings": {severity.value: findings[severity] for severity in (Severity.ERROR, Severity.WARNING)},
    }


def status_of_all(settings: Settings, *, today: date | None = None) -> dict[str, Any]:
    """Return where every office stands that shares the ledger on a server, each as ``status`` does with its ``office``
    code, and the sums over all. An office on a file of its own is all there is.

    Raise LedgerError when the server cannot be reached.
    """
    if not on_server(settings.ledger):
        return _sums([{"office": settings.office_code, **status(settings, today=today)}])
    registers = in_force(settings).registers
    now = judged_at(now_in_office(settings), today)
    rules = {register.code: OverdueRule.of(register, now) for register in registers}
    return _sums([_office_status(each, registers, settings.language) for each in standings(settings.ledger, rules)])


def _office_status(standing: OfficeStatus, registers: Sequence[Register], language: Language) -> dict[str, Any]:
    return {
        "office": standing.code,
        "run": standing.run,
        "day": standing.day.isoformat() if standing.day else "",
        "registers": [
            {
                "register": register.code,
                "title": register.title.to(language),
                "records": sum(count for (code, _), count in standing.states.items() if code == register.code),
                "states": {
                    state.words.to(language): standing.states.get((register.code, state.code), 0)
                    for state in register.states
                },
                "overdue": standing.overdue.get(register.code, 0),
            }
            for register in registers
        ],
        "findings": {
            severity.value: standing.findings.get(severity, 0) for severity in (Severity.ERROR, Severity.WARNING)
        },
    }


def _sums(offices: Sequence[dict[str, Any]]) -> dict[str, Any]:
    alike = zip(*(each["registers"] for each in offices), strict=True)
    return {
        "offices": list(offices),
        "registers": [
            {
                **same[0],
                "records": sum(each["records"] for each in same),
                "states": {name: sum(each["states"][name] for each in same) for name in same[0]["states"]},
                "overdue": sum(each["overdue"] for each in same),
            }
            for same in alike
        ],
        "findings": {
            severity.value: sum(each["findings"][severity.value] for each in offices)
            for severity in (Severity.ERROR, Severity.WARNING)
        },
    }


def _register_status(uow: UnitOfWork, register: Register, now: datetime, language: Language) -> dict[str, Any]:
    counts = uow.records.of_register(register.code).count("state", overdue=OverdueRule.of(register, now))
    states = Counter({state: count.records for state, count in counts.items()})
    return {
        "register": register.code,
        "title": register.title.to(language),
        "records": states.total(),
        "states": {state.words.to(language): states[state.code] for state in register.states},
        "overdue": sum(count.late for count in counts.values()),
    }


def history(settings: Settings, key: str, *, field: str = "") -> list[dict[str, Any]]:
    """Return the life of the record *key*, oldest first, one object a value: when, by which run, what, before, after,
    where it stood, in which file of which hash, and by which run it was taken back. *field* keeps only the field, or the
    column of the master, of that code or label, in either language.
    """
    catalogue = in_force(settings)
    with _uow(settings) as uow:
        roster = read_roster(catalogue, uow, _today(settings))
        lines = []
        for register in catalogue.registers:
            events = uow.events.find(register=register.code, key=key, undone=True)
            lines += chosen(record_history(register, events, roster, settings.language), field, register)
    return lines


def _uow(settings: Settings) -> Any:
    return open_ledger(settings.ledger, create=False).transaction()


def _roster(settings: Settings, day: date) -> Roster:
    try:
        with _uow(settings) as uow:
            return read_roster(in_force(settings), uow, day)
    except NoLedgerError:
        return Roster(day)


def _today(settings: Settings) -> date:
    return now_in_office(settings).date()
