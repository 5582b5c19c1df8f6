"""Where the office stands, or every office that shares a ledger. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from pipeline.commands.reading import office_day, reading
from pipeline.domain.duties import overdue
from pipeline.domain.json_values import JsonObject
from pipeline.domain.run_summary import FindingCount
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.offices import OfficeStatus, standings
from pipeline.outside.ledger.postgres import on_server
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Language, Register, Severity


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """The records of one register. ``states`` counts them by the wording of their state, in the order of the states."""

    register: str
    title: str
    records: int
    states: Mapping[str, int]
    overdue: int


@dataclass(frozen=True, slots=True)
class Status:
    """Where one office stands. ``run`` is 0 and ``day`` None before its first run."""

    run: int
    day: date | None
    registers: Sequence[RegisterCount]
    findings: FindingCount
    """Those that are open."""

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        return {
            "run": self.run,
            "day": self.day.isoformat() if self.day else "",
            **_counts(self.registers, self.findings),
        }


@dataclass(frozen=True, slots=True)
class StatusOfAll:
    """Where every office stands, by its code; the code is empty for one that has none."""

    offices: Mapping[str, Status]

    @property
    def registers(self) -> list[RegisterCount]:
        """The sums over all offices."""
        alike = zip(*(each.registers for each in self.offices.values()), strict=True)
        return [
            RegisterCount(
                same[0].register,
                same[0].title,
                sum(each.records for each in same),
                {name: sum(each.states[name] for each in same) for name in same[0].states},
                sum(each.overdue for each in same),
            )
            for same in alike
        ]

    @property
    def findings(self) -> FindingCount:
        """Those that are open in all offices together."""
        found = [each.findings for each in self.offices.values()]
        return FindingCount(sum(each.error for each in found), sum(each.warning for each in found))

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        offices = [{"office": code, **status.to_json()} for code, status in self.offices.items()]
        return {"offices": offices, **_counts(self.registers, self.findings)}


def _counts(registers: Sequence[RegisterCount], findings: FindingCount) -> JsonObject:
    return {"registers": [asdict(each) for each in registers], "findings": asdict(findings)}


def status(settings: Settings, *, today: date | None = None) -> Status:
    """Return where the office stands: the last run, records by state, what is overdue, what waits to be mended.

    Raise LedgerError when nothing was ever run.
    """
    day = today or office_day(settings)
    with reading(settings) as uow:
        run, ran = uow.runs.last() or (0, None)
        found = Counter(each.finding.severity for each in uow.findings.open())
        registers = [
            _register_count(uow, register, day, settings.language) for register in in_force(settings).registers
        ]
    return Status(run, ran, registers, FindingCount(found[Severity.ERROR], found[Severity.WARNING]))


def status_of_all(settings: Settings, *, today: date | None = None) -> StatusOfAll:
    """Return where every office stands that shares the ledger on a server. An office on a file of its own is all there is.

    Raise LedgerError when the server cannot be reached.
    """
    day = today or office_day(settings)
    if not on_server(settings.ledger):
        return StatusOfAll({settings.office_code: status(settings, today=day)})
    registers = in_force(settings).registers
    offices = standings(settings.ledger, day)
    return StatusOfAll({each.code: _status_of(each, registers, settings.language) for each in offices})


def _status_of(office: OfficeStatus, registers: Sequence[Register], language: Language) -> Status:
    counted = [
        RegisterCount(
            register.code,
            register.title.to(language),
            sum(count for (code, _), count in office.states.items() if code == register.code),
            {state.words.to(language): office.states.get((register.code, state.code), 0) for state in register.states},
            office.overdue.get(register.code, 0),
        )
        for register in registers
    ]
    error, warning = (office.findings.get(severity, 0) for severity in (Severity.ERROR, Severity.WARNING))
    return Status(office.run, office.day, counted, FindingCount(error, warning))


def _register_count(uow: UnitOfWork, register: Register, day: date, language: Language) -> RegisterCount:
    records = uow.records.get(register.code).values()
    states = Counter(record.state for record in records)
    return RegisterCount(
        register.code,
        register.title.to(language),
        len(records),
        {state.words.to(language): states[state.code] for state in register.states},
        sum(1 for record in records if overdue(record, day)),
    )
