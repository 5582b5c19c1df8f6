"""One customer, however papers name him: cells that name a record of another register are brought to one name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.domain.cell import Raw
from pipeline.domain.extract import CellObservation, Extract, Reading
from pipeline.merge.named_records import Meant, NamedRecords
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.as_written import as_written
from schemas.language import Catalogue, Localized


def with_one_name(catalogue: Catalogue, readings: Sequence[Reading], uow: UnitOfWork) -> list[Reading]:
    """Return *readings* with every cell that names one record of another register (``Field.names``) as all papers are to
    name it; what was written otherwise, may be several or is nearly a name is remarked (``Extract.observations``).

    A register that is not used knows nobody: then everything stays as it is written.
    """
    known: dict[str, NamedRecords | None] = {}

    def records(code: str) -> NamedRecords | None:
        if code not in known:
            register = next((each for each in catalogue.registers if each.code == code), None)
            held = uow.records.get(code) if register else {}
            known[code] = NamedRecords(register, held) if register and held else None
        return known[code]

    found = []
    for reading in readings:
        extracts = list(reading.extracts)
        for at, extract in enumerate(extracts):
            for field in catalogue.form(extract.form):
                named = records(field.names) if field.names and field.code in extract.values else None
                if named is not None:
                    title = catalogue.register(field.names).title
                    extracts[at] = _resolved(extracts[at], field.code, named, title)
        found.append(replace(reading, extracts=extracts) if extracts != reading.extracts else reading)
    return found


def _resolved(extract: Extract, code: str, named: NamedRecords, register: Localized) -> Extract:
    column: list[Raw] = list(extract.values[code])
    observations: dict[int, CellObservation] = {}
    meant: dict[str, Meant] = {}
    for row, raw in enumerate(column):
        written = as_written(raw).strip()
        if not written:
            continue
        if written not in meant:
            meant[written] = named.look_up(written)
        for seen in _observe(written, meant[written], register):
            observations[extract.rows[row]] = seen
        column[row] = meant[written].text or raw
    if not observations and column == extract.values[code]:
        return extract
    return replace(
        extract, values={**extract.values, code: column}, observations={**extract.observations, code: observations}
    )


def _observe(written: str, meant: Meant, register: Localized) -> Iterator[CellObservation]:
    those = "、".join(meant.candidates)
    if meant.text and meant.text != written:
        yield CellObservation("repair.name", {"before": written, "after": meant.text, "register": register})
    elif meant.candidates and not meant.like:
        yield CellObservation("name.several", {"register": register, "those": those, "count": len(meant.candidates)})
    elif meant.candidates:
        yield CellObservation("name.like", {"register": register, "those": those})
    elif meant.number:
        yield CellObservation("name.unknown", {"register": register})
