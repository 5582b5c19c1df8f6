"""What one person has to do at customers' → sheets to take along, a customer a page: what is known, then what is to be found
out. Written on by hand there and typed in afterwards, or filled on a screen: the workbook comes back as a worklist does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import repeat

from pipeline.domain import embedded_metadata
from pipeline.domain.duties import Task, duties
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_of
from pipeline.domain.refused_row import RefusedRow
from pipeline.domain.roster import Person
from pipeline.render.reports.field_column import asked, locked, said_of_conditions, to_cell
from pipeline.render.reports.record_columns import as_of
from pipeline.render.reports.refused_cells import refused_row, sentences, told_in_full
from pipeline.render.text_width import text_width
from pipeline.render.wording import caption
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.render.xlsx.workbook import (
    Access,
    Book,
    Box,
    Card,
    LineStyle,
    SheetElement,
    TableColumn,
    TextLine,
    WorkbookSheet,
    WriteWorkbook,
)
from pipeline.render.xlsx.write_workbook import OPTIONS_SHEET, write
from schemas.language import Field, FieldRole, Kind, Language

TO_TICK = "□"
_NARROW = 28.0
"""Digits that half a line holds."""
MOST = 60
"""Customers of one workbook, the most urgent first: more than anybody visits before the next one comes. The others wait on the
worklist; on the day of a first load a person may have thousands.
"""

Visit = tuple[Task, RecordState]


def visit_sheets(office: Office, person: Person, write: WriteWorkbook = write) -> bytes | None:
    """Return the sheets of *person*, one for each record whose step is done on site, ``MOST`` of them; None when there is none."""
    tasks = [task for task in duties(office, person).tasks if task.stage.on_site]
    every = [(task, entry) for task in tasks for entry in task.entries]
    if not every:
        return None
    visits, left = every[:MOST], len(every[MOST:])
    titles = sheet_titles(f"{entry.key} {title_of(task.register, entry)}".strip() for task, entry in visits)
    brought = {
        embedded_metadata.KIND: embedded_metadata.WORKLIST,
        embedded_metadata.PERSON: person.number,
        embedded_metadata.skip_entry(OPTIONS_SHEET): "",
    }
    for title, (task, entry) in zip(titles, visits, strict=True):
        brought[embedded_metadata.sheet_entry(title)] = task.stage.form
        brought[embedded_metadata.card_entry(title)] = ""
        row = refused_row(office, task, entry)
        token = row.token if row else embedded_metadata.token(entry.key, entry.version)
        brought |= embedded_metadata.row_entries(title, [token])
        brought |= embedded_metadata.refused_entries(title, [token] if row else [])
    pages = [page for task in tasks for page in repeat(VisitPages(office, person, task, left), len(task.entries))]
    sheets = tuple(
        page.page(entry, title) for page, title, (_, entry) in zip(pages[:MOST], titles, visits, strict=True)
    )
    return write(Book(sheets, brought, footer=caption("page", office.language)))


class VisitPages:
    """The pages of one *task* of *person*: what they have in common is worked out once, a page is made of it for each record;
    each says how many visits are *left* that have none.
    """

    def __init__(self, office: Office, person: Person, task: Task, left: int) -> None:
        self._office = office
        self._person = person
        self._task = task
        language = office.language
        self._form = office.catalogue.form(task.stage.form)
        hints = (caption("visit_how", language), *said_of_conditions(self._form, language))
        others = (caption("visit_left", language, left=left),) if left else ()
        self._hints = [TextLine(each, LineStyle.HINT) for each in (*hints, *others)]
        self._heading = caption("visit_sheet", language, stage=task.stage.title.to(language))
        self._known = self._known_fields()
        self._corrected = {
            field.code: asked(field, self._form, language, Access.CORRECT, office.roster.callable_names())
            for field in self._form
            if task.register.base.get(field.code) is not None
        }
        self._blank = {field.code: self._to_fill(field) for field in self._form}

    def page(self, entry: RecordState, title: str) -> WorkbookSheet:
        """Return the page of *entry*: what is known of it, then what is to be found out."""
        office, language = self._office, self._office.language
        parts: list[SheetElement] = [*self._hints]
        if entry.reason:
            parts.append(TextLine(caption("visit_back", language, reason=entry.reason), LineStyle.LATE))
        row = refused_row(office, self._task, entry)
        if row is not None:
            parts += [
                TextLine(caption("visit_refused", language, reason=each), LineStyle.LATE)
                for each in sentences(office, row.findings)
            ]
        parts += [
            Card(tuple(self._as_filled(row, self._known_boxes(entry)))),
            TextLine(caption("visit_fill", language), LineStyle.HEADING),
            Card(tuple(self._as_filled(row, self._asked_boxes(entry)))),
        ]
        due = caption("visit_due", language, day=entry.due.isoformat()) if entry.due else ""
        return WorkbookSheet(
            title,
            tuple(parts),
            heading=self._heading,
            subheading="    ".join(filter(None, (as_of(office), self._person.name, due))),
            profile=True,
            one_page=True,
        )

    def _known_fields(self) -> list[tuple[Field, TableColumn]]:
        """What the register may hold that is shown: the number of an identity card is not carried about."""
        register, language = self._task.register, self._office.language
        base = register.base
        fields = [
            field
            for field in base
            if (field.key or self._form.get(field.code) is None) and (field.kind is Kind.PHONE or not field.private)
        ]
        fields.sort(key=lambda field: not (field.key or field.means is FieldRole.TITLE))
        return [
            (
                field,
                locked(field, language)
                if field.key or register.only_shown or register.barring(field.code)
                else asked(field, base, language, Access.CORRECT),
            )
            for field in fields
        ]

    def _known_boxes(self, entry: RecordState) -> Iterator[tuple[Field, Box]]:
        """What the register holds, to be corrected where it is wrong."""
        language = self._office.language
        for field, column in self._known:
            if field.required or field.code in entry.values:
                yield field, Box(column, to_cell(field, entry.values.get(field.code), language), _is_wide(field))

    def _asked_boxes(self, entry: RecordState) -> Iterator[tuple[Field, Box]]:
        language = self._office.language
        for field in self._form:
            if field.key:
                continue
            column = self._corrected.get(field.code)
            known = None if column is None else entry.values.get(field.code)
            if column is None or known is None:
                yield field, self._blank[field.code]
            else:
                yield field, Box(column, to_cell(field, known, language), _is_wide(field))

    def _to_fill(self, field: Field) -> Box:
        office, language = self._office, self._office.language
        column = asked(field, self._form, language, Access.FILL, office.roster.callable_names())
        if field.options and field.kind is Kind.CHOICE:
            ticks = _to_tick(field, language)
            return Box(replace(column, lenient=True), ticks, text_width(ticks) > _NARROW)
        free = _is_free(field)
        return Box(column, None, free or _is_wide(field), high=free)

    def _as_filled(self, row: RefusedRow | None, boxes: Iterable[tuple[Field, Box]]) -> Iterator[Box]:
        """Yield *boxes* as they were filled where the *row* was refused: an answer that was given takes the place of the boxes
        to tick.
        """
        if row is None:
            yield from (box for _, box in boxes)
            return
        for field, box in boxes:
            found = row.wrong.get(field.code, ())
            wrong = told_in_full(self._office, found) if found else ""
            yield replace(box, value=row.cells.get(field.code, box.value), wrong=wrong)


def _to_tick(field: Field, language: Language) -> str:
    return "\u3000".join(f"{TO_TICK} {option.words.to(language)}" for option in field.options)


def _is_free(field: Field) -> bool:
    """Tell whether *field* takes some sentences: nothing else is asked of it."""
    rules = field.required or field.required_when or field.options or field.rules
    return field.kind is Kind.TEXT and not rules and field.means in (None, FieldRole.REASON)


def _is_wide(field: Field) -> bool:
    return field.means is FieldRole.ADDRESS or field.kind is Kind.LIST
