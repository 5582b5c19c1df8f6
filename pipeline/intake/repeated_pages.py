"""Rows of worklists that were handed in before, cell by cell as they are: an earlier sheet, or its return, says them again.

What a worklist's cell says is held against what we wrote there; a whole row of it that its person has handed in already,
and that was taken or mended since, says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import TOKEN_LABEL, Worklist, parse_token, plain_token
from pipeline.domain.extract import Extract, pick_rows
from pipeline.domain.finding import Finding, identity
from pipeline.domain.paper import OF_WORKLISTS, Paper, PaperRows
from pipeline.domain.place import find_cell, unpack
from pipeline.intake.settled_rows import FormKey, SettledRows
from pipeline.intake.statements import Source
from pipeline.intake.taken import Intake
from pipeline.merge.match_records import RowOutcome
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.as_written import as_written
from schemas.language import Register

_Texts = frozenset[tuple[str, str]]


@dataclass(slots=True)
class RepeatedPages:
    """*extracts* by form without the rows that only repeat; ``repeated`` are those, with their keys."""

    extracts: dict[str, list[Extract]]
    repeated: dict[RowId, str] = field(default_factory=dict)
    again: set[RowId] = field(default_factory=set)
    """Rows that stand as they were refused, and are judged once more: what they lacked may be known by now."""
    papers: list[Paper] = field(default_factory=list)
    earlier: dict[tuple[str, str], list[Paper]] = field(default_factory=dict)
    """By submission and form of each of *papers*: what its person has handed in by that form before, the oldest first."""

    def still_refused(self, intake: Intake, uow: UnitOfWork) -> Intake:
        """Return *intake* in which a row that stands as it was refused, for what is open already, says nothing new: it still is
        to do.
        """
        refused = {row for row in self.again if intake.outcomes.get(row) is RowOutcome.REJECTED}
        if not refused:
            return intake
        known = {identity(each.finding) for each in uow.findings.open()}
        new = {_row_of(each) for each in intake.raised if identity(each) not in known}
        still = {
            (submission, sheet, cell)
            for submission, sheet, cell in refused
            if (submission, sheet, unpack(cell)[0]) not in new
        }
        outcomes = {**intake.outcomes, **dict.fromkeys(still, RowOutcome.UNCHANGED)}
        return replace(intake, outcomes=outcomes, to_do=intake.to_do | still)

    def papers_with(self, intake: Intake) -> Iterator[Paper]:
        """Yield the papers to keep, with what became of each row; what nobody has filled in was not said."""
        for paper in self.papers:
            yield replace(paper, sheets=tuple(_said(paper, rows, intake) for rows in paper.sheets if rows.rows))


def without_repeated_pages(
    register: Register,
    extracts: Mapping[str, Sequence[Extract]],
    sources: Mapping[str, Source],
    worklists: Mapping[str, Worklist],
    uow: UnitOfWork,
    spoken_of: Set[FormKey],
    raised: Sequence[Finding] = (),
) -> RepeatedPages:
    """Return *extracts* for *register* without the rows of worklists that were handed in before and are settled, or were filled
    anew since, for which something else is open: of earlier papers of this run it was *raised*.
    """
    result = RepeatedPages({code: list(held) for code, held in extracts.items()})
    for stage in register.stages:
        by_submission: dict[str, list[Extract]] = defaultdict(list)
        for each in result.extracts.get(stage.form, ()):
            if each.tokens and not each.partial and each.submission in worklists and each.submission in sources:
                by_submission[each.submission].append(each)
        for submission, pages in by_submission.items():
            source = sources[submission]
            beside = result.extracts.get(register.base.code, ())
            paper = Paper(
                submission=submission,
                form=OF_WORKLISTS + stage.form,
                made=source.made,
                lineage=uow.papers.lineage_of(source.lineage) if source.lineage else submission,
                author=worklists[submission].person,
                sheets=tuple(_rows(page, beside) for page in pages),
            )
            _leave_out(result, paper, uow, spoken_of, raised)
            result.papers.append(paper)
    return result


def _leave_out(
    result: RepeatedPages, paper: Paper, uow: UnitOfWork, spoken_of: Set[FormKey], raised: Sequence[Finding]
) -> None:
    earlier = uow.papers.related(paper, ())
    if not earlier:
        return
    result.earlier[paper.submission, paper.form] = earlier
    known: dict[_Texts, list[tuple[tuple[str, str, int], bool]]] = defaultdict(list)
    newest: dict[str, tuple[_Texts, tuple[str, str, int]]] = {}
    for each in earlier:
        for texts, place, taken in _states(each):
            known[texts].append((place, taken))
            newest[_key_of(texts)] = texts, place
    settled = SettledRows(uow, {each.submission for each in earlier}, spoken_of, raised)
    out: dict[RowId, str] = {}
    for texts, place, _ in _states(paper):
        before, key = known.get(texts, ()), _key_of(texts)
        places = [at for at, _ in before]
        if before and (
            any(taken for _, taken in before) or settled.is_settled(key, places) or settled.is_untold(key, places)
        ):
            out[place] = key
        elif before and newest[key][0] != texts and settled.is_open(newest[key][1]):
            out[place] = key  # he has filled that row anew since, and is asked about that one
        elif before:
            result.again.add(place)
    if out:
        result.repeated |= out
        for code, held in result.extracts.items():
            result.extracts[code] = [_without(each, out) if each.tokens else each for each in held]


def _row_of(finding: Finding) -> tuple[str, str, int] | None:
    cell = find_cell(finding.cell)
    return None if cell is None else (finding.submission, finding.sheet, unpack(cell)[0])


_KEY = "#key"


def _key_of(texts: _Texts) -> str:
    return next((text for code, text in texts if code == _KEY), "")


def _states(paper: Paper) -> Iterator[tuple[_Texts, tuple[str, str, int], bool]]:
    for rows in paper.sheets:
        columns = list(rows.columns.items())
        for at, row in enumerate(rows.rows):
            cells = ((code, plain_token(column[at]) if code == TOKEN_LABEL else column[at]) for code, column in columns)
            texts = frozenset([*cells, (_KEY, rows.keys[at])])
            yield texts, (paper.submission, rows.sheet, row), bool(rows.taken) and rows.taken[at]


def _without(extract: Extract, out: Mapping[RowId, str]) -> Extract:
    keep = [at for at, row in enumerate(extract.rows) if (extract.submission, extract.sheet, row) not in out]
    return pick_rows(extract, keep, extract.silent)


def _rows(page: Extract, beside: Iterable[Extract]) -> PaperRows:
    """The cells of a page, of the step and of the corrections beside it."""
    place = (page.submission, page.file, page.sheet)
    parts = [page, *(each for each in beside if each.partial and (each.submission, each.file, each.sheet) == place)]
    columns = {code: [as_written(raw).strip() for raw in raws] for part in parts for code, raws in part.values.items()}
    tokens = [parse_token(token) for token in page.tokens]
    return PaperRows(
        page.sheet,
        [token[0] if token else "" for token in tokens],
        list(page.rows),
        {**columns, TOKEN_LABEL: list(page.tokens)},
    )


def _said(paper: Paper, rows: PaperRows, intake: Intake) -> PaperRows:
    keep, taken = [], []
    for at, row in enumerate(rows.rows):
        row_id = (paper.submission, rows.sheet, row)
        outcome = intake.outcomes.get(row_id)
        if outcome is None or (row_id in intake.to_do and outcome is RowOutcome.UNCHANGED):
            continue
        keep.append(at)
        taken.append(outcome is not RowOutcome.REJECTED)
    return PaperRows(
        rows.sheet,
        [rows.keys[at] for at in keep],
        [rows.rows[at] for at in keep],
        {code: [column[at] for at in keep] for code, column in rows.columns.items()},
        taken,
    )
