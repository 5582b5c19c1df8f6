"""When a record is overdue, in SQL: the same rule as ``domain.due``, which says it in words.

The due moment is not a column of its own: it follows from the day, and from a field that may be corrected at any time,
named by a declaration that may be changed. So it is asked for where it lies, and only of what falls due today.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, or_

from pipeline.domain.due import OverdueRule


def overdue(rule: OverdueRule, entries: FromClause) -> ColumnElement[bool]:
    """Return the condition that a row of *entries* (``tables.ENTRIES``, or its like in another schema) meets when it is
    overdue by *rule*; it is NULL where nothing is due.
    """
    column, today = entries.c, rule.now.date()
    day, minute = f"{today.isoformat()}T", rule.minute.isoformat(timespec="minutes")
    named: list[ColumnElement[Any]] = [
        and_(column.due == today, column.state == state, moment > day, moment < minute)
        for state, code in sorted(rule.fields.items())
        for moment in (column.held[code].as_string(),)
    ]
    return or_(column.due < today, *named)
