"""Which registers are too long for one sheet of the master, and the parts that they are cut into: an area each."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain.office import Office
from pipeline.domain.partition import FOLDER, MasterPartition, PartitionRange
from pipeline.outside.files.outbox import file_name
from pipeline.render.reports.record_columns import name_of_area
from pipeline.render.wording import caption
from schemas.language import Register


def divide(office: Office, most: int, folder: str = FOLDER) -> list[MasterPartition]:
    """Return the parts, below *folder*, of each register of more than *most* records; none where one sheet holds all.

    A register is cut by area, and an area that is itself too long by its keys. The register's title begins the names of
    the files, but for the first register. No two paths are alike, in any letter case.
    """
    work = [each for procedure in office.procedures for each in procedure.registers]
    parts: dict[str, MasterPartition] = {}
    for register in work:
        if len(office.entries[register.code]) <= most:
            continue
        prefix = f"{register.title.to(office.language)}-" if register is not work[0] else ""
        counts = office.entries[register.code].count("area")
        for area in sorted(counts, key=lambda area: (not area, area)):
            extents = _cut(office, register, area, most) if counts[area].records > most else [PartitionRange(area)]
            title = name_of_area(office, area) or caption("nowhere", office.language)
            first = f"{prefix}{area}".rstrip("-")
            number = 0
            for extent in extents:
                path = ""
                while not path or path.casefold() in parts:  # long names are cut, and may then be alike
                    number += 1
                    mark = f"-{number}" if number > 1 else ""
                    path = f"{folder}/{file_name(first, title, f'{mark}.xlsx')}"
                parts[path.casefold()] = MasterPartition(path, f"{title}{mark}", register.code, extent)
    return list(parts.values())


def _cut(office: Office, register: Register, area: str, most: int) -> Iterator[PartitionRange]:
    first = before = ""
    for at, key in enumerate(office.entries[register.code].within(PartitionRange(area))):
        if at and at % most == 0:
            yield PartitionRange(area, first, before)
            first = key
        before = key
    yield PartitionRange(area, first)
