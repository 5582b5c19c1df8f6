"""A table of records that may be more than memory holds: some are drawn at a time, when their rows are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.domain.record import RecordState
from pipeline.render.xlsx.workbook import RowBatch, StreamedRows, Table

AT_ONCE = 1000
"""Records that are in memory at a time."""

TableOfRecords = Callable[[Sequence[RecordState]], Table]
"""Draws some records as a table of their own."""
StreamRecords = Callable[[], Iterator[RecordState]]
"""Gives all records, each time anew."""


def in_batches(part: TableOfRecords, entries: StreamRecords, count: int, version: str) -> Table:
    """Return the table of *entries*, *count* of them, of which *part* draws some at a time; *version* tells them from
    any others.
    """
    table = part(list(islice(entries(), AT_ONCE)))
    if count <= table.height:
        return table

    def batches() -> Iterator[RowBatch]:
        left = entries()
        while held := list(islice(left, AT_ONCE)):
            drawn = part(held)
            yield RowBatch(drawn.rows, drawn.marks)

    return replace(table, whole=StreamedRows(count, batches, version))
