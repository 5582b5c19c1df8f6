"""Which column of a list's header holds which field, what is doubtful, and what is not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import as_text
from pipeline.read.recognise.headers import Head
from pipeline.read.recognise.labels import Codes, Labels, normalise
from pipeline.read.recognise.shapes import first_filled, speaks_against, speaks_for
from pipeline.read.recognise.single_days import ends_alone
from pipeline.read.recognise.slips import slips
from schemas.language.understanding import IMPLIED, POSSIBLE, Candidate, only_one_meant

Below = Callable[[int], Sequence[Raw]]
"""What stands in a column (of the grid) below its label."""

_COUNTER = re.compile(r"序号?|行号|次序|no|id|")  # a column that only counts rows, or has no name
_SAMPLES = 3
_PAPER = "paper"
"""A number of some paper: its digits tell of which."""


@dataclass(slots=True)
class Columns:
    """Which column holds which field of one form; what is doubtful about the labels."""

    fields: dict[str, Head] = field(default_factory=dict)
    ticked: dict[str, list[Head]] = field(default_factory=dict)
    """Fields that have a column for each answer; the first of these stands for all in ``fields``."""
    two_things: list[tuple[Head, Codes]] = field(default_factory=list)
    """Columns of which each cell holds two fields side by side; ``fields`` names them, too."""
    unknown: list[Head] = field(default_factory=list)
    """With samples of their values; none where the column is blank."""
    misspelt: list[tuple[Head, Codes]] = field(default_factory=list)
    ambiguous: list[tuple[Head, list[Codes]]] = field(default_factory=list)
    """Labels that may mean several fields, with samples of their values: each with the fields to choose from."""
    twice: list[tuple[Head, Head, Codes]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    """Fields for which an ambiguous label may ask by its words, whatever its values say."""

    @property
    def doubtful(self) -> set[str]:
        """Fields that some column may hold: they are not missing, they are in doubt."""
        doubtful = {code for _, each in self.ambiguous for codes in each for code in codes} | self.named
        return doubtful | {code for _, _, codes in self.twice for code in codes}


def assign_columns(heads: Sequence[Head], labels: Labels, number: int, below: Below | None = None) -> Columns:
    """Return which of *heads* holds which field of form *number*: each field one column, the one that says so best.

    A label that is not the form's own is held against what stands *below* it. Where several fields could be meant nothing
    is guessed: ``Columns.ambiguous`` has them all.
    """
    return _Assigning(labels, number, below or (lambda _: ())).of(heads)


class _Assigning:
    def __init__(self, labels: Labels, number: int, below: Below) -> None:
        self.labels, self.number, self.form = labels, number, labels.forms[number]
        self.columns = Columns()
        self._below = below
        self._sampled: dict[int, list[Raw]] = {}

    def of(self, heads: Sequence[Head]) -> Columns:
        claims: dict[Codes, list[Head]] = {}
        rest: list[Head] = []
        for head in heads:
            codes = (head.meaning or {}).get(self.number)
            if codes and head.answer:
                self.columns.ticked.setdefault(codes[0], []).append(head)
                self.columns.fields.setdefault(codes[0], head)
            elif self._is_foreign(head):
                self.columns.unknown.append(self._sampled_head(head))
            elif codes and self._agrees(head, codes):
                claims.setdefault(codes, []).append(head)
            else:
                rest.append(head)
        self._leave_beginnings(claims)
        for codes in sorted(claims, key=len):
            several = claims[codes]
            ranks = [self.labels.rank(self.number, head.words, codes) if len(several) > 1 else 0 for head in several]
            self._settle(codes, list(zip(ranks, several, strict=True)))
        self._take_rest(rest)
        return self.columns

    def _leave_beginnings(self, claims: dict[Codes, list[Head]]) -> None:
        """Let a column of both ends, whose fields no other column claims, claim but the end where it holds no beginning."""
        for codes in [each for each in claims if len(each) > 1 and len(claims[each]) == 1]:
            (head,) = claims[codes]
            alone = ends_alone(self.form, codes, head.words, self._below(head.column))
            if alone != codes and not any((code,) in claims for code in codes):
                claims[alone] = claims.pop(codes)

    def _is_foreign(self, head: Head) -> bool:
        """Tell whether the office has said of a label that is not the form's own that it is none of it."""
        written = self.labels.is_written(self.number, head.words)
        return not written and self.labels.is_foreign(self.number, head.text)

    def _settle(self, codes: Codes, several: Sequence[tuple[int, Head]]) -> None:
        """Give the fields *codes* the column whose label says so best; two that say so alike are told."""
        ranked = sorted(several, key=lambda claim: claim[0])
        if len(ranked) > 1:
            filled = [claim for claim in ranked if self._values(claim[1])]
            ranked = filled + [claim for claim in ranked if claim not in filled] if filled else ranked
            if len(filled) > 1 and filled[0][0] == filled[1][0]:
                self.columns.twice.append((filled[0][1], filled[1][1], codes))
                return
            if not filled and ranked[0][0] == ranked[1][0]:
                self.columns.twice.append((ranked[0][1], ranked[1][1], codes))
                return
        chosen = ranked[0][1]
        self.columns.unknown += [self._sampled_head(head) for _, head in ranked[1:]]
        if self.labels.is_two_things(self.number, codes):
            if any(code in self.columns.fields for code in codes):
                self.columns.unknown.append(self._sampled_head(chosen))
                return
            self.columns.two_things.append((chosen, codes))
        for code in codes:
            # A label of its own beats one cell for both ends of a range.
            if code not in self.columns.fields or len(codes) == 1:
                self.columns.fields[code] = chosen

    def _take_rest(self, rest: Sequence[Head]) -> None:
        counters = [head for head in rest if is_counter(head.text)]
        self.columns.unknown += counters
        taken = set(self.columns.fields) | {code for _, _, codes in self.columns.twice for code in codes}
        claims: dict[Codes, list[tuple[int, Head]]] = {}
        misspelt: dict[Codes, list[Head]] = {}
        for head in rest:
            if head in counters:
                continue
            offered = [] if not self._values(head) else self._offered(head, taken)
            meant = only_one_meant(offered, bare=self.labels.is_bare(self.number, head.words))
            if meant:
                claims.setdefault(meant.codes, []).append((meant.rank, head))
            elif offered:
                self.columns.ambiguous.append((self._sampled_head(head), [each.codes for each in offered]))
                self.columns.named |= {code for each in self._named(head, taken) for code in each.codes}
            else:
                self._take_slip(head, taken, misspelt)
        for codes, several in claims.items():
            self._settle(codes, several)
        for codes, those in misspelt.items():
            if len(those) > 1:
                self.columns.twice.append((those[0], those[1], codes))
                continue
            self.columns.misspelt.append((those[0], codes))
            for code in codes:
                self.columns.fields.setdefault(code, those[0])

    def _named(self, head: Head, taken: set[str]) -> list[Candidate]:
        return [each for each in self.labels.candidates(self.number, head.words) if not taken & set(each.codes)]

    def _offered(self, head: Head, taken: set[str]) -> list[Candidate]:
        """Return what a label that is no field's own may mean: one column's worth of fields that are still free."""
        found = self._named(head, taken)
        if not found:
            return []
        values = self._values(head)
        if not self.labels.is_bare(self.number, head.words):
            found = [each for each in found if each.rank == found[0].rank]
        fitting = [each for each in found if not speaks_against(self.form.field(each.codes[0]), values)]
        if not fitting:  # the name says one thing and the values another: the sender knows
            return [Candidate(each.codes, POSSIBLE) for each in found if each.rank < POSSIBLE]
        sure = [each for each in fitting if speaks_for(self.form.field(each.codes[0]), values)]
        reference = self.labels.reference(head.words)
        if reference and reference.head == _PAPER and len(sure) == 1:  # 证件号码: its digits tell which
            return [Candidate(sure[0].codes, IMPLIED)]
        return fitting

    def _take_slip(self, head: Head, taken: set[str], misspelt: dict[Codes, list[Head]]) -> None:
        near = [] if head.meaning else slips(self.labels, self.number, head.text, taken)
        values = first_filled(self._below(head.column)) if near else []
        likely = [codes for codes in near if self._may_be(codes, values)]
        if len(likely) > 1:
            self.columns.ambiguous.append((self._sampled_head(head), likely))
        elif likely:
            misspelt.setdefault(likely[0], []).append(head)
        else:
            self.columns.unknown.append(self._sampled_head(head))

    def _may_be(self, codes: Codes, values: Sequence[Raw]) -> bool:
        """Tell whether *values* let a misspelt label stand for *codes*; for a key they must speak for it."""
        fields = [self.form.field(code) for code in codes]
        if any(each.key for each in fields):
            return all(speaks_for(each, values) for each in fields)
        return not any(speaks_against(each, values) for each in fields)

    def _agrees(self, head: Head, codes: Codes) -> bool:
        """Tell whether what stands below a label that is not the form's own may be what the label says."""
        written = any(self.labels.is_written(self.number, text) for text in (head.text, head.words))
        reference = self.labels.reference(head.words)
        if len(codes) > 1 or (written and not (reference and reference.head == _PAPER)):
            return True
        return not speaks_against(self.form.field(codes[0]), self._values(head))

    def _values(self, head: Head) -> list[Raw]:
        if head.column not in self._sampled:
            self._sampled[head.column] = first_filled(self._below(head.column))
        return self._sampled[head.column]

    def _sampled_head(self, head: Head) -> Head:
        return replace(head, samples=tuple(as_text(value) for value in self._values(head)[:_SAMPLES]))


def is_counter(text: Raw) -> bool:
    """Tell whether *text* is the label of a column that only counts rows."""
    return _COUNTER.fullmatch(normalise(as_text(text))) is not None
