"""A row that says several things (a worklist's: a step and corrections) enters whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.domain.checked import RowId
from pipeline.domain.record import Record
from pipeline.merge.match_records import Merge, Merged, RowOutcome
from schemas.language import Form

FormRows = tuple[Form, Sequence[Record]]


def merge_whole(begin: Callable[[], Merge], parts: Sequence[FormRows]) -> tuple[Merge, list[Merged]]:
    """Return what *parts* (the records of one form each) do, one ``Merged`` a part, and the merge that took them.

    Whether a step is refused is known only when it is tried, after the corrections before it: then all is merged anew,
    from where *begin* begins, without what the refused rows say elsewhere.
    """
    held_back: set[tuple[str, RowId]] = set()
    while True:
        merge = begin()
        taken = [
            merge.take(form, [each for each in records if (form.code, row_of(each)) not in held_back])
            for form, records in parts
        ]
        refused = {row for merged in taken for row, fate in merged.outcomes.items() if fate is RowOutcome.REJECTED}
        torn = {
            (form.code, row)
            for (form, _), merged in zip(parts, taken, strict=True)
            for row in refused.intersection(merged.outcomes)
            if merged.outcomes[row] is RowOutcome.ACCEPTED
        }
        if not torn:
            return merge, taken
        held_back |= torn


def row_of(record: Record) -> RowId:
    """Return which row of which sheet *record* was read from."""
    return record.submission, record.sheet, record.row
