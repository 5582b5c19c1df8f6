"""What a check must know beside the cell: the day, and the codes of the areas in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from schemas.language.parameters import Parameter

OFFICE_ZONE = "Asia/Shanghai"
"""The zone of an office that has set none."""


@dataclass(frozen=True, slots=True)
class Context:
    """``areas`` and ``people`` are the codes of the roster, empty when none is known: then nothing is held against it."""

    today: date
    areas: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """What people in force are called: names and numbers; empty when none is known."""
    county: str = ""
    zone: str = OFFICE_ZONE
    """Of the office's clocks: a moment that a sheet gives in another one is told as they show it."""
    now: datetime | None = None
    """The moment of the judgement, as the office's clocks show it; None where the hour is not known."""
    parameters: Mapping[str, Mapping[str, Parameter]] = field(default_factory=dict)
    """What an office may set, by procedure and code; empty when none is known, like ``areas``."""


_CONTEXT: ContextVar[Context] = ContextVar("context")


def context() -> Context:
    """Return the context of the judgement under way; LookupError outside of one."""
    return _CONTEXT.get()


@contextmanager
def judging(value: Context) -> Iterator[None]:
    """Let the checks inside see *value*."""
    token = _CONTEXT.set(value)
    try:
        yield
    finally:
        _CONTEXT.reset(token)
