"""What one person has to do today → a workbook to fill and drop back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain import embedded_metadata
from pipeline.domain.duties import Duties, Stuck, Task, duties, late_by_owner
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_of
from pipeline.domain.roster import Person
from pipeline.domain.rulebook import Rulebook
from pipeline.render.reports.field_column import asked, in_words, locked, to_cells
from pipeline.render.reports.reading_pages import kept_lines, pages_to_read, summary_rows
from pipeline.render.reports.record_columns import as_of, lateness, marks, name_of_area, owner_name
from pipeline.render.wording import caption
from pipeline.render.xlsx.measure import column_widths
from pipeline.render.xlsx.paper import A4_HOLDS, fitting, on_paper
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.render.xlsx.workbook import (
    Access,
    Book,
    Cell,
    FilledColumn,
    LineStyle,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
    WriteWorkbook,
)
from pipeline.render.xlsx.write_workbook import OPTIONS_SHEET, write
from schemas.language import Field, FieldRole, Kind, Language
from schemas.language.field import SIGNING


def worklist(office: Office, person: Person, write: WriteWorkbook = write) -> bytes | None:
    """Return the worklist of *person*: one page a task, for a manager also what is stuck, then what is only
    to be read; None when there is nothing of all that.
    """
    day = duties(office, person)
    if not day.tasks and not day.stuck and not day.to_read:
        return None
    language = office.language
    first, *titles = sheet_titles(
        [caption("overview", language), *(task.stage.title.to(language) for task in day.tasks)]
    )
    sheets = [_overview(office, person, day, first, titles)]
    tables = [_TaskTable(office, task, person) for task in day.tasks]
    sheets += [_task_sheet(office, table, title) for table, title in zip(tables, titles, strict=True)]
    sheets += _stuck_sheets(office, day.stuck)
    sheets += pages_to_read(office, day)
    rows: dict[str, str] = {}
    for title, task, table in zip(titles, day.tasks, tables, strict=True):
        rows |= embedded_metadata.row_entries(
            title, (embedded_metadata.token(entry.key, entry.version) for entry in task.entries)
        )
        rows |= embedded_metadata.shown_entries(title, table.only_shown())
        rows |= {embedded_metadata.signed_entry(title): table.signature} if table.signed else {}
    return write(
        Book(
            tuple(sheets),
            {
                embedded_metadata.KIND: embedded_metadata.WORKLIST,
                embedded_metadata.PERSON: person.number,
                embedded_metadata.skip_entry(first): "",
                embedded_metadata.skip_entry(OPTIONS_SHEET): "",
            }
            | {
                embedded_metadata.sheet_entry(title): task.stage.form
                for title, task in zip(titles, day.tasks, strict=True)
            }
            | rows,
            footer=caption("page", language),
        )
    )


def _overview(office: Office, person: Person, day: Duties, title: str, pages: Sequence[str]) -> WorkbookSheet:
    language = office.language
    late = sum(office.overdue(entry) for task in day.tasks for entry in task.entries)
    back = sum(bool(entry.reason) for task in day.tasks for entry in task.entries)
    greeting = caption("nothing_todo", language, name=person.name)
    if day.tasks:
        greeting = caption("todo", language, name=person.name, count=day.entries)
        greeting += caption("todo_late", language, late=late) if late else ""
        greeting += caption("todo_back", language, back=back) if back else ""
        greeting += caption("todo_end", language)
    parts: list[SheetElement] = [TextLine(greeting, LineStyle.LATE if late else LineStyle.TEXT)]
    if waiting := sum(each.to_mend for each in day.findings):
        parts.append(TextLine(caption("findings_too", language, count=waiting)))
    parts += kept_lines(office, day)
    parts.append(_summary(office, day, pages))
    if day.tasks:
        parts += _how_to_return(language)
    return WorkbookSheet(
        title,
        tuple(parts),
        heading=caption("worklist", language, name=person.name),
        subheading=as_of(office),
        protected=True,
        profile=True,
    )


def _summary(office: Office, day: Duties, pages: Sequence[str]) -> Table:
    def say(code: str, kind: Kind = Kind.TEXT) -> TableColumn:
        return TableColumn(caption(code, office.language), kind)

    rows: list[list[Cell]] = [
        [
            page,
            len(task.entries),
            sum(office.overdue(entry) for entry in task.entries),
            sum(bool(entry.reason) for entry in task.entries),
            task.stage.task.to(office.language),
        ]
        for page, task in zip(pages, day.tasks, strict=True)
    ]
    unassigned = [entry for each in day.stuck for entry in each.unassigned]
    late = [entry for each in day.stuck for entry in each.overdue]
    rows += [
        [
            caption(code, office.language),
            len(entries),
            sum(office.overdue(entry) for entry in entries),
            None,
            caption(f"{code}_todo", office.language),
        ]
        for code, entries in (("unassigned", unassigned), ("late_by_owner", late))
        if entries
    ]
    rows += summary_rows(office, day)
    counts = (say("entries", Kind.INTEGER), say("overdue", Kind.INTEGER), say("sent_back", Kind.INTEGER))
    return Table("tasks", (say("task"), *counts, say("what_to_do")), rows)


def _how_to_return(language: Language) -> list[SheetElement]:
    return [
        TextLine(caption("how", language), LineStyle.HEADING),
        *(TextLine(caption(f"how_{step}", language)) for step in (1, 2, 3)),
        TextLine(caption("legend", language), LineStyle.HEADING),
        *(
            TextLine(caption(f"legend_{look}", language), look)
            for look in (LineStyle.FILL, LineStyle.CORRECT, LineStyle.LOCKED)
        ),
    ]


def _task_sheet(office: Office, table: _TaskTable, title: str) -> WorkbookSheet:
    language, task = office.language, table.task
    return WorkbookSheet(
        title,
        (TextLine(task.stage.task.to(language), LineStyle.HINT), table.build()),
        heading=title if (of := task.register.title.to(language)) in title else f"{title} · {of}",
        subheading=f"{as_of(office)}    {caption('total', language, count=len(task.entries))}",
        # not protected: under protection nobody could sort it or open a group; what is not to be changed is looked at on return
    )


class _TaskTable:
    """The table of one task: where the record stands, what is asked, what is known, and the hidden token.

    What is known stays open as far as it fits on the page, what the steps before have said first; the rest is folded.
    """

    def __init__(self, office: Office, task: Task, person: Person) -> None:
        self._office = office
        self.task = task
        self._people = office.roster.callable_names()
        self.signature = person.name if office.roster.named(person.name) == person else person.number
        """What stands beforehand as who did it: the reader's own name, or his number where two bear it."""
        register = task.register
        self._base = register.base
        self._form = office.catalogue.form(task.stage.form)
        self._renewed = {code for code in task.stage.renews if self._base.get(code) is not None}
        self._asked = [
            field for field in self._form if self._base.get(field.code) is None or field.code in self._renewed
        ]
        own = [field for field in self._asked if not field.key and field.code not in self._renewed]
        of_deed = [field for field in own if field.means not in SIGNING]
        self.signed = self._form.meaning(FieldRole.ACTOR) if of_deed else None
        """The field that names who did it; None where a row that is signed and dated says all: nothing is done unasked."""
        self._known = [
            field
            for field in register.fields
            if self._base.get(field.code) is None
            and self._form.get(field.code) is None
            and any(field.code in entry.values for entry in task.entries)
        ]
        self._first = [field for field in self._base if field.key or field.means is FieldRole.TITLE]
        self._rest = [field for field in self._base if field not in self._first and field.code not in self._renewed]
        self._rest.sort(key=_where_first)
        if register.kept:  # only to be looked at: what none of them holds is no use
            self._rest = [field for field in self._rest if any(field.code in entry.values for entry in task.entries)]

    def only_shown(self) -> dict[str, dict[str, str]]:
        """Return what stands in the columns that nobody fills, by label and token: whoever writes there is told."""
        tokens = [embedded_metadata.token(entry.key, entry.version) for entry in self.task.entries]
        return {
            column.label: {
                token: embedded_metadata.quoted_cell(cell) for token, cell in zip(tokens, cells, strict=True)
            }
            for column, cells in (*self._standings(), *self._reasons(), *self._knowns())
        }

    def build(self) -> Table:
        """Return the table."""
        language = self._office.language
        entries = self.task.entries
        columns: list[FilledColumn] = [
            *self._standings(),
            *((self._base_column(field), to_cells(field, entries, language)) for field in self._first),
            *self._reasons(),
        ]
        asked_from = len(columns)
        columns += [
            (asked(field, self._form, language, Access.CORRECT), to_cells(field, entries, language))
            if field.code in self._renewed
            else (
                asked(field, self._form, language, people=self._people),
                [self.signature if field is self.signed else None] * len(entries),
            )
            for field in self._asked
        ]
        known = [
            *self._knowns(),
            *((self._base_column(field), to_cells(field, entries, language)) for field in self._rest),
        ]
        columns = _folded([*columns, *known], len(columns))
        token = TableColumn(embedded_metadata.TOKEN_LABEL, Kind.CODE, Access.LOCKED, hidden=True)
        columns.append((token, [embedded_metadata.token(entry.key, entry.version) for entry in entries]))
        return Table.of_columns(
            self._form.code,
            columns,
            marks=marks(self._office, entries),
            comments=self._last_time(asked_from),
            freeze=2 + len(self._first),
        )

    def _standings(self) -> list[FilledColumn]:
        entries = self.task.entries
        return [
            (self._standing("due", Kind.DATE), [entry.due for entry in entries]),
            (self._standing("lateness"), [lateness(self._office, entry) for entry in entries]),
        ]

    def _knowns(self) -> list[FilledColumn]:
        language, entries = self._office.language, self.task.entries
        return [(locked(field, language), to_cells(field, entries, language)) for field in self._known]

    def _standing(self, code: str, kind: Kind = Kind.TEXT) -> TableColumn:
        return TableColumn(caption(code, self._office.language), kind, Access.LOCKED, marked=True)

    def _reasons(self) -> list[FilledColumn]:
        entries = self.task.entries
        if not any(entry.reason for entry in entries):
            return []
        return [(self._standing("sent_back_why"), [entry.reason for entry in entries])]

    def _base_column(self, field: Field) -> TableColumn:
        if field.key or self.task.register.kept or self.task.register.barring(field.code):
            return locked(field, self._office.language)
        own = self._form.get(field.code)
        return asked(own or field, self._form if own else self._base, self._office.language, Access.CORRECT)

    def _last_time(self, first: int) -> dict[tuple[int, int], str]:
        """What was answered before a record was sent back, as comments: the answer has to be given anew."""
        language = self._office.language
        return {
            (row, first + column): caption("last_time", language, value=in_words(field, value, language))
            for row, entry in enumerate(self.task.entries)
            for column, field in enumerate(self._asked)
            if field.code not in self._renewed and entry.reason and (value := entry.values.get(field.code)) is not None
        }


def _where_first(field: Field) -> int:
    """Where somebody is and how he is reached comes before what else is known of him: it stays open."""
    return 0 if field.means is FieldRole.ADDRESS else 1 if field.kind is Kind.PHONE else 2


def _folded(columns: Sequence[FilledColumn], first: int) -> list[FilledColumn]:
    """Return *columns*, of those from *first* on the ones folded that an A4 page has no room for."""
    asked_for, known = (
        column_widths(Table.of_columns("", part, marks={})) for part in (columns[:first], columns[first:])
    )
    room = A4_HOLDS - on_paper(asked_for)
    fits = first + fitting(known, room)
    return [(replace(column, folded=at >= fits), cells) for at, (column, cells) in enumerate(columns)]


def _stuck_sheets(office: Office, stuck: Sequence[Stuck]) -> list[WorkbookSheet]:
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
    rows = [
        [
            *_about(each, entry, language),
            *_why_nobody(office, each, entry),
            entry.due,
            lateness(office, entry),
        ]
        for each, entry in waiting
    ]
    return Table("unassigned", columns, rows, marks=marks(office, (entry for _, entry in waiting)))


def _why_nobody(office: Office, each: Stuck, entry: RecordState) -> tuple[str, str]:
    """Why nobody has *entry*, and what to do: as the finding says that assignment raised."""
    forms = {form.code for form in each.register.forms}
    book = Rulebook(office.catalogue)
    words = [
        book.word(found.finding, office.language)
        for found in office.findings
        if found.finding.key == entry.key and found.finding.form in forms and not found.finding.submission
    ]
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
