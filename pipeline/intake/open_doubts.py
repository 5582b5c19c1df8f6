"""Of which fields a warning is open: what a step said there may be amended by its own row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from functools import cache

from pipeline.outside.ledger import UnitOfWork
from schemas.language import Severity

Doubted = Callable[[str, str], Set[str]]
"""Form and key of a record → its fields of which a warning is open."""


def open_doubts(uow: UnitOfWork) -> Doubted:
    """Return what tells the fields of a record of which a sheet of a form has left an open warning. What is open is read
    once, and only when somebody asks: few rows come twice.
    """

    @cache
    def known() -> Mapping[tuple[str, str], Set[str]]:
        fields: dict[tuple[str, str], set[str]] = defaultdict(set)
        for each in uow.findings.open():
            one = each.finding
            if one.severity is Severity.WARNING and one.field and one.key:
                fields[one.form, one.key].add(one.field)
        return fields

    return lambda form, key: known().get((form, key), frozenset())
