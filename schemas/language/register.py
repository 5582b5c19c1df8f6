"""What a register, a procedure and the catalogue of all of them are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field

from schemas.language.definitions import HandedDefinitions
from schemas.language.duplicates import DuplicateRule, Pairs, Renewal, Transfer
from schemas.language.field import Field, FieldRole, Form, Option, StoredValues
from schemas.language.flow import LedAnew, Stage, State
from schemas.language.outlook import Outlook
from schemas.language.recurring import Recurring
from schemas.language.sealing import Sealed
from schemas.language.words import NO_TEXT, Localized
from schemas.language.work import CreatesRecords, Derived, Draw, Numbered, Parameter, Refers, Statistic, Watch

_WHO = (FieldRole.ACTOR, FieldRole.SUBMITTER)


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
    title: Localized
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataQuality:
    """Who looks after a register's records whatever their stage, and what is looked at."""

    role: str
    """The role whose person of the record's area it is."""
    expires_within: int = 0
    """Records whose ``FieldRole.EXPIRES`` is past or at most so many days ahead are listed; 0 is none."""
    wanted: tuple[str, ...] = ()
    """Fields that a complete record has; one with ``required_when`` is wanted only where that holds."""


@dataclass(frozen=True, slots=True)
class Register:
    """The merged records of one kind, by key. ``forms`` feed it, the first one opens a record."""

    code: str
    title: Localized
    forms: tuple[Form, ...]
    states: tuple[State, ...] = ()
    stages: tuple[Stage, ...] = ()
    derived: tuple[Derived, ...] = ()
    running: tuple[Running, ...] = ()
    handovers: tuple[Handover, ...] = ()
    count_by: tuple[str, ...] = ()
    """Fields by which the statistics count."""
    renewal: Renewal | None = None
    transfer: Transfer | None = None
    duplicate_rule: DuplicateRule | None = None
    care: DataQuality | None = None
    manager: str = ""
    """The role that watches over it and hears what is late or stuck, beside those of the program's own stages."""
    pairs: Pairs | None = None
    """Set for a register of suspected pairs, which the program keeps."""
    definitions: HandedDefinitions | None = None
    """Set for the register of drawn procedures that are handed in."""
    kept: bool = False
    """The program keeps it (``opens``): no sheet opens its records, nor changes what opened them."""
    numbered: Numbered | None = None
    """How a row without a key gets one; the key is declared ``given``."""
    looks_at: tuple[str, ...] = ()
    """Codes of the other registers that the functions below and derived fields look into; one that is not in force is
    empty.
    """
    opens: tuple[CreatesRecords, ...] = ()
    recurs: tuple[Recurring, ...] = ()
    """Duties that the program opens again and again, by the calendar."""
    draws: tuple[Draw, ...] = ()
    led_anew: LedAnew | None = None
    refers: tuple[Refers, ...] = ()
    named_by: tuple[str, ...] = ()
    """Fields by which, beside the key, people name one of its records where other forms ask for it (``Field.names``)."""
    sealed: Sealed | None = None
    """Its records are lines that a record of another register signs for, or have their own approval."""
    also_sealed: tuple[Sealed, ...] = ()
    """What further approvals of its own fix: each what was written for it."""
    called: str = ""
    """Code of the field by which people call its records, where that is another than the title: whose leave it is."""
    told: tuple[str, ...] = ()
    """Fields by which others go (whose it is, by when): whoever watches over the register reads of each change, also of one
    that is its author's own.
    """
    told_to: tuple[str, ...] = ()
    """Codes of fields that name people who read of such a change, too: who is to come to a meeting."""
    told_new: tuple[str, ...] = ()
    """Fields of each new record that whoever watches over the register, and whom ``told_to`` names, reads, once, as it comes: a
    report of the day; of a register that the program opens (``kept``), as the step comes that ends the record with one of them.
    """
    watches: tuple[Watch, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    fields: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    """Every field that a record may hold, once: of its forms in their order, then those that the program fills."""
    _by_code: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _waiting: Mapping[str, Stage] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index fields and stages once: they are looked up for every row."""
        if self.pairs is not None:
            object.__setattr__(self, "kept", True)
        found: dict[str, Field] = {}
        actions = {stage.form for stage in self.stages if stage.ad_hoc}
        for form in self.forms:
            for each in form.fields if form.code not in actions else ():
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
    def only_shown(self) -> bool:
        """Whether what its base form holds is read or kept by the program: people are shown it, and change nothing of it."""
        return self.kept or self.definitions is not None

    @property
    def lies_somewhere(self) -> bool:
        """Whether its records belong to areas, which say who has to do with them."""
        return any(field.means in (FieldRole.AREA, FieldRole.ADDRESS) for field in self.base)

    @property
    def computed(self) -> tuple[Field, ...]:
        """The fields that the program fills and no form asks."""
        linked = (self.renewal.previous, self.renewal.following) if self.renewal else ()
        dated = (self.transfer.day,) if self.transfer else ()
        closed = (self.pairs.outcome,) if self.pairs else ()
        given = (*(each.field for each in self.derived), *(each.field for each in self.running))
        given += tuple(each.field for each in self.draws)
        given += (self.led_anew.field,) if self.led_anew else ()
        given += (self.sealed.counted_in,) if self.sealed and self.sealed.counted_in else ()
        return (*given, *linked, *dated, *closed)

    @property
    def seals(self) -> tuple[Sealed, ...]:
        """All that signatures fix of its records, the earliest first."""
        return (*((self.sealed,) if self.sealed else ()), *self.also_sealed)

    @property
    def gone_by(self) -> Set[str]:
        """The fields of whose every change those are told who go by it: those that are ``told``, what a stage's deadline, or
        an answer of one, is held against, and what a step that is past may still put right (``Stage.open_in``).
        """
        still_open = {stage.form for stage in self.stages if stage.open_in}
        return {
            *self.told,
            *(each.code for form in self.forms if form.code in still_open for each in form if each.means not in _WHO),
            *(stage.due_by for stage in self.stages if stage.due_by),
            *(each.other for stage in self.stages for each in stage.against if each.other != each.field),
        }

    def says_whose(self, field: Field) -> bool:
        """Tell whether *field*, in which a sheet names who has filled it, rather says whose the record is: others go by it (``told``),
        and it bars him from no step. Whoever brings such a sheet may list what is others'.
        """
        return field.means is FieldRole.SUBMITTER and field.code in self.told and self.barring(field.code) is None

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

    def meaning(self, means: FieldRole) -> Field | None:
        """Return the field the machinery uses as *means*, or None."""
        if self.called and means is FieldRole.TITLE:
            return self.field(self.called)
        return next((each for each in self.fields if each.means is means), None)

    def state(self, code: str) -> State | None:
        """Return the state with *code*, or None."""
        return next((state for state in self.states if state.code == code), None)

    def stage_of(self, form: str) -> Stage | None:
        """Return the stage that *form* is filled for, or None."""
        return next((stage for stage in self.stages if stage.form == form), None)

    @property
    def ending_stage(self) -> Stage | None:
        """The stage that ends a record for good; None where there is none."""
        return next((stage for stage in self.stages if stage.ends), None)

    def form_of(self, code: str) -> Form | None:
        """Return the form with *code*, or None."""
        return next((form for form in self.forms if form.code == code), None)

    def barring(self, code: str) -> Stage | None:
        """Return the stage that whoever is named in field *code* may not do, or None."""
        return next((stage for stage in self.stages if code in stage.not_by), None)

    def waiting_for(self, state: str) -> Stage | None:
        """Return the stage that a record in *state* waits for, or None when nothing is left to do."""
        return self._waiting.get(state)

    def is_called_to(self, state: str, reason: str, values: StoredValues) -> bool:
        """Tell whether a record in *state*, for *reason*, is there because somebody was called (``Transition.calls``), and was not sent
        back. Where both lead there, what it holds says whose the reason is: a step's that calls, as it was answered.
        """
        ways = [(stage, way) for stage in self.stages for way in stage.transitions if way.back and way.to == state]
        if all(way.calls for _, way in ways):
            return bool(ways)
        return any(
            each.means is FieldRole.REASON and values.get(each.code) == reason
            for stage, way in ways
            if way.calls and all(values.get(code) in those for code, those in way.when)
            for form in self.forms
            if form.code == stage.form
            for each in form
        )

    @property
    def in_hand(self) -> Collection[str]:
        """The states in which somebody is to have a record: not where the program itself leads it on (``Stage.waits``)."""
        return {state for state, stage in self._waiting.items() if not stage.waits}

    @property
    def waited_in(self) -> Collection[str]:
        """The states in which a record waits for a stage."""
        return self._waiting.keys()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure carried out by manual: registers with their forms, stages and states."""

    code: str
    title: Localized
    registers: tuple[Register, ...]
    number: str = ""
    """The manual's own number."""
    about: Localized = NO_TEXT
    """What it is for, in a sentence."""
    roles: tuple[Option, ...] = ()
    """The roles that the roster offers while this procedure is in force."""
    parameters: tuple[Parameter, ...] = ()
    """Numbers that an office may set."""
    goes_on_in: tuple[str, ...] = ()
    """Codes of procedures that are in force with it: what its answers hand on would go nowhere without them."""
    introduces: bool = False
    """What ``pipeline demo`` plays without ``--all``."""
    of_definitions: bool = False
    """It is in force where the office has a folder for procedures of its own, whatever the settings name."""
    roster: bool = False
    """Its registers are the people and areas by which work is assigned, and what names mean; read before all others."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything declared: what the program can do today."""

    procedures: tuple[Procedure, ...] = ()
    registers: tuple[Register, ...] = field(init=False, repr=False, compare=False)
    """All registers, those of the roster first."""
    forms: tuple[Form, ...] = field(init=False, repr=False, compare=False)
    """All forms in the order in which a run takes them."""
    _registers: Mapping[str, Register] = field(init=False, repr=False, compare=False)
    _forms: Mapping[str, tuple[Form, Register, Procedure]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index registers and forms by code: they are asked for once a record."""
        ordered = sorted(self.procedures, key=lambda procedure: not procedure.roster)
        registers = tuple(register for procedure in ordered for register in procedure.registers)
        object.__setattr__(self, "registers", registers)
        object.__setattr__(self, "forms", tuple(form for register in registers for form in register.forms))
        object.__setattr__(self, "_registers", {register.code: register for register in reversed(registers)})
        homes = [(form, register, each) for each in ordered for register in each.registers for form in register.forms]
        object.__setattr__(self, "_forms", {home[0].code: home for home in reversed(homes)})

    @property
    def handed_in(self) -> tuple[Form, ...]:
        """The forms that people fill: all but those that the program fills in a register of its own."""
        kept = {register.base.code for register in self.registers if register.only_shown}
        return tuple(form for form in self.forms if form.code not in kept)

    @property
    def roster(self) -> Procedure:
        """The procedure that keeps people and areas."""
        return next(procedure for procedure in self.procedures if procedure.roster)

    @property
    def role_words(self) -> Mapping[str, Localized]:
        """What each role is called, by its code."""
        return {role.code: role.words for procedure in self.procedures for role in procedure.roles}

    @property
    def definitions(self) -> Register | None:
        """The register of drawn procedures that are handed in; None where the office has no folder for them."""
        return next((each for each in self.registers if each.definitions is not None), None)

    @property
    def names(self) -> Register | None:
        """The register of what labels and answers mean as the office has said; None where nothing is remembered."""
        registers = (each for procedure in self.procedures if procedure.roster for each in procedure.registers)
        return next((each for each in registers if each.meaning(FieldRole.NAME_WRITTEN)), None)

    def form(self, code: str) -> Form:
        """Return the form with *code*; KeyError when there is none."""
        return self._forms[code][0]

    def register(self, code: str) -> Register:
        """Return the register with *code*; KeyError when there is none."""
        return self._registers[code]

    def procedure_of(self, form: str) -> Procedure:
        """Return the procedure that has *form*; KeyError when there is none."""
        return self._forms[form][2]

    def register_of(self, form: str) -> Register:
        """Return the register that *form* feeds; KeyError when there is none."""
        return self._forms[form][1]

    def register_fed_by(self, form: str) -> Register | None:
        """Return the register that *form* feeds; None where there is no such form in force, or a finding names none."""
        return self._forms[form][1] if form in self._forms else None
