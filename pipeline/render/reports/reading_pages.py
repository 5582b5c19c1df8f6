"""Pages of a worklist that ask for no filling in: what lapses soon, what others left open."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.data_quality import Portfolio
from pipeline.domain.duties import Duties
from pipeline.domain.office import Office
from pipeline.domain.outlooks import Ahead
from pipeline.domain.record_title import title_of
from pipeline.render.reports.exceptions import findings_table
from pipeline.render.reports.record_columns import as_of, name_of_area, owner_name, state_name
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import (
    Cell,
    LineStyle,
    Mark,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from pipeline.render.xlsx.workbook_style import COUNT_FORMAT, PERCENT_FORMAT
from schemas.language import FieldRole, Kind, Localized, Register

_OUTBOX = "../"
_SOON = 7
"""Days before a record lapses in which it stands out."""


def pages_to_read(office: Office, day: Duties) -> list[WorkbookSheet]:
    """Return the pages for *day* that have something on them, locked, to be read."""
    expiring = [_lapsing(office, kept) for kept in day.kept if kept.expiring]
    found: list[tuple[str, int, Sequence[SheetElement]]] = [
        ("ahead", sum(each.missing for each in day.ahead), [_ahead(office, each) for each in day.ahead]),
        ("left_open", len(day.left_open), [findings_table(office, day.left_open, _OUTBOX)] if day.left_open else []),
        (
            "passed_on",
            len(day.passed_on),
            [findings_table(office, day.passed_on, _OUTBOX)] if day.passed_on else [],
        ),
        ("kept_by", len(day.kept_by), [_by_person(office, day.kept_by)] if day.kept_by else []),
        ("lapsing", sum(len(kept.expiring) for kept in day.kept), expiring),
    ]
    return [_page(office, code, count, parts) for code, count, parts in found if parts]


def summary_rows(office: Office, day: Duties) -> list[list[Cell]]:
    """Return the rows of the overview for these pages: page, count, and what to do about it."""
    counts = {
        "ahead": sum(each.missing for each in day.ahead),
        "left_open": len(day.left_open),
        "passed_on": len(day.passed_on),
        "lapsing": sum(len(kept.expiring) for kept in day.kept),
        "incomplete": sum(len(kept.incomplete) for kept in day.kept),
    }
    language = office.language
    return [
        [caption(code, language), count, None, None, caption(f"{code}_todo", language)]
        for code, count in counts.items()
        if count
    ]


def kept_lines(office: Office, day: Duties) -> list[TextLine]:
    """Return a sentence a register on what the reader looks after: how many records, how complete."""
    return [
        TextLine(
            caption(
                "kept_line",
                office.language,
                title=kept.register.title.to(office.language),
                count=kept.records,
                percent=_rounded(kept.percent),
            )
        )
        for kept in day.kept
    ]


def _page(office: Office, code: str, count: int, parts: Sequence[SheetElement]) -> WorkbookSheet:
    language = office.language
    return WorkbookSheet(
        caption(code, language),
        (TextLine(caption(f"{code}_hint", language), LineStyle.HINT), *parts),
        heading=caption(code, language),
        subheading=f"{as_of(office)}    {caption('total', language, count=count)}",
        protected=True,
    )


def _about(register: Register, office: Office) -> tuple[TableColumn, ...]:
    title = register.meaning(FieldRole.TITLE)
    return (
        TableColumn(register.key.label.to(office.language), Kind.CODE, marked=True),
        TableColumn(title.label.to(office.language) if title else caption("record", office.language), marked=True),
    )


def _lapsing(office: Office, kept: Portfolio) -> Table:
    language, register = office.language, kept.register
    lapses = register.meaning(FieldRole.EXPIRES)
    columns = (
        *_about(register, office),
        TableColumn(lapses.label.to(language) if lapses else "", Kind.DATE, marked=True),
        TableColumn(caption("days_left", language), Kind.INTEGER, marked=True),
        *(TableColumn(caption(code, language)) for code in ("state", "area")),
    )
    rows: list[list[Cell]] = []
    marks: dict[int, Mark] = {}
    for row, (until, entry) in enumerate(kept.expiring):
        left = (until - office.today).days
        rows.append(
            [
                entry.key,
                title_of(register, entry),
                until,
                left,
                state_name(register, entry, language),
                name_of_area(office, entry.area),
            ]
        )
        if left <= _SOON:
            marks[row] = Mark.LATE if left < 0 else Mark.WARN
    return Table("lapsing", columns, rows, marks=marks, freeze=2)


def _ahead(office: Office, ahead: Ahead) -> Table:
    language, outlook = office.language, ahead.outlook
    kind = Kind.NUMBER if outlook.percent else Kind.INTEGER
    counts = (
        TableColumn(caption(code, language), kind, number_format=PERCENT_FORMAT if outlook.percent else COUNT_FORMAT)
        for code in ("ahead_due", "ahead_made", "ahead_missing")
    )
    done = TableColumn(caption("ahead_share", language), Kind.NUMBER, number_format=PERCENT_FORMAT)
    rows: list[list[Cell]] = [
        [
            line.subject.to(language) if isinstance(line.subject, Localized) else line.subject,
            line.due,
            line.made,
            line.missing,
            min(1, line.made / line.due),
        ]
        for line in ahead.lines
    ]
    columns = (TableColumn(outlook.of.to(language)), *counts, done)
    return Table(outlook.code, columns, rows, heading=outlook.title.to(language))


def _by_person(office: Office, kept_by: Sequence[tuple[str, Portfolio]]) -> Table:
    language = office.language
    columns = (
        TableColumn(caption("keeper", language)),
        TableColumn(caption("register", language)),
        *(
            TableColumn(caption(code, language), Kind.INTEGER)
            for code in ("entries", "average_percent", "incomplete_count", "lapsing_count")
        ),
    )
    rows: list[list[Cell]] = [
        [
            owner_name(office, number),
            kept.register.title.to(language),
            kept.records,
            _rounded(kept.percent),
            len(kept.incomplete),
            len(kept.expiring),
        ]
        for number, kept in sorted(kept_by, key=lambda pair: (pair[1].percent, pair[0]))
    ]
    return Table("kept_by", columns, rows)


def _rounded(percent: float) -> int:
    """The average as a whole number: 100 only when nothing is missing anywhere."""
    return int(percent)
