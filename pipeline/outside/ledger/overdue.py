"""When a record is overdue, in SQL: the same rule as ``domain.due``, which says it in words.

The due moment is not a column of its own: it follows from the day, and from a field that may be corrected at any time,
named by a declaration that may be changed. So it is asked for where it lies, and only of what falls due today.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, or_, select

from pipeline.domain.due import OverdueRule
from pipeline.outside.ledger import tables


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


def next_due_moment(connection: Connection, register: str, rule: OverdueRule) -> datetime | None:
    """Return the first minute, from that of *rule* to the end of its day, after which another record of *register* is
    overdue; None where the day brings none.
    """
    column, minute = tables.ENTRIES.c, rule.minute.isoformat(timespec="minutes")
    moments = [
        connection.scalar(
            select(func.min(column.held[code].as_string())).where(
                column.register == register,
                column.due == rule.now.date(),
                column.state == state,
                column.held[code].as_string() >= minute,
            )
        )
        for state, code in rule.fields.items()
    ]
    return min((datetime.fromisoformat(each[:16]) for each in moments if each), default=None)
