"""Columns that are out of sight: hidden for good, or folded into a group that one click opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.render.xlsx.workbook import TableColumn


def is_seen(column: TableColumn) -> bool:
    """Tell whether *column* is in sight, and on paper."""
    return not column.hidden and not column.folded


def group_of(columns: Sequence[TableColumn], at: int) -> dict[str, Any]:
    """Return how column *at* is put out of sight, or bears the sign that opens the group beside it."""
    column, following = columns[at], columns[at + 1 : at + 2]
    beside = any(each.folded for each in following)
    if column.folded or (column.hidden and beside):  # the sign of a group is never out of sight
        return {"hidden": True, "level": 1}
    if column.hidden:
        return {"hidden": True}
    return ({"level": 1} if column.opened else {}) | ({"collapsed": True} if beside else {})
