"""What whoever handed something in is told of it: a receipt for each file that a run took, by the rows that it held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import PurePosixPath

from pipeline.domain.receipt import Receipt
from pipeline.intake.collect import Collected
from pipeline.intake.taken import Intake
from pipeline.merge.match_records import RowOutcome


def idle_files(collected: Collected, intake: Intake) -> Set[str]:
    """Return the hashes of files that came before and of which nothing entered this time: they count as known."""
    outcomes = intake.by_submission()
    return {sha256 for sha256 in collected.again if not outcomes[sha256][RowOutcome.ACCEPTED]}


def receipts(
    collected: Collected, intake: Intake, handed_in_by: Callable[[str], str]
) -> Mapping[str, Sequence[Receipt]]:
    """Return by staff number the receipts for the files that people dropped, in their order; *handed_in_by* tells from a file's
    hash whose it was. Rows are counted as the reconciliation counts them.
    """
    outcomes, idle = intake.by_submission(), idle_files(collected, intake)
    given: dict[str, list[Receipt]] = defaultdict(list)
    for dropped, reading in collected.handed_in():
        known = dropped.sha256 in idle
        rows = [] if known else outcomes[dropped.sha256].elements()
        receipt = Receipt.of(
            _name(dropped.name),
            rows,
            refused=reading.refused and not known,
            known=known,
            answers=len(
                {(each.sheet, each.cell) for each in reading.names}
                | {(each.sheet, each.cell) for each in reading.answers}
            ),
            submission=dropped.sha256,
        )
        given[handed_in_by(dropped.sha256)].append(receipt)
    for dropped in collected.known:
        if dropped.sha256 not in collected.ours:
            given[handed_in_by(dropped.sha256)].append(Receipt(_name(dropped.name), known=True))
    return dict(given)


def _name(path: str) -> str:
    return PurePosixPath(path).name
