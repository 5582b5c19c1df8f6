"""Where the office stands, or every office that shares a ledger. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time

from pipeline.commands.reading import reading
from pipeline.domain.due import OverdueRule
from pipeline.domain.json_values import JsonObject
from pipeline.domain.mail import Undelivered
from pipeline.domain.run_summary import FindingCount
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.offices import OfficeStatus, standings
from pipeline.outside.ledger_url import on_server
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from pipeline.settings.clock import judged_at, now_in_office
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
    mails: Undelivered = field(default_factory=Undelivered)
    """Those that have not arrived."""

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        return {
            "run": self.run,
            "day": self.day.isoformat() if self.day else "",
            **_counts(self.registers, self.findings),
            "mails": self.mails.to_json(),
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
        offices = [{"office": code, **_without_mails(status)} for code, status in self.offices.items()]
        return {"offices": offices, **_counts(self.registers, self.findings)}


def _without_mails(status: Status) -> JsonObject:
    """What is counted on the server for all offices at once: their mails are each office's own."""
    return {name: value for name, value in status.to_json().items() if name != "mails"}


def _counts(registers: Sequence[RegisterCount], findings: FindingCount) -> JsonObject:
    return {"registers": [asdict(each) for each in registers], "findings": asdict(findings)}


def status(settings: Settings, *, today: date | None = None, clock: time | None = None) -> Status:
    """Return where the office stands: the last run, records by state, what is overdue on the day *today* at *clock*, what
    waits to be mended.

    Raise LedgerError when nothing was ever run.
    """
    now = judged_at(now_in_office(settings), today, clock)
    with reading(settings) as uow:
        run, ran = uow.runs.last() or (0, None)
        mails = Undelivered.of(uow.mails.undelivered(), now_in_office(settings))
        found = Counter(each.finding.severity for each in uow.findings.open())
        registers = [
            _register_count(uow, register, now, settings.language) for register in in_force(settings).registers
        ]
    return Status(run, ran, registers, FindingCount(found[Severity.ERROR], found[Severity.WARNING]), mails)


def status_of_all(settings: Settings, *, today: date | None = None) -> StatusOfAll:
    """Return where every office stands that shares the ledger on a server. An office on a file of its own is all there is.

    Raise LedgerError when the server cannot be reached.
    """
    if not on_server(settings.ledger):
        return StatusOfAll({settings.office_code: status(settings, today=today)})
    registers = in_force(settings).registers
    now = judged_at(now_in_office(settings), today)
    offices = standings(settings.ledger, {register.code: OverdueRule.of(register, now) for register in registers})
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


def _register_count(uow: UnitOfWork, register: Register, now: datetime, language: Language) -> RegisterCount:
    counts = uow.records.of_register(register.code).count("state", overdue=OverdueRule.of(register, now))
    states = Counter({state: count.records for state, count in counts.items()})
    return RegisterCount(
        register.code,
        register.title.to(language),
        states.total(),
        {state.words.to(language): states[state.code] for state in register.states},
        sum(count.late for count in counts.values()),
    )
