"""The pandera model of a form that is declared without code (``PlainModel``): made of its fields, their bounds and the order of its days."""

from __future__ import annotations

import operator
import re
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from schemas.language import checks
from schemas.language.field import Bound, Field, FieldBound, Kind, Order, PlainModel, RowOrder
from schemas.language.model import Date, Declared, FormModel, Number, Test, Text, WholeNumber, field, row_rule

_COLUMNS: Mapping[Kind, Declared] = {Kind.DATE: Date, Kind.INTEGER: WholeNumber, Kind.NUMBER: Number}
_DAY = len("2026-11-02")
_HOLDS: Mapping[Order, Callable[[Any, Any], bool]] = {
    Order.AFTER: operator.gt,
    Order.NOT_BEFORE: operator.ge,
    Order.BEFORE: operator.lt,
    Order.NOT_AFTER: operator.le,
}
_SIGNS = {"#": "[0-9]", "@": "[A-Za-z]", "?": "."}
"""What stands for any digit, any letter, anything, in a pattern."""


def made_of(model: PlainModel) -> type[FormModel]:
    """Return the form model of *model*. pandera reaches its columns by number, so that no code can hide a method of its own."""
    bounds: dict[str, list[FieldBound]] = defaultdict(list)
    for bound in model.bounds:
        bounds[bound.field].append(bound)
    columns = {f"column_{at}": each for at, each in enumerate(model.fields)}
    body: dict[str, Any] = {
        "__module__": __name__,
        "__annotations__": {name: _COLUMNS.get(each.kind, Text) for name, each in columns.items()},
        **{name: _column(each, bounds[each.code]) for name, each in columns.items()},
        **{f"order_{at}": row_rule(each.rule, at=each.field)(_in_order(each)) for at, each in enumerate(model.orders)},
    }
    made: type[FormModel] = types.new_class("PlainForm", (FormModel,), exec_body=lambda space: space.update(body))
    return made


def plain_tests() -> dict[str, Test]:
    """Return the named tests that a form may ask for without code, by the code of each rule, in the order in which they judge."""
    every = (
        checks.not_future(),
        checks.not_expired(),
        checks.phone_number(),
        checks.email(),
        checks.area_code(),
        *checks.resident_id(),
        *checks.credit_code(),
    )
    return {test.rule.code: test for test in every}


def _column(each: Field, bounds: Iterable[FieldBound]) -> Declared:
    named, given = plain_tests(), {bound.bound: bound for bound in bounds}
    tests = [named[rule.code] for rule in each.rules if rule.code in named]
    if pattern := given.get(Bound.PATTERN):
        (rule,) = (rule for rule in each.rules if rule.code == pattern.rule)
        expression = _expression(str(pattern.value))
        tests.append(Test(rule, lambda column: column.str.fullmatch(expression)))
    limits: dict[str, Declared] = {
        bound.value: float(given[bound].value) for bound in (Bound.LEAST, Bound.MOST) if bound in given
    }
    lengths = {
        name: int(given[bound].value)
        for bound, name in ((Bound.SHORTEST, "min_value"), (Bound.LONGEST, "max_value"))
        if bound in given
    }
    if lengths:
        limits["str_length"] = {"min_value": None, "max_value": None, **lengths}
    return field(
        each.label.zh,
        each.label.en,
        kind=each.kind,
        key=each.key,
        required=each.required,
        options=each.options,
        given=each.given,
        tests=tests,
        alias=each.code,
        **limits,
    )


def _expression(pattern: str) -> str:
    return "".join(_SIGNS.get(sign) or re.escape(sign) for sign in pattern)


def _in_order(order: RowOrder) -> Callable[..., Any]:
    """Days are held against days; where only one of the two names an hour, the days count."""
    holds = _HOLDS[order.order]

    def judge(cls: type, frame: Any) -> Any:
        verdict = frame[order.field].notna()
        pairs = zip(_plain(frame[order.field]), _plain(frame[order.other]), strict=True)
        verdict[:] = [one is None or two is None or holds(*_of_one_length(one, two)) for one, two in pairs]
        return verdict

    return judge


def _plain(column: Any) -> list[Any]:
    """Return the cells of *column*, days as they are stored."""
    dated = column.dtype.kind == "M"
    cells = zip(column, column.isna(), strict=True)
    return [None if blank else value.isoformat()[:_DAY] if dated else value for value, blank in cells]


def _of_one_length(one: Any, two: Any) -> tuple[Any, Any]:
    if not (isinstance(one, str) and isinstance(two, str)):
        return one, two
    length = min(len(one), len(two))
    return one[:length], two[:length]
