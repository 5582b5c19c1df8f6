"""Rows of a paper of which all that was found has been mended elsewhere: handed in again as they were, they say nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Set

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.finding import Finding
from pipeline.domain.place import find_cell, unpack
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Severity

FormKey = tuple[str, str]


class SettledRows:
    """What was found on *submissions*, and whether it is over. *touched* are form and key of records of which papers of
    this run have spoken already: what was found of them is over, or *raised* anew.
    """

    def __init__(
        self, uow: UnitOfWork, submissions: Collection[str], touched: Set[FormKey], raised: Iterable[Finding] = ()
    ) -> None:
        self._by_key: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        self._by_row: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
        self._told: set[str | tuple[str, str, int]] = set()
        """Keys and rows of which anything was told."""
        anew = [(finding, True) for finding in raised if finding.submission in submissions]
        for finding, is_open in (*uow.findings.about(submissions), *anew):
            if finding.severity is not Severity.ERROR:
                continue
            packed = find_cell(finding.cell)
            self._told |= {finding.key} | (
                {(finding.submission, finding.sheet, unpack(packed)[0])} if packed else set()
            )
            if finding.rule in TO_CHOOSE:
                continue  # once its author has chosen, the row that had waited for it is taken
            stands = is_open and (finding.form, finding.key) not in touched
            if finding.key:
                self._by_key[finding.key].append((finding.field, stands))
            if packed is not None:
                self._by_row[finding.submission, finding.sheet, unpack(packed)[0]].append(stands)

    def is_settled(self, key: str, places: Iterable[tuple[str, str, int]]) -> bool:
        """Tell whether something was found at *places* (submission, sheet and first cell of a row), and nothing of it is
        open; where nothing stands there, whether so it is of the record *key*: what was found moves on with a newer sheet.
        """
        here = [
            stands
            for submission, sheet, cell in places
            for stands in self._by_row.get((submission, sheet, unpack(cell)[0]), ())
        ]
        found = here or [stands for _, stands in self._by_key.get(key, ()) if key]
        return bool(found) and not any(found)

    def is_untold(self, key: str, places: Iterable[tuple[str, str, int]]) -> bool:
        """Tell whether nothing was ever told of *places*, nor of *key*: a row that was kept out was put right by another paper
        of the very batch.
        """
        rows = ((submission, sheet, unpack(cell)[0]) for submission, sheet, cell in places)
        return key not in self._told and self._told.isdisjoint(rows)

    def is_open(self, place: tuple[str, str, int]) -> bool:
        """Tell whether something that was found in the row at *place* stands."""
        submission, sheet, cell = place
        return any(self._by_row.get((submission, sheet, unpack(cell)[0]), ()))

    def settled_fields(self, key: str) -> set[str]:
        """Return the fields of the record *key* of which something was found, and nothing is open."""
        found = self._by_key.get(key, ())
        return {field for field, _ in found} - {field for field, stands in found if stands}
