"""What a register may declare beyond forms and stages: numbers that the program gives, records that follow from others,
samples, references, what is watched, what is counted. All functions are pure, of what stands in the registers on a day.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeAlias

from schemas.language.field import Field, Kind, Option, Rule, Severity, Values
from schemas.language.identifier import identifier
from schemas.language.parameters import Parameter as Parameter  # noqa: PLC0414 - declarations take it from here
from schemas.language.parameters import Settable, SetValue, declared_number
from schemas.language.words import Localized


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as declarations see it."""

    key: str
    values: Values
    """Stored values by field code: str, int, float, ISO day or moment, option code; a blank is absent."""
    state: str = ""
    owner: str = ""
    """Staff number of who has it, "" when nobody."""
    area: str = ""
    since: date | None = None
    """First day in ``state``."""
    due: date | None = None

    def get(self, code: str, otherwise: Any = None) -> Any:
        """Return the value of field *code*."""
        return self.values.get(code, otherwise)


class RegisterView(Protocol):
    """The registers as they stand: a register's own and those that it ``looks_at``."""

    def __getitem__(self, register: str) -> Mapping[str, RecordView]:
        """Return the records of *register* by key; none for a register that is not in force."""

    def holding(self, register: str, code: str, value: object) -> Sequence[RecordView]:
        """Return the records of *register* that hold *value* in field *code*; none for a blank.

        For what is asked of record after record: each would else go through the whole other register.
        """

    def column(self, register: str, code: str) -> Mapping[str, str]:
        """Return as text what each record of *register* holds in field *code* by its key, "" for a blank.

        For what is asked of a register that may be large: its records are not fetched.
        """

    def parameter(self, code: str, on: str = "") -> float:
        """Return a number that the office may have set (``Procedure.parameters``), as it holds today, or held on the stored
        day or moment *on*.
        """

    def chosen(self, code: str, on: str = "") -> str:
        """Return the option, by its code, that the office may have chosen, as ``parameter`` does a number."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A field computed from the others whenever they change, in the order of ``Register.derived``."""

    field: Field
    compute: Callable[[Values], Any] = lambda values: None
    look: Callable[[Values, RegisterView, date], Any] | None = None
    """Instead of ``compute`` where other records have to be known (``Register.looks_at``) or the day: judged once a run
    for every record that is not closed. Returns a stored value, or None for a blank.
    """
    set_by: Callable[[SetValue], Callable[[Values], Any]] | None = None
    """Returns ``compute`` for the values that the office has set, where it hangs on parameters."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """How the program makes the key of a row that bears none.

    ``pattern`` is a ``str.format`` template over the row's values by field code, ``year`` (four digits), ``yy``,
    ``month`` (two digits each), ``serial`` and ``prefix``; year and month are of the field ``day``, else of the run's day.
    With a serial, a row is the record whose ``same`` fields all are equal, or a new one; the serial restarts whenever the
    rest changes. Without one the key is composed, and the fields in it have to be required.
    A record that is ``over``, or void, is not led on by a list: a row that names a later day in ``again`` than was ever
    said of it (a void one: says anything else) is a record of its own.
    """

    pattern: str
    same: tuple[str, ...] = ()
    day: str = ""
    prefix: Callable[[Values], str] | None = None
    over: tuple[str, ...] = ()
    """States in which what is named again later is another matter: given up, refused."""
    again: str = ""
    """The field, a day or moment, that tells of another time."""

    @property
    def serial(self) -> bool:
        """Whether the key is a running number; otherwise it is composed of the row's values."""
        return "{serial" in self.pattern


@dataclass(frozen=True, slots=True)
class CreatedRecord:
    """A record that the program opens, or keeps as it should be, in the register that declares it.

    Its key is kept as one that is typed on a paper, so that a paper may name it.
    """

    key: str
    values: Values
    state: str = ""
    """The state in which it begins; "" is where the register's opening stage leads."""
    why: Localized | None = None
    """Told in its history."""

    def __post_init__(self) -> None:
        """Write the key as all keys are."""
        object.__setattr__(self, "key", identifier(self.key))


@dataclass(frozen=True, slots=True)
class CreatesRecords:
    """Records that follow from others: ``find`` returns every one that should stand on a day.

    One that is not there is opened. One that is there is left as it is, or, with ``follows``, gets the values that ``find``
    says as long as it is not closed, nor ``settled`` (a computed register: tiers). *find* should return nothing where the registers that
    it looks into first are empty: an office that does not use a procedure must not pay for it.
    """

    find: Callable[[RegisterView, date], Iterable[CreatedRecord]]
    follows: bool = False
    settled: tuple[str, ...] = ()
    """States in which a record stays as it was done, whatever becomes of what it followed from."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample, drawn when a record enters ``state``: ``field`` (options ``YES``, ``NO``) says whether it is in it.

    ``shares`` gives the percentage by value of the field ``by``, ``rest`` that of all others. Who is drawn hangs on the
    record's key alone, so that it can be repeated; of each value at least its share has been drawn at any time.
    """

    field: Field
    state: str
    by: str
    shares: tuple[tuple[str, Settable], ...]
    rest: Settable = 0

    def share(self, value: object) -> float:
        """Return the percentage for records whose field ``by`` holds *value*."""
        return declared_number(dict(self.shares).get(str(value), self.rest))


YES = Option("yes", Localized("是", "Yes"), ("√", "有", "Y"))
NO = Option("no", Localized("否", "No"), ("×", "无", "没有", "N"))

DAY_OFF = Option("day_off", Localized("放假", "Day off"), ("休息", "休", "节假日"))
WORKED_DAY = Option("worked_day", Localized("补班", "Worked"), ("上班", "调休上班", "调班", "补休上班"))
"""What an office says of single days (``FieldRole.DAY_KIND``)."""


@dataclass(frozen=True, slots=True)
class Refers:
    """A field that holds the key of a record of another register: one that is not there is a finding, unless that
    register is not used.
    """

    field: str
    register: str
    states: tuple[str, ...] = ()
    """In which the other record has to be when a new one comes to point at it; none named is any."""
    always: bool = False
    """Also while that register is empty: whoever points at it must have filled it first."""
    strict: bool = False
    """A row that points at none is kept out, and not only told: nobody drives a car that is not on the list."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that a watch has found in the register that declares it. ``details`` fill the rule's sentence."""

    key: str
    field: str = ""
    value: str = ""
    role: str = ""
    """Who is told: the one holder of this role, else whoever manages the register."""
    details: Mapping[str, str | Localized] = dataclasses.field(default_factory=dict)
    person: str = ""
    """Who is told instead, by name or number, as a field names him; where he is nobody in force, nobody is, unless ``role`` says
    who else. The same may be told to several, each in a line of his own.
    """


WatchFunction = Callable[[RegisterView, date], Iterable[Seen]]
Chosen = Callable[[RecordView], bool]
"""Which records are meant."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule over whole registers, judged anew in every run: what it finds is open as long as it finds it."""

    rule: Rule
    look: WatchFunction
    asks: bool = True
    """Whether something is to be done about it; what is only told goes to nobody's manager when it is left open."""
    of_due: tuple[str, ...] = ()
    """Codes of the fields by which steps are due (``Stage.due_by``) of which it tells that they were taken late."""


def warning(
    code: str, says: Localized, fix: Localized, look: WatchFunction, *, asks: bool = True, of_due: tuple[str, ...] = ()
) -> Watch:
    """Return the watch that warns of what *look* finds."""
    return Watch(Rule(code, Severity.WARNING, says, fix), look, asks, of_due)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a statistic."""

    label: Localized
    kind: Kind = Kind.INTEGER
    percent: bool = False
    """A share between 0 and 1, shown as a percentage."""


def rate(zh: str, en: str) -> Measure:
    """Return the column of a share."""
    return Measure(Localized(zh, en), Kind.NUMBER, percent=True)


FigureCell: TypeAlias = str | int | float | Localized | None
FigureRows: TypeAlias = Sequence[Sequence[FigureCell]]


@dataclass(frozen=True, slots=True)
class Statistic:
    """A table with a native chart: ``rows`` returns what each holds, a name first, then a value a measure (None: no
    answer). Names may be ``Localized``. No rows: the table is left out.
    """

    code: str
    title: Localized
    group: Localized
    """What the first column holds."""
    measures: tuple[Measure, ...]
    rows: Callable[[RegisterView, date], FigureRows]
    chart: bool = True
    on_page: bool = True
    """Also on the office's page, which names no record: not where the rows are customers."""
    with_ended: bool = False
    """Whether records count that were ended with a reason (``schemas.language.ending``), as where that is a column."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A table of lower bounds, each inclusive, the highest first: ``((5_000_000, "diamond"), ...)``."""

    bounds: tuple[tuple[float, str], ...]

    def of(self, amount: float, scale: float = 1.0) -> str:
        """Return the code of *amount*, "" below the lowest bound; all bounds are multiplied by *scale*."""
        return next((code for bound, code in self.bounds if amount >= bound * scale), "")

    def next_above(self, amount: float, scale: float = 1.0) -> tuple[float, str] | None:
        """Return the nearest bound above *amount* with its code, None at the top."""
        return next(((bound * scale, code) for bound, code in reversed(self.bounds) if amount < bound * scale), None)


def quantile_codes(amounts: Mapping[str, float], codes: Sequence[str]) -> dict[str, str]:
    """Return a code of *codes* (best first) by key, as many keys a code as can be; equal amounts get the better code."""
    ordered = sorted(amounts, key=lambda key: (-amounts[key], key))
    found: dict[str, str] = {}
    for at, key in enumerate(ordered):
        same = at and amounts[ordered[at - 1]] == amounts[key]
        found[key] = found[ordered[at - 1]] if same else codes[at * len(codes) // len(ordered)]
    return found


def drawn(keys: Collection[str], percent: float, salt: str) -> list[str]:
    """Return at least *percent* of *keys*, at random but the same ones for the same *salt*, in order."""
    count = math.ceil(len(keys) * percent / 100)
    return sorted(sorted(keys, key=lambda key: lot(key, salt))[:count])


def lot(key: str, salt: str) -> int:
    """Return a number between 0 and 2**64 that hangs on *key* and *salt* alone."""
    return int.from_bytes(hashlib.sha256(f"{salt}\0{key}".encode()).digest()[:8])


def month_of(day: object) -> str:
    """Return the month ("2026-11") of a stored day or moment, or of a date; "" for a blank."""
    return (day.isoformat() if isinstance(day, date) else str(day or ""))[:7]


def months_back(today: date, count: int) -> list[str]:
    """Return the last *count* months up to that of *today*, the oldest first."""
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(count)]
    return [f"{year:04d}-{month + 1:02d}" for year, month in reversed(months)]


def by_month(records: Iterable[RecordView], code: str, today: date, count: int = 12) -> dict[str, list[RecordView]]:
    """Return the *records* of the last *count* months by month of the day in field *code*; months without any left out."""
    months: dict[str, list[RecordView]] = {month: [] for month in months_back(today, count)}
    for each in records:
        months.get(month_of(each.get(code)), []).append(each)
    return {month: those for month, those in months.items() if those}


def share(part: float, whole: float) -> float | None:
    """Return *part* of *whole*, None where there is no whole."""
    return part / whole if whole else None


def share_with(
    records: Iterable[RecordView], code: str, *values: str, missed: Callable[[RecordView], bool] = lambda record: False
) -> float | None:
    """Return the share of those *records* that hold one of *values* in field *code*, of all where it is filled or was *missed*:
    what was never done was not done in time.
    """
    asked = [each for each in records if each.get(code) or missed(each)]
    return share(sum(each.get(code) in values for each in asked), len(asked))


def mean(numbers: Iterable[float | None]) -> float | None:
    """Return the mean of those *numbers* that are there, None where there is none."""
    there = [number for number in numbers if number is not None]
    return sum(there) / len(there) if there else None
