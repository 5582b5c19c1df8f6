"""Old names of ``schemas.language``, as procedures import them that offices wrote for version 0.1: they go on running."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schemas import language
from schemas.language import (
    Catalogue,
    Field,
    Form,
    Handover,
    Kind,
    Language,
    Layout,
    Option,
    Pairs,
    Procedure,
    Route,
    Rule,
    Running,
    Severity,
    Side,
    Span,
    State,
    Transfer,
    Values,
)
from schemas.language.work import Derived

Words = language.Localized
Means = language.FieldRole
Move = language.Transition
Likeness = language.CombinedMatch
Succession = language.Renewal
Care = language.DataQuality


def _renamed(made: Callable[..., Any], **names: str) -> Callable[..., Any]:
    """Return *made* as it is called with the old names (by the new ones) of its arguments."""

    def make(*given: Any, **named: Any) -> Any:
        return made(*given, **{names.get(name, name): value for name, value in named.items()})

    return make


Stage = _renamed(language.Stage, moves="transitions", anytime="ad_hoc")
Register = _renamed(language.Register, succession="renewal", twins="duplicate_rule")
Twins = _renamed(language.DuplicateRule, alone="exact", together="combined")

__all__ = [
    "Care",
    "Catalogue",
    "Derived",
    "Field",
    "Form",
    "Handover",
    "Kind",
    "Language",
    "Layout",
    "Likeness",
    "Means",
    "Move",
    "Option",
    "Pairs",
    "Procedure",
    "Register",
    "Route",
    "Rule",
    "Running",
    "Severity",
    "Side",
    "Span",
    "Stage",
    "State",
    "Succession",
    "Transfer",
    "Twins",
    "Values",
    "Words",
]
