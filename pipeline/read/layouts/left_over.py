"""Values on a card behind the one that its label has: a second telephone, another record. Nothing of it is lost unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.domain.cell import Raw
from pipeline.domain.place import cell_name, unpack
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.shapes import speaks_for
from schemas.language import Field, Form, Kind

_TELLING = frozenset({Kind.CODE, Kind.PHONE, Kind.DATE})
"""Kinds of which a cell tells by itself that it is a value, and no hint how to fill the one before it."""
_SHOWN = 5


def report_left_over(
    sheet: SheetReading,
    form: Form,
    cards: Sequence[Mapping[str, tuple[Raw, int]]],
    labels: Collection[tuple[int, int]],
    *,
    beside: bool,
) -> None:
    """Say which cells of *sheet* follow a value of *cards* (by field, with its packed cell) and look like another of it.

    *labels* are the places of labels in the grid; *beside* says that values stand to the right of theirs, not below.
    """
    grid = sheet.grid
    taken = {cell for card in cards for _, cell in card.values()}
    found: dict[int, Raw] = {}
    for card in cards:
        for code, (value, cell) in card.items():
            field = form.field(code)
            if field.kind in _TELLING and not is_blank(value):
                row, column = unpack(cell)
                place = row - grid.top, column - grid.left
                if place not in labels:
                    found.update(_following(grid, field, place, labels, taken, beside=beside))
    if found:
        first = min(found)
        names = "、".join(cell_name(cell) for cell in sorted(found)[:_SHOWN])
        sheet.find("card.left_over", first, form=form.code, value=as_text(found[first]), cells=names)


def _following(
    grid: Grid,
    field: Field,
    place: tuple[int, int],
    labels: Collection[tuple[int, int]],
    taken: Collection[int],
    *,
    beside: bool,
) -> Iterator[tuple[int, Raw]]:
    """Yield the cells behind the one at *place*, one after the other, that look like values of *field* and are nobody's."""
    row, column = place
    last_row, last_column = grid.spans().get(place, place)
    rightwards = ((row, each) for each in range(last_column + 1, grid.width))
    downwards = ((each, column) for each in range(last_row + 1, grid.height))
    for ways in (rightwards, downwards) if beside else (downwards,):
        for at in ways:
            value = grid.at(*at)
            unlabelled = ways is rightwards or not beside or is_blank(grid.at(at[0], column - 1))
            if at in labels or grid.cell(*at) in taken or not unlabelled or not _is_another(field, value):
                break
            yield grid.cell(*at), value


def _is_another(field: Field, value: Raw) -> bool:
    if is_blank(value) or (field.example and field.example in as_text(value)):
        return False
    return speaks_for(field, [value])
