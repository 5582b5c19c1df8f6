"""One sheet a town: where rows name no area, the sheet's own name, its title or the line above its rows may name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.assign.find_area import find_area
from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.roster import Area, Roster
from pipeline.domain.rulebook import found
from schemas.language import Field, FieldRole, Form


def fill_areas(form: Form, extracts: Sequence[Extract], roster: Roster) -> tuple[list[Extract], list[Finding]]:
    """Return *extracts* of *form* with the area in rows that name none and whose address tells none, and what to tell of it.

    Only where what stands above the rows names exactly one area; what a row says of itself always goes before.
    """
    field, address = form.meaning(FieldRole.AREA), form.meaning(FieldRole.ADDRESS)
    if field is None or address is None:
        return list(extracts), []
    filled: list[Extract] = []
    told: list[Finding] = []
    for extract in extracts:
        area = None if extract.tokens or extract.partial or extract.single else _area_above(extract, roster)
        rows = _silent_rows(form, field, address, extract, roster) if area else []
        if area is None or not rows:
            filled.append(extract)
            continue
        filled.append(_with_area(extract, field, area, rows))
        told.append(
            found(
                "repair.area_of_sheet",
                file=extract.file,
                submission=extract.submission,
                sheet=extract.sheet,
                form=form.code,
                field=field.code,
                value=area.name,
                rows=len(rows),
            )
        )
    return filled, told


def _area_above(extract: Extract, roster: Roster) -> Area | None:
    """Return the one area that the name of the sheet and the lines above its rows give."""
    areas = {area.code: area for text in extract.titles for area in _named(text, roster)}
    return next(iter(areas.values())) if len(areas) == 1 else None


def _named(text: str, roster: Roster) -> Iterable[Area]:
    """Yield the areas named in *text*; by another name, or without its last sign (周窝), only where nothing else stands."""
    bare = text.rpartition("/")[2].strip(" 0123456789.-_、:：()（）")
    for area in roster.areas.values():
        if area.name in text or bare in area.aliases or (len(bare) > 1 and bare == area.name[:-1]):
            yield area


def _silent_rows(form: Form, field: Field, address: Field, extract: Extract, roster: Roster) -> list[int]:
    """Return the rows of *extract* that name no area, neither in a cell of their own nor in their address."""
    areas, addresses = extract.values.get(field.code), extract.values.get(address.code)
    return [
        row
        for row in range(len(extract))
        if (areas is None or areas[row] is None)
        and not (addresses and find_area(form, {address.code: str(addresses[row] or "")}, roster).areas)
    ]


def _with_area(extract: Extract, field: Field, area: Area, rows: Sequence[int]) -> Extract:
    values: list[Raw] = list(extract.values.get(field.code) or [None] * len(extract))
    cells = extract.cells.get(field.code) or list(extract.rows)
    for row in rows:
        values[row] = area.name
    return replace(extract, values=extract.values | {field.code: values}, cells=extract.cells | {field.code: cells})
