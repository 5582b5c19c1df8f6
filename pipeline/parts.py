"""Which registers are too long for one sheet of the master, and the parts that they are cut into: an area each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.domain.office import Office
from pipeline.domain.part import FOLDER, Extent, Part
from pipeline.domain.record import Entry
from pipeline.outside.outbox import file_name
from pipeline.render.standing import name_of_area
from pipeline.render.wording import caption
from schemas.form import Register


def divide(office: Office, most: int, folder: str = FOLDER) -> list[Part]:
    """Return the parts, below *folder*, of each register of more than *most* records; none where one sheet holds all."""
    long = [each for each in office.catalogue.registers if len(office.entries.get(each.code, {})) > most]
    work = [
        each.code for procedure in office.catalogue.procedures if not procedure.roster for each in procedure.registers
    ]
    return [
        part
        for register in long
        for part in _parts(office, register, most, folder, named=register.code not in work[:1])
    ]


def _parts(office: Office, register: Register, most: int, folder: str, *, named: bool) -> Iterator[Part]:
    """Cut *register* by area, and an area that is itself too long by its keys.

    With *named* its title begins the names of the files: that of the first register does not.
    """
    by_area: dict[str, list[Entry]] = defaultdict(list)
    for entry in office.entries[register.code].values():
        by_area[entry.area].append(entry)
    prefix = f"{register.title.to(office.language)}-" if named else ""
    for area in sorted(by_area, key=lambda area: (not area, area)):
        title = name_of_area(office, area) or caption("nowhere", office.language)
        for number, held in enumerate(_cut(by_area[area], most), 1):
            numbered = title if number == 1 else f"{title}-{number}"
            name = file_name(f"{prefix}{area}".rstrip("-"), numbered)
            entries = {entry.key: entry for entry in held}
            yield Part(f"{folder}/{name}", numbered, register.code, Extent(area, held[0].key, held[-1].key), entries)


def _cut(entries: Sequence[Entry], most: int) -> Iterator[Sequence[Entry]]:
    for at in range(0, len(entries), most):
        yield entries[at : at + most]
