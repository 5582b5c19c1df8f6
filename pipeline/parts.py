"""Which registers are too long for one sheet of the master, and the parts that they are cut into: an area each."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain.office import Office
from pipeline.domain.part import FOLDER, Extent, Part
from pipeline.outside.outbox import file_name
from pipeline.render.standing import name_of_area
from pipeline.render.wording import caption
from schemas.form import Register


def divide(office: Office, most: int, folder: str = FOLDER) -> list[Part]:
    """Return the parts, below *folder*, of each register of more than *most* records; none where one sheet holds all."""
    work = [each for procedure in office.procedures for each in procedure.registers]
    return [
        part
        for register in work
        if len(office.entries[register.code]) > most
        for part in _parts(office, register, most, folder, named=register is not work[0])
    ]


def _parts(office: Office, register: Register, most: int, folder: str, *, named: bool) -> Iterator[Part]:
    """Cut *register* by area, and an area that is itself too long by its keys.

    With *named* its title begins the names of the files: that of the first register does not.
    """
    counts = office.entries[register.code].count(office.today, "area")
    prefix = f"{register.title.to(office.language)}-" if named else ""
    for area in sorted(counts, key=lambda area: (not area, area)):
        title = name_of_area(office, area) or caption("nowhere", office.language)
        extents = _cut(office, register, area, most) if counts[area].records > most else [Extent(area)]
        for number, extent in enumerate(extents, 1):
            numbered = title if number == 1 else f"{title}-{number}"
            name = file_name(f"{prefix}{area}".rstrip("-"), numbered)
            yield Part(f"{folder}/{name}", numbered, register.code, extent)


def _cut(office: Office, register: Register, area: str, most: int) -> Iterator[Extent]:
    first = before = ""
    for at, key in enumerate(office.entries[register.code].within(Extent(area))):
        if at and at % most == 0:
            yield Extent(area, first, before)
            first = key
        before = key
    yield Extent(area, first)
