"""The bridge between pandera and the plain values of ``schemas.language``: declare a form as a pandera model, read it off.

A declaration names each field once::

    class Complaint(FormModel, form=form("complaint", "投诉登记表", "Complaint")):
        case_no: Text = field("投诉编号", "Case No", kind=Kind.CODE, key=True)
        grade: Text = field("等级", "Grade", options=[Option("minor", Words("一般", "Minor"))])

Labels, aliases, options, help and meaning come from ``field()``; types and checks are pandera's own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, ClassVar, Literal, TypeAlias

import pandas as pd
import pandera.pandas as pa
from pandera.api.dataframe.model_components import FieldInfo
from pandera.typing import Series

from schemas.language.field import Field, FieldRole, Form, Kind, Layout, Option, Rule, Span
from schemas.language.guarding import guard_rule
from schemas.language.words import Localized

for _missed, _by in (("dask.dataframe", "pandera.typing.dask"), ("hypothesis", "pandera.strategies.base_strategies")):
    # where they are installed, pandera loads them: a third of a second for frames and strategies that nobody here has
    if _missed not in sys.modules:
        sys.modules[_missed] = None  # type: ignore[assignment]
        import_module(_by)
        del sys.modules[_missed]

Text = Series[str]
Date = Series[pd.Timestamp]
WholeNumber = Series[pd.Int64Dtype]
Number = Series[float]

Column: TypeAlias = "pd.Series[Any]"
"""A column as a check sees it, whatever it holds."""
Declared: TypeAlias = Any
"""What stands in a model's body for a column's type, or goes to pandera as one of its keywords: it names no type for it."""

_FIELD = "field"


@dataclass(frozen=True, slots=True)
class Test:
    """A check of one column: *holds* takes the column without its blanks and answers a Series of bool."""

    rule: Rule
    holds: Callable[[Column], pd.Series[bool]]

    __test__ = False  # not a test class to pytest


class FormModel(pa.DataFrameModel):
    """Base of every form. Columns that a sheet lacks, and columns of other forms, are no error here.

    A class that names no *form* of its own has that of its base; a base that only holds fields in common names none.
    """

    _form: ClassVar[Form | None] = None  # to pandera, what begins with _ is no column

    class Config:
        """Cells are converted before; pandera only judges."""

        coerce = False
        strict = False

    def __init_subclass__(cls, *, form: Form | None = None, **more: Declared) -> None:
        """Take the class keyword ``form``."""
        if form is not None:
            cls._form = form
        super().__init_subclass__(**more)  # type: ignore[no-untyped-call]


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
    example: str = "",
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
    the key is *given* by the program. With *more_options* procedures add to the options (``Procedure.roles``).
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
        example=example or (options[0].words.zh if options else ""),
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
    info = pa.Field(nullable=not spec.required, metadata={_FIELD: spec}, **checks)
    info.checks = [*info.checks, *map(_check, tests)]
    return info


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
    """Declare a rule over whole rows that points at the field *at*.

    pandera blames every column when a whole row fails, so the rule itself carries its field: ``code@field``.
    """
    name = f"{rule.code}@{at}"

    def declare(check: Callable[..., Any]) -> Any:
        judged = guard_rule(name, check, _none_holds, _verdict)
        judged.__dict__["rule"] = rule
        return pa.dataframe_check(error=name, name=name)(judged)

    return declare


def _check(test: Test) -> pa.Check:
    holds = guard_rule(test.rule.code, test.holds, _none_holds, _verdict)
    return pa.Check(holds, error=test.rule.code, name=test.rule.code)


def _none_holds(*given: Any) -> pd.Series[bool]:
    """What cannot be judged is not let through."""
    return pd.Series(False, index=given[-1].index)


def _verdict(found: Any) -> Any:
    if not (isinstance(found, pd.Series) and pd.api.types.is_bool_dtype(found)):
        raise TypeError(
            f"a rule answers with a Series of bool, not with {getattr(found, 'dtype', type(found).__name__)}"
        )
    return found


def describe(model: type[FormModel]) -> Form:
    """Read the plain values off a form model: the one place where pandera's and ours meet.

    The schema itself is not made: a run needs those of the few forms whose sheets have come, and all of them cost
    more than all else that it starts with.
    """
    fields = tuple(replace(spec, code=name) for name, spec in _fields(model).items())
    rules = tuple(check.__dict__["rule"] for check in _functions(model) if "rule" in check.__dict__)
    if model._form is None:
        raise TypeError(f"{model.__qualname__} names no form: class {model.__name__}(FormModel, form=form(...))")
    return replace(model._form, fields=fields, rules=rules, model=f"{model.__module__}:{model.__qualname__}")


def _fields(model: type[FormModel]) -> dict[str, Field]:
    """Return the declared fields by name, those of a base first."""
    return {
        name: info.metadata[_FIELD]
        for owner in reversed(model.__mro__)
        for name, info in vars(owner).items()
        if isinstance(info, FieldInfo) and info.metadata and _FIELD in info.metadata
    }


def _functions(model: type[FormModel]) -> Iterable[Any]:
    for owner in model.__mro__:
        for member in vars(owner).values():
            function = getattr(member, "__func__", member)
            if callable(function) and hasattr(function, "__dict__"):
                yield function
