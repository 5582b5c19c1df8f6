"""Pages of cards that differ in nothing but what stands in their cells: a customer a page, some thousand of them.

The first page of each kind is written by the library; the others are made of its XML (``splice_rows``), in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from pipeline.render.xlsx.cell_values import storable
from pipeline.render.xlsx.measure import lines_needed
from pipeline.render.xlsx.safe_text import cell_text, looks_live
from pipeline.render.xlsx.workbook import Box, Card, Cell, Table, TextLine, WorkbookSheet

CARD_WIDTHS = (18.0, 30.0, 18.0, 30.0)
"""In digits: two labels, each with its cell."""


@dataclass(frozen=True, slots=True)
class PageModel:
    """Sheet number *sheet*, written in full, and which of its cells differ on pages alike, in the order of ``varying``."""

    sheet: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageCopy:
    """Sheet number *sheet*, to be as *model* is, with *values* in its varying cells."""

    sheet: int
    model: PageModel
    values: tuple[Cell, ...]


def likeness(sheet: WorkbookSheet) -> Hashable:
    """Return what pages have in common that differ in nothing but what stands in their cells; None for a page unlike any other."""
    if not any(isinstance(part, Card) for part in sheet.parts):
        return None
    alike: list[Hashable] = [
        sheet.heading,
        _form(sheet.subheading),
        sheet.protected,
        sheet.profile,
        sheet.one_page,
    ]
    for part in sheet.parts:
        match part:
            case Table():
                return None
            case TextLine():
                alike.append(part)
            case Card():
                if any(box.wrong for box in part.boxes):  # which has comments of its own
                    return None
                alike.append(tuple(map(_form_of_box, part.boxes)))
    return tuple(alike)


def varying(sheet: WorkbookSheet) -> Iterator[Cell]:
    """Yield what stands in the cells of *sheet* that differ on pages alike, from top to bottom."""
    if sheet.subheading:
        yield cell_text(sheet.subheading)
    for part in sheet.parts:
        if isinstance(part, Card):
            yield from (value for box in part.boxes if (value := storable(box.value)) is not None)


def lines_of(box: Box) -> int:
    """Return how many lines the value of *box* takes."""
    return lines_needed([box.value], [sum(CARD_WIDTHS[1:]) if box.wide else CARD_WIDTHS[1]])


def _form_of_box(box: Box) -> Hashable:
    # the column itself is there as long as the page is, and comparing all that it says would cost more than writing it
    return id(box.column), box.wide, box.high, lines_of(box), _form(storable(box.value))


def _form(value: Cell) -> Hashable:
    """What of a cell is seen in its XML beside the value: whether it is text, and whether that needs its quote prefix."""
    return (isinstance(value, str), isinstance(value, str) and looks_live(value)) if value else value is None
