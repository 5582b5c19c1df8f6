"""Pages of a manager's worklist: what nobody has, and who is late with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.domain.duties import Stuck, late_by_owner
from pipeline.domain.finding import Finding
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_of
from pipeline.domain.rulebook import Rulebook
from pipeline.render.reports.record_columns import as_of, lateness, marks, name_of_area, owner_name
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Cell, LineStyle, Table, TableColumn, TextLine, WorkbookSheet
from schemas.language import Kind, Language


def stuck_pages(office: Office, stuck: Sequence[Stuck]) -> list[WorkbookSheet]:
    """Return the pages of what is *stuck*."""
    language = office.language
    unassigned = [(each, entry) for each in stuck for entry in each.unassigned]
    late = [(each, entry) for each in stuck for entry in each.overdue]
    sheets = []
    if unassigned:
        sheets.append(
            WorkbookSheet(
                caption("unassigned", language),
                (TextLine(caption("unassigned_hint", language), LineStyle.HINT), _unassigned(office, unassigned)),
                heading=caption("unassigned", language),
                subheading=f"{as_of(office)}    {caption('total', language, count=len(unassigned))}",
                protected=True,
            )
        )
    if late:
        sheets.append(
            WorkbookSheet(
                caption("late_by_owner", language),
                (_late_counts(office, [entry for _, entry in late]), _late_rows(office, late)),
                heading=caption("late_by_owner", language),
                subheading=f"{as_of(office)}    {caption('total', language, count=len(late))}",
                protected=True,
            )
        )
    return sheets


def _about(each: Stuck, entry: RecordState, language: Language) -> list[Cell]:
    return [entry.key, title_of(each.register, entry), each.register.title.to(language), each.stage.title.to(language)]


def _about_columns(language: Language) -> tuple[TableColumn, ...]:
    return (
        TableColumn(caption("key", language), Kind.CODE),
        *(TableColumn(caption(code, language)) for code in ("record", "register", "stage")),
    )


def _unassigned(office: Office, waiting: Sequence[tuple[Stuck, RecordState]]) -> Table:
    language = office.language
    columns = (
        *_about_columns(language),
        TableColumn(caption("because", language)),
        TableColumn(caption("fix", language)),
        TableColumn(caption("due", language), Kind.DATE, marked=True),
        TableColumn(caption("lateness", language), marked=True),
    )
    raised: dict[str, list[Finding]] = defaultdict(list)
    for found in office.findings:
        if not found.finding.submission:
            raised[found.finding.key].append(found.finding)
    rows = [
        [
            *_about(each, entry, language),
            *_why_nobody(office, each, raised.get(entry.key, ())),
            entry.due,
            lateness(office, entry),
        ]
        for each, entry in waiting
    ]
    return Table("unassigned", columns, rows, marks=marks(office, (entry for _, entry in waiting)))


def _why_nobody(office: Office, each: Stuck, raised: Sequence[Finding]) -> tuple[str, str]:
    """Why nobody has a record, and what to do: as the finding says that assignment has *raised*."""
    forms = {form.code for form in each.register.forms}
    book = Rulebook(office.catalogue)
    words = [book.word(finding, office.language) for finding in raised if finding.form in forms]
    return "\n".join(word.sentence for word in words), "\n".join(word.fix for word in words)


def _late_counts(office: Office, late: Sequence[RecordState]) -> Table:
    language = office.language
    return Table(
        "late_counts",
        (TableColumn(caption("owner", language)), TableColumn(caption("overdue_count", language), Kind.INTEGER)),
        [[owner_name(office, number), count] for number, count in late_by_owner(late)],
        heading=caption("late_counts", language),
    )


def _late_rows(office: Office, late: Sequence[tuple[Stuck, RecordState]]) -> Table:
    language = office.language
    columns = (
        TableColumn(caption("owner", language)),
        TableColumn(caption("lateness", language), marked=True),
        TableColumn(caption("due", language), Kind.DATE, marked=True),
        *_about_columns(language),
        TableColumn(caption("area", language)),
    )
    ordered = sorted(late, key=lambda pair: (pair[1].owner, pair[1].due, pair[1].key))
    rows: list[list[Cell]] = [
        [
            owner_name(office, entry.owner),
            lateness(office, entry),
            entry.due,
            *_about(each, entry, language),
            name_of_area(office, entry.area),
        ]
        for each, entry in ordered
    ]
    late_marks = marks(office, (entry for _, entry in ordered))
    return Table("late", columns, rows, heading=caption("late_rows", language), marks=late_marks)
