"""A row that says several things (a worklist's: a step and corrections) enters whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.checked import Checked, RowId
from pipeline.domain.finding import Finding
from pipeline.domain.record import Record
from pipeline.merge.match_records import Merge, Merged, RowOutcome
from schemas.language import Form, Severity

FormRows = tuple[Form, Sequence[Record]]

_BESIDE = TO_CHOOSE | {"record.closed"}
"""Rules about single cells that are told only where nothing else keeps their row out."""


def leave_out_wrong_rows(checked: Sequence[Checked]) -> None:
    """A worklist's row is judged twice, as correction and as stage: wrong in one, it stays out of both."""
    wrong = {row for each in checked for row in each.rejected}
    for each in checked:
        each.records = [record for record in each.records if row_of(record) not in wrong]


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
            for merged in taken:
                merged.findings = list(_to_tell(merged.findings, taken))
            return merge, taken
        held_back |= torn


def _to_tell(findings: Iterable[Finding], taken: Sequence[Merged]) -> Iterator[Finding]:
    """Yield *findings* without those about cells of rows that are refused as a whole: why they are is told, and enough."""
    refused = {
        (each.submission, each.sheet, each.key)
        for merged in taken
        for each in merged.findings
        if each.severity is Severity.ERROR and each.rule not in _BESIDE
    }
    for each in findings:
        if each.rule not in _BESIDE or (each.submission, each.sheet, each.key) not in refused:
            yield each


def row_of(record: Record) -> RowId:
    """Return which row of which sheet *record* was read from."""
    return record.submission, record.sheet, record.row
