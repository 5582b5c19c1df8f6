"""What the papers of a run say anew: each sheet of a sender's own held against the earlier papers of its line.

Workbooks of ours bring their base with them (what we wrote there) and are not looked at here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipeline.domain.cell import Raw
from pipeline.domain.checked import RowId
from pipeline.domain.extract import Extract, pick_rows
from pipeline.domain.finding import Finding
from pipeline.domain.paper import Paper, PaperRows, stem_of
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Roster
from pipeline.intake.asked_anew import AskedAnew
from pipeline.intake.refused_deeds import bases_of_deeds
from pipeline.intake.said_otherwise import SaidOtherwise, set_back_reminders
from pipeline.intake.settled_rows import FormKey, SettledRows
from pipeline.merge.match_records import RowOutcome
from pipeline.merge.repeated_cells import EarlierRows, RowBase
from pipeline.merge.statement import StatementBase
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.as_written import as_written
from pipeline.validate.convert_cells import convert_apart
from schemas.language import FieldRole, Form, Register

_NOTE = "#"
"""Before the label of a column that the form does not know: no field's code begins so."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a submission comes from. ``lineage`` is the submission that it brings back corrected, "" when none."""

    name: str
    made: datetime
    sender: str = ""
    lineage: str = ""
    own: bool = True
    """It is a sheet of its sender's own, no worklist and no master."""


@dataclass(slots=True)
class Statements:
    """What the sheets of one form say anew. ``repeated`` are rows that say nothing, with their keys; ``silent`` form, key and
    field of single cells that say nothing; ``bases`` what the other rows stand upon.
    """

    extracts: list[Extract] = field(default_factory=list)
    repeated: dict[RowId, str] = field(default_factory=dict)
    silent: set[tuple[str, str, str]] = field(default_factory=set)
    bases: dict[RowId, StatementBase] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Of cells that may mean to be set back."""
    refused_before: set[RowId] = field(default_factory=set)
    """Those of ``repeated`` that repeat a row which never entered: what was wrong in it has been settled elsewhere."""

    def papers_with(self, outcomes: Mapping[RowId, RowOutcome]) -> Iterable[Paper]:
        """Return the papers to keep, with what became of each row."""

        def entered(paper: Paper, rows: PaperRows, row: int) -> bool:
            place = paper.submission, rows.sheet, row
            return outcomes.get(place) is not RowOutcome.REJECTED and place not in self.refused_before

        for paper in self.papers:
            sheets = tuple(
                replace(rows, taken=tuple(entered(paper, rows, row) for row in rows.rows)) for rows in paper.sheets
            )
            yield replace(paper, sheets=sheets)


def said_anew(
    register: Register,
    form: Form,
    extracts: Sequence[Extract],
    sources: Mapping[str, Source],
    uow: UnitOfWork,
    roster: Roster,
    today: date,
    spoken_of: Set[FormKey] = frozenset(),
) -> Statements:
    """Return what *extracts* of *form* say that their line of papers has not said before; *spoken_of* are form and key of
    records that earlier papers of this run were about.
    """
    stage = register.stage_of(form.code)
    said = Statements()
    said.extracts += extracts
    own: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(extracts):
        source = sources.get(each.submission)
        if source and source.own and not (each.partial or each.single):
            own[each.submission].append(at)
    for submission, places in own.items():
        its = [extracts[at] for at in places]
        rows = [_rows(form, each, today) for each in its]
        source = sources[submission]
        lineage = uow.papers.lineage_of(source.lineage) if source.lineage else submission
        before = uow.papers.of(lineage) if source.lineage else ()
        first = next((each.author for each in before if each.form == form.code), "")
        paper = replace(_paper(form, its, submission, source, rows, roster), lineage=lineage, first_author=first)
        keys = {key for each in rows for key in each.keys if key}
        touched = uow.events.submissions_of(register.code, keys)
        papers = uow.papers.related(paper, touched)
        earlier = EarlierRows(paper, papers)
        settled = SettledRows(uow, {each.submission for each in papers if paper.continues(each)}, spoken_of)
        if stage is not None and stage.ad_hoc:  # actions tell what was done on a day: they are known by that
            for at, sheet in zip(places, rows, strict=True):
                said.extracts[at] = _unsettled(extracts[at], sheet, earlier, settled, said)
                said.bases |= bases_of_deeds(register, form, paper, sheet, earlier)
            said.papers.append(paper)
            continue
        held = uow.records.get(register.code, keys=keys) if form.code == register.base.code else {}
        otherwise = SaidOtherwise(register, paper, uow, today)
        anew = AskedAnew(register, form, keys, uow, source.made)
        for at, sheet in zip(places, rows, strict=True):  # they stay in the order of their files
            said.extracts[at] = _masked(
                form, extracts[at], sheet, earlier, settled, held, said, paper.author, otherwise, anew, today
            )
        said.papers.append(paper)
    return said


def _masked(
    form: Form,
    extract: Extract,
    rows: PaperRows,
    earlier: EarlierRows,
    settled: SettledRows,
    held: Mapping[str, RecordState],
    said: Statements,
    author: str,
    otherwise: SaidOtherwise,
    anew: AskedAnew,
    today: date,
) -> Extract:
    """Return *extract* without the rows that repeat what has entered; cells that repeat their row's base are silent."""
    key_field = form.key.code
    keep: list[int] = []
    silent: dict[str, dict[int, Any]] = {}
    for at, key in enumerate(rows.keys):
        base = earlier.base(rows, at, key_field)
        row_id = (extract.submission, extract.sheet, extract.rows[at])
        is_old = base.repeated and (base.taken or settled.is_settled(key, base.places))
        # beside another row of its record it stands on a list that is kept on: there it is the earlier one
        said_again = is_old and anew.says_otherwise(key, base.places) and rows.keys.count(key) == 1
        if is_old and not said_again:
            said.repeated[row_id] = key
            if not earlier.entered(rows, at):
                said.refused_before.add(row_id)
            older = dict.fromkeys(base.older, author)
            said.findings += set_back_reminders(form, extract, at, key, older, held.get(key), today)
            said.findings += anew.reminders(extract, at, key)
            continue
        state = held.get(key)
        if state is not None:
            since = otherwise(form, extract, at, base, state) if base.waiting else {}
            if not base.repeated:
                said.findings += set_back_reminders(form, extract, at, key, since, state, today)
            unsaid = base.silent - base.waiting.keys() | base.withdrawn
            if base.taken:
                silent.setdefault(key_field, {})[len(keep)] = key
            else:
                unsaid = frozenset(code for code in unsaid if rows.columns[code][at])
            # what was found there, and mended elsewhere since, is not said anew by its old cell
            unsaid |= base.silent & settled.settled_fields(key)
            for code in (unsaid | since.keys()) & form.codes:
                silent.setdefault(code, {})[len(keep)] = state.values.get(code)
                said.silent.add((form.code, key, code))
        if key:  # a number that the program composes is not known yet: the newest row of it counts
            said.bases[row_id] = _base(form, base, author, today)
        keep.append(at)
    return pick_rows(extract, keep, silent)


def _unsettled(
    extract: Extract, rows: PaperRows, earlier: EarlierRows, settled: SettledRows, said: Statements
) -> Extract:
    """Return *extract* without the very rows that were handed in before, and that have entered (also where they had nothing
    to change then), or of which what was found is over.
    """
    keep: list[int] = []
    for at, key in enumerate(rows.keys):
        places = earlier.places_of(rows, at)
        if places and (earlier.entered(rows, at) or settled.is_settled("", places)):
            said.repeated[extract.submission, extract.sheet, extract.rows[at]] = key
        else:
            keep.append(at)
    return pick_rows(extract, keep, extract.silent)


def _base(form: Form, base: RowBase, author: str, today: date) -> StatementBase:
    earlier = {
        code: frozenset(convert_apart(form, form.field(code), [text or None for text in texts], today))
        for code, texts in (base.earlier or {}).items()
        if form.get(code) is not None
    }
    return StatementBase(author, base.voice, earlier, set_back=base.set_back)


def _rows(form: Form, extract: Extract, today: date) -> PaperRows:
    columns = {code: [_text(raw) for raw in raws] for code, raws in extract.values.items()}
    columns |= {_NOTE + label: [_text(raw) for raw in raws] for label, raws in extract.notes.items()}
    raw_keys: Sequence[Raw] = extract.values.get(form.key.code, [None] * len(extract))
    keys = [str(key or "") for key in convert_apart(form, form.key, raw_keys, today)]
    return PaperRows(extract.sheet, keys, list(extract.rows), columns)


def _text(raw: Raw) -> str:
    return as_written(raw).strip()


def _paper(
    form: Form,
    extracts: Sequence[Extract],
    submission: str,
    source: Source,
    rows: Sequence[PaperRows],
    roster: Roster,
) -> Paper:
    author = source.sender or _author(form, extracts)
    person = roster.named(author) if author else None
    return Paper(
        submission=submission,
        form=form.code,
        made=source.made,
        lineage=source.lineage or submission,
        author=person.name if person else author,
        stem=stem_of(source.name),
        sheets=tuple(rows),
    )


def _author(form: Form, extracts: Sequence[Extract]) -> str:
    """Who filled all rows, as the sheets say; "" when they name nobody, or several."""
    named = form.meaning(FieldRole.SUBMITTER) or form.meaning(FieldRole.ACTOR)
    if named is None:
        return ""
    names = {_text(raw) for each in extracts for raw in each.values.get(named.code, ())} - {""}
    return names.pop() if len(names) == 1 else ""
