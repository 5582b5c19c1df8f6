"""Which rows of worklists that were kept out stand on their persons' next worklists, and what was filled into them.

A row has one home. Where its record still waits for that step by whoever is asked, and every wrong cell can be typed into
there, that is his worklist; any other row (of a record that has moved on, a key that was changed, two values of which one is
to be chosen) goes back on a return.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from pipeline.domain.answer import TO_CHOOSE
from pipeline.domain.embedded_metadata import TOKEN_LABEL, parse_token, token
from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.paper import OF_WORKLISTS
from pipeline.domain.receipt import Receipt
from pipeline.domain.record import RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.refused_row import RefusedRow, Typed
from pipeline.domain.roster import Roster
from pipeline.outside.ledger import UnitOfWork
from pipeline.render.reports.field_column import to_cell
from pipeline.validate.as_written import as_written
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Catalogue, Field, Form, Register, Severity, StoredValues

_ONE_OF_TWO_ROWS = TO_CHOOSE | {"key.twice"}
"""Rules of two values of which one is to be chosen: both stand on the return, and the choice is made there."""
_OF_THE_WHOLE_ROW = "step.not_so"
"""Points at the key where no single answer is wrong."""
_TO_ANSWER_ANEW = "step.unseen"
"""Its answer was right for what the record held: it is given once more, upon what it holds now."""


def refused_rows(catalogue: Catalogue, uow: UnitOfWork, roster: Roster, day: date) -> dict[tuple[str, str], RefusedRow]:
    """Return by register and key the refused rows that stand on worklists, as the books in *uow* are."""
    wrong = [each for each in uow.findings.open() if each.finding.severity is Severity.ERROR and each.finding.key]
    worklists = uow.papers.worklists({each.finding.submission for each in wrong} - {""})
    about: dict[tuple[str, str], list[OpenFinding]] = defaultdict(list)
    for each in wrong:
        register = _register_of(catalogue, each.finding)
        if register is not None and each.finding.submission in worklists:
            about[register.code, each.finding.key].append(each)
    found: dict[tuple[str, str], RefusedRow] = {}
    for (code, key), every in sorted(about.items()):
        register = catalogue.register(code)
        entry = uow.records.find(code, key)
        stage = register.waiting_for(entry.state) if entry is not None else None
        if entry is None or stage is None or not stage.form or entry.owner not in roster.people:
            continue
        form = catalogue.form(stage.form)
        told = [each for each in every if each.finding.form in (form.code, register.base.code)]
        if told and all(each.owner == entry.owner and _can_be_mended(register, form, each.finding) for each in told):
            row = _row(register, form, entry, told, uow, day)
            if row is not None:
                found[code, key] = row
    return found


def with_homes(
    receipts: Mapping[str, Sequence[Receipt]], refused: Mapping[tuple[str, str], RefusedRow]
) -> dict[str, list[Receipt]]:
    """Return *receipts* that say how many of the rows that were refused stand on worklists."""
    homes = Counter(
        submission for row in refused.values() for submission in {each.finding.submission for each in row.findings}
    )
    return {
        number: [replace(each, on_worklist=min(homes[each.submission], each.rejected)) for each in given]
        for number, given in receipts.items()
    }


def _register_of(catalogue: Catalogue, finding: Finding) -> Register | None:
    try:
        return catalogue.register_of(finding.form)
    except KeyError:  # of no form, or of a procedure that is no longer in force
        return None


def _can_be_mended(register: Register, form: Form, finding: Finding) -> bool:
    """Tell whether the cell of *finding* is one that a worklist's row takes something in."""
    if finding.rule in _ONE_OF_TWO_ROWS:
        return False
    field = form.get(finding.field) or register.base.get(finding.field)
    if field is None or field.key:
        return finding.rule == _OF_THE_WHOLE_ROW
    return form.get(finding.field) is not None or not (register.only_shown or register.barring(finding.field))


def _row(
    register: Register,
    form: Form,
    entry: RecordState,
    told: Sequence[OpenFinding],
    uow: UnitOfWork,
    day: date,
) -> RefusedRow | None:
    refused = _refused(uow, {each.finding.submission for each in told}, OF_WORKLISTS + form.code, entry)
    told = [
        each for each in told if (each.finding.submission, each.finding.sheet) in refused
    ]  # elsewhere it is no row's
    if not told:
        return None
    _, submission, texts = max(refused.values(), key=lambda each: each[:2])
    key, version = parse_token(texts.get(TOKEN_LABEL, "")) or ("", 0)
    seen = _as_of(register, entry, version, uow) if key == entry.key else None
    if seen is None:  # typed by hand below the rows: what it stands upon is not known
        return None
    cells: dict[str, Typed] = {}
    for code, text in texts.items():
        field = form.get(code) or register.base.get(code)
        if field is None or field.key or not text:
            continue
        of = form if form.get(code) is not None else register.base
        (stored,) = convert_apart(of, field, [text], day)
        is_known = register.base.get(code) is not None and stored is not None and stored == seen.get(code)
        if not is_known:
            cells[code] = _as_typed(field, text, stored)
    unseen = {each.finding.field for each in told if each.finding.rule == _TO_ANSWER_ANEW}
    if unseen:
        cells = {code: typed for code, typed in cells.items() if code not in unseen}
        version = entry.version
    return RefusedRow(form.code, token(key, version, submission), cells, tuple(told), _by_field(form, told))


def _refused(
    uow: UnitOfWork, submissions: Iterable[str], form: str, entry: RecordState
) -> dict[tuple[str, str], tuple[datetime, str, Mapping[str, str]]]:
    """Return by submission and sheet the rows of *entry* that were refused, on worklists of whoever has it: when that was
    saved, the submission, and the cells.
    """
    return {
        (paper.submission, rows.sheet): (paper.made, paper.submission, rows.texts(at))
        for submission in submissions
        for paper in uow.papers.of(submission)
        if (paper.form, paper.author) == (form, entry.owner)
        for rows in paper.sheets
        for at, key in enumerate(rows.keys)
        if key == entry.key and not rows.taken[at]
    }


def _as_of(register: Register, entry: RecordState, version: int, uow: UnitOfWork) -> StoredValues | None:
    """Return what the register held of *entry* when the row was written."""
    if version == entry.version:
        return entry.values
    before = fold(each for each in uow.events.find(register=register.code, key=entry.key) if each.number <= version)
    return before.values if before is not None else None


def _as_typed(field: Field, text: str, stored: object) -> Typed:
    """Return a true day or number where the cell was one, and the very text where it was anything else."""
    cell = to_cell(field, stored, "zh") if isinstance(stored, str | int | float) else None
    return text if cell is None or isinstance(cell, str) or as_written(cell) != text else cell


def _by_field(form: Form, told: Iterable[OpenFinding]) -> dict[str, tuple[OpenFinding, ...]]:
    wrong: dict[str, tuple[OpenFinding, ...]] = defaultdict(tuple)
    for each in told:
        missing = dict(each.finding.details).get("missing@zh", "").split("、")
        for code in dict.fromkeys([each.finding.field, *(field.code for field in form if field.label.zh in missing)]):
            wrong[code] += (each,)
    return dict(wrong)
