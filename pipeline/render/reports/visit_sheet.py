"""What one person has to do at customers' → sheets to take along, a customer a page: what is known, then what is to be found
out. Written on by hand there and typed in afterwards, or filled on a screen: the workbook comes back as a worklist does.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.domain import embedded_metadata
from pipeline.domain.duties import Task, duties
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_of
from pipeline.domain.roster import Person
from pipeline.render.reports.field_column import asked, locked, said_of_conditions, to_cell
from pipeline.render.reports.record_columns import as_of
from pipeline.render.reports.refused_cells import refused_row, sentences, told_in_full
from pipeline.render.wording import caption
from pipeline.render.xlsx.measure import text_width
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.render.xlsx.workbook import (
    Access,
    Book,
    Box,
    Card,
    LineStyle,
    SheetElement,
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
    every = [(task, entry) for task in duties(office, person).tasks if task.stage.on_site for entry in task.entries]
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
    others = (TextLine(caption("visit_left", office.language, left=left), LineStyle.HINT),) if left else ()
    sheets = tuple(_sheet(office, person, visit, title, others) for title, visit in zip(titles, visits, strict=True))
    return write(Book(sheets, brought, footer=caption("page", office.language)))


def _sheet(office: Office, person: Person, visit: Visit, title: str, others: tuple[SheetElement, ...]) -> WorkbookSheet:
    language = office.language
    task, entry = visit
    form = office.catalogue.form(task.stage.form)
    hints = (caption("visit_how", language), *said_of_conditions(form, language))
    parts: list[SheetElement] = [*(TextLine(each, LineStyle.HINT) for each in hints), *others]
    if entry.reason:
        parts.append(TextLine(caption("visit_back", language, reason=entry.reason), LineStyle.LATE))
    row = refused_row(office, task, entry)
    if row is not None:
        parts += [
            TextLine(caption("visit_refused", language, reason=each), LineStyle.LATE)
            for each in sentences(office, row.findings)
        ]
    parts += [
        Card(tuple(_known(office, visit))),
        TextLine(caption("visit_fill", language), LineStyle.HEADING),
        Card(tuple(_asked(office, visit))),
    ]
    due = caption("visit_due", language, day=entry.due.isoformat()) if entry.due else ""
    return WorkbookSheet(
        title,
        tuple(parts),
        heading=caption("visit_sheet", language, stage=task.stage.title.to(language)),
        subheading="    ".join(filter(None, (as_of(office), person.name, due))),
        profile=True,
        one_page=True,
    )


def _known(office: Office, visit: Visit) -> list[Box]:
    """What the register holds, to be corrected where it is wrong: the number of an identity card is not carried about."""
    task, entry = visit
    base, form = task.register.base, office.catalogue.form(task.stage.form)
    fields = [
        field
        for field in base
        if (field.key or form.get(field.code) is None)
        and (field.required or field.code in entry.values)
        and (field.kind is Kind.PHONE or not field.private)
    ]
    fields.sort(key=lambda field: not (field.key or field.means is FieldRole.TITLE))
    boxes = []
    for field in fields:
        barred = field.key or task.register.only_shown or task.register.barring(field.code)
        column = locked(field, office.language) if barred else asked(field, base, office.language, Access.CORRECT)
        value = to_cell(field, entry.values.get(field.code), office.language)
        boxes.append(_as_filled(office, visit, field, Box(column, value, _is_wide(field))))
    return boxes


def _asked(office: Office, visit: Visit) -> list[Box]:
    task, entry = visit
    language = office.language
    form = office.catalogue.form(task.stage.form)
    boxes = []
    for field in form:
        if field.key:
            continue
        known = entry.values.get(field.code) if task.register.base.get(field.code) is not None else None
        column = asked(
            field, form, language, Access.FILL if known is None else Access.CORRECT, office.roster.callable_names()
        )
        if known is not None:
            box = Box(column, to_cell(field, known, language), _is_wide(field))
        elif field.options and field.kind is Kind.CHOICE:
            ticks = _to_tick(field, language)
            box = Box(replace(column, lenient=True), ticks, text_width(ticks) > _NARROW)
        else:
            free = _is_free(field)
            box = Box(column, None, free or _is_wide(field), high=free)
        boxes.append(_as_filled(office, visit, field, box))
    return boxes


def _as_filled(office: Office, visit: Visit, field: Field, box: Box) -> Box:
    """Return *box* as it was filled where the row was refused: an answer that was given takes the place of the boxes to tick."""
    row = refused_row(office, *visit)
    if row is None:
        return box
    found = row.wrong.get(field.code, ())
    wrong = told_in_full(office, found) if found else ""
    return replace(box, value=row.cells.get(field.code, box.value), wrong=wrong)


def _to_tick(field: Field, language: Language) -> str:
    return "\u3000".join(f"{TO_TICK} {option.words.to(language)}" for option in field.options)


def _is_free(field: Field) -> bool:
    """Tell whether *field* takes some sentences: nothing else is asked of it."""
    rules = field.required or field.required_when or field.options or field.rules
    return field.kind is Kind.TEXT and not rules and field.means in (None, FieldRole.REASON)


def _is_wide(field: Field) -> bool:
    return field.means is FieldRole.ADDRESS or field.kind is Kind.LIST
