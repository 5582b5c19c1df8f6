"""Which columns of a page stay open: those that an A4 page holds, the ones that people look for first.

The rest is folded beside them, one click away, and is not printed. What somebody has opened, hidden or added himself
stays as he wants it.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.render.xlsx.measure import LOOKED_AT, narrow_widths
from pipeline.render.xlsx.paper import A4_HOLDS, fitting, points
from pipeline.render.xlsx.workbook import Table, TableColumn
from schemas.language import Field, FieldRole, Kind, Register

_ALWAYS = 0
_NEVER = 9
_STANDING = {
    "@state": _ALWAYS,
    "@owner": _ALWAYS,
    "@due": _ALWAYS,
    "@lateness": 1,
    "@sent_back_why": 1,
    "@area": 4,
    "@since": 6,
    "@why": 6,
    "@source": 7,
    "@notes": _NEVER,
}
"""Of what the program says of a record: the lower, the sooner it is looked for."""
_ADDRESS, _PHONE, _FIELD, _PRIVATE, _BLANK = 2, 3, 5, 8, 8


def folded(table: Table, register: Register) -> Table:
    """Return the *table* of *register* with those columns folded that its page on paper has no room for."""
    widths = [points(width) for width in narrow_widths(table)]
    ranks = [_rank(table, at, register) for at in range(len(table.columns))]
    theirs = [not column.shows for column in table.columns]
    room = A4_HOLDS - sum(
        width for width, own, column in zip(widths, theirs, table.columns, strict=True) if own and not column.hidden
    )
    open_columns = set()
    for at in sorted((at for at, own in enumerate(theirs) if not own), key=lambda at: (ranks[at], at)):
        taken = 0.0 if table.columns[at].hidden else widths[at]
        if ranks[at] != _ALWAYS and (ranks[at] == _NEVER or taken > room):
            break
        open_columns.add(at)
        room -= taken
    columns = tuple(
        column if theirs[at] else _set(column, folds=at not in open_columns) for at, column in enumerate(table.columns)
    )
    return replace(table, columns=columns)


def _set(column: TableColumn, *, folds: bool) -> TableColumn:
    return replace(column, folded=folds and not (column.opened or column.hidden), opened=folds and column.opened)


def _rank(table: Table, at: int, register: Register) -> int:
    shows = table.columns[at].shows
    field = register.get(shows)
    standing = _STANDING.get(shows, _FIELD)
    if standing in (_ALWAYS, _NEVER):
        return standing
    if field is not None and (field.key or field.means is FieldRole.TITLE):
        return _ALWAYS
    if all(row[at] in (None, "") for row in table.rows[:LOOKED_AT]):
        return _BLANK
    return standing if field is None else _rank_of_field(field)


def _rank_of_field(field: Field) -> int:
    if field.means is FieldRole.ADDRESS:
        return _ADDRESS
    if field.kind is Kind.PHONE:
        return _PHONE
    return _PRIVATE if field.private else _FIELD  # the number of an identity card is not left lying about in print


def folded_behind(table: Table) -> Table:
    """Return *table* with those of its last columns folded that its page on paper has no room for."""
    seen = [at for at, column in enumerate(table.columns) if not column.hidden]
    widths = narrow_widths(table)
    unfit = set(seen[fitting((widths[at] for at in seen), A4_HOLDS) :])
    return replace(table, columns=tuple(replace(each, folded=at in unfit) for at, each in enumerate(table.columns)))
