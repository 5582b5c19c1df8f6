"""pandera's judgement, once over all rows of a form: single columns first, then whole rows."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from pipeline.validate.cell_findings import CellFindings
from pipeline.validate.stack import Stack
from schemas.language import Field, Kind, Localized, PlainModel, Rule, Severity
from schemas.language.context import Context, judging
from schemas.language.guarding import FORM, GuardedPart, attempt, has_failed, judging_form
from schemas.language.pandera_model import schema_of
from schemas.language.plain_model import made_of

_AT_LEAST = Localized("不小于 {0}", "at least {0}")
_AT_MOST = Localized("不大于 {0}", "at most {0}")
_BETWEEN = Localized("在 {0} 到 {1} 之间", "{0} to {1}")
_EXACTLY = Localized("为 {0}", "{0}")

# pandera's own checks by the name it gives them
_CHOICES = {"isin", "notin", "equal_to", "not_equal_to"}
_RANGES: dict[str, tuple[Localized, *tuple[str, ...]]] = {
    "greater_than_or_equal_to": (_AT_LEAST, "min_value"),
    "less_than_or_equal_to": (_AT_MOST, "max_value"),
    "greater_than": (Localized("大于 {0}", "above {0}"), "min_value"),
    "less_than": (Localized("小于 {0}", "below {0}"), "max_value"),
    "in_range": (_BETWEEN, "min_value", "max_value"),
}


def check_columns(stack: Stack, context: Context, findings: CellFindings) -> None:
    """Add a finding for each cell that a check of its column or a rule over its row refuses."""
    if not len(stack):
        return
    with judging(context), judging_form(stack.form.code):
        errors = attempt(
            GuardedPart(FORM, stack.form.title, form=stack.form.code), _failures, stack, otherwise=_unknown
        )
        unjudged = [error for error in errors or () if has_failed(str(error.check.error))]
    if errors is None:
        _refuse(stack, range(len(stack)), stack.form.key, findings)
        return
    for error in unjudged:
        code, _, at = str(error.check.error).partition("@")
        _refuse(stack, _rows(error), stack.form.field(at or error.schema.name), findings)
    judged = [error for error in errors if error not in unjudged]
    of_columns = [error for error in judged if error.schema.name in stack.columns]
    of_rows = [error for error in judged if error.schema.name not in stack.columns]
    for error in of_columns:
        field = stack.form.field(error.schema.name)
        rule = _own_rule(field, error.check)
        code, details = ("", {}) if rule else _general(error.check)
        for row in _rows(error):
            if rule is None:
                findings.add(row, field, code, **details)
            elif not _is_old_doubt(stack, row, field, rule):
                findings.add_own(row, field, rule)
    # a row rule speaks last: a date that is wrong by itself is not also in the wrong order
    for error in of_rows:
        code, _, at = str(error.check.error).partition("@")
        rule = next(rule for rule in stack.form.rules if rule.code == code)
        field = stack.form.field(at)
        for row in _rows(error):
            if not stack.locate(row)[
                0
            ].single:  # a cell by itself is no row: ``check_changed_rows`` judges it with the rest
                findings.add_own(row, field, rule, whole_row=True)


def _unknown(_: Stack) -> None:
    """What pandera cannot judge at all."""


def _refuse(stack: Stack, rows: Iterable[int], field: Field, findings: CellFindings) -> None:
    """Keep *rows* out that could not be judged: nothing enters unchecked."""
    for row in rows:
        findings.add(row, field, "row.unchecked")


@cache
def pandera_schema(model: str | PlainModel) -> pa.DataFrameSchema:
    """Return the schema of ``package.module:Class``, or the one that is made of plain values. Blanks are judged elsewhere:
    whether one is wrong hangs on the row.

    Raise what pandera raises of a model that it cannot understand.
    """
    if isinstance(model, PlainModel):
        declared: Any = made_of(model)
    else:
        module, _, name = model.partition(":")
        declared = getattr(importlib.import_module(module), name)
    schema = schema_of(declared)
    return schema.update_columns({column: {"nullable": True} for column in schema.columns})


def _frame(stack: Stack) -> pd.DataFrame:
    return pd.DataFrame({field.code: _series(field, stack.columns[field.code].values) for field in stack.form})


def _series(field: Field, values: list[Any]) -> pd.Series[Any]:
    match field.kind:
        case Kind.DATE:
            return pd.Series(np.array(values, dtype="datetime64[D]").astype("datetime64[ns]"))
        case Kind.INTEGER:
            return pd.Series(values, dtype="Int64")
        case Kind.NUMBER:
            return pd.Series(values, dtype="float64")
        case _:
            return pd.Series(values, dtype="str")


def _failures(stack: Stack) -> list[SchemaError]:
    try:
        pandera_schema(stack.form.model).validate(_frame(stack), lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
                raise  # a check that breaks or a wrong type is the declaration's fault: no cell can be blamed
        return list(errors.schema_errors)
    return []


def _rows(error: SchemaError) -> Iterator[int]:
    passed = error.check_output
    return (int(row) for row in passed.index[~passed.to_numpy(dtype=bool, na_value=True)])


def _is_old_doubt(stack: Stack, row: int, field: Field, rule: Rule) -> bool:
    """Tell whether the program itself wrote the doubtful key: it was told of when the record was opened."""
    return field.key and rule.severity is Severity.WARNING and stack.locate(row)[0].prefilled


def _own_rule(field: Field, check: Any) -> Rule | None:
    return next((rule for rule in field.rules if rule.code == check.name), None)


def _general(check: Any) -> tuple[str, Mapping[str, Any]]:
    """Return the general rule for one of pandera's own checks, and what its sentence says."""
    given = check.statistics or {}
    if check.name in _CHOICES:
        return "value.choice", {}
    if check.name in _RANGES:
        words, *ends = _RANGES[check.name]
        return "value.range", {"bounds": _fill(words, *(given[end] for end in ends))}
    if check.name == "str_length":
        return "value.length", {"bounds": _length(given)}
    return "value.refused", {"check": str(check.error or check.name)}


def _length(given: Mapping[str, Any]) -> Localized:
    least, most = given.get("min_value"), given.get("max_value")
    if given.get("exact_value") is not None:
        return _fill(_EXACTLY, given["exact_value"])
    if least is None or most is None:
        return _fill(_AT_MOST, most) if least is None else _fill(_AT_LEAST, least)
    return _fill(_BETWEEN, least, most)


def _fill(words: Localized, *bounds: object) -> Localized:
    return Localized(words.zh.format(*bounds), words.en.format(*bounds))
