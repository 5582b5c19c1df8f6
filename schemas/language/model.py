"""How a form is declared: a class whose body names each field once.

::

    class Complaint(FormModel, form=form("complaint", "投诉登记表", "Complaint")):
        case_no: Text = field("投诉编号", "Case No", kind=Kind.CODE, key=True)
        grade: Text = field("等级", "Grade", options=[Option("minor", Words("一般", "Minor"))])

Labels, aliases, options, help and meaning come from ``field()``; types and checks are those of the pandera model that
``pandera_model`` makes of the class when the first sheet of the form has come. Until then neither pandas nor pandera is loaded:
most runs, and all questions, need no more of a form than its plain values (``describe``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from schemas.language.field import Field, FieldRole, Form, Kind, Layout, Option, Rule, Span
from schemas.language.words import Localized

if TYPE_CHECKING:
    import pandas as pd


class Text:
    """A column of texts."""


class Date:
    """A column of days."""


class WholeNumber:
    """A column of whole numbers."""


class Number:
    """A column of numbers."""


Column: TypeAlias = "pd.Series[Any]"
"""A column as a check sees it, whatever it holds."""
Verdict: TypeAlias = "pd.Series[bool]"
"""What a check answers: for each value whether it holds."""
Frame: TypeAlias = "pd.DataFrame"
"""The rows of a form as a rule over rows sees them."""
Declared: TypeAlias = Any
"""What stands in a model's body for a column's type, or goes to pandera as one of its keywords: it names no type for it."""

KEYWORDS = frozenset(
    ("eq", "ne", "gt", "ge", "lt", "le", "in_range", "isin", "notin", "str_contains", "str_endswith", "str_length", "str_matches", "str_startswith",
     "unique", "ignore_na", "alias", "raise_warning", "n_failure_cases")
)  # fmt: skip
"""The keywords of ``pandera.Field`` that ``field`` hands on."""


@dataclass(frozen=True, slots=True)
class Test:
    """A check of one column: *holds* takes the column without its blanks and answers a Series of bool."""

    rule: Rule
    holds: Callable[[Column], Verdict]

    __test__ = False  # not a test class to pytest


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """One field of a form's class: what it is, and how pandera is to judge its column."""

    spec: Field
    tests: Sequence[Test]
    checks: Mapping[str, Declared]


@dataclass(frozen=True, slots=True)
class DeclaredRule:
    """A rule over whole rows of a form's class, which points at the field *at*."""

    rule: Rule
    at: str
    holds: Callable[..., Any]

    @property
    def name(self) -> str:
        """What pandera calls it: it blames every column when a whole row fails, so the rule carries its field."""
        return f"{self.rule.code}@{self.at}"


class FormModel:
    """Base of every form. Columns that a sheet lacks, and columns of other forms, are no error here.

    A class that names no *form* of its own has that of its base; a base that only holds fields in common names none.
    """

    _form: ClassVar[Form | None] = None

    def __init_subclass__(cls, *, form: Form | None = None) -> None:
        """Take the class keyword ``form``."""
        if form is not None:
            cls._form = form
        super().__init_subclass__()


def field(
    zh: str,
    en: str,
    *,
    kind: Kind | None = None,
    aliases: Sequence[str] = (),
    key: bool = False,
    required: bool = False,
    required_when: Mapping[str, Sequence[str]] | None = None,
    options: Sequence[Option] = (),
    more_options: bool = False,
    span: tuple[Sequence[str], Literal[0, 1]] | None = None,
    example: str | None = "",
    help: Localized = Localized("", ""),
    means: FieldRole | None = None,
    serves: str = "",
    private: bool = False,
    given: bool = False,
    once: bool = False,
    head: bool = False,
    counted: bool = False,
    goes_to: Sequence[str] = (),
    names: str = "",
    tests: Sequence[Test] = (),
    **checks: Declared,
) -> Declared:
    """Declare one field: what its cell is called, what it holds, how it is judged.

    *tests* are named checks (``schemas.language.checks``), each with its own rule; *checks* are pandera's own keywords
    (``ge=1, le=30``). A blank key or required cell is an error, unless the record stands in the register already, or
    the key is *given* by the program. *example* is the first of the options unless given; None is for what the example row leaves blank. With *more_options* procedures add to the options (``Procedure.roles``).
    """
    spec = Field(
        code="",
        label=Localized(zh, en),
        kind=kind or (Kind.CHOICE if options else Kind.TEXT),
        aliases=tuple(aliases),
        key=key,
        required=(required or key) and not given,
        required_when=tuple((name, tuple(values)) for name, values in (required_when or {}).items()),
        options=tuple(options),
        span=Span(tuple(span[0]), span[1]) if span else None,
        example="" if example is None else example or (options[0].words.zh if options else ""),
        help=help,
        means=means,
        serves=serves,
        private=private,
        given=given,
        once=once or head,
        head=head,
        counted=counted,
        goes_to=tuple(goes_to),
        names=names,
        rules=tuple(test.rule for test in tests),
    )
    if options and not more_options:
        checks.setdefault("isin", [option.code for option in options])
    for name in checks.keys() - KEYWORDS:
        from difflib import get_close_matches  # asked for by a mistake alone

        near = get_close_matches(name, KEYWORDS, 1)
        raise TypeError(f"field() has no keyword {name}" + (f"; did you mean {near[0]}?" if near else ""))
    return DeclaredField(spec, tuple(tests), checks)


def form(
    code: str,
    zh: str,
    en: str,
    *,
    number: str = "",
    titles: Sequence[str] = (),
    layouts: Iterable[Layout] = (Layout.LIST, Layout.CARD),
    about: Sequence[str] = (),
) -> Form:
    """Return what a sheet is called and *about*, for the class keyword ``form``; its model knows the rest (``describe``)."""
    return Form(
        code=code,
        title=Localized(zh, en),
        fields=(),
        model="",
        number=number,
        titles=tuple(titles),
        layouts=tuple(layouts),
        about=tuple(about),
    )


def row_rule(rule: Rule, at: str) -> Callable[[Callable[..., Any]], Any]:
    """Declare a rule over whole rows that points at the field *at*."""

    def declare(check: Callable[..., Any]) -> Any:
        return DeclaredRule(rule, at, check)

    return declare


def describe(model: type[FormModel]) -> Form:
    """Read the plain values off a form's class."""
    fields = tuple(replace(declared.spec, code=name) for name, declared in declared_fields(model).items())
    if model._form is None:
        raise TypeError(f"{model.__qualname__} names no form: class {model.__name__}(FormModel, form=form(...))")
    rules = tuple(declared.rule for _, declared in declared_rules(model))
    return replace(model._form, fields=fields, rules=rules, model=f"{model.__module__}:{model.__qualname__}")


def declared_fields(model: type[FormModel]) -> dict[str, DeclaredField]:
    """Return the fields of *model* by name, those of a base first."""
    return {
        name: member
        for owner in reversed(model.__mro__)
        for name, member in vars(owner).items()
        if isinstance(member, DeclaredField)
    }


def declared_rules(model: type[FormModel]) -> Iterator[tuple[str, DeclaredRule]]:
    """Yield the rules over rows of *model* by name, its own first."""
    for owner in model.__mro__:
        yield from ((name, member) for name, member in vars(owner).items() if isinstance(member, DeclaredRule))
