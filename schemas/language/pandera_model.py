"""pandera's model of a form, made of the class that declares it: the one place where pandera's and ours meet.

Every check is guarded: one that breaks is told of its form, and what it could not judge is not let through.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, get_type_hints

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.language.guarding import guard_rule
from schemas.language.model import (
    Date,
    DeclaredField,
    DeclaredRule,
    FormModel,
    Number,
    Test,
    Text,
    WholeNumber,
    declared_fields,
    declared_rules,
)

for _missed, _by in (("dask.dataframe", "pandera.typing.dask"), ("hypothesis", "pandera.strategies.base_strategies")):
    # where they are installed, pandera loads them: a third of a second for frames and strategies that nobody here has
    if _missed not in sys.modules:
        sys.modules[_missed] = None  # type: ignore[assignment]
        import_module(_by)
        del sys.modules[_missed]

_TYPES: dict[Any, Any] = {
    Text: Series[str],
    Date: Series[pd.Timestamp],
    WholeNumber: Series[pd.Int64Dtype],
    Number: Series[float],
}


def schema_of(model: type[FormModel]) -> pa.DataFrameSchema:
    """Return the schema of *model*. Raise what pandera raises of a model that it cannot understand."""
    hints = get_type_hints(model)
    fields = declared_fields(model)
    body: dict[str, Any] = {
        "__module__": model.__module__,
        "__annotations__": {name: _TYPES.get(hints[name], hints[name]) for name in fields},
        "Config": type("Config", (), {"coerce": False, "strict": False}),  # cells are converted before
        **{name: _column(declared) for name, declared in fields.items()},
    }
    for name, declared in declared_rules(model):
        body.setdefault(name, _over_rows(declared))
    made: type[pa.DataFrameModel] = type(model.__name__, (pa.DataFrameModel,), body)
    return made.to_schema()


def _column(declared: DeclaredField) -> Any:
    info = pa.Field(nullable=not declared.spec.required, **declared.checks)
    info.checks = [*info.checks, *map(_check, declared.tests)]
    return info


def _check(test: Test) -> pa.Check:
    holds = guard_rule(test.rule.code, test.holds, _none_holds, _verdict)
    return pa.Check(holds, error=test.rule.code, name=test.rule.code)


def _over_rows(declared: DeclaredRule) -> Any:
    judged = guard_rule(declared.name, declared.holds, _none_holds, _verdict)
    return pa.dataframe_check(error=declared.name, name=declared.name)(judged)


def _none_holds(*given: Any) -> pd.Series[bool]:
    """What cannot be judged is not let through."""
    return pd.Series(False, index=given[-1].index)


def _verdict(found: Any) -> Any:
    if isinstance(found, pd.Series) and found.empty:  # whatever it would hold
        return found.astype(bool)
    if not (isinstance(found, pd.Series) and pd.api.types.is_bool_dtype(found)):
        raise TypeError(
            f"a rule answers with a Series of bool, not with {getattr(found, 'dtype', type(found).__name__)}"
        )
    return found
