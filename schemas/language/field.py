"""What a form and its fields are: plain frozen values, picklable, without pandas.

A worker that only reads sheets works from these values alone and never imports pandas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from schemas.language.words import NO_TEXT, Language, Localized

Stored: TypeAlias = str | int | float | None
"""A value of a record, converted: days and moments in ISO, None for one that was taken away."""
StoredValues = Mapping[str, Stored]
"""Converted values of one record by field code; a blank is absent."""
Values = Mapping[str, Any]
"""The same for declarations, which know by its kind what each field holds."""


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


class FieldRole(StrEnum):
    """What the machinery uses a field for; it finds the field by this and never by its code."""

    TITLE = "title"  # what people call the record: shown beside the key everywhere
    ADDRESS = "address"  # tells the area when no area is written
    AREA = "area"  # names or codes the area
    SUBMITTER = "submitter"  # who filled the sheet: a column, or one cell for the whole sheet
    ACTOR = "actor"  # who did the stage
    CAME_ON = "came_on"  # when what the record is about came up: no step is done before it
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
    STAND_IN = "stand_in"  # who does somebody's work while he is away
    AWAY_FROM = "away_from"
    AWAY_TO = "away_to"
    AREA_CODE = "area_code"
    AREA_NAME = "area_name"
    AREA_ALIASES = "area_aliases"
    STARTS = "starts"  # in force from, inclusive
    ENDS = "ends"  # in force to, inclusive
    # what the office has said that a label, or an answer to a choice, means
    NAME_FORM = "name_form"  # on which form it stands
    NAME_FIELD = "name_field"  # of an answer: the field that it was written in; a label has none
    NAME_WRITTEN = "name_written"
    NAME_MEANS = "name_means"  # the field's own label, or the option's
    NAME_DROPPED = "name_dropped"  # the first day on which it holds no more
    PARAMETER_OF = "parameter_of"  # the procedure whose parameter it is
    PARAMETER = "parameter"  # which one
    PARAMETER_VALUE = "parameter_value"
    PARAMETER_FROM = "parameter_from"  # the first day of that value
    CALENDAR_DAY = "calendar_day"  # a day of which the office says whether it is worked
    DAY_KIND = "day_kind"  # DAY_OFF or WORKED_DAY


SIGNING = frozenset({FieldRole.ACTOR, FieldRole.DONE_ON})
"""Who did a stage, and when: where these alone are filled, nobody has said what was done."""
OF_THE_PAPER = SIGNING | {FieldRole.SUBMITTER}
"""Who filled a paper, and when: they tell of the paper, not of its matter; a later one does not change who was first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong. ``sentence`` and ``fix`` are ``str.format`` templates over the finding's details
    (``label``, ``value``, ``example`` and what the check adds); ``sample`` is a value that breaks the rule."""

    code: str
    severity: Severity
    sentence: Localized
    fix: Localized
    sample: str = ""
    of_none: bool = False
    """Of a required field: it tells also of a cell that only says that there is none (无)."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice. ``aliases`` are other ways in which people write it."""

    code: str
    words: Localized
    aliases: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    """Ways in which it is written as the office itself has said: nothing else is guessed from them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it that is declared: its words, then its aliases."""
        return self.words.zh, self.words.en, *self.aliases


@dataclass(frozen=True, slots=True)
class Span:
    """A second label under which one cell holds both ends of a range of dates (有效期限 ``2024-03-05至2029-03-04``)."""

    labels: tuple[str, ...]
    end: Literal[0, 1]


@dataclass(frozen=True, slots=True)
class Field:
    """One column or labelled cell of a form."""

    code: str
    label: Localized
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    key: bool = False
    required: bool = False
    required_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Required when each named field holds one of the given option codes."""
    options: tuple[Option, ...] = ()
    span: Span | None = None
    example: str = ""
    help: Localized = NO_TEXT
    means: FieldRole | None = None
    serves: str = ""
    """In a form of areas: the role whose person's number stands here."""
    private: bool = False
    """Masked in logs, pages and mails; whole only in workbooks that their reader needs."""
    given: bool = False
    """Of a key: the program gives it where the sheet does not (``Register.numbered``)."""
    once: bool = False
    """May stand once for the whole sheet, in a cell above or below the rows."""
    head: bool = False
    """Stands once above the rows of the blank sheet, which asks for it there and not in each row; it may be read ``once``."""
    counted: bool = False
    """Of a text: as a rule it holds a number, which is read as numbers are (3条), else a word that its check knows."""
    goes_to: tuple[str, ...] = ()
    """Codes of the handovers that hold this field."""
    names: str = ""
    """Of a text: the register of which it names a record, by name, key or telephone number (``Register.named_by``)."""
    rules: tuple[Rule, ...] = ()

    def option(self, code: object) -> Option | None:
        """Return the option with *code*, or None."""
        return next((option for option in self.options if option.code == code), None)

    def show(self, value: Stored, language: Language) -> Stored:
        """Return a stored *value* as a person reads it: an option's wording, a moment as it is typed, else the value itself."""
        if self.kind is Kind.MOMENT and isinstance(value, str):
            return value.replace("T", " ")
        option = self.option(value) if self.options else None
        return option.words.to(language) if option else value

    def text(self, value: Stored, language: Language) -> str:
        """Return a stored *value* as it stands in a sentence: as ``show`` says, a number without needless digits."""
        return f"{value:.15g}" if isinstance(value, float) else str(self.show(value, language))


class Bound(StrEnum):
    """What a plainly declared field may hold at the least, at the most, how long it may be, in which signs."""

    LEAST = "ge"
    MOST = "le"
    SHORTEST = "min_length"
    LONGEST = "max_length"
    PATTERN = "pattern"


class Order(StrEnum):
    """How two cells of one row stand to each other."""

    AFTER = "after"
    NOT_BEFORE = "not_before"
    BEFORE = "before"
    NOT_AFTER = "not_after"


@dataclass(frozen=True, slots=True)
class FieldBound:
    """A bound of the field with that code; ``rule`` is one of the field's own, "" for those that pandera words."""

    field: str
    bound: Bound
    value: float | str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class RowOrder:
    """The field stands so to the field ``other`` of its row; nothing is judged where either is blank."""

    field: str
    order: Order
    other: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class PlainModel:
    """All that a form without code is judged by, as plain values: its pandera model is made of them where it is needed
    (``schemas.language.plain_model``).
    """

    fields: tuple[Field, ...]
    bounds: tuple[FieldBound, ...] = ()
    orders: tuple[RowOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of sheet."""

    code: str
    title: Localized
    fields: tuple[Field, ...]
    model: str | PlainModel
    """Where its pandera model stands: ``package.module:Class``; or all that it is made of."""
    number: str = ""
    """The office's own form number, printed on the sheet."""
    titles: tuple[str, ...] = ()
    """Other titles under which offices keep this sheet."""
    layouts: tuple[Layout, ...] = (Layout.LIST, Layout.CARD)
    rules: tuple[Rule, ...] = ()
    """Rules over whole rows."""
    about: tuple[str, ...] = ()
    """Whose values stand here (concepts of ``schemas.language.vocabulary``): labels need not say it, and may."""
    foreign_labels: tuple[str, ...] = ()
    """Labels of columns that people add, of which the office has said that they are none of the form's."""
    _by_code: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _by_meaning: Mapping[FieldRole | None, Field] = field(init=False, repr=False, compare=False)
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

    def meaning(self, means: FieldRole) -> Field | None:
        """Return the field the machinery uses as *means*, or None."""
        return self._by_meaning.get(means)

    @property
    def names(self) -> tuple[str, ...]:
        """What the form may be asked for by: its code, its titles in both languages and the other ones."""
        return self.code, self.title.zh, self.title.en, *self.titles

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
