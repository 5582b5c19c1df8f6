"""A paper that says nothing new opens nothing anew: what was told of a row before, and is over, is not told of that very
row again, whatever program has saved it since.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import plain_token
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import ROW, Finding, identity
from pipeline.domain.place import find_cell
from pipeline.intake.taken import Intake
from pipeline.merge.match_records import RowOutcome
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.as_written import as_written
from schemas.language import Severity

_SIGNS = 16


def without_what_was_told(
    intake: Intake, readings: Sequence[Reading], uow: UnitOfWork, known: Callable[..., bool]
) -> Intake:
    """Return *intake* without what was told before of the very same row, and is over. *known* tells by form and key whether
    its register has the record: where it has not, the row has never entered, and is told again.
    """
    rows = _RowTexts(readings, intake.raised)
    raised = [(rows.signed(finding), rows.find(finding)) for finding in intake.raised]
    open_now = {identity(each.finding) for each in uow.findings.open()}
    over: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for each in uow.findings.closed(_about(finding)[:3] for finding, row in raised if row is not None):
        over[_about(each)].append(each)
    left: list[Finding] = []
    dropped: dict[RowId, list[Finding]] = defaultdict(list)
    for finding, row in raised:
        earlier = over.get(_about(finding), ()) if row is not None and identity(finding) not in open_now else ()
        again = any(_says_the_same(each, finding) for each in earlier)
        if row is not None and again and (not finding.key or known(finding.form, finding.key)):
            dropped[row].append(finding)
        else:
            left.append(finding)
    wrong = {row for finding, row in raised if row is not None and finding.severity is Severity.ERROR} - dropped.keys()
    still = {(each.form, each.key) for each in left}
    outcomes, silent = dict(intake.outcomes), set[tuple[str, str]]()
    for row, findings in dropped.items():
        if row not in wrong and outcomes.get(row) is RowOutcome.REJECTED:
            outcomes[row] = RowOutcome.UNCHANGED
        silent |= {(each.form, each.key) for each in findings} - still
    return replace(intake, raised=left, outcomes=outcomes, records=intake.records - silent)


def _about(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.form, finding.key, finding.field, finding.value


def _says_the_same(earlier: Finding, finding: Finding) -> bool:
    then, now = dict(earlier.details), dict(finding.details)
    if finding.rule in TO_CHOOSE:  # of two values one was chosen: the same two are not put before him again
        return identity(earlier) == identity(finding) and then.get("now") == now.get("now")
    return bool(now.get(ROW)) and then.get(ROW) == now.get(ROW)


def was_chosen(conflict: Finding, uow: UnitOfWork) -> bool:
    """Tell whether of the two values of *conflict* one was chosen before: it is not asked again."""
    about = (conflict.rule, conflict.form, conflict.key)
    earlier = [each for each in uow.findings.closed([about]) if _about(each) == _about(conflict)]
    return any(_says_the_same(each, conflict) for each in earlier)


class _RowTexts:
    """The rows of papers in which *findings* stand, looked up once: a list of a county has more cells than faults."""

    def __init__(self, readings: Iterable[Reading], findings: Iterable[Finding]) -> None:
        wanted: dict[tuple[str, str], set[int]] = defaultdict(set)
        for finding in findings:
            if (cell := find_cell(finding.cell)) is not None:
                wanted[finding.submission, finding.sheet].add(cell)
        extracts = [
            each for reading in readings for each in reading.extracts if (each.submission, each.sheet) in wanted
        ]
        self._rows: dict[tuple[str, str, int], RowId] = {}
        for each in extracts:
            sheet = each.submission, each.sheet
            for column in each.cells.values():
                for cell, row in zip(column, each.rows, strict=True):
                    if cell in wanted[sheet]:
                        self._rows[*sheet, cell] = (*sheet, row)
        rows = set(self._rows.values())
        self._places: dict[RowId, dict[int, tuple[Extract, int]]] = defaultdict(dict)
        """By row and number of the extract: the extract, and the row's position there."""
        for number, each in enumerate(extracts):
            for at, row in enumerate(each.rows):
                if (each.submission, each.sheet, row) in rows:
                    self._places[each.submission, each.sheet, row].setdefault(number, (each, at))

    def find(self, finding: Finding) -> RowId | None:
        """Return the row in which *finding* stands; None where it is about no row."""
        cell = find_cell(finding.cell)
        return None if cell is None else self._rows.get((finding.submission, finding.sheet, cell))

    def signed(self, finding: Finding) -> Finding:
        """Return *finding* with the signature of all that its row says."""
        row = self.find(finding)
        if row is None:
            return finding
        said = hashlib.sha256("\x00".join(sorted(self._texts(row))).encode("utf-8", "surrogatepass")).hexdigest()
        return replace(finding, details=(*finding.details, (ROW, said[:_SIGNS])))

    def _texts(self, row: RowId) -> Iterator[str]:
        for each, at in self._places[row].values():
            yield plain_token(each.tokens[at]) if each.tokens else ""
            yield from (f"{each.form}.{code}={as_written(column[at]).strip()}" for code, column in each.values.items())
