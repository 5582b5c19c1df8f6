"""Which way a record goes: conditions over what it holds, the role of a stage, the move out of one."""

from __future__ import annotations

import re

from schemas.language import Language, Localized, Register, Stage, StoredValues, Transition

Conditions = tuple[tuple[str, tuple[str, ...]], ...]


def holds(conditions: Conditions, values: StoredValues) -> bool:
    """Tell whether each named field of *values* holds one of the values that stand with it."""
    return all(values.get(code) in allowed for code, allowed in conditions)


def role_for(stage: Stage, values: StoredValues) -> str:
    """Return the role that does *stage* for a record holding *values*."""
    return next((route.role for route in stage.routes if holds(route.when, values)), stage.role)


def way_on(stage: Stage, values: StoredValues) -> Transition | None:
    """Return the move by which the program leads a record on from *stage* by itself; None while none holds."""
    transitions = (transition for transition in stage.transitions if transition.by_itself or not stage.form)
    return next((transition for transition in transitions if holds(transition.known, values)), None)


def with_values(why: Localized, register: Register, values: StoredValues) -> Localized:
    """Return *why* with what a record holds in place of each ``{field}``: a sum that does not fit is named."""

    def said(language: Language) -> str:
        def value(found: re.Match[str]) -> str:
            field, held = register.get(found[1]), values.get(found[1])
            return found[0] if field is None else "" if held is None else field.text(held, language)

        return re.sub(r"\{(\w+)\}", value, why.to(language))

    return Localized(said("zh"), said("en")) if "{" in why.zh else why
