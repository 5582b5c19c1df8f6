"""The office on one day: everything that rendering needs, and nothing that it must fetch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time

from pipeline.domain.balance import Balance
from pipeline.domain.customizations import Additions
from pipeline.domain.data_quality import Portfolio
from pipeline.domain.decision import Decision
from pipeline.domain.due import OverdueRule
from pipeline.domain.finding import OpenFinding
from pipeline.domain.mail import Undelivered
from pipeline.domain.notice import WorkNotice
from pipeline.domain.outlooks import Ahead
from pipeline.domain.partition import PartitionRange
from pipeline.domain.pending import Pending
from pipeline.domain.position import Position
from pipeline.domain.receipt import Receipt
from pipeline.domain.record import FieldChange, RecordState
from pipeline.domain.record_set import RecordSet
from pipeline.domain.refused_row import RefusedRow
from pipeline.domain.replaced_value import ReplacedValue
from pipeline.domain.roster import Roster
from pipeline.domain.submission import Submission
from pipeline.domain.trends import Trends
from schemas.language import Catalogue, Language, Procedure, Register
from schemas.language.work import FigureRows


@dataclass(frozen=True, slots=True)
class Office:
    """A snapshot after a run.

    ``entries`` gives each register's records by key in key order, as they are asked for; ``changes`` those of the last 90 days, newest first.
    """

    name: str
    today: date
    language: Language
    catalogue: Catalogue
    roster: Roster
    run: int = 0
    entries: Mapping[str, RecordSet] = field(default_factory=dict)
    findings: Sequence[OpenFinding] = ()
    changes: Sequence[FieldChange] = ()
    archived: Mapping[str, str] = field(default_factory=dict)
    """Where the originals that findings point at lie, below the outbox, by submission."""

    lately: Sequence[Submission] = ()
    """Files of the last days in which rows were left out as no data, newest first."""
    kept: Mapping[str, Sequence[Portfolio]] = field(default_factory=dict)
    """By staff number, "" for nobody's: the records that each looks after (``domain.care``)."""
    elapsed: Mapping[date, int] = field(default_factory=dict)
    """Working days after a day, up to today, for the days that findings were opened and records fell due on."""
    unknown_holidays: int = 0
    """The first year that is asked for and of which the holidays are not known, 0 when all are."""
    balance: Balance | None = None
    """What came in against what became of it; None where nobody asked."""
    pending: Sequence[Pending] = ()
    """Changes whose day is yet to come, the earliest first."""
    clock: time = time.min
    """The time of the run: deadlines in hours are told by it."""
    position: Position = field(default_factory=Position)
    """How the books stood: the master carries it, so that an edited one is understood."""
    trends: Trends = field(default_factory=Trends)
    """The last weeks, for trends."""
    additions: Additions = field(default_factory=Additions)
    """What staff added to the master."""
    replaced: Mapping[str, Sequence[ReplacedValue]] = field(default_factory=dict)
    """By staff number, "" for the clerk: what they had said and others have replaced in the last days."""
    decided: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    """By staff number: what others have decided on their business in the last days."""
    notices: Mapping[str, Sequence[WorkNotice]] = field(default_factory=dict)
    """By staff number, "" for the clerk: what happened to their work in the last days without their doing."""
    came_today: Set[tuple[str, str]] = frozenset()
    """Records, by register and key, that came to whoever has them today though they waited before."""
    receipts: Mapping[str, Sequence[Receipt]] = field(default_factory=dict)
    """By staff number, "" for the clerk: what became of each file that was handed in for this run."""
    undelivered: Undelivered = field(default_factory=Undelivered)
    """The mails of earlier runs that have not arrived."""
    refused: Mapping[tuple[str, str], RefusedRow] = field(default_factory=dict)
    """By register and key: rows that were kept out and stand, as they were filled, on the worklist of who has the record."""
    ahead: Mapping[str, Sequence[Ahead]] = field(default_factory=dict)
    """By staff number: what the running period still asks for."""
    figures: Mapping[str, FigureRows] = field(default_factory=dict)
    """The rows of the declared statistics, by code."""
    procedures: tuple[Procedure, ...] = field(init=False)
    """Those that the office uses: with a record; before the first one, what is shown to newcomers. That comes first, too."""
    overdue_rules: Mapping[str, OverdueRule] = field(init=False)
    """What tells overdue records at the moment of the run, by register."""
    waiting: Mapping[tuple[str, str], Mapping[str, Sequence[RecordState]]] = field(init=False)
    """What waits for a stage, by register and state, then by owner: each record once, so that many people's duties cost
    one pass.
    """

    def __post_init__(self) -> None:
        """Sort the records that wait by where, and for whom; find out which procedures are used."""
        of_work = [each for each in self.catalogue.procedures if not each.roster]
        used = [each for each in of_work if any(self.entries.get(register.code) for register in each.registers)]
        found = used or [each for each in of_work if each.introduces] or of_work
        object.__setattr__(self, "procedures", tuple(sorted(found, key=lambda each: not each.introduces)))
        now = datetime.combine(self.today, self.clock)
        rules = {register.code: OverdueRule.of(register, now) for register in self.catalogue.registers}
        object.__setattr__(self, "overdue_rules", rules)
        waiting: dict[tuple[str, str], dict[str, list[RecordState]]] = defaultdict(lambda: defaultdict(list))
        for code, held in self.entries.items():
            for entry in held.standing_in(self.register(code).waited_in):
                waiting[code, entry.state][entry.owner].append(entry)
        object.__setattr__(self, "waiting", {at: dict(owners) for at, owners in waiting.items()})

    def overdue(self, entry: RecordState) -> bool:
        """Tell whether the deadline of *entry* is past (``domain.due``)."""
        return self.overdue_rules[entry.register].is_overdue(entry)

    def late_in(self, register: Register, extent: PartitionRange | None = None) -> int:
        """Return how many records of *register*, with *extent* those of it, are overdue."""
        waiting = (self.waiting.get((register.code, state), {}) for state in register.waited_in)
        return sum(
            self.overdue(entry)
            for owners in waiting
            for held in owners.values()
            for entry in held
            if extent is None or extent.holds(entry)
        )

    def named_moment(self, entry: RecordState) -> datetime | None:
        """Return the moment by which the stage that *entry* waits for has to be done; None where only a day is named."""
        return self.overdue_rules[entry.register].named_moment(entry)

    def register(self, code: str) -> Register:
        """Return the declared register."""
        return self.catalogue.register(code)

    @property
    def on_worklists(self) -> frozenset[int]:
        """The numbers of the findings that are told, and mended, on the rows of worklists: no return tells of them."""
        return frozenset(each.number for row in self.refused.values() for each in row.findings)

    def working_days_since(self, day: date) -> int:
        """Return how many working days lie after *day* up to today; days of the calendar where nobody has counted."""
        return self.elapsed.get(day, (self.today - day).days)

    def person_name(self, number: str) -> str:
        """Return the name of staff *number*, or the number itself when nobody has it."""
        person = self.roster.everyone.get(number)
        return person.name if person else number
