"""A form → the blank sheet that staff fill, as a list or as a card, with a page that says how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.domain import embedded_metadata
from pipeline.render.reports.field_column import advice, asked, example
from pipeline.render.wording import caption
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.render.xlsx.workbook import (
    Book,
    Box,
    Card,
    LineStyle,
    Mark,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from pipeline.render.xlsx.write_workbook import OPTIONS_SHEET, write
from schemas.language import Field, FieldRole, Form, Kind, Language, Layout

DRAWN_ROWS = 20
"""What a page of A4 holds: a blank sheet that is printed is not followed by empty ones."""
PREPARED_ROWS = 200
"""That take what is typed as their columns say."""

_GUIDE_WIDTHS = {"how_to_write": 36.0, "answers": 32.0, "sample": 20.0, "aliases": 32.0}
"""In digits: with the names of the columns they fill a page."""


def template(form: Form, layout: Layout, language: Language, office_name: str, people: Sequence[str] = ()) -> bytes:
    """Return the blank workbook of *form*, as ``blank`` describes it."""
    return write(blank(form, layout, language, office_name, people))


def blank(form: Form, layout: Layout, language: Language, office_name: str, people: Sequence[str] = ()) -> Book:
    """Return what stands on the blank sheet of *form*: a list with ``DRAWN_ROWS`` rows and an example, or one card a sheet.
    Cells that ask for somebody of the roster offer *people*.
    """
    page, guide = sheet_titles([form.title.to(language), caption("guide", language)])
    card = layout is Layout.CARD
    parts: tuple[SheetElement, ...] = (
        TextLine(caption("required_hint_card" if card else "required_hint", language, page=guide), LineStyle.HINT),
        *((_card(form.fields, form, language, people),) if card else _list(form, language, people)),
    )
    number = caption("form_no", language, number=form.number) if form.number else ""
    return Book(
        (
            WorkbookSheet(
                page,
                parts,
                heading=form.title.to(language),
                subheading="    ".join(part for part in (office_name, number) if part),
                profile=card,
            ),
            _guide(form, language, guide),
        ),
        {
            embedded_metadata.KIND: embedded_metadata.TEMPLATE,
            embedded_metadata.sheet_entry(page): form.code,
            embedded_metadata.skip_entry(guide): "",
            embedded_metadata.skip_entry(OPTIONS_SHEET): "",
        },
        footer=caption("page", language),
    )


def _list(form: Form, language: Language, people: Sequence[str]) -> Iterator[SheetElement]:
    """Yield what stands once above the rows (``Field.head``), then the rows."""
    head = [field for field in form if field.head]
    if head:
        yield _card(head, form, language, people)
        yield TextLine("")
    fields = [field for field in form if not field.head]
    number = TableColumn(caption("number", language), Kind.TEXT)
    sample = [caption("example", language), *(example(field, language) for field in fields)]
    blank = [None] * len(fields)
    yield Table(
        form.code,
        (number, *(asked(field, form, language, people=people) for field in fields)),
        [sample, *([row, *blank] for row in range(1, DRAWN_ROWS + 1))],
        marks={0: Mark.EXAMPLE},
        prepared=PREPARED_ROWS - DRAWN_ROWS,
        freeze=1 + (len(fields) > 1 and form.meaning(FieldRole.TITLE) is fields[1]),
    )


def _card(fields: Iterable[Field], form: Form, language: Language, people: Sequence[str]) -> Card:
    return Card(tuple(Box(asked(field, form, language, people=people), wide=_is_long(field)) for field in fields))


def _is_long(field: Field) -> bool:
    return field.means is FieldRole.ADDRESS or field.kind is Kind.LIST


def _guide(form: Form, language: Language, title: str) -> WorkbookSheet:
    def say(code: str, kind: Kind = Kind.TEXT) -> TableColumn:
        return TableColumn(caption(code, language), kind, width=_GUIDE_WIDTHS.get(code, 0.0))

    rows = [
        [
            field.label.to(language),
            caption("yes" if field.required else "no", language),
            "\n".join(advice(field, form, language)[: 1 + len(field.required_when)]),
            "、".join(option.words.to(language) for option in field.options),
            example(field, language) if field.kind is not Kind.DATE else field.example,
            "、".join(field.aliases),
        ]
        for field in form
    ]
    columns = (
        say("column"),
        say("required"),
        say("how_to_write"),
        say("answers"),
        say("sample", Kind.CODE),
        say("aliases"),
    )
    return WorkbookSheet(
        title,
        (TextLine(caption("guide_hint", language), LineStyle.HINT), Table("guide", columns, rows)),
        heading=f"{title} · {form.title.to(language)}",
    )
