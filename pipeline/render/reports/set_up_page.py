"""A register's table as staff have set it up: their own columns beside ours, their widths, what they hid or filtered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipeline.domain.customizations import AddedColumn, PageSetup, Value
from pipeline.render.xlsx.safe_text import header_labels
from pipeline.render.xlsx.workbook import Cell, Table, TableColumn
from schemas.language import Kind


def set_up(table: Table, keys: Sequence[str], page: PageSetup) -> Table:
    """Return *table*, whose rows are the records *keys*, as *page* asks for it."""
    for added in page.columns:
        table = _with(table, keys, added)
    labels = header_labels(column.label for column in table.columns)
    columns = tuple(
        replace(column, width=page.widths.get(label, 0.0), hidden=label in page.hidden, opened=label in page.opened)
        for label, column in zip(labels, table.columns, strict=True)
    )
    filters = {at: page.filters[label] for at, label in enumerate(labels) if label in page.filters}
    return replace(table, columns=columns, filters=filters)


def _with(table: Table, keys: Sequence[str], added: AddedColumn) -> Table:
    kind = _kind(added.values.values())
    cells = [_cell(added.values.get(key), kind) for key in keys]
    at = _place(table, added.after)
    return replace(
        table,
        columns=(*table.columns[:at], TableColumn(added.label, kind), *table.columns[at:]),
        rows=[(*row[:at], cell, *row[at:]) for row, cell in zip(table.rows, cells, strict=True)],
    )


def _place(table: Table, after: str) -> int:
    """To the right of our column *after* and of what was added there before; at the end when there is none."""
    labels = header_labels(column.label for column in table.columns)
    at = labels.index(after) + 1 if after in labels else len(labels)
    while at < len(labels) and not table.columns[at].shows:
        at += 1
    return at


def _kind(values: Iterable[Value]) -> Kind:
    """A column of days or of numbers alone is one; all else is text."""
    kinds = set(map(type, values))
    if kinds == {date}:
        return Kind.DATE
    return Kind.NUMBER if kinds and kinds <= {int, float} else Kind.TEXT


def _cell(value: Value | None, kind: Kind) -> Cell:
    return str(value) if value is not None and kind is Kind.TEXT else value
