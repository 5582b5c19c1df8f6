"""What a form, field, stage and procedure are: plain frozen values, picklable, without pandas.

Declarations (``schemas/<procedure>/``) are pandera models; ``schemas.model`` reads these values off them once,
and every stage of the pipeline works from the values alone. So a worker that only reads sheets never imports pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from schemas.work import Draw, Held, Numbered, Opens, Parameter, Refers, Route, Statistic, Watch

Language = Literal["zh", "en"]
Values = Mapping[str, Any]
"""Converted values of one record by field code: str, int, float, ISO date string, or absent."""


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in both languages."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Return the wording in *language*."""
        return self.zh if language == "zh" else self.en


class Kind(StrEnum):
    """How a cell is converted and how it is written back."""

    TEXT = "text"
    CODE = "code"  # digits and letters that identify: always text, never a number
    PHONE = "phone"
    DATE = "date"  # stored as an ISO string
    MOMENT = "moment"  # day and time of day, stored as 2026-11-02T14:30; a day alone is stored as a day
    MONTH = "month"  # stored as 2026-11
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"  # stored as the option's code
    LIST = "list"  # several texts in one cell, stored joined by 、


class Severity(StrEnum):
    """What a finding does to its row."""

    ERROR = "error"  # the row stays out
    WARNING = "warning"  # the row enters, somebody should look
    REPAIR = "repair"  # the value was mended by the program, before and after are told


class Layout(StrEnum):
    """How records stand on a sheet."""

    LIST = "list"  # a header row, one record a row
    TURNED = "turned"  # a header column, one record a column
    CARD = "card"  # label and value cells, one record a block


class Means(StrEnum):
    """What the machinery uses a field for; it finds the field by this and never by its code."""

    TITLE = "title"  # what people call the record: shown beside the key everywhere
    ADDRESS = "address"  # tells the area when no area is written
    AREA = "area"  # names or codes the area
    SUBMITTER = "submitter"  # who filled the sheet: a column, or one cell for the whole sheet
    ACTOR = "actor"  # who did the stage
    DONE_ON = "done_on"  # when the stage was done
    REASON = "reason"  # why it was sent back
    EXPIRES = "expires"  # when the record lapses
    ITEM = "item"  # names, by label, the fields that a change is about
    NEW_VALUE = "new_value"  # what those fields are to hold, converted and checked as theirs
    PERSON_NO = "person_no"
    PERSON_NAME = "person_name"
    PERSON_ROLE = "person_role"
    PERSON_ROLES = "person_roles"  # further roles, by name
    PERSON_EMAIL = "person_email"
    AREA_CODE = "area_code"
    AREA_NAME = "area_name"
    AREA_ALIASES = "area_aliases"
    STARTS = "starts"  # in force from, inclusive
    ENDS = "ends"  # in force to, inclusive


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong. ``sentence`` and ``fix`` are ``str.format`` templates over the finding's details
    (``label``, ``value``, ``example`` and what the check adds); ``sample`` is a value that breaks the rule."""

    code: str
    severity: Severity
    sentence: Words
    fix: Words
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice. ``aliases`` are other ways in which people write it."""

    code: str
    words: Words
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A second label under which one cell holds both ends of a range of dates (有效期限 ``2024-03-05至2029-03-04``)."""

    labels: tuple[str, ...]
    end: Literal[0, 1]


@dataclass(frozen=True, slots=True)
class Field:
    """One column or labelled cell of a form."""

    code: str
    label: Words
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    key: bool = False
    required: bool = False
    required_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Required when each named field holds one of the given option codes."""
    options: tuple[Option, ...] = ()
    span: Span | None = None
    example: str = ""
    help: Words = Words("", "")
    means: Means | None = None
    serves: str = ""
    """In a form of areas: the role whose person's number stands here."""
    private: bool = False
    """Masked in logs, pages and mails; whole only in workbooks that their reader needs."""
    given: bool = False
    """Of a key: the program gives it where the sheet does not (``Register.numbered``)."""
    once: bool = False
    """May stand once for the whole sheet, in a cell above or below the rows."""
    goes_to: tuple[str, ...] = ()
    """Codes of the handovers that hold this field."""
    rules: tuple[Rule, ...] = ()

    def option(self, code: object) -> Option | None:
        """Return the option with *code*, or None."""
        return next((option for option in self.options if option.code == code), None)

    def show(self, value: Any, language: Language) -> Any:
        """Return a stored *value* as a person reads it: an option's wording, else the value itself."""
        option = self.option(value) if self.options else None
        return option.words.to(language) if option else value


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of sheet."""

    code: str
    title: Words
    fields: tuple[Field, ...]
    model: str
    """Where its pandera model stands: ``package.module:Class``."""
    number: str = ""
    """The office's own form number, printed on the sheet."""
    titles: tuple[str, ...] = ()
    """Other titles under which offices keep this sheet."""
    layouts: tuple[Layout, ...] = (Layout.LIST, Layout.CARD)
    rules: tuple[Rule, ...] = ()
    """Rules over whole rows."""
    _by_code: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _by_meaning: Mapping[Means | None, Field] = field(init=False, repr=False, compare=False)
    _key: Field | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the fields once: they are looked up for every row."""
        object.__setattr__(self, "_by_code", {each.code: each for each in self.fields})
        object.__setattr__(self, "_by_meaning", {each.means: each for each in reversed(self.fields)})
        object.__setattr__(self, "_key", next((each for each in self.fields if each.key), None))

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def get(self, code: str) -> Field | None:
        """Return the field with *code*, or None."""
        return self._by_code.get(code)

    def field(self, code: str) -> Field:
        """Return the field with *code*; KeyError when the form has none."""
        found = self.get(code)
        if found is None:
            raise KeyError(f"form {self.code} has no field {code}")
        return found

    def meaning(self, means: Means) -> Field | None:
        """Return the field the machinery uses as *means*, or None."""
        return self._by_meaning.get(means)

    @property
    def codes(self) -> Set[str]:
        """The codes of all fields."""
        return self._by_code.keys()

    @property
    def key(self) -> Field:
        """The field that identifies a record."""
        if self._key is None:
            raise KeyError(f"form {self.code} has no key")
        return self._key


@dataclass(frozen=True, slots=True)
class State:
    """Where a record stands between two stages."""

    code: str
    words: Words
    final: bool = False
    """Nothing is left to do."""
    closed: bool = False
    """Nothing may be changed any more; what happened before is kept."""
    paused: bool = False
    """Deadlines stand still: nothing is to do, and a later move may lead back to the state before."""


@dataclass(frozen=True, slots=True)
class Move:
    """One way out of a stage. The first whose ``when`` holds for the filled form is taken.

    ``when`` names fields of the stage's form, ``known`` fields of the record as it stood; each with the values that
    open this way. ``to`` is a state code, or "" when the step is refused: then ``why`` says so.
    """

    to: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    known: tuple[tuple[str, tuple[str, ...]], ...] = ()
    back: bool = False
    """The record is sent back: the reason is shown on the next worklist."""
    stays: bool = False
    """The record remains where it stands: only what it holds changes. ``to`` is ""."""
    resumes: bool = False
    """The record goes back to where it stood before it was paused. ``to`` is ""."""
    by_itself: bool = False
    """In a stage with a form: the program leads the record on as soon as ``known`` holds, without the form."""
    why: Words = Words("", "")


@dataclass(frozen=True, slots=True)
class Stage:
    """A form somebody fills, a role and a deadline in working days. A stage without a form is done by the program.

    A record waits in the program's own stage until one of the moves holds (their ``known``); with the first that does it
    is led on. ``role`` is then who watches over it.
    """

    code: str
    title: Words
    role: str
    form: str = ""
    state: str = ""
    """The state in which a record waits for this stage; "" when the stage begins the procedure."""
    days: int = 0
    """Deadline in working days from entering ``state``; 0 is none."""
    moves: tuple[Move, ...] = ()
    task: Words = Words("", "")
    """What the reader of a worklist is asked to do."""
    due_by: str = ""
    """Code of a field that holds the day, or the moment, by which it has to be done, instead of ``days``."""
    by_workday: int = 0
    """Due on this working day of the month after the one in the record's first ``Kind.MONTH`` field, instead of ``days``."""
    routes: tuple[Route, ...] = ()
    """The first that holds gives the role, else ``role``."""
    whom: str = ""
    """Code of a field that names the person who does it, by name or number; the role where it names nobody in force."""
    spread: bool = False
    """Where several people have the role, whoever has least to do gets it; otherwise nobody, and that is a finding."""
    strict: bool = False
    """Only somebody of the role may do it: a form filled by another one is refused."""
    not_by: tuple[str, ...] = ()
    """Codes of fields that name people who may not do it: nobody approves what is his own."""
    anytime: bool = False
    """May be taken in any state that is not closed. Its form tells of a deed: what it says is kept with the event,
    only what it changes is kept in the record.
    """

    @property
    def waits(self) -> bool:
        """Whether the program itself goes on as soon as it may: nobody has to have the record meanwhile."""
        return not self.form and bool(self.moves) and all(move.known for move in self.moves)


@dataclass(frozen=True, slots=True)
class Derived:
    """A field computed from the others whenever they change, in the order of ``Register.derived``."""

    field: Field
    compute: Callable[[Values], Any] = lambda values: None
    look: Callable[[Values, Held, date], Any] | None = None
    """Instead of ``compute`` where other records have to be known (``Register.looks_at``) or the day: judged once a run
    for every record that is not closed. Returns a stored value, or None for a blank.
    """


@dataclass(frozen=True, slots=True)
class Running:
    """A running number given when a record enters ``state``.

    ``pattern`` is a ``str.format`` template over ``year``, ``month``, ``serial`` and the record's values by field code;
    the serial restarts whenever the rest of the number changes.
    """

    field: Field
    state: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Handover:
    """A workbook for another system, ``handover/<code>.xlsx``: the records in these states, the fields that go to it."""

    code: str
    title: Words
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """How a renewed document is known: a new key, one of ``same`` equal and one of ``alike`` alike, while the older
    record is closed, has lapsed or lapses within ``days``. The records are linked, the older one goes to ``state``.
    """

    same: tuple[str, ...]
    alike: tuple[str, ...]
    days: int
    previous: Field
    """Holds the key of the older record in the newer one."""
    following: Field
    """Holds the key of the newer record in the older one."""
    state: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """How a change of owner is known: the base form comes for a known key and all of ``fields`` differ."""

    fields: tuple[str, ...]
    day: Field
    """Holds the day on which it was recorded."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Fields that tell together: two records are alike when at least ``least`` of ``fields`` are.

    Texts are alike when what tells in them nearly is the same and their digits exactly; all else has to be equal.
    """

    fields: tuple[str, ...]
    least: int
    weak: tuple[str, ...] = ()
    """Words that tell nothing in a text: 有限公司."""


@dataclass(frozen=True, slots=True)
class Twins:
    """When two records with keys of their own are suspected to be one: a field of ``alone`` equal, or a likeness."""

    alone: tuple[str, ...] = ()
    together: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A field of both records of a pair, and the fields of the pair that show it, side by side."""

    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A register that the program keeps: each record is two records of the register ``of``, suspected to be one.

    The first of ``sides`` is their key. A pair waits in ``doubtful`` for somebody's answer, which leads it to ``same``
    or to ``different``; from ``same`` it goes to ``merged`` as soon as one of the two is closed. ``gone`` are those
    that nothing speaks for any more. An answer is asked for again only when something new speaks for the pair.
    """

    of: str
    sides: tuple[Side, ...]
    evidence: str
    """The field that says what speaks for it."""
    doubtful: str
    same: str
    different: str
    merged: str
    gone: str
    outcome: Field
    """Says why the program closed it."""
    remedy: Words
    """How one of two records that are the same is closed."""


@dataclass(frozen=True, slots=True)
class Care:
    """Who looks after a register's records whatever their stage, and what is looked at."""

    role: str
    """The role whose person of the record's area it is."""
    expires_within: int = 0
    """Records whose ``Means.EXPIRES`` is past or at most so many days ahead are listed; 0 is none."""
    wanted: tuple[str, ...] = ()
    """Fields that a complete record has; one with ``required_when`` is wanted only where that holds."""


@dataclass(frozen=True, slots=True)
class Register:
    """The merged records of one kind, by key. ``forms`` feed it, the first one opens a record."""

    code: str
    title: Words
    forms: tuple[Form, ...]
    states: tuple[State, ...] = ()
    stages: tuple[Stage, ...] = ()
    derived: tuple[Derived, ...] = ()
    running: tuple[Running, ...] = ()
    handovers: tuple[Handover, ...] = ()
    count_by: tuple[str, ...] = ()
    """Fields by which the statistics count."""
    succession: Succession | None = None
    transfer: Transfer | None = None
    twins: Twins | None = None
    care: Care | None = None
    manager: str = ""
    """The role that watches over it and hears what is late or stuck, beside those of the program's own stages."""
    pairs: Pairs | None = None
    """Set for a register of suspected pairs, which the program keeps."""
    kept: bool = False
    """The program keeps it (``opens``): no sheet opens its records, nor changes what opened them."""
    numbered: Numbered | None = None
    """How a row without a key gets one; the key is declared ``given``."""
    looks_at: tuple[str, ...] = ()
    """Codes of the other registers that the functions below and derived fields look into; one that is not in force is
    empty.
    """
    opens: tuple[Opens, ...] = ()
    draws: tuple[Draw, ...] = ()
    refers: tuple[Refers, ...] = ()
    watches: tuple[Watch, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    fields: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    """Every field that a record may hold, once: of its forms in their order, then those that the program fills."""
    _by_code: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _waiting: Mapping[str, Stage] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index fields and stages once: they are looked up for every row."""
        if self.pairs is not None:
            object.__setattr__(self, "kept", True)
        found: dict[str, Field] = {}
        deeds = {stage.form for stage in self.stages if stage.anytime}
        for form in self.forms:
            for each in form.fields if form.code not in deeds else ():
                found.setdefault(each.code, each)
        for extra in self.computed:
            found.setdefault(extra.code, extra)
        object.__setattr__(self, "fields", tuple(found.values()))
        for form in self.forms:
            for each in form.fields:
                found.setdefault(each.code, each)
        object.__setattr__(self, "_by_code", found)
        object.__setattr__(self, "_waiting", {each.state: each for each in reversed(self.stages) if each.state})

    @property
    def base(self) -> Form:
        """The form that opens a record."""
        return self.forms[0]

    @property
    def lies_somewhere(self) -> bool:
        """Whether its records belong to areas, which say who has to do with them."""
        return any(field.means in (Means.AREA, Means.ADDRESS) for field in self.base)

    @property
    def computed(self) -> tuple[Field, ...]:
        """The fields that the program fills and no form asks."""
        linked = (self.succession.previous, self.succession.following) if self.succession else ()
        dated = (self.transfer.day,) if self.transfer else ()
        closed = (self.pairs.outcome,) if self.pairs else ()
        given = (*(each.field for each in self.derived), *(each.field for each in self.running))
        given += tuple(each.field for each in self.draws)
        return (*given, *linked, *dated, *closed)

    @property
    def key(self) -> Field:
        """The field that identifies a record, the same in all its forms."""
        return self.base.key

    def get(self, code: str) -> Field | None:
        """Return the field with *code*, of a record or of a deed, or None."""
        return self._by_code.get(code)

    def field(self, code: str) -> Field:
        """Return the field with *code*, of a record or of a deed; KeyError when the register has none."""
        found = self.get(code)
        if found is None:
            raise KeyError(f"register {self.code} has no field {code}")
        return found

    def meaning(self, means: Means) -> Field | None:
        """Return the field the machinery uses as *means*, or None."""
        return next((each for each in self.fields if each.means is means), None)

    def state(self, code: str) -> State | None:
        """Return the state with *code*, or None."""
        return next((state for state in self.states if state.code == code), None)

    def stage_of(self, form: str) -> Stage | None:
        """Return the stage that *form* is filled for, or None."""
        return next((stage for stage in self.stages if stage.form == form), None)

    def barring(self, code: str) -> Stage | None:
        """Return the stage that whoever is named in field *code* may not do, or None."""
        return next((stage for stage in self.stages if code in stage.not_by), None)

    def waiting_for(self, state: str) -> Stage | None:
        """Return the stage that a record in *state* waits for, or None when nothing is left to do."""
        return self._waiting.get(state)

    @property
    def waited_in(self) -> Collection[str]:
        """The states in which a record waits for a stage."""
        return self._waiting.keys()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure carried out by manual: registers with their forms, stages and states."""

    code: str
    title: Words
    registers: tuple[Register, ...]
    number: str = ""
    """The manual's own number."""
    about: Words = Words("", "")
    """What it is for, in a sentence."""
    roles: tuple[Option, ...] = ()
    """The roles that the roster offers while this procedure is in force."""
    parameters: tuple[Parameter, ...] = ()
    """Numbers that an office may set."""
    introduces: bool = False
    """What ``pipeline demo`` plays without ``--all``."""
    roster: bool = False
    """Its registers are the people and areas by which work is assigned; read before all others."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything declared: what the program can do today."""

    procedures: tuple[Procedure, ...] = ()

    @property
    def registers(self) -> tuple[Register, ...]:
        """All registers, those of the roster first."""
        ordered = sorted(self.procedures, key=lambda procedure: not procedure.roster)
        return tuple(register for procedure in ordered for register in procedure.registers)

    @property
    def forms(self) -> tuple[Form, ...]:
        """All forms in the order in which a run takes them."""
        return tuple(form for register in self.registers for form in register.forms)

    @property
    def handed_in(self) -> tuple[Form, ...]:
        """The forms that people fill: all but those that the program fills in a register of its own."""
        kept = {register.base.code for register in self.registers if register.kept}
        return tuple(form for form in self.forms if form.code not in kept)

    @property
    def roster(self) -> Procedure:
        """The procedure that keeps people and areas."""
        return next(procedure for procedure in self.procedures if procedure.roster)

    def form(self, code: str) -> Form:
        """Return the form with *code*; KeyError when there is none."""
        for form in self.forms:
            if form.code == code:
                return form
        raise KeyError(code)

    def register(self, code: str) -> Register:
        """Return the register with *code*; KeyError when there is none."""
        for register in self.registers:
            if register.code == code:
                return register
        raise KeyError(code)

    def procedure_of(self, form: str) -> Procedure:
        """Return the procedure that has *form*; KeyError when there is none."""
        for procedure in self.procedures:
            if any(each.code == form for register in procedure.registers for each in register.forms):
                return procedure
        raise KeyError(form)

    def register_of(self, form: str) -> Register:
        """Return the register that *form* feeds; KeyError when there is none."""
        for register in self.registers:
            if any(each.code == form for each in register.forms):
                return register
        raise KeyError(form)
