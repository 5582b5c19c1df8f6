"""Open findings → the list by which people mend their sheets."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.answer import CHOICES, LABEL, TOKENS_APART, token_of
from pipeline.domain.duties import is_own_remark
from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.rulebook import Rulebook
from pipeline.render.reports.alike_findings import cells_of, in_lines, records_of
from pipeline.render.reports.fold_columns import folded_behind
from pipeline.render.reports.record_columns import as_of
from pipeline.render.wording import SEVERITIES, caption
from pipeline.render.xlsx.workbook import (
    Access,
    Book,
    Cell,
    CellLink,
    LineStyle,
    Mark,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
    WriteWorkbook,
)
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Kind, Language, Severity

_OUTBOX = "../"
"""The way from a list of exceptions to the outbox."""
_READ = 38.0
"""Digits: the width of what is read through, so that what is wrong, how to mend it and where stand on one page."""
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.REPAIR)
_MARKS = {Severity.ERROR: Mark.LATE, Severity.WARNING: Mark.WARN}


def exceptions(office: Office, owner: str | None, write: WriteWorkbook = write) -> bytes | None:
    """Return the exceptions of staff number *owner* ("": of the clerk, None: of all); None when there are none."""
    findings = [
        found for found in office.findings if owner is None or (found.owner == owner and not is_own_remark(found))
    ]
    if not findings:
        return None
    language = office.language
    heading = (
        caption("exceptions_of", language, name=_who(office, owner))
        if owner is not None
        else caption("exceptions", language)
    )
    sheets = []
    to_mend, repaired = _split(findings)
    if to_mend:
        sheets.append(
            WorkbookSheet(
                caption("exceptions", language),
                (
                    TextLine(caption("exceptions_hint", language), LineStyle.HINT),
                    findings_table(office, to_mend, _OUTBOX, answers=True),
                ),
                heading=heading,
                subheading=f"{as_of(office)}    {caption('total', language, count=len(to_mend))}",
            )
        )
    if repaired:
        sheets.append(
            WorkbookSheet(
                caption("repairs", language),
                (TextLine(caption("repairs_hint", language), LineStyle.HINT), _repairs_table(office, repaired)),
                heading=f"{heading} · {caption('repairs', language)}",
                subheading=f"{as_of(office)}    {caption('total', language, count=len(repaired))}",
            )
        )
    return write(
        Book(
            tuple(sheets),
            {embedded_metadata.KIND: embedded_metadata.EXCEPTIONS, embedded_metadata.PERSON: owner or ""},
            footer=caption("page", language),
        )
    )


def _split(findings: Sequence[OpenFinding]) -> tuple[list[OpenFinding], list[OpenFinding]]:
    repaired = [found for found in findings if not found.to_mend]
    return [found for found in findings if found.to_mend], repaired


def findings_table(
    office: Office, findings: Sequence[OpenFinding], outbox: str = "", *, answers: bool = False
) -> Table:
    """Return *findings* as a table, errors first, the oldest of each severity on top.

    Cells are linked to the originals in the archive; *outbox* leads there from the folder of this workbook. With *answers*
    those that say the same of one column are one line, which can be answered beside it.
    """
    language = office.language
    book = Rulebook(office.catalogue)
    ordered = sorted(findings, key=lambda found: (_ORDER.index(found.finding.severity), found.opened, found.number))
    lines = in_lines(ordered, book, language) if answers else [[found] for found in ordered]
    rows: list[list[Cell]] = []
    for line in lines:
        found = line[0]
        finding = found.finding
        words = book.word(finding, language)
        rows.append(
            [
                SEVERITIES[finding.severity].to(language),
                words.sentence,
                words.fix,
                *((None,) if answers else ()),
                finding.file,
                finding.sheet,
                cells_of(line),
                field_label(office, finding.form, finding.field),
                finding.value,
                records_of(line),
                _who(office, found.owner),
                found.opened,
                (office.today - found.opened).days,
                *((TOKENS_APART.join(token_of(each.finding) for each in line),) if answers else ()),
            ]
        )
    columns = (
        TableColumn(caption("severity", language), marked=True),
        *(TableColumn(caption(code, language), width=_READ if answers else 0.0) for code in ("wrong", "fix")),
        *((_answer_column(language),) if answers else ()),
        *(TableColumn(caption(code, language)) for code in ("file", "sheet")),
        TableColumn(caption("cell", language), Kind.CODE),
        TableColumn(caption("field", language)),
        TableColumn(caption("written", language), Kind.TEXT, marked=True),
        TableColumn(caption("key", language), Kind.CODE),
        TableColumn(caption("who", language)),
        TableColumn(caption("found_on", language), Kind.DATE),
        TableColumn(caption("age", language), Kind.INTEGER),
        *((TableColumn(embedded_metadata.TOKEN_LABEL, Kind.CODE, hidden=True),) if answers else ()),
    )
    marks = {
        row: _MARKS[line[0].finding.severity] for row, line in enumerate(lines) if line[0].finding.severity in _MARKS
    }
    at = next(index for index, column in enumerate(columns) if column.label == caption("cell", language))
    links = _links(office, [line[0] for line in lines], at, outbox)
    table = Table("exceptions", columns, rows, marks=marks, links=links, freeze=1)
    return folded_behind(table) if answers else table


def _answer_column(language: Language) -> TableColumn:
    words = tuple(each.to(language) for each in CHOICES.values())
    hint = caption("answer_hint", language)
    return TableColumn(LABEL.to(language), Kind.CHOICE, Access.FILL, options=words, message=hint)


def _links(
    office: Office, findings: Sequence[OpenFinding], column: int, outbox: str
) -> dict[tuple[int, int], CellLink]:
    return {
        (row, column): CellLink(outbox + path, found.finding.sheet, found.finding.cell)
        for row, found in enumerate(findings)
        if found.finding.cell and (path := office.archived.get(found.finding.submission))
    }


def _repairs_table(office: Office, findings: Sequence[OpenFinding]) -> Table:
    language = office.language
    book = Rulebook(office.catalogue)
    ordered = sorted(findings, key=lambda found: (found.finding.file, found.number))
    columns = (
        *(TableColumn(caption(code, language)) for code in ("file", "sheet")),
        TableColumn(caption("cell", language), Kind.CODE),
        TableColumn(caption("field", language)),
        TableColumn(caption("written", language), marked=True),
        TableColumn(caption("after", language)),
        TableColumn(caption("wrong", language)),
        TableColumn(caption("key", language), Kind.CODE),
        TableColumn(caption("who", language)),
        TableColumn(caption("found_on", language), Kind.DATE),
    )
    rows: list[list[Cell]] = [
        [
            found.finding.file,
            found.finding.sheet,
            found.finding.cell,
            field_label(office, found.finding.form, found.finding.field),
            found.finding.value,
            _after(found.finding, language),
            book.word(found.finding, language).sentence,
            found.finding.key,
            _who(office, found.owner),
            found.opened,
        ]
        for found in ordered
    ]
    return Table(
        "repairs",
        columns,
        rows,
        marks=dict.fromkeys(range(len(rows)), Mark.WARN),
        links=_links(office, ordered, 2, _OUTBOX),
    )


def _after(finding: Finding, language: Language) -> str:
    """What a repair made of the value: kept in both languages where it is an option's wording."""
    details = dict(finding.details)
    return details.get("after") or details.get(f"after@{language}", "")


def field_label(office: Office, form: str, field: str) -> str:
    """Return the label of *field* of *form*; the code itself when no form declares it any more."""
    try:
        return office.catalogue.register_of(form).field(field).label.to(office.language) if form and field else ""
    except KeyError:
        return field


def _who(office: Office, owner: str) -> str:
    return office.person_name(owner) if owner else caption("office", office.language)
