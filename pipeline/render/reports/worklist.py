"""What one person has to do today → a workbook to fill and drop back."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.duties import Duties, duties
from pipeline.domain.office import Office
from pipeline.domain.roster import Person
from pipeline.render.reports.field_column import said_of_conditions
from pipeline.render.reports.incomplete_page import incomplete_pages
from pipeline.render.reports.reading_pages import kept_lines, pages_to_read, summary_rows
from pipeline.render.reports.record_columns import as_of
from pipeline.render.reports.refused_cells import is_back
from pipeline.render.reports.stuck_pages import stuck_pages
from pipeline.render.reports.task_table import TaskTable
from pipeline.render.wording import caption
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.render.xlsx.workbook import (
    Book,
    Cell,
    LineStyle,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
    WriteWorkbook,
)
from pipeline.render.xlsx.write_workbook import OPTIONS_SHEET, write
from schemas.language import Kind, Language


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
    tables = [TaskTable(office, task, person) for task in day.tasks]
    sheets += [_task_sheet(office, table, title) for table, title in zip(tables, titles, strict=True)]
    sheets += stuck_pages(office, day.stuck)
    sheets += pages_to_read(office, day)
    lacking = incomplete_pages(office, day.kept)
    named = sheet_titles([*(sheet.title for sheet in sheets), *(each.title for each in lacking)])[len(sheets) :]
    sheets += [each.sheet(title) for title, each in zip(named, lacking, strict=True)]
    rows: dict[str, str] = {}
    for title, page in zip(named, lacking, strict=True):
        rows |= {embedded_metadata.sheet_entry(title): page.form}
        rows |= embedded_metadata.row_entries(title, page.tokens)
        rows |= embedded_metadata.shown_entries(title, page.shown())
    for title, table in zip(titles, tables, strict=True):
        rows |= embedded_metadata.row_entries(title, table.tokens)
        rows |= embedded_metadata.refused_entries(title, table.refused_tokens)
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
    back = sum(is_back(office, task, entry) for task in day.tasks for entry in task.entries)
    greeting = caption("nothing_todo", language, name=person.name)
    if day.tasks:
        greeting = caption("todo", language, name=person.name, count=day.entries)
        greeting += caption("todo_late", language, late=late) if late else ""
        greeting += caption("todo_back", language, back=back) if back else ""
        greeting += caption("todo_end", language)
    parts: list[SheetElement] = [TextLine(greeting, LineStyle.LATE if late else LineStyle.TEXT)]
    if waiting := sum(each.to_mend and each.number not in office.on_worklists for each in day.findings):
        parts.append(TextLine(caption("findings_too", language, count=waiting)))
    parts += kept_lines(office, day)
    parts.append(_summary(office, day, pages))
    if day.tasks or any(kept.incomplete for kept in day.kept):
        parts += _how_to_return(
            language,
            any_refused=any(
                office.refused.get((each.register, each.key)) for task in day.tasks for each in task.entries
            ),
        )
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
            sum(is_back(office, task, entry) for entry in task.entries),
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


def _how_to_return(language: Language, *, any_refused: bool) -> list[SheetElement]:
    colours = (LineStyle.FILL, LineStyle.CORRECT, *((LineStyle.WRONG,) if any_refused else ()), LineStyle.LOCKED)
    return [
        TextLine(caption("how", language), LineStyle.HEADING),
        *(TextLine(caption(f"how_{step}", language)) for step in (1, 2, 3)),
        TextLine(caption("legend", language), LineStyle.HEADING),
        *(TextLine(caption(f"legend_{look}", language), look) for look in colours),
    ]


def _task_sheet(office: Office, table: TaskTable, title: str) -> WorkbookSheet:
    language, task = office.language, table.task
    hints = (task.stage.task.to(language), *said_of_conditions(office.catalogue.form(task.stage.form), language))
    return WorkbookSheet(
        title,
        (*(TextLine(each, LineStyle.HINT) for each in hints), table.build()),
        heading=title if (of := task.register.title.to(language)) in title else f"{title} · {of}",
        subheading=f"{as_of(office)}    {caption('total', language, count=len(task.entries))}",
        # not protected: under protection nobody could sort it or open a group; what is not to be changed is looked at on return
    )
